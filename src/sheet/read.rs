//! A file read into a sheet.

use std::sync::Arc;

use super::model::{At, Fault, Row, Sheet};
use super::{archive, csv_read, workbook};
use crate::web::Message;

/// Most bytes of a file.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;
/// Most rows, the headings not counted.
pub const MAX_ROWS: usize = 20_000;
/// Most columns.
pub const MAX_COLUMNS: u16 = 200;
/// Most cells that hold something.
const MAX_CELLS: usize = 1_000_000;
/// Most bytes of text in all cells.
const MAX_TEXT: usize = 64 * 1024 * 1024;
/// Most characters of a cell, as the programs for sheets have it.
const MAX_CELL: usize = 32_767;

/// Reads a file by its name's ending and its content.
///
/// # Errors
/// Every fault with its place; nothing is read then.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Sheet, Vec<Fault>> {
    let (stem, ending) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let whole = At::sheet(&Arc::from(stem));
    let refuse = |key: &'static str| Err(vec![Fault::new(whole.clone(), Message::new(key))]);
    if bytes.is_empty() {
        return refuse("sheet-fault-empty");
    }
    if bytes.len() > MAX_BYTES {
        return refuse("sheet-fault-size");
    }
    // An OLE file: the old .xls, or a workbook under a password.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return refuse("sheet-fault-protected");
    }
    match ending.to_lowercase().as_str() {
        "xlsm" | "xltm" | "xlam" | "xlsb" => refuse("sheet-fault-macro"),
        "xlsx" if bytes.starts_with(b"PK") => {
            archive::look(bytes).map_err(|message| vec![Fault::new(whole.clone(), message)])?;
            workbook::read(&whole, bytes)
        }
        "csv" if !bytes.starts_with(b"PK\x03\x04") => csv_read::read(&whole, bytes),
        "xlsx" | "csv" => refuse("sheet-fault-content"),
        _ => refuse("sheet-fault-type"),
    }
}

/// Takes cells one by one in the order of the file and says when there are too many.
pub(super) struct Taker {
    name: Arc<str>,
    rows: Vec<Row>,
    cells: usize,
    text: usize,
    pub(super) faults: Vec<Fault>,
}

impl Taker {
    pub(super) fn new(name: &Arc<str>) -> Self {
        Self { name: Arc::clone(name), rows: Vec::new(), cells: 0, text: 0, faults: Vec::new() }
    }

    /// A fault at a cell; the first thousand are enough.
    pub(super) fn fault(&mut self, row: u32, column: u16, message: Message) {
        if self.faults.len() < 1000 {
            self.faults.push(Fault::new(At::cell(&self.name, row, column), message));
        }
    }

    /// Takes a cell; the row counts from 1.
    ///
    /// # Errors
    /// What ends the reading: the sheet is larger than is taken.
    pub(super) fn take(&mut self, row: u32, column: u16, text: &str) -> Result<(), Vec<Fault>> {
        let kept = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if kept.is_empty() {
            return Ok(());
        }
        let at = At::cell(&self.name, row, column);
        let refuse =
            |key, most: usize| Err(vec![Fault::new(at, Message::new(key).with("max", most))]);
        if column >= MAX_COLUMNS {
            return refuse("sheet-fault-columns", usize::from(MAX_COLUMNS));
        }
        self.cells += 1;
        self.text += kept.len();
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return refuse("sheet-fault-cells", MAX_CELLS);
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            let far = usize::try_from(row).unwrap_or(usize::MAX) > 2 * MAX_ROWS;
            if self.rows.len() > MAX_ROWS || far {
                return refuse("sheet-fault-rows", MAX_ROWS);
            }
            self.rows.push(Row { number: row, cells: Vec::new() });
        }
        if kept.len() > MAX_CELL && kept.chars().count() > MAX_CELL {
            self.fault(row, column, Message::new("error-too-long").with("max", MAX_CELL));
            return Ok(());
        }
        if kept.contains('\u{fffd}') {
            self.fault(row, column, Message::new("sheet-fault-replaced"));
        }
        if let Some(last) = self.rows.last_mut() {
            last.cells.push((column, plain(kept)));
        }
        Ok(())
    }

    /// The sheet.
    ///
    /// # Errors
    /// The faults of single cells.
    pub(super) fn finish(mut self) -> Result<Sheet, Vec<Fault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        self.rows.sort_by_key(|row| row.number);
        Ok(Sheet { name: self.name, rows: self.rows })
    }
}

/// The text without the mark that keeps it from being a formula, which our own files have.
fn plain(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => text.to_owned(),
    }
}
