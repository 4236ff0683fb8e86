//! A holding.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::holding;
use crate::database::types::Json;
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{DataItemId, EntrustmentId};
use crate::rulebook::{Encrypted, Exceptions, HandlerId, HoldingFact};
use crate::{id_type, word_type};

id_type! {
    /// The id of a holding.
    HoldingId
}
id_type! {
    /// The id of a disposal, in which holdings end.
    DisposalId
}

word_type! {
    /// What a holding is to the data that were handed over.
    HoldingKind {
        /// The data as they came.
        Original = "original",
        /// A copy or an extract for the work.
        Copy = "copy",
        /// A backup.
        Backup = "backup",
        /// What stayed in a mailbox after sending.
        SentMail = "sent_mail",
    }
}

word_type! {
    /// How far a holding is.
    HoldingStatus {
        /// The data are held.
        Open = "open",
        /// Given back, erased or destroyed.
        Disposed = "disposed",
        /// Another holding took the data over.
        Transferred = "transferred",
        /// Stays by law, with the principal's acceptance.
        Retained = "retained",
    }
}

/// A holding.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = holding)]
pub struct Holding {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: HoldingId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// What it is to the data that were handed over.
    pub kind: HoldingKind,
    /// The holding from which it was made.
    pub source_id: Option<HoldingId>,
    /// Another organisation that holds it; empty for the contractor itself.
    pub holder: String,
    /// The items.
    pub items: Json<Vec<DataItemId>>,
    /// Number of persons.
    pub persons: i64,
    /// Where, by its kind.
    pub place: Place,
    /// Where, in words.
    pub place_detail: String,
    /// The cloud service's provider, or empty.
    pub provider: String,
    /// The cloud service and its plan, or empty.
    pub plan: String,
    /// Country of storage, ISO 3166-1 alpha-2; empty when unknown.
    pub country: String,
    /// Countries of access.
    pub access_countries: Json<Vec<String>>,
    /// On what.
    pub medium: Medium,
    /// The terminal, server, cabinet or system.
    pub system: String,
    /// How it is encrypted.
    pub encryption: Encrypted,
    /// Who has access.
    pub handlers: Json<Vec<HandlerId>>,
    /// Backup copies in words, or empty.
    pub backups: String,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when it is meant to be held.
    pub until_on: Option<NaiveDate>,
    /// How far.
    pub status: HoldingStatus,
    /// When it ended.
    pub ended_on: Option<NaiveDate>,
    /// The disposal in which it ended.
    pub disposal_id: Option<DisposalId>,
    /// The holding that took its data over.
    pub successor_id: Option<HoldingId>,
    /// The reasons with which exceptions were claimed.
    pub exceptions: Json<Exceptions>,
    /// Who entered it.
    pub entered_by_name: String,
    /// When.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

impl Holding {
    /// The holding as the rules look at it; `retained_until` is its disposal's.
    #[must_use]
    pub fn fact(&self, retained_until: Option<NaiveDate>) -> HoldingFact {
        HoldingFact {
            holder: self.holder.clone(),
            items: self.items.0.clone(),
            persons: self.persons,
            place: self.place,
            provider: self.provider.clone(),
            country: self.country.clone(),
            access_countries: self.access_countries.0.clone(),
            medium: self.medium,
            encryption: self.encryption,
            handlers: self.handlers.0.clone(),
            starts_on: self.starts_on,
            until_on: self.until_on,
            open: matches!(self.status, HoldingStatus::Open | HoldingStatus::Retained),
            retained_until: retained_until.filter(|_| self.status == HoldingStatus::Retained),
        }
    }
}

/// A holding as it is entered or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewHolding {
    /// What it is to the data that were handed over.
    pub kind: HoldingKind,
    /// The holding from which it was made.
    pub source_id: Option<HoldingId>,
    /// Another organisation that holds it; empty for the contractor itself.
    pub holder: String,
    /// The items.
    pub items: Vec<DataItemId>,
    /// Number of persons.
    pub persons: i64,
    /// Where, by its kind.
    pub place: Place,
    /// Where, in words.
    pub place_detail: String,
    /// The cloud service's provider, or empty.
    pub provider: String,
    /// The cloud service and its plan, or empty.
    pub plan: String,
    /// Country of storage, ISO 3166-1 alpha-2; empty when unknown.
    pub country: String,
    /// Countries of access.
    pub access_countries: Vec<String>,
    /// On what.
    pub medium: Medium,
    /// The terminal, server, cabinet or system.
    pub system: String,
    /// How it is encrypted.
    pub encryption: Encrypted,
    /// Who has access.
    pub handlers: Vec<HandlerId>,
    /// Backup copies in words, or empty.
    pub backups: String,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when it is meant to be held.
    pub until_on: Option<NaiveDate>,
}

impl NewHolding {
    /// The holding as the rules look at it, while it is held.
    #[must_use]
    pub fn fact(&self) -> HoldingFact {
        HoldingFact {
            holder: self.holder.clone(),
            items: self.items.clone(),
            persons: self.persons,
            place: self.place,
            provider: self.provider.clone(),
            country: self.country.clone(),
            access_countries: self.access_countries.clone(),
            medium: self.medium,
            encryption: self.encryption,
            handlers: self.handlers.clone(),
            starts_on: self.starts_on,
            until_on: self.until_on,
            open: true,
            retained_until: None,
        }
    }
}
