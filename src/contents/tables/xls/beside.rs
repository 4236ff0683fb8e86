//! What a workbook of Excel 97–2003 brings beside its records: programs, files inside the file, what
//! is told of it.

use std::io::{Read, Seek};

use cfb::CompoundFile;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16LE};

use super::super::feed::Feed;
use crate::contents::model::Hidden;

/// Most bytes of what is told.
const MAX_TOLD: u64 = 256 * 1024;
/// Most entries that are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Looks at everything but the workbook itself.
pub(super) fn read(file: &mut CompoundFile<impl Read + Seek>, feed: &mut Feed<'_>) {
    let entries: Vec<(String, bool)> = file
        .walk()
        .take(MAX_ENTRIES)
        .map(|entry| (entry.path().to_string_lossy().to_uppercase(), entry.is_storage()))
        .collect();
    for (path, storage) in &entries {
        let name = path.trim_start_matches('/');
        if name.contains('/') {
            continue;
        }
        let what = match name {
            "_VBA_PROJECT_CUR" if *storage => Hidden::Program,
            "_SX_DB_CUR" if *storage => Hidden::Cache,
            "REVISION LOG" => Hidden::Revisions,
            name if *storage && name.starts_with("MBD") => Hidden::Embedded,
            _ => continue,
        };
        feed.aside.hides(what, "", 1);
    }
    let summary: &[(u32, &str)] = &[
        (2, "title"),
        (3, "subject"),
        (4, "author"),
        (5, "keywords"),
        (6, "description"),
        (8, "last_author"),
    ];
    told(file, "/\u{5}SummaryInformation", summary, feed);
    let document: &[(u32, &str)] = &[(14, "manager"), (15, "company")];
    told(file, "/\u{5}DocumentSummaryInformation", document, feed);
}

/// What is told under known numbers (MS-OLEPS); what can't be read is left out.
fn told(
    file: &mut CompoundFile<impl Read + Seek>,
    path: &str,
    keys: &[(u32, &str)],
    feed: &mut Feed<'_>,
) {
    let Ok(stream) = file.open_stream(path) else {
        return;
    };
    let mut bytes = Vec::new();
    if stream.take(MAX_TOLD).read_to_end(&mut bytes).is_err() {
        return;
    }
    let Some(start) = long(&bytes, 44) else {
        return;
    };
    let set = bytes.get(start..).unwrap_or_default();
    let count = long(set, 4).unwrap_or(0).min(200);
    let places: Vec<(usize, usize)> = (0..count)
        .filter_map(|index| Some((long(set, 8 + index * 8)?, long(set, 12 + index * 8)?)))
        .collect();
    let encoding = places.iter().find(|(id, _)| *id == 1).and_then(|(_, at)| long(set, at + 4));
    let encoding: &'static Encoding = match encoding.map(|page| page & 0xffff) {
        Some(65001) => UTF_8,
        Some(1200) => UTF_16LE,
        _ => SHIFT_JIS,
    };
    for (id, at) in places {
        let key = keys.iter().find(|(known, _)| usize::try_from(*known).is_ok_and(|k| k == id));
        if let Some(((_, key), value)) = key.zip(value(set, at, encoding)) {
            feed.aside.tells(key, &value);
        }
    }
}

/// A text among what is told.
fn value(set: &[u8], at: usize, encoding: &'static Encoding) -> Option<String> {
    let length = long(set, at.checked_add(4)?)?;
    let start = at.checked_add(8)?;
    let bytes = |length: usize| set.get(start..start.checked_add(length)?);
    let text = match long(set, at)? & 0xffff {
        0x1e => encoding.decode_without_bom_handling(bytes(length)?).0.into_owned(),
        0x1f => UTF_16LE.decode_without_bom_handling(bytes(length.checked_mul(2)?)?).0.into_owned(),
        _ => return None,
    };
    Some(text.trim_end_matches('\0').to_owned())
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}
