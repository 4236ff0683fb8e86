//! Pages of imports: a template, the upload, the preview, the confirmation.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde_json::json;
use tokio::sync::Semaphore;

use super::check::{Checked, check};
use super::contractors::Contractors;
use super::entrustments::Entrustments;
use super::field::Field;
use super::kind::Imported;
use super::model::{Import, ImportId, ImportKind, NewImport};
use super::views::{self, PreviewView, UploadView};
use super::{policy, store};
use crate::database::{Connection, Tx};
use crate::entrustment::KEEPERS;
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::ledger::{self, NewEntry};
use crate::organisation;
use crate::sheet::{self, Encoding, Fault, Sheet};
use crate::storage;
use crate::storage::file::plain_name;
use crate::web::{Access, Ctx, Form, Invalid, MAX_UPLOAD, Message, Route, Upload, attachment};

/// Sheets unpacked at the same time: each may take some hundred megabytes at its worst.
static READING: Semaphore = Semaphore::const_new(2);

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The routes of imports.
#[must_use]
pub fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![
        Route::get("/imports/{kind}", KEEPER, new),
        Route::post("/imports/{kind}", KEEPER, upload).without_entry().limit(MAX_UPLOAD).costly(),
        Route::get("/imports/{kind}/template.xlsx", KEEPER, template),
        Route::get("/imports/{kind}/template.csv", KEEPER, template_csv),
        Route::get("/imports/{kind}/{id}", KEEPER, preview),
        Route::get("/imports/{kind}/{id}/marked.xlsx", KEEPER, marked).costly(),
        Route::post("/imports/{kind}/{id}", KEEPER, confirm),
        Route::post("/imports/{kind}/{id}/removal", KEEPER, remove).without_entry(),
    ]
}

fn fields(kind: ImportKind) -> Vec<Field> {
    match kind {
        ImportKind::Contractors => Contractors::fields(),
        ImportKind::Entrustments => Entrustments::fields(),
    }
}

/// What a sheet would become: how many rows, and what is wrong.
fn looked_at(
    connection: &mut Connection,
    ctx: &Ctx,
    kind: ImportKind,
    sheet: &Sheet,
) -> Result<(usize, Vec<Fault>)> {
    fn told<T>(checked: Checked<T>) -> (usize, Vec<Fault>) {
        (checked.rows, checked.faults)
    }
    match kind {
        ImportKind::Contractors => check::<Contractors>(connection, ctx, sheet).map(told),
        ImportKind::Entrustments => check::<Entrustments>(connection, ctx, sheet).map(told),
    }
}

/// Enters all rows of a sheet that has no fault: how many; or the faults, and nothing is entered.
fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    kind: ImportKind,
    sheet: &Sheet,
) -> Result<Result<usize, (usize, Vec<Fault>)>> {
    fn all<K: Imported>(
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        sheet: &Sheet,
    ) -> Result<Result<usize, (usize, Vec<Fault>)>> {
        let checked = check::<K>(tx.connection, ctx, sheet)?;
        if !checked.faults.is_empty() {
            return Ok(Err((checked.rows, checked.faults)));
        }
        K::create(tx, &checked.commands)?;
        Ok(Ok(checked.commands.len()))
    }
    match kind {
        ImportKind::Contractors => all::<Contractors>(tx, ctx, sheet),
        ImportKind::Entrustments => all::<Entrustments>(tx, ctx, sheet),
    }
}

/// Shows what can be imported and takes a file.
async fn new(ctx: Ctx, kind: Path<ImportKind>) -> Result<HttpResponse> {
    let kind = kind.into_inner();
    let form = Form::default().view(ctx.language);
    ctx.page(&UploadView::new(ctx.language, kind, &fields(kind), form))
}

/// Hands out the template with its drop-downs.
async fn template(ctx: Ctx, kind: Path<ImportKind>) -> Result<HttpResponse> {
    let kind = kind.into_inner();
    let fields = fields(kind);
    let columns = views::template_columns(ctx.language, &fields);
    let title = views::kind_words(ctx.language, kind);
    let bytes = sheet::template(&title, &columns, &views::guide(ctx.language, &fields))?;
    Ok(attachment(&format!("{title}.xlsx"), XLSX, bytes))
}

