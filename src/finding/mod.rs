//! Findings and corrective actions (指摘・是正): from answers, broken rules, inspections and
//! incidents, until an officer closes them.

mod model;
mod store;

pub use model::{Finding, FindingId, FindingStatus, NewFinding, Source, Subject};
pub use store::{counts, hold_against, raise};

pub use crate::rulebook::Severity;
