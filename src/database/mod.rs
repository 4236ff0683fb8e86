//! One database behind one type: SQLite in a file, or PostgreSQL by URL.
//!
//! Reads run on a pool; writes run in one transaction each ([`Database::write`]), on SQLite on the
//! one writer connection. Every loan of a connection says whose rows it may see ([`Scope`]). Nothing outside this folder and the slices' `store.rs` names diesel.

mod connection;
mod migration;
pub mod schema;
mod scope;
mod transaction;
pub mod types;

pub use connection::{AnyConnection as Connection, Backend, Database, DatabaseError, Kind, ping};
pub use migration::{migrate, pending, revert_all};
pub use scope::{RowSecurity, Scope};
pub use transaction::Tx;

/// Inserts many rows with one statement, which the enum over both databases can't do by itself.
/// At most [`MOST_ROWS`] at once: a statement takes so many values and no more.
#[macro_export]
macro_rules! insert_many {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            $crate::database::Connection::Sqlite(c) => {
                diesel::insert_into($table).values($rows).execute(c)
            }
            $crate::database::Connection::Postgresql(c) => {
                diesel::insert_into($table).values($rows).execute(c)
            }
        }
    };
}

/// Most rows of one statement of `insert_many!`: with forty columns each they
/// are fewer values than either database takes.
pub const MOST_ROWS: usize = 500;