/// Hands out the headings as CSV.
async fn template_csv(ctx: Ctx, kind: Path<ImportKind>) -> Result<HttpResponse> {
    let kind = kind.into_inner();
    let columns: Vec<_> = views::template_columns(ctx.language, &fields(kind))
        .into_iter()
        .map(|column| column.column)
        .collect();
    let title = views::kind_words(ctx.language, kind);
    let bytes =
        sheet::csv(Encoding::Utf8, &columns, [])?.map_err(|_lost| Error::internal("utf-8"))?;
    Ok(attachment(&format!("{title}.csv"), "text/csv; charset=utf-8", bytes))
}

/// Takes a file, looks at every cell, and keeps it until it is confirmed.
async fn upload(ctx: Ctx, kind: Path<ImportKind>, upload: Upload) -> Result<HttpResponse> {
    let kind = kind.into_inner();
    if upload.too_large || upload.bytes.is_empty() {
        let key = match (upload.too_large, upload.file_name.is_empty()) {
            (true, _) => "sheet-fault-size",
            (false, true) => "import-error-no-file",
            (false, false) => "sheet-fault-empty",
        };
        return refuse(&ctx, kind, &Invalid::at("file", Message::new(key)), &[]);
    }
    let file_name = plain_name(&upload.file_name);
    let bytes = Arc::new(upload.bytes);
    let sheet = match read(&ctx, file_name.clone(), Arc::clone(&bytes)).await? {
        Ok(sheet) => sheet,
        Err(faults) => {
            let first = faults
                .first()
                .map_or_else(|| Message::new("sheet-fault-broken"), |f| f.message.clone());
            return refuse(&ctx, kind, &Invalid::at("file", first), &faults);
        }
    };
    let (rows, faults) = ctx.read(move |c, ctx| looked_at(c, ctx, kind, &sheet)).await?;
    let id = ImportId::new(ctx.now);
    let tenant = ctx.organisation_id()?;
    let object = format!("{tenant}/import/{id}");
    let key = ctx.read(move |c, _| organisation::wrapped_key(c, tenant)).await?;
    ctx.portal.storage.put(&ctx.portal.secret, &key, &object, &bytes).await?;
    let new = NewImport { id, kind, file_name, rows, faults: faults.len(), object: object.clone() };
    let entered = ctx
        .write(move |tx, _| {
            let tenant = policy::upload(tx.actor)?;
            store::create(tx, &tenant, &new)
        })
        .await;
    if let Err(error) = entered {
        ctx.portal.storage.remove(&object).await?;
        return Err(error);
    }
    Ok(ctx.see_other(&format!("/imports/{kind}/{id}"), ""))
}

fn refuse(
    ctx: &Ctx,
    kind: ImportKind,
    invalid: &Invalid,
    faults: &[Fault],
) -> Result<HttpResponse> {
    let form = Form::default().view_with(ctx.language, invalid);
    let mut view = UploadView::new(ctx.language, kind, &fields(kind), form);
    view.faults = views::lines(ctx.language, None, faults);
    view.count = faults.len();
    ctx.invalid(&view)
}

/// Reads a file off the async workers.
async fn read(ctx: &Ctx, name: String, bytes: Arc<Vec<u8>>) -> Result<Result<Sheet, Vec<Fault>>> {
    let _permit = READING.acquire().await.map_err(Error::internal)?;
    ctx.read(move |_, _| Ok(sheet::read(&name, &bytes))).await
}

/// An upload of the actor's own, with its sheet read again.
async fn waiting(
    ctx: &Ctx,
    kind: ImportKind,
    id: ImportId,
) -> Result<(Import, Arc<Vec<u8>>, Sheet)> {
    let (import, key) = ctx
        .read(move |c, ctx| {
            let import = store::find(c, ctx.member()?, kind, id)?;
            let key = organisation::wrapped_key(c, import.tenant_id)?;
            Ok((import, key))
        })
        .await?;
    let bytes = Arc::new(ctx.portal.storage.get(&ctx.portal.secret, &key, &import.object).await?);
    let sheet = read(ctx, import.file_name.clone(), Arc::clone(&bytes)).await?;
    let sheet = sheet.map_err(|_stop| Error::internal("an upload was readable before"))?;
    Ok((import, bytes, sheet))
}

