//! Tables read row by row: .csv, .tsv, .xlsx, .xlsm, .xls and .ods behind one interface.
//!
//! A table is never in memory: its rows are handed on as they are read. What a file says about
//! its own sizes isn't believed; what is unpacked is counted while it is read ([`Bounds`]).

mod bounded;
mod compound;
mod delimited;
mod feed;
mod look;
mod number;
mod ods;
mod package;
mod shared;
#[cfg(test)]
mod tests;
mod xls;
mod xlsx;
mod xml;

use std::io::{self, Read, Seek};
use std::ops::RangeInclusive;
use std::panic::AssertUnwindSafe;

use self::bounded::{End, Source};
use self::feed::{Aside, Feed};
pub use self::look::look;
use super::model::{Bounds, Format, Unreadable};

/// What is known of a table before its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableHead {
    /// The sheet's name; empty for a text file.
    pub name: String,
    /// Whether the sheet isn't shown.
    pub hidden: bool,
    /// Its columns that aren't shown, from 0.
    pub hidden_columns: Vec<RangeInclusive<u16>>,
}

impl TableHead {
    /// Whether a column isn't shown.
    #[must_use]
    pub fn hides(&self, column: u16) -> bool {
        self.hidden_columns.iter().any(|range| range.contains(&column))
    }
}

/// A row that holds something.
#[derive(Clone, Copy, Debug)]
pub struct RowRead<'a> {
    /// Its number as programs number rows, from 1.
    pub number: u32,
    /// Whether it isn't shown.
    pub hidden: bool,
    /// Its cells that hold something, from left to right, each with its column from 0. The text is
    /// as it is shown, dates in ISO.
    pub cells: &'a [(u16, String)],
}

/// Whether reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// On with the next row.
    Go,
    /// On with the next table.
    SkipTable,
    /// Enough.
    Stop,
}

/// What takes the rows.
pub trait Rows {
    /// A table begins.
    fn table(&mut self, table: &TableHead) -> Next;

    /// A row of it.
    fn row(&mut self, row: &RowRead<'_>) -> Next;
}

/// Something that is read here and there.
trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Reads the tables of a file, hidden ones among them, row by row.
///
/// # Errors
/// The file itself can't be read. What is wrong with its content is told inside.
pub fn rows(
    format: Format,
    file: &mut (impl Read + Seek),
    bounds: &Bounds,
    to: &mut dyn Rows,
) -> io::Result<Result<(), Unreadable>> {
    read(format, file, bounds, to, &mut Aside::default())
}

/// Reads the tables, and beside them what else the file brings along.
fn read(
    format: Format,
    file: &mut dyn ReadSeek,
    bounds: &Bounds,
    to: &mut dyn Rows,
    aside: &mut Aside,
) -> io::Result<Result<(), Unreadable>> {
    let source = Source::new(file);
    let budget = bounded::Budget::of(bounds.unpacked);
    let mut feed = Feed::new(to, bounds, &budget, aside);
    // A forged file may make a library stumble; it may not end more than its own reading.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| match format {
        Format::Csv => delimited::read(&source, b',', &mut feed),
        Format::Tsv => delimited::read(&source, b'\t', &mut feed),
        Format::Xlsx | Format::Xlsm => xlsx::read(&source, &mut feed),
        Format::Xls => xls::read(&source, &mut feed),
        Format::Ods => ods::read(&source, &mut feed),
        _ => Err(End::Why(Unreadable::Unknown)),
    }));
    if let Some(fault) = source.fault() {
        return Err(fault);
    }
    Ok(match read {
        Ok(Ok(()) | Err(End::Enough)) => Ok(()),
        Ok(Err(End::Why(_))) if budget.is_spent() => Err(Unreadable::Bomb),
        Ok(Err(End::Why(why))) => Err(why),
        Err(_) => Err(Unreadable::Broken),
    })
}
