//! A form with a file: read while it comes in, refused by its first field, never larger in memory
//! than one file may be.

use std::pin::Pin;
use std::string::FromUtf8Error;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::StreamExt as _;

use super::body;
use super::context::Ctx;
use super::form::{Form, MAX_FORM};
use crate::error::{Error, Result};

/// Most bytes of a file.
pub const MAX_FILE: usize = 25 * 1024 * 1024;
/// Bytes that are read past a file that is too large, so that the browser gets its answer.
const MAX_DRAINED: usize = 4 * MAX_FILE;
/// Most bytes of the body of a form with a file: what is declared in the route table.
pub const MAX_UPLOAD: usize = MAX_DRAINED + MAX_FORM;

/// A form with a file, checked for its CSRF token, which comes first.
#[derive(Debug, Default)]
pub struct Upload {
    /// The other fields.
    pub form: Form,
    /// The file's name as the browser sent it.
    pub file_name: String,
    /// The file; empty when none was chosen or it was too large.
    pub bytes: Vec<u8>,
    /// Whether the file was larger than [`MAX_FILE`].
    pub too_large: bool,
}

impl Upload {
    /// Reads a form whose token `trusts` knows.
    pub(super) async fn read(
        trusts: impl Fn(&str) -> bool,
        mut multipart: Multipart,
    ) -> Result<Self> {
        let mut upload = Self::default();
        let mut trusted = false;
        while let Some(field) = multipart.next().await {
            let mut field = field.map_err(|error| unreadable(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            match file_name(&field) {
                _ if !trusted && name != "csrf" => return Err(Error::Forbidden("error-csrf")),
                None => {
                    let value = text(&upload.form, &mut field).await?;
                    trusted = trusted || trusts(&value);
                    if !trusted {
                        return Err(Error::Forbidden("error-csrf"));
                    }
                    upload.form.add(&name, &value);
                }
                Some(file_name) => upload.file(&mut field, file_name).await?,
            }
        }
        if trusted { Ok(upload) } else { Err(Error::Forbidden("error-csrf")) }
    }

    /// Reads the fields of a form with any number of files, which are passed over.
    pub(super) async fn read_fields(
        trusts: impl Fn(&str) -> bool,
        mut multipart: Multipart,
    ) -> Result<Form> {
        let mut form = Form::default();
        let mut trusted = false;
        while let Some(field) = multipart.next().await {
            let mut field = field.map_err(|error| unreadable(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            if !trusted && name != "csrf" {
                return Err(Error::Forbidden("error-csrf"));
            }
            if file_name(&field).is_some() {
                pass(&mut field).await?;
                continue;
            }
            let value = text(&form, &mut field).await?;
            trusted = trusted || trusts(&value);
            if !trusted {
                return Err(Error::Forbidden("error-csrf"));
            }
            form.add(&name, &value);
        }
        if trusted { Ok(form) } else { Err(Error::Forbidden("error-csrf")) }
    }

    async fn file(&mut self, field: &mut Field, name: String) -> Result<()> {
        if !self.file_name.is_empty() {
            return Err(Error::BadRequest("files"));
        }
        self.file_name = name;
        let mut read = 0_usize;
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(|error| unreadable(&error))?;
            read += chunk.len();
            if read > MAX_DRAINED {
                return Err(Error::TooLarge);
            }
            if read > MAX_FILE {
                self.too_large = true;
                self.bytes = Vec::new();
            } else {
                self.bytes.extend_from_slice(&chunk);
            }
        }
        Ok(())
    }
}

/// The value of a field without a file; `form` has those before it.
pub(super) async fn text(form: &Form, field: &mut Field) -> Result<String> {
    let so_far: usize = form.pairs().iter().map(|(n, v)| n.len() + v.len()).sum();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if so_far + bytes.len() + chunk.len() > MAX_FORM {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_not_text: FromUtf8Error| Error::BadRequest("multipart"))
}

/// The name of the file that a field brings, if it is one.
pub(super) fn file_name(field: &Field) -> Option<String> {
    field.content_disposition().and_then(|about| about.get_filename().map(str::to_owned))
}

/// Reads a field to its end and keeps nothing of it.
pub(super) async fn pass(field: &mut Field) -> Result<()> {
    while let Some(chunk) = field.next().await {
        chunk.map_err(|error| unreadable(&error))?;
    }
    Ok(())
}

/// What came is too large, too slow, or no form of ours; why is for the log.
pub(super) fn unreadable(cause: &MultipartError) -> Error {
    tracing::debug!(%cause, "an upload could not be read");
    match cause {
        MultipartError::Payload(error) => body::fault(error),
        _ => Error::BadRequest("multipart"),
    }
}

impl FromRequest for Upload {
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
            Self::read(|token| ctx.csrf_matches(token), multipart).await
        })
    }
}
