//! How files come in: by a form, or in parts that can be resumed (tus 1.0.0); the virus scanner; and
//! how they go for good.
//!
//! A file is entered before its first byte is stored and completed when its last one is on the disk.
//! It has a key of its own: taking a file away means taking its key away, and a job removes what
//! nobody can read any more.

mod form;
mod jobs;
mod keep;
mod model;
mod resumable;
pub(super) mod scan;
mod store;
mod tus;
mod views;

use serde_json::Value;

use super::policy::SENDERS;
use crate::web::{Access, MAX_FORM, Method, Route};

pub(super) use jobs::jobs;
pub(super) use keep::{
    begin_generated, destroy_files, discard_generated, keep_generated, parts_of, remove,
};
pub(super) use model::Generated;
pub(super) use views::{FilesView, files_sample, files_view};

/// The routes of uploads.
pub(super) fn routes() -> Vec<Route> {
    const SENDER: Access = Access::Roles(SENDERS);
    const FILES: &str = "/entrustments/{id}/hand-overs/{handover}/files";
    const REMOVE: &str = "/entrustments/{id}/hand-overs/{handover}/files/{file}/remove";
    const ADDRESS: &str = "/entrustments/{id}/hand-overs/{handover}/files/{file}/recipient";
    const UPLOADS: &str = "/entrustments/{id}/hand-overs/{handover}/uploads";
    const UPLOAD: &str = "/entrustments/{id}/hand-overs/{handover}/uploads/{file}";
    vec![
        Route::get(FILES, SENDER, form::show),
        Route::post(FILES, SENDER, form::upload).limit(model::MAX_BODY).costly(),
        Route::post(REMOVE, SENDER, form::remove),
        Route::post(ADDRESS, SENDER, form::address),
        Route::on(Method::Options, UPLOADS, SENDER, resumable::options),
        Route::post(UPLOADS, SENDER, resumable::create).limit(MAX_FORM).costly(),
        Route::on(Method::Head, UPLOAD, SENDER, resumable::head),
        Route::on(Method::Patch, UPLOAD, SENDER, resumable::patch).limit(model::MAX_BODY),
        Route::on(Method::Delete, UPLOAD, SENDER, resumable::delete),
    ]
}

/// A sample of every page of uploads.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    views::samples()
}
