//! The rows of a list, each told whose it is.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use super::plan::{Plan, Whose};
use crate::contents::{self, Bounds, Format, Next, RowRead, Rows, Table, TableHead};
use crate::error::{Error, Result};

/// Most characters of a sheet's name that are kept of it.
const NAME: usize = 100;
/// Most rows of nobody whose numbers are told.
const TOLD: usize = 10;

/// What takes the rows.
pub(super) trait Taking {
    /// A row above the headings, without what isn't shown.
    fn title(&mut self, cells: &[(u16, String)]) -> Result<()>;

    /// A row of one of the recipients.
    fn row(&mut self, part: usize, cells: &[(u16, String)]) -> Result<()>;
}

/// How many rows went where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Rows of each part.
    pub parts: Vec<u64>,
    /// Rows of recipients for whom nothing is cut.
    pub another: u64,
    /// Rows that name nobody, or several.
    pub nobody: u64,
    /// The numbers of the first of these.
    pub nobody_at: Vec<u32>,
    /// Rows that aren't shown in the source: they go nowhere.
    pub hidden: u64,
}

impl Tally {
    /// The rows that go to somebody.
    pub fn given(&self) -> u64 {
        self.parts.iter().sum()
    }
}

/// Reads the rows of a table and tells whose each is.
///
/// # Errors
/// Those of reading and taking; [`Error::Conflict`] for a file that can no longer be read.
pub(super) fn read(
    format: Format,
    file: &mut (impl Read + Seek),
    table: &Table,
    plan: &Plan,
    to: &mut dyn Taking,
) -> Result<Tally> {
    let mut reading = Reading {
        table,
        plan,
        to,
        inside: false,
        hidden: BTreeSet::new(),
        tally: Tally { parts: vec![0; plan.parts.len()], ..Tally::default() },
        fault: None,
    };
    let read = contents::rows(format, file, &Bounds::default(), &mut reading);
    let Reading { tally, fault, .. } = reading;
    match (fault, read.map_err(Error::internal)?) {
        (Some(fault), _) => Err(fault),
        (None, Err(_why)) => Err(Error::Conflict("handover-cut-unreadable")),
        (None, Ok(())) => Ok(tally),
    }
}

struct Reading<'a> {
    table: &'a Table,
    plan: &'a Plan,
    to: &'a mut dyn Taking,
    /// Whether the table is the one that is cut.
    inside: bool,
    /// Its columns that aren't shown.
    hidden: BTreeSet<u16>,
    tally: Tally,
    fault: Option<Error>,
}

impl Reading<'_> {
    fn take(&mut self, row: &RowRead<'_>) -> Result<()> {
        if row.number == self.table.heading_row {
            return Ok(());
        }
        if row.number < self.table.heading_row {
            let shown = |(at, _): &&(u16, String)| !self.hidden.contains(at);
            let cells: Vec<(u16, String)> = row.cells.iter().filter(shown).cloned().collect();
            return if row.hidden { Ok(()) } else { self.to.title(&cells) };
        }
        if row.hidden {
            self.tally.hidden += 1;
            return Ok(());
        }
        match self.plan.whose(row.cells) {
            Whose::Part(part) => {
                if let Some(count) = self.tally.parts.get_mut(part) {
                    *count += 1;
                }
                self.to.row(part, row.cells)?;
            }
            Whose::Another => self.tally.another += 1,
            Whose::Nobody => {
                self.tally.nobody += 1;
                if self.tally.nobody_at.len() < TOLD {
                    self.tally.nobody_at.push(row.number);
                }
            }
        }
        Ok(())
    }
}

impl Rows for Reading<'_> {
    fn table(&mut self, head: &TableHead) -> Next {
        if self.inside {
            return Next::Stop;
        }
        self.inside = !head.hidden && head.name.chars().take(NAME).eq(self.table.name.chars());
        self.hidden = head.hidden_columns.iter().cloned().flatten().collect();
        if self.inside { Next::Go } else { Next::SkipTable }
    }

    fn row(&mut self, row: &RowRead<'_>) -> Next {
        match self.take(row) {
            Ok(()) => Next::Go,
            Err(fault) => {
                self.fault = Some(fault);
                Next::Stop
            }
        }
    }
}
