//! Who may do what to a finding: the principal's officers raise, return, change and close; the
//! contractor's people answer while it is their turn. An exception that was claimed is accepted by
//! whoever decides for the principal, and not by who entered what breaks the rule.

use super::command::Decision;
use super::model::Finding;
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, DECIDERS, Entrustment, Hold, KEEPERS, Manage};
use crate::error::{Error, Result};
use crate::four_eyes::{self, Asked};
use crate::organisation::FourEyes;

/// Closing or returning a finding.
#[derive(Debug)]
pub(super) struct Check;

/// Who checks findings: officers close and return, approvers accept exceptions.
pub(super) const CHECKERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// The entrustment about which an officer raises a finding.
pub(super) fn raise(actor: &Actor, of: Entrustment) -> Result<Authorized<Entrustment, Manage>> {
    entrustment::open(&of)?;
    entrustment::manage(actor, of)
}

/// The entrustment of a finding that an officer checks or changes; also when the entrustment is
/// closed, since what was found stays until somebody closes it.
pub(super) fn keep(
    actor: &Actor,
    of: Entrustment,
    finding: &Finding,
) -> Result<Authorized<Entrustment, Manage>> {
    let of = entrustment::manage(actor, of)?;
    if finding.is_open() { Ok(of) } else { Err(Error::Conflict("finding-closed")) }
}

/// The entrustment of a finding that the contractor answers.
pub(super) fn answer(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    finding: &Finding,
) -> Result<Authorized<Entrustment, Hold>> {
    let of = entrustment::hold(connection, actor, of)?;
    match (finding.takes_answer(), finding.is_open()) {
        (true, _) => Ok(of),
        (_, true) => Err(Error::Conflict("finding-not-now")),
        _ => Err(Error::Conflict("finding-closed")),
    }
}

/// By what somebody enters or changes what a finding is about, and claims an exception with it.
const ENTERED: &[&str] = &[
    "holding.entered",
    "holding.changed",
    "holding.transferred",
    "transmission.entered",
    "transmission.corrected",
    "handler.entered",
    "handler.changed",
    "sub_entrustment.applied",
    "sub_entrustment.changed",
];

/// Whether the actor checks findings of an entrustment at all, and the finding is open.
pub(super) fn checks(actor: &Actor, of: &Entrustment, finding: &Finding) -> Result<()> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !CHECKERS.contains(&member.role) || member.organisation_id != of.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    if finding.is_open() { Ok(()) } else { Err(Error::Conflict("finding-closed")) }
}

/// The entrustment of a finding on which the actor may decide so.
///
/// Where a second person accepts exceptions, that is one who decides for the principal; and as long
/// as the facts break the rule, who entered them closes the finding in no way.
pub(super) fn check(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    finding: &Finding,
    decision: Decision,
) -> Result<Authorized<Entrustment, Check>> {
    checks(actor, &of, finding)?;
    let role = actor.member().ok_or(Error::SignIn)?.role;
    let by_another = four_eyes::demanded(connection, of.tenant_id, FourEyes::Exceptions)?;
    let may = match decision {
        Decision::Exception if by_another => DECIDERS.contains(&role),
        Decision::Exception => true,
        Decision::Close | Decision::Return => KEEPERS.contains(&role),
    };
    if !may {
        return Err(Error::Forbidden("role"));
    }
    if decision.outcome().is_some() && !finding.reason.is_empty() && finding.mended_at.is_none() {
        let asked = Asked {
            what: FourEyes::Exceptions,
            tenant: of.tenant_id,
            subject: &finding.subject_id,
            acts: ENTERED,
        };
        four_eyes::decided_by_another(connection, actor, &asked)?;
    }
    Ok(Authorized::by_policy(of))
}

/// What the actor may decide on a finding, and whether something of it is barred because the actor
/// entered what it is about.
pub(super) fn decisions(
    connection: &mut Connection,
    actor: &Actor,
    of: &Entrustment,
    finding: &Finding,
) -> (Vec<Decision>, bool) {
    let (mut may, mut own) = (Vec::new(), false);
    for decision in Decision::possible(finding) {
        let outcome = check(connection, actor, of.clone(), finding, decision);
        own |= four_eyes::is_own(&outcome);
        if outcome.is_ok() {
            may.push(decision);
        }
    }
    (may, own)
}
