//! How recipients get what is theirs: links, codes, downloads that are counted, receipts; and how it
//! is taken back.
//!
//! A member signs in and fetches on `/received-hand-overs`; who is outside follows the link of its
//! letter and types a code that came another way. Each download is taken by a POST, which counts
//! (`store::fetching`), and handed out by a GET, which may be resumed (`handing`). It ends to the second
//! (`jobs`); the row decides, not the link.

mod code;
mod handing;
mod jobs;
mod link;
mod mail;
#[cfg(test)]
mod making_tests;
mod model;
mod policy;
mod prepare;
mod range;
mod rules;
mod sample_views;
mod sender_views;
mod store;
#[cfg(test)]
mod tests;
mod told;
mod views;
mod web;

use serde_json::Value;

pub(super) use prepare::prepare;
pub(super) use sample_views::deliveries_sample;
pub(super) use sender_views::{DeliveriesView, deliveries_view};
pub use told::{deleted, fetch, recall};

use crate::secret::Sealed;
use crate::web::Route;

/// The codes, which are kept under the installation's secret.
pub(super) const CODES: Sealed = code::SEALED;

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    web::routes()
}

/// A sample of every page of this part.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    sample_views::samples()
}

/// The registry with what this part does by itself.
pub(super) fn jobs(registry: crate::job::Registry) -> crate::job::Registry {
    jobs::jobs(registry)
}
