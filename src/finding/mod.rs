//! Findings and corrective actions (指摘・是正): from answers, broken rules, inspections and
//! incidents, until an officer closes them.

mod line;
mod model;
mod store;
mod subject_store;

pub use line::{FindingLine, lines};
pub use model::{Finding, FindingId, FindingStatus, NewFinding, Source, Subject};
pub use store::{counts, hold_against, raise};
pub use subject_store::{of_subject, open_by_subject};

pub use crate::rulebook::Severity;
