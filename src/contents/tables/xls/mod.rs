//! Workbooks of Excel 97–2003 (.xls, BIFF8), record by record.
//!
//! Older ones aren't read: nothing can be said of what is hidden in them.

mod beside;
mod globals;
mod record;
mod sheet;
#[cfg(test)]
mod tests;
mod text;

use std::io::BufReader;

use self::globals::Globals;
use self::record::Records;
use self::sheet::SheetRead;
use super::TableHead;
use super::bounded::{End, Go, Source};
use super::compound;
use super::feed::Feed;
use crate::contents::model::{Hidden, Unreadable};

/// Bytes read in one go.
const PIECE: usize = 64 * 1024;

/// Reads a workbook.
///
/// # Errors
/// It is broken, encrypted, of an older kind, or nothing more is wanted.
pub(super) fn read(source: &Source<'_>, feed: &mut Feed<'_>) -> Go {
    if !compound::is_compound(source)? {
        return Err(End::BROKEN);
    }
    let mut file = cfb::CompoundFile::open(source.clone())?;
    if file.exists("/EncryptedPackage") || file.exists("/EncryptionInfo") {
        return Err(End::Why(Unreadable::Encrypted));
    }
    if !file.exists("/Workbook") {
        let older = file.exists("/Book");
        return Err(if older { End::Why(Unreadable::Unknown) } else { End::BROKEN });
    }
    beside::read(&mut file, feed);
    let stream = file.open_stream("/Workbook")?;
    let mut records = Records::new(BufReader::with_capacity(PIECE, stream), feed.budget);
    let globals = Globals::read(&mut records, feed)?;
    for sheet in &globals.sheets {
        if sheet.hidden {
            let what = if sheet.very { Hidden::VeryHiddenSheet } else { Hidden::Sheet };
            feed.aside.hides(what, &sheet.name, 1);
        }
        let mut head = TableHead {
            name: sheet.name.clone(),
            hidden: sheet.hidden,
            hidden_columns: Vec::new(),
        };
        records.seek(sheet.start)?;
        let rows = sheet::survey(&mut records, &mut head, feed)?;
        if sheet.cells && feed.table(&head)? {
            records.seek(sheet.start)?;
            SheetRead::new(&globals, &rows, feed).read(&mut records)?;
        }
    }
    Ok(())
}
