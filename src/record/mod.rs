//! The audit record (監査記録): the PDF of an entrustment that can be checked without trusting the
//! portal.
//!
//! The slices write its chapters (their `record.rs`); here they are put together ([`compose`]),
//! issued ([`issue`]), stored, listed and handed out. The same state gives the same document and
//! the same bytes: what is printed comes from the stored state alone, the time printed is that of
//! the entry of the ledger that made the state, and the record's id is derived from the content. An
//! entrustment that hasn't changed keeps the record issued last.

mod api;
mod compose;
mod cover;
mod issue;
mod model;
mod page;
mod policy;
mod store;
#[cfg(test)]
mod tests;

pub use compose::{Composed, compose};
pub use issue::{Issued, content, issue, issue_for};
pub use model::{Record, RecordId};
pub use page::{panel, routes};
pub use policy::{Issue, issue as may_issue};
pub use store::{entrustments_of_number, of_entrustment};
