//! What is kept under the secret, renewed after a rotation.

use super::{KeyId, Secret};
use crate::database::{Connection, Tx};
use crate::error::Result;

/// Most rows that one transaction renews: other writers get their turn in between.
pub const BATCH: i64 = 200;

/// One kind of thing that the database keeps under the secret. A slice that keeps one says so in
/// `server::sealed_secrets`.
#[derive(Clone, Copy)]
pub struct Sealed {
    /// What it is, in a few words for the terminal.
    pub what: &'static str,
    /// How many there are.
    pub count: fn(&mut Connection) -> Result<i64>,
    /// How many there are under the key of this name.
    pub count_under: fn(&mut Connection, &str) -> Result<i64>,
    /// Renews the next ones that aren't under the newest key, in the order of their ids after this one.
    pub renew: fn(&mut Tx<'_>, &Secret, &str) -> Result<Renewed>,
}

impl Sealed {
    /// How many are kept under none of the keys of these names: under one that isn't here, or from
    /// before keys had names.
    ///
    /// # Errors
    /// Those of the database.
    pub fn elsewhere(&self, connection: &mut Connection, ids: &[KeyId]) -> Result<i64> {
        let mut rest = (self.count)(connection)?;
        for id in ids {
            rest -= (self.count_under)(connection, id)?;
        }
        Ok(rest)
    }
}

/// How far a renewal has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewed {
    /// How many were renewed.
    pub done: usize,
    /// How many no key opens.
    pub unreadable: usize,
    /// The id of the last one; `None` when there are no more.
    pub last: Option<String>,
}

/// Renews rows (id and what is kept): `again` makes the new text, `keep` puts it in place of the old one
/// and says how many rows that changed. One that no key opens is counted and left as it is.
///
/// # Errors
/// Those of `keep`.
pub fn renew(
    tx: &mut Tx<'_>,
    rows: &[(String, String)],
    again: impl Fn(&str, &str) -> Result<Option<String>>,
    keep: impl Fn(&mut Tx<'_>, &str, &str, &str) -> Result<usize>,
) -> Result<Renewed> {
    let mut renewed = Renewed { last: rows.last().map(|(id, _)| id.clone()), ..Renewed::default() };
    for (id, old) in rows {
        match again(id, old) {
            Ok(Some(new)) => renewed.done += keep(tx, id, old, &new)?,
            Ok(None) => {}
            Err(_) => renewed.unreadable += 1,
        }
    }
    Ok(renewed)
}
