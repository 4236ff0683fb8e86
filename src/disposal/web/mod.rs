//! Pages of disposals, and of the closing of an entrustment.

mod closing;
mod edit;
mod file;
mod list;
mod show;

pub use list::line;

use super::export::List;
use super::policy::{REFUSERS, REOPENERS};
use crate::entrustment::{DECIDERS, HOLDERS, KEEPERS, REPRESENTATIVES};
use crate::sheet;
use crate::web::{Access, MAX_UPLOAD, Route};

pub(super) use closing::hindrances;

/// The routes of disposals and of closing.
#[must_use]
pub fn routes() -> Vec<Route> {
    const HOLDER: Access = Access::Roles(HOLDERS);
    const REPRESENTATIVE: Access = Access::Roles(REPRESENTATIVES);
    const KEEPER: Access = Access::Roles(KEEPERS);
    const DECIDER: Access = Access::Roles(DECIDERS);
    const REFUSER: Access = Access::Roles(REFUSERS);
    const REOPENER: Access = Access::Roles(REOPENERS);
    const ANYBODY: Access = Access::Session;
    const ONE: &str = "/entrustments/{id}/disposals/{disposal}";
    let mut routes = vec![
        Route::get("/entrustments/{id}/disposals", ANYBODY, list::index),
        Route::get("/entrustments/{id}/disposals/new", HOLDER, edit::new),
        Route::post("/entrustments/{id}/disposals", HOLDER, edit::create),
        Route::get(ONE, ANYBODY, show::show),
        Route::get("/entrustments/{id}/disposals/{disposal}/edit", HOLDER, edit::edit),
        Route::post(ONE, HOLDER, edit::update),
        Route::post("/entrustments/{id}/disposals/{disposal}/withdrawal", HOLDER, edit::withdraw),
        Route::post("/entrustments/{id}/disposals/{disposal}/files", HOLDER, file::add)
            .limit(MAX_UPLOAD),
        Route::post(
            "/entrustments/{id}/disposals/{disposal}/files/{file}/removal",
            HOLDER,
            file::remove,
        ),
        Route::post(
            "/entrustments/{id}/disposals/{disposal}/attestation",
            REPRESENTATIVE,
            show::attest,
        )
        .stepped_up(),
        Route::post("/entrustments/{id}/disposals/{disposal}/decision", KEEPER, show::decide)
            .stepped_up(),
        Route::get(
            "/entrustments/{id}/disposals/{disposal}/certificate",
            ANYBODY,
            show::certificate,
        ),
        Route::get("/entrustments/{id}/closing", ANYBODY, closing::show),
        Route::post("/entrustments/{id}/closing", KEEPER, closing::close).stepped_up(),
        Route::post("/entrustments/{id}/closing/approval", DECIDER, closing::approve).stepped_up(),
        Route::post("/entrustments/{id}/closing/refusal", REFUSER, closing::refuse),
        Route::post("/entrustments/{id}/reopening", REOPENER, closing::reopen).stepped_up(),
    ];
    routes.extend(sheet::downloads::<List>(
        "/entrustments/{id}/disposals.xlsx",
        "/entrustments/{id}/disposals.csv",
        ANYBODY,
    ));
    routes
}
