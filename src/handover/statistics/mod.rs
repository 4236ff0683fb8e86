//! What was stopped and why, by month: counted by the database over what the member may see; each
//! figure is the length of a list, and leads to it.

mod model;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use views::samples;
pub use web::routes;
