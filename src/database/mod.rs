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
pub use migration::{migrate, revert_all};
pub use scope::{RowSecurity, Scope};
pub use transaction::Tx;
