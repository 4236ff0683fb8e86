//! Dashboards: what is due, overdue, broken, expiring and not inspected, and where the data are; all
//! counted by the database over what the member may see. Each figure is the length of a list, and
//! leads to it.

mod export;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use model::{Show, Waiting};
pub use views::{Bar, Chart, Figure, samples};
pub use web::{figures, routes, waiting};
