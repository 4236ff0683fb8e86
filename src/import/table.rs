//! A sheet under its headings: which column is which field, and each row as a form.

use std::collections::HashMap;
use std::sync::Arc;

use super::field::{Field, Takes, fill, folded};
use crate::sheet::{At, Fault, Row, Sheet};
use crate::web::{Form, Language, Message, locale};

/// A sheet whose headings are known.
pub(super) struct Table<'a> {
    pub sheet: &'a Sheet,
    pub fields: &'a [Field],
    /// The column of each field, where it is there.
    columns: Vec<Option<u16>>,
}

impl<'a> Table<'a> {
    /// Reads the headings in the first row, in either language or as the fields' names.
    ///
    /// # Errors
    /// Headings that nobody knows, that are there twice, or that are missing.
    pub fn of(sheet: &'a Sheet, fields: &'a [Field]) -> Result<Self, Vec<Fault>> {
        let Some(first) = sheet.rows.first() else {
            let message = Message::new("import-fault-no-rows");
            return Err(vec![Fault::new(At::sheet(&sheet.name), message)]);
        };
        let mut known = HashMap::new();
        for (index, field) in fields.iter().enumerate() {
            known.insert(folded(field.name), index);
            for language in Language::ALL {
                known.insert(folded(&locale::text(language, field.label)), index);
            }
        }
        let mut columns = vec![None; fields.len()];
        let mut faults = Vec::new();
        for (column, heading) in &first.cells {
            let fault = match known.get(folded(heading).trim_end_matches('*')) {
                None => "import-fault-heading",
                Some(index) => match columns.get_mut(*index) {
                    Some(free @ None) => {
                        *free = Some(*column);
                        continue;
                    }
                    _ => "import-fault-heading-twice",
                },
            };
            let heading: String = heading.chars().take(60).collect();
            let message = Message::new(fault).with("heading", heading);
            faults.push(Fault::new(At::cell(&sheet.name, first.number, *column), message));
        }
        for (field, column) in fields.iter().zip(&columns) {
            if field.required && column.is_none() {
                let heading = Label(field.label);
                let message = Message::new("import-fault-missing").with("heading", heading.both());
                faults.push(Fault::new(At::row(&sheet.name, first.number), message));
            }
        }
        if sheet.rows.len() == 1 && faults.is_empty() {
            let message = Message::new("import-fault-no-rows");
            faults.push(Fault::new(At::sheet(&sheet.name), message));
        }
        if faults.is_empty() { Ok(Self { sheet, fields, columns }) } else { Err(faults) }
    }

    /// The rows below the headings.
    pub fn rows(&self) -> &'a [Row] {
        self.sheet.rows.get(1..).unwrap_or_default()
    }

    /// The column of a field.
    pub fn column(&self, name: &str) -> Option<u16> {
        let index = self.fields.iter().position(|field| field.name == name)?;
        self.columns.get(index).copied().flatten()
    }

    /// The text of a row for a field; empty when the column isn't there.
    pub fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.column(name).map_or("", |column| row.cell(column))
    }

    /// Fills the form in with a row, from left to right.
    pub fn fill(&self, row: &Row, form: &mut Form, faults: &mut RowFaults) {
        for (field, column) in self.fields.iter().zip(&self.columns) {
            let Some(column) = column else { continue };
            let cell = row.cell(*column);
            if cell.is_empty() || matches!(field.takes, Takes::Own) {
                continue;
            }
            if let Err(message) = fill(field, cell, form) {
                faults.add(Some(*column), message);
            }
        }
    }
}

/// A heading in both languages, for a message that doesn't know its reader yet.
struct Label(&'static str);

impl Label {
    fn both(&self) -> String {
        Language::ALL.map(|language| locale::text(language, self.0)).join(" / ")
    }
}

/// What is wrong with a row: one message a column.
pub(super) struct RowFaults {
    sheet: Arc<str>,
    row: u32,
    found: Vec<Fault>,
}

impl RowFaults {
    pub fn new(sheet: &Arc<str>, row: u32) -> Self {
        Self { sheet: Arc::clone(sheet), row, found: Vec::new() }
    }

    /// Notes a fault; the first of each column stays.
    pub fn add(&mut self, column: Option<u16>, message: Message) {
        if column.is_none() || !self.found.iter().any(|fault| fault.at.column == column) {
            let at = At { sheet: Arc::clone(&self.sheet), row: Some(self.row), column };
            self.found.push(Fault::new(at, message));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn into_faults(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| fault.at.column);
        self.found
    }
}
