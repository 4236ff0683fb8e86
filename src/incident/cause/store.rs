//! Causes in the database, and the entrustments that are like that of an incident.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde_json::json;

use super::form::{Action, CauseForm};
use super::model::Cause;
use super::similar::{Features, Likeness, likeness};
use crate::actor::{Authorized, Member, OrganisationId};
use crate::database::schema::{
    contractor, data_item as i, entrustment as e, incident_cause as t, transmission as m,
};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::entrustment::rules::Way;
use crate::entrustment::{
    self as entrustments, DataItem, Entrustment, EntrustmentId, EntrustmentStatus, ItemMark,
};
use crate::error::{Error, Result};
use crate::finding::{self, English, Finding, FindingId, NewFinding, Source, Subject};
use crate::incident::model::{Incident, IncidentId};
use crate::incident::policy::{Case, Keep, Respond};
use crate::incident::{store, timeline};
use crate::web::paging::ListQuery;

/// Similar entrustments that are shown at most.
pub(super) const MOST_SIMILAR: usize = 50;

/// Entrustments of each likeness that are compared, the newest first.
const MOST_COMPARED: i64 = 200;

/// What findings about an incident are about.
pub(in crate::incident) const KIND: &str = "incident";

const STALE: Error = Error::Conflict("error-stale");

/// The cause of an incident, once it is recorded.
pub(in crate::incident) fn find(
    connection: &mut Connection,
    of: &Incident,
) -> Result<Option<Cause>> {
    let row = t::table.find((of.tenant_id, of.id)).select(Cause::as_select());
    Ok(row.first(connection).optional()?)
}

/// The causes of incidents, as far as they are recorded.
pub(super) fn of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Cause>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::incident_id.eq_any(incidents))
        .select(Cause::as_select())
        .load(connection)?)
}

/// The corrective actions of an incident.
pub(in crate::incident) fn actions(
    connection: &mut Connection,
    of: &Entrustment,
    incident: &Incident,
) -> Result<Vec<Finding>> {
    finding::about(connection, of, Subject { kind: KIND, id: incident.id.as_str() })
}

/// Records the cause, or corrects what was recorded; `version` is 0 as long as nothing is.
pub(super) fn record(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    version: i32,
    new: &CauseForm,
) -> Result<()> {
    let incident = store::hold(tx, &case.1)?;
    let before = find(tx.connection, &incident)?;
    if before.as_ref().map_or(0, |cause| cause.version) != version {
        return Err(STALE);
    }
    let said = (
        t::whys.eq(json_text(&new.whys)?),
        t::root.eq(new.root),
        t::summary.eq(&new.summary),
        t::recorded_by_name.eq(tx.actor.name()),
        t::recorded_at.eq(tx.now),
        t::version.eq(version + 1),
    );
    if before.is_some() {
        let row = t::table.find((incident.tenant_id, incident.id));
        diesel::update(row).set(said).execute(tx.connection)?;
    } else {
        let key = (t::tenant_id.eq(incident.tenant_id), t::incident_id.eq(incident.id));
        diesel::insert_into(t::table).values((key, said, t::asked.eq(0))).execute(tx.connection)?;
    }
    let details = vec![
        ("root", json!([before.map(|cause| cause.root), Some(new.root)])),
        ("whys", json!(new.whys.len())),
    ];
    store::entry(tx, &incident, "incident.cause_recorded", details)?;
    let by = json!({ "by": tx.actor.name() });
    timeline::note(tx, &incident, tx.now, "cause-recorded", &by)
}

/// Raises a corrective action as a finding about the incident.
pub(super) fn raise(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Keep>,
    new: &Action,
) -> Result<FindingId> {
    let incident = store::hold(tx, &case.1)?;
    let finding = NewFinding {
        source: Source::Incident,
        subject: Subject { kind: KIND, id: incident.id.as_str() },
        rule: "",
        title: &new.title,
        detail: &new.detail,
        english: English::default(),
        reason: "",
        severity: new.severity,
        due_on: Some(new.due_on),
    };
    let id = finding::raise_for(tx, &case.0, &finding, &new.owner_name)?;
    let details = json!({ "title": new.title });
    timeline::note(tx, &incident, tx.now, "action-raised", &details)?;
    Ok(id)
}

/// Keeps that so many similar entrustments were asked.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Keep>,
    (family, count): (&str, usize),
) -> Result<()> {
    let incident = store::hold(tx, &case.1)?;
    let more = i32::try_from(count).map_err(Error::internal)?;
    diesel::update(t::table.find((incident.tenant_id, incident.id)))
        .set((t::asked.eq(t::asked + more), t::asked_at.eq(tx.now), t::version.eq(t::version + 1)))
        .execute(tx.connection)?;
    let details = vec![("family", json!(family)), ("entrustments", json!(count))];
    store::entry(tx, &incident, "incident.similar_asked", details)?;
    let words = json!({ "count": count.to_string() });
    timeline::note(tx, &incident, tx.now, "similar-asked", &words)
}

