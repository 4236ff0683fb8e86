//! One database behind one type: SQLite in a file, or PostgreSQL by URL.
//!
//! Reads run on a pool; writes run in one transaction each ([`Database::write`]), on SQLite on the
//! one writer connection. Nothing outside this folder and the slices' `store.rs` names diesel.

mod connection;
mod migration;
pub mod schema;
mod transaction;
pub mod types;

pub use connection::{AnyConnection as Connection, Backend, Database, DatabaseError, Kind, ping};
pub use migration::{migrate, pending, revert_all};
pub use transaction::Tx;
