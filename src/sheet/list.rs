//! A list handed out whole: the same filter and order as on its page, all pages.
//!
//! A slice says what its list is ([`ListRows`]) and adds the routes of [`downloads`]. The order is
//! read once as ids; the rows come after it some hundred at a time.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::csv_write::{Encoding, Unwritable, csv};
use super::model::{Column, Kind};
use super::xlsx_write::xlsx;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::{jst_date, to_jst};
use crate::ledger;
use crate::web::{Access, Ctx, Route, View, attachment};

/// Rows read in one go.
const CHUNK: usize = 500;
/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A list that can be handed out as a file.
pub trait ListRows: Send + Sync + Sized + 'static {
    /// What the address names: `()`, or the id of the entrustment whose list it is.
    type Path: DeserializeOwned + 'static;
    /// What the address asks for: the page's own filter and order.
    type Query: DeserializeOwned + 'static;
    /// The id of a row.
    type Id: Send;
    /// The key of the title: the name of sheet and file.
    const TITLE: &'static str;

    /// The list that is asked for.
    fn asked(path: Self::Path, query: Self::Query) -> Self;

    /// Its columns, in the reader's language.
    fn columns(&self, ctx: &Ctx) -> Vec<Column>;

    /// The ids of all rows that the actor may see and that fit the filter, in their order.
    ///
    /// # Errors
    /// Those of the database.
    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Self::Id>>;

    /// The cells of some rows in the order of `ids`. A row that has gone meanwhile is left out.
    ///
    /// # Errors
    /// Those of the database.
    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[Self::Id],
    ) -> Result<Vec<Vec<String>>>;
}

/// A column of a list: the key of its heading, what its cells hold, and what they say of a row.
pub type ColumnOf<Row> = (&'static str, Kind, fn(&Ctx, &Row) -> String);

/// A list that is read whole, as the registers of an entrustment are: its columns are said once.
pub trait Listed: Send + Sync + Sized + 'static {
    /// What the address names.
    type Path: DeserializeOwned + 'static;
    /// What the address asks for: the page's own filter and order.
    type Query: DeserializeOwned + 'static;
    /// A row, with all that its cells say.
    type Row: Send + 'static;
    /// The key of the title.
    const TITLE: &'static str;

    /// The list that is asked for.
    fn asked(path: Self::Path, query: Self::Query) -> Self;

    /// Its columns from left to right.
    fn cells() -> Vec<ColumnOf<Self::Row>>;

    /// All rows that the actor may see and that fit the filter, in their order.
    ///
    /// # Errors
    /// Those of the database.
    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Self::Row>>;
}

impl<L: Listed> ListRows for L {
    type Path = L::Path;
    type Query = L::Query;
    type Id = L::Row;
    const TITLE: &'static str = L::TITLE;