/// Shows what would be imported.
async fn preview(ctx: Ctx, path: Path<(ImportKind, ImportId)>) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let (import, _, sheet) = waiting(&ctx, kind, id).await?;
    let view = ctx
        .read(move |c, ctx| {
            let (rows, faults) = looked_at(c, ctx, kind, &sheet)?;
            Ok(preview_of(ctx, &import, &sheet, rows, &faults))
        })
        .await?;
    ctx.page(&view)
}

fn preview_of(
    ctx: &Ctx,
    import: &Import,
    sheet: &Sheet,
    rows: usize,
    faults: &[Fault],
) -> PreviewView {
    let id = import.id.to_string();
    PreviewView::new(ctx.language, import.kind, &id, &import.file_name, sheet, rows, faults)
}

/// Hands out the sheet with every wrong cell marked.
async fn marked(ctx: Ctx, path: Path<(ImportKind, ImportId)>) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let (import, _, sheet) = waiting(&ctx, kind, id).await?;
    let bytes = ctx
        .read(move |c, ctx| {
            let (_, faults) = looked_at(c, ctx, kind, &sheet)?;
            let words = views::by_row(ctx.language, &faults);
            sheet::marked(&sheet, &words, &ctx.text("import-marked-heading"))
        })
        .await?;
    let stem = import.file_name.rsplit_once('.').map_or("", |(stem, _)| stem);
    Ok(attachment(&format!("{stem}_{}.xlsx", jst_date(ctx.now)), XLSX, bytes))
}

/// Enters all rows, or none.
async fn confirm(
    ctx: Ctx,
    path: Path<(ImportKind, ImportId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let (import, bytes, sheet) = waiting(&ctx, kind, id).await?;
    let shown = import.clone();
    let entered = ctx
        .write(move |tx, ctx| {
            let import = policy::confirm(tx.actor, import)?;
            match enter(tx, ctx, kind, &sheet)? {
                Err((rows, faults)) => Ok(Err(preview_of(ctx, &import, &sheet, rows, &faults))),
                Ok(rows) => {
                    store::claim(tx, &import)?;
                    entry(tx, &import, rows, &storage::sha256(&bytes))?;
                    Ok(Ok(()))
                }
            }
        })
        .await?;
    if let Err(view) = entered {
        return ctx.invalid(&view);
    }
    forget(&ctx, shown).await;
    Ok(ctx.see_other(kind.list(), "done-imported"))
}

fn entry(tx: &mut Tx<'_>, import: &Import, rows: usize, hash: &str) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: import.tenant_id,
            act: "import.confirmed",
            subject_kind: "import",
            subject_id: import.id.as_str(),
            entrustment_id: None,
            details: vec![
                ("kind", json!(import.kind)),
                ("rows", json!(rows)),
                ("sha256", json!(hash)),
            ],
        },
    )
}

/// Takes an upload away. What doesn't succeed now the daily round does.
async fn forget(ctx: &Ctx, import: Import) {
    let removed = match ctx.portal.storage.remove(&import.object).await {
        Ok(()) => {
            ctx.write(move |tx, _| {
                let import = policy::confirm(tx.actor, import)?;
                store::remove(tx, &import)
            })
            .await
        }
        Err(error) => Err(error),
    };
    if let Err(error) = removed {
        tracing::warn!(%error, "an import is taken away later");
    }
}

/// Takes an upload back without entering anything.
async fn remove(ctx: Ctx, path: Path<(ImportKind, ImportId)>, _form: Form) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let import = ctx.read(move |c, ctx| store::find(c, ctx.member()?, kind, id)).await?;
    forget(&ctx, import).await;
    Ok(ctx.see_other(&format!("/imports/{kind}"), "done-import-removed"))
}
