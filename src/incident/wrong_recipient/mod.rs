//! Those to whom data went wrongly (誤送付先): who they are, when they were asked to delete it, what they
//! answered, by hand or in writing by a link, and whether the risk is over.
//!
//! A risk stays until it is confirmed that the data is deleted or returned and wasn't passed on, or until
//! somebody closes it with a reason; nothing closes it by itself. Silence is chased.

mod form;
mod jobs;
mod link;
mod mail;
mod model;
mod policy;
pub(super) mod record;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use jobs::jobs;
pub use model::WrongRecipientId;
pub(super) use views::samples;
pub(super) use web::{answer_now, ask_now, register_now, routes};

use super::model::Incident;
use super::panel::{Matter, Part};
use super::policy::Case;
use crate::database::Connection;
use crate::error::Result;
use crate::web::Ctx;
use crate::web::locale::text_with;
use model::{Standing, WrongRecipient};

/// What the incident's page shows of the wrong recipients: how many have confirmed, and the open ones.
pub(super) fn part(connection: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let incident = &case.1;
    let all = store::of(connection, incident)?;
    let standing = |of: &WrongRecipient| rules::standing(of, ctx.now);
    let confirmed = all.iter().filter(|one| standing(one) == Standing::Confirmed).count();
    let open: Vec<_> = all.iter().filter(|one| rules::is_open(one)).collect();
    let bad =
        |one: &&WrongRecipient| standing(one) == Standing::Risk || rules::is_silent(one, ctx.now);
    let tone = match (all.len(), open.len()) {
        (0, _) => "neutral",
        (_, 0) => "good",
        _ if open.iter().any(bad) => "bad",
        _ => "warn",
    };
    let args = [("confirmed", confirmed.into()), ("all", all.len().into())];
    let status = if all.is_empty() {
        ctx.text("incident-wrong-none")
    } else {
        text_with(ctx.language, "incident-wrong-part-confirmed", &args)
    };
    let line = |one: &&WrongRecipient| {
        let standing = ctx.text(&format!("incident-wrong-standing-{}", standing(one)));
        let args = [("name", one.name.as_str().into()), ("standing", standing.into())];
        text_with(ctx.language, "incident-wrong-part-line", &args)
    };
    let mut lines: Vec<String> = open.iter().map(line).collect();
    if rules::all_unseen(&all) {
        lines.push(ctx.text("incident-wrong-part-unseen"));
    }
    Ok(Part {
        title: ctx.text("incident-wrong-title"),
        href: format!("{}/wrong-recipients", incident.href()),
        status,
        tone,
        lines,
    })
}

/// An incident stays open while a wrong recipient is neither confirmed nor closed with a reason.
pub(super) fn open_matters(
    connection: &mut Connection,
    incident: &Incident,
) -> Result<Vec<Matter>> {
    let open = store::of(connection, incident)?.iter().filter(|one| rules::is_open(one)).count();
    let matter = Matter::counted("/wrong-recipients", "incident-wrong-open-risk", open);
    Ok(matter.into_iter().collect())
}
