//! Pages of imports: a template, the upload, the preview, the confirmation.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Semaphore;

use super::check::Seen;
use super::kind::Done;
use super::kinds::{Entered, choices, enter, fields, seen};
use super::model::{Import, ImportId, ImportKind, NewImport};
use super::register::scope_of;
use super::views::{self, Place, PreviewView, UploadView};
use super::workbook;
use super::{policy, store};
use crate::database::Tx;
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::ledger::{self, NewEntry};
use crate::organisation;
use crate::sheet::{self, Encoding, Fault, Sheet};
use crate::storage;
use crate::storage::file::plain_name;
use crate::transmission;
use crate::web::{Access, Ctx, Form, Invalid, MAX_UPLOAD, Message, Route, Upload, attachment};

/// Sheets unpacked at the same time: each may take some hundred megabytes at its worst.
static READING: Semaphore = Semaphore::const_new(2);

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The routes of imports. Who may import which kind its policy says.
#[must_use]
pub fn routes() -> Vec<Route> {
    const WRITER: Access = Access::Roles(transmission::WRITERS);
    vec![
        Route::get("/imports/{kind}", WRITER, new),
        Route::post("/imports/{kind}", WRITER, upload).without_entry().limit(MAX_UPLOAD).costly(),
        Route::get("/imports/{kind}/template.xlsx", WRITER, template),
        Route::get("/imports/{kind}/template.csv", WRITER, template_csv),
        Route::get("/imports/{kind}/{id}", WRITER, preview),
        Route::get("/imports/{kind}/{id}/marked.xlsx", WRITER, marked).costly(),
        Route::post("/imports/{kind}/{id}", WRITER, confirm),
        Route::post("/imports/{kind}/{id}/removal", WRITER, remove).without_entry(),
    ]
}

/// The entrustment from whose page a file is chosen.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Asking {
    entrustment: Option<EntrustmentId>,
}

/// What is imported, and into what, when the actor may.
async fn place(ctx: &Ctx, kind: ImportKind, asking: Asking) -> Result<Place> {
    policy::may(&ctx.actor, kind)?;
    let Some(id) = asking.entrustment.filter(|_| kind.is_register()) else {
        return Ok(Place { kind, scope: None });
    };
    let scope = ctx.read(move |c, ctx| scope_of(c, ctx, kind, id)).await?;
    Ok(Place { kind, scope: Some(scope) })
}

/// Shows what can be imported and takes a file.
async fn new(ctx: Ctx, kind: Path<ImportKind>, asking: Query<Asking>) -> Result<HttpResponse> {
    let place = place(&ctx, kind.into_inner(), asking.into_inner()).await?;
    let form = Form::default().view(ctx.language);
    ctx.page(&UploadView::new(ctx.language, &place, form))
}

/// Hands out the template with its drop-downs.
async fn template(ctx: Ctx, kind: Path<ImportKind>, asking: Query<Asking>) -> Result<HttpResponse> {
    let place = place(&ctx, kind.into_inner(), asking.into_inner()).await?;
    let fields = fields(place.kind, place.id());
    let mut columns = workbook::template_columns(ctx.language, &fields);
    let kind = place.kind;
    let stored = ctx.read(move |c, ctx| choices(c, ctx, kind)).await?;
    for (column, field) in columns.iter_mut().zip(&fields) {
        if let Some((_, words)) = stored.iter().find(|(name, _)| *name == field.name) {
            column.choices.clone_from(words);
        }
    }
    let title = views::kind_words(ctx.language, place.kind);
    let bytes = sheet::template(&title, &columns, &workbook::guide(ctx.language, &fields))?;
    Ok(attachment(&format!("{title}.xlsx"), XLSX, bytes))
}

/// Hands out the headings as CSV.
async fn template_csv(
    ctx: Ctx,
    kind: Path<ImportKind>,
    asking: Query<Asking>,
) -> Result<HttpResponse> {
    let place = place(&ctx, kind.into_inner(), asking.into_inner()).await?;
    let fields = fields(place.kind, place.id());
    let columns: Vec<_> = workbook::template_columns(ctx.language, &fields)
        .into_iter()
        .map(|column| column.column)
        .collect();
    let title = views::kind_words(ctx.language, place.kind);
    let bytes =
        sheet::csv(Encoding::Utf8, &columns, [])?.map_err(|_lost| Error::internal("utf-8"))?;
    Ok(attachment(&format!("{title}.csv"), "text/csv; charset=utf-8", bytes))
}