    fn asked(path: Self::Path, query: Self::Query) -> Self {
        L::asked(path, query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        L::cells().iter().map(|(key, kind, _)| Column::new(ctx.text(key), *kind)).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<L::Row>> {
        self.all(connection, ctx)
    }

    fn rows(&self, _: &mut Connection, ctx: &Ctx, rows: &[L::Row]) -> Result<Vec<Vec<String>>> {
        let cells = L::cells();
        let said = |row| cells.iter().map(|(_, _, cell)| cell(ctx, row)).collect();
        Ok(rows.iter().map(said).collect())
    }
}

/// A day as lists have it; nothing where there is none.
#[must_use]
pub fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A moment in Japan's time as lists have it; nothing where there is none.
#[must_use]
pub fn moment(at: Option<Timestamp>) -> String {
    at.map(|at| to_jst(at).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// As what a list is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// CSV.
    Csv(Encoding),
}

/// The two routes of a list: `….xlsx` and `….csv`. A list of a whole organisation asks for a fresh
/// proof: it hands out everything at once.
#[must_use]
pub fn downloads<L: ListRows>(
    workbook: &'static str,
    csv: &'static str,
    access: Access,
) -> Vec<Route> {
    let routes =
        [Route::get(workbook, access, as_workbook::<L>), Route::get(csv, access, as_csv::<L>)];
    let whole = !workbook.contains('{');
    routes.map(Route::costly).map(|route| if whole { route.stepped_up() } else { route }).into()
}

/// The encoding that an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    encoding: String,
}

/// Hands out a list as a workbook.
async fn as_workbook<L: ListRows>(
    ctx: Ctx,
    path: Path<L::Path>,
    query: Query<L::Query>,
) -> Result<HttpResponse> {
    hand_out(&ctx, Format::Xlsx, L::asked(path.into_inner(), query.into_inner())).await
}

/// Hands out a list as CSV.
async fn as_csv<L: ListRows>(
    ctx: Ctx,
    path: Path<L::Path>,
    query: Query<L::Query>,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let encoding = if asked.encoding == "cp932" { Encoding::Cp932 } else { Encoding::Utf8 };
    hand_out(&ctx, Format::Csv(encoding), L::asked(path.into_inner(), query.into_inner())).await
}

/// The answer with a list as a file; or the page that lists what CP932 can't carry.
///
/// # Errors
/// Those of the list.
pub async fn hand_out<L: ListRows>(ctx: &Ctx, format: Format, list: L) -> Result<HttpResponse> {
    let ending = if format == Format::Xlsx { "xlsx" } else { "csv" };
    let title = ctx.text(L::TITLE);
    let name = format!("{title}_{}.{ending}", jst_date(ctx.now));
    let (made, rows) = ctx
        .read(move |c, ctx| {
            let ids = list.ids(c, ctx)?;
            Ok((file_of(c, ctx, format, &list, &ids)?, ids.len()))
        })
        .await?;
    if made.is_ok() {
        ledger::exported(ctx, L::TITLE, ending, rows).await?;
    }
    match made {
        Ok(bytes) if format == Format::Xlsx => Ok(attachment(&name, XLSX, bytes)),
        Ok(bytes) => {
            let utf8 = format == Format::Csv(Encoding::Utf8);
            let charset = if utf8 { "utf-8" } else { "shift_jis" };
            Ok(attachment(&name, &format!("text/csv; charset={charset}"), bytes))
        }
        Err(unwritable) => ctx.invalid(&UnwritableView::of(ctx, &unwritable)),
    }
}

/// The bytes of a list; or what CP932 can't carry.
///
/// # Errors
/// Those of the list.
pub fn file<L: ListRows>(
    connection: &mut Connection,
    ctx: &Ctx,
    format: Format,
    list: &L,
) -> Result<Result<Vec<u8>, Vec<Unwritable>>> {
    let ids = list.ids(connection, ctx)?;
    file_of(connection, ctx, format, list, &ids)
}

/// The same of rows whose ids are known.
fn file_of<L: ListRows>(
    connection: &mut Connection,
    ctx: &Ctx,
    format: Format,
    list: &L,
    ids: &[L::Id],
) -> Result<Result<Vec<u8>, Vec<Unwritable>>> {
    let columns = list.columns(ctx);
    let rows = ids.chunks(CHUNK).flat_map(|ids| match list.rows(connection, ctx, ids) {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    });
    match format {
        Format::Xlsx => xlsx(&ctx.text(L::TITLE), &columns, rows).map(Ok),
        Format::Csv(encoding) => csv(encoding, &columns, rows),
    }
}

/// What CP932 can't carry, for the reader to choose another way.
#[derive(Debug, Serialize)]
struct UnwritableView {
    characters: Vec<Character>,
    /// The list's own page.
    list: String,
    /// The same file in UTF-8.
    unicode: String,
}

#[expect(clippy::struct_field_names, reason = "the character itself")]
#[derive(Debug, Serialize)]
struct Character {
    character: String,
    code: String,
    count: usize,
    row: String,
    heading: String,
    text: String,
}

impl UnwritableView {
    fn of(ctx: &Ctx, unwritable: &[Unwritable]) -> Self {
        let page = ctx.path.trim_end_matches(".csv");
        let query: Vec<&str> = ctx
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("encoding="))
            .collect();
        let query = query.join("&");
        Self {
            characters: unwritable
                .iter()
                .map(|found| Character {
                    character: found.character.to_string(),
                    code: format!("U+{:04X}", u32::from(found.character)),
                    count: found.count,
                    row: found.row.to_string(),
                    heading: found.heading.clone(),
                    text: found.text.clone(),
                })
                .collect(),
            list: format!("{page}?{query}"),
            unicode: format!("{}?{query}", ctx.path),
        }
    }
}

impl View for UnwritableView {
    const TEMPLATE: &'static str = "sheet/unwritable.html";
    const TITLE: &'static str = "sheet-unwritable-title";
}

/// A sample of the page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let character = json!({ "character": "\u{20bb7}", "code": "U+20BB7", "count": 2, "row": "3",
        "heading": "name", "text": "\u{20bb7}" });
    vec![(
        UnwritableView::TEMPLATE,
        json!({ "characters": [character], "list": "/contractors", "unicode": "/contractors.csv" }),
    )]
}
