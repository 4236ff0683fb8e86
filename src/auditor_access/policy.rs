//! Who names an auditor, who decides, and who ends an access.

use super::model::AuditorAccess;
use super::store;
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, AuditorAccessStatus as Status, DECIDERS, Entrustment, KEEPERS};
use crate::error::{Error, Result};
use crate::four_eyes::{self, Asked};
use crate::organisation::FourEyes;

/// Asking for an access.
#[derive(Debug)]
pub(super) struct Ask;

/// Granting or refusing one.
#[derive(Debug)]
pub(super) struct Decide;

/// Ending one.
#[derive(Debug)]
pub(super) struct End;

/// Who looks at accesses; an auditor at the own.
pub(super) const READERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Approver, Role::Auditor];

/// Who ends an access: whoever asks or decides.
pub(super) const ENDERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// The entrustment with the status that an access gets when it is asked for.
pub(super) type Asking = (Entrustment, Status);

/// The entrustment, if the actor may name an auditor: who looks after it. Also when it is closed,
/// since what was kept is audited afterwards.
pub(super) fn ask(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
) -> Result<Authorized<Asking, Ask>> {
    let of = entrustment::manage(actor, of)?.into_inner();
    let waits = four_eyes::demanded(connection, of.tenant_id, FourEyes::AuditorAccess)?;
    Ok(Authorized::by_policy((of, if waits { Status::Asked } else { Status::Granted })))
}

/// By what an access is asked for.
const ASKED: &[&str] = &["auditor_access.asked"];

/// The access, if the actor may decide on it: neither who asked for it, in whatever role, nor the
/// auditor whom it is for.
pub(super) fn decide(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    access: AuditorAccess,
) -> Result<Authorized<(Entrustment, AuditorAccess), Decide>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !DECIDERS.contains(&member.role) || member.organisation_id != of.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    if access.status != Status::Asked {
        return Err(Error::Conflict("auditor-access-decided"));
    }
    let asked = Asked {
        what: FourEyes::AuditorAccess,
        tenant: access.tenant_id,
        subject: access.id.as_str(),
        acts: ASKED,
    };
    four_eyes::decided_by_another(connection, actor, &asked)?;
    four_eyes::apart(&[store::person(connection, &access)?], actor.person_id())?;
    Ok(Authorized::by_policy((of, access)))
}

/// The access, if the actor may end it or take the request back.
pub(super) fn end(
    actor: &Actor,
    of: Entrustment,
    access: AuditorAccess,
) -> Result<Authorized<(Entrustment, AuditorAccess), End>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !ENDERS.contains(&member.role) || member.organisation_id != of.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    if !matches!(access.status, Status::Asked | Status::Granted) || access.until_on < member.today {
        return Err(Error::Conflict("auditor-access-over"));
    }
    Ok(Authorized::by_policy((of, access)))
}

/// Whether the actor names auditors for an entrustment.
pub(super) fn may_ask(actor: &Actor, of: &Entrustment) -> bool {
    actor.member().is_some_and(|member| {
        KEEPERS.contains(&member.role) && member.organisation_id == of.tenant_id
    })
}
