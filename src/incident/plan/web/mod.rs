//! Pages of the plan of an incident.

mod change;
mod file;
mod several;
mod show;

use actix_web::web::Path;

use super::form::Person;
use super::model::{Step, StepId};
use super::store;
use crate::account;
use crate::attachment::AttachmentId;
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::incident::policy::{Case, RESPONDERS};
use crate::incident::web::load as load_case;
use crate::organisation::contractor;
use crate::rulebook::Party;
use crate::web::{Access, Ctx, MAX_UPLOAD, Route};

/// The ids of a plan's address.
type Ids = (EntrustmentId, IncidentId);

/// The ids of a step's address.
type Key = (EntrustmentId, IncidentId, StepId);

/// The address of a file of a step.
type FileKey = Path<(EntrustmentId, IncidentId, StepId, AttachmentId)>;

/// The routes of plans.
#[must_use]
pub(super) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    const PLAN: &str = "/entrustments/{id}/incidents/{incident}/plan";
    vec![
        Route::get(PLAN, Access::Session, show::plan),
        Route::get("/entrustments/{id}/incidents/{incident}/plan/new", RESPONDER, change::new),
        Route::post(PLAN, RESPONDER, change::add),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/plan/outcomes",
            RESPONDER,
            several::settle,
        ),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/plan/{step}",
            Access::Session,
            show::step,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/plan/{step}/assignment",
            RESPONDER,
            change::assign,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/plan/{step}/outcome",
            RESPONDER,
            change::settle,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/plan/{step}/reopening",
            RESPONDER,
            change::reopen,
        ),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/plan/{step}/files",
            RESPONDER,
            file::add,
        )
        .limit(MAX_UPLOAD),
        Route::post(
            "/entrustments/{id}/incidents/{incident}/plan/{step}/files/{file}/removal",
            RESPONDER,
            file::remove,
        ),
    ]
}

fn plan_path((id, incident): Ids) -> String {
    format!("/entrustments/{id}/incidents/{incident}/plan")
}

fn step_path((id, incident, step): Key) -> String {
    format!("{}/{step}", plan_path((id, incident)))
}

/// A step with its incident and entrustment, when the actor may see them.
fn load(c: &mut Connection, ctx: &Ctx, (id, incident, step): Key) -> Result<(Case, Step)> {
    let case = load_case(c, ctx, (id, incident))?;
    let step = store::find(c, &case.1, step)?;
    Ok((case, step))
}

/// To whom somebody on `own` side may give a step: the principal's people to members of either side,
/// the contractor's to their own.
fn people(c: &mut Connection, of: &Entrustment, own: Party) -> Result<Vec<Person>> {
    let contractor = contractor::find(c, of.tenant_id, of.contractor_id)?.organisation_id;
    let mut organisations: Vec<_> = contractor.into_iter().collect();
    if own == Party::Principal {
        organisations.push(of.tenant_id);
    }
    let members = account::members_of(c, &organisations, RESPONDERS)?;
    let mut people: Vec<Person> = members
        .into_iter()
        .filter(|member| member.division_id.is_none_or(|division| division == of.division_id))
        .map(|member| Person {
            side: if member.organisation_id == of.tenant_id {
                Party::Principal
            } else {
                Party::Contractor
            },
            name: member.recipient.name,
        })
        .collect();
    people.sort_by(|one, other| (one.side, &one.name).cmp(&(other.side, &other.name)));
    people.dedup();
    Ok(people)
}
