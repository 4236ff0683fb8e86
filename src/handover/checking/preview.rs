//! The first rows of a list: masked for whoever puts the hand-over together and whoever decides, and
//! open in one answer to whoever says why.

use std::io::{Read, Seek};

use actix_web::HttpResponse;
use actix_web::web::{Path, block};

use super::mask;
use super::policy::{self, READERS};
use super::preview_views::{PreviewView, RowView, SheetView};
use super::store;
use crate::contents::{
    self, Bounds, Contents, DataKind, Format, Next, RowRead, Rows, Table, TableHead,
};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::handover::model::{File, FileId, FileState, Handover, HandoverId};
use crate::handover::policy::Of;
use crate::handover::{store as desk, upload};
use crate::storage::Parts;
use crate::web::{Access, Ctx, Fields, Form, Invalid, Message, Route, Rule};

/// The path of it.
const PATH: &str = "/entrustments/{id}/hand-overs/{handover}/files/{file}/preview";

/// Rows that are shown of each table.
const ROWS: usize = 20;

/// Tables that are shown.
const TABLES: usize = 20;

/// Columns that are shown.
const COLUMNS: usize = 60;

/// The entrustment, its hand-over, and the file.
type Ids = (EntrustmentId, HandoverId, FileId);

/// The routes of it.
pub(super) fn routes() -> Vec<Route> {
    const READER: Access = Access::Roles(READERS);
    vec![Route::get(PATH, READER, show).costly(), Route::post(PATH, READER, open).costly()]
}

/// A file that may be looked into.
struct Opened {
    entrustment: Entrustment,
    handover: Handover,
    file: File,
    contents: Contents,
    parts: Parts,
}

/// The file with its bytes, once it was looked at and nothing bad was found.
fn opened(c: &mut Connection, ctx: &Ctx, of: Of, file: File) -> Result<Opened> {
    let (entrustment, handover) = of;
    let contents = if file.state == FileState::Checked { file.found() } else { None };
    let contents = contents.ok_or(Error::Conflict("handover-preview-not-yet"))?;
    let parts = upload::parts_of(c, &ctx.portal, &file)?;
    Ok(Opened { entrustment, handover, file, contents, parts })
}

fn load(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<(Entrustment, Handover, File)> {
    let entrustment = entrustment::find(c, &ctx.actor, ids.0)?;
    let handover = desk::find(c, &entrustment, ids.1)?;
    let file = desk::file(c, &handover, ids.2)?;
    Ok((entrustment, handover, file))
}

/// Looks the file up for a reader.
fn find(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<Opened> {
    let (entrustment, handover, file) = load(c, ctx, ids)?;
    let of = policy::preview(c, &ctx.actor, entrustment, handover)?.into_inner();
    opened(c, ctx, of, file)
}

/// Shows the first rows, masked.
async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let opened = ctx.read(move |c, ctx| find(c, ctx, ids)).await?;
    let view = view(&ctx, opened, mask::masked, &Form::default(), &Invalid::default()).await?;
    ctx.page(&view)
}

/// The reason for which it is opened.
fn parse(form: &Form) -> Result<String, Invalid> {
    let mut f = Fields::of(form);
    let reason = f.text("reason", Rule::text(500));
    if reason.as_deref().is_some_and(crate::japanese::contains_my_number) {
        f.error("reason", Message::new("handover-error-my-number"));
    }
    f.finish(|| reason)
}

/// Shows the first rows open, in this answer alone: the entry of the ledger comes before.
async fn open(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let reason = match parse(&form) {
        Ok(reason) => reason,
        Err(invalid) => {
            let opened = ctx.read(move |c, ctx| find(c, ctx, ids)).await?;
            let view = view(&ctx, opened, mask::masked, &form, &invalid).await?;
            return ctx.invalid(&view);
        }
    };
    let opened = ctx
        .write(move |tx, ctx| {
            let (entrustment, handover, file) = load(tx.connection, ctx, ids)?;
            let of = policy::preview(tx.connection, tx.actor, entrustment, handover)?;
            store::previewed(tx, &of, &file, &reason)?;
            opened(tx.connection, ctx, of.into_inner(), file)
        })
        .await?;
    let mut view = view(&ctx, opened, mask::open, &Form::default(), &Invalid::default()).await?;
    view.open = true;
    ctx.page(&view)
}

/// How a value is shown.
type Show = fn(Option<DataKind>, &str) -> String;

/// Reads the first rows off the async workers, without a connection in hand.
async fn view(
    ctx: &Ctx,
    opened: Opened,
    shown: Show,
    form: &Form,
    invalid: &Invalid,
) -> Result<PreviewView> {
    let Opened { entrustment, handover, file, contents, parts } = opened;
    let reading = move || {
        let mut first = First::of(&contents, shown);
        first.read(&mut parts.reader()).map(|whole| (first.sheets, whole))
    };
    let Ok(read) = block(reading).await else {
        return Err(Error::Unavailable("the workers are busy".into()));
    };
    let (sheets, whole) = read.map_err(Error::internal)?;
    Ok(PreviewView {
        form: form.view_with(ctx.language, invalid),
        entrustment,
        handover,
        file: file.id,
        name: file.name,
        sheets,
        whole,
        open: false,
    })
}

/// Whether a format has rows.
fn has_rows(format: Format) -> bool {
    matches!(
        format,
        Format::Csv | Format::Tsv | Format::Xlsx | Format::Xlsm | Format::Xls | Format::Ods
    )
}

/// Gathers the first rows of each table.
struct First<'a> {
    contents: &'a Contents,
    shown: Show,
    /// The table that is being read, as it was found.
    known: Option<&'a Table>,
    sheets: Vec<SheetView>,
}

