//! What is unsafe about an installation: facts are gathered, and each check holds them against one rule.
//!
//! The words are for whoever runs the machine, at its terminal, in English.

mod checks;
mod facts;
mod gather;
mod store;
#[cfg(test)]
mod tests;

pub use checks::{Finding, Verdict, exit_code, findings, names};
pub use facts::{Backup, Clock, Facts, MailFacts, Place, Reach, Stuck};
pub use gather::{Asked, gather};
