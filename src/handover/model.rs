//! A hand-over, its recipients, its files, and what stopped it.

mod stop;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

pub use stop::{Stop, StopId, Stopped};

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::contents::Contents;
use crate::database::schema::{handover, handover_delivery, handover_file};
use crate::database::types::Json;
use crate::entrustment::{DataItemId, EntrustmentId};
use crate::rulebook::{Party, RecipientId};
use crate::transmission::TransmissionId;
use crate::{id_type, word_type};

id_type! {
    /// The id of a hand-over.
    HandoverId
}
id_type! {
    /// The id of one recipient's part of a hand-over.
    DeliveryId
}
id_type! {
    /// The id of a file of a hand-over.
    FileId
}
id_type! {
    /// The id of a request to hand something over.
    RequestId
}

word_type! {
    /// From whom to whom.
    Direction {
        /// Principal → contractor.
        ToContractor = "to_contractor",
        /// Contractor → principal.
        ToPrincipal = "to_principal",
        /// Contractor → the contractor of a sub-entrustment.
        ToSubContractor = "to_sub_contractor",
        /// Either party → registered recipients of the entrustment.
        ToRecipients = "to_recipients",
    }
}

word_type! {
    /// How far a hand-over is.
    HandoverStatus {
        /// Being put together.
        Draft = "draft",
        /// Waits for a second person.
        Proposed = "proposed",
        /// Given back by the second person; edited like a draft.
        Returned = "returned",
        /// Approved; leaves at `release_at`, and can be taken back until then.
        Approved = "approved",
        /// Can be fetched.
        Sent = "sent",
        /// Taken back after it was sent.
        Recalled = "recalled",
        /// Over: its time is up or everything was fetched; its files are destroyed.
        Ended = "ended",
        /// Given up before it was sent; its files are destroyed.
        Discarded = "discarded",
    }
}

impl HandoverStatus {
    /// Whether its recipients, files and words may still be changed.
    #[must_use]
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

word_type! {
    /// Who a recipient of a hand-over is.
    ReceivingParty {
        /// The principal's division.
        Principal = "principal",
        /// The entrustment's contractor.
        Contractor = "contractor",
        /// The contractor of a sub-entrustment (`below_id`).
        SubContractor = "sub_contractor",
        /// A registered recipient (`recipient_id`), by its mail address.
        Outside = "outside",
    }
}

word_type! {
    /// Whether a recipient deleted what was taken back.
    Deletion {
        /// Nothing was taken back, or nothing had been fetched.
        NotNeeded = "not_needed",
        /// Asked for, no answer yet.
        Asked = "asked",
        /// Answered: deleted, unseen.
        DeletedUnseen = "deleted_unseen",
        /// Answered: deleted, but it was seen.
        DeletedSeen = "deleted_seen",
        /// Answered: not deleted (passed on, kept, lost).
        NotDeleted = "not_deleted",
    }
}

word_type! {
    /// How far a file is.
    FileState {
        /// Parts of it are still to come.
        Uploading = "uploading",
        /// Complete; what is in it is being looked at.
        Checking = "checking",
        /// Looked at; whether it may go, the stops say.
        Checked = "checked",
        /// Waits for the virus scanner, which can't be reached.
        Quarantined = "quarantined",
        /// The virus scanner found something; never handed out.
        Infected = "infected",
        /// Its key was destroyed: nobody can read it any more.
        Destroyed = "destroyed",
    }
}

/// A hand-over (受渡し).
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = handover)]
pub struct Handover {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: HandoverId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// From whom to whom.
    pub direction: Direction,
    /// The side that hands over.
    pub sender: Party,
    /// For what.
    pub purpose: String,
    /// What the recipients read beside it.
    pub message: String,
    /// The data items that go.
    pub items: Json<Vec<DataItemId>>,
    /// How many days after it was sent it can be fetched.
    pub valid_days: i32,
    /// How often each recipient may fetch each file.
    pub downloads: i32,
    /// How far it is.
    pub status: HandoverStatus,
    /// The request that it answers.
    pub request_id: Option<RequestId>,
    /// Who began it.
    pub created_by_name: String,
    /// When.
    pub created_at: Timestamp,
    /// The hash over what was proposed; empty before.
    pub seal: String,
    /// Who asked for the approval.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub decision_reason: String,
    /// When it leaves.
    pub release_at: Option<Timestamp>,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// Until when it can be fetched: gone from this moment on.
    pub valid_until: Option<Timestamp>,
    /// Who took it back.
    pub recalled_by_name: String,
    /// When.
    pub recalled_at: Option<Timestamp>,
    /// Why.
    pub recall_reason: String,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// For optimistic locking.
    pub version: i32,
}

