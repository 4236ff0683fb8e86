//! Pages of questionnaires.

mod evidence;
mod pages;
mod response;
mod review;

pub use pages::head;

use crate::web::Route;

/// The routes of questionnaires.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = response::routes();
    routes.extend(evidence::routes());
    routes.extend(review::routes());
    routes
}
