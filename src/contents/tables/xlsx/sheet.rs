//! A sheet, cell by cell as it is unpacked.

use std::borrow::Cow;
use std::io::BufRead;

use super::super::TableHead;
use super::super::bounded::{End, Go};
use super::super::feed::{Feed, MAX_ROW, RowCells};
use super::super::number;
use super::super::shared::Shared;
use super::super::xml::{Bit, Tag, Xml, is_true};
use super::book::Book;
use super::strings;
use crate::contents::model::{Hidden, Unreadable};

/// The columns and rows that a sheet can have.
const MAX_COLUMN: u32 = 16_384;
const MAX_ROW_NUMBER: u32 = 1_048_576;

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Number,
    Shared,
    Text,
    Truth,
}

/// Where the text that comes next goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    Nothing,
    Cell,
    Header,
}

/// A sheet that is being read.
#[expect(clippy::struct_excessive_bools, reason = "where the reading is, one by one")]
pub(super) struct SheetRead<'f, 'a> {
    book: &'f Book,
    strings: &'f Shared,
    feed: &'f mut Feed<'a>,
    head: TableHead,
    cells: RowCells,
    begun: bool,
    filtered: bool,
    row: u32,
    row_hidden: bool,
    /// The column of the cell, from 0; the one behind the last cell where a cell doesn't say.
    column: u32,
    holds: Holds,
    format: usize,
    value: String,
    into: Goes,
    furigana: bool,
    in_cell: bool,
}

impl<'f, 'a> SheetRead<'f, 'a> {
    pub(super) fn new(
        book: &'f Book,
        strings: &'f Shared,
        feed: &'f mut Feed<'a>,
        head: TableHead,
    ) -> Self {
        Self {
            book,
            strings,
            cells: RowCells::new(feed.bounds),
            feed,
            head,
            begun: false,
            filtered: false,
            row: 0,
            row_hidden: false,
            column: 0,
            holds: Holds::Number,
            format: 0,
            value: String::new(),
            into: Goes::Nothing,
            furigana: false,
            in_cell: false,
        }
    }

