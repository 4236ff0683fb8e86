//! Evidence (証拠資料): which files are taken, under which name, and what their being there changes.

use serde_json::json;

use super::answer::AnswerValue;
use super::answering::{self, entry, recount};
use super::entity::QuestionnaireId;
use super::model::{Evidence, Kind, QuestionId};
use super::response::{EvidenceId, EvidenceRow, Response};
use super::response_policy::Answer;
use super::store;
use super::store::response::NewAnswer;
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::storage;
use crate::storage::file::media_type;
pub use crate::storage::file::{ACCEPT, FileFault, MAX_SIZE, plain_name};

/// Most files of a question.
pub const MAX_FILES: usize = 20;
/// A file of evidence as it is entered.
#[derive(Clone, Debug)]
pub struct NewEvidence {
    /// The id.
    pub id: EvidenceId,
    /// For which question.
    pub question: QuestionId,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its size.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Where it is stored.
    pub object: String,
}

impl NewEvidence {
    /// Looks at a file before it is stored.
    ///
    /// # Errors
    /// Why it isn't taken.
    pub fn of(
        tenant: OrganisationId,
        question: &QuestionId,
        name: &str,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<Self, FileFault> {
        if bytes.is_empty() {
            return Err(if name.is_empty() { FileFault::Missing } else { FileFault::Empty });
        }
        let file_name = plain_name(name);
        let id = EvidenceId::new(now);
        Ok(Self {
            id,
            question: question.clone(),
            media_type: media_type(&file_name, bytes)?,
            file_name,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: storage::sha256(bytes),
            object: format!("{tenant}/evidence/{id}"),
        })
    }
}

/// Whether the question takes one more file now.
///
/// # Errors
/// [`Error::Conflict`] when it isn't open, [`Error::NotFound`] when it asks for no evidence.
pub fn takes_file(response: &Response, question: &QuestionId) -> Result<Option<FileFault>> {
    let asked = response.question(question)?;
    if asked.evidence == Evidence::None && asked.kind != Kind::File {
        return Err(Error::NotFound);
    }
    if !response.takes(question) {
        return Err(Error::Conflict("response-closed"));
    }
    let full = response.evidence_of(question).count() >= MAX_FILES;
    Ok(full.then_some(FileFault::Many))
}

/// Enters a file that is stored already; says why not, when it can't be.
///
/// # Errors
/// Those of [`takes_file`] and [`answering::open`].
pub fn add(tx: &mut Tx<'_>, id: QuestionnaireId, new: &NewEvidence) -> Result<Option<FileFault>> {
    let response = answering::open(tx, id)?;
    if let Some(fault) = takes_file(&response, &new.question)? {
        return Ok(Some(fault));
    }
    store::evidence::insert(tx, &response, new)?;
    answer_by_file(tx, &response, &new.question, true)?;
    let details = vec![
        ("question", json!(new.question)),
        ("evidence", json!(new.id)),
        ("size", json!(new.size)),
        ("sha256", json!(new.sha256)),
    ];
    entry(tx, &response, "evidence.added", details)?;
    Ok(None)
}

/// Takes a file back; gives the question to which it belonged.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when the question isn't open.
pub fn remove(tx: &mut Tx<'_>, id: QuestionnaireId, evidence: EvidenceId) -> Result<QuestionId> {
    let response = answering::open(tx, id)?;
    let row = find(&response, evidence)?.clone();
    if row.removed_at.is_some() {
        return Err(Error::NotFound);
    }
    if !response.takes(&row.question_id) {
        return Err(Error::Conflict("response-closed"));
    }
    store::evidence::remove(tx, &response, evidence)?;
    let others = response.evidence_of(&row.question_id).any(|e| e.id != evidence);
    answer_by_file(tx, &response, &row.question_id, others)?;
    let details = vec![
        ("question", json!(row.question_id)),
        ("evidence", json!(row.id)),
        ("sha256", json!(row.sha256)),
    ];
    entry(tx, &response, "evidence.removed", details)?;
    Ok(row.question_id)
}

/// A file of a response, by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(response: &Response, id: EvidenceId) -> Result<&EvidenceRow> {
    response.evidence.iter().find(|e| e.id == id).ok_or(Error::NotFound)
}

/// A question of the kind "file" is answered by its evidence.
fn answer_by_file(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    question: &QuestionId,
    there: bool,
) -> Result<()> {
    if response.question(question)?.kind != Kind::File {
        return Ok(());
    }
    let value = if there { AnswerValue::File } else { AnswerValue::Blank };
    let remark = response.latest(question).map(|row| row.remark.clone()).unwrap_or_default();
    let new = NewAnswer { value, remark, from_last_year: false };
    match response.current(question) {
        None => store::response::insert(tx, response, question, &new)?,
        Some(row) => {
            store::response::update(tx, response, row, &new)?;
        }
    }
    recount(tx, response)
}
