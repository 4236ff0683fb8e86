//! Findings and corrective actions (指摘・是正): from answers, broken rules, inspections and
//! incidents, until an officer closes them.

mod model;
mod store;

pub use model::{Finding, FindingId, FindingStatus, NewFinding, Source, Subject};
pub use store::{Known, counts, hold_against, of_rules, raise};

pub use crate::rulebook::Severity;
