//! Every request passes here: it gets its context, is held against the route table, and what went
//! wrong becomes a page.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{FromRequest as _, HttpMessage as _, HttpResponse, web};
use chrono::Duration;

use super::Language;
use super::bearer::{self, Tokens};
use super::body::{self};
use super::client::Client;
use super::context::{Ctx, Ends, Kept};
use super::cookie::{self, Name};
use super::fault::{error_answer, finished};
use super::form::{Form, MAX_FORM};
use super::headers;
use super::late;
use super::limits::{Limits, MAX_HEAD};
use super::line::Line;
use super::origin;
use super::portal::Portal;
use super::rate::Rates;
use super::route::{Access, Known, Route};
use super::session_name::SessionName;
use super::token::{self, Purpose};
use crate::actor::{Actor, Member, SessionId};
use crate::clock::Timestamp;
use crate::database::Scope;
use crate::error::{Error, Result};
use crate::event::{self, Origin};

/// Who a session belongs to and when it ends, if it still counts: given by the slice that keeps the
/// sessions.
pub type Identify = fn(&Portal, SessionId, Timestamp) -> Result<Option<(Member, Ends)>>;

/// What somebody asked for who must first prove anew to be who it is.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The path and query.
    pub target: String,
    /// The form that was sent, if it was one.
    pub form: Option<Form>,
    /// Whether the form was one for a file, which isn't kept.
    pub with_file: bool,
}

/// Asks for a fresh proof, and keeps what was asked for: given by the slice that knows the proofs.
pub type StepUp = fn(Ctx, Asked) -> Pin<Box<dyn Future<Output = Result<HttpResponse>>>>;

/// Keeps a form that came after its session had run out, and leads to signing in: given by the slice
/// that keeps the sessions.
pub type Keep = fn(Ctx, Asked, SessionId) -> Pin<Box<dyn Future<Output = Result<HttpResponse>>>>;

/// How long a proof is fresh.
const FRESH: Duration = Duration::minutes(15);

/// The route table as the guard asks it, and how sessions are looked up.
pub struct Guard {
    rows: HashMap<(String, String), Row>,
    pub(super) rates: Rates,
    identify: Identify,
    step_up: StepUp,
    tokens: Tokens,
    pub(super) keep: Keep,
}

/// What the route table says of a route.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "what the route table says, one by one")]
struct Row {
    access: Access,
    limit: usize,
    costly: bool,
    any_origin: bool,
    while_enrolling: bool,
    stepped_up: bool,
}

impl Guard {
    /// A guard over `routes`.
    #[must_use]
    pub fn new(
        routes: &[Route],
        limits: &Limits,
        identify: Identify,
        step_up: StepUp,
        tokens: Tokens,
        keep: Keep,
    ) -> Self {
        let rows = routes.iter().map(|route| {
            let row = Row {
                access: route.access,
                limit: route.limit,
                costly: route.costly,
                any_origin: route.any_origin,
                while_enrolling: route.while_enrolling,
                stepped_up: route.stepped_up,
            };
            ((route.method.as_str().to_owned(), route.path.to_owned()), row)
        });
        Self { rows: rows.collect(), rates: Rates::new(limits), identify, step_up, tokens, keep }
    }

    fn row(&self, request: &ServiceRequest) -> Option<Row> {
        let pattern = pattern(request)?;
        let of = |method: &str| self.rows.get(&(method.to_owned(), pattern.clone())).copied();
        // What has no row of its own for HEAD is asked as if it were to be shown.
        of(request.method().as_str())
            .or_else(|| if request.method() == Method::HEAD { of("GET") } else { None })
    }
}

/// The path pattern of the route that a request is for. Routing compares the decoded path, so this
/// does too: `/%65vents` is `/events`.
fn pattern(request: &ServiceRequest) -> Option<String> {
    request.resource_map().match_pattern(request.match_info().as_str())
}

