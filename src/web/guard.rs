//! Every request passes here: it gets its context, is held against the route table, and what went
//! wrong becomes a page.

use std::collections::HashMap;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::Language;
use super::body::{self, BodyLimit};
use super::client::Client;
use super::context::{Ctx, View};
use super::cookie::{self, Name};
use super::form::MAX_FORM;
use super::headers;
use super::invalid::Message;
use super::limits::{Limits, MAX_HEAD};
use super::line::Line;
use super::locale;
use super::origin;
use super::portal::Portal;
use super::rate::Rates;
use super::route::{Access, Route};
use super::token::{self, Purpose};
use super::upload::MAX_FILE;
use crate::actor::{Actor, Member, SessionId};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::ledger;

/// Who a session belongs to, if it still counts: given by the slice that keeps the sessions.
pub type Identify = fn(&Portal, SessionId, Timestamp) -> Result<Option<Member>>;

/// The route table as the guard asks it, and how sessions are looked up.
pub struct Guard {
    rows: HashMap<(String, String), Row>,
    rates: Rates,
    identify: Identify,
}

/// What the route table says of a route.
#[derive(Clone, Copy)]
struct Row {
    access: Access,
    limit: usize,
    costly: bool,
    any_origin: bool,
}

impl Guard {
    /// A guard over `routes`.
    #[must_use]
    pub fn new(routes: &[Route], limits: &Limits, identify: Identify) -> Self {
        let rows = routes.iter().map(|route| {
            let row = Row {
                access: route.access,
                limit: route.limit,
                costly: route.costly,
                any_origin: route.any_origin,
            };
            ((route.method.as_str().to_owned(), route.path.to_owned()), row)
        });
        Self { rows: rows.collect(), rates: Rates::new(limits), identify }
    }

    fn row(&self, request: &ServiceRequest) -> Option<Row> {
        let method = match request.method().as_str() {
            "HEAD" => "GET",
            other => other,
        };
        self.rows.get(&(method.to_owned(), request.match_pattern()?)).copied()
    }
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
    let (ctx, fresh_visitor) = context(&request, &portal).await;
    request.extensions_mut().insert(ctx.clone());
    let admitted = admit(&mut request, &ctx);
    let mut response = match admitted {
        Ok(()) => match next.call(request).await {
            Ok(response) => finished(&ctx, response.map_into_boxed_body()).await,
            Err(error) => return Err(error),
        },
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

/// The context of a request, and the visitor's value when a new one was made.
async fn context(request: &ServiceRequest, portal: &Portal) -> (Ctx, Option<String>) {
    let now = portal.clock.now();
    let cookie = |which| {
        request.cookie(&cookie::name(which, &portal.settings)).map(|c| c.value().to_owned())
    };
    let member = match session_id(portal, cookie(Name::Session), now) {
        Some(session) => identify(request, portal, session, now).await,
        None => None,
    };
    let mut fresh = None;
    let bound_to = match &member {
        Some(member) => member.session_id.to_string(),
        None => cookie(Name::Visitor)
            .filter(|v| v.len() == 32)
            .unwrap_or_else(|| fresh.insert(hex::encode(rand::random::<[u8; 16]>())).clone()),
    };
    let csrf = hex::encode(portal.secret.mac("csrf", bound_to.as_bytes()));
    let language = cookie(Name::Language).and_then(|text| text.parse().ok()).unwrap_or_else(|| {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
        Language::negotiate(accepted.and_then(|value| value.to_str().ok()))
    });
    let ctx = Ctx {
        portal: portal.clone(),
        actor: member.map_or(Actor::Visitor, |member| Actor::Member(Box::new(member))),
        now,
        language,
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        flash: cookie(Name::Flash),
        csrf,
        client: Client::of(request, &portal.settings.limits),
    };
    (ctx, fresh)
}

fn session_id(portal: &Portal, cookie: Option<String>, now: Timestamp) -> Option<SessionId> {
    token::subject(&portal.secret, Purpose::Session, &cookie?, now)?.parse().ok()
}

async fn identify(
    request: &ServiceRequest,
    portal: &Portal,
    session: SessionId,
    now: Timestamp,
) -> Option<Member> {
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
    if !request.method().is_safe() && !row.is_some_and(|row| row.any_origin) {
        origin::same_origin(request, &settings)?;
    }
    body::bound(request, row.map_or(MAX_FORM, |row| row.limit), &settings.limits)?;
    match row.map(|row| row.access) {
        // No such route: routing answers, and says 404 or 405.
        None | Some(Access::Public) => {}
        Some(Access::Session) => {
            ctx.member()?;
        }
        Some(Access::Roles(roles)) => {
            if !roles.contains(&ctx.member()?.role) {
                return Err(Error::Forbidden("role"));
            }
        }
    }
    if row.is_some_and(|row| row.costly) {
        guard.rates.count(ctx).map_err(|seconds| {
            request.extensions_mut().insert(RetryAfter(seconds));
            Error::TooMany
        })?;
    }
    Ok(())
}

/// After how many seconds a caller who asked too often may ask again.
struct RetryAfter(u64);

/// Turns an error of ours into its page; leaves every other answer alone.
async fn finished(ctx: &Ctx, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if let Some(error) = response.response().error() {
        let mapped = error.as_error::<Error>().map(Copied::of);
        // actix's own errors: a path that is no id is a thing that isn't there.
        let error = mapped.map_or_else(
            || match status.as_u16() {
                404 => Error::NotFound,
                413 => Error::TooLarge,
                _ => Error::BadRequest("request"),
            },
            Copied::into_error,
        );
        let answer = error_answer(ctx, response.request(), &error).await;
        return response.into_response(answer);
    }
    // Routing answers without a page.
    let error = match status.as_u16() {
        404 => Error::NotFound,
        405 => Error::Method,
        _ => return response,
    };
    if response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let mut answer = error_answer(ctx, response.request(), &error).await;
    if let Some(methods) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, methods.clone());
    }
    response.into_response(answer)
}

