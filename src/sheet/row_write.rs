//! A list written row by row while its rows come: .xlsx, or text with its columns set apart.
//!
//! Several can be written at once from rows that are read once. Nothing becomes a formula, and the
//! same rows give the same bytes.

use std::io::Write;

use chrono::{Datelike, Timelike};
use encoding_rs::SHIFT_JIS;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::csv_write::{Encoding, harmless};
use super::model::Column;
use super::xlsx_write::{begin, text_format, write};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::japanese::to_jst;

/// As what a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A workbook.
    Xlsx,
    /// Text, its cells set apart by commas.
    Csv(Encoding),
    /// Text, its cells set apart by tabs.
    Tsv(Encoding),
}

/// What stands around the rows of a list.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The name of the sheet.
    pub title: &'a str,
    /// Lines above the headings.
    pub lines: &'a [String],
    /// The columns.
    pub columns: &'a [Column],
    /// When it is made.
    pub at: Timestamp,
}

/// A list on its way into `to`.
pub struct RowWriter<W: Write> {
    columns: Vec<Column>,
    inner: Inner<W>,
}

enum Inner<W: Write> {
    Book { book: Box<Workbook>, text: Format, next: u32, to: W },
    Text { writer: Box<csv::Writer<W>>, encoding: Encoding },
}

impl<W: Write> std::fmt::Debug for RowWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowWriter").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<W: Write> RowWriter<W> {
    /// Begins a list: the lines above it, and its headings.
    ///
    /// # Errors
    /// When it can't be written; [`Error::Conflict`] for a sign that the encoding can't carry.
    pub fn begin(shape: Shape, head: Head<'_>, to: W) -> Result<Self> {
        let inner = match shape {
            Shape::Xlsx => book(&head, to).map_err(Error::internal)?,
            Shape::Csv(encoding) => text(&head, encoding, b',', to)?,
            Shape::Tsv(encoding) => text(&head, encoding, b'\t', to)?,
        };
        Ok(Self { columns: head.columns.to_vec(), inner })
    }

    /// Writes a row: a cell for each column.
    ///
    /// # Errors
    /// Those of [`Self::begin`].
    pub fn row(&mut self, cells: &[String]) -> Result<()> {
        match &mut self.inner {
            Inner::Book { book, text, next, .. } => {
                let sheet = book.worksheet_from_index(0).map_err(Error::internal)?;
                for (at, (column, cell)) in (0_u16..).zip(self.columns.iter().zip(cells)) {
                    write(sheet, *next, at, column.kind, cell, text).map_err(Error::internal)?;
                }
                *next += 1;
                Ok(())
            }
            Inner::Text { writer, encoding } => {
                let cells = self.columns.iter().zip(cells);
                let cells: Vec<String> =
                    cells.map(|(column, cell)| harmless(column.kind, cell)).collect();
                record(writer, *encoding, &cells)
            }
        }
    }

    /// Ends the list, and gives back where it was written to.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(self) -> Result<W> {
        match self.inner {
            Inner::Book { mut book, mut to, .. } => {
                let bytes = book.save_to_buffer().map_err(Error::internal)?;
                to.write_all(&bytes).map_err(Error::internal)?;
                Ok(to)
            }
            Inner::Text { writer, .. } => {
                writer.into_inner().map_err(|failed| Error::internal(failed.error()))
            }
        }
    }
}

fn book<W: Write>(head: &Head<'_>, to: W) -> Result<Inner<W>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment(head.at)?));
    let sheet = book.add_worksheet_with_constant_memory()?;
    let top = u32::try_from(head.lines.len()).unwrap_or(u32::MAX);
    begin(sheet, head.title, head.columns.iter(), head.lines)?;
    Ok(Inner::Book { book: Box::new(book), text: text_format(), next: top + 1, to })
}

/// When a workbook is made: by the clock of the portal, so that the same list is the same file.
fn moment(at: Timestamp) -> Result<ExcelDateTime, XlsxError> {
    let at = to_jst(at);
    let (year, month, day) = (at.year(), at.month(), at.day());
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let hour = u16::try_from(at.hour()).unwrap_or_default();
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or_default(), part(month), part(day))?
        .and_hms(hour, part(at.minute()), f64::from(at.second()))
}

