//! Pages of findings.

mod change;
mod file;
mod list;
mod show;

use actix_web::web::Path;

use super::export::List;
use super::model::{Finding, FindingId};
use super::policy::CHECKERS;
use super::store;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS, WRITERS};
use crate::error::Result;
use crate::sheet;
use crate::web::{Access, Ctx, MAX_UPLOAD, Route};

pub use list::line;

/// Who raises, checks and closes.
pub(super) const KEEPERS: &[crate::actor::Role] =
    &[crate::actor::Role::Administrator, crate::actor::Role::Officer];

/// The ids of a finding's address.
type Ids = Path<(EntrustmentId, FindingId)>;

/// The routes of findings.
#[must_use]
pub fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    const CHECKER: Access = Access::Roles(CHECKERS);
    const WRITER: Access = Access::Roles(WRITERS);
    const HOLDER: Access = Access::Roles(HOLDERS);
    const OWN: &str = "/entrustments/{id}/findings";
    let mut routes = vec![
        Route::get("/findings", Access::Session, list::index),
        Route::get(OWN, Access::Session, list::of_entrustment),
        Route::get("/entrustments/{id}/findings/new", KEEPER, change::new),
        Route::post(OWN, KEEPER, change::raise),
        Route::get("/entrustments/{id}/findings/{finding}", Access::Session, show::show),
        Route::post("/entrustments/{id}/findings/{finding}/answer", HOLDER, change::answer),
        Route::post("/entrustments/{id}/findings/{finding}/check", CHECKER, change::check),
        Route::get("/entrustments/{id}/findings/{finding}/terms", KEEPER, change::terms),
        Route::post("/entrustments/{id}/findings/{finding}/terms", KEEPER, change::set_terms),
        Route::post("/entrustments/{id}/findings/{finding}/files", WRITER, file::add)
            .limit(MAX_UPLOAD),
        Route::post(
            "/entrustments/{id}/findings/{finding}/files/{file}/removal",
            WRITER,
            file::remove,
        ),
    ];
    routes.extend(sheet::downloads::<List>("/findings.xlsx", "/findings.csv", Access::Session));
    routes.extend(sheet::downloads::<List>(
        "/entrustments/{id}/findings.xlsx",
        "/entrustments/{id}/findings.csv",
        Access::Session,
    ));
    routes
}

/// A finding with its entrustment, when the actor may see them.
fn load(
    c: &mut Connection,
    ctx: &Ctx,
    (id, finding): (EntrustmentId, FindingId),
) -> Result<(Entrustment, Finding)> {
    let of = entrustment::find(c, &ctx.actor, id)?;
    let finding = store::find(c, &of, finding)?;
    Ok((of, finding))
}
