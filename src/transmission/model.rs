//! A transmission.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::transmission;
use crate::database::types::Json;
use crate::entrustment::rules::Way;
use crate::entrustment::{DataItemId, EntrustmentId};
use crate::japanese::jst_date;
use crate::rulebook::{
    Exceptions, HandlerId, KeyWay, Party, Protection, Receiver, TransmissionFact,
};
use crate::{id_type, word_type};

id_type! {
    /// The id of a transmission.
    TransmissionId
}

word_type! {
    /// Whether the other side confirmed a transmission (受領確認).
    Confirmation {
        /// Not yet.
        Waiting = "waiting",
        /// It is as entered.
        Confirmed = "confirmed",
        /// It isn't as entered.
        Disputed = "disputed",
        /// The other side took no part.
        NotNeeded = "not_needed",
    }
}

/// One movement of data.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = transmission)]
pub struct Transmission {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: TransmissionId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Who sent.
    pub sender: Party,
    /// The sender's own address, or empty.
    pub sender_address: String,
    /// The handler who sent.
    pub handler_id: Option<HandlerId>,
    /// To whom.
    pub receivers: Json<Vec<Receiver>>,
    /// By which way.
    pub way: Way,
    /// The items.
    pub items: Json<Vec<DataItemId>>,
    /// Number of persons.
    pub persons: i64,
    /// How the content was protected.
    pub protection: Protection,
    /// How the key went.
    pub key_way: KeyWay,
    /// Who else checked before it went, or empty.
    pub checked_by: String,
    /// For what it was sent.
    pub purpose: String,
    /// What was sent, in words.
    pub description: String,
    /// The SHA-256 of what was sent, hexadecimal, or empty.
    pub content_hash: String,
    /// The side that entered it.
    pub entered_by: Party,
    /// Who entered it.
    pub entered_by_name: String,
    /// Whether the other side confirmed it.
    pub confirmation: Confirmation,
    /// Who confirmed or disputed it.
    pub confirmed_by_name: String,
    /// When.
    pub confirmed_at: Option<Timestamp>,
    /// What isn't as entered.
    pub confirmation_note: String,
    /// How often it was reminded of.
    pub reminded: i32,
    /// The reasons with which exceptions were claimed.
    pub exceptions: Json<Exceptions>,
    /// When it was entered.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

impl Transmission {
    /// The transmission as the rules look at it.
    #[must_use]
    pub fn fact(&self) -> TransmissionFact {
        TransmissionFact {
            sent_on: jst_date(self.sent_at),
            sender: self.sender,
            sender_address: self.sender_address.clone(),
            handler: self.handler_id,
            receivers: self.receivers.0.clone(),
            way: self.way,
            items: self.items.0.clone(),
            persons: self.persons,
            protection: self.protection,
            key_way: self.key_way,
            checked_by: self.checked_by.clone(),
        }
    }
}
