//! A sheet held against the rules of its kind.

use std::collections::{HashMap, HashSet};

use super::kind::Imported;
use super::table::{RowFaults, Table};
use crate::database::Connection;
use crate::error::Result;
use crate::sheet::{At, Fault, Sheet};
use crate::web::{Ctx, Message};

/// What a sheet would become, and what keeps it from that.
pub(super) struct Checked<T> {
    /// How many rows there are.
    pub rows: usize,
    /// What each sound row becomes.
    pub commands: Vec<T>,
    /// What is wrong, from top to bottom.
    pub faults: Vec<Fault>,
}

/// Reads every row as its form and looks for what is there twice or registered already.
pub(super) fn check<K: Imported>(
    connection: &mut Connection,
    ctx: &Ctx,
    sheet: &Sheet,
) -> Result<Checked<K::Command>> {
    let fields = K::fields();
    let table = match Table::of(sheet, &fields) {
        Ok(table) => table,
        Err(faults) => return Ok(Checked { rows: 0, commands: Vec::new(), faults }),
    };
    let names = K::names(connection, ctx, &table)?;
    let mut commands = Vec::new();
    let mut faults = Vec::new();
    let mut keys: Vec<(u32, &'static str, String)> = Vec::new();
    for row in table.rows() {
        let mut wrong = RowFaults::new(&sheet.name, row.number);
        let mut form = K::start();
        table.fill(row, &mut form, &mut wrong);
        K::own(&names, &table, row, &mut form, &mut wrong);
        match K::parse(&form) {
            Ok(command) if wrong.is_empty() => {
                let (field, key) = K::key(&command);
                keys.push((row.number, field, key));
                commands.push(command);
            }
            Ok(_) => {}
            Err(invalid) => {
                for (field, message) in invalid.errors {
                    wrong.add(table.column(K::column_of(&field)), message);
                }
            }
        }
        faults.extend(wrong.into_faults());
    }
    faults.extend(twice::<K>(connection, ctx, &table, &keys)?);
    faults.sort_by_key(|fault| (fault.at.row, fault.at.column));
    Ok(Checked { rows: table.rows().len(), commands, faults })
}

/// The rows that repeat another one, or what is registered.
fn twice<K: Imported>(
    connection: &mut Connection,
    ctx: &Ctx,
    table: &Table<'_>,
    keys: &[(u32, &'static str, String)],
) -> Result<Vec<Fault>> {
    let all: Vec<String> =
        keys.iter().map(|(.., key)| key.clone()).collect::<HashSet<_>>().into_iter().collect();
    let taken = K::taken(connection, ctx, &all)?;
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut faults = Vec::new();
    for (row, field, key) in keys {
        let message = if let Some(first) = seen.get(key.as_str()) {
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
