//! Workbooks of ECMA-376 (.xlsx, .xlsm), read as they are unpacked.

mod beside;
mod book;
mod sheet;
mod strings;
#[cfg(test)]
mod tests;

use self::book::{Book, Visible};
use self::sheet::SheetRead;
use super::TableHead;
use super::bounded::{Go, Source};
use super::feed::Feed;
use super::package::Package;
use super::shared::Shared;
use crate::contents::model::Hidden;

/// Reads a workbook.
///
/// # Errors
/// It is broken, encrypted, larger than is looked at, or nothing more is wanted.
pub(super) fn read(source: &Source<'_>, feed: &mut Feed<'_>) -> Go {
    super::compound::refuse(source)?;
    let mut package = Package::open(source, feed)?;
    let book = Book::read(&mut package)?;
    // First what stands beside the rows: it is told even where the rows are too many.
    beside::read(&mut package, &book, feed)?;
    let strings = strings::read(&mut package, &book.strings)?;
    for sheet in &book.sheets {
        if !matches!(sheet.kind.as_str(), "worksheet" | "dialogsheet" | "xlMacrosheet") {
            continue;
        }
        let head = TableHead {
            name: sheet.name.clone(),
            hidden: sheet.visible != Visible::Yes,
            hidden_columns: Vec::new(),
        };
        read_sheet(&mut package, &book, &strings, feed, (&sheet.part, head))?;
    }
    for part in beside::orphans(&package, &book) {
        let name = part.rsplit('/').next().unwrap_or_default().to_owned();
        feed.aside.hides(Hidden::VeryHiddenSheet, &name, 1);
        let head = TableHead { name, hidden: true, hidden_columns: Vec::new() };
        read_sheet(&mut package, &book, &strings, feed, (&part, head))?;
    }
    Ok(())
}

fn read_sheet(
    package: &mut Package<'_>,
    book: &Book,
    strings: &Shared,
    feed: &mut Feed<'_>,
    (part, head): (&str, TableHead),
) -> Go {
    match package.xml(part)? {
        Some(mut xml) => SheetRead::new(book, strings, feed, head).read(&mut xml),
        None => Ok(()),
    }
}
