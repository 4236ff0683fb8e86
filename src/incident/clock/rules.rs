//! The clocks, by pure rules.
//!
//! The contractor tells the principal within the hours of the contract ([`HandlingRules`]); the law's
//! days are those of [`duty`](crate::incident::duty). Hours run through nights and holidays.
//!
//! [`HandlingRules`]: crate::entrustment::HandlingRules

use chrono::{Days, NaiveDate, TimeDelta};

use crate::clock::Timestamp;
use crate::incident::assessment::Released;
use crate::incident::authority::{Filed, Reports};
use crate::incident::duty::{Duty, duties};
use crate::incident::model::Incident;
use crate::japanese::jst_date;
use crate::rulebook::Party;
use crate::word_type;

/// How many days before its last day the final report is asked for.
const AHEAD: u64 = 7;

word_type! {
    /// What is due.
    Report {
        /// The contractor tells the principal.
        Notice = "notice",
        /// The preliminary report to the authority (速報).
        Preliminary = "preliminary",
        /// The final report (確報).
        Final = "final",
    }
}

word_type! {
    /// How it stands.
    State {
        /// Its time hasn't come.
        Waiting = "waiting",
        /// It is to be done now.
        Due = "due",
        /// Its time has passed, and it isn't done.
        Late = "late",
        /// Done in time.
        Done = "done",
        /// Done after its time.
        DoneLate = "done_late",
    }
}

/// Something that a side has to do until a day or an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What.
    pub report: Report,
    /// Who.
    pub side: Party,
    /// From which day on.
    pub from: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Its hour, where hours count.
    pub at: Option<Timestamp>,
    /// When it was done.
    pub done: Option<Timestamp>,
}

impl Mark {
    /// How it stands at a moment.
    pub fn state(&self, now: Timestamp) -> State {
        let over = |moment: Timestamp| {
            self.at.map_or_else(|| jst_date(moment) > self.last, |at| moment > at)
        };
        match self.done {
            Some(done) if over(done) => State::DoneLate,
            Some(_) => State::Done,
            None if over(now) => State::Late,
            None if jst_date(now) >= self.from => State::Due,
            None => State::Waiting,
        }
    }
}

/// What the contractor owes the principal: to tell it within so many hours.
pub(super) fn notice(known_at: Timestamp, hours: i64, told: Option<Timestamp>) -> Mark {
    let within = TimeDelta::try_hours(hours).unwrap_or_default();
    let at = known_at.checked_add_signed(within).unwrap_or(known_at);
    Mark {
        report: Report::Notice,
        side: Party::Contractor,
        from: jst_date(known_at),
        last: jst_date(at),
        at: Some(at),
        done: told,
    }
}

/// What a side owes the authority, as long as nothing says that it owes nothing.
pub(super) fn owed(side: Party, duty: &Duty, filed: Reports) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some(window) = duty.preliminary {
        marks.push(Mark {
            report: Report::Preliminary,
            side,
            from: window.from,
            last: window.to,
            at: None,
            done: filed.preliminary,
        });
    }
    if let Some(last) = duty.final_by {
        marks.push(Mark {
            report: Report::Final,
            side,
            from: last.checked_sub_days(Days::new(AHEAD)).unwrap_or(last),
            last,
            at: None,
            done: filed.last,
        });
    }
    marks
}

/// What was done, and decided, about what an incident owes the authority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::incident) struct Settled {
    /// What was filed.
    pub filed: Filed,
    /// Who doesn't report, as was decided.
    pub released: Released,
}

/// All that is due of an incident.
pub(super) fn marks(incident: &Incident, hours: i64, settled: Settled) -> Vec<Mark> {
    let Settled { filed, released } = settled;
    let mut marks = Vec::new();
    if incident.known_side == Party::Contractor {
        marks.push(notice(incident.known_at, hours, incident.notified_at));
    }
    let owes = duties(&incident.facts.0);
    if !released.principal {
        marks.extend(owed(Party::Principal, &owes.principal, filed.principal));
    }
    if let Some(duty) = owes.contractor.as_ref().filter(|_| !released.contractor) {
        marks.extend(owed(Party::Contractor, duty, filed.contractor));
    }
    marks
}

/// What ends next of what isn't done.
pub(super) fn next(marks: &[Mark]) -> Option<&Mark> {
    marks.iter().filter(|mark| mark.done.is_none()).min_by_key(|mark| mark.last)
}

/// How long it has been known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Elapsed {
    /// Full hours.
    pub hours: i64,
    /// The day by the law's count: that of knowledge is day 1.
    pub day: i64,
    /// When the next 24 hours are full.
    pub next_step: Timestamp,
}

/// The time from knowledge to a moment.
pub(super) fn elapsed(known_at: Timestamp, until: Timestamp) -> Elapsed {
    let hours = (until - known_at).num_hours().max(0);
    let steps = TimeDelta::try_days(hours / 24 + 1).unwrap_or_default();
    Elapsed {
        hours,
        day: (jst_date(until) - jst_date(known_at)).num_days().max(0) + 1,
        next_step: known_at.checked_add_signed(steps).unwrap_or(known_at),
    }
}