/// Lets a request in, or answers it.
///
/// # Errors
/// None of its own; the signature is actix's.
pub async fn guard(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(portal) = request.app_data::<web::Data<Portal>>().map(|p| Portal::clone(p)) else {
        return Err(Error::internal("no portal").into());
    };
    let line = request.conn_data::<Line>().cloned();
    if let Some(line) = &line {
        line.busy();
    }
    let (mut ctx, fresh_visitor) = context(&request, &portal).await;
    if is_public(&request) {
        ctx.scope = ctx.scope.with_accounts();
    }
    request.extensions_mut().insert(ctx.clone());
    let admitted = admit(&mut request, &ctx);
    let admitted = match noted(&request, &ctx, admitted).await {
        Ok(()) => proof(&mut request, &ctx).await,
        Err(Error::SignIn) => late::answer(&mut request, &ctx).await,
        Err(error) => Err(error),
    };
    let mut response = match admitted {
        Ok(None) => match next.call(request).await {
            Ok(response) => finished(&ctx, response.map_into_boxed_body()).await,
            Err(error) => return Err(error),
        },
        Ok(Some(answer)) => request.into_response(answer),
        Err(error) => {
            let answer = error_answer(&ctx, request.request(), &error).await;
            request.into_response(answer)
        }
    };
    if let Some(visitor) = fresh_visitor {
        let cookie = cookie::make(Name::Visitor, visitor, &portal.settings);
        // A header that can't be added only means that the next form asks again.
        let _ = response.response_mut().add_cookie(&cookie);
    }
    headers::complete(response.headers_mut(), portal.settings.secure());
    if let Some(line) = line {
        line.waiting();
    }
    Ok(response)
}

/// Whether the request is for a page on which people prove who they are.
fn is_public(request: &ServiceRequest) -> bool {
    access(request) == Some(Access::Public)
}

fn access(request: &ServiceRequest) -> Option<Access> {
    let guard = request.app_data::<web::Data<Guard>>()?;
    guard.row(request).map(|row| row.access)
}

/// Notes that a token was used or refused, unless it was asked too often.
async fn noted(request: &ServiceRequest, ctx: &Ctx, admitted: Result<()>) -> Result<()> {
    let tokens = request.app_data::<web::Data<Guard>>().map(|guard| guard.tokens);
    if let (Ok(()) | Err(Error::SignIn | Error::Forbidden(_)), Some(tokens)) = (&admitted, tokens) {
        bearer::note(request, ctx, tokens).await?;
    }
    admitted
}

/// The context of a request, and the visitor's value when a new one was made.
async fn context(request: &ServiceRequest, portal: &Portal) -> (Ctx, Option<String>) {
    let now = portal.clock.now();
    // On the routes of the API no cookie counts, and none is set.
    let scope = bearer::scope(access(request));
    let cookie = |which| {
        let cookie = request.cookie(&cookie::name(which, &portal.settings));
        cookie.filter(|_| scope.is_none()).map(|c| c.value().to_owned())
    };
    let named = session_name(portal, cookie(Name::Session), now);
    let (member, ends) = match named {
        Some(session) => identify(request, portal, session.id, now).await.unzip(),
        None => (None, None),
    };
    let session = named.filter(|_| member.is_some());
    let mut fresh = None;
    let bound_to = match &session {
        Some(session) => session.first.to_string(),
        None => cookie(Name::Visitor)
            .filter(|v| v.len() == 32)
            .unwrap_or_else(|| fresh.insert(hex::encode(rand::random::<[u8; 16]>())).clone()),
    };
    let (csrf, older_csrf) = csrf_tokens(portal, &bound_to);
    let language = cookie(Name::Language).and_then(|text| text.parse().ok()).unwrap_or_else(|| {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
        Language::negotiate(accepted.and_then(|value| value.to_str().ok()))
    });
    let client = Client::of(request, &portal.settings.limits);
    let origin = Origin {
        address: client.address,
        agent: client.agent.clone(),
        session: member.as_ref().map(|m| event::session_key(m.session_id)).unwrap_or_default(),
        route: route(request.method(), pattern(request)),
        request: event::request_number(),
    };
    let tokens = request.app_data::<web::Data<Guard>>().map(|guard| guard.tokens);
    let actor = match (scope, tokens, member) {
        (Some(scope), Some(tokens), _) => bearer::actor(request, portal, tokens, scope, now).await,
        (_, _, Some(member)) => Actor::Member(Box::new(member)),
        _ => Actor::Visitor,
    };
    let ctx = Ctx {
        portal: portal.clone(),
        scope: Scope::of(&actor),
        actor,
        now,
        language,
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        flash: cookie(Name::Flash),
        csrf,
        older_csrf,
        session,
        client,
        origin: Arc::new(origin),
        kept: Kept { sign_in: cookie(Name::SignIn), device: cookie(Name::Device) },
        ends,
    };
    (ctx, fresh.filter(|_| scope.is_none()))
}

/// The CSRF token of whatever it is bound to (a sign-in, or a visitor), and those from older keys of
/// the secret.
fn csrf_tokens(portal: &Portal, bound_to: &str) -> (String, Vec<String>) {
    let macs = portal.secret.mac_all("csrf", bound_to.as_bytes());
    let mut tokens = macs.iter().map(hex::encode);
    (tokens.next().unwrap_or_default(), tokens.collect())
}

