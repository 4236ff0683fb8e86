//! Computations and decisions in the database.

use diesel::prelude::*;
use serde_json::json;

use super::form::{Answered, NewDecision};
use super::model::{Assessment, AssessmentId, Decision, DecisionId, Step};
use super::policy::{Confirm, Decide, Deciding, PROPOSED, Waiting};
use super::rules;
use crate::actor::{Authorized, OrganisationId};
use crate::database::schema::{incident as i, incident_assessment as a, incident_decision as d};
use crate::database::types::{Json, json_text};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::duty::{self, Duties, Facts, Rules, duties};
use crate::incident::model::{Counted, Incident, IncidentId};
use crate::incident::policy::{Case, Respond};
use crate::incident::store::{entry, lock};
use crate::incident::timeline;
use crate::rulebook::Party;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// Decisions that the page shows.
const SHOWN: i64 = 100;

/// The computation that was kept last.
pub(super) fn last(c: &mut Connection, of: &Incident) -> Result<Option<Assessment>> {
    Ok(a::table
        .filter(a::tenant_id.eq(of.tenant_id))
        .filter(a::incident_id.eq(of.id))
        .order(a::position.desc())
        .select(Assessment::as_select())
        .first(c)
        .optional()?)
}

/// A page of the computations, the newest first.
pub(super) fn page(
    c: &mut Connection,
    of: &Incident,
    query: &ListQuery,
) -> Result<Page<Assessment>> {
    let rows = || a::table.filter(a::tenant_id.eq(of.tenant_id)).filter(a::incident_id.eq(of.id));
    let total = rows().count().get_result(c)?;
    let found = rows()
        .order(a::position.desc())
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Assessment::as_select())
        .load(c)?;
    Ok(Page::new(found, total, query, "position"))
}

/// Keeps a computation, and hands back what was computed before.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    of: &Incident,
    cause: &str,
    result: &Duties,
) -> Result<Option<Duties>> {
    let before = last(tx.connection, of)?;
    let facts = &of.facts.0;
    let rules = match facts.known_on(duty::Party::Principal) {
        Some(day) => Rules::on(day),
        None => Some(Rules::newest()),
    };
    diesel::insert_into(a::table)
        .values((
            a::tenant_id.eq(of.tenant_id),
            a::id.eq(AssessmentId::new(tx.now)),
            a::incident_id.eq(of.id),
            a::position.eq(before.as_ref().map_or(0, |last| last.position) + 1),
            a::assessed_at.eq(tx.now),
            a::by_name.eq(tx.actor.name()),
            a::cause.eq(cause),
            a::facts.eq(json_text(facts)?),
            a::result.eq(json_text(result)?),
            a::rules_from.eq(rules.map(|rules| rules.from)),
        ))
        .execute(tx.connection)?;
    Ok(before.map(|last| last.result.0))
}

/// Changes the facts, and the number of persons that the incident shows with them.
pub(super) fn change(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    version: i32,
    facts: Facts,
) -> Result<Incident> {
    let before = lock(tx, &case.1, Some(version))?;
    let (number, counted) = match (facts.persons.known, facts.persons.at_most) {
        (Some(number), _) => (Some(number), Counted::Exact),
        (None, Some(number)) => (Some(number), Counted::AtMost),
        (None, None) => (None, Counted::Unknown),
    };
    let persons = number.map(i32::try_from).transpose().or(Err(Error::internal("persons")))?;
    diesel::update(i::table.find((before.tenant_id, before.id)))
        .set((i::facts.eq(json_text(&facts)?), i::persons.eq(persons), i::counted.eq(counted)))
        .execute(tx.connection)?;
    let (was, is) = (duties(&before.facts.0), duties(&facts));
    let answer = |duties, side| rules::of_side(duties, side).map(|duty| duty.answer);
    let sides = [("principal", Party::Principal), ("contractor", Party::Contractor)];
    let details = sides.map(|(name, side)| (name, json!([answer(&was, side), answer(&is, side)])));
    entry(tx, &before, "incident.facts_changed", details.to_vec())?;
    Ok(Incident { facts: Json(facts), persons, counted, ..before })
}

/// The latest decision about a side's duty.
pub(super) fn latest(c: &mut Connection, of: &Incident, side: Party) -> Result<Option<Decision>> {
    Ok(d::table
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::incident_id.eq(of.id))
        .filter(d::side.eq(side))
        .order(d::position.desc())
        .select(Decision::as_select())
        .first(c)
        .optional()?)
}

