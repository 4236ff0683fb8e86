//! Issued audit records for programs (docs/api.md).

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::Serialize;

use super::model::{Record, RecordId};
use super::{issue, store};
use crate::actor::ApiScope;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::ledger::{self, Taken};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page, Paging};
use crate::web::{Access, Ctx, Route, attachment};

pub(super) fn routes() -> Vec<Route> {
    const READER: Access = Access::Token(ApiScope::ReadRecords);
    vec![
        Route::get("/api/entrustments/{id}/records", READER, index).costly(),
        Route::get("/api/entrustments/{id}/records/{record}", READER, download).costly(),
    ]
}

/// A record as programs read it.
#[derive(Serialize)]
struct Told {
    id: RecordId,
    /// RFC 3339, in UTC.
    issued_at: String,
    issued_by: String,
    sha256: String,
    size: i64,
    pages: i32,
    ledger_size: i64,
}

impl From<Record> for Told {
    fn from(record: Record) -> Self {
        Self {
            id: record.id,
            issued_at: record.issued_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            issued_by: record.issued_by_name,
            sha256: record.sha256,
            size: record.size,
            pages: record.pages,
            ledger_size: record.ledger_size,
        }
    }
}

#[derive(Serialize)]
struct Answer {
    records: Vec<Told>,
    paging: Paging,
}

/// A page of the records of an entrustment, newest first.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let answer = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let total = store::count(c, &entrustment)?;
            let rows = store::some(c, &entrustment, query.offset(), PAGE_SIZE)?;
            let page = Page::new(rows, total, &query, "issued_at").map(Told::from);
            Ok(Answer { records: page.rows, paging: page.paging })
        })
        .await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// Hands out a record: the PDF that was issued, with the bytes of which `sha256` speaks.
async fn download(ctx: Ctx, path: Path<(EntrustmentId, RecordId)>) -> Result<HttpResponse> {
    let (id, record) = path.into_inner();
    let (_, record, bytes) = issue::content(&ctx, id, record).await?;
    let (subject, of) = (record.id.as_str(), id.as_str());
    let taken = Taken { kind: "record", id: subject, entrustment: of, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    Ok(attachment(&format!("{}.pdf", record.id), "application/pdf", bytes))
}
