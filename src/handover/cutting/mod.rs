//! Cutting a list by recipient: one file each, with only its rows and only the permitted columns.
//!
//! What is made is a new file: nothing that was hidden in the source, no comment, no formula and no
//! property of it comes along. The source leaves the hand-over with its key.

mod glance;
mod ground;
mod making;
mod permit;
mod plan;
#[cfg(test)]
mod plan_tests;
mod read;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use views::samples;
pub(super) use web::routes;
