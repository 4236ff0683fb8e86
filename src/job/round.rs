//! What is done once a day, at a time of day in Japan.

use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::Value;

use super::model::NewJob;
use super::store;
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::japanese::{jst_date, jst_to_utc};
use crate::web::{Ctx, Language, Portal};

/// How many days without a round are looked back at.
const LOOK_BACK: Days = Days::new(30);

/// A daily round: each one enqueues the next before it does anything else.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// The kind of its jobs.
    pub(super) kind: &'static str,
    time: NaiveTime,
}

impl Round {
    /// The round whose jobs are of `kind`, at a time of day in Japan.
    #[must_use]
    pub const fn at(kind: &'static str, hour: u32, minute: u32) -> Self {
        let time = match NaiveTime::from_hms_opt(hour, minute, 0) {
            Some(time) => time,
            None => NaiveTime::MIN,
        };
        Self { kind, time }
    }

    /// Enqueues the round of a day, once.
    pub(super) fn enqueue(self, tx: &mut Tx<'_>, day: NaiveDate) -> Result<()> {
        let unique_key = format!("{}:{day}", self.kind);
        let run_at = jst_to_utc(day.and_time(self.time));
        let (kind, payload) = (self.kind, Value::Null);
        store::enqueue(
            tx,
            &NewJob { tenant_id: None, kind, unique_key: &unique_key, payload, run_at },
        )?;
        Ok(())
    }

    /// Begins the round of today: the portal itself as who acts, and the day in Japan.
    ///
    /// # Errors
    /// Those of the database.
    pub fn begin(self, portal: &Portal) -> Result<(Ctx, NaiveDate)> {
        let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
        let today = jst_date(ctx.now);
        // First of all: the rounds go on even if this one fails.
        let tomorrow = today.succ_opt().ok_or_else(|| Error::internal("the calendar ends"))?;
        ctx.write_now(|tx, _| self.enqueue(tx, tomorrow))?;
        Ok((ctx, today))
    }

    /// The day of the last round that went well: the day before when there was none, and never
    /// more than thirty days ago.
    ///
    /// # Errors
    /// Those of the database.
    pub fn since(self, ctx: &Ctx, today: NaiveDate) -> Result<NaiveDate> {
        let last: Option<Timestamp> = ctx.read_now(|c, _| store::last_done(c, self.kind))?;
        let since = last.map_or_else(|| today - Days::new(1), jst_date);
        Ok(since.max(today - LOOK_BACK))
    }
}