/// An entrustment like that of the incident.
#[derive(Clone, Debug)]
pub(super) struct Similar {
    pub entrustment: Entrustment,
    pub contractor: String,
    pub score: usize,
    pub alike: Vec<Likeness>,
}

/// The active entrustments that a member sees and that are most like `own`, at most
/// [`MOST_SIMILAR`].
pub(super) fn similar(
    connection: &mut Connection,
    member: &Member,
    own: &Entrustment,
) -> Result<Vec<Similar>> {
    let mine = features(connection, &[own])?.remove(&own.id).ok_or(Error::NotFound)?;
    let ids = candidates(connection, member, own, &mine)?;
    let rows: Vec<(Entrustment, String)> = entrustments::visible(member)
        .filter(e::id.eq_any(ids))
        .select((Entrustment::as_select(), contractor::name))
        .load(connection)?;
    let of: Vec<&Entrustment> = rows.iter().map(|(of, _)| of).collect();
    let mut known = features(connection, &of)?;
    let mut found: Vec<Similar> = rows
        .into_iter()
        .filter_map(|(entrustment, contractor)| {
            let (score, alike) = likeness(&mine, &known.remove(&entrustment.id)?);
            (score > 0).then_some(Similar { entrustment, contractor, score, alike })
        })
        .collect();
    found.sort_by(|a, b| {
        b.score.cmp(&a.score).then_with(|| a.entrustment.number.cmp(&b.entrustment.number))
    });
    found.truncate(MOST_SIMILAR);
    Ok(found)
}

/// What is worth comparing: the newest of the same contractor, with the same items or marks, and
/// with the same ways.
fn candidates(
    connection: &mut Connection,
    member: &Member,
    own: &Entrustment,
    mine: &Features,
) -> Result<Vec<EntrustmentId>> {
    let active = || {
        let query =
            ListQuery { status: EntrustmentStatus::Active.to_string(), ..ListQuery::default() };
        let rows = entrustments::alone(member, &query);
        rows.filter(e::id.ne(own.id)).order(e::id.desc()).limit(MOST_COMPARED).select(e::id)
    };
    let names: Vec<String> = mine.items.iter().cloned().collect();
    let marks: Vec<ItemMark> = mine.marks.iter().copied().collect();
    let ways: Vec<Way> = mine.ways.iter().copied().collect();
    let items = i::table
        .filter(i::tenant_id.eq(own.tenant_id))
        .filter(i::removed_at.is_null())
        .filter(i::name.eq_any(names).or(i::mark.eq_any(marks)))
        .select(i::entrustment_id);
    let moved = m::table
        .filter(m::tenant_id.eq(own.tenant_id))
        .filter(m::way.eq_any(ways))
        .select(m::entrustment_id);
    let mut ids: Vec<EntrustmentId> =
        active().filter(e::contractor_id.eq(own.contractor_id)).load(connection)?;
    ids.extend(active().filter(e::id.eq_any(items)).load::<EntrustmentId>(connection)?);
    ids.extend(active().filter(e::id.eq_any(moved)).load::<EntrustmentId>(connection)?);
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What is compared of each of these entrustments.
fn features(
    connection: &mut Connection,
    of: &[&Entrustment],
) -> Result<HashMap<EntrustmentId, Features>> {
    let mut items = entrustments::items_of_many(connection, of)?;
    let (tenants, ids) = entrustments::keys(of);
    let moved: Vec<(EntrustmentId, Way)> = m::table
        .filter(m::tenant_id.eq_any(tenants))
        .filter(m::entrustment_id.eq_any(ids))
        .select((m::entrustment_id, m::way))
        .distinct()
        .load(connection)?;
    let mut ways: HashMap<EntrustmentId, BTreeSet<Way>> = HashMap::new();
    for (id, way) in moved {
        ways.entry(id).or_default().insert(way);
    }
    let features = |own: &&Entrustment| {
        let items: Vec<DataItem> = items.remove(&own.id).unwrap_or_default();
        let now: Vec<DataItem> = items.into_iter().filter(|i| i.removed_at.is_none()).collect();
        let special = now.iter().map(|item| item.mark).filter(|mark| *mark != ItemMark::None);
        let features = Features {
            contractor: own.contractor_id,
            marks: special.collect(),
            items: now.iter().map(|item| item.name.clone()).collect(),
            ways: ways.remove(&own.id).unwrap_or_default(),
        };
        (own.id, features)
    };
    Ok(of.iter().map(features).collect())
}
