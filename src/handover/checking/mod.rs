//! What is in the files, held against what is entrusted and what each recipient may get.
//!
//! A complete file is looked at by a job (`job`); what was found and what the registers say are the
//! facts (`facts`, `gather`) that are judged (`judge`); what stops the hand-over is entered and kept
//! (`store`). Stops that may be explained are (`explain`); the first rows can be looked at masked
//! (`preview`); what was proposed is sealed (`seal`) and compared with the last of its kind
//! (`differences`).

mod cover;
mod differences;
mod explain;
mod explain_views;
mod facts;
mod gather;
mod job;
mod judge;
mod mask;
mod policy;
mod preview;
mod preview_views;
mod seal;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod words;

use serde_json::Value;

pub(super) use cover::Cover;
pub(super) use differences::{DifferencesView, differences_view};
pub(super) use facts::{Facts, To};
pub(super) use gather::{facts, watch};
pub(super) use job::enqueue;
pub(super) use judge::limits;
pub(super) use mask::masked;
pub(super) use seal::seal;
pub(super) use store::rejudge;
pub(super) use views::{ContentsView, StopsView, differences_sample, sample, views};
pub(super) use words::{kind, title};

use crate::web::Route;

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    [explain::routes(), preview::routes()].into_iter().flatten().collect()
}

/// A sample of every page of this part.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    [explain_views::samples(), preview_views::samples()].into_iter().flatten().collect()
}

/// The registry with what this part does by itself.
pub(super) fn jobs(registry: crate::job::Registry) -> crate::job::Registry {
    job::jobs(registry)
}
