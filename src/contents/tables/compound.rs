//! Compound files (CFB): the workbooks of Excel 97–2003, and packages under a password.

use std::io::{Read as _, Seek as _, SeekFrom};

use super::bounded::{End, Go, Source};
use crate::contents::model::Unreadable;

/// With what every compound file begins.
const START: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Whether a file is a compound file.
pub(super) fn is_compound(source: &Source<'_>) -> Go<bool> {
    let mut source = source.clone();
    source.seek(SeekFrom::Start(0))?;
    let mut start = Vec::new();
    source.take(8).read_to_end(&mut start)?;
    Ok(start == START)
}

/// Refuses a compound file where a package is expected: it is a package under a password, or no
/// package at all.
///
/// # Errors
/// The file is a compound file.
pub(super) fn refuse(source: &Source<'_>) -> Go {
    if !is_compound(source)? {
        return Ok(());
    }
    let file = cfb::CompoundFile::open(source.clone())?;
    let encrypted = file.exists("/EncryptedPackage") || file.exists("/EncryptionInfo");
    Err(if encrypted { End::Why(Unreadable::Encrypted) } else { End::BROKEN })
}
