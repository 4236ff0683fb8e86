//! The page on which an organisation says where its people sign in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde_json::json;

use super::exchange::{self, Failure};
use super::model::{self, NewProvider};
use super::policy::{self, KEEPERS};
use super::store::{self, IdentityId};
use super::views::{Found, ProviderPage};
use crate::actor::OrganisationId;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::web::{Access, Ctx, Fields, Form, FormView, Invalid, Message, Route};

/// Where the page is.
const PAGE: &str = "/identity-provider";

pub(super) fn routes() -> Vec<Route> {
    const ACCESS: Access = Access::Roles(KEEPERS);
    vec![
        Route::get(PAGE, ACCESS, show),
        Route::post(PAGE, ACCESS, save),
        Route::post("/identity-provider/test", ACCESS, test).without_entry(),
        Route::post("/identity-provider/removal", ACCESS, remove),
        Route::post("/identity-provider/identities/{id}/removal", ACCESS, release),
    ]
}

/// Shows what is set.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    let form = ctx
        .read(|c, ctx| {
            let tenant = *policy::set_up(&ctx.actor)?;
            let domains = store::domains(c, tenant)?;
            Ok(match store::find(c, tenant)? {
                Some(provider) => provider.form(&domains),
                None => Form::from_pairs([
                    ("scopes", "email profile"),
                    ("email_claim", "email"),
                    ("version", "0"),
                ]),
            })
        })
        .await?;
    let view = page(&ctx, form.view(ctx.language), None).await?;
    ctx.page(&view)
}

async fn page(ctx: &Ctx, mut form: FormView, found: Option<Found>) -> Result<ProviderPage> {
    // A secret is never sent back.
    form.fields.entry("client_secret".into()).and_modify(|field| field.value = None);
    ctx.read(move |c, ctx| {
        let tenant = *policy::set_up(&ctx.actor)?;
        Ok(ProviderPage {
            form,
            known: store::find(c, tenant)?.is_some(),
            redirect_url: model::redirect_url(&ctx.portal.settings, tenant),
            found,
            identities: store::identities(c, tenant)?,
        })
    })
    .await
}

/// Keeps what was entered.
async fn save(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let private = ctx.portal.settings.identity_private_network;
    let known =
        ctx.read(|c, ctx| Ok(store::find(c, *policy::set_up(&ctx.actor)?)?.is_some())).await?;
    let command = match NewProvider::parse(&form, known, private) {
        Ok(command) => command,
        Err(invalid) => return again(&ctx, &form, &invalid).await,
    };
    let saved = ctx.write(move |tx, ctx| keep(tx, ctx, &command)).await;
    match saved {
        Ok(true) => Ok(ctx.see_other(PAGE, "done-saved")),
        Ok(false) => {
            let alone = Message::new("error-identity-alone");
            again(&ctx, &form, &Invalid::at("password_off", alone)).await
        }
        Err(Error::Conflict(key)) => {
            let form = with_current_version(&ctx, form).await?;
            let invalid = Invalid::at("issuer", Message::new(key));
            let view = page(&ctx, form.view_with(ctx.language, &invalid), None).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

async fn again(ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<HttpResponse> {
    let view = page(ctx, form.view_with(ctx.language, invalid), None).await?;
    ctx.invalid(&view)
}

async fn with_current_version(ctx: &Ctx, mut form: Form) -> Result<Form> {
    let version = ctx
        .read(|c, ctx| {
            let found = store::find(c, *policy::set_up(&ctx.actor)?)?;
            Ok(found.map_or(0, |provider| provider.version))
        })
        .await?;
    form.set("version", &version.to_string());
    Ok(form)
}

/// Keeps a provider; false when it would lock out whoever keeps it: passwords are switched off
/// only by somebody who has signed in there.
fn keep(tx: &mut Tx<'_>, ctx: &Ctx, new: &NewProvider) -> Result<bool> {
    let of = policy::set_up(tx.actor)?;
    let person = ctx.member()?.person_id;
    if new.password_off && !store::is_bound(tx.connection, *of, &new.issuer, person)? {
        return Ok(false);
    }
    store::save(tx, &ctx.portal.secret, &of, new)?;
    let details = vec![
        ("issuer", json!(new.issuer)),
        ("domains", json!(new.domains)),
        ("second_factor", json!(new.strong)),
        ("password_off", json!(new.password_off)),
        ("secret_changed", json!(!new.client_secret.is_empty())),
    ];
    entry(tx, *of, "identity_provider.saved", of.as_str(), details)?;
    Ok(true)
}

fn entry(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    act: &'static str,
    subject: &str,
    details: Vec<(&'static str, serde_json::Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act,
            subject_kind: "identity_provider",
            subject_id: subject,
            entrustment_id: None,
            details,
        },
    )
}

/// Asks the provider that is typed in what it tells of itself; keeps nothing.
async fn test(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let private = ctx.portal.settings.identity_private_network;
    let mut fields = Fields::of(&form);
    let issuer = model::issuer(&mut fields, private);
    let issuer = match fields.finish(|| issuer) {
        Ok(issuer) => issuer,
        Err(invalid) => return again(&ctx, &form, &invalid).await,
    };
    match exchange::discover(&issuer, private).await {
        Ok(metadata) => {
            let found = Found::of(&metadata);
            let view = page(&ctx, form.view(ctx.language), Some(found)).await?;
            ctx.page(&view)
        }
        Err(failure) => {
            tracing::info!(%failure, "an identity provider was tried");
            let key = match failure {
                Failure::Issuer(_) => "error-identity-other-issuer",
                _ => "error-identity-unreachable",
            };
            again(&ctx, &form, &Invalid::at("issuer", Message::new(key))).await
        }
    }
}

/// Removes the provider: members sign in otherwise.
async fn remove(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    ctx.write(|tx, _| {
        let of = policy::set_up(tx.actor)?;
        store::find(tx.connection, *of)?.ok_or(Error::NotFound)?;
        store::remove(tx, &of)?;
        entry(tx, *of, "identity_provider.removed", of.as_str(), vec![])
    })
    .await?;
    Ok(ctx.see_other(PAGE, "done-saved"))
}

/// Takes back who a subject is; the next sign-in binds anew by the mail address.
async fn release(ctx: Ctx, id: Path<IdentityId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, _| {
        let of = policy::set_up(tx.actor)?;
        let person = store::release(tx, &of, id)?;
        entry(tx, *of, "identity.released", id.as_str(), vec![("person", json!(person))])
    })
    .await?;
    Ok(ctx.see_other(PAGE, "done-identity-released"))
}
