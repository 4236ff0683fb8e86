//! Cause and prevention (原因と再発防止): why it came to it, asked five times; corrective actions as
//! findings, with the check of their effect; and what similar entrustments are asked because of it.

mod form;
mod model;
mod questions;
pub(super) mod record;
mod similar;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use model::Cause;
pub(super) use store::{KIND, actions, find};
pub(super) use views::{part, samples};
pub(super) use web::{record_now, routes};

use super::model::Incident;
use super::panel::Matter;
use crate::database::Connection;
use crate::error::Result;

/// What keeps the incident from being closed: no cause (the fourth of the nine items of the report),
/// or a corrective action that is nobody's.
pub(super) fn open_matters(c: &mut Connection, incident: &Incident) -> Result<Vec<Matter>> {
    let mut open = Vec::new();
    if store::find(c, incident)?.is_none() {
        open.push(Matter::at("/cause", "incident-cause-matter-none"));
    }
    let of = super::store::by_id(c, incident.tenant_id, incident.id)?.0;
    let nobodys =
        |action: &&crate::finding::Finding| action.is_open() && action.owner_name.is_empty();
    let nobodys = store::actions(c, &of, incident)?.iter().filter(nobodys).count();
    open.extend(Matter::counted("/cause", "incident-cause-matter-owner", nobodys));
    Ok(open)
}
