//! Errors become answers: a page that says what to do, JSON for scripts, a way to sign in; refusals are
//! told, and what is ours is logged once.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::Language;
use super::bearer;
use super::body::BodyLimit;
use super::context::{Ctx, View};
use super::form::MAX_FORM;
use super::guard::Guard;
use super::invalid::Message;
use super::locale;
use super::upload::{MAX_FILE, MAX_UPLOAD};
use crate::error::Error;
use crate::event::EventKind;
use crate::ledger;

/// Turns an error of ours into its page; leaves every other answer alone.
pub(super) async fn finished(
    ctx: &Ctx,
    response: ServiceResponse<BoxBody>,
) -> ServiceResponse<BoxBody> {
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
            Error::Enrolling => Error::Enrolling,
            Error::NotFound => Error::NotFound,
            Error::Forbidden(why) => Error::Forbidden(why),
            Error::Method => Error::Method,
            Error::Conflict(why) => Error::Conflict(why),
            Error::Gone(why) => Error::Gone(why),
            Error::TooLarge => Error::TooLarge,
            Error::TooSlow => Error::TooSlow,
            Error::Misdirected => Error::Misdirected,
            Error::Full => Error::Full,
            Error::BadRequest(why) => Error::BadRequest(why),
            Error::TooMany(wait) => Error::TooMany(*wait),
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
pub(super) async fn error_answer(ctx: &Ctx, request: &HttpRequest, error: &Error) -> HttpResponse {
    if matches!(error, Error::SignIn) && request.method() == "GET" && !wants_json(request) {
        let next: String = url::form_urlencoded::byte_serialize(
            request.uri().path_and_query().map_or("/", |p| p.as_str()).as_bytes(),
        )
        .collect();
        return ctx.see_other(&format!("/sign-in?next={next}"), "");
    }
    if matches!(error, Error::Enrolling) && request.method() == "GET" && !wants_json(request) {
        return ctx.see_other("/account/second-factor", "");
    }
    if let Some((kind, reason)) = refusal(ctx, request, error) {
        log_refusal(ctx, request, kind, reason).await;
    }
    let number = error_number(ctx, error);
    let mut answer = if wants_json(request) {
        let text = said(ctx, request, error);
        HttpResponse::build(error.status())
            .json(serde_json::json!({ "error": text, "number": number }))
    } else {
        error_page(ctx, request, error, number)
    };
    let retry = match error {
        Error::TooMany(wait) => Some(*wait),
        _ if error.status() == 503 => Some(5),
        _ => None,
    };
    if let Some(seconds) = retry {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    bearer::challenge(request, error, &mut answer);
    answer
}

fn error_page(
    ctx: &Ctx,
    request: &HttpRequest,
    error: &Error,
    number: Option<String>,
) -> HttpResponse {
    let status = error.status();
    let code = status.as_u16();
    let page = ErrorPage {
        status: code,
        heading: ctx.text(&format!("error-{code}-heading")),
        text: said(ctx, request, error),
        what_next: what_next(ctx, error),
        error_number: number,
    };
    ctx.page_with(status, &page).unwrap_or_else(|broken| {
        tracing::error!(%broken, "the error page can't be rendered");
        HttpResponse::build(status).finish()
    })
}

/// The words for an error, with the figures that belong to it.
fn said(ctx: &Ctx, request: &HttpRequest, error: &Error) -> String {
    let extensions = request.extensions();
    match (error, extensions.get::<BodyLimit>()) {
        (Error::TooLarge, Some(limit)) => {
            // What a form with a file may have around the file is no size to tell.
            let file = match limit.0 {
                large if large > MAX_UPLOAD => large - MAX_FORM,
                other => other.min(MAX_FILE),
            };
            let size = (file / (1024 * 1024)).max(1);
            Message::new("error-413-limit").with("size", size).say(ctx.language)
        }
        (Error::SignIn, _) if bearer::is_asked(request) => ctx.text("error-token-text"),
        (other, _) => ctx.text(&text_key(other)),
    }
}

/// What to do now: after too many tries, when to try again.
fn what_next(ctx: &Ctx, error: &Error) -> String {
    match error {
        Error::TooMany(wait) if *wait < 60 => {
            locale::text_with(ctx.language, "error-429-seconds", &[("seconds", (*wait).into())])
        }
        Error::TooMany(wait) => {
            let minutes = (*wait + 59) / 60;
            locale::text_with(ctx.language, "error-429-minutes", &[("minutes", minutes.into())])
        }
        Error::Enrolling => ctx.text("error-enrolling-what-next"),
        other => ctx.text(&what_next_key(other)),
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
        Error::Enrolling => "error-enrolling-text".to_owned(),
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
fn error_number(ctx: &Ctx, error: &Error) -> Option<String> {
    match error {
        Error::Internal(cause) | Error::Unavailable(cause) => {
            let number = ctx.origin.request.clone();
            tracing::error!(number, cause, "request failed");
            Some(number)
        }
        Error::Full => {
            let number = ctx.origin.request.clone();
            tracing::error!(number, cause = "no room left", "request failed");
            Some(number)
        }
        _ => None,
    }
}

/// What of an error is a refusal that is told: a role, an origin or a form that doesn't fit, a thing
/// that isn't there for this member, a link that isn't valid, and whoever asks too often.
fn refusal(ctx: &Ctx, request: &HttpRequest, error: &Error) -> Option<(EventKind, &'static str)> {
    let names = |what: &str| request.match_pattern().is_some_and(|pattern| pattern.contains(what));
    match error {
        Error::Forbidden(reason) => Some((EventKind::Refused, *reason)),
        // A foreign id and an absent one answer alike, and are told alike.
        Error::NotFound if ctx.actor.member().is_some() && names("{") => {
            Some((EventKind::Refused, "not_found"))
        }
        Error::Gone(reason) if names("{token}") => Some((EventKind::Refused, *reason)),
        Error::TooMany(_) => Some((EventKind::RateLimited, "too_many")),
        _ => None,
    }
}

async fn log_refusal(ctx: &Ctx, request: &HttpRequest, kind: EventKind, reason: &'static str) {
    let guard = request.app_data::<web::Data<Guard>>();
    if !guard.is_some_and(|guard| guard.rates.tells(ctx)) {
        return;
    }
    let act = ctx.origin.route.clone();
    // A token in a path is a secret: what was refused is then told by the route alone.
    let pattern = request.match_pattern().unwrap_or_default();
    let path = if pattern.contains("{token}") { &pattern } else { request.path() };
    let subject = told_path(path);
    let logged = ctx.write(move |tx, _| ledger::refuse(tx, kind, &act, &subject, reason)).await;
    if let Err(error) = logged {
        tracing::error!(%error, "a refusal could not be logged");
    }
}

/// A path as it is kept: what is as long as a token doesn't stay in it.
fn told_path(path: &str) -> String {
    let part = |part: &str| if part.len() > 64 { "…".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/").chars().take(200).collect()
}

/// Whether the answer is for a program: it says so, or asks for the API.
pub(super) fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    bearer::is_asked(request) || accept.is_some_and(|accept| accept.starts_with("application/json"))
}
