//! What the first principal's approver decides, and what comes of it.

use super::applying::stands_above;
use super::command::{Approval, Decision, NewApplication};
use super::model::{Application, ApplicationId};
use super::{mail, policy, store};
use crate::actor::Authorized;
use crate::database::Tx;
use crate::entrustment::{self, Decide, Entrustment, EntrustmentId, NewBelow};
use crate::error::{Error, Result};
use crate::organisation::contractor::{self, ContractorId};
use crate::web::{Form, Invalid, Settings};

/// Decides on an application as the form says.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Conflict`] when it was decided or changed meanwhile, or when the
/// rules no longer allow it.
pub fn decide(
    tx: &mut Tx<'_>,
    settings: &Settings,
    id: EntrustmentId,
    application: ApplicationId,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let entrustment = entrustment::find(tx.connection, tx.actor, id)?;
    let application = store::find(tx.connection, &entrustment, application)?;
    let entrustment = policy::decide(tx.connection, tx.actor, entrustment, &application)?;
    let version = form.value("version").parse().unwrap_or(-1);
    match Decision::parse(form, &entrustment, &application) {
        Err(invalid) => return Ok(Err(invalid)),
        Ok(Decision::Refuse(reason)) => {
            store::refuse(tx, &entrustment, &application, version, &reason)?;
            mail::decided(tx, settings, &entrustment, application.id, "refused")?;
        }
        Ok(Decision::Approve(approval)) => {
            approve(tx, &entrustment, &application, version, &approval)?;
            mail::decided(tx, settings, &entrustment, application.id, "approved")?;
        }
    }
    Ok(Ok(()))
}

/// Approves: the organisation enters the register, the entrustment below is made or goes on.
fn approve(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Decide>,
    application: &Application,
    version: i32,
    approval: &Approval,
) -> Result<()> {
    policy::allowed(entrustment)?;
    let contractor_id = registered(tx, entrustment, application)?;
    let new = NewBelow {
        contractor_id,
        purpose: application.scope.clone(),
        starts_on: application.starts_on,
        ends_on: approval.permitted_until,
        persons: application.persons,
        items: application.items.0.clone(),
        sub_entrustment: approval.further,
    };
    let known = store::open_below(tx.connection, entrustment, contractor_id)?;
    let child = match &known {
        Some(child) => {
            entrustment::renew_below(tx, entrustment, child, &new)?;
            child.id
        }
        None => entrustment::create_below(tx, entrustment, &new)?,
    };
    let came_of_it = (child, known.is_some());
    store::approve(tx, entrustment, application, version, approval, came_of_it)?;
    entrustment::recompare(tx, entrustment)
}

/// The organisation in the principal's register, entered if it isn't there.
fn registered(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    application: &Application,
) -> Result<ContractorId> {
    let new = NewApplication::from(application).contractor();
    match contractor::find_same(tx.connection, entrustment.tenant_id, &new)? {
        None => contractor::create(tx, &contractor::admit(tx.actor)?, &new),
        Some(known) if stands_above(tx.connection, entrustment, &known)? => {
            Err(Error::Conflict("sub-entrustment-own-line"))
        }
        Some(known) => Ok(known.id),
    }
}
