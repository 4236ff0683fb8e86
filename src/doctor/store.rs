//! What the database tells of itself.

use chrono::Duration;
use diesel::prelude::*;

use super::facts::Stuck;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{job, ledger_entry, mail};
use crate::error::Result;

/// When the newest ledger entry was made.
pub(super) fn newest_entry(connection: &mut Connection) -> Result<Option<Timestamp>> {
    Ok(ledger_entry::table.select(diesel::dsl::max(ledger_entry::at)).first(connection)?)
}

/// What waits too long.
pub(super) fn stuck(connection: &mut Connection, now: Timestamp) -> Result<Stuck> {
    let jobs = job::table
        .filter(job::done_at.is_null())
        .filter(job::run_at.lt(now - Duration::hours(1)))
        .count()
        .get_result(connection)?;
    let mails = mail::table
        .filter(mail::status.eq("queued"))
        .filter(mail::created_at.lt(now - Duration::days(1)))
        .count()
        .get_result(connection)?;
    Ok(Stuck { jobs, mails })
}

#[derive(QueryableByName)]
struct Superuser {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    rolsuper: bool,
}

/// Whether the role may do everything, whatever the rows' rules say.
pub(super) fn superuser(connection: &mut Connection) -> Result<bool> {
    let Connection::Postgresql(connection) = connection else {
        return Ok(false);
    };
    let asked = "SELECT rolsuper OR rolbypassrls AS rolsuper FROM pg_roles WHERE rolname = current_user";
    Ok(diesel::sql_query(asked).get_result::<Superuser>(connection)?.rolsuper)
}
