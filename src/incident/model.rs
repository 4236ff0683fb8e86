//! An incident.

use diesel::prelude::*;
use serde::Serialize;

use super::duty::Facts;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::incident;
use crate::database::types::Json;
use crate::entrustment::EntrustmentId;
use crate::handover::{DeliveryId, HandoverId};
use crate::rulebook::Party;
use crate::transmission::TransmissionId;
use crate::{id_type, word_type};

id_type! {
    /// The id of an incident.
    IncidentId
}

word_type! {
    /// What kind of incident.
    IncidentKind {
        /// A mail, a parcel or a fax to somebody else.
        Misdirected = "misdirected",
        /// Addresses in To or Cc that belonged into Bcc.
        ToInsteadOfBcc = "to_instead_of_bcc",
        /// The wrong file.
        WrongAttachment = "wrong_attachment",
        /// Rows, sheets or columns of others in the file.
        ExtraRows = "extra_rows",
        /// Sent on to a private account.
        SelfForwarding = "self_forwarding",
        /// A medium or a device that was lost.
        LostMedium = "lost_medium",
        /// Paper that was lost.
        LostPaper = "lost_paper",
        /// Theft.
        Theft = "theft",
        /// Somebody broke into a system (不正アクセス).
        Intrusion = "intrusion",
        /// Ransomware.
        Ransomware = "ransomware",
        /// Somebody of the own people took it.
        Insider = "insider",
        /// Visible to others by a wrong setting or wrong rights.
        Exposure = "exposure",
        /// Lost or damaged without having gone anywhere (滅失・毀損).
        Damage = "damage",
        /// Something else.
        Other = "other",
    }
}

word_type! {
    /// How far an incident is.
    IncidentStatus {
        /// Reported; no officer has opened it.
        Reported = "reported",
        /// An officer has opened it.
        Open = "open",
        /// Closed.
        Closed = "closed",
    }
}

word_type! {
    /// How sure the number of persons is.
    Counted {
        /// Counted.
        Exact = "exact",
        /// It can't be more.
        AtMost = "at_most",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

/// An incident, from the first report to closing.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident)]
pub struct Incident {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: IncidentId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// What kind.
    pub kind: IncidentKind,
    /// What happened, in words; never the leaked data.
    pub summary: String,
    /// When, as far as it is known.
    pub occurred_at: Option<Timestamp>,
    /// When it became known.
    pub known_at: Timestamp,
    /// On which side it became known.
    pub known_side: Party,
    /// To whom.
    pub known_by: String,
    /// Of how many persons.
    pub persons: Option<i32>,
    /// How sure that number is.
    pub counted: Counted,
    /// To whom it went, in words.
    pub recipients: String,
    /// How far it is.
    pub status: IncidentStatus,
    /// Which side reported it.
    pub reported_side: Party,
    /// Who.
    pub reported_by_name: String,
    /// When.
    pub reported_at: Timestamp,
    /// When the principal was told.
    pub notified_at: Option<Timestamp>,
    /// When an officer opened it.
    pub opened_at: Option<Timestamp>,
    /// Who.
    pub opened_by_name: String,
    /// When it was passed on because nobody had opened it.
    pub escalated_at: Option<Timestamp>,
    /// What the duties depend on.
    pub facts: Json<Facts>,
    /// The hand-over from which it was reported.
    pub handover_id: Option<HandoverId>,
    /// The recipient's part of it.
    pub delivery_id: Option<DeliveryId>,
    /// The transmission from which it was reported.
    pub transmission_id: Option<TransmissionId>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by_name: String,
    /// What was said at the end.
    pub closing_note: String,
    /// For optimistic locking.
    pub version: i32,
}

impl IncidentKind {
    /// Whether it was done for an unlawful purpose (不正の目的をもって行われたおそれ, 施行規則7条3号).
    #[must_use]
    pub fn is_unlawful(self) -> bool {
        matches!(self, Self::Theft | Self::Intrusion | Self::Ransomware | Self::Insider)
    }
}

impl Incident {
    /// Whether it isn't closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status != IncidentStatus::Closed
    }

    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/entrustments/{}/incidents/{}", self.entrustment_id, self.id)
    }
}
