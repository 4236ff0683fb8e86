//! What was on time, by contractor: pure counting.

use serde::Serialize;

use super::rules::{Mark, Report, State};
use crate::clock::Timestamp;
use crate::organisation::contractor::ContractorId;

/// How many were on time, of those that can be told: done, or over without being done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct OnTime {
    /// Those in time.
    pub on_time: i64,
    /// All of them.
    pub counted: i64,
}

impl OnTime {
    fn add(&mut self, state: State) {
        match state {
            State::Done => {
                self.on_time += 1;
                self.counted += 1;
            }
            State::DoneLate | State::Late => self.counted += 1,
            State::Waiting | State::Due => {}
        }
    }
}

/// The incidents of a contractor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The contractor.
    pub id: ContractorId,
    /// Its name.
    pub name: String,
    /// How many incidents.
    pub count: i64,
    /// Whether it told the principal within the hours of the contract.
    pub notice: OnTime,
    /// The preliminary reports.
    pub preliminary: OnTime,
    /// The final reports.
    pub last: OnTime,
}

/// Counts by contractor, those with the most incidents first.
pub(super) fn by_contractor(
    incidents: Vec<(ContractorId, String, Vec<Mark>)>,
    now: Timestamp,
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (id, name, marks) in incidents {
        let at = rows.iter().position(|row| row.id == id);
        let none = OnTime::default();
        let mut row = match at {
            Some(at) => rows.swap_remove(at),
            None => Row { id, name, count: 0, notice: none, preliminary: none, last: none },
        };
        row.count += 1;
        for mark in &marks {
            let counts = match mark.report {
                Report::Notice => &mut row.notice,
                Report::Preliminary => &mut row.preliminary,
                Report::Final => &mut row.last,
            };
            counts.add(mark.state(now));
        }
        rows.push(row);
    }
    rows.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.name.cmp(&other.name)));
    rows
}
