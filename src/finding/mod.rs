//! Findings and corrective actions (指摘・是正): from answers, broken rules, inspections and
//! incidents, until an officer closes them.
//!
//! Whoever finds something calls [`raise`], [`raise_once`] or [`hold_against`] in its own
//! transaction. The contractor answers with cause, action and evidence; an officer returns the
//! answer, or checks the effect and closes. What an officer raises or returns is mailed at once;
//! what rules, answers and inspections raise is gathered into one letter a day.

mod command;
mod duty;
mod export;
mod jobs;
mod mail;
mod model;
mod policy;
pub mod record;
mod reminder;
mod store;
mod subject_line;
mod subject_store;
mod views;
mod web;

pub use duty::DUTY;
pub use jobs::jobs;
pub use model::{
    English, Finding, FindingId, FindingStatus, NewFinding, Outcome, Round, Source, Subject,
};
pub use store::list::{FindingQuery, FindingRow};
pub use store::tasks::{FindingTask, FindingTasks, tasks};
pub use store::{
    Entered, Known, about, about_kind, counts, hold_against, of_rules, raise, raise_of_entered,
    raise_once,
};
pub use subject_line::{FindingLine, lines};
pub use subject_store::open_by_subject;
pub use views::samples;
pub use web::{line, routes};

pub use crate::rulebook::Severity;
