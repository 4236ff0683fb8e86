//! Import: rows of a sheet entered as their forms would be, all or nothing.
//!
//! A kind says which columns there are and which form they fill in (`kind::Imported`); the slice
//! that owns the form reads it, so that every rule is said once. An upload is kept encrypted until
//! it is confirmed, or for a day.

mod acknowledging;
mod check;
mod contractors;
mod entrustments;
mod field;
mod handlers;
mod holdings;
mod jobs;
mod kind;
mod kinds;
mod model;
mod named;
mod people;
mod policy;
mod register;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod transmissions;
mod views;
mod web;
mod workbook;

pub use jobs::jobs;
pub use views::samples;
pub use web::routes;
