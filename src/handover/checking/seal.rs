//! What was proposed, as one hash: a hand-over that is no longer the same doesn't go.

use serde::Serialize;

use crate::database::Connection;
use crate::entrustment::{DataItemId, EntrustmentId};
use crate::error::Result;
use crate::handover::model::{
    Delivery, DeliveryId, Direction, File, FileId, FileState, Handover, ReceivingParty,
};
use crate::handover::store;
use crate::rulebook::RecipientId;
use crate::storage::sha256;

/// What the seal is over. The order of the fields is part of it.
#[derive(Serialize)]
struct Sealed<'a> {
    id: &'a str,
    direction: Direction,
    purpose: &'a str,
    message: &'a str,
    items: Vec<DataItemId>,
    valid_days: i32,
    downloads: i32,
    recipients: Vec<SealedRecipient<'a>>,
    files: Vec<SealedFile<'a>>,
}

#[derive(Serialize)]
struct SealedRecipient<'a> {
    id: DeliveryId,
    party: ReceivingParty,
    recipient: Option<RecipientId>,
    below: Option<EntrustmentId>,
    name: &'a str,
    address: &'a str,
}

#[derive(Serialize)]
struct SealedFile<'a> {
    id: FileId,
    only: Option<DeliveryId>,
    name: &'a str,
    size: i64,
    sha256: &'a str,
}

/// The SHA-256 over a hand-over, its recipients and its files, hexadecimal.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn seal(connection: &mut Connection, of: &Handover) -> Result<String> {
    let deliveries = store::deliveries(connection, of)?;
    let files = store::files(connection, of)?;
    self::of(of, &deliveries, &files)
}

/// The same over what is at hand.
pub(super) fn of(of: &Handover, deliveries: &[Delivery], files: &[File]) -> Result<String> {
    let there = files.iter().filter(|file| file.state != FileState::Destroyed);
    let mut sealed = Sealed {
        id: of.id.as_str(),
        direction: of.direction,
        purpose: &of.purpose,
        message: &of.message,
        items: of.items.0.clone(),
        valid_days: of.valid_days,
        downloads: of.downloads,
        recipients: deliveries.iter().map(recipient).collect(),
        files: there.map(file).collect(),
    };
    sealed.items.sort_unstable();
    sealed.recipients.sort_by_key(|recipient| recipient.id);
    sealed.files.sort_by_key(|file| file.id);
    Ok(sha256(&serde_json::to_vec(&sealed).map_err(crate::error::Error::internal)?))
}

fn recipient(delivery: &Delivery) -> SealedRecipient<'_> {
    let Delivery { id, party, recipient_id, below_id, name, address, .. } = delivery;
    SealedRecipient {
        id: *id,
        party: *party,
        recipient: *recipient_id,
        below: *below_id,
        name,
        address,
    }
}

fn file(file: &File) -> SealedFile<'_> {
    let File { id, delivery_id, name, size, sha256, .. } = file;
    SealedFile { id: *id, only: *delivery_id, name, size: *size, sha256 }
}
