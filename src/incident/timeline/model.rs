//! An entry of the timeline.

use diesel::prelude::*;
use serde_json::Value;

use crate::clock::Timestamp;
use crate::database::schema::incident_entry;
use crate::database::types::Json;
use crate::{id_type, word_type};

id_type! {
    /// The id of an entry.
    EntryId
}

word_type! {
    /// What an entry tells of.
    EntryKind {
        /// What the portal noted by itself.
        Automatic = "automatic",
        /// A call.
        Call = "call",
        /// A mail.
        Mail = "mail",
        /// A meeting, a visit.
        Meeting = "meeting",
        /// A document.
        Document = "document",
        /// Anything else.
        Note = "note",
    }
}

impl EntryKind {
    /// What is written by hand.
    pub const BY_HAND: &'static [Self] =
        &[Self::Call, Self::Mail, Self::Meeting, Self::Document, Self::Note];
}

/// The member of the details that names the entry which this one corrects.
pub(super) const CORRECTS: &str = "corrects";

/// An entry. It is never changed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_entry)]
pub struct Entry {
    /// The id.
    pub id: EntryId,
    /// Its number, in the order in which they were written down.
    pub position: i32,
    /// When it happened.
    pub happened_at: Timestamp,
    /// When it was written down.
    pub entered_at: Timestamp,
    /// What it tells of.
    pub kind: EntryKind,
    /// What the portal saw; empty for what is written by hand.
    pub act: String,
    /// The details of that, or which entry this one corrects.
    pub details: Json<Value>,
    /// What was written by hand.
    pub text: String,
    /// Who wrote it down.
    pub by_name: String,
}

impl Entry {
    /// The number of the entry that this one corrects.
    pub(super) fn corrects(&self) -> Option<i32> {
        let number = self.details.0.get(CORRECTS).and_then(Value::as_i64)?;
        i32::try_from(number).ok()
    }
}
