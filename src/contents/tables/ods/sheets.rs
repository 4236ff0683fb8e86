//! The sheets of a workbook of `OpenDocument`, all in one part.

use std::collections::HashSet;
use std::io::BufRead;

use super::super::TableHead;
use super::super::bounded::{End, Go};
use super::super::feed::{Feed, MAX_PARTS, MAX_ROW, RowCells};
use super::super::xml::{Bit, Tag, Xml, plain};
use crate::contents::model::{Hidden, Unreadable};

/// Most cells that are there only because another is repeated.
const MAX_REPEATED: u64 = 1_000_000;
/// Most spaces that one element stands for.
const MAX_SPACES: usize = 1000;

/// Reads all sheets.
///
/// # Errors
/// The part is broken, larger than is looked at, or nothing more is wanted.
pub(super) fn read(xml: &mut Xml<impl BufRead>, feed: &mut Feed<'_>) -> Go {
    let mut sheets = Sheets::new(feed);
    loop {
        match xml.next()? {
            Bit::Open(tag) => sheets.open(&tag)?,
            Bit::Close(tag) => sheets.close(tag.name())?,
            Bit::Text(text) => sheets.text(&text)?,
            Bit::Other => {}
            Bit::End => return Ok(()),
        }
    }
}

/// Where the reading is within a sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Sheet,
    Cell,
    Annotation,
    Changes,
}

/// What a cell holds by itself.
enum Held {
    Nothing,
    /// A date or a text, which counts more than what it shows.
    Exact(String),
    /// A number: what it shows counts, unless that shortens it.
    Number(String),
}

#[expect(clippy::struct_excessive_bools, reason = "where the reading is, one by one")]
struct Sheets<'f, 'a> {
    feed: &'f mut Feed<'a>,
    /// The styles of sheets, and of columns, that aren't shown.
    style: String,
    hidden_tables: HashSet<String>,
    hidden_columns: HashSet<String>,
    place: Place,
    head: TableHead,
    begun: bool,
    /// Whether the sheet's rows are wanted.
    wanted: bool,
    cells: RowCells,
    row: u32,
    row_hidden: bool,
    row_times: u32,
    column: u32,
    cell_times: u32,
    held: Held,
    text: String,
    note: String,
    paragraphs: u32,
    ruby: bool,
    repeated: u64,
}

