//! What follows from what: which method goes with which kind, what hinders closing, and which
//! reminder is due.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::model::{DisposalKind, DisposalMethod};

/// Whether a method goes with a kind.
#[must_use]
pub fn fits(kind: DisposalKind, method: DisposalMethod) -> bool {
    use DisposalMethod as M;
    match kind {
        DisposalKind::Returned => matches!(method, M::HandedBack | M::Other),
        DisposalKind::Erased => matches!(
            method,
            M::Overwrite | M::CryptographicErasure | M::ProviderDeletion | M::Other
        ),
        DisposalKind::Destroyed => {
            matches!(method, M::PhysicalDestruction | M::Shredding | M::Dissolving | M::Other)
        }
        DisposalKind::Retained => method == M::Kept,
    }
}

/// How an entrustment stands to its closing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Its holdings that are open.
    pub open_holdings: i64,
    /// Its disposals that wait for somebody.
    pub waiting: i64,
    /// Entrustments below, of any tier, that are not closed.
    pub open_below: usize,
    /// Holdings that are open below.
    pub held_below: i64,
    /// Findings that are not closed: they don't hinder, but are to be confirmed.
    pub findings: i64,
}

impl Standing {
    /// Whether nothing hinders closing.
    #[must_use]
    pub fn may_close(&self) -> bool {
        self.open_holdings == 0 && self.waiting == 0 && self.open_below == 0 && self.held_below == 0
    }
}

/// Days before the end of the time for erasure on which both sides are reminded.
const BEFORE: Days = Days::new(14);

/// A reminder that something is still held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The day is near.
    Before,
    /// The day has come.
    OnDay,
    /// So many weeks have passed since.
    Week(i64),
}

impl Reminder {
    /// Its name in keys and in the ledger, such as `week-2`.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Before => "before".to_owned(),
            Self::OnDay => "day".to_owned(),
            Self::Week(count) => format!("week-{count}"),
        }
    }
}

/// The last day whose entrustments are looked at on `today`.
#[must_use]
pub fn reach(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(BEFORE).unwrap_or(NaiveDate::MAX)
}

/// The reminder that stands on `today` for what was to be erased by `erase_by`; each is sent once,
/// so a day without a round is caught up with on the next.
#[must_use]
pub fn reminder(erase_by: NaiveDate, today: NaiveDate) -> Option<Reminder> {
    if erase_by > reach(today) {
        return None;
    }
    Some(match (today - erase_by).num_days() {
        late if late < 0 => Reminder::Before,
        late if late < 7 => Reminder::OnDay,
        late => Reminder::Week(late / 7),
    })
}
