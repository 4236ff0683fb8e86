//! The first sheet of an .xlsx workbook, cell by cell: two cells at far corners are two cells.

use std::io::Cursor;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};

use super::model::{At, Fault, Sheet, letters};
use super::read::Taker;
use crate::web::Message;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(whole: &At, bytes: &[u8]) -> Result<Sheet, Vec<Fault>> {
    let broken = || vec![Fault::new(whole.clone(), Message::new("sheet-fault-broken"))];
    // A reference of impossible length is arithmetic to the library; a forged workbook may not end
    // more than its own reading.
    std::panic::catch_unwind(AssertUnwindSafe(|| read_book(bytes)))
        .unwrap_or(Err(Stop::Broken))
        .map_err(|stop| match stop {
            Stop::Broken => broken(),
            Stop::Faults(faults) => faults,
        })
}

/// Why the reading ended.
enum Stop {
    Broken,
    Faults(Vec<Fault>),
}

impl From<XlsxError> for Stop {
    fn from(cause: XlsxError) -> Self {
        tracing::debug!(%cause, "a workbook could not be read");
        Self::Broken
    }
}

impl From<Vec<Fault>> for Stop {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

fn read_book(bytes: &[u8]) -> Result<Sheet, Stop> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes))?;
    let title = book.sheet_names().into_iter().next().ok_or(Stop::Broken)?;
    let name: Arc<str> = Arc::from(title.as_str());
    let merged = merged(&mut book, &title, &name)?;
    if !merged.is_empty() {
        return Err(Stop::Faults(merged));
    }
    let mut taker = Taker::new(&name);
    let mut cells = book.worksheet_cells_reader(&title)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        // A column further right than 65,536 is refused like any other beyond the limit.
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::String(text) | DataRef::DurationIso(text) => taker.take(row, column, text)?,
            DataRef::SharedString(text) => taker.take(row, column, text)?,
            DataRef::Int(number) => taker.take(row, column, &number.to_string())?,
            DataRef::Float(number) => taker.take(row, column, &number.to_string())?,
            DataRef::Bool(yes) => taker.take(row, column, if *yes { "TRUE" } else { "FALSE" })?,
            DataRef::DateTime(at) => taker.take(row, column, &date(at))?,
            DataRef::DateTimeIso(text) => {
                taker.take(row, column, text.strip_suffix("T00:00:00").unwrap_or(text))?;
            }
            DataRef::Error(_) => taker.fault(row, column, Message::new("sheet-fault-formula")),
        }
    }
    Ok(taker.finish()?)
}

/// A fault for each merged region: what a cell below another holds nobody can say.
fn merged(book: &mut Book<'_>, title: &str, name: &Arc<str>) -> Result<Vec<Fault>, Stop> {
    let regions = book.merge_cells_by_sheet_name(title)?;
    Ok(regions
        .into_iter()
        .take(100)
        .map(|region| {
            let cell = |(row, column): (u32, u32)| {
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                (row.saturating_add(1), column)
            };
            let (row, column) = cell(region.start);
            let (last_row, last_column) = cell(region.end);
            let range = format!("{}{row}:{}{last_row}", letters(column), letters(last_column));
            Fault::new(
                At::cell(name, row, column),
                Message::new("sheet-fault-merged").with("range", range),
            )
        })
        .collect())
}

/// A date of a sheet as ISO text, with the time of day where it has one.
fn date(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    if !at.is_datetime() || year < 1900 {
        return format!("{hour:02}:{minute:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}") }
}
