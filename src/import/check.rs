//! A sheet held against the rules of its kind.

use std::collections::{HashMap, HashSet};

use super::acknowledging::RowBroken;
use super::kind::Imported;
use super::table::{RowFaults, Table};
use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::rulebook::Broken;
use crate::sheet::{At, Fault, Sheet};
use crate::web::{Ctx, Message};

/// What a sheet would become, and what keeps it from that.
pub(super) struct Checked<K: Imported> {
    /// How many rows there are.
    pub rows: usize,
    /// What the rows name; nothing when not even the headings could be read.
    pub names: Option<K::Names>,
    /// What each sound row becomes.
    pub commands: Vec<K::Command>,
    /// The number of each sound row.
    numbers: Vec<u32>,
    /// What each sound row breaks; empty for a kind that is held against no rules.
    pub broken: Vec<Vec<Broken>>,
    /// What is wrong, from top to bottom.
    pub faults: Vec<Fault>,
}

/// The same for who only looks.
#[derive(Debug)]
pub(super) struct Seen {
    /// How many rows there are.
    pub rows: usize,
    /// What is wrong, from top to bottom.
    pub faults: Vec<Fault>,
    /// Which rows break handling rules.
    pub broken: Vec<RowBroken>,
}

impl<K: Imported> Checked<K> {
    /// The rows that break handling rules.
    pub fn row_broken(&self) -> impl Iterator<Item = RowBroken> + '_ {
        let rows = self.numbers.iter().zip(&self.broken).zip(&self.commands);
        rows.filter(|((_, broken), _)| !broken.is_empty()).map(|((row, broken), command)| {
            RowBroken { row: *row, broken: broken.clone(), reason: K::reason(command).to_owned() }
        })
    }
}

impl<K: Imported> From<Checked<K>> for Seen {
    fn from(checked: Checked<K>) -> Self {
        let broken = checked.row_broken().collect();
        Self { rows: checked.rows, faults: checked.faults, broken }
    }
}

/// Reads every row as its form and looks for what is there twice or registered already.
pub(super) fn check<K: Imported>(
    connection: &mut Connection,
    ctx: &Ctx,
    sheet: &Sheet,
    scope: Option<EntrustmentId>,
) -> Result<Checked<K>> {
    let fields = K::fields();
    let (numbers, commands, broken) = (Vec::new(), Vec::new(), Vec::new());
    let mut checked =
        Checked { rows: 0, names: None, commands, numbers, broken, faults: Vec::new() };
    let table = match Table::of(sheet, &fields) {
        Ok(table) => table,
        Err(faults) => return Ok(Checked { faults, ..checked }),
    };
    let names = K::names(connection, ctx, &table, scope)?;
    let mut keys: Vec<(u32, &'static str, K::Key)> = Vec::new();
    for row in table.rows() {
        let mut wrong = RowFaults::new(&sheet.name, row.number);
        let mut form = K::start();
        table.fill(row, &mut form, &mut wrong);
        K::own(&names, &table, row, &mut form, &mut wrong);
        match K::parse(&names, &form) {
            Ok(command) if wrong.is_empty() => {
                let (field, key) = K::key(&command);
                keys.push((row.number, field, key));
                checked.commands.push(command);
                checked.numbers.push(row.number);
            }
            Ok(_) => {}
            Err(invalid) => {
                for (field, message) in invalid.errors {
                    wrong.add(table.column(K::column_of(&field)), message);
                }
            }
        }
        checked.faults.extend(wrong.into_faults());
    }
    checked.faults.extend(twice::<K>(connection, ctx, &table, &names, &keys)?);
    checked.faults.sort_by_key(|fault| (fault.at.row, fault.at.column));
    checked.broken = K::broken(&names, &checked.commands);
    Ok(Checked { rows: table.rows().len(), names: Some(names), ..checked })
}

/// The rows that repeat another one, or what is registered.
fn twice<K: Imported>(
    connection: &mut Connection,
    ctx: &Ctx,
    table: &Table<'_>,
    names: &K::Names,
    keys: &[(u32, &'static str, K::Key)],
) -> Result<Vec<Fault>> {
    let all: Vec<K::Key> =
        keys.iter().map(|(.., key)| key.clone()).collect::<HashSet<_>>().into_iter().collect();
    let taken = K::taken(connection, ctx, names, &all)?;
    let mut seen: HashMap<&K::Key, u32> = HashMap::new();
    let mut faults = Vec::new();
    for (row, field, key) in keys {
        let message = if let Some(first) = seen.get(key) {
            Message::new("import-fault-twice").with("row", first.to_string())
        } else if taken.contains(key) {
            Message::new("import-fault-registered")
        } else {
            seen.insert(key, *row);
            continue;
        };
        let at = At { column: table.column(field), ..At::row(&table.sheet.name, *row) };
        faults.push(Fault::new(at, message));
    }
    Ok(faults)
}
