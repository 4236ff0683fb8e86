//! The persons concerned (本人): how many in which groups, how each group is notified (個人情報保護法
//! 26条2項、68条2項), what is sent, what they ask, and what is settled with them. Counts and
//! references; never a copy of the data that leaked.

mod form;
mod letter;
mod model;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use store::listed;
pub(super) use views::{part, samples};
pub(super) use web::routes;

use super::model::Incident;
use crate::database::Connection;
use crate::error::Result;

/// What keeps the incident from being closed: a group that isn't notified as a whole, and of which
/// nobody says why.
pub(super) fn open_matters(c: &mut Connection, incident: &Incident) -> Result<Vec<&'static str>> {
    let groups = store::groups(c, incident)?;
    let handled = groups.iter().all(model::Group::is_handled);
    Ok(if handled { Vec::new() } else { vec!["incident-person-matter"] })
}
