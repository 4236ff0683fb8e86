//! Transmissions and recipients: entered by one side, confirmed by the other, held against the rules.

mod entering;
mod mails;
mod recipients;
mod rules;
mod settling;
pub mod steps;
