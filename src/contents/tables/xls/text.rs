//! Texts of BIFF8: one or two bytes a character, which may change where a record goes on.

use super::super::bounded::{End, Go};
use super::record::Record;

/// Reads texts out of a record and those that go on with it.
pub(super) struct Texts<'r> {
    data: &'r [u8],
    joints: &'r [usize],
    at: usize,
}

impl<'r> Texts<'r> {
    pub(super) fn new(record: &Record<'r>, at: usize) -> Self {
        Self { data: record.data, joints: record.joints, at }
    }

    /// Whether everything is read.
    pub(super) fn is_over(&self) -> bool {
        self.at >= self.data.len()
    }

    fn byte(&mut self) -> Go<u8> {
        let byte = self.data.get(self.at).copied().ok_or(End::BROKEN)?;
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn short(&mut self) -> Go<u16> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Go<u32> {
        Ok(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.data.len());
    }

    /// A text with its marks, its furigana and its formatting left out.
    ///
    /// # Errors
    /// The record is too short for it.
    pub(super) fn text(&mut self, length: usize, out: &mut String) -> Go {
        let marks = self.byte()?;
        let runs = if marks & 8 == 0 { 0 } else { usize::from(self.short()?) };
        let furigana = if marks & 4 == 0 { 0 } else { self.long()? };
        self.characters(length, marks & 1 == 1, out)?;
        self.skip(runs.saturating_mul(4));
        self.skip(usize::try_from(furigana).unwrap_or(usize::MAX));
        Ok(())
    }

    /// Characters; where a record goes on, the first byte tells how wide they are from there.
    ///
    /// # Errors
    /// The record is too short for them.
    pub(super) fn characters(&mut self, length: usize, wide: bool, out: &mut String) -> Go {
        let mut wide = wide;
        let mut left = length;
        let mut units: Vec<u16> = Vec::new();
        while left > 0 {
            let next = self.joints.partition_point(|joint| *joint <= self.at);
            let end = self.joints.get(next).copied().unwrap_or(self.data.len());
            if self.joints.binary_search(&self.at).is_ok() {
                wide = self.byte()? & 1 == 1;
            }
            let size = if wide { 2 } else { 1 };
            let here = left.min(end.saturating_sub(self.at) / size);
            for _ in 0..here {
                units.push(if wide { self.short()? } else { u16::from(self.byte()?) });
            }
            left -= here;
            if left > 0 {
                if here == 0 && next >= self.joints.len() {
                    return Err(End::BROKEN);
                }
                self.at = end;
            }
        }
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Ok(())
    }
}

/// A text behind a length of two bytes.
///
/// # Errors
/// The record is too short for it.
pub(super) fn long_text(record: &Record<'_>, at: usize, out: &mut String) -> Go {
    let mut texts = Texts::new(record, at);
    let length = usize::from(texts.short()?);
    if length == 0 { Ok(()) } else { texts.text(length, out) }
}
