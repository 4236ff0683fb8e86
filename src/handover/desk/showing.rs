//! One hand-over, and what its sender does with it: asking for approval, taking back, giving up.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::views::{May, ShowView, To, tone};
use super::web::{Ids, load};
use super::{mail, store};
use crate::actor::Authorized;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::four_eyes;
use crate::handover::model::{Delivery, DeliveryId, Direction, Handover, HandoverStatus, Stopped};
use crate::handover::policy::{self, Edit, Eyes, Of};
use crate::handover::store as shared;
use crate::handover::{checking, delivery, upload};
use crate::ledger;
use crate::rulebook::Party;
use crate::web::{Ctx, Fields, Form, Invalid, Message, Rule};

/// Entries of the history on a hand-over's page.
const HISTORY: i64 = 200;
/// Lines of it.
const LINES: usize = 20;

/// Shows a hand-over.
pub(super) async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| show_view(c, ctx, ids, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

fn show_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    form: &Form,
    invalid: &Invalid,
) -> Result<ShowView> {
    let (entrustment, handover) = load(c, ctx, ids)?;
    let handover = policy::see(&ctx.actor, handover)?;
    let deliveries = shared::deliveries(c, &handover)?;
    let may = may(c, ctx, &entrustment, &handover);
    let files = shared::files(c, &handover)?.len();
    let (mut contents, stops) = checking::views(c, ctx, &handover, &entrustment)?;
    if handover.sent_at.is_some() {
        // What has left is for its recipients.
        for file in &mut contents {
            file.preview.clear();
        }
    }
    let holding = !stops.clear;
    let eyes = policy::eyes(&ctx.actor)?;
    let entries = ledger::history(c, entrustment.tenant_id, handover.id.as_str(), HISTORY)?;
    let mut form = form.clone();
    form.set("version", &handover.version.to_string());
    Ok(ShowView {
        form: form.view_with(ctx.language, invalid),
        tone: tone(handover.status),
        next: next(&handover, may, files, holding),
        step: step(handover.status, files),
        to: deliveries.iter().map(To::of).collect(),
        items: item_names(c, &entrustment, &handover)?,
        looks: eyes.side == handover.sender || eyes.side == Party::Principal,
        received: received(eyes, &handover, &deliveries),
        may: May { propose: may.edit && files > 0 && !holding, ..may },
        files: upload::files_view(c, ctx, &handover, may.edit)?,
        contents,
        stops,
        deliveries: after_sending(c, ctx, &handover, eyes)?,
        history: ledger::gathered(&entries, ctx.language, LINES),
        entrustment,
        handover,
    })
}

/// The reader's own part of it, where its side is the one that gets it.
fn received(eyes: Eyes, handover: &Handover, deliveries: &[Delivery]) -> Option<DeliveryId> {
    let own = match eyes.side {
        Party::Principal => handover.direction == Direction::ToPrincipal,
        _ => handover.direction == Direction::ToContractor,
    };
    let first = deliveries.first().filter(|_| own && handover.sent_at.is_some());
    first.map(|delivery| delivery.id)
}

/// Who has it: told once it was sent, to the side that sends it and to the principal.
fn after_sending(
    c: &mut Connection,
    ctx: &Ctx,
    handover: &Handover,
    eyes: Eyes,
) -> Result<Option<delivery::DeliveriesView>> {
    let looks = eyes.side == handover.sender || eyes.side == Party::Principal;
    if handover.sent_at.is_none() || !looks {
        return Ok(None);
    }
    Ok(Some(delivery::deliveries_view(c, ctx, handover)?))
}

/// The names of the items that go.
pub(super) fn item_names(
    c: &mut Connection,
    entrustment: &Entrustment,
    handover: &Handover,
) -> Result<Vec<String>> {
    let items = entrustment::items_ever(c, entrustment)?;
    let chosen = items.into_iter().filter(|item| handover.items.0.contains(&item.id));
    Ok(chosen.map(|item| item.name).collect())
}

fn may(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment, handover: &Handover) -> May {
    let (actor, of) = (&ctx.actor, || (entrustment.clone(), handover.clone()));
    let edit = {
        let (entrustment, handover) = of();
        policy::edit(c, actor, entrustment, handover).is_ok()
    };
    let decide = {
        let (entrustment, handover) = of();
        policy::decide(c, actor, entrustment, handover)
    };
    let (entrustment, handover) = of();
    let take_back = policy::take_back(c, actor, entrustment, handover).is_ok();
    let (own, decide) = (four_eyes::is_own(&decide), decide.is_ok());
    May { edit, propose: false, decide, take_back, own }
}