impl<'a> First<'a> {
    fn of(contents: &'a Contents, shown: Show) -> Self {
        Self { contents, shown, known: None, sheets: Vec::new() }
    }

    /// Reads them; false when the file can't be read as rows.
    fn read(&mut self, file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
        if !has_rows(self.contents.format) {
            return Ok(false);
        }
        let format = self.contents.format;
        Ok(contents::rows(format, file, &Bounds::default(), self)?.is_ok())
    }

    /// The columns of the table as they were found, with their kinds.
    fn columns(&self) -> impl Iterator<Item = &'a contents::ColumnFound> {
        self.known.into_iter().flat_map(|table| table.columns.iter().take(COLUMNS))
    }
}

impl Rows for First<'_> {
    fn table(&mut self, table: &TableHead) -> Next {
        if self.sheets.len() >= TABLES {
            return Next::Stop;
        }
        let at = self.sheets.len();
        let tables = &self.contents.tables;
        let known = tables.get(at).filter(|known| known.name == table.name);
        self.known = known.or_else(|| tables.iter().find(|known| known.name == table.name));
        self.sheets.push(SheetView {
            name: table.name.clone(),
            hidden: table.hidden,
            headings: self.columns().map(|column| column.heading.clone()).collect(),
            rows: Vec::new(),
        });
        if self.known.is_some() { Next::Go } else { Next::SkipTable }
    }

    fn row(&mut self, row: &RowRead<'_>) -> Next {
        let heading = self.known.map_or(0, |table| table.heading_row);
        if row.number <= heading {
            return Next::Go;
        }
        let value = |column: &contents::ColumnFound| {
            let cell = row.cells.iter().find(|(at, _)| *at == column.at);
            cell.map(|(_, text)| (self.shown)(column.kind, text)).unwrap_or_default()
        };
        let cells: Vec<String> = self.columns().map(value).collect();
        if cells.iter().all(String::is_empty) {
            return Next::Go;
        }
        let view = RowView { number: row.number, hidden: row.hidden, cells };
        match self.sheets.last_mut() {
            Some(sheet) => {
                sheet.rows.push(view);
                if sheet.rows.len() < ROWS { Next::Go } else { Next::SkipTable }
            }
            None => Next::Stop,
        }
    }
}