/// Takes a file, looks at every cell, and keeps it until it is confirmed.
async fn upload(
    ctx: Ctx,
    kind: Path<ImportKind>,
    asking: Query<Asking>,
    upload: Upload,
) -> Result<HttpResponse> {
    let place = place(&ctx, kind.into_inner(), asking.into_inner()).await?;
    if upload.too_large || upload.bytes.is_empty() {
        let key = match (upload.too_large, upload.file_name.is_empty()) {
            (true, _) => "sheet-fault-size",
            (false, true) => "import-error-no-file",
            (false, false) => "sheet-fault-empty",
        };
        return refuse(&ctx, &place, &Invalid::at("file", Message::new(key)), &[]);
    }
    let file_name = plain_name(&upload.file_name);
    let bytes = Arc::new(upload.bytes);
    let sheet = match read(&ctx, file_name.clone(), Arc::clone(&bytes)).await? {
        Ok(sheet) => sheet,
        Err(faults) => {
            let first = faults
                .first()
                .map_or_else(|| Message::new("sheet-fault-broken"), |f| f.message.clone());
            return refuse(&ctx, &place, &Invalid::at("file", first), &faults);
        }
    };
    let (kind, scope) = (place.kind, place.id());
    let seen = ctx.read(move |c, ctx| seen(c, ctx, (kind, scope), &sheet)).await?;
    let id = keep(&ctx, place, file_name, &seen, &bytes).await?;
    Ok(ctx.see_other(&format!("/imports/{kind}/{id}"), ""))
}

/// Keeps an upload, encrypted for whom its rows are.
async fn keep(
    ctx: &Ctx,
    place: Place,
    file_name: String,
    seen: &Seen,
    bytes: &[u8],
) -> Result<ImportId> {
    let id = ImportId::new(ctx.now);
    let (kind, entrustment_id) = (place.kind, place.id());
    let tenant = place.scope.as_ref().map_or(ctx.organisation_id()?, |of| of.tenant_id);
    let object = format!("{tenant}/import/{id}");
    let key = ctx.read(move |c, _| organisation::wrapped_key(c, tenant)).await?;
    ctx.portal.storage.put(&ctx.portal.secret, &key, &object, bytes).await?;
    let (rows, faults) = (seen.rows, seen.faults.len());
    let new =
        NewImport { id, kind, entrustment_id, file_name, rows, faults, object: object.clone() };
    let entered = ctx
        .write(move |tx, _| {
            let tenant = policy::upload(tx.connection, tx.actor, kind, place.scope)?;
            store::create(tx, &tenant, &new)
        })
        .await;
    if let Err(error) = entered {
        ctx.portal.storage.remove(&object).await?;
        return Err(error);
    }
    Ok(id)
}

fn refuse(ctx: &Ctx, place: &Place, invalid: &Invalid, faults: &[Fault]) -> Result<HttpResponse> {
    let form = Form::default().view_with(ctx.language, invalid);
    let mut view = UploadView::new(ctx.language, place, form);
    view.faults = views::lines(ctx.language, None, faults);
    view.count = faults.len();
    ctx.invalid(&view)
}

/// Reads a file off the async workers.
async fn read(ctx: &Ctx, name: String, bytes: Arc<Vec<u8>>) -> Result<Result<Sheet, Vec<Fault>>> {
    let _permit = READING.acquire().await.map_err(Error::internal)?;
    ctx.read(move |_, _| Ok(sheet::read(&name, &bytes))).await
}

/// An upload that waits, with its sheet read again.
struct Waiting {
    import: Import,
    scope: Option<Entrustment>,
    bytes: Arc<Vec<u8>>,
    sheet: Sheet,
}

