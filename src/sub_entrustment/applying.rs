//! What the contractor does: applies, changes what it asked for, takes it back.

use super::command::NewApplication;
use super::model::{Application, ApplicationId, SUBJECT};
use super::{mail, policy, store};
use crate::actor::Authorized;
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, Represent};
use crate::error::Result;
use crate::organisation::contractor::{self, Contractor};
use crate::web::{Form, Invalid, Message, Settings};

/// Whether a contractor of the register, or its organisation, holds the entrustment or one above.
///
/// # Errors
/// Those of the database.
pub(super) fn stands_above(
    connection: &mut Connection,
    entrustment: &Entrustment,
    contractor: &Contractor,
) -> Result<bool> {
    let line = entrustment::contractors_of_line(connection, entrustment)?;
    let above = contractor::by_ids(connection, entrustment.tenant_id, &line)?;
    Ok(above.iter().any(|other| {
        let joined = other.organisation_id.is_some();
        other.id == contractor.id || (joined && other.organisation_id == contractor.organisation_id)
    }))
}

/// Reads the form and says what is wrong with it.
fn read(
    connection: &mut Connection,
    entrustment: &Entrustment,
    form: &Form,
) -> Result<Result<NewApplication, Invalid>> {
    let items = entrustment::items(connection, entrustment)?;
    let known: Vec<_> = items.iter().map(|item| item.id).collect();
    let new = match NewApplication::parse(form, entrustment, &known) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let same = contractor::find_same(connection, entrustment.tenant_id, &new.contractor())?;
    if let Some(same) = same
        && stands_above(connection, entrustment, &same)?
    {
        let message = Message::new("sub-entrustment-error-own-line");
        return Ok(Err(Invalid::at("name", message)));
    }
    Ok(Ok(new))
}

/// Applies, or changes application and version; gives the application's id.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::Conflict`] when the rules forbid
/// sub-entrustment, when it is decided already, or when the version is stale.
pub(super) fn save(
    tx: &mut Tx<'_>,
    settings: &Settings,
    id: EntrustmentId,
    application: Option<ApplicationId>,
    form: &Form,
) -> Result<Result<ApplicationId, Invalid>> {
    let entrustment = entrustment::find(tx.connection, tx.actor, id)?;
    let entrustment = policy::represent(tx.connection, tx.actor, entrustment)?;
    policy::allowed(&entrustment)?;
    let found = application.map(|id| store::find(tx.connection, &entrustment, id)).transpose()?;
    if let Some(found) = &found {
        policy::waiting(found)?;
    }
    let new = match read(tx.connection, &entrustment, form)? {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let Some(found) = found else {
        let id = store::insert(tx, &entrustment, &new)?;
        mail::applied(tx, settings, &entrustment, id)?;
        return Ok(Ok(id));
    };
    let version = form.value("version").parse().unwrap_or(-1);
    store::update(tx, &entrustment, &found, version, &new)?;
    Ok(Ok(found.id))
}

/// An application that waits, for the representative of its contractor.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::Conflict`] when it is decided.
pub(super) fn own(
    connection: &mut Connection,
    actor: &crate::actor::Actor,
    id: EntrustmentId,
    application: ApplicationId,
) -> Result<(Authorized<Entrustment, Represent>, Application)> {
    let entrustment = entrustment::find(connection, actor, id)?;
    let application = store::find(connection, &entrustment, application)?;
    let entrustment = policy::represent(connection, actor, entrustment)?;
    policy::waiting(&application)?;
    Ok((entrustment, application))
}

/// Takes an application back.
///
/// # Errors
/// Those of [`own`].
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    id: EntrustmentId,
    application: ApplicationId,
) -> Result<()> {
    let (entrustment, application) = own(tx.connection, tx.actor, id, application)?;
    store::withdraw(tx, &entrustment, &application)
}

/// Adds a file, such as the copy of the contract.
///
/// # Errors
/// Those of [`own`].
pub(super) fn attach(
    tx: &mut Tx<'_>,
    id: EntrustmentId,
    application: ApplicationId,
    new: &NewAttachment,
) -> Result<()> {
    let (entrustment, application) = own(tx.connection, tx.actor, id, application)?;
    attachment::add(tx, &entrustment, SUBJECT, application.id.as_str(), new)
}

/// Takes a file back.
///
/// # Errors
/// Those of [`own`]; [`crate::error::Error::NotFound`].
pub(super) fn detach(
    tx: &mut Tx<'_>,
    id: EntrustmentId,
    application: ApplicationId,
    file: AttachmentId,
) -> Result<()> {
    let (entrustment, application) = own(tx.connection, tx.actor, id, application)?;
    attachment::remove(tx, &entrustment, SUBJECT, application.id.as_str(), file)
}
