//! The line of an event in the log: for whoever gathers logs elsewhere.

use super::model::{EventKind, Outcome};

/// One line under the target `security`. Ids, codes and words of closed lists: never a name, a mail
/// address, a file's name, a token, or the query of an address.
#[derive(Clone, Debug)]
pub struct Line {
    pub(super) at: String,
    pub(super) kind: EventKind,
    pub(super) outcome: Outcome,
    pub(super) organisation: String,
    pub(super) person: String,
    pub(super) session: String,
    pub(super) account: String,
    pub(super) address: String,
    pub(super) route: String,
    pub(super) request: String,
    pub(super) subject_kind: String,
    pub(super) subject: String,
    pub(super) reason: String,
    pub(super) details: String,
}

impl Line {
    /// Writes the line.
    pub fn log(&self) {
        tracing::info!(
            target: "security",
            at = self.at,
            event = self.kind.as_str(),
            outcome = self.outcome.as_str(),
            organisation = self.organisation,
            person = self.person,
            session = self.session,
            account = self.account,
            address = self.address,
            route = self.route,
            request = self.request,
            subject_kind = self.subject_kind,
            subject = self.subject,
            reason = self.reason,
            details = self.details,
        );
    }
}