/// What comes next, as the page says it first.
fn next(handover: &Handover, may: May, files: usize, holding: bool) -> &'static str {
    match handover.status {
        HandoverStatus::Draft | HandoverStatus::Returned if !may.edit => "waits",
        HandoverStatus::Draft | HandoverStatus::Returned if files == 0 => "files",
        HandoverStatus::Draft | HandoverStatus::Returned if holding => "stops",
        HandoverStatus::Draft | HandoverStatus::Returned => "propose",
        HandoverStatus::Proposed if may.decide => "decide",
        HandoverStatus::Proposed => "proposed",
        HandoverStatus::Approved => "approved",
        HandoverStatus::Sent => "sent",
        HandoverStatus::Recalled => "recalled",
        HandoverStatus::Ended => "ended",
        HandoverStatus::Discarded => "discarded",
    }
}

/// Which of the five steps it is at.
fn step(status: HandoverStatus, files: usize) -> usize {
    match status {
        HandoverStatus::Draft | HandoverStatus::Returned if files == 0 => 2,
        HandoverStatus::Draft | HandoverStatus::Returned | HandoverStatus::Discarded => 3,
        HandoverStatus::Proposed => 4,
        HandoverStatus::Approved | HandoverStatus::Sent => 5,
        HandoverStatus::Recalled | HandoverStatus::Ended => 6,
    }
}

/// Shows the page again with what is wrong.
async fn again(
    ctx: &Ctx,
    ids: Ids,
    status: StatusCode,
    form: Form,
    invalid: Invalid,
) -> Result<HttpResponse> {
    let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
    ctx.page_with(status, &view)
}

fn path(ids: Ids) -> String {
    format!("/entrustments/{}/hand-overs/{}", ids.0, ids.1)
}

/// Asks for approval; refused as long as anything stops it.
pub(super) async fn propose(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = Fields::of(&form).version();
    let proposed = ctx
        .write(move |tx, ctx| {
            let (entrustment, handover) = load(tx.connection, ctx, ids)?;
            let edited = policy::edit(tx.connection, tx.actor, entrustment, handover)?;
            propose_now(tx, ctx, &edited, version)
        })
        .await;
    let (status, message) = match proposed {
        Ok(true) => return Ok(ctx.see_other(&path(ids), "done-handover-proposed")),
        Ok(false) => (StatusCode::UNPROCESSABLE_ENTITY, "handover-error-stopped"),
        Err(Error::Conflict(key @ "error-stale")) => (StatusCode::CONFLICT, key),
        Err(other) => return Err(other),
    };
    again(&ctx, ids, status, form, Invalid::at("propose", Message::new(message))).await
}

/// Whether it waits for a decision now: not when something stops it.
pub(super) fn propose_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    edited: &Authorized<Of, Edit>,
    version: i32,
) -> Result<bool> {
    let (entrustment, handover) = &**edited;
    // Whoever asks is the one who hands over.
    let asked = Handover { proposed_by_name: tx.actor.name().to_owned(), ..handover.clone() };
    if checking::rejudge(tx, &asked, entrustment)?.iter().any(Stopped::holds) {
        return Ok(false);
    }
    let seal = checking::seal(tx.connection, handover)?;
    store::propose(tx, edited, version, &seal)?;
    mail::asked(tx, &ctx.portal.settings, entrustment, handover)?;
    Ok(true)
}

/// Takes a hand-over back before it left.
pub(super) async fn take_back(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let mut f = Fields::of(&form);
    let reason = f.optional("reason", Rule::text(1000));
    let reason = match f.finish(|| reason) {
        Ok(reason) => reason,
        Err(invalid) => {
            return again(&ctx, ids, StatusCode::UNPROCESSABLE_ENTITY, form, invalid).await;
        }
    };
    ctx.write(move |tx, ctx| {
        let (entrustment, handover) = load(tx.connection, ctx, ids)?;
        let taken = policy::take_back(tx.connection, tx.actor, entrustment, handover)?;
        store::take_back(tx, &taken, &reason)?;
        let (entrustment, handover) = &*taken;
        mail::taken_back(tx, &ctx.portal.settings, entrustment, handover)
    })
    .await?;
    Ok(ctx.see_other(&path(ids), "done-handover-taken-back"))
}

/// Gives a hand-over up; its files are destroyed.
pub(super) async fn discard(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = Fields::of(&form).version();
    let discarded = ctx
        .write(move |tx, ctx| {
            let (entrustment, handover) = load(tx.connection, ctx, ids)?;
            let edited = policy::edit(tx.connection, tx.actor, entrustment, handover)?;
            store::discard(tx, &edited, version)?;
            upload::destroy_files(tx, &edited.1)
        })
        .await;
    match discarded {
        Ok(()) => Ok(ctx.see_other(&path(ids), "done-handover-discarded")),
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("propose", Message::new(key));
            again(&ctx, ids, StatusCode::CONFLICT, form, invalid).await
        }
        Err(other) => Err(other),
    }
}
