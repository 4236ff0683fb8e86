//! Where the bytes come from: a file that can be read anywhere, and whether reading it failed.

use std::io::{self, Read, Seek, SeekFrom};

/// What is looked at.
pub(super) trait File: Read + Seek {}

impl<T: Read + Seek> File for T {}

/// A file whose own failures are remembered. A parser may take any error for a broken file; only
/// this tells a broken file from a store that doesn't answer.
pub(super) struct Source<'a> {
    inner: &'a mut dyn File,
    pub(super) failed: Option<io::Error>,
}

impl<'a> Source<'a> {
    pub(super) fn new(inner: &'a mut dyn File) -> Self {
        Self { inner, failed: None }
    }

    fn remember<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|cause| {
            let kind = cause.kind();
            // A place before the start is the parser's mistake, and an interruption is none.
            if !matches!(kind, io::ErrorKind::InvalidInput | io::ErrorKind::Interrupted) {
                self.failed.get_or_insert(cause);
            }
            io::Error::from(kind)
        })
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        self.remember(read)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = self.inner.seek(to);
        self.remember(place)
    }
}

/// The bytes at a place, as many as there are up to a limit.
pub(super) fn read_at(file: &mut dyn File, at: u64, most: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How long a file is.
pub(super) fn size(file: &mut dyn File) -> io::Result<u64> {
    file.seek(SeekFrom::End(0))
}

/// Where some bytes are, from a place on; read piece by piece.
pub(super) fn find_from(file: &mut dyn File, from: u64, words: &[u8]) -> io::Result<Option<u64>> {
    const PIECE: usize = 64 * 1024;
    let mut at = from;
    loop {
        let piece = read_at(file, at, PIECE)?;
        if let Some(found) = find(&piece, words) {
            return Ok(Some(at.saturating_add(long(found))));
        }
        if piece.len() < PIECE {
            return Ok(None);
        }
        // What begins at the end of a piece is found in the next one.
        at = at.saturating_add(long(piece.len().saturating_sub(words.len())));
    }
}

/// Where some bytes are among others.
pub(super) fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    let first = words.first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let next = from.saturating_add(rest.iter().position(|byte| byte == first)?);
        if bytes.get(next..).is_some_and(|rest| rest.starts_with(words)) {
            return Some(next);
        }
        from = next.saturating_add(1);
    }
}

/// A length as a place in a file.
pub(super) fn long(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// A place in a file as a length.
pub(super) fn short(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// The number in two bytes, the lower first.
pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

/// The number in four bytes, the lowest first.
pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// The number in eight bytes, the lowest first.
pub(super) fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|eight| u64::from_le_bytes(*eight))
}

/// The number in two bytes, the higher first.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_be_bytes(*two))
}

/// The number in four bytes, the highest first.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}
