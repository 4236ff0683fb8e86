//! The pages of questionnaires, one file a group of operations.

mod deadline;
mod dispatch;
mod dispatch_command;
mod evidence;
mod list;
mod pages;
mod response;
mod review;

mod template;
mod template_edit;

pub use pages::head;

use crate::web::Route;

/// The routes of questionnaires.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = dispatch::routes();
    routes.extend(list::routes());
    routes.extend(deadline::routes());
    routes.extend(response::routes());
    routes.extend(evidence::routes());
    routes.extend(review::routes());
    routes.extend(template::routes());
    routes.extend(template_edit::routes());
    routes
}
