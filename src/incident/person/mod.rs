//! The persons concerned (本人): how many in which groups, how each group is notified (個人情報保護法
//! 26条2項、68条2項), what is sent, what they ask, and what is settled with them. Counts and
//! references; never a copy of the data that leaked.

mod form;
mod letter;
mod model;
pub(super) mod record;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use model::Group;
pub(super) use views::{part, samples};
pub(super) use web::{create_now, routes};

use super::model::Incident;
use super::panel::Matter;
use super::store::hold;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::web::{Invalid, Message};

/// Sees that the number of an incident's persons, in a field of a form, doesn't become less than its
/// groups list. Nobody lists more before the transaction ends.
pub(super) fn not_below(
    tx: &mut Tx<'_>,
    incident: &Incident,
    (field, number): (&str, Option<i64>),
) -> Result<Result<(), Invalid>> {
    let incident = hold(tx, incident)?;
    let listed = rules::sum(&store::groups(tx.connection, &incident)?);
    if number.is_none_or(|number| number >= listed) {
        return Ok(Ok(()));
    }
    let below = Message::new("incident-person-error-below").with("listed", listed);
    Ok(Err(Invalid::at(field, below)))
}

/// What keeps the incident from being closed: a group that isn't notified as a whole, and of which
/// nobody says why.
pub(super) fn open_matters(c: &mut Connection, incident: &Incident) -> Result<Vec<Matter>> {
    let open = store::groups(c, incident)?.iter().filter(|group| !group.is_handled()).count();
    Ok(Matter::counted("/persons", "incident-person-matter", open).into_iter().collect())
}
