//! What plans do by themselves: once a day, also on closed ones, each side is told of its steps that
//! have become late, of each step once.

use std::collections::BTreeSet;

use super::model::StepId;
use super::{mail, store};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::incident::model::IncidentId;
use crate::incident::store as incidents;
use crate::japanese::jst_date;
use crate::job::{self, Job, Registry, Round};
use crate::rulebook::Party;
use crate::web::{Ctx, Portal};

/// The daily round, on closed days too.
const ROUND: Round = Round::at("incident.step_round", 8, 45);

/// What is claimed for a letter.
const LETTER: &str = "incident.step_letter";

/// Steps looked at in one go.
const PAGE: i64 = 500;

/// A side of an incident.
type OneSide = (OrganisationId, IncidentId, Party);

/// The registry with what plans do by themselves.
#[must_use]
pub(in crate::incident) fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, run)
}

fn run(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, _) = ROUND.begin(portal)?;
    for side in late(&ctx)? {
        ctx.write_now(|tx, ctx| remind(tx, ctx, side))?;
    }
    Ok(())
}

/// The sides that have late steps of which they don't know.
fn late(ctx: &Ctx) -> Result<BTreeSet<OneSide>> {
    let first: StepId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    let mut after = (Timestamp::default(), first);
    let mut found = BTreeSet::new();
    loop {
        let page = ctx.read_now(|c, ctx| store::late_page(c, after, ctx.now, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = (last.due_at, last.id);
        found.extend(page.iter().map(|step| (step.tenant_id, step.incident_id, step.side)));
    }
}

/// One letter a day to a side of an incident.
fn remind(tx: &mut Tx<'_>, ctx: &Ctx, (tenant, incident, side): OneSide) -> Result<()> {
    let (of, incident) = incidents::by_id(tx.connection, tenant, incident)?;
    let key = format!("{LETTER}:{}:{side}:{}", incident.id, jst_date(tx.now));
    if !incident.is_open() || !job::claim(tx, tenant, LETTER, &key)? {
        return Ok(());
    }
    let count = store::mark_reminded(tx, &incident, side)?;
    if count > 0 {
        mail::late(tx, &ctx.portal.settings, &of, &incident, (side, count))?;
    }
    Ok(())
}
