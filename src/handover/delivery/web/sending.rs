//! What the sender does after it was sent: telling codes, taking back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::handover::delivery::jobs::{self, Told};
use crate::handover::delivery::model::Recalling;
use crate::handover::delivery::policy::{self, OfOne};
use crate::handover::delivery::views::{RecallView, ToldCodeView};
use crate::handover::delivery::{code, store};
use crate::handover::policy::SENDERS;
use crate::handover::{DeliveryId, Handover, HandoverId, store as shared, upload};
use crate::web::{Access, Ctx, Form, Invalid, Message, Route};

type Ids = (EntrustmentId, HandoverId);
type One = (EntrustmentId, HandoverId, DeliveryId);

/// The routes of the sender.
pub(super) fn routes() -> Vec<Route> {
    const SENDER: Access = Access::Roles(SENDERS);
    vec![
        Route::get("/entrustments/{id}/hand-overs/{handover}/recall", SENDER, show).stepped_up(),
        Route::post("/entrustments/{id}/hand-overs/{handover}/recall", SENDER, recall).stepped_up(),
        Route::post(
            "/entrustments/{id}/hand-overs/{handover}/deliveries/{delivery}/code",
            SENDER,
            tell,
        ),
        Route::post(
            "/entrustments/{id}/hand-overs/{handover}/deliveries/{delivery}/new-code",
            SENDER,
            renew,
        ),
    ]
}

fn home((id, handover): Ids) -> String {
    format!("/entrustments/{id}/hand-overs/{handover}")
}

fn load(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<(Entrustment, Handover)> {
    let entrustment = entrustment::find(c, &ctx.actor, ids.0)?;
    let handover = shared::find(c, &entrustment, ids.1)?;
    Ok((entrustment, handover))
}

fn recall_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    form: &Form,
    invalid: &Invalid,
) -> Result<RecallView> {
    let (entrustment, handover) = load(c, ctx, ids)?;
    let (entrustment, handover) =
        policy::recall(c, &ctx.actor, entrustment, handover)?.into_inner();
    let mut form = form.clone();
    form.set("version", &handover.version.to_string());
    let counts = store::counts(c, &handover)?;
    Ok(RecallView {
        form: form.view_with(ctx.language, invalid),
        home: home(ids),
        taken: counts.iter().filter(|(_, taken, _)| *taken > 0).count(),
        recipients: counts.len(),
        entrustment,
        handover,
    })
}

/// Asks why.
async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| recall_view(c, ctx, ids, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

/// Takes it back: nothing is fetched from now on, and who fetched something is asked to delete it.
async fn recall(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let parsed = Recalling::parse(&form);
    let recalled = match parsed {
        Ok(recalling) => ctx.write(move |tx, ctx| recall_now(tx, ctx, ids, &recalling)).await,
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| recall_view(c, ctx, ids, &form, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    match recalled {
        Ok(()) => Ok(ctx.see_other(&home(ids), "done-handover-delivery-recalled")),
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("reason", Message::new(key));
            let view = ctx.read(move |c, ctx| recall_view(c, ctx, ids, &form, &invalid)).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

pub(in crate::handover::delivery) fn recall_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: Ids,
    recalling: &Recalling,
) -> Result<()> {
    let (entrustment, handover) = load(tx.connection, ctx, ids)?;
    let of = policy::recall(tx.connection, tx.actor, entrustment, handover)?;
    let asked = store::recall(tx, &of, recalling)?;
    upload::destroy_files(tx, &of.1)?;
    for delivery in shared::deliveries(tx.connection, &of.1)? {
        let deletion = asked.iter().any(|(id, asked)| *id == delivery.id && *asked);
        match (deletion, delivery.refused_at) {
            (true, _) => jobs::enqueue_tell(tx, &delivery, Told::Deletion)?,
            (false, None) => jobs::enqueue_tell(tx, &delivery, Told::Withdrawn)?,
            // Who said that it is the wrong one hears no more.
            (false, Some(_)) => {}
        }
    }
    Ok(())
}

fn one(c: &mut Connection, ctx: &Ctx, ids: One) -> Result<OfOne> {
    let (entrustment, handover) = load(c, ctx, (ids.0, ids.1))?;
    let delivery = shared::delivery(c, &handover, ids.2)?;
    Ok((entrustment, handover, delivery))
}

/// Shows a code to who tells it; that it was shown stands in the ledger.
async fn tell(ctx: Ctx, ids: Path<One>, _: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .write(move |tx, ctx| {
            let of = one(tx.connection, ctx, ids)?;
            let of = policy::tell(tx.connection, tx.actor, of, tx.now)?;
            store::tell_code(tx, &of)?;
            let plain = code::open(&ctx.portal.secret, &of.2)?;
            Ok(ToldCodeView::of(of.into_inner(), &plain))
        })
        .await?;
    ctx.page(&view)
}

/// Issues another code; the old one counts no more.
async fn renew(ctx: Ctx, ids: Path<One>, _: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    ctx.write(move |tx, ctx| {
        let of = one(tx.connection, ctx, ids)?;
        let of = policy::tell(tx.connection, tx.actor, of, tx.now)?;
        let code = code::draw(&ctx.portal.secret, of.2.id)?;
        store::renew_code(tx, &of, &code)
    })
    .await?;
    Ok(ctx.see_other(&home((ids.0, ids.1)), "done-handover-delivery-code-renewed"))
}
