//! A form that is sent after its session has run out: what was typed into it isn't lost.

use actix_multipart::Multipart;
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use actix_web::{FromRequest as _, HttpResponse, web};

use super::body;
use super::context::Ctx;
use super::cookie::{self, Name};
use super::fault::wants_json;
use super::form::Form;
use super::guard::{Asked, Guard};
use super::session_name::SessionName;
use super::token::{self, Purpose};
use super::upload::Upload;
use crate::error::{Error, Result};

/// Has the form kept, and leads to signing in.
///
/// # Errors
/// [`Error::SignIn`] where there is no form to keep; those of reading it.
pub(super) async fn answer(
    request: &mut ServiceRequest,
    ctx: &Ctx,
) -> Result<Option<HttpResponse>> {
    let guard = request.app_data::<web::Data<Guard>>().cloned();
    let (Some(guard), Some(session)) = (guard, session(request, ctx)) else {
        return Err(Error::SignIn);
    };
    let (form, with_file) = read(request, ctx, session).await?;
    let target = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let asked = Asked { target, form: Some(form), with_file };
    (guard.keep)(ctx.clone(), asked, session.id).await.map(Some)
}

/// The session that the browser's cookie names, over or not; scripts have no form to come back to.
fn session(request: &ServiceRequest, ctx: &Ctx) -> Option<SessionName> {
    if request.method() != Method::POST || wants_json(request.request()) {
        return None;
    }
    let cookie = request.cookie(&cookie::name(Name::Session, &ctx.portal.settings))?;
    token::subject_once(&ctx.portal.secret, Purpose::Session, cookie.value())?.parse().ok()
}

/// The form, and whether it was one for a file: one of a page that this very sign-in was shown, as
/// its token proves.
async fn read(
    request: &mut ServiceRequest,
    ctx: &Ctx,
    session: SessionName,
) -> Result<(Form, bool)> {
    let own = |token: &str| ctx.csrf_matches_of(session, token);
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let with_file = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let (http, payload) = request.parts_mut();
    if with_file {
        let multipart = Multipart::from_request(http, payload)
            .await
            .map_err(|_broken: actix_web::Error| Error::BadRequest("multipart"))?;
        return match Upload::read_fields(own, multipart).await {
            Ok(form) => Ok((form, true)),
            Err(Error::Forbidden(_)) => Err(Error::SignIn),
            Err(error) => Err(error),
        };
    }
    let form = Form::parse(&body::read(http.clone(), payload.take()).await?);
    if own(form.value("csrf")) { Ok((form, false)) } else { Err(Error::SignIn) }
}
