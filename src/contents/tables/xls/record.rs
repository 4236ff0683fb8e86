//! Records of BIFF8: a number, a length, bytes, and what goes on in records behind.

use std::io::{BufRead, Read, Seek, SeekFrom};

use super::super::bounded::{Budget, End, Go};
use crate::contents::model::Unreadable;

/// The number of a record that goes on with the one before.
const CONTINUE: u16 = 0x3c;
/// Most bytes of a record with all that go on with it.
const MAX_BYTES: usize = 128 * 1024 * 1024;

/// The records of a stream.
pub(super) struct Records<R> {
    stream: R,
    budget: Budget,
    /// The head of the next record, which was read to see whether it goes on.
    next: Option<(u16, usize)>,
    data: Vec<u8>,
    /// Where in the data each record behind the first begins.
    joints: Vec<usize>,
}

/// A record.
pub(super) struct Record<'r> {
    pub(super) id: u16,
    pub(super) data: &'r [u8],
    pub(super) joints: &'r [usize],
}

impl<R: BufRead + Seek> Records<R> {
    pub(super) fn new(stream: R, budget: &Budget) -> Self {
        Self { stream, budget: budget.clone(), next: None, data: Vec::new(), joints: Vec::new() }
    }

    /// Goes to a place in the stream.
    ///
    /// # Errors
    /// There is no such place.
    pub(super) fn seek(&mut self, place: u32) -> Go {
        self.next = None;
        self.stream.seek(SeekFrom::Start(u64::from(place)))?;
        Ok(())
    }

    /// The next record with all that goes on with it; nothing at the end.
    ///
    /// # Errors
    /// The stream is broken or more than is looked at.
    pub(super) fn next(&mut self) -> Go<Option<Record<'_>>> {
        let head = match self.next.take() {
            Some(head) => Some(head),
            None => self.head()?,
        };
        let Some((id, length)) = head else {
            return Ok(None);
        };
        self.data.clear();
        self.data.shrink_to(64 * 1024);
        self.joints.clear();
        self.append(length)?;
        loop {
            self.next = self.head()?;
            let Some((CONTINUE, length)) = self.next else {
                break;
            };
            self.joints.push(self.data.len());
            self.append(length)?;
        }
        Ok(Some(Record { id, data: &self.data, joints: &self.joints }))
    }

    fn head(&mut self) -> Go<Option<(u16, usize)>> {
        if self.stream.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let mut head = [0; 4];
        self.stream.read_exact(&mut head)?;
        let [a, b, c, d] = head;
        Ok(Some((u16::from_le_bytes([a, b]), usize::from(u16::from_le_bytes([c, d])))))
    }

    fn append(&mut self, length: usize) -> Go {
        self.budget.take(length + 4)?;
        let before = self.data.len();
        if before + length > MAX_BYTES {
            return Err(End::Why(Unreadable::TooLarge));
        }
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        let read = self.stream.by_ref().take(length).read_to_end(&mut self.data)?;
        let whole = u64::try_from(read).is_ok_and(|read| read == length);
        if whole { Ok(()) } else { Err(End::BROKEN) }
    }
}

impl Record<'_> {
    /// A number of one byte.
    pub(super) fn byte(&self, at: usize) -> Go<u8> {
        self.data.get(at).copied().ok_or(End::BROKEN)
    }

    /// A number of two bytes.
    pub(super) fn short(&self, at: usize) -> Go<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    /// A number of four bytes.
    pub(super) fn long(&self, at: usize) -> Go<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    /// Bytes of a known number.
    pub(super) fn array<const N: usize>(&self, at: usize) -> Go<[u8; N]> {
        let found = self.data.get(at..).and_then(|rest| rest.first_chunk::<N>());
        found.copied().ok_or(End::BROKEN)
    }
}