/// One recipient of a hand-over.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = handover_delivery)]
pub struct Delivery {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: DeliveryId,
    /// The hand-over.
    pub handover_id: HandoverId,
    /// Its place in the list, from 1.
    pub position: i32,
    /// Who it is.
    pub party: ReceivingParty,
    /// The registered recipient.
    pub recipient_id: Option<RecipientId>,
    /// The sub-entrustment whose contractor it is.
    pub below_id: Option<EntrustmentId>,
    /// The name as it was registered.
    pub name: String,
    /// The mail address as it was registered; empty where members of an organisation receive.
    pub address: String,
    /// The code of an outside recipient, sealed; empty for members.
    #[serde(skip)]
    pub code: String,
    /// How often a wrong code was tried.
    pub guesses: i32,
    /// When the recipient first looked.
    pub opened_at: Option<Timestamp>,
    /// When the recipient first had a whole file.
    pub received_at: Option<Timestamp>,
    /// Who that was.
    pub received_by_name: String,
    /// When the recipient said that it isn't the right one.
    pub refused_at: Option<Timestamp>,
    /// What stands in the register of transmissions.
    pub transmission_id: Option<TransmissionId>,
    /// After a recall: whether it is deleted.
    pub deletion: Deletion,
    /// When that was asked.
    pub deletion_asked_at: Option<Timestamp>,
    /// When it was answered.
    pub deletion_answered_at: Option<Timestamp>,
    /// By whom.
    pub deletion_answered_by_name: String,
    /// What was said with it.
    pub deletion_note: String,
    /// How often it was reminded of.
    pub reminded: i32,
    /// For optimistic locking.
    pub version: i32,
}

/// A file of a hand-over.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = handover_file)]
pub struct File {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: FileId,
    /// The hand-over.
    pub handover_id: HandoverId,
    /// The only recipient who gets it; all of them without one.
    pub delivery_id: Option<DeliveryId>,
    /// Its place in the list, from 1.
    pub position: i32,
    /// Its name, made plain (`storage::file::plain_name`).
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// How many of them have come.
    pub received: i64,
    /// SHA-256, hexadecimal; empty until it is complete.
    pub sha256: String,
    /// Where the hash stands between two parts, encrypted for the file's key.
    #[serde(skip)]
    pub hash_state: String,
    /// The file's key, for the organisation's key; empty once destroyed.
    #[serde(skip)]
    pub wrapped_key: String,
    /// How far it is.
    pub state: FileState,
    /// What is in it; empty until it was looked at.
    pub contents: String,
    /// When it was looked at.
    pub checked_at: Option<Timestamp>,
    /// The file of which it was cut.
    pub source_id: Option<FileId>,
    /// Who brought it.
    pub created_by_name: String,
    /// When.
    pub created_at: Timestamp,
    /// When its key was destroyed.
    pub destroyed_at: Option<Timestamp>,
}

impl File {
    /// What is in it, once it was looked at.
    #[must_use]
    pub fn found(&self) -> Option<Contents> {
        serde_json::from_str(&self.contents).ok()
    }

    /// Whether a recipient gets it.
    #[must_use]
    pub fn is_for(&self, delivery: DeliveryId) -> bool {
        self.delivery_id.is_none_or(|only| only == delivery)
    }
}

word_type! {
    /// How far a request is.
    RequestStatus {
        /// Nothing was handed over for it yet.
        Open = "open",
        /// Answered by a hand-over that was sent.
        Answered = "answered",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

/// What one side asks the other to hand over.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = crate::database::schema::handover_request)]
pub struct Request {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: RequestId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// Who is asked.
    pub asked: Party,
    /// For what.
    pub purpose: String,
    /// What exactly, in words.
    pub message: String,
    /// The data items.
    pub items: Json<Vec<DataItemId>>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// How far it is.
    pub status: RequestStatus,
    /// Who asked.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// Who answered or took it back.
    pub settled_by_name: String,
    /// When.
    pub settled_at: Option<Timestamp>,
    /// How often it was reminded of.
    pub reminded: i32,
    /// For optimistic locking.
    pub version: i32,
}
