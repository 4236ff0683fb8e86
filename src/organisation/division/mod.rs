//! Divisions (所管課): officers see the entrustments of theirs.

mod export;
mod model;
mod policy;
mod store;
mod views;
mod web;

pub use model::{Division, NewDivision};
pub use policy::set_up;
pub use store::{create, find, list};
pub use views::samples;
pub use web::routes;
