//! Tables and description lists.

use std::borrow::Cow;
use std::rc::Rc;

use super::rows::{Padding, RowCell};
use super::{BLOCK_GAP, Column, Composer, TEXT_AREA};
use crate::typeset::document::{Align, Cell, Table};
use crate::typeset::page::{Keep, Mark, Strip};
use crate::typeset::style::{
    CELL, CELL_HEAD, GROUND, HAIR, HAIRLINE, LEFT, Look, MUTED, PRIMARY, TEXT, WIDTH, Weight, pale,
    strong,
};

const TABLE_PADDING: Padding = Padding { vertical: 3.6, horizontal: 5.0 };
const FACTS_PADDING: Padding = Padding { vertical: 4.2, horizontal: 4.0 };
/// Share of a description list's width that the labels get.
const LABELS: f32 = 0.29;
/// A head higher than this part of a page is not repeated.
const HEAD_SHARE: f32 = 0.33;

impl Composer {
    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        let labels = Column { width: WIDTH * LABELS, ..TEXT_AREA };
        let values = TEXT_AREA.inset(labels.width, 0.0);
        let label_look = Look::new(9.0, 1.6, Weight::Bold, MUTED);
        let value_look = Look::new(9.5, 1.6, Weight::Regular, TEXT);
        let mut strips = Vec::new();
        for (label, value) in facts {
            let cells = [plain(labels, label, label_look), plain(values, value, value_look)];
            strips.extend(self.row(&cells, FACTS_PADDING));
        }
        close(&mut strips);
        self.add(BLOCK_GAP, strips);
    }

    pub(super) fn table(&mut self, table: &Table) {
        let columns = columns(table);
        let head = self.table_head(table, &columns);
        let height: f32 = head.iter().map(|strip| strip.height).sum();
        let repeated: Option<Rc<[Strip]>> =
            (height <= self.page * HEAD_SHARE).then(|| head.clone().into());
        let mut strips = head;
        for row in &table.rows {
            let folded = fold(row, columns.len());
            let cells: Vec<RowCell<'_>> = folded
                .iter()
                .zip(&columns)
                .map(|((cell, text), (column, align))| row_cell(cell, text, *column, *align))
                .collect();
            let first = strips.len();
            strips.extend(self.row(&cells, TABLE_PADDING));
            for strip in strips.iter_mut().skip(first) {
                strip.head.clone_from(&repeated);
            }
        }
        close(&mut strips);
        self.add(BLOCK_GAP + 2.0, strips);
    }

    fn table_head(&mut self, table: &Table, columns: &[(Column, Align)]) -> Vec<Strip> {
        if table.columns.iter().all(|column| column.head.is_empty()) {
            return Vec::new();
        }
        let cells: Vec<RowCell<'_>> = table
            .columns
            .iter()
            .zip(columns)
            .map(|(words, (column, align))| RowCell {
                column: *column,
                text: &words.head,
                look: CELL_HEAD,
                align: *align,
                ground: None,
            })
            .collect();
        let mut strips = self.row(&cells, TABLE_PADDING);
        for strip in &mut strips {
            strip.grounds = vec![(LEFT, WIDTH, GROUND)];
            strip.keep = Keep::Hard;
        }
        if let Some(first) = strips.first_mut() {
            first.marks.pop();
            let rule = Mark::rule(LEFT, 0.0, WIDTH, 1.0, PRIMARY);
            first.marks.push(rule);
        }
        strips
    }
}

/// The columns with their shares of the text area.
fn columns(table: &Table) -> Vec<(Column, Align)> {
    if table.columns.is_empty() {
        return vec![(TEXT_AREA, Align::Left)];
    }
    let share = |width: f32| {
        if width.is_finite() { width.clamp(0.01, 1000.0) } else { 1.0 }
    };
    let total: f32 = table.columns.iter().map(|column| share(column.width)).sum();
    let mut x = LEFT;
    let place = |column: &crate::typeset::document::Column| {
        let width = WIDTH * share(column.width) / total;
        let placed = Column { x, width };
        x += width;
        (placed, column.align)
    };
    table.columns.iter().map(place).collect()
}

/// A row's cells with their words, as many as there are columns: short rows are filled up, and
/// what is beyond the last column is added to it.
fn fold(row: &[Cell], columns: usize) -> Vec<(Cow<'_, Cell>, String)> {
    let mut folded: Vec<(Cow<'_, Cell>, String)> =
        row.iter().take(columns).map(|cell| (Cow::Borrowed(cell), cell.text.clone())).collect();
    folded.resize_with(columns, || (Cow::Owned(Cell::default()), String::new()));
    if let Some((_, text)) = folded.last_mut() {
        for cell in row.iter().skip(columns) {
            text.push('\n');
            text.push_str(&cell.text);
        }
    }
    folded
}

fn row_cell<'a>(cell: &Cell, text: &'a str, column: Column, align: Align) -> RowCell<'a> {
    let weight = if cell.bold { Weight::Bold } else { Weight::Regular };
    let color = match (cell.tone, cell.muted) {
        (Some(tone), _) => strong(tone),
        (None, true) => MUTED,
        (None, false) => TEXT,
    };
    RowCell {
        column,
        text,
        look: Look { weight, color, ..CELL },
        align,
        ground: cell.tone.map(pale),
    }
}

fn plain(column: Column, text: &str, look: Look) -> RowCell<'_> {
    RowCell { column, text, look, align: Align::Left, ground: None }
}

/// Draws the rule under the last row.
fn close(strips: &mut [Strip]) {
    if let Some(last) = strips.last_mut() {
        last.close = None;
        last.keep = Keep::No;
        let rule = Mark::rule(LEFT, last.height, WIDTH, HAIR, HAIRLINE);
        last.marks.push(rule);
    }
}
