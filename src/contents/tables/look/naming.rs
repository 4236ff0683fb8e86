//! Which cells name somebody who is watched for.

use crate::contents::fold::fold;
use crate::contents::model::Watch;

/// How many more characters than the name a cell may have: 「○○事業所 御中」.
const MORE: usize = 8;

/// The names that are watched for.
pub(super) struct Names {
    /// By their first character; of those with the same one, the longest first.
    all: Vec<Name>,
    longest: usize,
    /// Whether one of them is without Japanese.
    ascii: bool,
}

struct Name {
    first: char,
    folded: String,
    length: usize,
    /// The place of whom it names.
    place: usize,
}

impl Names {
    pub(super) fn new(watch: &Watch) -> Self {
        let mut all = Vec::new();
        for (place, (_, names)) in watch.named.iter().enumerate() {
            for folded in names.iter().map(|name| fold(name)) {
                if let Some(first) = folded.chars().next() {
                    all.push(Name { first, length: folded.chars().count(), folded, place });
                }
            }
        }
        all.sort_by_key(|name| (name.first, std::cmp::Reverse(name.length)));
        let longest = all.iter().map(|name| name.length).max().unwrap_or(0);
        let ascii = all.iter().any(|name| name.folded.is_ascii());
        Self { all, longest, ascii }
    }

    /// Whom a cell names: the longest name that is the cell, or stands in it with little else.
    pub(super) fn named(&self, text: &str) -> Option<usize> {
        // Four bytes a character at most; spaces may stand between all of them.
        let long = text.len() > 8 * (self.longest + MORE);
        if self.all.is_empty() || long || (!self.ascii && text.is_ascii()) {
            return None;
        }
        let folded = fold(text);
        let length = folded.chars().count();
        let mut found: Option<&Name> = None;
        for (at, first) in folded.char_indices() {
            let rest = folded.get(at..).unwrap_or_default();
            let begin = self.all.partition_point(|name| name.first < first);
            let here = self.all.iter().skip(begin).take_while(|name| name.first == first);
            let fits = |name: &&Name| {
                let whole = name.length == length;
                let within = name.length >= 2 && length <= name.length + MORE;
                (whole || within) && rest.starts_with(&name.folded)
            };
            if let Some(name) = here.filter(fits).max_by_key(|name| name.length) {
                found = found.filter(|best| best.length >= name.length).or(Some(name));
            }
        }
        found.map(|name| name.place)
    }
}