/// An error out of a borrowed response.
struct Copied(Error);

impl Copied {
    fn of(error: &Error) -> Self {
        Self(match error {
            Error::SignIn => Error::SignIn,
            Error::NotFound => Error::NotFound,
            Error::Forbidden(why) => Error::Forbidden(why),
            Error::Method => Error::Method,
            Error::Conflict(why) => Error::Conflict(why),
            Error::Gone(why) => Error::Gone(why),
            Error::TooLarge => Error::TooLarge,
            Error::TooSlow => Error::TooSlow,
            Error::Misdirected => Error::Misdirected,
            Error::BadRequest(why) => Error::BadRequest(why),
            Error::TooMany => Error::TooMany,
            Error::Unavailable(why) => Error::Unavailable(why.clone()),
            Error::Internal(why) => Error::Internal(why.clone()),
        })
    }

    fn into_error(self) -> Error {
        self.0
    }
}

#[derive(Serialize)]
struct ErrorPage {
    status: u16,
    heading: String,
    text: String,
    what_next: String,
    error_number: Option<String>,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "error.html";
    const TITLE: &'static str = "error-500-heading";

    fn title(&self, _: Language) -> String {
        self.heading.clone()
    }
}

/// The answer to an error: a redirect to sign in, JSON for scripts, or a page that says what to do.
async fn error_answer(ctx: &Ctx, request: &HttpRequest, error: &Error) -> HttpResponse {
    if matches!(error, Error::SignIn) && request.method() == "GET" && !wants_json(request) {
        let next: String = url::form_urlencoded::byte_serialize(
            request.uri().path_and_query().map_or("/", |p| p.as_str()).as_bytes(),
        )
        .collect();
        return ctx.see_other(&format!("/sign-in?next={next}"), "");
    }
    if let Error::Forbidden(reason) = error {
        log_refusal(ctx, request, reason).await;
    }
    let number = error_number(error);
    let status = error.status();
    if wants_json(request) {
        let text = said(ctx, request, error);
        return HttpResponse::build(status)
            .json(serde_json::json!({ "error": text, "number": number }));
    }
    let code = status.as_u16();
    let page = ErrorPage {
        status: code,
        heading: ctx.text(&format!("error-{code}-heading")),
        text: said(ctx, request, error),
        what_next: ctx.text(&what_next_key(error)),
        error_number: number,
    };
    let mut answer = ctx.page_with(status, &page).unwrap_or_else(|broken| {
        tracing::error!(%broken, "the error page can't be rendered");
        HttpResponse::build(status).finish()
    });
    let wait = match code {
        503 => Some(5),
        429 => Some(request.extensions().get().map_or(900, |after: &RetryAfter| after.0)),
        _ => None,
    };
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// The words for an error, with the figures that belong to it.
fn said(ctx: &Ctx, request: &HttpRequest, error: &Error) -> String {
    let extensions = request.extensions();
    match error {
        Error::TooLarge => match extensions.get::<BodyLimit>() {
            Some(limit) => {
                // What a form with a file may have around the file is no size to tell.
                let size = (limit.0.min(MAX_FILE) / (1024 * 1024)).max(1);
                Message::new("error-413-limit").with("size", size).say(ctx.language)
            }
            None => ctx.text("error-413-text"),
        },
        Error::TooMany => match extensions.get::<RetryAfter>() {
            Some(after) => Message::new("error-429-seconds")
                .with("seconds", usize::try_from(after.0).unwrap_or(usize::MAX))
                .say(ctx.language),
            None => ctx.text("error-429-text"),
        },
        other => ctx.text(&text_key(other)),
    }
}

/// The message for an error: its own where it has one, otherwise that of its status.
fn text_key(error: &Error) -> String {
    match error {
        Error::Conflict(key) | Error::Gone(key) | Error::Forbidden(key)
            if locale::has(Language::Ja, key) =>
        {
            (*key).to_owned()
        }
        other => format!("error-{}-text", other.status().as_u16()),
    }
}

/// The message that says what to do next: that of the error's own words where they have one.
fn what_next_key(error: &Error) -> String {
    let own = format!("{}-what-next", text_key(error));
    if locale::has(Language::Ja, &own) {
        own
    } else {
        format!("error-{}-what-next", error.status().as_u16())
    }
}

/// Logs an error that is ours, once, and gives the number under which it stands in the log.
fn error_number(error: &Error) -> Option<String> {
    match error {
        Error::Internal(cause) | Error::Unavailable(cause) => {
            let number = hex::encode(rand::random::<[u8; 4]>());
            tracing::error!(number, cause, "request failed");
            Some(number)
        }
        _ => None,
    }
}

async fn log_refusal(ctx: &Ctx, request: &HttpRequest, reason: &'static str) {
    let pattern = request.match_pattern().unwrap_or_else(|| "-".into());
    let act = format!("{} {pattern}", request.method());
    // A token in a path is a secret: what was refused is then told by the route alone.
    let path = if pattern.contains("{token}") { &pattern } else { request.path() };
    let subject = path.chars().take(200).collect::<String>();
    let logged = ctx
        .write(move |tx, _| ledger::refuse(tx.connection, tx.actor, tx.now, &act, &subject, reason))
        .await;
    if let Err(error) = logged {
        tracing::error!(%error, "a refusal could not be logged");
    }
}

fn wants_json(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}
