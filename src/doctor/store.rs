//! What the database tells of itself.

use chrono::Duration;
use diesel::prelude::*;

use super::facts::Stuck;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{job, ledger_entry, mail};
use crate::error::Result;
use crate::notice::MailStatus;

/// When the newest ledger entry was made.
pub(super) fn newest_entry(connection: &mut Connection) -> Result<Option<Timestamp>> {
    Ok(ledger_entry::table.select(diesel::dsl::max(ledger_entry::at)).first(connection)?)
}

/// What waits too long. A job that fails is put off, so its making counts too.
pub(super) fn stuck(connection: &mut Connection, now: Timestamp) -> Result<Stuck> {
    let (hour, day) = (now - Duration::hours(1), now - Duration::days(1));
    let late = job::run_at.lt(hour);
    let failing = job::attempts.gt(0).and(job::created_at.lt(day));
    let jobs = job::table
        .filter(job::done_at.is_null())
        .filter(late.or(failing))
        .count()
        .get_result(connection)?;
    let mails = mail::table
        .filter(mail::status.eq(MailStatus::Queued))
        .filter(mail::created_at.lt(day))
        .count()
        .get_result(connection)?;
    let failed_jobs = job::table
        .filter(job::done_at.ge(day))
        .filter(job::last_error.is_not_null())
        .count()
        .get_result(connection)?;
    let failed_mails = mail::table
        .filter(mail::status.eq(MailStatus::Failed))
        .filter(mail::next_attempt_at.ge(day))
        .count()
        .get_result(connection)?;
    Ok(Stuck { jobs, mails, failed_jobs, failed_mails })
}

#[derive(QueryableByName)]
struct DatabaseClock {
    #[diesel(sql_type = diesel::sql_types::Timestamp)]
    at: Timestamp,
}

/// What the clock of PostgreSQL shows; SQLite has none of its own.
pub(super) fn clock(connection: &mut Connection) -> Result<Option<Timestamp>> {
    let Connection::Postgresql(connection) = connection else {
        return Ok(None);
    };
    let asked = "SELECT clock_timestamp() AT TIME ZONE 'UTC' AS at";
    Ok(Some(diesel::sql_query(asked).get_result::<DatabaseClock>(connection)?.at))
}
