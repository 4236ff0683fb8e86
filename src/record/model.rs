//! An audit record that was issued.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::record;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::id_type;

id_type! {
    /// The id of an audit record: derived from its content.
    RecordId
}

/// An audit record that was issued and stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = record)]
pub struct Record {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id, printed on every page.
    pub id: RecordId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// When it was issued; not printed.
    pub issued_at: Timestamp,
    /// Who issued it; not printed.
    pub issued_by_name: String,
    /// The hash of its content.
    pub state_hash: String,
    /// The SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The size of the file in bytes.
    pub size: i64,
    /// Its pages.
    pub pages: i32,
    /// The ledger's entries under its checkpoint.
    pub ledger_size: i64,
    /// Where the file is stored.
    pub object: String,
}

impl RecordId {
    /// The id for a content: the first 16 bytes of its hash as a UUID of version 8 (RFC 9562).
    ///
    /// # Errors
    /// [`Error::Internal`] never: the text of a UUID is one.
    pub(super) fn of(hash: &[u8; 32]) -> Result<Self> {
        let bytes = hash.first_chunk().copied().unwrap_or_default();
        let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
        id.to_string().parse().map_err(Error::internal)
    }
}
