//! The home page: what is to be done, by deadline, the next action first; and the help page.

mod views;
mod web;

pub use views::samples;
pub use web::routes;
