//! Handlers (従事者): the roster of an entrustment, their pledges and training.
//!
//! The contractor's side keeps the roster. Who leaves is asked for what was held, and loses the
//! account when no other roster of the contractor needs it (`leaving`).

mod duty;
mod duty_store;
mod export;
mod form;
mod leaving;
mod many_store;
mod model;
mod panel;
pub mod record;
mod roster_store;
#[cfg(test)]
mod tests;
mod training;
mod views;
mod web;

pub use duty::DUTY;
pub use form::Entry;
pub use leaving::left;
pub use many_store::{Entering, Same, enter_all, on_rosters, same};
pub use model::{Duty, Handler, Leave, NewHandler, NewTraining, Training};
pub use panel::line;
pub use roster_store::{enter, of_entrustment, train};
pub use views::{AccessEnd, samples};

pub use crate::rulebook::HandlerId;

use crate::sheet;
use crate::web::{Access, Route};

/// The slice's routes.
#[must_use]
pub fn routes() -> Vec<Route> {
    // `training` before `{handler}`, which would take the word for an id.
    let mut routes = training::routes();
    routes.extend(web::routes());
    routes.extend(leaving::routes());
    routes.extend(sheet::downloads::<export::Roster>(
        "/entrustments/{id}/handlers.xlsx",
        "/entrustments/{id}/handlers.csv",
        Access::Session,
    ));
    routes
}
