//! Puts the chapters of an audit record together.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::cover::{self, Face};
use super::model::RecordId;
use super::store;
use crate::attestation;
use crate::database::Connection;
use crate::disposal;
use crate::entrustment::record::Parties;
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::finding;
use crate::flow;
use crate::handler;
use crate::handover;
use crate::holding;
use crate::incident;
use crate::inspection;
use crate::japanese::jst_date;
use crate::ledger::{self, Checkpoint, Signer, Standing};
use crate::near_miss;
use crate::organisation::{self, contractor, division};
use crate::paper::Paper;
use crate::questionnaire;
use crate::sub_entrustment;
use crate::transmission;
use crate::typeset::{Block, Document};
use crate::web::Language;

/// How often a record is composed anew because something changed meanwhile.
const TRIES: usize = 3;

/// A record that is composed and not yet a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The document.
    pub document: Document,
    /// The record's id, derived from the content.
    pub id: RecordId,
    /// The hash of the content.
    pub state_hash: String,
    /// The entries of the ledger under the checkpoint.
    pub ledger_size: i64,
}

/// What the hash of the content is taken over, as JSON.
#[derive(Serialize)]
struct Content<'a> {
    tenant: &'a str,
    entrustment: &'a str,
    ledger_size: u64,
    ledger_root: String,
    chapters: &'a [Block],
}

/// Composes the record of an entrustment from what is stored now.
///
/// # Errors
/// Those of the database; [`Error::Unavailable`] when the entrustment changes all the time.
pub fn compose(
    connection: &mut Connection,
    entrustment: &Entrustment,
    signer: &Signer,
    language: Language,
) -> Result<Composed> {
    // Several queries see one state when nothing was entered between the first and the last.
    for _ in 0..TRIES {
        let entrustment = store::current(connection, entrustment)?;
        let before = standing(connection, &entrustment)?;
        let composed = compose_at(connection, &entrustment, signer, language, before)?;
        if standing(connection, &entrustment)? == before {
            return Ok(composed);
        }
    }
    Err(Error::Unavailable("the entrustment changes all the time".into()))
}

/// The entry that made the present state. Issuing a record doesn't change the state.
fn standing(connection: &mut Connection, entrustment: &Entrustment) -> Result<Standing> {
    let subjects = [
        entrustment.tenant_id.as_str(),
        entrustment.division_id.as_str(),
        entrustment.contractor_id.as_str(),
    ];
    // What was re-entrusted is told of too.
    let below = entrustment::below(connection, entrustment)?;
    let mut entrustments = vec![entrustment.id.as_str()];
    entrustments.extend(below.iter().map(|row| row.entrustment.id.as_str()));
    ledger::standing(connection, entrustment.tenant_id, &entrustments, &subjects, "record.")
}

fn compose_at(
    connection: &mut Connection,
    entrustment: &Entrustment,
    signer: &Signer,
    language: Language,
    standing: Standing,
) -> Result<Composed> {
    let tenant = entrustment.tenant_id;
    let parties = parties(connection, entrustment)?;
    let items = entrustment::items(connection, entrustment)?;
    let filed = questionnaire::record::filed(connection, entrustment)?;
    let held = attestation::record::held(connection, entrustment, &filed)?;
    let handlers = handler::record::filed(connection, entrustment)?;
    let holdings = holding::record::filed(connection, entrustment)?;
    let flowing = flow::record::filed(connection, entrustment)?;
    let as_of = jst_date(standing.at);
    let sent = transmission::record::filed(connection, entrustment, as_of)?;
    let handed = handover::record::filed(connection, entrustment)?;
    let subs = sub_entrustment::record::filed(connection, entrustment)?;
    let disposed = disposal::record::filed(connection, entrustment)?;
    let inspected = inspection::record::filed(connection, entrustment)?;
    let found = finding::record::filed(connection, entrustment)?;
    let incidents = incident::record::filed(connection, entrustment)?;
    let near_misses = near_miss::record::filed(connection, entrustment)?;
    let entries =
        ledger::entries_until(connection, tenant, entrustment.id.as_str(), standing.sequence)?;
    let ledger_size = standing.sequence + 1;
    let checkpoint = ledger::checkpoint_at(connection, tenant, ledger_size, signer)?;

    let mut chapters = Paper::new(language);
    entrustment::record::write(&mut chapters, entrustment, &parties, &items);
    attestation::record::write(&mut chapters, entrustment, &filed, &held)?;
    questionnaire::record::write(&mut chapters, &filed);
    handler::record::write(&mut chapters, &handlers);
    holding::record::write(&mut chapters, &holdings);
    flow::record::write(&mut chapters, &flowing);
    transmission::record::write(&mut chapters, &sent);
    handover::record::write(&mut chapters, &handed);
    sub_entrustment::record::write(&mut chapters, &subs);
    inspection::record::write(&mut chapters, &inspected);
    finding::record::write(&mut chapters, &found);
    incident::record::write(&mut chapters, entrustment, &incidents, standing.at);
    near_miss::record::write(&mut chapters, &near_misses);
    disposal::record::write(&mut chapters, entrustment, &disposed)?;
    ledger::record::write(&mut chapters, &entries);

    let hash = content_hash(entrustment, &checkpoint, chapters.blocks())?;
    let id = RecordId::of(&hash)?;
    let state_hash = hex::encode(hash);
    let face = Face {
        language,
        entrustment,
        parties: &parties,
        filed: &filed,
        held: &held,
        as_of: standing.at,
        id,
        state_hash: &state_hash,
        checkpoint: &checkpoint,
        verifier_key: &signer.verifier_key(),
    };
    let document = cover::document(&face, chapters.into_blocks());
    Ok(Composed { document, id, state_hash, ledger_size })
}

fn parties(connection: &mut Connection, entrustment: &Entrustment) -> Result<Parties> {
    let tenant = entrustment.tenant_id;
    let division = division::list(connection, tenant)?
        .into_iter()
        .find(|division| division.id == entrustment.division_id);
    Ok(Parties {
        principal: organisation::find(connection, tenant)?,
        division: division.ok_or(Error::NotFound)?,
        contractor: contractor::find(connection, tenant, entrustment.contractor_id)?,
    })
}

fn content_hash(
    entrustment: &Entrustment,
    checkpoint: &Checkpoint,
    chapters: &[Block],
) -> Result<[u8; 32]> {
    let content = Content {
        tenant: entrustment.tenant_id.as_str(),
        entrustment: entrustment.id.as_str(),
        ledger_size: checkpoint.size,
        ledger_root: hex::encode(checkpoint.root),
        chapters,
    };
    Ok(Sha256::digest(serde_json::to_vec(&content)?).into())
}
