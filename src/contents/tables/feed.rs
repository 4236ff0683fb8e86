//! From the readers to whoever takes the rows, within bounds; and what is found beside the rows.

use std::collections::BTreeMap;

use super::bounded::{Budget, End, Go};
use super::{Next, RowRead, Rows, TableHead};
use crate::contents::kind;
use crate::contents::model::{Bounds, DataKind, Hidden, HiddenAt, Unreadable};
use crate::japanese::find_my_numbers;

/// Most bytes of text in a row.
pub(super) const MAX_ROW: usize = 4 * 1024 * 1024;
/// Most sheets, or relations of a part.
pub(super) const MAX_PARTS: usize = 10_000;
/// A cell's room is kept for the next row up to this size.
const KEPT: usize = 4096;

/// The cells of the row that is being read; their room is used again for the next one.
pub(super) struct RowCells {
    cells: Vec<(u16, String)>,
    spare: Vec<String>,
    bytes: usize,
    most: usize,
}

impl RowCells {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self { cells: Vec::new(), spare: Vec::new(), bytes: 0, most: usize::from(bounds.columns) }
    }

    /// The next row.
    pub(super) fn clear(&mut self) {
        for (_, mut text) in self.cells.drain(..) {
            text.clear();
            text.shrink_to(KEPT);
            self.spare.push(text);
        }
        self.bytes = 0;
    }

    /// A cell, as it is written; one that shows nothing is none.
    ///
    /// # Errors
    /// The row has more cells or text than is looked at.
    pub(super) fn write(&mut self, column: u16, text: impl FnOnce(&mut String)) -> Go {
        let mut cell = self.spare.pop().unwrap_or_default();
        text(&mut cell);
        if is_blank(&cell) {
            cell.clear();
            self.spare.push(cell);
            return Ok(());
        }
        self.bytes += cell.len();
        self.cells.push((column, cell));
        if self.cells.len() > self.most || self.bytes > MAX_ROW {
            return Err(End::Why(Unreadable::TooLarge));
        }
        Ok(())
    }

    /// A cell with its text.
    ///
    /// # Errors
    /// As [`RowCells::write`].
    pub(super) fn put(&mut self, column: u16, text: &str) -> Go {
        self.write(column, |cell| cell.push_str(text))
    }

    /// The cells, from left to right.
    pub(super) fn filled(&mut self) -> &[(u16, String)] {
        if !self.cells.is_sorted_by_key(|(column, _)| *column) {
            self.cells.sort_by_key(|(column, _)| *column);
        }
        &self.cells
    }
}

/// Whether a text shows nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// Hands rows on and counts them.
pub(super) struct Feed<'a> {
    to: &'a mut dyn Rows,
    pub(super) bounds: &'a Bounds,
    /// What may still be unpacked.
    pub(super) budget: &'a Budget,
    /// What may still be handed on: a text that is stored once may be shown a million times.
    texts: Budget,
    rows: u64,
    /// What is found beside the rows.
    pub(super) aside: &'a mut Aside,
}

impl<'a> Feed<'a> {
    pub(super) fn new(
        to: &'a mut dyn Rows,
        bounds: &'a Bounds,
        budget: &'a Budget,
        aside: &'a mut Aside,
    ) -> Self {
        Self { to, bounds, budget, texts: Budget::of(bounds.unpacked), rows: 0, aside }
    }

    /// A table begins; whether its rows are wanted.
    ///
    /// # Errors
    /// Nothing more is wanted.
    pub(super) fn table(&mut self, head: &TableHead) -> Go<bool> {
        wanted(self.to.table(head))
    }

    /// A row, unless it is empty; whether more are wanted.
    ///
    /// # Errors
    /// Nothing more is wanted, or there are more rows than are looked at.
    pub(super) fn row(&mut self, number: u32, hidden: bool, cells: &mut RowCells) -> Go<bool> {
        let bytes = cells.bytes;
        let cells = cells.filled();
        if cells.is_empty() {
            return Ok(true);
        }
        self.rows += 1;
        if self.rows > self.bounds.rows {
            return Err(End::Why(Unreadable::TooLarge));
        }
        if self.texts.take(bytes).is_err() {
            return Err(End::Why(Unreadable::Bomb));
        }
        wanted(self.to.row(&RowRead { number, hidden, cells }))
    }
}

fn wanted(next: Next) -> Go<bool> {
    match next {
        Next::Go => Ok(true),
        Next::SkipTable => Ok(false),
        Next::Stop => Err(End::Enough),
    }
}

/// What is found beside the rows.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pub(super) hidden: Vec<HiddenAt>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) loose: BTreeMap<DataKind, u64>,
    pub(super) my_numbers: u64,
}

/// Most things that are told about a file.
const MAX_TOLD: usize = 50;

impl Aside {
    /// Something hidden.
    pub(super) fn hides(&mut self, what: Hidden, place: &str, count: u64) {
        let place = shown(place);
        let same = self.hidden.iter_mut().find(|at| at.what == what && at.place == place);
        match same {
            Some(at) => at.count = at.count.saturating_add(count),
            None => self.hidden.push(HiddenAt { what, place, count }),
        }
    }

    /// Something that is told about the file.
    pub(super) fn tells(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() && self.metadata.len() < MAX_TOLD {
            self.text(value);
            self.metadata.insert(key.to_owned(), shown(value));
        }
    }

    /// A value outside the rows, of which there may be many: only My Numbers are looked for.
    pub(super) fn value(&mut self, value: &str) {
        if value.len() >= 12 {
            self.my_numbers += count(find_my_numbers(value).len());
        }
    }

    /// A text outside the rows: comments, drawings, headers.
    pub(super) fn text(&mut self, text: &str) {
        self.my_numbers += count(find_my_numbers(text).len());
        for (kind, times) in kind::loose(text) {
            *self.loose.entry(kind).or_default() += times;
        }
    }
}

/// A text as it may be kept: at most 100 characters, a My Number in it masked.
pub(super) fn shown(text: &str) -> String {
    let start: String = text.chars().take(200).collect();
    let mut masked = start.clone();
    for place in find_my_numbers(&start).into_iter().rev() {
        masked.replace_range(place, "************");
    }
    let line = masked.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(100).collect()
}

pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