impl<'f, 'a> Sheets<'f, 'a> {
    fn new(feed: &'f mut Feed<'a>) -> Self {
        Self {
            cells: RowCells::new(feed.bounds),
            feed,
            style: String::new(),
            hidden_tables: HashSet::new(),
            hidden_columns: HashSet::new(),
            place: Place::Outside,
            head: TableHead::default(),
            begun: false,
            wanted: true,
            row: 0,
            row_hidden: false,
            row_times: 1,
            column: 0,
            cell_times: 1,
            held: Held::Nothing,
            text: String::new(),
            note: String::new(),
            paragraphs: 0,
            ruby: false,
            repeated: 0,
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Go {
        if matches!(self.place, Place::Changes) {
            return Ok(());
        }
        match (self.place, tag.name()) {
            (Place::Outside, "style") => {
                self.style = tag.get("name").unwrap_or_default();
            }
            (Place::Outside, "table-properties" | "table-column-properties") => self.styled(tag),
            (Place::Outside, "tracked-changes") => self.place = Place::Changes,
            (Place::Outside, "filter-condition") => {
                self.feed.aside.hides(Hidden::Filter, "", 1);
            }
            (Place::Outside, "table") => self.begin_sheet(tag),
            (Place::Sheet, "table-column") => self.columns(tag),
            (Place::Sheet, "table-source") => {
                self.feed.aside.hides(Hidden::Cache, &self.head.name, 1);
            }
            (Place::Sheet, "table-row") => self.begin_row(tag)?,
            (Place::Sheet, "table-cell" | "covered-table-cell") => self.begin_cell(tag),
            (Place::Cell, "annotation") => {
                self.feed.aside.hides(Hidden::Comments, &self.head.name, 1);
                self.place = Place::Annotation;
            }
            (Place::Cell, "p") => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            (Place::Cell, "s") => {
                let spaces = tag.get("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.text.extend(std::iter::repeat_n(' ', MAX_SPACES.min(spaces)));
            }
            (Place::Cell, "tab" | "line-break") => self.text.push(' '),
            (Place::Cell, "ruby-text") => self.ruby = true,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Go {
        match (self.place, name) {
            (Place::Changes, "tracked-changes") | (Place::Sheet, "table") => {
                self.place = Place::Outside;
            }
            (Place::Changes, "cell-content-change" | "insertion" | "deletion" | "movement") => {
                self.feed.aside.hides(Hidden::Revisions, "", 1);
            }
            (Place::Annotation, "annotation") => {
                let note = std::mem::take(&mut self.note);
                self.feed.aside.text(&note);
                self.place = Place::Cell;
            }
            (Place::Cell, "ruby-text") => self.ruby = false,
            (Place::Cell, "table-cell" | "covered-table-cell") => self.end_cell()?,
            (Place::Sheet, "table-row") => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Go {
        match self.place {
            Place::Cell if self.paragraphs > 0 && !self.ruby => self.text.push_str(text),
            Place::Annotation => self.note.push_str(text),
            Place::Changes => self.feed.aside.value(text),
            _ => {}
        }
        let long = self.text.len().max(self.note.len());
        if long > MAX_ROW { Err(End::Why(Unreadable::TooLarge)) } else { Ok(()) }
    }

    fn styled(&mut self, tag: &Tag<'_>) {
        let style = std::mem::take(&mut self.style);
        let none = tag.get("column-width").is_some_and(|width| {
            let number = width.trim_end_matches(char::is_alphabetic);
            number.parse().is_ok_and(|width: f64| width.abs() < f64::EPSILON)
        });
        if tag.get("display").is_some_and(|shown| shown == "false") {
            self.hidden_tables.insert(style);
        } else if none {
            self.hidden_columns.insert(style);
        }
    }

    fn begin_sheet(&mut self, tag: &Tag<'_>) {
        let style = tag.get("style-name").unwrap_or_default();
        self.head = TableHead {
            name: tag.get("name").unwrap_or_default(),
            hidden: self.hidden_tables.contains(&style)
                || tag.get("display").is_some_and(|shown| shown == "false"),
            hidden_columns: Vec::new(),
        };
        if self.head.hidden {
            self.feed.aside.hides(Hidden::Sheet, &self.head.name, 1);
        }
        self.place = Place::Sheet;
        self.begun = false;
        self.wanted = true;
        self.row = 0;
        self.column = 0;
    }

    fn columns(&mut self, tag: &Tag<'_>) {
        let times = times(tag, "number-columns-repeated");
        let first = self.column;
        self.column = self.column.saturating_add(times);
        let style = tag.get("style-name").unwrap_or_default();
        let hidden = is_hidden(tag) || self.hidden_columns.contains(&style);
        let place = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
        if hidden && self.head.hidden_columns.len() < MAX_PARTS {
            self.head.hidden_columns.push(place(first)..=place(self.column.saturating_sub(1)));
        }
    }

    fn begin_row(&mut self, tag: &Tag<'_>) -> Go {
        if !self.begun {
            self.begun = true;
            self.wanted = self.feed.table(&self.head)?;
        }
        self.row_times = times(tag, "number-rows-repeated");
        self.row_hidden = is_hidden(tag);
        if tag.get("visibility").is_some_and(|value| value == "filter") {
            let known = self.feed.aside.hidden.iter().any(|at| at.what == Hidden::Filter);
            if !known {
                self.feed.aside.hides(Hidden::Filter, &self.head.name, 1);
            }
        }
        self.column = 0;
        self.cells.clear();
        Ok(())
    }

    fn end_row(&mut self) -> Go {
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(self.row_times);
        let filled = self.cells.filled().len();
        if filled == 0 || !self.wanted {
            return Ok(());
        }
        self.repeat(filled, self.row_times)?;
        for number in first..=self.row {
            if !self.feed.row(number, self.row_hidden, &mut self.cells)? {
                self.wanted = false;
                break;
            }
        }
        Ok(())
    }

    /// Counts what is there only by repetition.
    fn repeat(&mut self, cells: usize, times: u32) -> Go {
        let cells = u64::try_from(cells).unwrap_or(u64::MAX);
        let more = cells.saturating_mul(u64::from(times.saturating_sub(1)));
        self.repeated = self.repeated.saturating_add(more);
        let many = self.repeated > MAX_REPEATED;
        if many { Err(End::Why(Unreadable::Bomb)) } else { Ok(()) }
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) {
        self.place = Place::Cell;
        self.cell_times = times(tag, "number-columns-repeated");
        self.text.clear();
        self.paragraphs = 0;
        self.ruby = false;
        self.held = Held::Nothing;
        for (name, value) in tag.attributes() {
            match name {
                "date-value" => {
                    let date = value.strip_suffix("T00:00:00").unwrap_or(&value);
                    self.held = Held::Exact(date.to_owned());
                }
                "string-value" => self.held = Held::Exact(plain(&value)),
                "value" => self.held = Held::Number(value.into_owned()),
                _ => {}
            }
        }
    }

    fn end_cell(&mut self) -> Go {
        self.place = Place::Sheet;
        let first = self.column;
        self.column = self.column.saturating_add(self.cell_times);
        let shown = self.shown();
        if shown.trim().is_empty() {
            return Ok(());
        }
        self.repeat(1, self.cell_times)?;
        for column in first..self.column {
            let column = u16::try_from(column).ok().ok_or(End::Why(Unreadable::TooLarge))?;
            self.cells.put(column, &shown)?;
        }
        Ok(())
    }

    fn shown(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Exact(value) => value,
            Held::Number(number) if text.trim().is_empty() || text.contains("E+") => number,
            Held::Number(_) | Held::Nothing => text,
        }
    }
}

/// How often something stands there.
fn times(tag: &Tag<'_>, name: &str) -> u32 {
    tag.get(name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.get("visibility").is_some_and(|value| value == "collapse" || value == "filter")
}
