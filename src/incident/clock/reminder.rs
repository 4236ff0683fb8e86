//! Reminders of what goes to the authority, by pure rules: when its time has come, on its last day, and
//! when that has passed. Each goes once; of several that were missed the newest goes.
//!
//! There is none of the contractor's notice: an incident that stands in the portal has been told.

use chrono::NaiveDate;

use super::rules::{Mark, Report};
use crate::word_type;

word_type! {
    /// How far the reminding is.
    Stage {
        /// Its time has come.
        Opens = "opens",
        /// Today is the last day.
        LastDay = "last_day",
        /// The last day has passed.
        Late = "late",
    }
}

/// What there is to remind of on a day.
pub(super) fn stage(mark: &Mark, today: NaiveDate) -> Option<Stage> {
    if mark.done.is_some() || mark.report == Report::Notice || today < mark.from {
        return None;
    }
    Some(match today.cmp(&mark.last) {
        std::cmp::Ordering::Less => Stage::Opens,
        std::cmp::Ordering::Equal => Stage::LastDay,
        std::cmp::Ordering::Greater => Stage::Late,
    })
}
