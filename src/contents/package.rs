//! A ZIP: an archive, or the package of an office document. What its directory says is checked
//! before anything of it is unpacked.

use std::io::Read as _;

use encoding_rs::SHIFT_JIS;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::looking::{Counted, Looking};
use super::model::Unreadable;
use super::source::{File, le16, le32, le64, long, read_at, size};

/// Most bytes of a directory.
const DIRECTORY: u64 = 16 * 1024 * 1024;
/// The length of the record at the end of a directory, without its comment.
const END: usize = 22;

/// The record with which a directory ends.
struct End {
    at: u64,
    entries: u64,
    directory: u64,
    /// What stands behind it.
    behind: u64,
}

/// The last record of an end in a file.
fn end(file: &mut dyn File) -> std::io::Result<Option<End>> {
    let length = size(file)?;
    let from = length.saturating_sub(long(END + 0xffff));
    let tail = read_at(file, from, END + 0xffff)?;
    let starts = (0..tail.len()).rev();
    let fits = |at: &usize| tail.get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x05\x06"));
    for at in starts.filter(fits) {
        let record = tail.get(at..).unwrap_or_default();
        let (Some(count), Some(directory), Some(comment)) =
            (le16(record, 10), le32(record, 12), le16(record, 20))
        else {
            continue;
        };
        let whole = long(END).saturating_add(u64::from(comment));
        let Some(behind) = long(record.len()).checked_sub(whole) else { continue };
        let mut end = End {
            at: from.saturating_add(long(at)),
            entries: u64::from(count),
            directory: u64::from(directory),
            behind,
        };
        if count == u16::MAX || directory == u32::MAX {
            large(file, &mut end)?;
        }
        return Ok(Some(end));
    }
    Ok(None)
}

/// The numbers of a large archive, which stand in a record of their own.
fn large(file: &mut dyn File, end: &mut End) -> std::io::Result<()> {
    let locator = read_at(file, end.at.saturating_sub(20), 20)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(());
    }
    let record = read_at(file, le64(&locator, 8).unwrap_or_default(), 56)?;
    if record.starts_with(b"PK\x06\x06") {
        end.entries = le64(&record, 32).unwrap_or(u64::MAX);
        end.directory = le64(&record, 40).unwrap_or(u64::MAX);
    }
    Ok(())
}

/// Whether a file of another format ends in the directory of a ZIP: two files in one, of which each
/// program sees another.
pub(super) fn is_appended(file: &mut dyn File) -> std::io::Result<bool> {
    let Some(end) = end(file)? else { return Ok(false) };
    let directory = read_at(file, end.at.saturating_sub(end.directory), 4)?;
    Ok(end.entries > 0 && directory == b"PK\x01\x02")
}

/// A member, as the directory has it.
pub(super) struct Entry {
    index: usize,
    pub(super) name: String,
    pub(super) encrypted: bool,
    pub(super) folder: bool,
    /// It only points at another file.
    pub(super) link: bool,
    packed: u64,
}

/// An open ZIP.
pub(super) struct Package<'f> {
    zip: ZipArchive<&'f mut dyn File>,
    pub(super) entries: Vec<Entry>,
}

impl<'f> Package<'f> {
    /// Opens a ZIP with at most so many members. Refused are more members, members that share bytes,
    /// and bytes before or behind it, which other programs would take for another file.
    pub(super) fn open(
        file: &'f mut dyn File,
        members: usize,
        looking: &Looking<'_>,
    ) -> Result<Self, Unreadable> {
        let end = end(file).ok().flatten().ok_or(Unreadable::Broken)?;
        if end.entries > long(members) || end.directory > DIRECTORY {
            return Err(Unreadable::TooLarge);
        }
        if end.behind > 0 {
            return Err(Unreadable::Broken);
        }
        let mut zip = ZipArchive::new(file).map_err(|cause| why(looking, &cause))?;
        if zip.offset() > 0 || zip.has_duplicate_names() {
            return Err(Unreadable::Broken);
        }
        if zip.has_overlapping_entries().map_err(|cause| why(looking, &cause))? {
            return Err(Unreadable::Bomb);
        }
        let entries = (0..zip.len()).filter_map(|index| {
            let entry = zip.by_index_data(index).ok()?;
            Some(Entry {
                index,
                name: name(entry.name_raw()),
                encrypted: entry.encrypted(),
                folder: entry.is_dir(),
                link: entry.is_symlink(),
                packed: entry.compressed_size(),
            })
        });
        let entries = entries.collect();
        Ok(Self { zip, entries })
    }

    /// The names of the members.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Whether a member has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|one| one.eq_ignore_ascii_case(name))
    }

    /// Where a member begins that is kept as it is.
    pub(super) fn stored_at(&mut self, place: u64) -> bool {
        (0..self.zip.len()).any(|index| {
            self.zip.by_index_raw(index).is_ok_and(|member| {
                member.compression() == zip::CompressionMethod::Stored
                    && member.data_start() == Some(place)
            })
        })
    }

    /// The text of a short first member that has this name.
    pub(super) fn first(&mut self, name: &str, looking: &Looking<'_>) -> Option<String> {
        let entry = self.zip.by_index_data(0).ok()?;
        if entry.name_raw() != name.as_bytes() || entry.encrypted() {
            return None;
        }
        let packed = entry.compressed_size();
        let mut text = String::new();
        let part = looking.counted(self.zip.by_index(0).ok()?, packed);
        part.take(100).read_to_string(&mut text).ok()?;
        Some(text.trim().to_owned())
    }

    /// A member, to be read.
    pub(super) fn part<'s>(
        &'s mut self,
        entry: &Entry,
        looking: &'s Looking<'s>,
    ) -> Result<Counted<'s, ZipFile<'s, &'f mut dyn File>>, Unreadable> {
        let part = self.zip.by_index(entry.index).map_err(|cause| why(looking, &cause))?;
        Ok(looking.counted(part, entry.packed))
    }
}

fn why(looking: &Looking<'_>, cause: &ZipError) -> Unreadable {
    match cause {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Unreadable::Unknown
        }
        _ => looking.why(),
    }
}

/// A member's name: UTF-8, or CP932 as Windows writes it.
fn name(raw: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(raw) {
        return name.to_owned();
    }
    match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw) {
        Some(name) => name.into_owned(),
        None => String::from_utf8_lossy(raw).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_windows_writes_them() {
        let written = SHIFT_JIS.encode("名簿/一覧表.csv").0;
        assert_eq!(name(&written), "名簿/一覧表.csv");
        assert_eq!(name("名簿.csv".as_bytes()), "名簿.csv");
        assert_eq!(name(b"\xff\xfe"), "\u{fffd}\u{fffd}");
    }
}
