//! What sub-entrustments do by themselves: a reminder before a permission ends. That it has ended is
//! seen by the rulebook, when everything is compared.

use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::Value;

use super::model::{Application, ApplicationId};
use super::{mail, store};
use crate::actor::Actor;
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::japanese::{jst_date, jst_to_utc};
use crate::job::{self, Job, NewJob, Registry};
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const SWEEP: &str = "sub_entrustment.sweep";

/// The time of day of the round, in Japan.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// How long before its end a permission is reminded of.
const AHEAD: Days = Days::new(30);

/// Permissions looked at in one go, and reminded of in one transaction.
const PAGE: i64 = 100;

/// The registry with what sub-entrustments do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.with(SWEEP, sweep).seeded(|tx| enqueue_round(tx, jst_date(tx.now)))
}

fn enqueue_round(tx: &mut Tx<'_>, day: NaiveDate) -> Result<()> {
    let unique_key = format!("{SWEEP}:{day}");
    let run_at = jst_to_utc(day.and_time(HOUR));
    let new = NewJob {
        tenant_id: None,
        kind: SWEEP,
        unique_key: &unique_key,
        payload: Value::Null,
        run_at,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

/// Reminds once of every permission that ends within the next thirty days.
fn sweep(portal: &Portal, _: &Job) -> Result<()> {
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let today = jst_date(ctx.now);
    // First of all: the rounds go on even if this one fails.
    let tomorrow = today.succ_opt().ok_or_else(|| Error::internal("the calendar ends"))?;
    ctx.write_now(|tx, _| enqueue_round(tx, tomorrow))?;
    let mut after = (today, first_id()?);
    loop {
        let page = ctx.read_now(|c, _| store::expiring(c, after, today + AHEAD, PAGE))?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        after = (last.permitted_until.unwrap_or(after.0), last.id);
        ctx.write_now(|tx, ctx| remind(tx, ctx, &page))?;
    }
}

/// The id that comes before all others.
fn first_id() -> Result<ApplicationId> {
    uuid::Uuid::nil().to_string().parse().map_err(Error::internal)
}

fn remind(tx: &mut Tx<'_>, ctx: &Ctx, page: &[(Application, Entrustment)]) -> Result<()> {
    for (application, entrustment) in page {
        let until = application.permitted_until.unwrap_or(application.ends_on);
        let key = format!("sub-entrustment:{}:{until}", application.id);
        if !job::claim(tx, entrustment.tenant_id, "sub_entrustment", &key)? {
            continue;
        }
        let letters = mail::expiring(tx, &ctx.portal.settings, entrustment, application)?;
        store::reminded(tx, entrustment, application, letters)?;
    }
    Ok(())
}
