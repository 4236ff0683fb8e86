//! What came to the member's organisation: the list, one part, its files.

use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::{after_refusal, confirmed, offered, received};
use crate::database::Connection;
use crate::error::Result;
use crate::handover::delivery::handing::hand_out;
use crate::handover::delivery::model::{Answer, DownloadId};
use crate::handover::delivery::policy::{self, RECEIVERS};
use crate::handover::delivery::rules::Standing;
use crate::handover::delivery::store;
use crate::handover::delivery::views::{DeletionView, PartView, ReceiveView, ReceivedListView};
use crate::handover::{DeliveryId, FileId};
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Method, Route};

/// The routes of those who receive as members.
pub(super) fn routes() -> Vec<Route> {
    const RECEIVER: Access = Access::Roles(RECEIVERS);
    vec![
        Route::get("/received-hand-overs", Access::Session, index),
        Route::get("/received-hand-overs/{delivery}", Access::Session, show),
        Route::post("/received-hand-overs/{delivery}/files/{file}/download", RECEIVER, take)
            .costly(),
        Route::get("/received-hand-overs/{delivery}/downloads/{download}", RECEIVER, download),
        Route::on(
            Method::Head,
            "/received-hand-overs/{delivery}/downloads/{download}",
            RECEIVER,
            download,
        ),
        Route::post("/received-hand-overs/{delivery}/refusal", RECEIVER, refuse),
        Route::get("/received-hand-overs/{delivery}/deletion", RECEIVER, deletion),
        Route::post("/received-hand-overs/{delivery}/deletion", RECEIVER, answer),
    ]
}

fn home(id: DeliveryId) -> String {
    format!("/received-hand-overs/{id}")
}

/// Lists what came.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let prefix = "handover-delivery-standing-";
            Ok(ReceivedListView {
                list: store::page(c, ctx.member()?, &query, ctx.now)?,
                statuses: Choice::words(ctx.language, prefix, Standing::ALL),
            })
        })
        .await?;
    ctx.page(&view)
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    id: DeliveryId,
    form: &Form,
    invalid: &Invalid,
) -> Result<ReceiveView> {
    let parcel = received(c, ctx, id)?;
    let may_fetch = policy::is_receiver(&ctx.actor, &parcel.delivery);
    let form = form.view_with(ctx.language, invalid);
    PartView::of(c, &parcel, (home(id), may_fetch), ctx.now, form).map(ReceiveView)
}

/// Shows one part: purpose, rules, files.
async fn show(ctx: Ctx, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view =
        ctx.read(move |c, ctx| view(c, ctx, id, &Form::default(), &Invalid::default())).await?;
    ctx.page(&view)
}

/// Takes a download of a file, and leads to it.
async fn take(ctx: Ctx, ids: Path<(DeliveryId, FileId)>, form: Form) -> Result<HttpResponse> {
    let (id, file) = ids.into_inner();
    if let Err(invalid) = confirmed(&form) {
        let view = ctx
            .read(move |c, ctx| {
                let view = view(c, ctx, id, &form, &invalid)?;
                // The same answers as to who agrees.
                let parcel = received(c, ctx, id)?;
                offered(c, &parcel, file)?;
                policy::fetch(&ctx.actor, parcel, ctx.now)?;
                Ok(view)
            })
            .await?;
        return ctx.invalid(&view);
    }
    let download = ctx
        .write(move |tx, ctx| {
            let parcel = received(tx.connection, ctx, id)?;
            offered(tx.connection, &parcel, file)?;
            let of = policy::fetch(tx.actor, parcel, tx.now)?;
            super::take(tx, ctx, &of, file, &ctx.member()?.name)
        })
        .await?;
    Ok(ctx.see_other(&format!("{}/downloads/{download}", home(id)), ""))
}

/// Hands a file out that was taken, or a part of it.
async fn download(
    ctx: Ctx,
    request: HttpRequest,
    ids: Path<(DeliveryId, DownloadId)>,
) -> Result<HttpResponse> {
    let (id, download) = ids.into_inner();
    hand_out(&ctx, &request, download, move |c, ctx| received(c, ctx, id)).await
}

/// Stops a part that isn't for this organisation.
async fn refuse(ctx: Ctx, id: Path<DeliveryId>, _: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let asked = ctx
        .write(move |tx, ctx| {
            let parcel = received(tx.connection, ctx, id)?;
            let of = policy::answer(tx.actor, parcel)?;
            super::refuse(tx, &of)
        })
        .await?;
    Ok(after_refusal(&ctx, &home(id), asked))
}

fn deletion_view(
    c: &mut Connection,
    ctx: &Ctx,
    id: DeliveryId,
    form: &Form,
    invalid: &Invalid,
) -> Result<DeletionView> {
    let parcel = received(c, ctx, id)?;
    let speaks = policy::is_receiver(&ctx.actor, &parcel.delivery);
    let purpose = parcel.handover.purpose.clone();
    let home = format!("{}/deletion", home(id));
    let form = form.view_with(ctx.language, invalid);
    Ok(DeletionView::of(ctx, &parcel, (home, purpose, speaks), form))
}

/// Asks whether what was taken back is deleted.
async fn deletion(ctx: Ctx, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| deletion_view(c, ctx, id, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

/// Takes the answer.
async fn answer(ctx: Ctx, id: Path<DeliveryId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let answered = match Answer::parse(&form) {
        Ok(answered) => answered,
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| deletion_view(c, ctx, id, &form, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    ctx.write(move |tx, ctx| {
        let parcel = received(tx.connection, ctx, id)?;
        let of = policy::answer(tx.actor, parcel)?;
        super::answer(tx, &of, &answered, &ctx.member()?.name)
    })
    .await?;
    Ok(ctx.see_other(&format!("{}/deletion", home(id)), "done-handover-delivery-answered"))
}
