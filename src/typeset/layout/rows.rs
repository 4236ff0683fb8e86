//! A row of cells into strips: one for each line, so that a row higher than the rest of a page
//! goes on on the next one.

use super::lines::run;
use super::{Column, Composer};
use crate::typeset::breaking::{Setting, set};
use crate::typeset::document::Align;
use crate::typeset::page::{Keep, Mark, Strip};
use crate::typeset::style::{HAIR, HAIRLINE, LEFT, Look, Rgb, WIDTH};

/// Rows of up to this many lines stay on one page.
const WHOLE: usize = 8;

/// One cell of a row.
pub(super) struct RowCell<'a> {
    /// Its column, padding included.
    pub column: Column,
    /// The words.
    pub text: &'a str,
    /// How they are set.
    pub look: Look,
    /// How they are aligned.
    pub align: Align,
    /// Its ground.
    pub ground: Option<Rgb>,
}

/// The space around the words of a row's cells, pt.
#[derive(Clone, Copy)]
pub(super) struct Padding {
    /// Above and below.
    pub vertical: f32,
    /// Left and right.
    pub horizontal: f32,
}

impl Composer {
    /// The strips of a row with a hairline on top.
    pub(super) fn row(&mut self, cells: &[RowCell<'_>], padding: Padding) -> Vec<Strip> {
        let set_cell = |cell: &RowCell<'_>| {
            let inner = inner(cell.column, padding);
            let setting = set(&mut self.book, cell.text, cell.look, inner.width);
            (inner, setting)
        };
        let settings: Vec<(Column, Setting)> = cells.iter().map(set_cell).collect();
        let count = settings.iter().map(|(_, set)| set.lines.len()).max();
        let count = count.unwrap_or(1);
        let mut strips: Vec<Strip> = (0..count)
            .map(|index| slice(cells, &settings, index, count, padding.vertical))
            .collect();
        keep(&mut strips);
        if let Some(first) = strips.first_mut() {
            let rule = Mark::rule(LEFT, 0.0, WIDTH, HAIR, HAIRLINE);
            first.marks.push(rule);
        }
        strips
    }
}

/// The column without its padding, which shrinks with the column.
fn inner(column: Column, padding: Padding) -> Column {
    let side = padding.horizontal.min(column.width * 0.1);
    column.inset(side, side)
}

fn slice(
    cells: &[RowCell<'_>],
    settings: &[(Column, Setting)],
    index: usize,
    count: usize,
    padding: f32,
) -> Strip {
    let above = if index == 0 { padding } else { 0.0 };
    let below = if index + 1 == count { padding } else { 0.0 };
    let line_height =
        cells.iter().map(|cell| cell.look.size * cell.look.leading).fold(0.0, f32::max);
    let mut strip = Strip::new(above + line_height + below);
    strip.close = Some((LEFT, WIDTH));
    for (cell, (inner, setting)) in cells.iter().zip(settings) {
        if let Some(color) = cell.ground {
            let Column { x, width } = cell.column;
            strip.grounds.push((x, width, color));
        }
        let line = setting.lines.get(index);
        let mark = line.and_then(|line| run(setting, line, cell.look, *inner, above, cell.align));
        strip.marks.extend(mark);
    }
    strip
}

fn keep(strips: &mut [Strip]) {
    let whole = strips.len() <= WHOLE;
    let Some((_, holding)) = strips.split_last_mut() else {
        return;
    };
    let last = holding.len().saturating_sub(1);
    for (index, strip) in holding.iter_mut().enumerate() {
        let end = index == 0 || index == last;
        strip.keep = match (whole, end) {
            (true, _) => Keep::Soft,
            (false, true) => Keep::Hard,
            (false, false) => Keep::No,
        };
    }
}
