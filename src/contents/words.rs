//! Running text, searched for kinds of personal data. What was searched is forgotten.

use std::collections::BTreeMap;

use super::kind::{kind_of_heading, loose};
use super::looking::Looking;
use super::model::{Contents, DataKind, Unreadable};
use super::source::long;
use crate::japanese::find_my_numbers;

/// Bytes that are searched together.
const BLOCK: usize = 16 * 1024;
/// Most bytes of a number that goes on in the next block.
const NUMBER: usize = 100;
/// Most characters of a heading.
const HEADING: usize = 40;

/// Takes text piece by piece.
pub(super) struct Words<'l> {
    looking: &'l Looking<'l>,
    block: String,
    found: BTreeMap<DataKind, u64>,
    my_numbers: u64,
    taken: usize,
}

impl<'l> Words<'l> {
    pub(super) fn new(looking: &'l Looking<'l>) -> Self {
        let block = String::new();
        Self { looking, block, found: BTreeMap::new(), my_numbers: 0, taken: 0 }
    }

    /// Takes a piece of text, which may hold several lines or a part of one.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Unreadable> {
        let count = text.chars().count();
        self.looking.take_text(count)?;
        self.taken = self.taken.saturating_add(count);
        let mut lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']);
        self.append(lines.next().unwrap_or_default());
        for line in lines {
            self.end_line();
            self.append(line);
        }
        Ok(())
    }

    /// A tab: what follows stands apart from what was before.
    pub(super) fn tab(&mut self) {
        self.append("\t");
    }

    /// The line ends.
    pub(super) fn end_line(&mut self) {
        if !self.block.ends_with('\n') {
            self.block.push('\n');
        }
        if self.block.len() > BLOCK / 2 {
            self.search();
        }
    }

    /// How many characters were taken.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    /// Adds what was found.
    pub(super) fn finish(mut self, contents: &mut Contents) {
        self.search();
        contents.my_numbers = contents.my_numbers.saturating_add(self.my_numbers);
        for (kind, count) in self.found {
            let total = contents.loose.entry(kind).or_default();
            *total = total.saturating_add(count);
        }
    }

    fn search(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.my_numbers = self.my_numbers.saturating_add(long(find_my_numbers(&block).len()));
        let labels = block.lines().flat_map(labels);
        for (kind, count) in loose(&block).into_iter().chain(labels.map(|kind| (kind, 1))) {
            let total = self.found.entry(kind).or_default();
            *total = total.saturating_add(count);
        }
    }

    fn append(&mut self, text: &str) {
        let mut rest = text;
        while self.block.len().saturating_add(rest.len()) > BLOCK {
            let (now, later) = rest.split_at(cut(rest, BLOCK.saturating_sub(self.block.len())));
            self.block.push_str(now);
            // A number that goes on stays in one piece.
            let kept = self.block.trim_end_matches(goes_on).len();
            let number = self.block.len() - kept < NUMBER;
            let tail = if number { self.block.split_off(kept) } else { String::new() };
            self.search();
            self.block = tail;
            rest = later;
        }
        self.block.push_str(rest);
    }
}

/// What the cells of a row say that stand before a filled one: a label, or headings.
fn labels(line: &str) -> Vec<DataKind> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    let followed = cells.windows(2).filter_map(|two| match two {
        [label, value] if !value.is_empty() && label.chars().count() <= HEADING => {
            kind_of_heading(label)
        }
        _ => None,
    });
    followed.filter(|kind| *kind != DataKind::MyNumber).collect()
}

/// A place near the wanted one between two characters.
fn cut(text: &str, wanted: usize) -> usize {
    let wanted = wanted.min(text.len());
    (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn goes_on(c: char) -> bool {
    c.is_numeric() || matches!(c, '-' | ' ' | '\u{3000}' | '－' | '‐' | '−' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contents::model::{Bounds, Watch};

    fn found(pieces: &[&str]) -> Contents {
        let watch = Watch::default();
        let looking = Looking::new(&watch, Bounds::default());
        let mut words = Words::new(&looking);
        for piece in pieces {
            words.push(piece).unwrap();
        }
        let mut contents = Contents::of(crate::contents::Format::Text);
        words.finish(&mut contents);
        contents
    }

    #[test]
    fn pieces_are_put_together_and_lines_kept_apart() {
        assert_eq!(found(&["番号 1234", "56789018", "\nつづき"]).my_numbers, 1);
        assert_eq!(found(&["番号 1234", "\n56789018"]).my_numbers, 0);
    }

    #[test]
    fn a_number_on_the_edge_of_a_long_line_is_found_once() {
        for before in (BLOCK - 30)..(BLOCK + 5) {
            let text = format!("{}123456789018{}", "x".repeat(before), "y".repeat(2 * BLOCK));
            assert_eq!(found(&[&text]).my_numbers, 1, "{before}");
        }
    }

    #[test]
    fn a_cell_before_a_filled_one_is_a_label() {
        assert_eq!(found(&["氏名\t山田 花子\n"]).loose.get(&DataKind::Name), Some(&1));
        assert_eq!(found(&["氏名\t\n氏名\n"]).loose.get(&DataKind::Name), None);
        assert_eq!(found(&["氏名：山田 花子\n"]).loose.get(&DataKind::Name), Some(&1));
    }

    #[test]
    fn more_text_than_the_bounds_is_said() {
        let watch = Watch::default();
        let looking = Looking::new(&watch, Bounds { text: 10, ..Bounds::default() });
        let mut words = Words::new(&looking);
        assert_eq!(words.push("0123456789"), Ok(()));
        assert_eq!(words.push("x"), Err(Unreadable::TooLarge));
    }
}
