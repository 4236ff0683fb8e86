//! Groups of persons concerned in the database. The incident is held before anything of it changes,
//! so that sums and numbers are true.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::form::{GroupForm, Progress, Settlement};
use super::model::{Entry, EntryId, EntryKind, Group, GroupId, Letter, Notice};
use super::rules;
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::{incident_group as t, incident_group_entry as e};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::model::{Incident, IncidentId};
use crate::incident::policy::{Case, Respond};
use crate::incident::{store, timeline};
use crate::japanese::{jst_date, jst_to_utc};
use crate::ledger::Fact;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};
use crate::web::{Invalid, Language};

const STALE: Error = Error::Conflict("error-stale");

/// The groups of an incident by their numbers.
pub(super) fn groups(connection: &mut Connection, of: &Incident) -> Result<Vec<Group>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::incident_id.eq(of.id))
        .order((t::position.asc(), t::id.asc()))
        .select(Group::as_select())
        .load(connection)?)
}

/// The groups of incidents by their numbers.
pub(super) fn of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Group>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::incident_id.eq_any(incidents))
        .order((t::incident_id.asc(), t::position.asc()))
        .select(Group::as_select())
        .load(connection)?)
}

/// One group of an incident.
pub(super) fn find(connection: &mut Connection, of: &Incident, id: GroupId) -> Result<Group> {
    Ok(t::table
        .find((of.tenant_id, id))
        .filter(t::incident_id.eq(of.id))
        .select(Group::as_select())
        .first(connection)?)
}

/// A page of what was entered about a group, the newest first.
pub(super) fn entries(
    connection: &mut Connection,
    of: &Group,
    query: &ListQuery,
) -> Result<Page<Entry>> {
    let rows = || e::table.filter(e::tenant_id.eq(of.tenant_id)).filter(e::group_id.eq(of.id));
    let total = rows().count().get_result(connection)?;
    let found = rows()
        .order(e::position.desc())
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Entry::as_select())
        .load(connection)?;
    Ok(Page::new(found, total, query, "entered"))
}

/// Holds the incident, so that a group still has room beside the others when it is kept.
fn hold_for(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    group: (Option<GroupId>, i32),
) -> Result<Result<(Incident, Vec<Group>), Invalid>> {
    let incident = store::hold(tx, &case.1)?;
    let groups = groups(tx.connection, &incident)?;
    Ok(rules::room(&incident, &groups, group).map(|()| (incident, groups)))
}

/// Holds the incident and a group of it that is still at `version`.
fn hold_group(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (group, version): (&Group, i32),
) -> Result<Incident> {
    let incident = store::hold(tx, &case.1)?;
    current(tx, group, version)?;
    Ok(incident)
}

fn current(tx: &mut Tx<'_>, group: &Group, version: i32) -> Result<()> {
    let found: i32 =
        t::table.find((group.tenant_id, group.id)).select(t::version).first(tx.connection)?;
    if found == version { group.at(version) } else { Err(STALE) }
}

/// Lists a group, if it has room.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    new: &GroupForm,
) -> Result<Result<(), Invalid>> {
    let (incident, groups) = match hold_for(tx, case, (None, new.persons))? {
        Ok(held) => held,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let position = groups.last().map_or(0, |last| last.position) + 1;
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(incident.tenant_id),
                t::id.eq(GroupId::new(tx.now)),
                t::incident_id.eq(incident.id),
                t::position.eq(position),
                t::label.eq(&new.label),
                t::data.eq(json_text(&new.data)?),
                t::persons.eq(new.persons),
                t::way.eq(new.way),
                t::place.eq(&new.place),
                t::reason.eq(&new.reason),
            ),
            (
                t::notice.eq(json_text(&Notice::default())?),
                t::sent.eq(0),
                t::returned.eq(0),
                t::inquiries.eq(0),
                t::settled.eq(0),
                t::yen.eq(0_i64),
                t::version.eq(1),
            ),
        ))
        .execute(tx.connection)?;
    store::entry(tx, &incident, "incident.persons_listed", told(position, new))?;
    let details = json!({ "group": new.label, "count": new.persons.to_string() });
    timeline::note(tx, &incident, tx.now, "persons-listed", &details).map(Ok)
}

fn told(position: i32, new: &GroupForm) -> Vec<Fact> {
    vec![
        ("group", json!(position)),
        ("data", json!(new.data)),
        ("persons", json!(new.persons)),
        ("way", json!(new.way)),
        ("reason_given", json!(!new.reason.is_empty())),
    ]
}

