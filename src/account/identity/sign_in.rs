//! Signing in where the organisation's people sign in.
//!
//! The way to the provider is a link, not a form: the content security policy lets no form lead
//! elsewhere. Another's answer is of no use in this browser: the state that comes back must be one
//! that this very browser was given (RFC 9700 §4.7).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::exchange::{self, Expected, Failure, Vouched};
use super::model::{Provider, domain_of};
use super::store;
use super::views::{FailedPage, Offer, OfferPage};
use crate::account::arrival::{Method, Proof, arrive};
use crate::account::ceremony_store::{self as ceremony, Kind};
use crate::account::session::local_path;
use crate::actor::{OrganisationId, PersonId};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::event::{self, EventKind, NewEvent, Subject};
use crate::ledger::{self, NewEntry};
use crate::web::{Access, Ctx, Fields, Form, Route};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/organisation", Access::Public, show),
        Route::post("/sign-in/organisation", Access::Public, look_up).without_entry(),
        Route::get("/sign-in/organisation/{tenant}", Access::Public, leave),
        Route::get("/sign-in/organisation/{tenant}/callback", Access::Public, come_back),
    ]
}

/// Where somebody wants to arrive.
#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Asks for the mail address.
async fn show(ctx: Ctx, query: Query<Next>) -> Result<HttpResponse> {
    let next = local_path(&query.next);
    if ctx.actor.member().is_some() {
        return Ok(ctx.see_other(&next, ""));
    }
    ctx.page(&OfferPage { form: Form::default().view(ctx.language), next, offers: None })
}

/// Shows the organisations whose provider vouches for addresses of this domain. Says nothing of
/// whether there is an account: only the domain is looked up.
async fn look_up(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let next = local_path(form.value("next"));
    let mut fields = Fields::of(&form);
    let email = fields.email("email");
    let email = match fields.finish(|| email) {
        Ok(email) => email,
        Err(invalid) => {
            let form = form.view_with(ctx.language, &invalid);
            return ctx.invalid(&OfferPage { form, next, offers: None });
        }
    };
    let found = ctx.read(move |c, _| store::by_domain(c, domain_of(&email))).await?;
    let offers = found.into_iter().map(|(id, name)| Offer { id, name }).collect();
    ctx.page(&OfferPage { form: form.view(ctx.language), next, offers: Some(offers) })
}

/// What is kept until the provider answers.
#[derive(Serialize, Deserialize)]
struct Pending {
    tenant: OrganisationId,
    issuer: String,
    expected: Expected,
    next: String,
}

/// Sends the browser to the provider.
async fn leave(ctx: Ctx, tenant: Path<OrganisationId>, query: Query<Next>) -> Result<HttpResponse> {
    let (tenant, next) = (tenant.into_inner(), local_path(&query.next));
    if ctx.actor.member().is_some() {
        return Ok(ctx.see_other(&next, ""));
    }
    let provider = provider(&ctx, tenant).await?;
    let registration = provider.registration(&ctx.portal.secret, &ctx.portal.settings)?;
    // The state must be in the address before the row that it names can be written.
    let name = hex::encode(rand::random::<[u8; 32]>());
    let (url, expected) = match exchange::begin(&registration, name.clone()).await {
        Ok(begun) => begun,
        Err(failure) => return failed(&ctx, Some(tenant), Trouble::of(&failure)).await,
    };
    ctx.write(move |tx, ctx| {
        let pending = Pending { tenant, issuer: provider.issuer, expected, next };
        ceremony::begin_as(tx, ctx, Kind::Provider, &name, &pending)
    })
    .await?;
    Ok(ctx.see_other(&url, ""))
}

async fn provider(ctx: &Ctx, tenant: OrganisationId) -> Result<Provider> {
    ctx.read(move |c, _| store::find(c, tenant)?.ok_or(Error::NotFound)).await
}

/// What a provider sends back (RFC 6749 §4.1.2, RFC 9207 `iss`).
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
}

/// Why somebody doesn't get in.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    /// The provider can't be asked.
    Unreachable,
    /// The answer fits nothing that this browser has begun, or comes too late, or again.
    Over,
    /// The provider, or the person there, said no.
    Refused,
    /// What the provider says doesn't hold.
    Invalid,
    /// The mail address is missing, unchecked there, or of a domain that isn't permitted.
    Address,
    /// Nobody of this organisation.
    Unknown,
    /// The mail address belongs to somebody whom the provider knows as another.
    Other,
}

impl Trouble {
    fn of(failure: &Failure) -> Self {
        tracing::warn!(%failure, "signing in at an identity provider failed");
        match failure {
            Failure::Unreachable(_) | Failure::Issuer(_) => Self::Unreachable,
            Failure::Refused(_) => Self::Refused,
            Failure::Invalid(_) => Self::Invalid,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Over => "over",
            Self::Refused => "refused",
            Self::Invalid => "invalid",
            Self::Address => "address",
            Self::Unknown => "unknown",
            Self::Other => "other",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Over => StatusCode::GONE,
            _ => StatusCode::FORBIDDEN,
        }
    }
}

