//! The records on an entrustment's page: issuing one, and handing out what was issued.

use actix_web::HttpResponse;
use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::Path;

use super::model::{Record, RecordId};
use super::store;
use super::{api, issue};
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentId, PanelRow, PanelView};
use crate::error::Result;
use crate::japanese::{jst_date, to_jst};
use crate::ledger::{self, Taken};
use crate::paper::Paper;
use crate::web::{Access, Ctx, Route, headers, locale};

/// Records that the panel shows.
const SHOWN: i64 = 50;

/// The routes of audit records.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::post("/entrustments/{id}/record", Access::Session, create).costly(),
        Route::get("/entrustments/{id}/records/{record}", Access::Session, download).costly(),
    ];
    routes.extend(api::routes());
    routes
}

/// Issues the audit record of an entrustment.
async fn create(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let issued = issue::issue(&ctx, id).await?;
    let message = if issued.fresh { "record-done-issued" } else { "record-done-same" };
    Ok(ctx.see_other(&format!("/entrustments/{id}"), message))
}

/// Hands out an audit record as a file.
async fn download(ctx: Ctx, path: Path<(EntrustmentId, RecordId)>) -> Result<HttpResponse> {
    let (id, record) = path.into_inner();
    let (entrustment, record, bytes) = issue::content(&ctx, id, record).await?;
    let (subject, of) = (record.id.as_str(), id.as_str());
    let taken = Taken { kind: "record", id: subject, entrustment: of, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(disposition(&ctx, &entrustment, &record))
        .insert_header((header::CONTENT_SECURITY_POLICY, headers::DOWNLOAD_POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(bytes))
}

/// RFC 6266: the name in UTF-8, and one in ASCII for what doesn't know that.
fn disposition(ctx: &Ctx, entrustment: &Entrustment, record: &Record) -> ContentDisposition {
    let date = jst_date(record.issued_at).to_string();
    let plain = |c: char| if r#"\/:*?"<>|"#.contains(c) || c.is_control() { '-' } else { c };
    let number: String = entrustment.number.chars().map(plain).collect();
    let args = [("number", number.into()), ("date", date.as_str().into())];
    let name = locale::text_with(ctx.language, "record-file-name", &args);
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".into()),
        language_tag: None,
        value: name.into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(format!("audit-record-{date}.pdf")),
            DispositionParam::FilenameExt(extended),
        ],
    }
}

/// The part of an entrustment's page.
///
/// # Errors
/// Those of the database.
pub fn panel(
    connection: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
) -> Result<PanelView> {
    let records = store::of_entrustment(connection, entrustment, SHOWN)?;
    let text = if records.is_empty() { "record-panel-none" } else { "record-panel-text" };
    Ok(PanelView {
        title: ctx.text("record-title"),
        text: ctx.text(text),
        rows: records.iter().map(|record| row(ctx, record)).collect(),
        links: Vec::new(),
        acts: vec![(ctx.text("record-issue"), format!("/entrustments/{}/record", entrustment.id))],
    })
}

fn row(ctx: &Ctx, record: &Record) -> PanelRow {
    let at = to_jst(record.issued_at);
    let date = Paper::new(ctx.language).date(at.date());
    let time = at.format("%H:%M").to_string();
    let title = [("date", date.into()), ("time", time.into())];
    let hint = [("pages", record.pages.into()), ("hash", record.sha256.as_str().into())];
    PanelRow {
        title: locale::text_with(ctx.language, "record-panel-row", &title),
        href: format!("/entrustments/{}/records/{}", record.entrustment_id, record.id),
        hint: locale::text_with(ctx.language, "record-panel-hint", &hint),
        status: ctx.text("record-panel-status"),
        tone: "neutral",
        download: true,
        ..PanelRow::default()
    }
}
