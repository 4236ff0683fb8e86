//! Whoever responds to an incident keeps its files.

use super::super::policy::{Case, Respond};
use crate::actor::Authorized;
use crate::entrustment::Entrustment;

/// The entrustment on whose incident the actor puts a file, because the actor responds to it.
pub(super) fn files(case: &Authorized<Case, Respond>) -> Authorized<Entrustment, Respond> {
    Authorized::by_policy(case.0.clone())
}
