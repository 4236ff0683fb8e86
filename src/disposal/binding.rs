//! What a representative attests of a disposal, by hash.
//!
//! An auditor recomputes it with nothing but SHA-256: of the line `azukari binding 1 disposal\n`
//! and the JSON
//! `{"disposal":"…","entrustment":"…","fields":{…},"holdings":[{…},…],"files":[{"file_name":"…",
//! "sha256":"…"},…]}`, without white space, the fields as they stand in `Fields` and `Bound`,
//! the holdings by number, the files sorted, text in UTF-8 as typed, hashes in lower-case
//! hexadecimal.

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::model::{Disposal, DisposalKind, DisposalMethod};
use crate::attachment::Attachment;
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{DataItemId, EntrustmentId};
use crate::error::Result;
use crate::holding::{DisposalId, Holding, HoldingId};

#[derive(Serialize)]
struct Attested<'a> {
    disposal: DisposalId,
    entrustment: EntrustmentId,
    fields: Fields<'a>,
    holdings: Vec<Bound<'a>>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Fields<'a> {
    kind: DisposalKind,
    method: DisposalMethod,
    method_note: &'a str,
    quantity: &'a str,
    device_number: &'a str,
    done_on: NaiveDate,
    responsible: &'a str,
    performed_by: &'a str,
    witness: &'a str,
    backups: &'a str,
    subs: &'a str,
    outside_certificate: &'a str,
    retained_reason: &'a str,
    retained_until: Option<NaiveDate>,
}

/// A holding without what its ending changes.
#[derive(Serialize)]
struct Bound<'a> {
    holding: HoldingId,
    number: i32,
    items: &'a [DataItemId],
    persons: i64,
    place: Place,
    place_detail: &'a str,
    country: &'a str,
    medium: Medium,
    system: &'a str,
    starts_on: NaiveDate,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct File<'a> {
    file_name: &'a str,
    sha256: &'a str,
}

/// The hash of a disposal with its holdings and files.
///
/// # Errors
/// Never for these types; the serialiser's signature has it.
pub fn hash(disposal: &Disposal, holdings: &[Holding], files: &[Attachment]) -> Result<String> {
    let attested = Attested {
        disposal: disposal.id,
        entrustment: disposal.entrustment_id,
        fields: fields(disposal),
        holdings: bound(holdings),
        files: present(files),
    };
    let mut hash = Sha256::new();
    hash.update("azukari binding 1 disposal\n");
    hash.update(serde_json::to_vec(&attested)?);
    Ok(hex::encode(hash.finalize()))
}

fn fields(disposal: &Disposal) -> Fields<'_> {
    Fields {
        kind: disposal.kind,
        method: disposal.method,
        method_note: &disposal.method_note,
        quantity: &disposal.quantity,
        device_number: &disposal.device_number,
        done_on: disposal.done_on,
        responsible: &disposal.responsible,
        performed_by: &disposal.performed_by,
        witness: &disposal.witness,
        backups: &disposal.backups,
        subs: &disposal.subs,
        outside_certificate: &disposal.outside_certificate,
        retained_reason: &disposal.retained_reason,
        retained_until: disposal.retained_until,
    }
}

fn bound(holdings: &[Holding]) -> Vec<Bound<'_>> {
    let mut bound: Vec<Bound<'_>> = holdings
        .iter()
        .map(|holding| Bound {
            holding: holding.id,
            number: holding.position,
            items: &holding.items.0,
            persons: holding.persons,
            place: holding.place,
            place_detail: &holding.place_detail,
            country: &holding.country,
            medium: holding.medium,
            system: &holding.system,
            starts_on: holding.starts_on,
        })
        .collect();
    bound.sort_by_key(|b| (b.number, b.holding));
    bound
}

fn present(files: &[Attachment]) -> Vec<File<'_>> {
    let mut files: Vec<File<'_>> = files
        .iter()
        .filter(|file| file.removed_at.is_none())
        .map(|file| File { file_name: &file.file_name, sha256: &file.sha256 })
        .collect();
    files.sort();
    files
}
