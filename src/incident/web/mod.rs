//! Pages of incidents.

mod change;
mod list;
mod show;
mod views;

use actix_web::web::Path;

use super::model::{Incident, IncidentId};
use super::policy::{CLOSERS, Case, RESPONDERS};
use super::store;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId, KEEPERS};
use crate::error::Result;
use crate::web::{Access, Ctx, Route};

pub(super) use change::open_now;
pub(super) use views::{numbered, samples};

/// The ids of an incident's address.
pub(super) type Ids = Path<(EntrustmentId, IncidentId)>;

/// The routes of lists, of the page, and of what officers do with it.
#[must_use]
pub(super) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    const CLOSER: Access = Access::Roles(CLOSERS);
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    vec![
        Route::get("/incidents", Access::Session, list::index),
        Route::get("/entrustments/{id}/incidents", Access::Session, list::of_entrustment),
        Route::get("/entrustments/{id}/incidents/{incident}", Access::Session, show::show),
        Route::post("/entrustments/{id}/incidents/{incident}/open", KEEPER, change::open),
        Route::get("/entrustments/{id}/incidents/{incident}/edit", RESPONDER, change::edit),
        Route::post("/entrustments/{id}/incidents/{incident}", RESPONDER, change::correct),
        Route::get("/entrustments/{id}/incidents/{incident}/record", Access::Session, show::record),
        Route::get("/entrustments/{id}/incidents/{incident}/close", CLOSER, change::closing),
        Route::post("/entrustments/{id}/incidents/{incident}/close", CLOSER, change::close),
    ]
}

/// An incident with its entrustment, when the actor may see them.
pub(super) fn load(
    connection: &mut Connection,
    ctx: &Ctx,
    (id, incident): (EntrustmentId, IncidentId),
) -> Result<Case> {
    let of = entrustment::find(connection, &ctx.actor, id)?;
    let incident = store::find(connection, &of, incident)?;
    Ok((of, incident))
}

/// The page of an incident.
pub(super) fn home(incident: &Incident) -> String {
    incident.href()
}
