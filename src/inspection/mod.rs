//! Inspections (実地検査): every entrustment is inspected at least once a fiscal year, on site in
//! principle; by video or photographs where travel is hard that year, with the reason.
//!
//! An officer plans an inspection, which freezes the checklist into it, writes down what is seen,
//! and enters that it was held: each item that isn't kept is a finding. The contractor answers in
//! words and mends the findings; an officer closes.

mod checklist;
mod export;
mod jobs;
mod mail;
mod model;
mod policy;
pub mod record;
mod store;
mod views;
mod web;

pub use checklist::{Checklist, Item, ItemResult, Line, Only, Sheet};
pub use jobs::jobs;
pub use model::{Inspection, InspectionId, InspectionStatus, Method, NewPlan, Overall};
pub use views::samples;
pub use web::{line, routes};
