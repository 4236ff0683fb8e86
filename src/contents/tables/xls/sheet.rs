//! A sheet of BIFF8: once for what is hidden in it, once for its cells.

use std::io::{BufRead, Seek};

use super::super::TableHead;
use super::super::bounded::{End, Go};
use super::super::feed::{Feed, RowCells};
use super::super::number;
use super::globals::Globals;
use super::record::{Record, Records};
use super::text::{Texts, long_text};
use crate::contents::model::Hidden;

const BOF: u16 = 0x809;
const EOF: u16 = 0x0a;
const STRING: u16 = 0x207;
/// Most columns of a sheet.
const MAX_COLUMN: u16 = 256;

/// The rows that aren't shown.
pub(super) struct HiddenRows(Vec<bool>);

impl HiddenRows {
    fn hides(&self, row: u16) -> bool {
        self.0.get(usize::from(row)).copied().unwrap_or(false)
    }

    fn hide(&mut self, row: u16) {
        let index = usize::from(row);
        if self.0.len() <= index {
            self.0.resize(index + 1, false);
        }
        if let Some(hidden) = self.0.get_mut(index) {
            *hidden = true;
        }
    }
}

/// What is hidden in a sheet, and what its comments say.
///
/// # Errors
/// The sheet is broken.
pub(super) fn survey(
    records: &mut Records<impl BufRead + Seek>,
    head: &mut TableHead,
    feed: &mut Feed<'_>,
) -> Go<HiddenRows> {
    let mut rows = HiddenRows(Vec::new());
    each(records, |record| {
        match record.id {
            // ROW: hidden, or without height
            0x208 => {
                let none = record.short(6)?.trailing_zeros() >= 15;
                if none || record.short(12)? & 0x20 != 0 {
                    rows.hide(record.short(0)?);
                }
            }
            // COLINFO
            0x7d => {
                let hidden = record.short(8)? & 1 == 1 || record.short(4)? == 0;
                if hidden && head.hidden_columns.len() < usize::from(MAX_COLUMN) {
                    let last = record.short(2)?.min(MAX_COLUMN - 1);
                    head.hidden_columns.push(record.short(0)?..=last);
                }
            }
            // FILTERMODE
            0x9b => feed.aside.hides(Hidden::Filter, &head.name, 1),
            // NOTE
            0x1c => feed.aside.hides(Hidden::Comments, &head.name, 1),
            // TXO: the text of a comment or a shape goes on behind it
            0x1b6 => {
                let length = usize::from(record.short(10)?);
                let first = record.joints.first().copied().filter(|_| length > 0);
                if let Some(at) = first {
                    let mut text = String::new();
                    let wide = record.byte(at)? & 1 == 1;
                    Texts::new(record, at + 1).characters(length, wide, &mut text)?;
                    feed.aside.text(&text);
                }
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(rows)
}

/// Every record of a sheet but those of the charts in it.
fn each(
    records: &mut Records<impl BufRead + Seek>,
    mut take: impl FnMut(&Record<'_>) -> Go<bool>,
) -> Go {
    let mut depth = 0_u32;
    while let Some(record) = records.next()? {
        match record.id {
            BOF => depth += 1,
            _ if depth == 0 => return Err(End::BROKEN),
            EOF if depth == 1 => return Ok(()),
            EOF => depth -= 1,
            _ if depth > 1 => {}
            _ => {
                if !take(&record)? {
                    return Ok(());
                }
            }
        }
    }
    // A sheet without an end is cut off.
    Err(End::BROKEN)
}

/// A sheet whose cells are being read.
pub(super) struct SheetRead<'f, 'a> {
    globals: &'f Globals,
    hidden: &'f HiddenRows,
    feed: &'f mut Feed<'a>,
    cells: RowCells,
    row: Option<u16>,
    /// The column of a formula whose text is the next record.
    awaits: Option<u16>,
}

impl<'f, 'a> SheetRead<'f, 'a> {
    pub(super) fn new(
        globals: &'f Globals,
        hidden: &'f HiddenRows,
        feed: &'f mut Feed<'a>,
    ) -> Self {
        let cells = RowCells::new(feed.bounds);
        Self { globals, hidden, feed, cells, row: None, awaits: None }
    }

    /// Reads the cells.
    ///
    /// # Errors
    /// The sheet is broken, larger than is looked at, or nothing more is wanted.
    pub(super) fn read(mut self, records: &mut Records<impl BufRead + Seek>) -> Go {
        each(records, |record| self.take(record))?;
        self.end_row()?;
        Ok(())
    }

    fn take(&mut self, record: &Record<'_>) -> Go<bool> {
        if record.id == STRING {
            if let Some(column) = self.awaits.take() {
                let mut text = String::new();
                long_text(record, 0, &mut text)?;
                self.cells.put(column, &text)?;
            }
            return Ok(true);
        }
        if !matches!(record.id, 0xfd | 0x204 | 0xd6 | 0x203 | 0x27e | 0xbd | 0x06 | 0x205) {
            return Ok(true);
        }
        let (row, column, format) = (record.short(0)?, record.short(2)?, record.short(4)?);
        if self.row != Some(row) {
            if !self.end_row()? {
                return Ok(false);
            }
            self.row = Some(row);
        }
        self.cell(record, column, format)?;
        Ok(true)
    }

    fn cell(&mut self, record: &Record<'_>, column: u16, format: u16) -> Go {
        match record.id {
            // LABELSST
            0xfd => {
                let index = usize::try_from(record.long(6)?).unwrap_or(usize::MAX);
                let text = self.globals.strings.get(index).ok_or(End::BROKEN)?;
                self.cells.put(column, text)
            }
            // LABEL, RSTRING
            0x204 | 0xd6 => {
                let mut text = String::new();
                long_text(record, 6, &mut text)?;
                self.cells.put(column, &text)
            }
            // NUMBER
            0x203 => self.number(column, format, f64::from_le_bytes(record.array(6)?)),
            // RK
            0x27e => self.number(column, format, packed(record.array(6)?)),
            // MULRK: several, one beside the other
            0xbd => {
                let mut at = 4;
                let mut column = column;
                while at + 6 <= record.data.len().saturating_sub(2) {
                    self.number(column, record.short(at)?, packed(record.array(at + 2)?))?;
                    column = column.saturating_add(1);
                    at += 6;
                }
                Ok(())
            }
            // FORMULA
            0x06 => self.result(column, format, record.array(6)?),
            // BOOLERR
            0x205 if record.byte(7)? == 0 => self.cells.put(column, truth(record.byte(6)?)),
            _ => self.cells.put(column, error(record.byte(6)?)),
        }
    }

    /// What a formula came to.
    fn result(&mut self, column: u16, format: u16, value: [u8; 8]) -> Go {
        match value {
            [0, .., 0xff, 0xff] => {
                self.awaits = Some(column);
                Ok(())
            }
            [1, _, truth_of, .., 0xff, 0xff] => self.cells.put(column, truth(truth_of)),
            [2, _, code, .., 0xff, 0xff] => self.cells.put(column, error(code)),
            [.., 0xff, 0xff] => Ok(()),
            number => self.number(column, format, f64::from_le_bytes(number)),
        }
    }

    fn number(&mut self, column: u16, format: u16, number: f64) -> Go {
        let shown = self.globals.formats.get(usize::from(format)).unwrap_or(&number::PLAIN);
        let raw = number.to_string();
        let since = self.globals.since_1904;
        self.cells.write(column, |out| number::write(&raw, shown, since, out))
    }

    fn end_row(&mut self) -> Go<bool> {
        self.awaits = None;
        let Some(row) = self.row.take() else {
            return Ok(true);
        };
        let number = u32::from(row) + 1;
        let more = self.feed.row(number, self.hidden.hides(row), &mut self.cells)?;
        self.cells.clear();
        Ok(more)
    }
}

/// A number in four bytes (MS-XLS 2.5.217): an integer or the upper part of a fraction, perhaps a
/// hundredth of it.
fn packed(bytes: [u8; 4]) -> f64 {
    let bits = u32::from_le_bytes(bytes);
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(i32::from_le_bytes(bytes) >> 2)
    };
    if bits & 1 == 1 { number / 100.0 } else { number }
}

fn truth(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
