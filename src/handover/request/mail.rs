//! Letters about requests. What is asked for stands on the page behind the link.

use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::handover::RequestId;
use crate::rulebook::Party;
use crate::web::Settings;

/// Tells a side something about a request.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    (id, to): (RequestId, Party),
    what: What,
) -> Result<()> {
    let to = match to {
        Party::Contractor => people::of_contractor(tx.connection, entrustment)?,
        _ => correspondence::division(tx.connection, entrustment)?,
    };
    let path = format!("/entrustments/{}/hand-over-requests/{id}", entrustment.id);
    let (kind, stem) = what.words();
    let message = Message { kind, stem, path, args: vec![] };
    correspondence::send(tx, settings, entrustment, &to, &message)
}

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Something is asked for.
    Asked,
    /// It is no longer asked for.
    Withdrawn,
    /// It isn't handed over yet.
    Reminder,
    /// It is overdue: for who asked.
    Overdue,
}

impl What {
    /// The kind of mail, and the stem of its words.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Asked => ("handover_requested", "mail-handover-requested"),
            Self::Withdrawn => ("handover_request_withdrawn", "mail-handover-request-withdrawn"),
            Self::Reminder => ("handover_request_reminder", "mail-handover-request-reminder"),
            Self::Overdue => ("handover_request_overdue", "mail-handover-request-overdue"),
        }
    }
}
