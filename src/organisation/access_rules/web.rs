//! The page on which an organisation says what it demands of its members.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use super::policy::{self, KEEPERS};
use super::store;
use super::views::RulesPage;
use super::{AccessRules, FourEyes};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Where the page is.
const PAGE: &str = "/access-rules";

/// The routes of the access rules.
pub(in crate::organisation) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![Route::get(PAGE, KEEPER, show), Route::post(PAGE, KEEPER, save).stepped_up()]
}

fn page(ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<RulesPage> {
    let mut four_eyes = Choice::words(ctx.language, "four-eyes-", FourEyes::ALL);
    for choice in &mut four_eyes {
        choice.hint = ctx.text(&format!("four-eyes-{}-hint", choice.value));
    }
    Ok(RulesPage {
        form: form.view_with(ctx.language, invalid),
        principal: ctx.member()?.role.is_principal(),
        four_eyes,
    })
}

async fn stored(ctx: &Ctx) -> Result<AccessRules> {
    ctx.read(|c, ctx| store::access_rules(c, *policy::change(&ctx.actor)?)).await
}

/// Shows the rules.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    let form = stored(&ctx).await?.form();
    ctx.page(&page(&ctx, &form, &Invalid::default())?)
}

/// Changes them.
async fn save(ctx: Ctx, mut form: Form) -> Result<HttpResponse> {
    let before = stored(&ctx).await?;
    let principal = ctx.member()?.role.is_principal();
    let new = match AccessRules::parse(&form, &before, principal) {
        Ok(new) => new,
        Err(invalid) => return ctx.invalid(&page(&ctx, &form, &invalid)?),
    };
    match ctx.write(move |tx, _| keep(tx, &new)).await {
        Ok(()) => Ok(ctx.see_other(PAGE, "done-access-rules")),
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key)) => {
            form.set("version", &stored(&ctx).await?.version.to_string());
            let invalid = Invalid::at("idle_minutes", Message::new(key));
            ctx.page_with(StatusCode::CONFLICT, &page(&ctx, &form, &invalid)?)
        }
        Err(other) => Err(other),
    }
}

fn keep(tx: &mut Tx<'_>, new: &AccessRules) -> Result<()> {
    let of = policy::change(tx.actor)?;
    let before = store::access_rules(tx.connection, *of)?;
    store::save(tx, &of, new)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: *of,
            act: "access_rules.changed",
            subject_kind: "access_rules",
            subject_id: of.as_str(),
            entrustment_id: None,
            details: vec![
                ("idle_minutes", json!(new.idle_minutes)),
                ("session_hours", json!(new.session_hours)),
                ("invitation_days", json!(new.invitation_days)),
                ("handler_second_factor", json!(new.handler_second_factor)),
                ("four_eyes", json!(new.four_eyes)),
                ("four_eyes_before", json!(before.four_eyes)),
            ],
        },
    )
}
