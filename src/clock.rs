//! The only place that asks what time it is.
//!
//! Everything else gets the time as an argument, so that a rule can be tried for any day.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Duration, NaiveDateTime, SubsecRound};

/// A moment in UTC, to the millisecond: the precision that both databases keep.
pub type Timestamp = NaiveDateTime;

/// Where the time comes from: the system, or a hand that tests move.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The clock of the machine.
    #[default]
    System,
    /// A clock that stands still until it is moved.
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The present moment in UTC.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place")]
            Self::System => chrono::Utc::now().naive_utc().trunc_subsecs(3),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Sets a fixed clock to `to`; the system's clock is left alone.
    pub fn set(&self, to: Timestamp) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }

    /// Moves a fixed clock by `by`; the system's clock is left alone.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
