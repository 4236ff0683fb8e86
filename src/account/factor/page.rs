//! The pages of one's own second factors: an app set up and taken away, recovery codes.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::store::{self, AppId};
use super::views::{CodesView, FactorView, OfferView};
use super::{Change, Factor, added, own_session, passkey, recovery, removed, tell, totp, ways};
use crate::account::{guess, store as people};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::web::{Access, Ctx, Fields, Form, Invalid, Message, Route, Rule, attachment};

/// Most apps of a person: each is one more code that a guess may hit.
const MOST: i64 = 5;

/// The routes of one's own second factors.
pub(in crate::account) fn routes() -> Vec<Route> {
    const OWN: Access = Access::Session;
    vec![
        Route::get("/account/second-factor", OWN, show).while_enrolling(),
        Route::post("/account/second-factor", OWN, begin)
            .without_entry()
            .while_enrolling()
            .stepped_up(),
        Route::post("/account/second-factor/confirmation", OWN, confirm)
            .while_enrolling()
            .stepped_up(),
        Route::post("/account/second-factor/{id}/removal", OWN, remove).stepped_up(),
        Route::post("/account/recovery-codes", OWN, renew_codes).stepped_up(),
        Route::post("/account/recovery-codes/download", OWN, download).without_entry(),
    ]
}

async fn view(ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<FactorView> {
    let form = form.view_with(ctx.language, invalid);
    ctx.read(move |c, ctx| {
        let member = ctx.member()?;
        let person = people::person(c, member.person_id)?;
        let offered = store::offered(c, person.id)?
            .map(|app| totp::shown(&ctx.portal.secret, &app, &person.email))
            .transpose()?
            .map(|shown| OfferView { seed: shown.seed, side: shown.side, path: shown.path });
        let passkeys = passkey::offered(&ctx.portal.settings);
        Ok(FactorView { form, needed: member.enrolling, offered, passkeys })
    })
    .await
}

/// Shows how an app is set up, or the one that is offered.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    let view = view(&ctx, &Form::default(), &Invalid::default()).await?;
    ctx.page(&view)
}

/// Offers an app; it counts for nothing before its first code.
async fn begin(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    ctx.write(|tx, ctx| {
        own_session(tx, ctx)?;
        let person = ctx.member()?.person_id;
        if store::count_apps(tx.connection, person)? >= MOST {
            return Err(Error::Conflict("factor-error-most"));
        }
        totp::offer(tx, &ctx.portal.secret, person)
    })
    .await?;
    Ok(ctx.see_other("/account/second-factor", ""))
}

/// Makes a new set of codes the person's, and gives it.
fn new_codes(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<Vec<String>> {
    let codes = recovery::new_set();
    let hashes: Vec<String> = codes.iter().map(|code| recovery::hash(code)).collect();
    store::renew_codes(tx, ctx.member()?.person_id, &hashes)?;
    Ok(codes)
}

/// The app's name and its first code.
fn read(ctx: &Ctx, form: &Form) -> Result<(String, String), Invalid> {
    let mut fields = Fields::of(form);
    let name = fields.optional("name", Rule::line(60));
    let typed = crate::japanese::fold_width(form.value("code"));
    let code: String = typed.chars().filter(char::is_ascii_digit).collect();
    fields.check(!code.is_empty(), "code", "error-required");
    let named = name.filter(|name| !name.is_empty());
    let name = named.unwrap_or_else(|| ctx.text("factor-name-default"));
    fields.finish(|| Some((name, code)))
}

/// The form again, without the code.
async fn again(ctx: &Ctx, mut form: Form, invalid: &Invalid) -> Result<HttpResponse> {
    form.remove("code");
    let view = view(ctx, &form, invalid).await?;
    ctx.invalid(&view)
}

/// Takes the first code: from now on the app counts, and the session as one with both factors. The
/// first app brings recovery codes with it, which are shown once.
async fn confirm(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let (name, code) = match read(&ctx, &form) {
        Ok(read) => read,
        Err(invalid) => return again(&ctx, form, &invalid).await,
    };
    let done = ctx
        .write(move |tx, ctx| {
            let person = people::person(tx.connection, ctx.member()?.person_id)?;
            let counter = guess::counter(tx, ctx, "confirmation", &person.email, Some(person.id))?;
            guess::admit(tx, &counter)?;
            let first = !ways(tx.connection, person.id)?.any();
            own_session(tx, ctx)?;
            if !totp::confirm(tx, &ctx.portal.secret, person.id, &name, &code)? {
                guess::wrong(tx, &counter)?;
                return Ok(None);
            }
            guess::right(tx, &counter)?;
            let codes = if first { new_codes(tx, ctx)? } else { Vec::new() };
            let arrival = added(tx, ctx, &person, Factor::Totp)?;
            Ok(Some((codes, arrival)))
        })
        .await?;
    let Some((codes, arrival)) = done else {
        let invalid = Invalid::at("code", Message::new("factor-error-code"));
        return again(&ctx, form, &invalid).await;
    };
    let mut answer = if codes.is_empty() {
        ctx.see_other("/account", "done-factor")
    } else {
        ctx.page(&CodesView { codes })?
    };
    arrival.give(&mut answer);
    Ok(answer)
}

/// Takes an app away; not the last factor of somebody who can't be without.
async fn remove(ctx: Ctx, id: Path<AppId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let arrival = ctx
        .write(move |tx, ctx| {
            own_session(tx, ctx)?;
            let person = people::person(tx.connection, ctx.member()?.person_id)?;
            if !store::remove_app(tx, person.id, id)? {
                return Err(Error::NotFound);
            }
            removed(tx, ctx, &person, Factor::Totp)
        })
        .await?;
    let mut answer = ctx.see_other("/account", "done-factor-removed");
    arrival.give(&mut answer);
    Ok(answer)
}

/// Shows a new set of codes; the old ones no longer count.
async fn renew_codes(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    let codes = ctx
        .write(|tx, ctx| {
            own_session(tx, ctx)?;
            let person = people::person(tx.connection, ctx.member()?.person_id)?;
            if !ways(tx.connection, person.id)?.any() {
                return Err(Error::Conflict("factor-error-none"));
            }
            let codes = new_codes(tx, ctx)?;
            tell(tx, &ctx.portal.settings, &person, Change::RecoveryRenewed, &[])?;
            Ok(codes)
        })
        .await?;
    ctx.page(&CodesView { codes })
}

/// Gives the codes of the page back as a file: the portal keeps only their hashes.
async fn download(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let codes: Vec<&str> = form.values("code").take(recovery::COUNT).collect();
    if codes.is_empty() || !codes.iter().all(|code| recovery::is_code(code)) {
        return Err(Error::BadRequest("codes"));
    }
    let head = ctx.text("recovery-file-head");
    let text = format!("{head}\r\n\r\n{}\r\n", codes.join("\r\n"));
    let name = format!("{}.txt", ctx.text("recovery-file-name"));
    Ok(attachment(&name, "text/plain; charset=utf-8", text.into_bytes()))
}
