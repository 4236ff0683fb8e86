//! The clocks on paper.

use super::rules::{Mark, Settled, State, marks};
use super::views::title;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::incident::model::Incident;
use crate::paper::Paper;
use crate::typeset::{Align, Cell, Tone};

/// Writes what was due of an incident, and how it stands at a moment.
pub(in crate::incident) fn write(
    paper: &mut Paper,
    (entrustment, incident): (&Entrustment, &Incident),
    settled: Settled,
    at: Timestamp,
) {
    paper.heading(3, paper.text("incident-clock-title"));
    let marks = marks(incident, entrustment.rules.0.report_hours, settled);
    if marks.is_empty() {
        paper.body(paper.text("incident-clock-nothing"));
        return;
    }
    let until = incident.closed_at.unwrap_or(at);
    let row = |mark: &Mark| {
        let state = mark.state(until);
        let tone = match state {
            State::Done => Tone::Good,
            State::Late | State::DoneLate => Tone::Bad,
            State::Due | State::Waiting => Tone::Neutral,
        };
        let last = mark.at.map_or_else(|| paper.date(mark.last), |at| paper.moment(at));
        vec![
            Cell::new(title(paper.language(), mark)),
            Cell::new(last),
            Cell::new(mark.done.map(|at| paper.moment(at)).unwrap_or_default()),
            Cell::new(paper.text(&format!("incident-clock-state-{state}"))).tone(tone),
        ]
    };
    let rows = marks.iter().map(row).collect();
    let heads = [
        ("incident-record-due", 2.6, Align::Left),
        ("incident-record-last", 2.6, Align::Left),
        ("incident-record-done", 2.6, Align::Left),
        ("incident-status", 1.4, Align::Center),
    ];
    paper.table(&heads, rows);
}