/// The decisions about both sides' duties, the newest first.
pub(super) fn decisions(c: &mut Connection, of: &Incident) -> Result<Vec<Decision>> {
    Ok(d::table
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::incident_id.eq(of.id))
        .order(d::position.desc())
        .limit(SHOWN)
        .select(Decision::as_select())
        .load(c)?)
}

/// Every decision about these incidents, in their order, each with its incident.
pub(super) fn of_many(
    c: &mut Connection,
    tenants: Vec<OrganisationId>,
    incidents: Vec<IncidentId>,
) -> Result<Vec<(IncidentId, Decision)>> {
    if incidents.is_empty() {
        return Ok(Vec::new());
    }
    Ok(d::table
        .filter(d::tenant_id.eq_any(tenants))
        .filter(d::incident_id.eq_any(incidents))
        .order((d::incident_id.asc(), d::position.asc()))
        .select((d::incident_id, Decision::as_select()))
        .load(c)?)
}

/// Decides about a side's duty; hands back whether it holds, or waits for an approver.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    deciding: &Authorized<Deciding, Decide>,
    version: i32,
    new: &NewDecision,
) -> Result<Step> {
    let (_, incident, side) = &**deciding;
    let incident = lock(tx, incident, Some(version))?;
    let duties = duties(&incident.facts.0);
    let duty = rules::of_side(&duties, *side);
    let computed = duty.ok_or(Error::Conflict("incident-assessment-no-duty"))?.answer;
    let decision = Decision {
        side: *side,
        step: rules::step(*side, new.verdict, computed),
        verdict: new.verdict,
        computed,
        assessment: last(tx.connection, &incident)?.map_or(0, |last| last.position),
        reason: new.reason.clone(),
        note: String::new(),
        by_name: tx.actor.name().to_owned(),
        decided_at: tx.now,
    };
    insert(tx, &incident, &decision)?;
    Ok(decision.step)
}

/// Confirms what was proposed, or returns it.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    waiting: &Authorized<Waiting, Confirm>,
    version: i32,
    answered: &Answered,
) -> Result<()> {
    let (_, incident, proposal) = &**waiting;
    let incident = lock(tx, incident, Some(version))?;
    let decision = Decision {
        step: answered.outcome.step(),
        note: answered.note.clone(),
        by_name: tx.actor.name().to_owned(),
        decided_at: tx.now,
        ..proposal.clone()
    };
    insert(tx, &incident, &decision)
}

/// Writes a decision down: in its table, in the ledger, in the timeline.
fn insert(tx: &mut Tx<'_>, of: &Incident, new: &Decision) -> Result<()> {
    let last: Option<i32> = d::table
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::incident_id.eq(of.id))
        .select(diesel::dsl::max(d::position))
        .first(tx.connection)?;
    diesel::insert_into(d::table)
        .values((
            d::tenant_id.eq(of.tenant_id),
            d::id.eq(DecisionId::new(tx.now)),
            d::incident_id.eq(of.id),
            d::position.eq(last.unwrap_or(0) + 1),
            d::side.eq(new.side),
            d::step.eq(new.step),
            d::verdict.eq(new.verdict),
            d::computed.eq(new.computed),
            d::assessment.eq(new.assessment),
            d::reason.eq(&new.reason),
            d::note.eq(&new.note),
            d::by_name.eq(&new.by_name),
            d::decided_at.eq(new.decided_at),
        ))
        .execute(tx.connection)?;
    let (act, noted) = match new.step {
        Step::Decided => ("incident.duty_decided", "duty_decided"),
        Step::Proposed => (PROPOSED, "duty_proposed"),
        Step::Confirmed => ("incident.duty_confirmed", "duty_confirmed"),
        Step::Returned => ("incident.duty_returned", "duty_returned"),
    };
    let details = vec![
        ("side", json!(new.side)),
        ("verdict", json!(new.verdict)),
        ("computed", json!(new.computed)),
        ("assessment", json!(new.assessment)),
    ];
    entry(tx, of, act, details)?;
    let details = json!({ "by": new.by_name, "side": new.side, "verdict": new.verdict });
    timeline::note(tx, of, new.decided_at, noted, &details)
}
