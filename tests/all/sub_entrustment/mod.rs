//! Sub-entrustments: applied for, decided, seen by those above and nobody else.

mod decided;
mod mails;
pub mod steps;
mod walk;
