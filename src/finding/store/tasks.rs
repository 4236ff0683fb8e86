//! The findings that wait for a member, for the home page.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::list::{self, FindingRow, Key, under};
use crate::actor::Member;
use crate::database::Connection;
use crate::database::schema::{entrustment, finding as t};
use crate::entrustment as entrustments;
use crate::error::Result;
use crate::finding::model::FindingStatus;
use crate::web::paging::ListQuery;

/// Findings that the home page shows of each kind.
const SHOWN: i64 = 20;

/// A finding that waits.
#[derive(Clone, Debug)]
pub struct FindingTask {
    /// The finding.
    pub finding: FindingRow,
    /// Days left, negative when late.
    pub days: i64,
}

/// What waits, by due date.
#[derive(Clone, Debug, Default)]
pub struct FindingTasks {
    /// For the contractor: to be answered. For the principal: late, the contractor's turn.
    pub to_answer: Vec<FindingTask>,
    /// For the principal: answered, its effect to be checked.
    pub to_check: Vec<FindingTask>,
}

/// What waits for a member, by due date.
///
/// # Errors
/// Those of the database.
pub fn tasks(
    connection: &mut Connection,
    member: &Member,
    today: NaiveDate,
) -> Result<FindingTasks> {
    let theirs = [FindingStatus::Open, FindingStatus::Returned];
    if !member.role.is_principal() {
        let to_answer = load(connection, member, &theirs, None, today)?;
        return Ok(FindingTasks { to_answer, to_check: Vec::new() });
    }
    Ok(FindingTasks {
        to_answer: load(connection, member, &theirs, Some(today), today)?,
        to_check: load(connection, member, &[FindingStatus::Answered], None, today)?,
    })
}

/// The keys of the first few of `rows` that wait.
macro_rules! waiting {
    ($connection:expr, $rows:expr, $statuses:expr, $before:expr) => {{
        let mut rows =
            $rows.filter(t::closed_at.is_null()).filter(t::status.eq_any($statuses.to_vec()));
        if let Some(before) = $before {
            rows = rows.filter(t::due_on.lt(before));
        }
        let keys: Vec<Key> = rows
            .order((t::due_on.asc(), t::id.asc()))
            .limit(SHOWN)
            .select((t::tenant_id, t::id))
            .load($connection)?;
        keys
    }};
}

fn load(
    connection: &mut Connection,
    member: &Member,
    statuses: &[FindingStatus],
    before: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Vec<FindingTask>> {
    let tenant = member.organisation_id;
    let ids = if entrustments::sees_all(member) {
        waiting!(
            connection,
            t::table.filter(t::tenant_id.eq(tenant)).into_boxed(),
            statuses,
            before
        )
    } else {
        let all = entrustments::alone(member, &ListQuery::default());
        waiting!(connection, under!(all), statuses, before)
    };
    let rows = list::by_keys(connection, &ids)?;
    let task = |finding: FindingRow| {
        let days = (finding.due_on - today).num_days();
        FindingTask { finding, days }
    };
    Ok(rows.into_iter().map(task).collect())
}
