//! Inspections.

mod duty;
pub mod steps;
mod walk;
