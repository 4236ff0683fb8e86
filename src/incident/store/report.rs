//! A first report is entered.

use diesel::prelude::*;
use serde_json::json;

use super::{entry, find};
use crate::actor::Authorized;
use crate::database::Tx;
use crate::database::schema::incident as t;
use crate::database::types::json_text;
use crate::entrustment::{self, Entrustment};
use crate::error::Result;
use crate::incident::duty::{BodyKind, Certainty, Encryption, Facts, MyNumber, Persons, Side};
use crate::incident::model::{Incident, IncidentId, IncidentStatus};
use crate::incident::policy::Report;
use crate::incident::report::{FirstReport, Known};
use crate::incident::{assessment, timeline};
use crate::japanese::jst_date;
use crate::organisation::{self, OrganisationKind};
use crate::rulebook::Party;

/// Enters a first report: the principal knows of it from now on.
pub(in crate::incident) fn insert(
    tx: &mut Tx<'_>,
    reporting: &Authorized<(Entrustment, Party), Report>,
    report: &FirstReport,
    known: &Known,
) -> Result<Incident> {
    let (of, side) = &**reporting;
    entrustment::lock(tx, of)?;
    let id = IncidentId::new(tx.now);
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    let told = &report.facts;
    let notified = (report.known_side == Party::Contractor).then_some(tx.now);
    let mut facts = told.told(report.known_side, unknown(tx, of)?, None);
    facts.notified_on = notified.map(jst_date);
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(of.tenant_id),
                t::id.eq(id),
                t::entrustment_id.eq(of.id),
                t::position.eq(last.unwrap_or(0) + 1),
                t::kind.eq(told.kind),
                t::summary.eq(&told.summary),
                t::occurred_at.eq(told.occurred_at),
                t::known_at.eq(told.known_at),
                t::known_side.eq(report.known_side),
                t::known_by.eq(&told.known_by),
                t::persons.eq(told.persons),
                t::counted.eq(told.counted),
                t::recipients.eq(&told.recipients),
            ),
            (
                t::status.eq(IncidentStatus::Reported),
                t::reported_side.eq(*side),
                t::reported_by_name.eq(tx.actor.name()),
                t::reported_at.eq(tx.now),
                t::notified_at.eq(notified),
                t::opened_by_name.eq(""),
                t::facts.eq(json_text(&facts)?),
                t::handover_id.eq(known.handover_id()),
                t::delivery_id.eq(known.delivery),
                t::transmission_id.eq(known.transmission_id()),
                t::closed_by_name.eq(""),
                t::closing_note.eq(""),
                t::version.eq(1),
            ),
        ))
        .execute(tx.connection)?;
    let incident = find(tx.connection, of, id)?;
    noted(tx, &incident)?;
    assessment::recompute(tx, &incident, "reported")?;
    Ok(incident)
}

/// Ledger and timeline: what happened, when it was known, who reported it.
fn noted(tx: &mut Tx<'_>, incident: &Incident) -> Result<()> {
    let details = vec![
        ("kind", json!(incident.kind)),
        ("known_side", json!(incident.known_side)),
        ("reported_side", json!(incident.reported_side)),
        ("occurred_at", json!(incident.occurred_at)),
        ("known_at", json!(incident.known_at)),
        ("persons", json!(incident.persons)),
        ("counted", json!(incident.counted)),
        ("handover", json!(incident.handover_id)),
        ("transmission", json!(incident.transmission_id)),
    ];
    entry(tx, incident, "incident.reported", details)?;
    if let Some(at) = incident.occurred_at {
        timeline::note(tx, incident, at, "occurred", &json!({}))?;
    }
    let known = json!({ "by": incident.known_by });
    timeline::note(tx, incident, incident.known_at, "known", &known)?;
    let reported = json!({ "by": incident.reported_by_name });
    timeline::note(tx, incident, incident.reported_at, "reported", &reported)
}

/// The facts before anything is known: two sides, each by the route of its kind.
fn unknown(tx: &mut Tx<'_>, of: &Entrustment) -> Result<Facts> {
    let kind = match organisation::find(tx.connection, of.tenant_id)?.kind {
        OrganisationKind::PublicBody => BodyKind::PublicBody,
        OrganisationKind::Company | OrganisationKind::SoleProprietor => BodyKind::Business,
    };
    let side = |kind| Side { kind, known_on: None, financial: false };
    Ok(Facts {
        principal: side(kind),
        contractor: Some(side(BodyKind::Business)),
        notified_on: None,
        persons: Persons::default(),
        sensitive: Certainty::Unknown,
        ordinance: Certainty::Unknown,
        property: Certainty::Unknown,
        unlawful: Certainty::Unknown,
        database: Certainty::Yes,
        my_number: MyNumber::default(),
        encryption: Encryption::default(),
        confirmed_unseen: Certainty::Unknown,
    })
}
