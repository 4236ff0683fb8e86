//! Requests of programs: `Authorization: Bearer …` (RFC 6750) on the routes of the API.
//!
//! There no cookie is read and none is set, and on all other routes the header counts for nothing:
//! a request is a program's or a browser's, never both. That is why these routes need no proof
//! against forgery: no browser adds the header by itself.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};

use super::context::Ctx;
use super::portal::Portal;
use super::route::Access;
use crate::actor::{Actor, ApiScope, ApiToken, OrganisationId};
use crate::clock::Timestamp;
use crate::database::{Scope, Tx};
use crate::error::{Error, Result};
use crate::event::{self, EventKind, NewEvent, Subject};

/// What a token that was shown is worth.
#[derive(Clone, Debug)]
pub enum Shown {
    /// It counts.
    Counts(Box<ApiToken>),
    /// It has the form of one and doesn't count: whose it is and which, as far as known, and why.
    Refused {
        /// Whose it is.
        tenant: Option<OrganisationId>,
        /// Its id; empty where none is known.
        id: String,
        /// Why, in a word.
        reason: &'static str,
    },
    /// It isn't even written like one.
    Nothing,
    /// It couldn't be looked up.
    Unweighed,
}

/// What the slice that keeps the tokens gives to the guard.
#[derive(Clone, Copy, Debug)]
pub struct Tokens {
    /// What a token is worth at a moment.
    pub weigh: fn(&Portal, &str, Timestamp) -> Result<Shown>,
    /// Notes that it was used.
    pub note_use: fn(&mut Tx<'_>, &ApiToken) -> Result<()>,
}

/// What a request of the API showed: kept with the request, for the answer.
#[derive(Clone, Debug)]
struct Asked {
    scope: ApiScope,
    /// `None` where no credentials were given.
    shown: Option<Shown>,
}

/// The scope that a route of the API asks for; nothing of all other routes.
pub(super) fn scope(access: Option<Access>) -> Option<ApiScope> {
    match access {
        Some(Access::Token(scope)) => Some(scope),
        _ => None,
    }
}

/// Who asks for something of the API: a program, or nobody.
pub(super) async fn actor(
    request: &ServiceRequest,
    portal: &Portal,
    tokens: Tokens,
    scope: ApiScope,
    now: Timestamp,
) -> Actor {
    let shown = match credentials(request) {
        Credentials::Bearer(token) => Some(weighed(portal, tokens, token, now).await),
        Credentials::Other => Some(Shown::Nothing),
        Credentials::None => None,
    };
    let actor = match &shown {
        Some(Shown::Counts(token)) => Actor::Token(token.clone()),
        _ => Actor::Visitor,
    };
    request.extensions_mut().insert(Asked { scope, shown });
    actor
}

async fn weighed(portal: &Portal, tokens: Tokens, token: String, now: Timestamp) -> Shown {
    let portal = portal.clone();
    match web::block(move || (tokens.weigh)(&portal, &token, now)).await {
        Ok(Ok(shown)) => shown,
        Ok(Err(error)) => {
            tracing::error!(%error, "a token could not be looked up");
            Shown::Unweighed
        }
        Err(_) => Shown::Unweighed,
    }
}

/// What the `Authorization` header holds.
enum Credentials {
    /// There is none.
    None,
    /// One bearer token.
    Bearer(String),
    /// Something else, or several.
    Other,
}

fn credentials(request: &ServiceRequest) -> Credentials {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(first) = headers.next() else { return Credentials::None };
    let token = first.to_str().ok().and_then(|value| value.split_once(' '));
    match token {
        Some((scheme, token))
            if scheme.eq_ignore_ascii_case("bearer") && headers.next().is_none() =>
        {
            Credentials::Bearer(token.to_owned())
        }
        _ => Credentials::Other,
    }
}

/// Lets a program in whose token has the scope.
pub(super) fn admit(request: &ServiceRequest, ctx: &Ctx, scope: ApiScope) -> Result<()> {
    if let Some(Shown::Unweighed) = shown(request) {
        return Err(Error::Unavailable("the tokens can't be read".into()));
    }
    let token = ctx.actor.token().ok_or(Error::SignIn)?;
    if token.scopes.contains(&scope) { Ok(()) } else { Err(Error::Forbidden("error-token-scope")) }
}

fn shown(request: &ServiceRequest) -> Option<Shown> {
    request.extensions().get::<Asked>().and_then(|asked| asked.shown.clone())
}

/// Notes the first use of a day, and that a token was refused which has the form of one.
pub(super) async fn note(request: &ServiceRequest, ctx: &Ctx, tokens: Tokens) -> Result<()> {
    match shown(request) {
        Some(Shown::Counts(token)) if token.first_today => {
            ctx.write(move |tx, _| (tokens.note_use)(tx, &token)).await
        }
        Some(Shown::Refused { tenant, id, reason }) => {
            // The row that was found says whose it is, not whoever asks.
            let beyond = Ctx { scope: Scope::everything(), ..ctx.clone() };
            let told = beyond.write(move |tx, ctx| refused(tx, ctx, tenant, &id, reason)).await;
            if let Err(error) = told {
                tracing::error!(%error, "a refused token could not be told of");
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn refused(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    tenant_id: Option<OrganisationId>,
    id: &str,
    reason: &'static str,
) -> Result<()> {
    let subject = Subject { kind: "token", id };
    let new = NewEvent::new(EventKind::TokenRefused);
    event::tell(tx, NewEvent { tenant_id, act: &ctx.origin.route, subject, reason, ..new })
}

/// Whether the request was for the API, whose every answer is JSON.
pub(super) fn is_asked(request: &HttpRequest) -> bool {
    request.extensions().get::<Asked>().is_some()
}

/// Says what is asked for (RFC 6750 §3). Wrong, expired and revoked tokens are told nothing apart.
pub(super) fn challenge(request: &HttpRequest, error: &Error, answer: &mut HttpResponse) {
    let extensions = request.extensions();
    let Some(asked) = extensions.get::<Asked>() else { return };
    let challenge = match (error, &asked.shown) {
        (Error::SignIn, None) => r#"Bearer realm="azukari""#.to_owned(),
        (Error::SignIn, Some(_)) => r#"Bearer realm="azukari", error="invalid_token""#.to_owned(),
        (Error::Forbidden(_), _) => {
            let scope = asked.scope;
            format!(r#"Bearer realm="azukari", error="insufficient_scope", scope="{scope}""#)
        }
        _ => return,
    };
    if let Ok(value) = HeaderValue::from_str(&challenge) {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
}
