//! What leaves the portal: each file and list that somebody takes out has its entry in the ledger of
//! whoever takes it.
//!
//! The entries belong to no entrustment: a document about one doesn't change by being read.

use serde_json::json;

use super::model::NewEntry;
use super::store::append;
use crate::error::Result;
use crate::web::Ctx;

/// The act of taking a file out.
pub(super) const DOWNLOADED: &str = "file.downloaded";

/// A file that is taken out.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// What it is, such as `evidence`.
    pub kind: &'static str,
    /// Its id, or that of what it was made of.
    pub id: &'a str,
    /// The entrustment that it is about.
    pub entrustment: &'a str,
    /// Its size.
    pub bytes: usize,
}

/// Tells that a member or a program takes a file out, before it is handed over.
///
/// # Errors
/// Those of the database: what can't be told isn't handed over.
pub async fn downloaded(ctx: &Ctx, taken: Taken<'_>) -> Result<()> {
    let (kind, id, of) = (taken.kind, taken.id.to_owned(), taken.entrustment.to_owned());
    let details = vec![("entrustment", json!(of)), ("bytes", json!(taken.bytes))];
    ctx.write(move |tx, ctx| {
        let new = NewEntry {
            tenant_id: ctx.viewer()?.organisation_id,
            act: DOWNLOADED,
            subject_kind: kind,
            subject_id: &id,
            entrustment_id: None,
            details,
        };
        append(tx, new)
    })
    .await
}

/// Tells that a member or a program takes a list out, before it is handed over: the key of its title, as what
/// kind of file, how many rows. What was searched for isn't told.
///
/// # Errors
/// Those of the database: what can't be told isn't handed over.
pub async fn exported(
    ctx: &Ctx,
    list: &'static str,
    format: &'static str,
    rows: usize,
) -> Result<()> {
    let details = vec![("list", json!(list)), ("format", json!(format)), ("rows", json!(rows))];
    ctx.write(move |tx, ctx| {
        let new = NewEntry {
            tenant_id: ctx.viewer()?.organisation_id,
            act: "list.exported",
            subject_kind: "list",
            subject_id: &ctx.path,
            entrustment_id: None,
            details,
        };
        append(tx, new)
    })
    .await
}
