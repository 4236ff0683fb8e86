//! What a list looks like when it is cut, before it is: the first rows of each recipient, masked.

use super::ground::{Cut, Ground};
use super::plan::cell;
use super::read::{self, Taking, Tally};
use crate::error::Result;
use crate::handover::checking;

/// Rows of each recipient that are shown.
const SHOWN: usize = 5;
/// Ways in which a recipient is called that are shown.
const CALLED: usize = 5;
/// Most characters of such a way.
const LONGEST: usize = 100;

/// What a preview keeps of the rows: the first ones of each recipient, masked.
pub(super) struct Glance<'a> {
    cut: &'a Cut,
    /// The rows of each part.
    pub rows: Vec<Vec<Vec<String>>>,
    /// How its recipient is called where it isn't by its name alone.
    pub called: Vec<Vec<String>>,
    /// The lines above the headings.
    pub lines: usize,
}

impl<'a> Glance<'a> {
    fn of(cut: &'a Cut) -> Self {
        let parts = cut.plan.parts.len();
        Self { cut, rows: vec![Vec::new(); parts], called: vec![Vec::new(); parts], lines: 0 }
    }

    fn masked(&self, part: usize, cells: &[(u16, String)]) -> Vec<String> {
        let places = self.cut.plan.parts.get(part).map(|part| part.columns.as_slice());
        let one = |at: &u16| {
            let text = cell(cells, *at);
            if Some(*at) == self.cut.plan.naming {
                return text.to_owned();
            }
            let found = self.cut.table.columns.iter().find(|column| column.at == *at);
            checking::masked(found.and_then(|column| column.kind), text)
        };
        places.unwrap_or_default().iter().map(one).collect()
    }
}

impl Taking for Glance<'_> {
    fn title(&mut self, _: &[(u16, String)]) -> Result<()> {
        self.lines += 1;
        Ok(())
    }

    fn row(&mut self, part: usize, cells: &[(u16, String)]) -> Result<()> {
        let named = self.cut.plan.naming.map_or("", |naming| cell(cells, naming));
        if let Some(called) = self.called.get_mut(part)
            && !named.is_empty()
            && called.len() < CALLED
            && !self.cut.plan.is_exactly(part, named)
            && !called.iter().any(|known| known == named)
        {
            called.push(named.chars().take(LONGEST).collect());
        }
        if self.rows.get(part).is_some_and(|rows| rows.len() < SHOWN) {
            let row = self.masked(part, cells);
            if let Some(rows) = self.rows.get_mut(part) {
                rows.push(row);
            }
        }
        Ok(())
    }
}

/// The first rows of each recipient. It blocks.
///
/// # Errors
/// Those of reading.
pub(super) fn glance<'a>(ground: &Ground, cut: &'a Cut) -> Result<(Glance<'a>, Tally)> {
    let mut glance = Glance::of(cut);
    let mut reader = ground.parts.reader();
    let tally = read::read(ground.format, &mut reader, &cut.table, &cut.plan, &mut glance)?;
    Ok((glance, tally))
}
