//! Pages behind the link of an outside recipient. Whatever opens links by itself, such as the mail
//! filter of an office, uses nothing up and learns nothing: before the code only that something waits.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::{after_refusal, confirmed, offered};
use crate::actor::OrganisationId;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::handover::delivery::handing::hand_out;
use crate::handover::delivery::jobs::{self, Told};
use crate::handover::delivery::model::{Answer, DownloadId, Parcel};
use crate::handover::delivery::rules::{self, MOST_GUESSES};
use crate::handover::delivery::store::{self, Guess};
use crate::handover::delivery::views::{CodeView, DeletionView, OutsideView, PartView, ThanksView};
use crate::handover::delivery::{code, link, policy};
use crate::handover::{Deletion, DeliveryId, FileId, ReceivingParty};
use crate::web::{Access, Ctx, Form, Invalid, Message, Method, Route};

/// The routes behind the link.
pub(super) fn routes() -> Vec<Route> {
    const OPEN: Access = Access::Public;
    vec![
        Route::get("/hand-over/{token}", OPEN, show),
        Route::post("/hand-over/{token}", OPEN, prove).costly(),
        Route::post("/hand-over/{token}/files/{file}/download", OPEN, take).costly(),
        Route::get("/hand-over/{token}/downloads/{download}", OPEN, download),
        Route::on(Method::Head, "/hand-over/{token}/downloads/{download}", OPEN, download),
        Route::post("/hand-over/{token}/refusal", OPEN, refuse).costly(),
        Route::get("/hand-over/{token}/deletion", OPEN, deletion),
        Route::post("/hand-over/{token}/deletion", OPEN, answer).costly(),
    ]
}

/// Whose part it is.
type Key = (OrganisationId, DeliveryId);

/// The part that a link names, as the row has it; the same answer for all that opens nothing.
fn named(c: &mut Connection, (tenant, id): Key) -> Result<Parcel> {
    let parcel = store::by_key(c, tenant, id).map_err(|error| match error {
        Error::NotFound => link::NOTHING,
        other => other,
    })?;
    if parcel.delivery.party == ReceivingParty::Outside { Ok(parcel) } else { Err(link::NOTHING) }
}

/// The same, as long as something can be fetched.
fn open(c: &mut Connection, key: Key, ctx: &Ctx) -> Result<Parcel> {
    let parcel = named(c, key)?;
    if rules::is_open(&parcel.handover, &parcel.delivery, ctx.now) {
        Ok(parcel)
    } else {
        Err(link::NOTHING)
    }
}

fn home(token: &str) -> String {
    format!("/hand-over/{token}")
}

fn code_view(ctx: &Ctx, parcel: &Parcel, home: String, form: &Form, invalid: &Invalid) -> CodeView {
    let mut form = form.view_with(ctx.language, invalid);
    form.fields.entry("code".into()).and_modify(|field| field.value = None);
    CodeView {
        form,
        home,
        principal: parcel.principal.clone(),
        locked: parcel.delivery.guesses >= MOST_GUESSES,
    }
}

fn part_view(
    c: &mut Connection,
    ctx: &Ctx,
    (parcel, home): (&Parcel, String),
    form: &Form,
    invalid: &Invalid,
) -> Result<OutsideView> {
    let form = form.view_with(ctx.language, invalid);
    PartView::of(c, parcel, (home, true), ctx.now, form).map(OutsideView)
}

/// Asks for the code; shows the part to who typed it.
async fn show(ctx: Ctx, request: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    let parcel = ctx.read(move |c, _| named(c, key)).await?;
    let home = home(&token);
    if parcel.delivery.deletion != Deletion::NotNeeded {
        return Ok(ctx.see_other(&format!("{home}/deletion"), ""));
    }
    if !rules::is_open(&parcel.handover, &parcel.delivery, ctx.now) {
        return Err(link::NOTHING);
    }
    let (form, invalid) = (Form::default(), Invalid::default());
    if !link::is_permitted(&ctx, &request, &parcel) {
        return ctx.page(&code_view(&ctx, &parcel, home, &form, &invalid));
    }
    let view = ctx.read(move |c, ctx| part_view(c, ctx, (&parcel, home), &form, &invalid)).await?;
    ctx.page(&view)
}

/// Takes the code. The part is shown to this visitor for half an hour.
async fn prove(ctx: Ctx, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let token = token.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    let typed = form.value("code").trim().to_owned();
    let home = home(&token);
    if typed.is_empty() {
        let parcel = ctx.read(move |c, ctx| open(c, key, ctx)).await?;
        let invalid = Invalid::at("code", Message::new("error-required"));
        return ctx.invalid(&code_view(&ctx, &parcel, home, &form, &invalid));
    }
    let (guess, parcel) = ctx.write(move |tx, ctx| prove_now(tx, ctx, key, &typed)).await?;
    let message = match guess {
        Guess::Right => {
            let mut answer = ctx.see_other(&home, "");
            answer.add_cookie(&link::permission(&ctx, &parcel)?).map_err(Error::internal)?;
            return Ok(answer);
        }
        Guess::Wrong(left) if left > 0 => {
            Message::new("handover-delivery-error-code").with("left", left)
        }
        Guess::Wrong(_) | Guess::Locked => Message::new("handover-delivery-error-locked"),
    };
    let invalid = Invalid::at("code", message);
    ctx.invalid(&code_view(&ctx, &parcel, home, &form, &invalid))
}

