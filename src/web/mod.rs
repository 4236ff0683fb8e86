//! HTTP: what every page shares. Knows no slice.
//!
//! A handler gets a [`Ctx`] (who, when, in which language, with which database) and a [`Form`],
//! and answers with a page or a redirect. The route table ([`Route`]) says who may come in;
//! [`guard`] holds every request against it.

pub mod assets;
pub mod bearer;
mod body;
mod client;
mod context;
pub mod cookie;
mod download;
mod fault;
mod form;
pub mod guard;
pub mod headers;
mod incoming;
mod invalid;
mod labels;
mod language;
mod late;
mod limits;
mod line;
pub mod listening;
pub mod locale;
mod origin;
pub mod paging;
mod portal;
mod rate;
mod refused;
mod route;
pub mod routing;
mod session_name;
pub mod templates;
pub mod tls;
pub mod token;
mod upload;

pub use client::Client;
pub use context::{Ctx, Ends, Frame, Kept, View};
pub use download::{attachment, download_head};
pub use form::{Choice, Form, FormView, MAX_FORM};
pub use incoming::{FileForm, IncomingFile, RawBody};
pub use invalid::{Fields, Invalid, Message, Rule};
pub use language::{Language, UnknownLanguage};
pub use limits::{Limits, Network};
pub use portal::{Portal, Settings};
pub use refused::Refused;
pub use route::{Access, Method, Route};
pub use session_name::SessionName;
pub use upload::{MAX_FILE, MAX_UPLOAD, Upload};
