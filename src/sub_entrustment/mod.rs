//! Sub-entrustment (再委託): applied for by the contractor, decided by the principal's approver; what
//! is approved becomes an entrustment below, with registers and questionnaires of its own.

mod model;
mod store;

pub use model::{ApplicationId, ApplicationStatus};
pub use store::facts;
