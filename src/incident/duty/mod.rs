//! Who has to report to the authority and notify the persons: pure rules over facts.
//!
//! The sources are 個人情報保護法 26条 (business) and 68条 (public body), 施行規則 7条 and 43条 with the
//! grounds, 8条 and 44条 with the clocks, 番号法 29条の4 and 規則 2条, and the PPC's FAQ. The rules are
//! chosen by the day on which the incident became known. A person decides; this says what from.

mod clock;
mod facts;
mod judge;
mod law;
#[cfg(test)]
mod tests;

pub use clock::{Window, final_report, preliminary_report};
pub use facts::{
    BodyKind, Certainty, Encryption, Facts, Fault, Key, MyNumber, Party, Persons, Side,
};
pub use judge::{Answer, Duties, Duty, Open, Reason, duties};
pub use law::{Article, Ground, Rules};
