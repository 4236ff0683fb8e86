//! Letters of reminders. What is late is told to the principal's division, whoever has to do it.

use super::reminder::Stage;
use super::rules::{Mark, Report};
use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::incident::model::Incident;
use crate::rulebook::Party;
use crate::web::Settings;

/// Reminds a side of what it has to file.
pub(super) fn remind(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
    (mark, stage): (&Mark, Stage),
) -> Result<()> {
    let contractor = mark.side == Party::Contractor;
    let mut to = Vec::new();
    if contractor {
        to.extend(people::of_contractor(tx.connection, of)?);
    }
    if !contractor || stage == Stage::Late {
        to.extend(correspondence::division(tx.connection, of)?);
    }
    let (kind, stem) = words(mark.report, stage);
    let message = Message { kind, stem, path: incident.href(), args: vec![] };
    correspondence::send(tx, settings, of, &to, &message)
}

/// The kind of mail, and the stem of its words.
fn words(report: Report, stage: Stage) -> (&'static str, &'static str) {
    match (report, stage) {
        (Report::Final, Stage::Opens) => {
            ("incident_final_opens", "mail-incident-clock-final-opens")
        }
        (Report::Final, Stage::LastDay) => {
            ("incident_final_last_day", "mail-incident-clock-final-last-day")
        }
        (Report::Final, Stage::Late) => ("incident_final_late", "mail-incident-clock-final-late"),
        (_, Stage::Opens) => {
            ("incident_preliminary_opens", "mail-incident-clock-preliminary-opens")
        }
        (_, Stage::LastDay) => {
            ("incident_preliminary_last_day", "mail-incident-clock-preliminary-last-day")
        }
        (_, Stage::Late) => ("incident_preliminary_late", "mail-incident-clock-preliminary-late"),
    }
}
