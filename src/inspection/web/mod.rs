//! Pages of inspections.

mod change;
mod file;
mod list;
mod show;

use actix_web::web::Path;

use super::export::{Duty, OfEntrustment};
use super::model::{Inspection, InspectionId};
use super::store;
use crate::actor::Role;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS, WRITERS};
use crate::error::Result;
use crate::sheet;
use crate::web::{Access, Ctx, MAX_UPLOAD, Route};

pub use list::line;

/// Who plans, holds and closes.
const KEEPERS: &[Role] = &[Role::Administrator, Role::Officer];

/// The ids of an inspection's address.
type Ids = Path<(EntrustmentId, InspectionId)>;

/// The routes of inspections.
#[must_use]
pub fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    const WRITER: Access = Access::Roles(WRITERS);
    const HOLDER: Access = Access::Roles(HOLDERS);
    const ALL: &str = "/entrustments/{id}/inspections";
    const PLAN: &str = "/entrustments/{id}/inspections/{inspection}/plan";
    const HOLD: &str = "/entrustments/{id}/inspections/{inspection}/hold";
    let mut routes = vec![
        Route::get("/inspections", Access::Session, list::index),
        Route::get(ALL, Access::Session, list::of_entrustment),
        Route::get("/entrustments/{id}/inspections/new", KEEPER, change::new),
        Route::post(ALL, KEEPER, change::plan),
        Route::get("/entrustments/{id}/inspections/{inspection}", Access::Session, show::show),
        Route::get(PLAN, KEEPER, change::planned),
        Route::post(PLAN, KEEPER, change::replan),
        Route::get(HOLD, KEEPER, change::holding),
        Route::post(HOLD, KEEPER, change::hold),
        Route::post("/entrustments/{id}/inspections/{inspection}/answer", HOLDER, change::answer),
        Route::post("/entrustments/{id}/inspections/{inspection}/closing", KEEPER, change::close),
        Route::post("/entrustments/{id}/inspections/{inspection}/files", WRITER, file::add)
            .limit(MAX_UPLOAD),
        Route::post(
            "/entrustments/{id}/inspections/{inspection}/files/{file}/removal",
            WRITER,
            file::remove,
        ),
    ];
    routes.extend(sheet::downloads::<Duty>(
        "/inspections.xlsx",
        "/inspections.csv",
        Access::Session,
    ));
    routes.extend(sheet::downloads::<OfEntrustment>(
        "/entrustments/{id}/inspections.xlsx",
        "/entrustments/{id}/inspections.csv",
        Access::Session,
    ));
    routes
}

/// An inspection with its entrustment, when the actor may see them.
fn load(
    c: &mut Connection,
    ctx: &Ctx,
    (id, inspection): (EntrustmentId, InspectionId),
) -> Result<(Entrustment, Inspection)> {
    let of = entrustment::find(c, &ctx.actor, id)?;
    let inspection = store::find(c, &of, inspection)?;
    Ok((of, inspection))
}
