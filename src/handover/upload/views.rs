//! The files of a hand-over as pages show them.

use serde::Serialize;
use serde_json::{Value, json};

use super::super::model::{Delivery, File, FileId, FileState, Handover};
use super::super::store as desk;
use super::model::{MAX_FILES, MAX_SIZE};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::web::{Choice, Ctx, FormView, Language, View};

/// The files with the form that adds to them: the component `handover_files`.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct FilesView {
    /// Where the hand-over is.
    home: String,
    rows: Vec<FileRow>,
    /// Whether files may be added and removed.
    editable: bool,
    /// To whom a file may go alone; empty where there is no choice.
    recipients: Vec<Choice>,
    most: i64,
    most_bytes: u64,
}

/// A file.
#[derive(Clone, Debug, Serialize)]
struct FileRow {
    id: FileId,
    name: String,
    size: i64,
    received: i64,
    state: FileState,
    tone: &'static str,
    /// The first digits of the hash, and all of it.
    short: String,
    sha256: String,
    by: String,
    at: Timestamp,
    /// The only recipient: id and name.
    only: Option<Choice>,
    /// The name of the file of which it was cut.
    source: String,
}

/// The page with the files alone: where a form comes back with what is wrong.
#[derive(Serialize)]
pub(super) struct UploadPage {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub handover: Handover,
    pub files: FilesView,
}

impl View for UploadPage {
    const TEMPLATE: &'static str = "handover/upload.html";
    const TITLE: &'static str = "handover-upload-title";
}

/// The files of a hand-over.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn files_view(
    c: &mut Connection,
    _ctx: &Ctx,
    of: &Handover,
    editable: bool,
) -> Result<FilesView> {
    let deliveries = desk::deliveries(c, of)?;
    let files = desk::files(c, of)?;
    let rows = files.iter().map(|file| row(file, &files, &deliveries)).collect();
    let choice = |delivery: &Delivery| Choice::new(delivery.id, delivery.name.clone());
    Ok(FilesView {
        home: format!("/entrustments/{}/hand-overs/{}", of.entrustment_id, of.id),
        rows,
        editable,
        recipients: match deliveries.as_slice() {
            [] | [_] => Vec::new(),
            several => several.iter().map(choice).collect(),
        },
        most: MAX_FILES,
        most_bytes: MAX_SIZE,
    })
}

fn row(file: &File, files: &[File], deliveries: &[Delivery]) -> FileRow {
    let only = deliveries.iter().find(|delivery| file.delivery_id == Some(delivery.id));
    let source = files.iter().find(|other| file.source_id == Some(other.id));
    FileRow {
        id: file.id,
        name: file.name.clone(),
        size: file.size,
        received: file.received,
        state: file.state,
        tone: tone(file.state),
        short: file.sha256.chars().take(12).collect(),
        sha256: file.sha256.clone(),
        by: file.created_by_name.clone(),
        at: file.created_at,
        only: only.map(|delivery| Choice::new(delivery.id, delivery.name.clone())),
        source: source.map(|source| source.name.clone()).unwrap_or_default(),
    }
}

fn tone(state: FileState) -> &'static str {
    match state {
        FileState::Uploading | FileState::Checking => "progress",
        FileState::Checked => "good",
        FileState::Quarantined => "warn",
        FileState::Infected => "bad",
        FileState::Destroyed => "neutral",
    }
}

/// A sample of the files, for the pages that show them.
#[must_use]
pub(in crate::handover) fn files_sample() -> Value {
    let only = json!({ "value": "019d0000-0000-7000-8000-000000000100", "label": "三重野労働局", "hint": "" });
    let row = |(number, state): (u32, FileState)| {
        json!({
            "id": format!("019d0000-0000-7000-8000-000000000{number}"), "name": "職員名簿.xlsx",
            "size": 2048, "received": 1024, "state": state, "tone": tone(state),
            "short": "9f86d081884c", "sha256": "9f86d081884c7d65", "by": "髙橋 𠮷之助",
            "at": "2026-04-01T00:00:00", "source": if number == 101 { "" } else { "名簿.xlsx" },
            "only": if number == 101 { Value::Null } else { only.clone() },
        })
    };
    let rows: Vec<Value> = (101..).zip(FileState::ALL.iter().copied()).map(row).collect();
    json!({
        "home": "/entrustments/x/hand-overs/y", "rows": rows, "editable": true,
        "recipients": [only, { "value": "b", "label": "津島町", "hint": "" }],
        "most": MAX_FILES, "most_bytes": MAX_SIZE,
    })
}

/// Samples of the pages.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let invalid =
        crate::web::Invalid::at("files", crate::web::Message::new("handover-upload-error-empty"));
    let form = crate::web::Form::default().view_with(Language::Ja, &invalid);
    let page = |form: &FormView, files: Value| {
        json!({
            "form": form, "files": files,
            "entrustment": { "id": "x", "number": "令8子-12", "title": "保育所等監査業務委託" },
            "handover": { "id": "y", "position": 1, "purpose": "指導監査の準備" },
        })
    };
    let none = json!({
        "home": "/entrustments/x/hand-overs/y", "rows": [], "editable": false, "recipients": [],
        "most": MAX_FILES, "most_bytes": MAX_SIZE,
    });
    vec![
        (UploadPage::TEMPLATE, page(&form, files_sample())),
        (UploadPage::TEMPLATE, page(&FormView::default(), none)),
    ]
}
