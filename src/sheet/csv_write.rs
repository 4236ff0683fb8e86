//! CSV written: UTF-8 with its mark, or CP932; CRLF; never a formula.

use std::collections::BTreeMap;

use encoding_rs::SHIFT_JIS;

use super::model::{Column, Kind};
use crate::error::{Error, Result};

/// The encoding of a written file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with its mark, which every program for sheets of today reads.
    #[default]
    Utf8,
    /// CP932, for older systems.
    Cp932,
}

/// A character that CP932 can't carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// The character.
    pub character: char,
    /// How often it is there.
    pub count: usize,
    /// The first row with it, from 1.
    pub row: u32,
    /// Its heading.
    pub heading: String,
    /// The text of that cell.
    pub text: String,
}

/// The bytes of a CSV file; or, of CP932, every character that it can't carry: nothing is replaced.
///
/// # Errors
/// When the writer fails, which memory doesn't.
pub fn csv(
    encoding: Encoding,
    columns: &[Column],
    rows: impl IntoIterator<Item = Result<Vec<String>>>,
) -> Result<Result<Vec<u8>, Vec<Unwritable>>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(match encoding {
            Encoding::Utf8 => vec![0xef, 0xbb, 0xbf],
            Encoding::Cp932 => Vec::new(),
        });
    let mut unwritable = BTreeMap::new();
    let headings = columns.iter().map(|column| Ok::<_, Error>(column.heading.clone())).collect();
    for (number, row) in (1_u32..).zip(std::iter::once(headings).chain(rows)) {
        let row = row?;
        let cells = columns.iter().zip(&row).map(|(column, text)| harmless(column.kind, text));
        match encoding {
            Encoding::Utf8 => writer.write_record(cells.map(String::into_bytes)),
            Encoding::Cp932 => {
                note(&mut unwritable, number, columns, &row);
                writer.write_record(cells.map(|text| SHIFT_JIS.encode(&text).0.into_owned()))
            }
        }
        .map_err(Error::internal)?;
    }
    if !unwritable.is_empty() {
        return Ok(Err(unwritable.into_values().collect()));
    }
    writer.into_inner().map(Ok).map_err(Error::internal)
}

/// The text so that no program for sheets takes it for a formula.
pub(super) fn harmless(kind: Kind, text: &str) -> String {
    let number = matches!(kind, Kind::Number | Kind::Date);
    if !number && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format!("'{text}");
    }
    text.to_owned()
}

fn note(
    unwritable: &mut BTreeMap<char, Unwritable>,
    number: u32,
    columns: &[Column],
    row: &[String],
) {
    for (column, text) in columns.iter().zip(row) {
        if carried(text) {
            continue;
        }
        for character in text.chars().filter(|c| !carried(c.encode_utf8(&mut [0; 4]))) {
            let entry = unwritable.entry(character).or_insert_with(|| Unwritable {
                character,
                count: 0,
                row: number,
                heading: column.heading.clone(),
                text: text.clone(),
            });
            entry.count += 1;
        }
    }
}

/// Whether CP932 gives a text back as it was: `¥` would come back as another sign.
fn carried(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    let (bytes, _, replaced) = SHIFT_JIS.encode(text);
    !replaced && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text
}
