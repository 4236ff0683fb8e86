//! Attestations (誓約): the clauses and the exact answers, bound by hash, with name, title and time.

mod binding;
mod clauses;
pub mod record;
mod record_store;

pub use binding::*;
pub use clauses::*;
