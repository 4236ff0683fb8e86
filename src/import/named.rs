//! What rows call by its name: data items, handlers, recipients.

use std::collections::HashMap;

use crate::japanese::{fold_name, fold_width};
use crate::web::Message;

/// What separates several names in one cell. Dots and slashes don't: names have them.
const SEPARATORS: &[char] = &['、', ',', ';'];
/// Most names of a cell that are joined again because a name may hold what separates.
const MOST_JOINED: usize = 8;

/// Ids by what they are called; nothing where two are called alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// By the name as it is typed, which goes first.
    exact: HashMap<String, Option<String>>,
    /// By the name as it is searched for.
    folded: HashMap<String, Option<String>>,
}

/// Why a name leads to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// Nobody is called so.
    Unknown(String),
    /// Several are.
    Several(String),
}

impl Lost {
    /// The message, by the keys of both cases.
    pub fn message(self, unknown: &'static str, several: &'static str) -> Message {
        let (key, name) = match self {
            Self::Unknown(name) => (unknown, name),
            Self::Several(name) => (several, name),
        };
        Message::new(key).with("name", name.chars().take(60).collect::<String>())
    }
}

impl Named {
    /// Learns what an id is called; an empty name is none.
    pub fn learn(&mut self, name: &str, id: &str) {
        let key = fold_name(name);
        if key.is_empty() {
            return;
        }
        for (map, key) in [(&mut self.exact, name.to_owned()), (&mut self.folded, key)] {
            let known = map.entry(key).or_insert_with(|| Some(id.to_owned()));
            if known.as_deref() != Some(id) {
                *known = None;
            }
        }
    }

    /// Whether nothing is called so yet.
    pub fn is_free(&self, name: &str) -> bool {
        !self.folded.contains_key(&fold_name(name))
    }

    /// The id that is called so.
    pub fn one(&self, name: &str) -> Result<&str, Lost> {
        if let Some(Some(id)) = self.exact.get(name) {
            return Ok(id);
        }
        match self.folded.get(&fold_name(name)) {
            Some(Some(id)) => Ok(id),
            Some(None) => Err(Lost::Several(name.to_owned())),
            None => Err(Lost::Unknown(name.to_owned())),
        }
    }

    /// The ids of a cell with several names, each once.
    pub fn several(&self, cell: &str) -> Result<Vec<&str>, Lost> {
        let parts = split(cell);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            let joined = || {
                (2..=MOST_JOINED).rev().find_map(|many| {
                    let some = parts.get(at..at + many)?;
                    Some((self.one(&some.join("、")).ok()?, many))
                })
            };
            let (id, many) = match self.one(part) {
                Ok(id) => (id, 1),
                Err(lost) => joined().ok_or(lost)?,
            };
            if !found.contains(&id) {
                found.push(id);
            }
            at += many;
        }
        Ok(found)
    }
}

/// The names of a cell.
pub(super) fn split(cell: &str) -> Vec<String> {
    cell.replace(['\n', '\r', '；', '，'], ";")
        .split(SEPARATORS)
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// An entrustment's number as it is compared: width and blanks don't matter.
pub(super) fn number(cell: &str) -> String {
    fold_width(cell.trim())
}
