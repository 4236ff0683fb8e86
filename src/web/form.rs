//! A submitted form: read once, checked for its CSRF token, and shown again as it was typed.

use std::collections::BTreeMap;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use serde::Serialize;

use super::body;
use super::context::Ctx;
use super::invalid::Invalid;
use super::{Language, locale};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::japanese::to_jst;

/// Most bytes of a form without files.
pub const MAX_FORM: usize = 1024 * 1024;

/// The fields of a form in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pairs: Vec<(String, String)>,
}

impl Form {
    /// A form from name and value pairs: what a page shows when it is opened for editing.
    #[must_use]
    pub fn from_pairs<N: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        Self { pairs: pairs.into_iter().map(|(n, v)| (n.into(), v.into())).collect() }
    }

    /// The value of a field; empty when it is missing.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field came at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(n, _)| n == name)
    }

    /// Sets a field to one value, in place of all that it had.
    pub fn set(&mut self, name: &str, value: &str) {
        let at = self.pairs.iter().position(|(n, _)| n == name);
        self.pairs.retain(|(n, _)| n != name);
        let at = at.unwrap_or(self.pairs.len()).min(self.pairs.len());
        self.pairs.insert(at, (name.to_owned(), value.to_owned()));
    }

    /// Sets the fields `{stem}_on` and `{stem}_time` to a moment, as it is in Japan.
    pub fn set_moment(&mut self, stem: &str, at: Timestamp) {
        let at = to_jst(at);
        self.set(&format!("{stem}_on"), &at.date().to_string());
        self.set(&format!("{stem}_time"), &at.format("%H:%M").to_string());
    }

    /// Adds a value to a field.
    pub fn add(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    /// Takes a field away.
    pub fn remove(&mut self, name: &str) {
        self.pairs.retain(|(n, _)| n != name);
    }

    /// The form with what was typed in place of its own fields of the same names.
    #[must_use]
    pub fn over(mut self, typed: &Self) -> Self {
        self.pairs.retain(|(name, _)| typed.pairs.iter().all(|(other, _)| other != name));
        self.pairs.extend_from_slice(&typed.pairs);
        self
    }

    /// All pairs.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Parses `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        Self { pairs: url::form_urlencoded::parse(body).into_owned().collect() }
    }

    /// The form as a page shows it, without errors.
    #[must_use]
    pub fn view(&self, language: Language) -> FormView {
        self.view_with(language, &Invalid::default())
    }

    /// The form as a page shows it, with what is wrong at each field.
    #[must_use]
    pub fn view_with(&self, language: Language, invalid: &Invalid) -> FormView {
        let mut fields: BTreeMap<String, FieldView> = BTreeMap::new();
        for (name, value) in &self.pairs {
            if name == "csrf" {
                continue;
            }
            let field = fields.entry(name.clone()).or_default();
            field.value.get_or_insert_with(|| value.clone());
            field.values.push(value.clone());
        }
        let mut errors = Vec::new();
        for (name, message) in &invalid.errors {
            let message = message.say(language);
            fields.entry(name.clone()).or_default().error = Some(message.clone());
            errors.push(ErrorView { field: name.clone(), message });
        }
        FormView { fields, errors, version: self.value("version").to_owned() }
    }
}

/// A field as the templates see it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FieldView {
    /// The first value.
    pub value: Option<String>,
    /// All values, for boxes to tick.
    pub values: Vec<String>,
    /// What is wrong, in the reader's language.
    pub error: Option<String>,
}

/// A line of the error summary.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorView {
    /// The field to which it links.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

/// A choice of a select field, radio group or group of boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is submitted.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A line of explanation; may be empty.
    pub hint: String,
}

impl Choice {
    /// A choice without explanation.
    #[expect(clippy::needless_pass_by_value, reason = "ids are copied and words are short")]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// One choice for each word of a closed list: the label is the message `prefix` + word, the
    /// explanation the message of the same key with `-hint`, where there is one.
    pub fn words<T: ToString>(language: Language, prefix: &str, words: &[T]) -> Vec<Self> {
        words
            .iter()
            .map(|word| {
                let key = format!("{prefix}{}", word.to_string());
                let hint = format!("{key}-hint");
                Self {
                    value: word.to_string(),
                    label: locale::text(language, &key),
                    hint: if locale::has(language, &hint) {
                        locale::text(language, &hint)
                    } else {
                        String::new()
                    },
                }
            })
            .collect()
    }
}

/// A form as the templates see it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormView {
    /// The fields by name.
    pub fields: BTreeMap<String, FieldView>,
    /// All errors, in their order.
    pub errors: Vec<ErrorView>,
    /// The version of the row from which the form was filled in.
    pub version: String,
}

impl FromRequest for Form {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = body::read(request.clone(), payload.take());
        let ctx = request.extensions().get::<Ctx>().cloned();
        let header = request
            .headers()
            .get("x-csrf-token")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        Box::pin(async move {
            let ctx = ctx.ok_or_else(|| Error::internal("no context"))?;
            let body = body.await?;
            let form = Self::parse(&body);
            let token = header.unwrap_or_else(|| form.value("csrf").to_owned());
            if ctx.csrf_matches(&token) { Ok(form) } else { Err(Error::Forbidden("error-csrf")) }
        })
    }
}