fn text<W: Write>(
    head: &Head<'_>,
    encoding: Encoding,
    delimiter: u8,
    mut to: W,
) -> Result<Inner<W>> {
    if encoding == Encoding::Utf8 {
        to.write_all(&[0xef, 0xbb, 0xbf]).map_err(Error::internal)?;
    }
    let writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(to);
    let mut writer = Box::new(writer);
    for line in head.lines {
        record(&mut writer, encoding, &[harmless(super::Kind::Text, line)])?;
    }
    let headings: Vec<String> =
        head.columns.iter().map(|column| harmless(super::Kind::Text, &column.heading)).collect();
    record(&mut writer, encoding, &headings)?;
    Ok(Inner::Text { writer, encoding })
}

fn record<W: Write>(
    writer: &mut csv::Writer<W>,
    encoding: Encoding,
    cells: &[String],
) -> Result<()> {
    if encoding == Encoding::Utf8 {
        return writer.write_record(cells).map_err(Error::internal);
    }
    let mut encoded = Vec::with_capacity(cells.len());
    for cell in cells {
        let (bytes, _, replaced) = SHIFT_JIS.encode(cell);
        if replaced {
            return Err(Error::Conflict("sheet-unwritable-cp932"));
        }
        encoded.push(bytes.into_owned());
    }
    writer.write_record(encoded).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{self, Kind};
    use crate::testing::jst;

    fn written(shape: Shape, lines: &[String]) -> Vec<u8> {
        let columns = [
            Column::new("番号".to_owned(), Kind::Code),
            Column::new("氏名".to_owned(), Kind::Text),
            Column::new("給与".to_owned(), Kind::Number),
        ];
        let at = jst("2026-04-01T09:00:00");
        let head = Head { title: "名簿", lines, columns: &columns, at };
        let mut writer = RowWriter::begin(shape, head, Vec::new()).unwrap();
        for cells in [["007", "髙橋", "250000"], ["008", "=1+1", ""]] {
            writer.row(&cells.map(str::to_owned)).unwrap();
        }
        writer.finish().unwrap()
    }

    fn rows(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = sheet::read(name, bytes).unwrap();
        let cells = |row: sheet::Row| row.cells.into_iter().map(|(_, text)| text).collect();
        sheet.rows.into_iter().map(cells).collect()
    }

    #[test]
    fn a_list_is_read_back_as_it_was_written() {
        let lines = ["職員の名簿".to_owned()];
        let xlsx = rows("a.xlsx", &written(Shape::Xlsx, &lines));
        assert_eq!(xlsx[0], ["職員の名簿"]);
        assert_eq!(xlsx[1], ["番号", "氏名", "給与"]);
        assert_eq!(xlsx[2], ["007", "髙橋", "250000"]);
        assert_eq!(xlsx[3], ["008", "=1+1"], "a word, no formula");
        for encoding in [Encoding::Utf8, Encoding::Cp932] {
            let bytes = written(Shape::Csv(encoding), &[]);
            let csv = rows("a.csv", &bytes);
            assert_eq!(csv[1], ["007", "髙橋", "250000"]);
            assert_eq!(csv[2], ["008", "=1+1"], "the reader takes the mark away again");
            assert!(bytes.windows(8).any(|text| text == b"8,'=1+1,"), "no formula to others");
        }
        let tsv = written(Shape::Tsv(Encoding::Cp932), &[]);
        assert_eq!(tsv.split(|byte| *byte == b'\t').count(), 7);
    }

    #[test]
    fn the_same_rows_are_the_same_file() {
        for shape in [Shape::Xlsx, Shape::Csv(Encoding::Utf8)] {
            assert_eq!(written(shape, &[]), written(shape, &[]));
        }
    }

    #[test]
    fn a_sign_that_the_encoding_cannot_carry_is_not_replaced() {
        let at = jst("2026-04-01T09:00:00");
        let columns = [Column::new("氏名".to_owned(), Kind::Text)];
        let head = Head { title: "", lines: &[], columns: &columns, at };
        let shape = Shape::Csv(Encoding::Cp932);
        let mut writer = RowWriter::begin(shape, head, Vec::new()).unwrap();
        let refused = writer.row(&["\u{20bb7}田".to_owned()]);
        assert!(matches!(refused, Err(Error::Conflict("sheet-unwritable-cp932"))));
    }
}
