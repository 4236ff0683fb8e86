//! Bodies that are kept while they come in, whatever their size: a form with files, and the bytes
//! that a script sends.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::{Stream, StreamExt as _};

use super::body;
use super::context::Ctx;
use super::form::Form;
use super::upload::{file_name, pass, text, unreadable};
use crate::error::{Error, Result};

/// A form with any number of files, of which only the CSRF token was read: it comes first.
pub struct FileForm {
    /// The fields that came so far: a page puts them before its files.
    pub form: Form,
    multipart: Multipart,
}

impl std::fmt::Debug for FileForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileForm").field("form", &self.form).finish_non_exhaustive()
    }
}

/// A file of a form, while it comes in.
pub struct IncomingFile {
    /// Its name as the browser sent it; empty when none was chosen.
    pub name: String,
    field: Field,
}

impl std::fmt::Debug for IncomingFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IncomingFile").field("name", &self.name).finish_non_exhaustive()
    }
}

impl FileForm {
    /// The next file; fields on the way to it are added to the form.
    ///
    /// # Errors
    /// Those of the body: too large, too slow, broken off, no form.
    pub async fn next(&mut self) -> Result<Option<IncomingFile>> {
        while let Some(field) = self.multipart.next().await {
            let mut field = field.map_err(|error| unreadable(&error))?;
            if let Some(name) = file_name(&field) {
                return Ok(Some(IncomingFile { name, field }));
            }
            let name = field.name().unwrap_or_default().to_owned();
            let value = text(&self.form, &mut field).await?;
            self.form.add(&name, &value);
        }
        Ok(None)
    }

    /// Reads to the end and keeps nothing of the files: a browser hears the answer when it has said
    /// everything.
    ///
    /// # Errors
    /// Those of the body.
    pub async fn pass(&mut self) -> Result<()> {
        while let Some(mut file) = self.next().await? {
            pass(&mut file.field).await?;
        }
        Ok(())
    }

    /// Reads the token.
    async fn begin(ctx: &Ctx, mut multipart: Multipart) -> Result<Self> {
        let refused = Error::Forbidden("error-csrf");
        let Some(first) = multipart.next().await else { return Err(refused) };
        let mut first = first.map_err(|error| unreadable(&error))?;
        if first.name() != Some("csrf") || file_name(&first).is_some() {
            return Err(refused);
        }
        let token = text(&Form::default(), &mut first).await?;
        drop(first);
        if !ctx.csrf_matches(&token) {
            return Err(refused);
        }
        Ok(Self { form: Form::default(), multipart })
    }
}

impl IncomingFile {
    /// Reads the file to its end and keeps nothing of it.
    ///
    /// # Errors
    /// Those of the body.
    pub async fn pass(&mut self) -> Result<()> {
        pass(&mut self.field).await
    }
}

impl Stream for IncomingFile {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.field.poll_next_unpin(cx);
        polled.map(|next| next.map(|chunk| chunk.map_err(|error| unreadable(&error))))
    }
}

impl FromRequest for FileForm {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let ctx = request.extensions().get::<Ctx>().cloned();
        let multipart = Multipart::from_request(request, payload);
        Box::pin(async move {
            let ctx = ctx.ok_or_else(|| Error::internal("no context"))?;
            let multipart = multipart
                .await
                .map_err(|_broken: actix_web::Error| Error::BadRequest("multipart"))?;
            Self::begin(&ctx, multipart).await
        })
    }
}

/// The bytes of a request as they come in; its CSRF token is in the header `X-CSRF-Token`.
pub struct RawBody(Payload);

impl std::fmt::Debug for RawBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RawBody").finish_non_exhaustive()
    }
}

impl RawBody {
    /// Reads to the end and keeps nothing.
    ///
    /// # Errors
    /// Those of the body.
    pub async fn pass(&mut self) -> Result<()> {
        while let Some(chunk) = self.next().await {
            chunk?;
        }
        Ok(())
    }
}

impl Stream for RawBody {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.0.poll_next_unpin(cx);
        polled.map(|next| next.map(|chunk| chunk.map_err(|error| body::fault(&error))))
    }
}

impl FromRequest for RawBody {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let token = request.headers().get("x-csrf-token").and_then(|value| value.to_str().ok());
        let trusted = request
            .extensions()
            .get::<Ctx>()
            .is_some_and(|ctx| token.is_some_and(|token| ctx.csrf_matches(token)));
        ready(if trusted { Ok(Self(payload.take())) } else { Err(Error::Forbidden("error-csrf")) })
    }
}
