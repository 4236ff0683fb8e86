//! Inspections in the database.

pub(super) mod duty;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::checklist::{ItemResult, Sheet};
use super::model::{Held, Inspection, InspectionId, InspectionStatus, NewPlan, Notes, Overall};
use crate::actor::Authorized;
use crate::database::schema::inspection as t;
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, Hold, Manage};
use crate::error::{Error, Result};
use crate::japanese::FiscalYear;
use crate::ledger::{self, NewEntry};

/// The inspections of an entrustment, the newest plan first.
///
/// # Errors
/// Those of the database.
pub(super) fn all(connection: &mut Connection, of: &Entrustment) -> Result<Vec<Inspection>> {
    let mut rows: Vec<Inspection> = t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .select(Inspection::as_select())
        .load(connection)?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.planned_on, row.id)));
    Ok(rows)
}

/// One inspection of an entrustment.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn find(
    connection: &mut Connection,
    of: &Entrustment,
    id: InspectionId,
) -> Result<Inspection> {
    Ok(t::table
        .find((of.tenant_id, id))
        .filter(t::entrustment_id.eq(of.id))
        .select(Inspection::as_select())
        .first(connection)?)
}

/// Plans an inspection.
pub(super) fn plan(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Manage>,
    new: &NewPlan,
    sheet: &Sheet,
) -> Result<InspectionId> {
    let id = InspectionId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(of.tenant_id),
                t::id.eq(id),
                t::entrustment_id.eq(of.id),
                t::fiscal_year.eq(new.fiscal_year()),
                t::planned_on.eq(new.planned_on),
                t::method.eq(new.method),
                t::method_reason.eq(&new.method_reason),
                t::inspector.eq(&new.inspector),
                t::attendant.eq(&new.attendant),
                t::seen.eq(""),
                t::checklist.eq(json_text(sheet)?),
                t::result.eq(Overall::None),
            ),
            (
                t::comment.eq(""),
                t::answer.eq(""),
                t::answered_by_name.eq(""),
                t::status.eq(InspectionStatus::Planned),
                t::closed_by_name.eq(""),
                t::created_at.eq(tx.now),
                t::version.eq(1),
            ),
        ))
        .execute(tx.connection)?;
    entry(tx, of, id, "inspection.planned", plan_details(new))?;
    Ok(id)
}

fn plan_details(new: &NewPlan) -> Vec<(&'static str, Value)> {
    vec![
        ("planned_on", json!(new.planned_on)),
        ("method", json!(new.method)),
        ("fiscal_year", json!(new.fiscal_year())),
    ]
}

/// Changes the plan.
pub(super) fn replan(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Manage>,
    id: InspectionId,
    version: i32,
    new: &NewPlan,
) -> Result<()> {
    let changed = diesel::update(t::table.find((of.tenant_id, id)))
        .filter(t::version.eq(version))
        .set((
            t::fiscal_year.eq(new.fiscal_year()),
            t::planned_on.eq(new.planned_on),
            t::method.eq(new.method),
            t::method_reason.eq(&new.method_reason),
            t::inspector.eq(&new.inspector),
            t::attendant.eq(&new.attendant),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    entry(tx, of, id, "inspection.replanned", plan_details(new))
}

/// Keeps what was written down so far.
pub(super) fn note(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Manage>,
    id: InspectionId,
    version: i32,
    notes: &Notes,
) -> Result<()> {
    let changed = diesel::update(t::table.find((of.tenant_id, id)))
        .filter(t::version.eq(version))
        .set((
            t::inspector.eq(&notes.inspector),
            t::attendant.eq(&notes.attendant),
            t::seen.eq(&notes.seen),
            t::comment.eq(&notes.comment),
            t::checklist.eq(json_text(&notes.sheet)?),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    let done = notes.sheet.lines.iter().filter(|line| line.result.is_some()).count();
    entry(tx, of, id, "inspection.noted", vec![("items", json!(done))])
}

/// Enters that it was held, and what it came to.
pub(super) fn hold(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Manage>,
    id: InspectionId,
    version: i32,
    held: &Held,
) -> Result<()> {
    note(tx, of, id, version, &held.notes)?;
    diesel::update(t::table.find((of.tenant_id, id)))
        .set((
            t::held_at.eq(Some(held.held_at)),
            t::fiscal_year.eq(FiscalYear::of(held.held_on).0),
            t::result.eq(held.overall),
            t::mend_by.eq(held.mend_by),
            t::status.eq(InspectionStatus::Held),
        ))
        .execute(tx.connection)?;
    let count = |result| json!(held.notes.sheet.of(result).count());
    let details = vec![
        ("held_on", json!(held.held_on)),
        ("result", json!(held.overall)),
        ("kept", count(ItemResult::Kept)),
        ("not_kept", count(ItemResult::NotKept)),
        ("not_applicable", count(ItemResult::NotApplicable)),
        ("not_seen", count(ItemResult::NotSeen)),
        ("mend_by", json!(held.mend_by)),
    ];
    entry(tx, of, id, "inspection.held", details)
}

/// Keeps the contractor's answer.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Hold>,
    id: InspectionId,
    version: i32,
    words: &str,
) -> Result<()> {
    let changed = diesel::update(t::table.find((of.tenant_id, id)))
        .filter(t::version.eq(version))
        .set((
            t::answer.eq(words),
            t::answered_by_name.eq(tx.actor.name()),
            t::answered_at.eq(Some(tx.now)),
            t::status.eq(InspectionStatus::Answered),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    entry(tx, of, id, "inspection.answered", Vec::new())
}

/// Closes an inspection.
pub(super) fn close(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Manage>,
    id: InspectionId,
    version: i32,
) -> Result<()> {
    let changed = diesel::update(t::table.find((of.tenant_id, id)))
        .filter(t::version.eq(version))
        .set((
            t::closed_by_name.eq(tx.actor.name()),
            t::closed_at.eq(Some(tx.now)),
            t::status.eq(InspectionStatus::Closed),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    entry(tx, of, id, "inspection.closed", Vec::new())
}

fn current(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}

fn entry<Action>(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Action>,
    id: InspectionId,
    act: &'static str,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "inspection",
            subject_id: id.as_str(),
            entrustment_id: Some(of.id.as_str()),
            details,
        },
    )
}
