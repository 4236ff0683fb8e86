//! .xlsx written: a list, a template to fill in, and a sheet with its errors marked.
//!
//! Words are written as words, never as formulas; digits that are no number are text.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Note, Workbook,
    Worksheet, XlsxError,
};

use super::model::{Column, Kind, Sheet, letters};
use super::read::MAX_ROWS;
use crate::error::{Error, Result};

/// The sheet behind the drop-downs.
const CHOICES: &str = "choices";
/// Notes put on cells; a workbook with more of them opens slowly. The last column has all words.
const MAX_NOTES: usize = 500;
/// Most characters of a cell.
const MAX_CELL: usize = 32_000;

/// The bytes of a workbook with one list, written row by row.
///
/// # Errors
/// Those of the rows, and when a temporary file can't be written.
pub fn xlsx(
    title: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Result<Vec<String>>>,
) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(Error::internal)?;
    begin(sheet, title, columns.iter(), &[]).map_err(Error::internal)?;
    let text = text_format();
    for (number, row) in (1_u32..).zip(rows) {
        let row = row?;
        for (index, (column, cell)) in (0_u16..).zip(columns.iter().zip(&row)) {
            write(sheet, number, index, column.kind, cell, &text).map_err(Error::internal)?;
        }
    }
    book.save_to_buffer().map_err(Error::internal)
}

/// A name that a sheet may have.
fn sheet_name(title: &str) -> String {
    let kept = title.chars().filter(|c| !"[]:*?/\\'".contains(*c));
    let name: String = kept.take(31).collect();
    if name.is_empty() { "Sheet1".to_owned() } else { name }
}

pub(super) fn text_format() -> Format {
    Format::new().set_num_format("@")
}

fn heading_format() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00e8_eef5))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// The name, the widths, the lines above the headings, and these, which stay in sight.
pub(super) fn begin<'a>(
    sheet: &mut Worksheet,
    title: &str,
    columns: impl Iterator<Item = &'a Column>,
    lines: &[String],
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(title))?;
    let top = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    sheet.set_freeze_panes(top.saturating_add(1), 0)?;
    for (row, line) in (0_u32..).zip(lines) {
        sheet.write_string(row, 0, cut(line))?;
    }
    let heading = heading_format();
    for (index, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(index, f64::from(column.width))?;
        sheet.write_string_with_format(top, index, &column.heading, &heading)?;
    }
    Ok(())
}

/// A cell.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    kind: Kind,
    cell: &str,
    text: &Format,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    if kind == Kind::Number
        && let Ok(number) = cell.parse::<f64>()
    {
        sheet.write_number(row, column, number)?;
    } else if kind == Kind::Code {
        sheet.write_string_with_format(row, column, cut(cell), text)?;
    } else {
        sheet.write_string(row, column, cut(cell))?;
    }
    Ok(())
}

fn cut(cell: &str) -> String {
    cell.chars().take(MAX_CELL).collect()
}

/// A column to fill in.
#[derive(Clone, Debug)]
pub struct TemplateColumn {
    /// Its heading, kind and width.
    pub column: Column,
    /// Whether every row has to have it.
    pub required: bool,
    /// What to enter, as a note on the heading.
    pub note: String,
    /// The words to choose from; none where anything may stand.
    pub choices: Vec<String>,
}

/// The sheet that explains the columns.
#[derive(Clone, Debug)]
pub struct Guide {
    /// Its name.
    pub title: String,
    /// Its headings and rows.
    pub rows: Vec<Vec<String>>,
    /// The title of the message for a word that isn't on a drop-down's list.
    pub refusal: String,
}

/// The bytes of a template with drop-downs and an explanation.
///
/// # Errors
/// When the library refuses, which is a bug.
pub fn template(title: &str, columns: &[TemplateColumn], guide: &Guide) -> Result<Vec<u8>> {
    make_template(title, columns, guide).map_err(Error::internal)
}

