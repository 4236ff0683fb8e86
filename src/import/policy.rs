//! Who may import.

use super::model::Import;
use crate::actor::{Actor, Authorized, OrganisationId};
use crate::entrustment;
use crate::error::{Error, Result};

/// Uploading and confirming.
#[derive(Debug)]
pub(super) struct Enter;

/// The principal for which the actor may import: whoever registers one by one.
pub(super) fn upload(actor: &Actor) -> Result<Authorized<OrganisationId, Enter>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if entrustment::KEEPERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// The import, which only the person who uploaded it finds.
pub(super) fn confirm(actor: &Actor, import: Import) -> Result<Authorized<Import, Enter>> {
    upload(actor)?;
    Ok(Authorized::by_policy(import))
}

/// An import that waited for longer than it is kept: the portal takes it away by itself.
pub(super) fn expire(actor: &Actor, import: Import) -> Result<Authorized<Import, Enter>> {
    match actor {
        Actor::System => Ok(Authorized::by_policy(import)),
        _ => Err(Error::Forbidden("system")),
    }
}