fn prove_now(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, typed: &str) -> Result<(Guess, Parcel)> {
    let parcel = open(tx.connection, key, ctx)?;
    let of = policy::prove(parcel, tx.now)?;
    let secret = &ctx.portal.secret;
    let guess = store::guess(tx, &of, |of| code::fits(secret, &of.delivery, typed))?;
    if guess == Guess::Wrong(0) {
        jobs::enqueue_tell(tx, &of.delivery, Told::Locked)?;
    }
    // As it is now: the page says whether another code is looked at.
    Ok((guess, named(tx.connection, key)?))
}

/// Takes a download of a file, and leads to it.
async fn take(
    ctx: Ctx,
    request: HttpRequest,
    path: Path<(String, FileId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (token, file) = path.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    let parcel = ctx.read(move |c, ctx| open(c, key, ctx)).await?;
    let home = home(&token);
    if !link::is_permitted(&ctx, &request, &parcel) {
        // Half an hour is over, or another code was issued: back to where it is typed.
        return Ok(ctx.see_other(&home, ""));
    }
    if let Err(invalid) = confirmed(&form) {
        let view = ctx
            .read(move |c, ctx| {
                offered(c, &parcel, file)?;
                part_view(c, ctx, (&parcel, home), &form, &invalid)
            })
            .await?;
        return ctx.invalid(&view);
    }
    let version = parcel.delivery.version;
    let download = ctx
        .write(move |tx, ctx| {
            let parcel = open(tx.connection, key, ctx)?;
            // What was permitted a moment ago, if nothing was changed since.
            let proved = parcel.delivery.version == version;
            let of = policy::fetch_outside(parcel, proved, tx.now)?;
            let name = of.delivery.name.clone();
            super::take(tx, ctx, &of, file, &name)
        })
        .await?;
    Ok(ctx.see_other(&format!("{home}/downloads/{download}"), ""))
}

/// Hands a file out that was taken by this visitor, or a part of it.
async fn download(
    ctx: Ctx,
    request: HttpRequest,
    path: Path<(String, DownloadId)>,
) -> Result<HttpResponse> {
    let (token, download) = path.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    hand_out(&ctx, &request, download, move |c, ctx| open(c, key, ctx)).await
}

/// Stops a part that isn't for who has this address. Nobody needs a code for that.
async fn refuse(ctx: Ctx, token: Path<String>, _: Form) -> Result<HttpResponse> {
    let token = token.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    let (asked, principal) = ctx
        .write(move |tx, ctx| {
            let parcel = open(tx.connection, key, ctx)?;
            let of = policy::answer_outside(parcel)?;
            Ok((super::refuse(tx, &of)?, of.principal.clone()))
        })
        .await?;
    if asked {
        return Ok(after_refusal(&ctx, &home(&token), asked));
    }
    ctx.page(&ThanksView { principal })
}

fn deletion_view(
    ctx: &Ctx,
    parcel: &Parcel,
    token: &str,
    form: &Form,
    invalid: &Invalid,
) -> DeletionView {
    let home = format!("{}/deletion", home(token));
    let form = form.view_with(ctx.language, invalid);
    DeletionView::of(ctx, parcel, (home, String::new(), true), form)
}

/// The part that a link names, if something of it is or was to be deleted.
fn to_delete(c: &mut Connection, key: Key) -> Result<Parcel> {
    let parcel = named(c, key)?;
    match parcel.delivery.deletion {
        Deletion::NotNeeded => Err(link::NOTHING),
        _ => Ok(parcel),
    }
}

/// Asks whether what was taken back is deleted.
async fn deletion(ctx: Ctx, token: Path<String>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    let parcel = ctx.read(move |c, _| to_delete(c, key)).await?;
    let (form, invalid) = (Form::default(), Invalid::default());
    ctx.page(&deletion_view(&ctx, &parcel, &token, &form, &invalid))
}

/// Takes the answer.
async fn answer(ctx: Ctx, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let token = token.into_inner();
    let key = link::named(&ctx, &token)?;
    let ctx = ctx.naming(key.0);
    let answered = match Answer::parse(&form) {
        Ok(answered) => answered,
        Err(invalid) => {
            let parcel = ctx.read(move |c, _| to_delete(c, key)).await?;
            return ctx.invalid(&deletion_view(&ctx, &parcel, &token, &form, &invalid));
        }
    };
    ctx.write(move |tx, _| {
        let of = policy::answer_outside(to_delete(tx.connection, key)?)?;
        let name = of.delivery.name.clone();
        super::answer(tx, &of, &answered, &name)
    })
    .await?;
    Ok(ctx.see_other(&format!("{}/deletion", home(&token)), "done-handover-delivery-answered"))
}
