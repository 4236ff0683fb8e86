//! What is in the tables of a file: columns and their kinds, persons, who is named, what is hidden.

mod column;
mod heading;
mod naming;
mod sight;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use self::naming::Names;
use self::sight::Sight;
use super::feed::{Aside, shown};
use super::{Next, RowRead, Rows, TableHead};
use crate::contents::model::{
    Bounds, Contents, DataKind, Format, Hidden, HiddenAt, Table, Unreadable, Watch,
};
use crate::contents::persons::Persons;

/// Looks at the tables of a file.
///
/// # Errors
/// The file itself can't be read.
pub fn look(
    format: Format,
    file: &mut (impl Read + Seek),
    watch: &Watch,
    bounds: &Bounds,
) -> io::Result<Contents> {
    let mut aside = Aside::default();
    let mut looking = Looking::new(watch, bounds);
    let read = super::read(format, file, bounds, &mut looking, &mut aside)?;
    looking.end_table();
    let mut contents = Contents::of(of(format, &aside));
    contents.unreadable = read.err().or(looking.found.refused);
    contents.persons = looking.found.persons.total();
    contents.my_numbers = looking.found.my_numbers + aside.my_numbers;
    contents.hidden = [aside.hidden, looking.found.hidden].concat();
    contents.metadata = aside.metadata;
    contents.tables = looking.found.tables;
    contents.loose = aside.loose;
    for (kind, times) in looking.found.loose {
        *contents.loose.entry(kind).or_default() += times;
    }
    Ok(contents)
}

/// A workbook that brings programs is one, whatever its name says.
fn of(format: Format, aside: &Aside) -> Format {
    let program = aside.hidden.iter().any(|at| at.what == Hidden::Program);
    if program && format == Format::Xlsx { Format::Xlsm } else { format }
}

/// What is found while the rows go by.
struct Looking<'w> {
    watch: &'w Watch,
    table: Option<Sight>,
    found: Found,
}

/// What was found so far.
pub(super) struct Found {
    names: Names,
    persons: Persons,
    my_numbers: u64,
    loose: BTreeMap<DataKind, u64>,
    hidden: Vec<HiddenAt>,
    tables: Vec<Table>,
    most_columns: usize,
    refused: Option<Unreadable>,
}

impl<'w> Looking<'w> {
    fn new(watch: &'w Watch, bounds: &Bounds) -> Self {
        let found = Found {
            names: Names::new(watch),
            persons: Persons::default(),
            my_numbers: 0,
            loose: BTreeMap::new(),
            hidden: Vec::new(),
            tables: Vec::new(),
            most_columns: usize::from(bounds.columns),
            refused: None,
        };
        Self { watch, table: None, found }
    }

    fn end_table(&mut self) {
        let Some(sight) = self.table.take() else {
            return;
        };
        let table = sight.end(self.watch, &mut self.found);
        let hidden_columns = table.columns.iter().filter(|column| column.hidden).count();
        let mut hides = |what, count| {
            if count > 0 {
                self.found.hidden.push(HiddenAt { what, place: table.name.clone(), count });
            }
        };
        hides(Hidden::Rows, table.hidden_rows);
        hides(Hidden::Columns, super::feed::count(hidden_columns));
        self.found.tables.push(table);
    }
}

impl Rows for Looking<'_> {
    fn table(&mut self, table: &TableHead) -> Next {
        self.end_table();
        self.found.my_numbers +=
            super::feed::count(crate::japanese::find_my_numbers(&table.name).len());
        let head = TableHead { name: shown(&table.name), ..table.clone() };
        self.table = Some(Sight::new(head));
        Next::Go
    }

    fn row(&mut self, row: &RowRead<'_>) -> Next {
        if let Some(table) = &mut self.table {
            table.row(row, &mut self.found);
        }
        if self.found.refused.is_some() { Next::Stop } else { Next::Go }
    }
}
