//! The line of an event in the log: for whoever gathers logs elsewhere.

use serde_json::Value;

use super::model::EventKind;
use crate::actor::{OrganisationId, PersonId};
use crate::clock::Timestamp;

/// One line under the target `azukari::event`; `docs/events.md` says what its fields are. Ids, codes
/// and words of closed lists: never a name, a mail address, a file's name, a token, or the query of
/// an address.
#[derive(Clone, Debug)]
pub struct Line {
    pub(super) at: Timestamp,
    pub(super) kind: EventKind,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) person: Option<PersonId>,
    pub(super) session: String,
    pub(super) account: String,
    pub(super) address: String,
    pub(super) route: String,
    pub(super) request: String,
    pub(super) subject_kind: String,
    pub(super) subject: String,
    pub(super) reason: String,
    pub(super) details: Value,
}

impl Line {
    /// Writes the line. Called when the transaction has been kept, so that no line tells of what
    /// never happened.
    pub fn log(&self) {
        tracing::info!(
            target: "azukari::event",
            at = %self.at.and_utc().format("%Y-%m-%dT%H:%M:%S%.3fZ"),
            event = self.kind.as_str(),
            category = self.kind.category().as_str(),
            outcome = self.kind.outcome().as_str(),
            organisation = self.organisation.as_ref().map_or("", OrganisationId::as_str),
            person = self.person.as_ref().map_or("", PersonId::as_str),
            session = self.session,
            account = self.account,
            address = self.address,
            route = self.route,
            request = self.request,
            subject_kind = self.subject_kind,
            subject = self.subject,
            reason = self.reason,
            details = %self.details,
        );
    }
}
