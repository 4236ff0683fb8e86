//! Sub-entrustments: applied for, decided, seen by those above and nobody else.

mod decided;
mod mails;
mod steps;
mod walk;
