//! What a hand-over is judged by: told by the registers and by what was found in its files.

use chrono::NaiveDate;

use crate::contents::Contents;
use crate::entrustment::DataItemId;
use crate::handover::model::{DeliveryId, FileId, FileState, ReceivingParty, Stop};
use crate::rulebook::{HandlerId, Party, RecipientId, Terms};

/// A hand-over with all that is asked about it.
#[derive(Clone, Debug)]
pub(in crate::handover) struct Facts {
    /// The side that hands over.
    pub sender: Party,
    /// Who of the roster hands over, where a contractor does.
    pub handler: Option<HandlerId>,
    /// The mail addresses of those who hand over, beside those of the roster.
    pub own: Vec<String>,
    /// The items that are said to go.
    pub items: Vec<DataItemId>,
    /// To whom.
    pub recipients: Vec<To>,
    /// What.
    pub files: Vec<Looked>,
    /// What is agreed about the entrustment; its `today` is the day of the judgement.
    pub terms: Terms,
    /// Whether it is no longer what was proposed.
    pub changed: bool,
}

/// One recipient.
#[derive(Clone, Debug)]
pub(in crate::handover) struct To {
    /// Its part of the hand-over.
    pub id: DeliveryId,
    /// Who it is.
    pub party: ReceivingParty,
    /// The registered recipient.
    pub recipient: Option<RecipientId>,
    /// The sub-entrustment, where it is one of those directly below.
    pub below: Option<BelowFact>,
    /// Its name.
    pub name: String,
    /// Its mail address; empty where members of an organisation receive.
    pub address: String,
}

/// A sub-entrustment.
#[derive(Clone, Debug)]
pub(in crate::handover) struct BelowFact {
    /// Whether it is still open.
    pub open: bool,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when it is permitted.
    pub ends_on: NaiveDate,
    /// The items that were re-entrusted, as items of the entrustment above.
    pub items: Vec<DataItemId>,
    /// The number of persons that was re-entrusted.
    pub persons: i64,
}

/// One file.
#[derive(Clone, Debug)]
pub(in crate::handover) struct Looked {
    /// The file.
    pub id: FileId,
    /// How far it is.
    pub state: FileState,
    /// The only recipient who gets it.
    pub only: Option<DeliveryId>,
    /// What was found in it.
    pub contents: Option<Contents>,
}

impl Looked {
    /// Whether a recipient gets it.
    pub fn is_for(&self, delivery: DeliveryId) -> bool {
        self.only.is_none_or(|only| only == delivery)
    }
}

/// A stop as it is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::handover) struct Found {
    /// What.
    pub stop: Stop,
    /// The file in which it is.
    pub file: Option<FileId>,
    /// The recipient for whom it is so.
    pub delivery: Option<DeliveryId>,
    /// By what: a word of a closed list, the id of an item, the name of a sheet, a number.
    pub what: String,
}

impl Found {
    /// A stop of the whole hand-over.
    pub fn of(stop: Stop) -> Self {
        Self { stop, file: None, delivery: None, what: String::new() }
    }

    /// The same, found in a file.
    pub fn within(self, file: FileId) -> Self {
        Self { file: Some(file), ..self }
    }

    /// The same for one recipient.
    pub fn to(self, delivery: DeliveryId) -> Self {
        Self { delivery: Some(delivery), ..self }
    }

    /// The same, with by what it is so.
    pub fn by(self, what: impl Into<String>) -> Self {
        Self { what: what.into(), ..self }
    }
}
