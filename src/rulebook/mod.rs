//! The rulebook: what the registers say, held against the handling rules by pure functions.
//!
//! The room knows no register and no database. The registers tell it facts (`facts`), the
//! entrustment its [`Terms`]; it answers with what is [`Broken`]. Each rule has an id, a severity,
//! the clause from which it follows, and whether an exception may be claimed ([`RuleId`]); its words
//! are `rule-<id>-title` and `rule-<id>-text` in the locale files.

mod facts;
mod judge;
mod rule;
#[cfg(test)]
mod tests;
mod warning;

pub use facts::{
    ApplicationId, Encrypted, HandlerFact, HandlerId, HoldingFact, ItemFact, KeyWay, Party,
    Protection, Receiver, ReceiverField, RecipientFact, RecipientId, SubFact, Terms,
    TransmissionFact,
};
pub use judge::{Judge, handler, holding, sub_entrustment, transmission};
pub use rule::{Broken, Exceptions, RuleId, Severity};
pub use warning::{MAX_REASON, Warning, acknowledged, claimed, text, title, warnings, what};