    /// Reads the sheet.
    ///
    /// # Errors
    /// It is broken, larger than is looked at, or nothing more is wanted.
    pub(super) fn read(mut self, xml: &mut Xml<impl BufRead>) -> Go {
        loop {
            let more = match xml.next()? {
                Bit::Open(tag) => self.open(&tag)?,
                Bit::Close(tag) => self.close(tag.name())?,
                Bit::Text(text) => {
                    self.text(&text)?;
                    true
                }
                Bit::Other => true,
                Bit::End => break,
            };
            if !more {
                break;
            }
        }
        if self.filtered {
            self.feed.aside.hides(Hidden::Filter, &self.head.name, 1);
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>) -> Go<bool> {
        match tag.name() {
            "c" => self.cell(tag)?,
            "v" if self.in_cell => self.into = Goes::Cell,
            "t" if self.in_cell && !self.furigana => self.into = Goes::Cell,
            "rPh" => self.furigana = true,
            "row" => self.begin_row(tag)?,
            "col" => self.columns(tag),
            "sheetData" if !self.begun => {
                self.begun = true;
                return self.feed.table(&self.head);
            }
            "filterColumn" => self.filtered = true,
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
            | "firstFooter" => {
                self.value.clear();
                self.into = Goes::Header;
            }
            _ => {}
        }
        Ok(true)
    }

    fn close(&mut self, name: &str) -> Go<bool> {
        match name {
            "v" | "t" => self.into = Goes::Nothing,
            "c" => self.end_cell()?,
            "rPh" => self.furigana = false,
            "row" => {
                let more = self.feed.row(self.row, self.row_hidden, &mut self.cells)?;
                self.cells.clear();
                return Ok(more);
            }
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
            | "firstFooter" => {
                self.feed.aside.text(&self.value);
                self.value.clear();
                self.into = Goes::Nothing;
            }
            _ => {}
        }
        Ok(true)
    }

    fn text(&mut self, text: &str) -> Go {
        if self.into != Goes::Nothing {
            self.value.push_str(text);
            if self.value.len() > MAX_ROW {
                return Err(End::Why(Unreadable::TooLarge));
            }
        }
        Ok(())
    }

    /// Columns that aren't shown, or have no width.
    fn columns(&mut self, tag: &Tag<'_>) {
        let none =
            tag.get("width").and_then(|width| width.parse::<f64>().ok()).is_some_and(is_zero);
        if !tag.says("hidden") && !none {
            return;
        }
        let number = |name| tag.get(name).and_then(|text| text.parse::<u32>().ok());
        let (first, last) = (number("min").unwrap_or(0), number("max").unwrap_or(0));
        let place = |number: u32| u16::try_from(number.min(MAX_COLUMN).checked_sub(1)?).ok();
        let room = self.head.hidden_columns.len() < usize::from(u16::MAX);
        if let (Some(first), Some(last), true) = (place(first), place(last), room) {
            self.head.hidden_columns.push(first..=last);
        }
    }

    fn begin_row(&mut self, tag: &Tag<'_>) -> Go {
        let (mut number, mut hidden) = (None, false);
        for (name, value) in tag.attributes() {
            match name {
                "r" => number = Some(value.parse::<u32>().ok().ok_or(End::BROKEN)?),
                "hidden" => hidden |= is_true(&value),
                "ht" => hidden |= value.parse().is_ok_and(is_zero),
                _ => {}
            }
        }
        self.row = number.unwrap_or(self.row.saturating_add(1));
        if !(1..=MAX_ROW_NUMBER).contains(&self.row) {
            return Err(End::BROKEN);
        }
        self.row_hidden = hidden;
        self.column = 0;
        self.cells.clear();
        Ok(())
    }

    fn cell(&mut self, tag: &Tag<'_>) -> Go {
        self.holds = Holds::Number;
        self.format = 0;
        self.value.clear();
        self.in_cell = true;
        for (name, value) in tag.attributes() {
            match name {
                "r" => self.column = column(&value).ok_or(End::BROKEN)?,
                "s" => self.format = value.parse().unwrap_or(0),
                "t" => {
                    self.holds = match value.as_ref() {
                        "s" => Holds::Shared,
                        "b" => Holds::Truth,
                        "n" => Holds::Number,
                        _ => Holds::Text,
                    };
                }
                _ => {}
            }
        }
        if self.column >= MAX_COLUMN { Err(End::BROKEN) } else { Ok(()) }
    }

    fn end_cell(&mut self) -> Go {
        self.in_cell = false;
        let column = u16::try_from(self.column).unwrap_or(u16::MAX);
        self.column += 1;
        if self.value.is_empty() {
            return Ok(());
        }
        let text: Cow<'_, str> = match self.holds {
            Holds::Shared => {
                let index = self.value.trim().parse().ok();
                let text = index.and_then(|index| self.strings.get(index));
                Cow::Borrowed(text.ok_or(End::BROKEN)?)
            }
            Holds::Truth => Cow::Borrowed(if self.value == "0" { "FALSE" } else { "TRUE" }),
            Holds::Text => {
                strings::unescape(&mut self.value, 0);
                let midnight = self.value.strip_suffix("T00:00:00");
                Cow::Borrowed(midnight.unwrap_or(&self.value))
            }
            Holds::Number => {
                let shown = self.book.formats.get(self.format).unwrap_or(&number::PLAIN);
                let (value, since) = (&self.value, self.book.since_1904);
                return self
                    .cells
                    .write(column, |out| number::write(value.trim(), shown, since, out));
            }
        };
        self.cells.put(column, &text)
    }
}

fn is_zero(size: f64) -> bool {
    size.abs() < f64::EPSILON
}

/// The column of a reference (AB12), from 0.
fn column(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_u32;
    for letter in letters {
        let letter = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(letter)?;
    }
    column.checked_sub(1)
}