/// Changes what is said of a group, if it has room then.
pub(super) fn change(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (group, version): (&Group, i32),
    new: &GroupForm,
) -> Result<Result<(), Invalid>> {
    let incident = match hold_for(tx, case, (Some(group.id), new.persons))? {
        Ok((incident, _)) => incident,
        Err(invalid) => return Ok(Err(invalid)),
    };
    current(tx, group, version)?;
    diesel::update(t::table.find((group.tenant_id, group.id)))
        .set((
            t::label.eq(&new.label),
            t::data.eq(json_text(&new.data)?),
            t::persons.eq(new.persons),
            t::way.eq(new.way),
            t::place.eq(&new.place),
            t::reason.eq(&new.reason),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    let mut details = told(group.position, new);
    details.push(("persons_before", json!(group.persons)));
    details.push(("way_before", json!(group.way)));
    store::entry(tx, &incident, "incident.persons_changed", details).map(Ok)
}

/// Takes a group back about which nothing was entered.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (group, version): (&Group, i32),
) -> Result<()> {
    let incident = hold_group(tx, case, (group, version))?;
    let entered: i64 = e::table
        .filter(e::tenant_id.eq(group.tenant_id))
        .filter(e::group_id.eq(group.id))
        .count()
        .get_result(tx.connection)?;
    if entered > 0 {
        return Err(Error::Conflict("incident-person-error-entered"));
    }
    diesel::delete(t::table.find((group.tenant_id, group.id))).execute(tx.connection)?;
    let details = vec![("group", json!(group.position)), ("persons", json!(group.persons))];
    store::entry(tx, &incident, "incident.persons_removed", details)
}

/// Keeps the notice to a group in a language.
pub(super) fn write(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (group, version): (&Group, i32),
    (language, letter): (Language, Letter),
) -> Result<()> {
    let incident = hold_group(tx, case, (group, version))?;
    let notice = group.notice.0.clone().with(language, letter);
    diesel::update(t::table.find((group.tenant_id, group.id)))
        .set((t::notice.eq(json_text(&notice)?), t::version.eq(version + 1)))
        .execute(tx.connection)?;
    let details = vec![("group", json!(group.position)), ("language", json!(language))];
    store::entry(tx, &incident, "incident.notice_written", details)
}

/// Enters what was sent, came back and was asked; `after` is the group with it.
pub(super) fn progress(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (after, version): (&Group, i32),
    new: &Progress,
) -> Result<()> {
    let incident = hold_group(tx, case, (after, version))?;
    diesel::update(t::table.find((after.tenant_id, after.id)))
        .set((
            t::sent.eq(after.sent),
            t::returned.eq(after.returned),
            t::inquiries.eq(after.inquiries),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    let entry = (EntryKind::Notice, new.on, new.note.as_str());
    enter(tx, after, entry, (new.sent, new.returned, new.inquiries), (0, 0))?;
    let details = vec![
        ("group", json!(after.position)),
        ("on", json!(new.on)),
        ("sent", json!([new.sent, after.sent])),
        ("returned", json!([new.returned, after.returned])),
        ("inquiries", json!([new.inquiries, after.inquiries])),
    ];
    store::entry(tx, &incident, "incident.persons_notified", details)?;
    let words = json!({ "group": after.label, "notified": after.notified().to_string(),
        "persons": after.persons.to_string(), "inquiries": after.inquiries.to_string() });
    let at = moment(&incident, new.on, tx.now);
    timeline::note(tx, &incident, at, "persons-notified", &words)
}

/// Enters what was settled; `after` is the group with it.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (after, version): (&Group, i32),
    new: &Settlement,
) -> Result<()> {
    let incident = hold_group(tx, case, (after, version))?;
    diesel::update(t::table.find((after.tenant_id, after.id)))
        .set((t::settled.eq(after.settled), t::yen.eq(after.yen), t::version.eq(version + 1)))
        .execute(tx.connection)?;
    let entry = (EntryKind::Settlement, new.on, new.reference.as_str());
    enter(tx, after, entry, (0, 0, 0), (new.settled, new.yen))?;
    let details = vec![
        ("group", json!(after.position)),
        ("on", json!(new.on)),
        ("settled", json!([new.settled, after.settled])),
        ("yen", json!([new.yen, after.yen])),
    ];
    store::entry(tx, &incident, "incident.persons_settled", details)?;
    let words = json!({ "group": after.label, "settled": after.settled.to_string(),
        "persons": after.persons.to_string() });
    let at = moment(&incident, new.on, tx.now);
    timeline::note(tx, &incident, at, "persons-settled", &words)
}

/// Something that was entered on a day: its kind, the day, a note.
type Told<'a> = (EntryKind, NaiveDate, &'a str);

fn enter(
    tx: &mut Tx<'_>,
    group: &Group,
    (kind, on, note): Told<'_>,
    (sent, returned, inquiries): (i32, i32, i32),
    (settled, yen): (i32, i64),
) -> Result<()> {
    let last: Option<i32> = e::table
        .filter(e::tenant_id.eq(group.tenant_id))
        .filter(e::group_id.eq(group.id))
        .select(diesel::dsl::max(e::position))
        .first(tx.connection)?;
    diesel::insert_into(e::table)
        .values((
            e::tenant_id.eq(group.tenant_id),
            e::id.eq(EntryId::new(tx.now)),
            e::group_id.eq(group.id),
            e::position.eq(last.unwrap_or(0) + 1),
            e::kind.eq(kind),
            e::happened_on.eq(on),
            e::sent.eq(sent),
            e::returned.eq(returned),
            e::inquiries.eq(inquiries),
            e::settled.eq(settled),
            e::yen.eq(yen),
            e::note.eq(note),
            e::entered_by_name.eq(tx.actor.name()),
            e::entered_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// When something of a day stands in the timeline: now if it is today, otherwise at noon, and never
/// before the incident was known.
fn moment(incident: &Incident, on: NaiveDate, now: Timestamp) -> Timestamp {
    if on == jst_date(now) {
        return now;
    }
    let noon = on.and_hms_opt(12, 0, 0).map_or(now, jst_to_utc);
    noon.max(incident.known_at).min(now)
}
