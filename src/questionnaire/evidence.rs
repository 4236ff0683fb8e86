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
use crate::japanese;
use crate::storage;

/// Most bytes of a file.
pub const MAX_SIZE: usize = 25 * 1024 * 1024;
/// Most files of a question.
pub const MAX_FILES: usize = 20;
/// Most characters of a file's name.
const MAX_NAME: usize = 120;

/// What the browser offers to choose.
pub const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.webp,.txt,.csv,.docx,.xlsx,.pptx";

/// Why a file isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// No file was chosen.
    Missing,
    /// It has no bytes.
    Empty,
    /// Its name ends in nothing that is taken.
    Type,
    /// Its content isn't what its name says.
    Content,
    /// The question has as many files as it may have.
    Many,
}

impl FileFault {
    /// The message.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "evidence-error-missing",
            Self::Empty => "evidence-error-empty",
            Self::Type => "evidence-error-type",
            Self::Content => "evidence-error-content",
            Self::Many => "evidence-error-many",
        }
    }
}

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

/// The name without its path and without what could make it look like another.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| {
            !japanese::is_control(*c) && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?')
        })
        .collect();
    let kept = kept.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let (stem, ending) = kept.rsplit_once('.').unwrap_or((kept, ""));
    let stem: String = stem.chars().take(MAX_NAME).collect();
    let ending: String = ending.chars().take(10).collect();
    match (stem.is_empty(), ending.is_empty()) {
        (true, true) => "file".to_owned(),
        (true, false) => format!("file.{ending}"),
        (false, true) => stem,
        (false, false) => format!("{stem}.{ending}"),
    }
}

/// The media type of a file whose content is what its name says.
fn media_type(name: &str, bytes: &[u8]) -> Result<&'static str, FileFault> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let office = |folder: &[u8], media_type| (is_office(bytes, folder), media_type);
    let picture = |media_type| (sniffed(bytes) == media_type, media_type);
    let (holds, media_type) = match ending.as_str() {
        "pdf" => picture("application/pdf"),
        "png" => picture("image/png"),
        "jpg" | "jpeg" => picture("image/jpeg"),
        "webp" => picture("image/webp"),
        "txt" => (is_text(bytes), "text/plain"),
        "csv" => (is_text(bytes), "text/csv"),
        "docx" => office(
            b"word/",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "xlsx" => {
            office(b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        "pptx" => office(
            b"ppt/",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        _ => return Err(FileFault::Type),
    };
    if holds { Ok(media_type) } else { Err(FileFault::Content) }
}

fn sniffed(bytes: &[u8]) -> &'static str {
    infer::get(bytes).map_or("", |found| found.mime_type())
}

/// Whether this is an Office Open XML package (ECMA-376) with this folder in it: a ZIP keeps the
/// names of its members as they are.
fn is_office(bytes: &[u8], folder: &[u8]) -> bool {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|at| at == name);
    bytes.starts_with(b"PK\x03\x04") && has(b"[Content_Types].xml") && has(folder)
}

/// Whether this is text without control characters, in UTF-8 or in CP932.
fn is_text(bytes: &[u8]) -> bool {
    let plain = |b: &u8| *b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c);
    bytes.iter().all(plain) && (std::str::from_utf8(bytes).is_ok() || is_cp932(bytes))
}

/// Whether every byte is part of a character of CP932: one byte, or two in their ranges.
fn is_cp932(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        let whole = match first {
            0x00..=0x7f | 0xa1..=0xdf => true,
            0x81..=0x9f | 0xe0..=0xfc => {
                rest.next().is_some_and(|second| matches!(second, 0x40..=0x7e | 0x80..=0xfc))
            }
            _ => false,
        };
        if !whole {
            return false;
        }
    }
    true
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
