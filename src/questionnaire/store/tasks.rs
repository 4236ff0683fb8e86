//! What the home page asks: questionnaires that wait for somebody, from what is visible.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::Member;
use crate::database::Connection;
use crate::database::schema::{contractor, entrustment as e, questionnaire as q};
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::questionnaire::entity::{QuestionnaireId, QuestionnaireStatus};

/// Most tasks of a list.
const MOST: i64 = 50;
/// From how many days before its deadline a questionnaire is approaching it.
const SOON: u64 = 14;

/// A questionnaire that waits for somebody.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Task {
    /// The questionnaire.
    pub id: QuestionnaireId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The contractor's name.
    pub contractor: String,
    /// How far it has come.
    pub status: QuestionnaireStatus,
    /// The last day to answer.
    pub deadline: NaiveDate,
    /// Questions answered.
    pub answered: i32,
    /// Questions asked.
    pub questions: i32,
}

/// A task with the days that are left for it.
#[derive(Clone, Debug, Serialize)]
pub struct Due {
    /// The task.
    #[serde(flatten)]
    pub task: Task,
    /// Days to the deadline; negative when it has passed.
    pub days: i64,
}

/// What waits for a principal's member.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrincipalTasks {
    /// Handed in: to be reviewed, the earliest deadline first.
    pub to_review: Vec<Due>,
    /// Not handed in, and the deadline has passed.
    pub overdue: Vec<Due>,
    /// Not handed in, and the deadline is near.
    pub approaching: Vec<Due>,
}

/// The questionnaires that a contractor's member may answer, by deadline.
///
/// # Errors
/// Those of the database.
pub fn tasks_for_contractor(
    connection: &mut Connection,
    member: &Member,
    today: NaiveDate,
) -> Result<Vec<Due>> {
    let open = load(connection, member, &OPEN, None, None)?;
    Ok(due(open, today))
}

/// What waits for a principal's member.
///
/// # Errors
/// Those of the database.
pub fn tasks_for_principal(
    connection: &mut Connection,
    member: &Member,
    today: NaiveDate,
) -> Result<PrincipalTasks> {
    let soon = today.checked_add_days(chrono::Days::new(SOON)).unwrap_or(today);
    let before = today.pred_opt();
    let submitted = [QuestionnaireStatus::Submitted; 2];
    Ok(PrincipalTasks {
        to_review: due(load(connection, member, &submitted, None, None)?, today),
        overdue: due(load(connection, member, &OPEN, None, before)?, today),
        approaching: due(load(connection, member, &OPEN, Some(today), Some(soon))?, today),
    })
}

const OPEN: [QuestionnaireStatus; 2] =
    [QuestionnaireStatus::Answering, QuestionnaireStatus::Returned];

fn load(
    connection: &mut Connection,
    member: &Member,
    [one, other]: &[QuestionnaireStatus; 2],
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Vec<Task>> {
    let mut rows = entrustment::visible(member)
        .inner_join(q::table.on(q::tenant_id.eq(e::tenant_id).and(q::entrustment_id.eq(e::id))))
        .filter(q::status.eq(*one).or(q::status.eq(*other)));
    if let Some(from) = from {
        rows = rows.filter(q::deadline.ge(from));
    }
    if let Some(to) = to {
        rows = rows.filter(q::deadline.le(to));
    }
    Ok(rows
        .order((q::deadline.asc(), q::id.asc()))
        .limit(MOST)
        .select((
            q::id,
            e::id,
            e::number,
            e::title,
            contractor::name,
            q::status,
            q::deadline,
            q::answered,
            q::questions,
        ))
        .load(connection)?)
}

fn due(tasks: Vec<Task>, today: NaiveDate) -> Vec<Due> {
    let due = |task: Task| Due { days: (task.deadline - today).num_days(), task };
    tasks.into_iter().map(due).collect()
}
