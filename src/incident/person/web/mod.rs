//! Pages of the persons concerned.

mod group;
mod notice;
mod show;

pub(in crate::incident) use group::create_now;

use actix_web::web::Path;

use super::letter::About;
use super::model::{Group, GroupId};
use super::store;
use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::incident::policy::{Case, RESPONDERS};
use crate::incident::web::load;
use crate::organisation::{self, division};
use crate::web::{Access, Ctx, Route};

/// The ids of a group's address.
type GroupIds = Path<(EntrustmentId, IncidentId, GroupId)>;

/// The same, taken apart.
type Place = (EntrustmentId, IncidentId, GroupId);

/// The routes of the persons concerned.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    const ALL: &str = "/entrustments/{id}/incidents/{incident}/persons";
    const ONE: &str = "/entrustments/{id}/incidents/{incident}/persons/{group}";
    const NOTICE: &str = "/entrustments/{id}/incidents/{incident}/persons/{group}/notice";
    vec![
        Route::get(ALL, Access::Session, group::index),
        Route::get("/entrustments/{id}/incidents/{incident}/persons/new", RESPONDER, group::new),
        Route::post(ALL, RESPONDER, group::create),
        Route::get(ONE, Access::Session, show::show),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/persons/{group}/edit",
            RESPONDER,
            group::edit,
        ),
        Route::post(ONE, RESPONDER, group::change),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/persons/{group}/removal",
            RESPONDER,
            group::remove,
        ),
        Route::get(NOTICE, RESPONDER, notice::edit),
        Route::post(NOTICE, RESPONDER, notice::write),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/persons/{group}/progress",
            RESPONDER,
            show::progress,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/persons/{group}/settlements",
            RESPONDER,
            show::settle,
        ),
    ]
}

/// A group with its incident, when the actor may see them.
fn load_group(
    c: &mut Connection,
    ctx: &Ctx,
    (id, incident, group): Place,
) -> Result<(Case, Group)> {
    let case = load(c, ctx, (id, incident))?;
    let group = store::find(c, &case.1, group)?;
    Ok((case, group))
}

/// The page of all groups.
fn all_path((id, incident): (EntrustmentId, IncidentId)) -> String {
    format!("/entrustments/{id}/incidents/{incident}/persons")
}

/// The page of one.
fn one_path((id, incident, group): Place) -> String {
    format!("{}/{group}", all_path((id, incident)))
}

/// What stands around the facts in a letter; the principal's division answers for it.
fn about(c: &mut Connection, (of, _): &Case) -> Result<About> {
    let principal = organisation::find(c, of.tenant_id)?.name;
    let division = division::find(c, of.tenant_id, of.division_id)?;
    let parts = [principal.as_str(), division.name.as_str(), division.phone.as_str()];
    let given = parts.into_iter().filter(|part| !part.is_empty());
    let contact = given.collect::<Vec<_>>().join("\u{3000}");
    Ok(About { contact, principal, entrustment: of.title.clone() })
}
