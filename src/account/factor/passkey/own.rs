//! The passkeys on one's own account: added, renamed, removed.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde_json::json;
use webauthn_rs::prelude::PasskeyRegistration;

use super::ceremony;
use super::store::{self, PasskeyId};
use super::views::{OwnPage, OwnPasskey, PasskeyPage};
use super::{MOST, Refused, question};
use crate::account::ceremony_store::{self, Kind};
use crate::account::factor::{self, Factor};
use crate::account::store as people;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::web::{Access, Ctx, Fields, Form, Invalid, Message, Route, Rule};

/// Where the page is.
const PAGE: &str = "/account/passkeys";

pub(super) fn routes() -> Vec<Route> {
    vec![
        // A script asks for the question, so the page itself asks for the fresh proof.
        Route::get(PAGE, Access::Session, index).while_enrolling().stepped_up(),
        Route::post("/account/passkeys/options", Access::Session, options)
            .without_entry()
            .while_enrolling()
            .stepped_up(),
        Route::post(PAGE, Access::Session, add).while_enrolling().stepped_up(),
        Route::get("/account/passkeys/{id}", Access::Session, show),
        Route::post("/account/passkeys/{id}", Access::Session, rename),
        Route::post("/account/passkeys/{id}/removal", Access::Session, remove).stepped_up(),
    ]
}

/// Lists them, with the form for another.
async fn index(ctx: Ctx) -> Result<HttpResponse> {
    let view = page(&ctx, &Form::default(), &Invalid::default()).await?;
    ctx.page(&view)
}

async fn page(ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<OwnPage> {
    let own = ctx.read(|c, ctx| store::of_person(c, ctx.member()?.person_id)).await?;
    Ok(OwnPage {
        form: form.view_with(ctx.language, invalid),
        offered: super::offered(&ctx.portal.settings),
        passkeys: own.iter().map(OwnPasskey::of).collect(),
    })
}

fn name(form: &Form) -> Result<String, Invalid> {
    let mut fields = Fields::of(form);
    let name = fields.text("name", Rule::line(60));
    fields.finish(|| name)
}

/// What the browser is to be asked, for a script, or why nothing is; with the name read first, so that no passkey is
/// made that the portal then refuses.
async fn options(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let refused = |invalid: &Invalid| {
        let words = invalid.errors.iter().map(|(_, message)| message.say(ctx.language)).next();
        Ok(HttpResponse::Ok().json(json!({ "error": words })))
    };
    if let Err(invalid) = name(&form) {
        return refused(&invalid);
    }
    let begun = ctx.write(begin).await?;
    match begun {
        Some(question) => Ok(HttpResponse::Ok().json(question)),
        None => refused(&Invalid::at("name", many())),
    }
}

fn many() -> Message {
    Message::new("error-passkey-many").with("max", MOST)
}

fn begin(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<Option<serde_json::Value>> {
    factor::own_session(tx, ctx)?;
    let party = ceremony::required(&ctx.portal.settings)?;
    let person = people::person(tx.connection, ctx.member()?.person_id)?;
    if store::count(tx.connection, person.id)? >= MOST {
        return Ok(None);
    }
    let own = store::of_person(tx.connection, person.id)?;
    let known = own.iter().map(|kept| kept.credential.0.cred_id().clone()).collect();
    let who = (person.id, &*person.email, &*person.name);
    let (options, state) = ceremony::begin_registration(&party, who, known)?;
    let name = ceremony_store::begin(tx, ctx, Kind::PasskeyRegistration, &state)?;
    Ok(Some(question(options, &name)))
}

/// Keeps the new passkey.
async fn add(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let again = async |invalid: Invalid| {
        let view = page(&ctx, &form, &invalid).await?;
        ctx.invalid(&view)
    };
    let name = match name(&form) {
        Ok(name) => name,
        Err(invalid) => return again(invalid).await,
    };
    let answer = form.value("credential").to_owned();
    if answer.is_empty() {
        return again(Invalid::at("name", Refused::NoScripts.message())).await;
    }
    let exchange = form.value("ceremony").to_owned();
    let state: Option<PasskeyRegistration> = ctx
        .write(move |tx, ctx| ceremony_store::take(tx, ctx, Kind::PasskeyRegistration, &exchange))
        .await?;
    let Some(state) = state else {
        return again(Invalid::at("name", Refused::Over.message())).await;
    };
    let party = ceremony::required(&ctx.portal.settings)?;
    let passkey = match ceremony::finish_registration(&party, &answer, &state) {
        Ok(passkey) => passkey,
        Err(fault) => return again(Invalid::at("name", Refused::Fault(fault).message())).await,
    };
    let kept = ctx
        .write(move |tx, ctx| {
            factor::own_session(tx, ctx)?;
            let person = people::person(tx.connection, ctx.member()?.person_id)?;
            let id = store::create(tx, person.id, &name, &passkey)?;
            entry(tx, ctx, "passkey.added", id)?;
            factor::added(tx, ctx, &person, Factor::Passkey)
        })
        .await;
    match kept {
        Ok(arrival) => {
            let mut answer = ctx.see_other(PAGE, "done-passkey-added");
            arrival.give(&mut answer);
            Ok(answer)
        }
        Err(Error::Conflict(key)) => again(Invalid::at("name", Message::new(key))).await,
        Err(other) => Err(other),
    }
}

fn entry(tx: &mut Tx<'_>, ctx: &Ctx, act: &'static str, id: PasskeyId) -> Result<()> {
    let member = ctx.member()?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: member.organisation_id,
            act,
            subject_kind: "person",
            subject_id: member.person_id.as_str(),
            entrustment_id: None,
            details: vec![("passkey", json!(id))],
        },
    )
}

async fn one(ctx: &Ctx, id: PasskeyId) -> Result<store::Kept> {
    ctx.read(move |c, ctx| store::find(c, ctx.member()?.person_id, id)).await
}

/// Shows one, to be renamed or removed.
async fn show(ctx: Ctx, id: Path<PasskeyId>) -> Result<HttpResponse> {
    let kept = one(&ctx, id.into_inner()).await?;
    let form = Form::from_pairs([("name", kept.name.clone())]).view(ctx.language);
    ctx.page(&PasskeyPage { form, passkey: OwnPasskey::of(&kept) })
}

/// Gives one another name.
async fn rename(ctx: Ctx, id: Path<PasskeyId>, form: Form) -> Result<HttpResponse> {
    let kept = one(&ctx, id.into_inner()).await?;
    let name = match name(&form) {
        Ok(name) => name,
        Err(invalid) => {
            let form = form.view_with(ctx.language, &invalid);
            return ctx.invalid(&PasskeyPage { form, passkey: OwnPasskey::of(&kept) });
        }
    };
    ctx.write(move |tx, ctx| {
        store::rename(tx, kept.id, &name)?;
        entry(tx, ctx, "passkey.renamed", kept.id)
    })
    .await?;
    Ok(ctx.see_other(PAGE, "done-passkey-renamed"))
}

/// Removes one.
async fn remove(ctx: Ctx, id: Path<PasskeyId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let arrival = ctx
        .write(move |tx, ctx| {
            factor::own_session(tx, ctx)?;
            let person = people::person(tx.connection, ctx.member()?.person_id)?;
            let kept = store::find(tx.connection, person.id, id)?;
            store::remove(tx, kept.id)?;
            entry(tx, ctx, "passkey.removed", kept.id)?;
            factor::removed(tx, ctx, &person, Factor::Passkey)
        })
        .await?;
    let mut answer = ctx.see_other(PAGE, "done-passkey-removed");
    arrival.give(&mut answer);
    Ok(answer)
}
