//! Findings raised: one, or what many subjects break that were entered at once.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde_json::json;

use crate::database::schema::finding as t;
use crate::database::types::json_text;
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::finding::model::{
    English, FindingId, FindingStatus, NewFinding, Outcome, Source, Subject, grade,
};
use crate::insert_many;
use crate::japanese::jst_date;
use crate::ledger::{self, NewEntry};
use crate::rulebook::{Broken, Exceptions};

/// Raises a finding about an entrustment.
///
/// # Errors
/// Those of the database.
pub fn raise(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    new: &NewFinding<'_>,
) -> Result<FindingId> {
    raise_for(tx, entrustment, new, "")
}

/// The columns of a finding that is raised.
macro_rules! columns {
    ($tx:expr, $entrustment:expr, ($id:expr, $position:expr, $due_on:expr), $new:expr, $owner:expr) => {
        (
            (
                t::tenant_id.eq($entrustment.tenant_id),
                t::id.eq($id),
                t::entrustment_id.eq($entrustment.id),
                t::position.eq($position),
                t::source.eq($new.source),
                t::subject_kind.eq($new.subject.kind),
                t::subject_id.eq($new.subject.id),
                t::rule.eq($new.rule),
                t::title.eq($new.title),
                t::detail.eq($new.detail),
                t::reason.eq($new.reason),
                t::severity.eq($new.severity),
                t::status.eq(FindingStatus::Open),
                t::owner_name.eq($owner),
                t::due_on.eq($due_on),
            ),
            (
                t::grade.eq(grade($new.severity)),
                t::rounds.eq("[]"),
                t::outcome.eq(Outcome::None),
                t::root_cause.eq(""),
                t::action.eq(""),
                t::answered_by_name.eq(""),
                t::effect.eq(""),
                t::closed_by_name.eq(""),
                t::reminded.eq(0),
                t::raised_by_name.eq($tx.actor.name()),
                t::raised_at.eq($tx.now),
                t::english.eq(json_text(&$new.english)?),
                t::version.eq(1),
            ),
        )
    };
}

/// The same, with who is to mend it.
///
/// # Errors
/// Those of the database.
pub fn raise_for(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    new: &NewFinding<'_>,
    owner: &str,
) -> Result<FindingId> {
    let id = FindingId::new(tx.now);
    let position = last(tx.connection, entrustment)? + 1;
    let due_on = due_on(tx, new)?;
    let row = columns!(tx, entrustment, (id, position, due_on), new, owner);
    diesel::insert_into(t::table).values(row).execute(tx.connection)?;
    ledger::append(tx, entry(entrustment, &id, new, due_on))?;
    Ok(id)
}

/// The number of the last finding of an entrustment; 0 where there is none.
fn last(connection: &mut Connection, entrustment: &Entrustment) -> Result<i32> {
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(diesel::dsl::max(t::position))
        .first(connection)?;
    Ok(last.unwrap_or(0))
}

/// Until when a finding is to be mended.
fn due_on(tx: &Tx<'_>, new: &NewFinding<'_>) -> Result<NaiveDate> {
    let by_severity = jst_date(tx.now).checked_add_days(Days::new(new.severity.days()));
    new.due_on.or(by_severity).ok_or_else(|| Error::internal("the calendar ends"))
}

fn entry<'a>(
    entrustment: &'a Entrustment,
    id: &'a FindingId,
    new: &NewFinding<'_>,
    due_on: NaiveDate,
) -> NewEntry<'a> {
    NewEntry {
        tenant_id: entrustment.tenant_id,
        act: "finding.raised",
        subject_kind: "finding",
        subject_id: id.as_str(),
        entrustment_id: Some(entrustment.id.as_str()),
        details: vec![
            ("source", json!(new.source)),
            ("subject_kind", json!(new.subject.kind)),
            ("subject", json!(new.subject.id)),
            ("rule", json!(new.rule)),
            ("severity", json!(new.severity)),
            ("due_on", json!(due_on)),
        ],
    }
}

/// A subject that was entered a moment ago, with what it breaks and the exceptions that were claimed.
pub type Entered<'a> = (Subject<'a>, &'a [Broken], &'a Exceptions);

/// Raises what many subjects of an entrustment break that were entered in the same transaction, and
/// so have no finding yet: what `hold_against` would do for each, in few statements.
///
/// # Errors
/// Those of the database.
pub fn raise_of_entered(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    entered: &[Entered<'_>],
) -> Result<()> {
    let all: Vec<NewFinding<'_>> = entered
        .iter()
        .flat_map(|(subject, broken, exceptions)| {
            broken.iter().map(|b| of_rule(*subject, b, exceptions))
        })
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    let mut position = last(tx.connection, entrustment)?;
    for some in all.chunks(MOST_ROWS) {
        let ids: Vec<FindingId> = some.iter().map(|_| FindingId::new(tx.now)).collect();
        let mut rows = Vec::with_capacity(some.len());
        let mut entries = Vec::with_capacity(some.len());
        for (id, new) in ids.iter().zip(some) {
            position += 1;
            let due_on = due_on(tx, new)?;
            rows.push(columns!(tx, entrustment, (*id, position, due_on), new, ""));
            entries.push(entry(entrustment, id, new, due_on));
        }
        insert_many!(tx.connection, t::table, rows)?;
        ledger::append_all(tx, entrustment.tenant_id, entries)?;
    }
    Ok(())
}

/// What a broken rule raises.
pub(super) fn of_rule<'a>(
    subject: Subject<'a>,
    b: &'a Broken,
    exceptions: &'a Exceptions,
) -> NewFinding<'a> {
    NewFinding {
        source: Source::Rule,
        subject,
        rule: b.rule.as_str(),
        title: "",
        detail: &b.what,
        english: English::default(),
        reason: exceptions.get(&b.rule).map_or("", String::as_str),
        severity: b.rule.severity(),
        due_on: None,
    }
}