impl Ctx {
    /// Whether `token` is the CSRF token of a session, be it over.
    pub(super) fn csrf_matches_of(&self, session: SessionName, token: &str) -> bool {
        let (csrf, older_csrf) = csrf_tokens(&self.portal, session.first.as_str());
        Self { csrf, older_csrf, ..self.clone() }.csrf_matches(token)
    }
}

/// The method and the pattern of the route: what a log may say of an address.
fn route(method: &Method, pattern: Option<String>) -> String {
    format!("{method} {}", pattern.unwrap_or_else(|| "-".into()))
}

fn session_name(portal: &Portal, cookie: Option<String>, now: Timestamp) -> Option<SessionName> {
    token::subject(&portal.secret, Purpose::Session, &cookie?, now)?.parse().ok()
}

async fn identify(
    request: &ServiceRequest,
    portal: &Portal,
    session: SessionId,
    now: Timestamp,
) -> Option<(Member, Ends)> {
    // Assets need nobody: no database for them.
    if request.path().starts_with("/assets/") {
        return None;
    }
    let identify = request.app_data::<web::Data<Guard>>()?.identify;
    let portal = portal.clone();
    match web::block(move || identify(&portal, session, now)).await {
        Ok(Ok(member)) => member,
        Ok(Err(error)) => {
            tracing::error!(%error, "the session could not be looked up");
            None
        }
        Err(_) => None,
    }
}

/// Whether the request may come in at all: its host and origin, its size, its route, the member's role, and
/// how often it was asked.
fn admit(request: &mut ServiceRequest, ctx: &Ctx) -> Result<()> {
    let settings = ctx.portal.settings.clone();
    origin::own_host(request, &settings)?;
    let head = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len();
    if request.headers().iter().map(head).sum::<usize>() > MAX_HEAD {
        return Err(Error::BadRequest("head"));
    }
    let guard =
        request.app_data::<web::Data<Guard>>().ok_or_else(|| Error::internal("no guard"))?.clone();
    let row = guard.row(request);
    if row.is_some() {
        request.extensions_mut().insert(Known);
    }
    let scope = bearer::scope(row.map(|row| row.access));
    let browsers = !row.is_some_and(|row| row.any_origin) && scope.is_none();
    if !request.method().is_safe() && browsers {
        origin::same_origin(request, &settings)?;
    }
    body::bound(request, row.map_or(MAX_FORM, |row| row.limit), &settings.limits)?;
    if let Some(scope) = scope {
        // Counted first: whoever tries tokens waits too.
        guard.rates.count(ctx).map_err(Error::TooMany)?;
        return bearer::admit(request, ctx, scope);
    }
    let roles = match row.map(|row| row.access) {
        // No such route: routing answers, and says 404 or 405.
        None | Some(Access::Public | Access::Token(_)) => None,
        Some(Access::Session) => Some(&[][..]),
        Some(Access::Roles(roles)) => Some(roles),
    };
    if let Some(roles) = roles {
        let member = ctx.member()?;
        if member.enrolling && !row.is_some_and(|row| row.while_enrolling) {
            return Err(Error::Enrolling);
        }
        if !roles.is_empty() && !roles.contains(&member.role) {
            return Err(Error::Forbidden("role"));
        }
    }
    if row.is_some_and(|row| row.costly) {
        guard.rates.count(ctx).map_err(Error::TooMany)?;
    }
    Ok(())
}

/// Asks for a fresh proof where the route wants one and the last one is too old: the answer that
/// asks, with what was sent; nothing where the request may go on. Whatever was sent is read as a
/// form: no other kind of body gets past. (A form with files can't be carried on, so its page asks
/// when it is opened.)
async fn proof(request: &mut ServiceRequest, ctx: &Ctx) -> Result<Option<HttpResponse>> {
    let Some(guard) = request.app_data::<web::Data<Guard>>().cloned() else {
        return Ok(None);
    };
    let wanted = guard.row(request).is_some_and(|row| row.stepped_up);
    let Some(member) = ctx.actor.member().filter(|_| wanted) else {
        return Ok(None);
    };
    if member.proved_at.is_some_and(|at| at <= ctx.now && ctx.now - at <= FRESH) {
        return Ok(None);
    }
    let target = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let mut form = None;
    if !request.method().is_safe() {
        let (http, payload) = request.parts_mut();
        form = Some(Form::from_request(http, payload).await?);
    }
    (guard.step_up)(ctx.clone(), Asked { target, form, with_file: false }).await.map(Some)
}
