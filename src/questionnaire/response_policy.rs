//! Who may answer a questionnaire, and who may review it.

use super::response::Response;
use crate::actor::{Actor, Authorized, Role};
use crate::error::{Error, Result};

/// Answering: saving answers, handing in evidence.
#[derive(Debug)]
pub struct Answer;

/// Reviewing: accepting and returning answers.
#[derive(Debug)]
pub struct Review;

/// Who answers, on the contractor's side.
pub(super) const ANSWERERS: &[Role] = &[Role::Representative, Role::Handler];

/// Who reviews, on the principal's side. The others there see the review.
pub(super) const REVIEWERS: &[Role] = &[Role::Administrator, Role::Officer];

/// The response, if the actor may answer it. It was loaded from what is visible to the actor, so
/// the entrustment is the actor's organisation's already.
///
/// # Errors
/// [`Error::Forbidden`] for the principal's members.
pub fn answer(actor: &Actor, response: Response) -> Result<Authorized<Response, Answer>> {
    if ANSWERERS.contains(&actor.member().ok_or(Error::SignIn)?.role) {
        Ok(Authorized::by_policy(response))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// The response, if the actor may review it.
///
/// # Errors
/// [`Error::Forbidden`] for a contractor's members, approvers and auditors.
pub fn review(actor: &Actor, response: Response) -> Result<Authorized<Response, Review>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let own = member.organisation_id == response.questionnaire.tenant_id;
    if own && REVIEWERS.contains(&member.role) {
        Ok(Authorized::by_policy(response))
    } else {
        Err(Error::Forbidden("role"))
    }
}
