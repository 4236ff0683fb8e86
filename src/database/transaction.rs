//! The one way to write: a transaction with the actor, the time and the language at hand.

use diesel::connection::{AnsiTransactionManager, TransactionManager};

use super::connection::{AnyConnection as Connection, Database, DatabaseError};
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::event::{Line, Origin};
use crate::web::Language;

/// An open write transaction. What it did is kept only when the closure that got it ends well.
pub struct Tx<'a> {
    /// The connection, for the stores.
    pub connection: &'a mut Connection,
    /// Who changes something.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// The language of the person who changes something.
    pub language: Language,
    /// In which request.
    pub origin: &'a Origin,
    /// The lines of the log that follow when what was done is kept.
    pub told: Vec<Line>,
}

impl Database {
    /// Runs `work` in one write transaction and keeps what it did, or nothing.
    ///
    /// On SQLite the transaction takes the write lock at its start (`BEGIN IMMEDIATE`), so that it
    /// never fails half way for want of it.
    ///
    /// # Errors
    /// Those of `work`, and those of beginning and committing.
    pub fn write<T, E>(
        &self,
        actor: &Actor,
        now: Timestamp,
        language: Language,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DatabaseError>,
    {
        self.write_from(&Origin::default(), actor, now, language, work)
    }

    /// [`Self::write`] in a request.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_from<T, E>(
        &self,
        origin: &Origin,
        actor: &Actor,
        now: Timestamp,
        language: Language,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DatabaseError>,
    {
        let mut loan = self.writer()?;
        begin(&mut loan)?;
        let mut tx =
            Tx { connection: &mut loan, actor, now, language, origin, told: Vec::new() };
        let result = work(&mut tx);
        let told = tx.told;
        match result {
            Ok(value) => {
                commit(&mut loan)?;
                told.iter().for_each(Line::log);
                Ok(value)
            }
            Err(error) => {
                // The error of the work is what matters; a connection that can't roll back is
                // broken and leaves the pool.
                let _ = rollback(&mut loan);
                Err(error)
            }
        }
    }
}

fn begin(connection: &mut Connection) -> Result<(), DatabaseError> {
    match connection {
        Connection::Sqlite(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?;
        }
        Connection::Postgresql(c) => AnsiTransactionManager::begin_transaction(c)?,
    }
    Ok(())
}

fn commit(connection: &mut Connection) -> Result<(), DatabaseError> {
    match connection {
        Connection::Sqlite(c) => AnsiTransactionManager::commit_transaction(c)?,
        Connection::Postgresql(c) => AnsiTransactionManager::commit_transaction(c)?,
    }
    Ok(())
}

fn rollback(connection: &mut Connection) -> Result<(), DatabaseError> {
    match connection {
        Connection::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c)?,
        Connection::Postgresql(c) => AnsiTransactionManager::rollback_transaction(c)?,
    }
    Ok(())
}