/// An upload of the actor's own, with its sheet read again.
async fn waiting(ctx: &Ctx, kind: ImportKind, id: ImportId) -> Result<Waiting> {
    let (import, scope, key) = ctx
        .read(move |c, ctx| {
            let import = store::find(c, policy::may(&ctx.actor, kind)?, kind, id)?;
            let scope = match import.entrustment_id {
                Some(id) => Some(scope_of(c, ctx, kind, id)?),
                None => None,
            };
            let key = organisation::wrapped_key(c, import.tenant_id)?;
            Ok((import, scope, key))
        })
        .await?;
    let bytes = Arc::new(ctx.portal.storage.get(&ctx.portal.secret, &key, &import.object).await?);
    let sheet = read(ctx, import.file_name.clone(), Arc::clone(&bytes)).await?;
    let sheet = sheet.map_err(|_stop| Error::internal("an upload was readable before"))?;
    Ok(Waiting { import, scope, bytes, sheet })
}

/// Shows what would be imported.
async fn preview(ctx: Ctx, path: Path<(ImportKind, ImportId)>) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let waiting = waiting(&ctx, kind, id).await?;
    let view = ctx
        .read(move |c, ctx| {
            let of = (kind, waiting.import.entrustment_id);
            let seen = seen(c, ctx, of, &waiting.sheet)?;
            let place = Place { kind, scope: waiting.scope };
            let form = Form::default().view(ctx.language);
            Ok(PreviewView::new(
                ctx.language,
                &place,
                (&waiting.import, &waiting.sheet),
                &seen,
                form,
            ))
        })
        .await?;
    ctx.page(&view)
}

/// Hands out the sheet with every wrong cell marked, and every row that breaks a rule.
async fn marked(ctx: Ctx, path: Path<(ImportKind, ImportId)>) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let Waiting { import, sheet, .. } = waiting(&ctx, kind, id).await?;
    let stem = import.file_name.rsplit_once('.').map_or("", |(stem, _)| stem).to_owned();
    let bytes = ctx
        .read(move |c, ctx| {
            let seen = seen(c, ctx, (kind, import.entrustment_id), &sheet)?;
            let words = workbook::by_row(ctx.language, &seen);
            sheet::marked(&sheet, &words, &ctx.text("import-marked-heading"))
        })
        .await?;
    Ok(attachment(&format!("{stem}_{}.xlsx", jst_date(ctx.now)), XLSX, bytes))
}

/// Enters all rows, or none.
async fn confirm(ctx: Ctx, path: Path<(ImportKind, ImportId)>, form: Form) -> Result<HttpResponse> {
    let (kind, id) = path.into_inner();
    let Waiting { import, scope, bytes, sheet } = waiting(&ctx, kind, id).await?;
    let shown = import.clone();
    let entered = ctx
        .write(move |tx, ctx| {
            let import = policy::confirm(tx.actor, import)?;
            match enter(tx, ctx, (kind, import.entrustment_id), &sheet, &form)? {
                Entered::Not(seen, invalid) => {
                    let place = Place { kind, scope };
                    let form = form.view_with(ctx.language, &invalid);
                    let of = (&*import, &sheet);
                    Ok(Err(PreviewView::new(ctx.language, &place, of, &seen, form)))
                }
                Entered::Done(done) => {
                    store::claim(tx, &import)?;
                    let hash = storage::sha256(&bytes);
                    done.iter().try_for_each(|done| entry(tx, &import, done, &hash))?;
                    Ok(Ok(done))
                }
            }
        })
        .await?;
    let done = match entered {
        Ok(done) => done,
        Err(view) => return ctx.invalid(&view),
    };
    forget(&ctx, shown).await;
    let only = if let [one] = done.as_slice() { one.entrustment } else { None };
    Ok(ctx.see_other(&kind.list(only), kind.done()))
}

/// Tells the principal's ledger of the upload: what each row became stands there already.
fn entry(tx: &mut Tx<'_>, import: &Import, done: &Done, hash: &str) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: done.tenant_id,
            act: "import.confirmed",
            subject_kind: "import",
            subject_id: import.id.as_str(),
            entrustment_id: done.entrustment.as_ref().map(EntrustmentId::as_str),
            details: vec![
                ("kind", json!(import.kind)),
                ("rows", json!(done.rows)),
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
    let find = move |c: &mut _, ctx: &Ctx| store::find(c, policy::may(&ctx.actor, kind)?, kind, id);
    let import = ctx.read(find).await?;
    let scope = import.entrustment_id;
    forget(&ctx, import).await;
    Ok(ctx.see_other(&views::path(kind, scope), "done-import-removed"))
}
