//! An auditor's access to an entrustment (監査人の閲覧): which entrustments an auditor sees, from when
//! until when.
//!
//! An officer names the auditor, the days and the purpose; where the access rules demand a second
//! person, another one decides. What is given counts from its first day to midnight after its last,
//! by Japan's time, and is ended early by whoever gives it. What follows from it for every list and
//! page is said in one place, in the visible set of [`entrustment`].

mod mail;
mod model;
mod panel;
mod policy;
mod rules;
mod store;
mod views;
mod web;

pub use model::{AuditorAccess, AuditorAccessId, NewAuditorAccess};
pub use panel::panel;
pub use rules::{Standing, standing};
pub use views::samples;
pub use web::routes;

use crate::actor::{OrganisationId, PersonId};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::web::Settings;

/// Names an auditor for an entrustment: asked for, or given at once where nobody else has to decide.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn ask(
    tx: &mut Tx<'_>,
    entrustment: EntrustmentId,
    new: &NewAuditorAccess,
) -> Result<AuditorAccessId> {
    let found = entrustment::find(tx.connection, tx.actor, entrustment)?;
    let asking = policy::ask(tx.connection, tx.actor, found)?;
    store::insert(tx, &asking, new)
}

/// Grants what somebody else asked for, and tells the auditor.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn grant(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: EntrustmentId,
    id: AuditorAccessId,
) -> Result<()> {
    let member = tx.actor.member().ok_or(Error::SignIn)?;
    let of = entrustment::find(tx.connection, tx.actor, entrustment)?;
    let access = store::find(tx.connection, member, &of, id)?.access;
    let decision = model::Decision::granting(&access);
    let asked = policy::decide(tx.connection, tx.actor, of, access)?;
    store::decide(tx, &asked, &decision)?;
    mail::granted(tx, settings, &asked.0, &asked.1)
}

/// A person as an auditor of an organisation, as an access names one.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the person is no auditor there.
pub fn auditor(
    connection: &mut Connection,
    tenant: OrganisationId,
    person: PersonId,
) -> Result<crate::actor::MembershipId> {
    store::auditor(connection, tenant, person)
}
