//! Wrong recipients on paper.

use super::model::{Answer, WrongRecipient};
use super::{rules, store};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// The wrong recipients of incidents with what they answered.
#[derive(Clone, Debug, Default)]
pub(in crate::incident) struct Filed {
    recipients: Vec<WrongRecipient>,
    answers: Vec<Answer>,
}

/// The wrong recipients of incidents, by their numbers.
pub(in crate::incident) fn filed(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Filed> {
    Ok(Filed {
        recipients: store::of_many(connection, tenant, incidents)?,
        answers: store::answers_of_many(connection, tenant, incidents)?,
    })
}

/// Writes the wrong recipients of an incident, and what they answered.
pub(in crate::incident) fn write(
    paper: &mut Paper,
    filed: &Filed,
    incident: IncidentId,
    as_of: Timestamp,
) {
    paper.heading(3, paper.text("incident-wrong-title"));
    let own = filed.recipients.iter().filter(|one| one.incident_id == incident);
    let own: Vec<&WrongRecipient> = own.collect();
    if own.is_empty() {
        paper.body(paper.text("incident-wrong-none"));
        return;
    }
    let rows = own.iter().map(|one| row(paper, one, as_of)).collect();
    let heads = [
        ("incident-wrong-number", 0.5, Align::Right),
        ("incident-wrong-name", 2.4, Align::Left),
        ("incident-wrong-way", 1.3, Align::Left),
        ("incident-wrong-asked-at", 1.8, Align::Left),
        ("incident-wrong-standing", 2.0, Align::Left),
        ("incident-wrong-closed-reason", 2.2, Align::Left),
    ];
    paper.table(&heads, rows);
    let answers: Vec<&Answer> =
        filed.answers.iter().filter(|answer| answer.incident_id == incident).collect();
    if !answers.is_empty() {
        write_answers(paper, &own, &answers);
    }
}

fn write_answers(paper: &mut Paper, own: &[&WrongRecipient], answers: &[&Answer]) {
    paper.body(paper.text("incident-wrong-answers"));
    let rows = answers.iter().map(|answer| answer_row(paper, own, answer)).collect();
    let heads = [
        ("incident-wrong-number", 0.5, Align::Right),
        ("incident-wrong-answered-at", 1.8, Align::Left),
        ("incident-wrong-answered-by", 1.8, Align::Left),
        ("incident-wrong-answer", 3.2, Align::Left),
        ("incident-wrong-answer-note", 2.4, Align::Left),
    ];
    paper.table(&heads, rows);
    for answer in answers.iter().filter(|answer| !answer.agreement.is_empty()) {
        paper.note(paper.say(
            "incident-wrong-agreed-hash",
            &[
                ("by", answer.by_name.as_str().into()),
                ("hash", answer.agreement_sha256.as_str().into()),
            ],
        ));
    }
}

fn row(paper: &Paper, of: &WrongRecipient, as_of: Timestamp) -> Vec<Cell> {
    let standing = rules::standing(of, as_of);
    let reason = if of.closed_at.is_some() { of.closed_reason.as_str() } else { "" };
    vec![
        Cell::new(of.position.to_string()),
        Cell::new(&of.name),
        Cell::new(paper.text(&format!("incident-wrong-way-{}", of.way))),
        Cell::new(of.asked_at.map(|at| paper.moment_short(at)).unwrap_or_default()),
        Cell::new(paper.text(&format!("incident-wrong-standing-{standing}"))),
        Cell::new(reason),
    ]
}

fn answer_row(paper: &Paper, own: &[&WrongRecipient], answer: &Answer) -> Vec<Cell> {
    let number = own.iter().find(|one| one.id == answer.recipient_id).map(|one| one.position);
    let way = paper.text(&format!("incident-wrong-contact-{}", answer.way));
    let said = [
        paper.text(&format!("incident-wrong-seen-{}", answer.seen)),
        paper.text(&format!("incident-wrong-kept-{}", answer.kept)),
        paper.text(&format!("incident-wrong-passed-on-{}", answer.passed_on)),
    ];
    vec![
        Cell::new(number.map(|number| number.to_string()).unwrap_or_default()),
        Cell::new(paper.moment_short(answer.answered_at)),
        Cell::new(format!("{}\n{way}", answer.by_name)),
        Cell::new(said.join("\n")),
        Cell::new(&answer.note),
    ]
}
