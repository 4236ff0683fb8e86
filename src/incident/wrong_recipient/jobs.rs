//! What is done by itself about wrong recipients: once a day, on days on which the office is open, the
//! silent ones are reminded, and those who look after them are told how many those are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::model::{WrongRecipient, WrongRecipientId};
use super::{link, mail, policy, rules, store};
use crate::actor::{Actor, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::incident::model::IncidentId;
use crate::incident::store as incidents;
use crate::japanese::is_closed_day;
use crate::job::{self, Job, NewJob, Registry, Round};
use crate::rulebook::Party;
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: Round = Round::at("incident.wrong_round", 8, 55);

/// Tells those who look after a wrong recipient that it has answered by its link.
const TELL: &str = "incident.wrong_tell";

/// Rows looked at in one go.
const PAGE: i64 = 500;

/// The registry with what is done by itself.
#[must_use]
pub(in crate::incident) fn jobs(registry: Registry) -> Registry {
    registry.with(TELL, tell).daily(ROUND, run)
}

/// Has it told as soon as the answer is kept. The portal writes the letter by itself: who answers
/// needn't see who reads it.
pub(super) fn enqueue_tell(tx: &mut Tx<'_>, of: &WrongRecipient) -> Result<()> {
    let unique_key = format!("{TELL}:{}:{}", of.id, tx.now.and_utc().timestamp_millis());
    let new = NewJob {
        tenant_id: Some(of.tenant_id),
        kind: TELL,
        unique_key: &unique_key,
        payload: json!({ "recipient": of.id }),
        run_at: tx.now,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

fn tell(portal: &Portal, job: &Job) -> Result<()> {
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let tenant = job.tenant_id.ok_or_else(|| Error::internal("a job of nobody"))?;
    let id = job.payload.0.get("recipient").and_then(serde_json::Value::as_str);
    let id: WrongRecipientId = id.unwrap_or_default().parse().map_err(Error::internal)?;
    ctx.write_now(|tx, ctx| {
        let matter = store::by_key(tx.connection, tenant, id)?;
        mail::answered(tx, &ctx.portal.settings, &matter)
    })
}

fn run(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    if is_closed_day(today) {
        return Ok(());
    }
    for of in silent(&ctx)? {
        ctx.write_now(|tx, ctx| remind(tx, ctx, of))?;
    }
    Ok(())
}

/// The incidents of which a wrong recipient is to be reminded.
fn silent(ctx: &Ctx) -> Result<BTreeSet<(OrganisationId, IncidentId)>> {
    let first: WrongRecipientId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    let mut after = (Timestamp::default(), first);
    let mut found = BTreeSet::new();
    loop {
        let page = ctx.read_now(|c, _| store::waiting_page(c, after, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = (last.since.unwrap_or_default(), last.id);
        let due = page
            .iter()
            .filter(|one| one.since.is_some_and(|since| rules::due(since, one.reminded, ctx.now)));
        found.extend(due.map(|one| (one.tenant_id, one.incident_id)));
    }
}

/// Reminds the silent ones of an incident that is still open, and tells each side how many those are.
fn remind(tx: &mut Tx<'_>, ctx: &Ctx, (tenant, id): (OrganisationId, IncidentId)) -> Result<()> {
    let (of, incident) = incidents::by_id(tx.connection, tenant, id)?;
    if !incident.is_open() {
        return Ok(());
    }
    let settings = &ctx.portal.settings;
    let mut sides: BTreeMap<Party, usize> = BTreeMap::new();
    for recipient in store::of(tx.connection, &incident)? {
        let Some(since) = recipient.waiting_since.filter(|_| rules::is_open(&recipient)) else {
            continue;
        };
        if !rules::due(since, recipient.reminded, tx.now) {
            continue;
        }
        let side = recipient.side;
        let by_link = !recipient.email.is_empty() && recipient.link_sent_at.is_some();
        let link =
            if by_link { Some(link::make(&ctx.portal.secret, &recipient, tx.now)?) } else { None };
        let matter = policy::run(tx.actor, (of.clone(), incident.clone(), recipient))?;
        if store::remind(tx, &matter, rules::reached(since, tx.now), link.as_ref())? {
            if let Some(link) = &link {
                mail::reminded(tx, settings, &matter, link)?;
            }
            *sides.entry(side).or_default() += 1;
        }
    }
    for side in sides {
        mail::silent(tx, settings, &of, &incident, side)?;
    }
    Ok(())
}
