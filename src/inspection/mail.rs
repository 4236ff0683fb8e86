//! Letters about one inspection: to the contractor when it is planned and held, to the division
//! when the contractor answered.

use super::model::Inspection;
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::entrustment::people::{self, Note, To};
use crate::error::Result;
use crate::japanese::era_date;
use crate::web::Settings;

/// The kinds of letters; their words are `inspection-mail-<word>-subject`, `-text` and `-next`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Planned,
    Held,
    Answered,
}

/// Writes to whom it concerns.
pub(super) fn about(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    inspection: &Inspection,
    kind: Kind,
) -> Result<usize> {
    let (kind, stem, to) = match kind {
        Kind::Planned => ("inspection_planned", "inspection-mail-planned", To::Contractor),
        Kind::Held => ("inspection_held", "inspection-mail-held", To::Contractor),
        Kind::Answered => ("inspection_answered", "inspection-mail-answered", To::Division),
    };
    let path = inspection.href();
    let note = Note { kind, stem, link: "inspection-mail-link", to, path: &path };
    let day = inspection.planned_on;
    // Each reader's form of the day is chosen in the message.
    let words =
        [("day", era_date(day).into()), ("iso", day.format("%-d %B %Y").to_string().into())];
    people::write(tx, settings, of, &note, &words)
}
