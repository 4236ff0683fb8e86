//! Migrations: inside the binary, the same names for both databases.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{AnyConnection as Connection, DatabaseError};
use super::scope::Scope;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

/// Brings the database at `url` up to date and returns the names of the migrations that ran.
///
/// # Errors
/// When the database can't be reached or a migration fails; what ran before it stays.
pub fn migrate(url: &str) -> Result<Vec<String>, DatabaseError> {
    let ran = match open(url)? {
        Connection::Sqlite(mut c) => names(&c.run_pending_migrations(SQLITE)),
        Connection::Postgresql(mut c) => names(&c.run_pending_migrations(POSTGRESQL)),
    };
    ran.map_err(DatabaseError::Migration)
}

/// Takes every migration back, newest first: for the test that up and down belong together.
///
/// # Errors
/// When the database can't be reached or a step back fails.
pub fn revert_all(url: &str) -> Result<Vec<String>, DatabaseError> {
    let ran = match open(url)? {
        Connection::Sqlite(mut c) => names(&c.revert_all_migrations(SQLITE)),
        Connection::Postgresql(mut c) => names(&c.revert_all_migrations(POSTGRESQL)),
    };
    ran.map_err(DatabaseError::Migration)
}

/// A migration that moves rows moves those of every organisation.
fn open(url: &str) -> Result<Connection, DatabaseError> {
    let mut connection = Connection::open(url)?;
    connection.enter(&Scope::everything())?;
    Ok(connection)
}

/// How many migrations the database lacks. Nothing is changed.
///
/// # Errors
/// When the database can't be asked.
pub fn pending(connection: &mut Connection) -> Result<usize, DatabaseError> {
    let pending = match connection {
        Connection::Sqlite(c) => c.pending_migrations(SQLITE).map(|found| found.len()),
        Connection::Postgresql(c) => c.pending_migrations(POSTGRESQL).map(|found| found.len()),
    };
    pending.map_err(|error| DatabaseError::Migration(error.to_string()))
}

type Ran<'a> =
    Result<Vec<diesel::migration::MigrationVersion<'a>>, Box<dyn std::error::Error + Send + Sync>>;

fn names(ran: &Ran<'_>) -> Result<Vec<String>, String> {
    match ran {
        Ok(versions) => Ok(versions.iter().map(ToString::to_string).collect()),
        Err(error) => Err(error.to_string()),
    }
}
