//! Who may import.

use super::model::{Import, ImportKind};
use crate::actor::{Actor, Authorized, Member, OrganisationId};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::transmission;

/// Uploading and confirming.
#[derive(Debug)]
pub(super) struct Enter;

/// The member, if its role imports such rows: whoever enters them one by one.
pub(super) fn may(actor: &Actor, kind: ImportKind) -> Result<&Member> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if kind.roles().contains(&member.role) { Ok(member) } else { Err(Error::Forbidden("role")) }
}

/// The organisation in which an upload waits: the principal of the entrustment from whose page it
/// came, or the actor's own.
pub(super) fn upload(
    connection: &mut Connection,
    actor: &Actor,
    kind: ImportKind,
    scope: Option<Entrustment>,
) -> Result<Authorized<OrganisationId, Enter>> {
    let own = may(actor, kind)?.organisation_id;
    Ok(Authorized::by_policy(match scope {
        Some(entrustment) => enter_into(connection, actor, kind, entrustment)?.tenant_id,
        None => own,
    }))
}

/// The entrustment, if the actor may enter such rows into its register.
pub(super) fn enter_into(
    connection: &mut Connection,
    actor: &Actor,
    kind: ImportKind,
    entrustment: Entrustment,
) -> Result<Entrustment> {
    may(actor, kind)?;
    match kind {
        ImportKind::Contractors
        | ImportKind::Entrustments
        | ImportKind::Members
        | ImportKind::Staff => Err(Error::NotFound),
        ImportKind::Handlers | ImportKind::Holdings => {
            Ok(entrustment::hold(connection, actor, entrustment)?.into_inner())
        }
        ImportKind::Transmissions => transmission::writable(connection, actor, entrustment),
    }
}

/// The import, which only the person who uploaded it finds.
pub(super) fn confirm(actor: &Actor, import: Import) -> Result<Authorized<Import, Enter>> {
    may(actor, import.kind)?;
    Ok(Authorized::by_policy(import))
}

/// An import that waited for longer than it is kept: the portal takes it away by itself.
pub(super) fn expire(actor: &Actor, import: Import) -> Result<Authorized<Import, Enter>> {
    match actor {
        Actor::System => Ok(Authorized::by_policy(import)),
        _ => Err(Error::Forbidden("system")),
    }
}
