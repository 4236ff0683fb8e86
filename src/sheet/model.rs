//! A sheet as it was read, and a column as it is written.

use std::sync::Arc;

use crate::web::Message;

/// The place of a cell, a row, a column or a whole sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// The sheet's name; of a CSV file, the file's.
    pub sheet: Arc<str>,
    /// The row as the program for sheets numbers it, from 1.
    pub row: Option<u32>,
    /// The column, from 0.
    pub column: Option<u16>,
}

impl At {
    /// A whole sheet.
    #[must_use]
    pub fn sheet(sheet: &Arc<str>) -> Self {
        Self { sheet: Arc::clone(sheet), row: None, column: None }
    }

    /// A row of a sheet.
    #[must_use]
    pub fn row(sheet: &Arc<str>, row: u32) -> Self {
        Self { sheet: Arc::clone(sheet), row: Some(row), column: None }
    }

    /// A cell of a sheet.
    #[must_use]
    pub fn cell(sheet: &Arc<str>, row: u32, column: u16) -> Self {
        Self { sheet: Arc::clone(sheet), row: Some(row), column: Some(column) }
    }
}

/// The letters of a column: A, B, …, Z, AA.
#[must_use]
pub fn letters(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub at: At,
    /// What.
    pub message: Message,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(at: At, message: Message) -> Self {
        Self { at, message }
    }
}

/// A row: the cells that hold something, in the order of their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Column and text.
    pub cells: Vec<(u16, String)>,
}

impl Row {
    /// The text of a cell; empty when it holds nothing.
    #[must_use]
    pub fn cell(&self, column: u16) -> &str {
        self.cells.iter().find(|(at, _)| *at == column).map_or("", |(_, text)| text)
    }
}

/// A sheet: the rows that hold something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: Arc<str>,
    /// Its rows from top to bottom.
    pub rows: Vec<Row>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Digits that are no number: 法人番号, 郵便番号.
    Code,
    /// A number.
    Number,
    /// A date, ISO.
    Date,
}

/// A column of a list or a template.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// What its cells hold.
    pub kind: Kind,
    /// The width in characters.
    pub width: u16,
}

impl Column {
    /// A column; its width follows its kind.
    #[must_use]
    pub fn new(heading: String, kind: Kind) -> Self {
        let least = match kind {
            Kind::Text => 24,
            Kind::Code => 16,
            Kind::Number => 10,
            Kind::Date => 12,
        };
        let own = u16::try_from(heading.chars().count() * 2 + 2).unwrap_or(60);
        Self { heading, kind, width: own.clamp(least, 60) }
    }
}
