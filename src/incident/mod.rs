//! Incidents (事故): what the law asks for when personal data leaked, was lost or damaged.
//!
//! [`duty`] says who has to report and notify, on which grounds and until when. It is pure; the
//! calculator shows it to anybody, on a page and as JSON, and keeps nothing.

mod calculator;
pub mod duty;
mod form;
mod views;
mod words;

pub use calculator::routes;
pub use views::samples;
