//! Workbooks of `OpenDocument` (.ods), read as they are unpacked.

mod beside;
mod sheets;
#[cfg(test)]
mod tests;

use super::bounded::{End, Go, Source};
use super::feed::Feed;
use super::package::Package;

/// Reads a workbook.
///
/// # Errors
/// It is broken, encrypted, larger than is looked at, or nothing more is wanted.
pub(super) fn read(source: &Source<'_>, feed: &mut Feed<'_>) -> Go {
    super::compound::refuse(source)?;
    let mut package = Package::open(source, feed)?;
    beside::read(&mut package, feed)?;
    match package.xml("content.xml")? {
        Some(mut xml) => sheets::read(&mut xml, feed),
        None => Err(End::BROKEN),
    }
}
