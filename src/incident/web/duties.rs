//! The duty to report on an incident's page, as far as what is known tells.

use crate::incident::duty::duties;
use crate::incident::panel::Part;
use crate::incident::policy::Case;
use crate::incident::views::results;
use crate::web::Ctx;

/// What follows from what is known now; a person decides.
pub(super) fn part(ctx: &Ctx, (_, incident): &Case) -> Part {
    let facts = &incident.facts.0;
    let found = results(ctx.language, facts, &duties(facts));
    let first = found.first();
    Part {
        title: ctx.text("incident-duties-title"),
        href: "/incident-duties".to_owned(),
        status: first.map(|result| result.answer.clone()).unwrap_or_default(),
        tone: first.map_or("neutral", |result| result.tone),
        lines: found.into_iter().flat_map(|result| result.text).collect(),
    }
}
