//! Pages of cause and prevention.

mod action;
mod record;
mod similar;

pub(in crate::incident) use record::record_now;

use crate::entrustment::{EntrustmentId, KEEPERS};
use crate::incident::model::IncidentId;
use crate::incident::policy::RESPONDERS;
use crate::web::{Access, Route};

/// The ids of an incident's address.
type Id = (EntrustmentId, IncidentId);

/// The routes of cause and prevention.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    const OWN: &str = "/entrustments/{id}/incidents/{incident}/cause";
    vec![
        Route::get(OWN, Access::Session, record::show),
        Route::get("/entrustments/{id}/incidents/{incident}/cause/edit", RESPONDER, record::edit),
        Route::post(OWN, RESPONDER, record::record),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/cause/actions/new",
            KEEPER,
            action::new,
        ),
        Route::post("/entrustments/{id}/incidents/{incident}/cause/actions", KEEPER, action::raise),
        Route::get("/entrustments/{id}/incidents/{incident}/cause/similar", KEEPER, similar::show),
        Route::post("/entrustments/{id}/incidents/{incident}/cause/similar", KEEPER, similar::ask),
    ]
}

/// The page of the cause.
fn path((id, incident): Id) -> String {
    format!("/entrustments/{id}/incidents/{incident}/cause")
}
