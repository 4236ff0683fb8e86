//! Texts that many cells share, kept as one.

use super::bounded::{End, Go};
use crate::contents::model::Unreadable;

/// Most bytes of all shared texts.
const MAX_BYTES: usize = 160 * 1024 * 1024;
/// Most shared texts.
const MAX_COUNT: usize = 20_000_000;

/// Shared texts: one behind the other, and where each ends.
#[derive(Default)]
pub(super) struct Shared {
    text: String,
    ends: Vec<u32>,
}

impl Shared {
    /// Goes on with the text that isn't ended yet.
    ///
    /// # Errors
    /// There is more than is kept.
    pub(super) fn add(&mut self, piece: &str) -> Go {
        self.text.push_str(piece);
        if self.text.len() > MAX_BYTES { Err(TOO_LARGE) } else { Ok(()) }
    }

    /// Ends a text; what is to be done to it before is done.
    ///
    /// # Errors
    /// There is more than is kept.
    pub(super) fn end(&mut self, finish: impl FnOnce(&mut String, usize)) -> Go {
        let start = self.ends.last().map_or(0, |end| place(*end));
        finish(&mut self.text, start);
        let end = u32::try_from(self.text.len()).ok();
        self.ends.push(end.filter(|_| self.ends.len() < MAX_COUNT).ok_or(TOO_LARGE)?);
        Ok(())
    }

    /// A text by its number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        self.text.get(place(*start)..place(*end))
    }
}

const TOO_LARGE: End = End::Why(Unreadable::TooLarge);

fn place(end: u32) -> usize {
    usize::try_from(end).unwrap_or(usize::MAX)
}
