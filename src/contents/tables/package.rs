//! A package of parts (zip), as workbooks are.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Seek as _, SeekFrom};

use zip::ZipArchive;

use super::bounded::{Budget, End, Go, Metered, Source};
use super::feed::Feed;
use super::xml::Xml;
use crate::contents::model::Unreadable;

/// Bytes read in one go.
const PIECE: usize = 64 * 1024;

/// A package.
pub(super) struct Package<'a> {
    archive: ZipArchive<BufReader<Source<'a>>>,
    /// The parts by their names in small letters: packages don't tell A from a.
    places: BTreeMap<String, usize>,
    budget: Budget,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// It is none, has too many parts, or two of one name: which of them counts, programs disagree.
    pub(super) fn open(source: &Source<'a>, feed: &Feed<'_>) -> Go<Self> {
        let mut file = source.clone();
        file.seek(SeekFrom::Start(0))?;
        let archive = ZipArchive::new(BufReader::with_capacity(PIECE, file))?;
        if archive.len() > feed.bounds.members {
            return Err(End::Why(Unreadable::TooLarge));
        }
        if archive.has_duplicate_names() {
            return Err(End::BROKEN);
        }
        let mut places = BTreeMap::new();
        for (index, name) in archive.file_names_raw().enumerate() {
            if places.insert(plain_name(&String::from_utf8_lossy(name)), index).is_some() {
                return Err(End::BROKEN);
            }
        }
        Ok(Self { archive, places, budget: feed.budget.clone() })
    }

    /// The names of the parts.
    pub(super) fn names(&self) -> Vec<String> {
        self.places.keys().cloned().collect()
    }

    /// A part as XML; nothing where there is none.
    ///
    /// # Errors
    /// It can't be unpacked.
    pub(super) fn xml(&mut self, name: &str) -> Go<Option<Xml<impl BufRead>>> {
        let Some(index) = self.places.get(&plain_name(name)) else {
            return Ok(None);
        };
        let part = self.archive.by_index(*index)?;
        let packed = part.compressed_size();
        let part = Metered::new(BufReader::with_capacity(PIECE, part), &self.budget, packed);
        Xml::open(part).map(Some)
    }
}

/// A part's name in small letters, from the root.
fn plain_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The part that a relation of another part leads to.
pub(super) fn resolve(from: &str, target: &str) -> String {
    if target.starts_with('/') {
        return plain_name(target);
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    plain_name(&path.join("/"))
}
