//! What deliveries do by themselves: they end to the second, tell those concerned, and remind once a
//! day of what isn't deleted yet.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::Parcel;
use super::rules::{self, TICKET};
use super::store::{self, Waiting};
use super::{mail, policy};
use crate::actor::{Actor, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::handover::{
    Delivery, DeliveryId, Handover, HandoverId, HandoverStatus, desk, store as shared, upload,
};
use crate::japanese::is_closed_day;
use crate::job::{self, Job, NewJob, Registry, Round};
use crate::web::{Ctx, Language, Portal};
use crate::word_type;

/// Ends one hand-over.
const END: &str = "handover.end";
/// Tells somebody about one recipient's part.
const TELL: &str = "handover.tell";
/// The daily round.
const ROUND: Round = Round::at("handover.deletion", 8, 50);
/// Rows looked at in one go.
const PAGE: i64 = 200;

word_type! {
    /// What somebody is told.
    Told {
        /// The sender: the recipient has it. It is entered into the register of transmissions too.
        Received = "received",
        /// The sender: the recipient says that it isn't the right one.
        Refused = "refused",
        /// The sender: too many wrong codes were tried.
        Locked = "locked",
        /// The sender: what the recipient says about what was taken back.
        Answered = "answered",
        /// The recipient: there is nothing to fetch any more.
        Withdrawn = "withdrawn",
        /// The recipient: to be deleted.
        Deletion = "deletion",
    }
}

/// What a job is about.
#[derive(Serialize, Deserialize)]
struct About {
    handover: Option<HandoverId>,
    delivery: Option<DeliveryId>,
    told: Option<Told>,
}

/// The registry with what deliveries do by themselves.
pub(super) fn jobs(registry: Registry) -> Registry {
    registry.with(END, end).with(TELL, tell).daily(ROUND, round)
}

/// Ends a hand-over at `at`, if it is over then.
pub(super) fn enqueue_end(tx: &mut Tx<'_>, of: &Handover, at: Timestamp) -> Result<()> {
    let millis = |at: Timestamp| at.and_utc().timestamp_millis();
    let unique_key = format!("{END}:{}:{}:{}", of.id, millis(at), millis(tx.now));
    let about = About { handover: Some(of.id), delivery: None, told: None };
    enqueue(tx, of.tenant_id, END, &unique_key, &about, at)
}

/// Tells somebody about a part, as soon as what is done now is kept. The portal writes the letter by
/// itself: who acts here needn't see who reads it.
pub(super) fn enqueue_tell(tx: &mut Tx<'_>, of: &Delivery, told: Told) -> Result<()> {
    let unique_key = format!("{TELL}:{told}:{}:{}", of.id, tx.now.and_utc().timestamp_millis());
    let about = About { handover: None, delivery: Some(of.id), told: Some(told) };
    enqueue(tx, of.tenant_id, TELL, &unique_key, &about, tx.now)
}

fn enqueue(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    kind: &str,
    unique_key: &str,
    about: &About,
    run_at: Timestamp,
) -> Result<()> {
    let payload = serde_json::to_value(about)?;
    job::enqueue(tx, &NewJob { tenant_id: Some(tenant), kind, unique_key, payload, run_at })?;
    Ok(())
}

fn system(portal: &Portal) -> Ctx {
    Ctx::outside(portal.clone(), Actor::System, Language::Ja)
}

fn about(job: &Job) -> Result<(OrganisationId, About)> {
    let tenant = job.tenant_id.ok_or_else(|| Error::internal("a job of nobody"))?;
    Ok((tenant, serde_json::from_value(job.payload.0.clone())?))
}

fn end(portal: &Portal, job: &Job) -> Result<()> {
    let (tenant, about) = about(job)?;
    let id = about.handover.ok_or_else(|| Error::internal("a job about nothing"))?;
    system(portal).write_now(|tx, _| end_now(tx, tenant, id))
}

/// Ends a hand-over if its time is up, or nothing is left to be fetched or resumed; else looks again
/// later. What has ended stays so, whatever the clock says.
fn end_now(tx: &mut Tx<'_>, tenant: OrganisationId, id: HandoverId) -> Result<()> {
    let of = shared::by_id(tx.connection, tenant, id)?;
    let Some(until) = of.valid_until.filter(|_| of.status == HandoverStatus::Sent) else {
        return Ok(());
    };
    if tx.now < until {
        match store::open_downloads(tx.connection, &of, tx.now - TICKET)? {
            Some(0) => {}
            Some(_) => {
                let again = (tx.now + TICKET).min(until);
                return enqueue_end(tx, &of, again);
            }
            None => return enqueue_end(tx, &of, until),
        }
    }
    let ending = policy::run(tx.actor, of)?;
    if store::end(tx, &ending)? {
        upload::destroy_files(tx, &ending)?;
    }
    Ok(())
}

fn tell(portal: &Portal, job: &Job) -> Result<()> {
    let (tenant, about) = about(job)?;
    let (Some(id), Some(told)) = (about.delivery, about.told) else {
        return Err(Error::internal("a job about nothing"));
    };
    system(portal).write_now(|tx, ctx| {
        let of = store::by_key(tx.connection, tenant, id)?;
        match told {
            Told::Received => received(tx, ctx, &of),
            Told::Refused => mail::refused(tx, &ctx.portal, &of),
            Told::Locked => mail::locked(tx, &ctx.portal, &of),
            Told::Answered => mail::answered(tx, &ctx.portal, &of),
            Told::Withdrawn => mail::withdrawn(tx, &ctx.portal, &of),
            Told::Deletion => mail::deletion(tx, &ctx.portal, &of),
        }
    })
}

/// Enters what was received into the register of transmissions, and tells the sender.
fn received(tx: &mut Tx<'_>, ctx: &Ctx, of: &Parcel) -> Result<()> {
    let Parcel { entrustment, handover, delivery, .. } = of;
    desk::received(tx, entrustment, handover, delivery, &delivery.received_by_name)?;
    mail::received(tx, &ctx.portal, of)
}

/// Reminds of what isn't deleted yet, and ends what somehow didn't end.
fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    for (tenant, id) in ctx.read_now(|c, ctx| store::unended(c, ctx.now, PAGE))? {
        ctx.write_now(|tx, _| end_now(tx, tenant, id))?;
    }
    if is_closed_day(today) {
        return Ok(());
    }
    let mut after = None;
    loop {
        let page = ctx.read_now(|c, _| store::waiting_page(c, after, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        for waiting in &page {
            remind(&ctx, waiting, today)?;
        }
    }
}

fn remind(ctx: &Ctx, waiting: &Waiting, today: NaiveDate) -> Result<()> {
    let due = waiting.asked_on().and_then(|day| rules::due_reminder(day, waiting.reminded, today));
    let Some(count) = due else { return Ok(()) };
    ctx.write_now(|tx, ctx| {
        let parcel = store::by_key(tx.connection, waiting.tenant_id, waiting.id)?;
        let parcel = policy::run(tx.actor, parcel)?;
        if store::mark_reminded(tx, &parcel, count)? {
            mail::reminder(tx, &ctx.portal, &parcel)?;
        }
        Ok(())
    })
}
