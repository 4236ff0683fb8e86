//! The one way to write: a transaction with the actor, the time and the language at hand.

use diesel::connection::{AnsiTransactionManager, TransactionManager};

use super::connection::{AnyConnection as Connection, Database, DatabaseError};
use super::scope::Scope;
use crate::actor::{Actor, OrganisationId};
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
    /// Whose rows are within reach.
    pub scope: &'a Scope,
    /// In which request.
    pub origin: &'a Origin,
    /// The lines of the log that follow when what was done is kept.
    pub told: Vec<Line>,
}

impl Tx<'_> {
    /// Brings the rows of another organisation within reach for the rest of the transaction, beside
    /// the own ones: one of which the work has made sure that it may write there, such as that of another
    /// membership of the same person.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reach(&mut self, tenant: OrganisationId) -> Result<(), DatabaseError> {
        self.connection.enter(&self.scope.clone().with_tenant(tenant))
    }
}

impl Database {
    /// Runs `work` in one write transaction over what the actor may see, and keeps what it did, or
    /// nothing.
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
        self.write_in(&Scope::of(actor), &Origin::default(), actor, now, language, work)
    }

    /// The same over what is in `scope`, in a request.
    ///
    /// # Errors
    /// Those of `work`, and those of beginning and committing.
    pub fn write_in<T, E>(
        &self,
        scope: &Scope,
        origin: &Origin,
        actor: &Actor,
        now: Timestamp,
        language: Language,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DatabaseError>,
    {
        let mut loan = self.writer(scope)?;
        begin(&mut loan)?;
        let mut tx =
            Tx { connection: &mut loan, actor, now, language, scope, origin, told: Vec::new() };
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
