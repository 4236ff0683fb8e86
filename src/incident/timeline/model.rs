//! An entry of a timeline.

use diesel::prelude::*;
use serde_json::Value;

use crate::clock::Timestamp;
use crate::database::schema::incident_entry;
use crate::database::types::Json;
use crate::id_type;

id_type! {
    /// The id of an entry of a timeline.
    EntryId
}

/// An entry as it was written down.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_entry)]
pub(super) struct Entry {
    /// When it happened.
    pub happened_at: Timestamp,
    /// When it was written down.
    pub entered_at: Timestamp,
    /// What the portal noted: the message `incident-timeline-<act>`.
    pub act: String,
    /// The arguments of the message.
    pub details: Json<Value>,
    /// Who wrote it down.
    pub by_name: String,
}
