//! HTTP: what every page shares. Knows no slice.
//!
//! A handler gets a [`Ctx`] (who, when, in which language, with which database) and a [`Form`],
//! and answers with a page or a redirect. The route table ([`Route`]) says who may come in;
//! [`guard`] holds every request against it.

pub mod assets;
mod client;
mod context;
pub mod cookie;
mod download;
mod form;
pub mod guard;
pub mod headers;
mod invalid;
mod labels;
mod language;
pub mod locale;
pub mod paging;
mod portal;
mod route;
pub mod templates;
pub mod token;
mod upload;

pub use client::Client;
pub use context::{Ctx, Frame, Kept, View};
pub use download::attachment;
pub use form::{Choice, Form, FormView, MAX_FORM};
pub use invalid::{Fields, Invalid, Message, Rule};
pub use language::{Language, UnknownLanguage};
pub use portal::{Portal, Settings};
pub use route::{Access, Method, Route};
pub use upload::{MAX_FILE, Upload};
