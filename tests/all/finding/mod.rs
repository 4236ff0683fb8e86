//! Findings and corrective actions.

mod daily;
mod list;
mod mails;
pub mod steps;
mod walk;