/// Says what went wrong and which ways there are; refusals are logged apart.
async fn failed(
    ctx: &Ctx,
    tenant_id: Option<OrganisationId>,
    trouble: Trouble,
) -> Result<HttpResponse> {
    ctx.write(move |tx, ctx| {
        let refused = NewEvent {
            tenant_id,
            act: "identity.refused",
            subject: Subject { kind: "path", id: &ctx.path },
            reason: trouble.word(),
            details: vec![("method", json!(Method::Identity))],
            ..NewEvent::new(EventKind::SignInRefused)
        };
        event::tell(tx, refused)
    })
    .await?;
    ctx.page_with(trouble.status(), &FailedPage { reason: trouble.word() })
}

/// Takes the provider's answer and signs the person in.
async fn come_back(
    ctx: Ctx,
    tenant: Path<OrganisationId>,
    answer: Query<Answer>,
) -> Result<HttpResponse> {
    let (tenant, answer) = (tenant.into_inner(), answer.into_inner());
    if ctx.actor.member().is_some() {
        return Ok(ctx.see_other("/", ""));
    }
    let state = answer.state;
    let pending: Option<Pending> =
        ctx.write(move |tx, ctx| ceremony::take(tx, ctx, Kind::Provider, &state)).await?;
    let Some(pending) = pending.filter(|pending| pending.tenant == tenant) else {
        // The address names an organisation, whichever: there may be none.
        return failed(&ctx, None, Trouble::Over).await;
    };
    let provider = provider(&ctx, tenant).await?;
    let same = provider.issuer == pending.issuer
        && answer.iss.is_none_or(|issuer| issuer == pending.issuer);
    if !same {
        return failed(&ctx, Some(tenant), Trouble::Invalid).await;
    }
    let Some(code) = answer.code else { return failed(&ctx, Some(tenant), Trouble::Refused).await };
    let registration = provider.registration(&ctx.portal.secret, &ctx.portal.settings)?;
    let vouched = match exchange::finish(&registration, pending.expected, code, ctx.now).await {
        Ok(vouched) => vouched,
        Err(failure) => return failed(&ctx, Some(tenant), Trouble::of(&failure)).await,
    };
    enter(&ctx, provider, vouched, pending.next).await
}

/// Opens the session of whoever the provider vouches for.
async fn enter(
    ctx: &Ctx,
    provider: Provider,
    vouched: Vouched,
    next: String,
) -> Result<HttpResponse> {
    let complete = provider.is_strong(&vouched.means);
    let proof = Proof { method: Method::Identity, complete };
    let tenant = provider.tenant_id;
    let to = next.clone();
    let entered = ctx
        .write(move |tx, ctx| match recognise(tx, &provider, &vouched)? {
            Ok(person) => {
                let arrival = arrive(tx, ctx, person, Some(tenant), proof, &to)?;
                Ok(arrival.ok_or(Trouble::Unknown))
            }
            Err(trouble) => Ok(Err(trouble)),
        })
        .await?;
    match entered {
        Ok(arrival) => Ok(arrival.answer(ctx, &next)),
        Err(trouble) => failed(ctx, Some(tenant), trouble).await,
    }
}

/// The person for whom the provider vouches: by issuer and subject; the first time by the mail
/// address of a member, which is then bound to the subject for good.
fn recognise(
    tx: &mut Tx<'_>,
    provider: &Provider,
    vouched: &Vouched,
) -> Result<Result<PersonId, Trouble>> {
    let (tenant, issuer) = (provider.tenant_id, &*provider.issuer);
    if let Some((id, person)) = store::by_subject(tx.connection, tenant, issuer, &vouched.subject)?
    {
        if !store::is_member(tx.connection, tenant, person)? {
            return Ok(Err(Trouble::Unknown));
        }
        store::note_use(tx, tenant, id)?;
        return Ok(Ok(person));
    }
    let Some(email) = vouched.email.as_deref().filter(|_| !vouched.unverified) else {
        return Ok(Err(Trouble::Address));
    };
    let permitted = store::domains(tx.connection, tenant)?;
    if !permitted.iter().any(|domain| domain == domain_of(email)) {
        return Ok(Err(Trouble::Address));
    }
    let Some(person) = store::member_by_email(tx.connection, tenant, email)? else {
        return Ok(Err(Trouble::Unknown));
    };
    if store::is_bound(tx.connection, tenant, issuer, person)? {
        return Ok(Err(Trouble::Other));
    }
    let id = store::bind(tx, tenant, issuer, &vouched.subject, person)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act: "identity.bound",
            subject_kind: "identity_provider",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: vec![("person", json!(person)), ("issuer", json!(issuer))],
        },
    )?;
    Ok(Ok(person))
}
