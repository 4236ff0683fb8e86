//! The routes of questionnaires, one file a group of operations.

mod deadline;
mod dispatch;
mod dispatch_command;
mod list;
mod template;
mod template_edit;

use crate::web::Route;

/// The slice's routes.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = dispatch::routes();
    routes.extend(list::routes());
    routes.extend(deadline::routes());
    routes.extend(template::routes());
    routes.extend(template_edit::routes());
    routes
}