fn make_template(
    title: &str,
    columns: &[TemplateColumn],
    guide: &Guide,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bottom = u32::try_from(MAX_ROWS).unwrap_or(u32::MAX);
    let sheet = book.add_worksheet();
    begin(sheet, title, columns.iter().map(|column| &column.column), &[])?;
    let required = heading_format().set_background_color(Color::RGB(0x00ff_e8b3));
    let text = text_format();
    let mut lists = 0_u16;
    for (index, column) in (0_u16..).zip(columns) {
        if column.required {
            sheet.write_string_with_format(0, index, &column.column.heading, &required)?;
        }
        if !column.note.is_empty() {
            sheet.insert_note(0, index, &Note::new(&column.note).set_width(320))?;
        }
        if column.column.kind != Kind::Number {
            sheet.set_column_format(index, &text)?;
        }
        if !column.choices.is_empty() {
            let list = letters(lists);
            let range = format!("={CHOICES}!${list}$1:${list}${}", column.choices.len());
            let validation = DataValidation::new()
                .allow_list_formula(Formula::new(range))
                .set_error_title(guide.refusal.chars().take(30).collect::<String>())?
                .set_error_style(DataValidationErrorStyle::Warning);
            sheet.add_data_validation(1, index, bottom, index, &validation)?;
            lists += 1;
        }
    }
    explain(book.add_worksheet(), guide)?;
    let sheet = book.add_worksheet();
    sheet.set_name(CHOICES)?;
    sheet.set_hidden(true);
    let with_list = columns.iter().filter(|column| !column.choices.is_empty());
    for (index, column) in (0_u16..).zip(with_list) {
        for (row, word) in (0_u32..).zip(&column.choices) {
            sheet.write_string(row, index, word)?;
        }
    }
    book.save_to_buffer()
}

fn explain(sheet: &mut Worksheet, guide: &Guide) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(&guide.title))?;
    sheet.set_freeze_panes(1, 0)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, cells) in (0_u32..).zip(&guide.rows) {
        let format = if row == 0 { heading_format() } else { wrapped.clone() };
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.set_column_width(column, if column == 1 { 10.0 } else { 36.0 })?;
            sheet.write_string_with_format(row, column, cut(cell), &format)?;
        }
    }
    Ok(())
}

/// The bytes of a workbook that has every cell of `sheet` at its place; those in `faults` are marked
/// in colour and by a note, and a last column says everything in words.
///
/// # Errors
/// When the library refuses, which is a bug.
pub fn marked(
    sheet: &Sheet,
    faults: &BTreeMap<u32, Vec<(Option<u16>, String)>>,
    heading: &str,
) -> Result<Vec<u8>> {
    make_marked(sheet, faults, heading).map_err(Error::internal)
}

fn make_marked(
    source: &Sheet,
    faults: &BTreeMap<u32, Vec<(Option<u16>, String)>>,
    heading: &str,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&source.name))?;
    let text = text_format();
    let wrong = text_format()
        .set_background_color(Color::RGB(0x00ff_c7ce))
        .set_font_color(Color::RGB(0x009c_0006));
    let first = source.rows.first().map_or(1, |row| row.number);
    let cells = source.rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column));
    let wrong_columns = faults.values().flatten().filter_map(|(column, _)| *column);
    let after = cells.chain(wrong_columns).max().unwrap_or(0).saturating_add(1);
    for row in &source.rows {
        let format = if row.number == first { heading_format() } else { text.clone() };
        for (column, cell) in &row.cells {
            sheet.write_string_with_format(row.number - 1, *column, cut(cell), &format)?;
        }
    }
    let mut notes = 0;
    for (row, found) in faults {
        let row = row.saturating_sub(1);
        let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
        sheet.write_string_with_format(row, after, cut(&words.join("\n")), &wrong)?;
        for (column, words) in found.iter().filter_map(|(c, words)| c.map(|c| (c, words))) {
            let number = row + 1;
            let at = source.rows.binary_search_by_key(&number, |row| row.number).ok();
            let cell = at.and_then(|at| source.rows.get(at)).map_or("", |row| row.cell(column));
            if cell.is_empty() {
                sheet.write_blank(row, column, &wrong)?;
            } else {
                sheet.write_string_with_format(row, column, cut(cell), &wrong)?;
            }
            if notes < MAX_NOTES {
                sheet.insert_note(row, column, &Note::new(words.as_str()).set_width(320))?;
                notes += 1;
            }
        }
    }
    sheet.write_string_with_format(first - 1, after, heading, &heading_format())?;
    sheet.set_column_width(after, 60)?;
    sheet.set_freeze_panes(first, 0)?;
    book.save_to_buffer()
}
