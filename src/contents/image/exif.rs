//! TIFF 6.0, and Exif 2.3 in its form: where, with what and by whom a picture was made. A position is
//! told as being there, never which.

use encoding_rs::{SHIFT_JIS, UTF_16LE};

use super::Picture;
use crate::contents::source::{File, be16, be32, le16, le32, read_at};

/// Most entries of a list.
const ENTRIES: u16 = 1000;
/// Most pictures of a file.
const PICTURES: u64 = 10_000;
/// Most bytes of a text.
const TEXT: usize = 400;

/// Something that is read here and there, in the order of bytes it says.
struct Numbers<'f> {
    file: &'f mut dyn File,
    big: bool,
}

impl Numbers<'_> {
    fn two(&self, bytes: &[u8], at: usize) -> Option<u16> {
        if self.big { be16(bytes, at) } else { le16(bytes, at) }
    }

    fn four(&self, bytes: &[u8], at: usize) -> Option<u32> {
        if self.big { be32(bytes, at) } else { le32(bytes, at) }
    }

    /// The entries of a list, and where the next one is.
    fn list(&mut self, at: u32) -> Option<(Vec<Vec<u8>>, u32)> {
        let at = u64::from(at);
        let count = read_at(self.file, at, 2).ok()?;
        let count = self.two(&count, 0).filter(|count| (1..=ENTRIES).contains(count))?;
        let length = usize::from(count).checked_mul(12)?;
        let bytes = read_at(self.file, at.checked_add(2)?, length.checked_add(4)?).ok()?;
        let next = self.four(&bytes, length)?;
        let entries = bytes.get(..length)?.chunks_exact(12).map(<[u8]>::to_vec).collect();
        Some((entries, next))
    }

    /// The number of an entry.
    fn value(&self, entry: &[u8]) -> Option<u32> {
        match self.two(entry, 2)? {
            3 => self.two(entry, 8).map(u32::from),
            _ => self.four(entry, 8),
        }
    }

    /// The bytes of an entry's text.
    fn text(&mut self, entry: &[u8]) -> Option<Vec<u8>> {
        let count = usize::try_from(self.four(entry, 4)?).unwrap_or(TEXT);
        if count <= 4 {
            return Some(entry.get(8..8_usize.checked_add(count)?)?.to_vec());
        }
        let at = self.four(entry, 8)?;
        read_at(self.file, u64::from(at), count.min(TEXT)).ok()
    }

    fn entry(&mut self, entry: &[u8], picture: &mut Picture) -> Option<()> {
        let key = match self.two(entry, 0)? {
            0x0100 => {
                picture.sized(self.value(entry)?, 0_u64);
                return None;
            }
            0x0101 => {
                picture.sized(0_u64, self.value(entry)?);
                return None;
            }
            0x8825 => {
                let (position, _) = self.list(self.value(entry)?)?;
                let there = position.iter().any(|one| matches!(self.two(one, 0), Some(2 | 4)));
                if there {
                    picture.told.push(("gps", "yes".to_owned()));
                }
                return None;
            }
            0x010e => "description",
            0x010f => "maker",
            0x0110 => "device",
            0x0131 => "software",
            0x013b | 0x9c9d => "author",
            0x9c9b => "title",
            _ => return None,
        };
        let wide = self.two(entry, 0)? >= 0x9c9b;
        let text = self.text(entry)?;
        picture.told.push((key, if wide { wide_text(&text) } else { plain(&text) }));
        Some(())
    }
}

fn plain(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn wide_text(bytes: &[u8]) -> String {
    UTF_16LE.decode_without_bom_handling(bytes).0.trim_end_matches('\0').to_owned()
}

/// The order of bytes, and where the first list is.
fn head(bytes: &[u8]) -> Option<(bool, u32)> {
    match bytes.get(..4)? {
        b"II*\0" => Some((false, le32(bytes, 4)?)),
        b"MM\0*" => Some((true, be32(bytes, 4)?)),
        _ => None,
    }
}

/// Tells what Exif data says; it may say nothing.
pub(super) fn tell(bytes: &[u8], picture: &mut Picture) {
    let Some((big, first)) = head(bytes) else { return };
    let mut told = Picture::default();
    let mut numbers = Numbers { file: &mut std::io::Cursor::new(bytes), big };
    if let Some((entries, _)) = numbers.list(first) {
        for entry in entries {
            numbers.entry(&entry, &mut told);
        }
    }
    picture.told.append(&mut told.told);
}

/// Reads a TIFF file: every picture in it.
pub(super) fn tiff(file: &mut dyn File) -> Option<Picture> {
    let length = super::super::source::size(file).ok()?;
    let start = read_at(file, 0, 16).ok()?;
    let (big, mut at) = head(&start)?;
    let mut picture = Picture::default();
    let mut numbers = Numbers { file, big };
    while at != 0 && picture.pictures < PICTURES {
        let (entries, next) = numbers.list(at)?;
        for entry in &entries {
            numbers.entry(entry, &mut picture);
            if !is_inside(&mut numbers, entry, length) {
                return None;
            }
        }
        picture.pictures += 1;
        at = next;
    }
    // Lists that follow each other in a circle have no end.
    (picture.pictures < PICTURES && picture.width > 0).then_some(picture)
}

/// Whether the strips of a picture, as far as an entry tells, lie inside the file.
fn is_inside(numbers: &mut Numbers<'_>, entry: &[u8], length: u64) -> bool {
    let strips = matches!(numbers.two(entry, 0), Some(0x0111 | 0x0144));
    if !strips || numbers.four(entry, 4) == Some(0) {
        return true;
    }
    let wide = numbers.two(entry, 2) != Some(3);
    let count = numbers.four(entry, 4).map_or(0, u64::from);
    let each = if wide { 4 } else { 2 };
    let last = if count.saturating_mul(each) <= 4 {
        numbers.value(entry).map(u64::from)
    } else {
        let list = numbers.four(entry, 8).map_or(u64::MAX, u64::from);
        let at = list.saturating_add(count.saturating_sub(1).saturating_mul(each));
        let bytes = read_at(numbers.file, at, 4).unwrap_or_default();
        if wide {
            numbers.four(&bytes, 0).map(u64::from)
        } else {
            numbers.two(&bytes, 0).map(u64::from)
        }
    };
    last.is_some_and(|last| last < length)
}
