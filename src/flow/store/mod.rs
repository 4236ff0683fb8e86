//! What maps read. The registers are written by their own slices; here they are read together, for
//! an entrustment and all below it at once.

pub(super) mod organisation;

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Case, Facts, Holding, Recipient, Sent, Spot};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{
    contractor, entrustment as e, entrustment_ancestor as a, finding as f, holding as h,
    recipient as r, sub_application as s, transmission as t,
};
use crate::database::types::Json;
use crate::entrustment::rules::{Medium, Place, Way};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::Result;
use crate::finding::{FindingStatus, Source};
use crate::japanese::jst_date;
use crate::organisation as parties;
use crate::recipient::RecipientStatus;
use crate::rulebook::{Party, Receiver, RecipientId, RuleId};

/// The words of a holding's status under which it is still held.
const HELD: [&str; 2] = ["open", "retained"];

/// The rules that are broken, by what breaks them.
type Broken = HashMap<String, Vec<RuleId>>;

/// What the registers say about an entrustment that the actor may see, and those below it.
pub(super) fn facts(connection: &mut Connection, of: &Entrustment) -> Result<Facts> {
    let tenant = of.tenant_id;
    let rows: Vec<(EntrustmentId, String, String)> =
        a::table
            .inner_join(e::table.on(a::tenant_id.eq(e::tenant_id).and(a::entrustment_id.eq(e::id))))
            .inner_join(contractor::table.on(
                e::tenant_id.eq(contractor::tenant_id).and(e::contractor_id.eq(contractor::id)),
            ))
            .filter(a::tenant_id.eq(tenant))
            .filter(a::ancestor_id.eq(of.id))
            .order((a::distance.asc(), e::number.asc()))
            .select((e::id, e::number, contractor::name))
            .load(connection)?;
    let ids: Vec<EntrustmentId> = rows.iter().map(|(id, ..)| *id).collect();
    let parents: HashMap<EntrustmentId, EntrustmentId> = a::table
        .filter(a::tenant_id.eq(tenant))
        .filter(a::entrustment_id.eq_any(ids.clone()))
        .filter(a::distance.eq(1))
        .select((a::entrustment_id, a::ancestor_id))
        .load::<(EntrustmentId, EntrustmentId)>(connection)?
        .into_iter()
        .collect();
    let mut broken = broken(connection, tenant, &ids)?;
    let case = |(id, number, contractor): (EntrustmentId, String, String)| Case {
        id,
        parent: parents.get(&id).copied().filter(|_| id != of.id),
        number,
        contractor,
        broken: broken.remove(id.as_str()).unwrap_or_default(),
    };
    Ok(Facts {
        principal: parties::find(connection, tenant)?.name,
        above: above(connection, of, parents.get(&of.id).copied())?,
        cases: rows.into_iter().map(case).collect(),
        recipients: recipients(connection, tenant, &ids)?,
        holdings: holdings(connection, tenant, &ids, &broken)?,
        sent: sent(connection, tenant, &ids, &broken)?,
    })
}

/// The contractor directly above, who is the other party of a sub-entrustment's contract.
fn above(
    connection: &mut Connection,
    of: &Entrustment,
    parent: Option<EntrustmentId>,
) -> Result<Option<String>> {
    let Some(parent) = parent else { return Ok(None) };
    Ok(e::table
        .inner_join(
            contractor::table.on(e::tenant_id
                .eq(contractor::tenant_id)
                .and(e::contractor_id.eq(contractor::id))),
        )
        .filter(e::tenant_id.eq(of.tenant_id))
        .filter(e::id.eq(parent))
        .select(contractor::name)
        .first(connection)
        .optional()?)
}

/// The rules that are broken now: of findings that are neither closed nor mended.
fn broken(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[EntrustmentId],
) -> Result<Broken> {
    let rows: Vec<(String, String, String)> = f::table
        .filter(f::tenant_id.eq(tenant))
        .filter(f::entrustment_id.eq_any(ids.to_vec()))
        .filter(f::source.eq(Source::Rule))
        .filter(f::status.ne(FindingStatus::Closed))
        .filter(f::mended_at.is_null())
        .select((f::subject_kind, f::subject_id, f::rule))
        .load(connection)?;
    let children: HashMap<String, String> =
        if rows.iter().any(|(kind, ..)| kind == "sub_entrustment") {
            s::table
                .filter(s::tenant_id.eq(tenant))
                .filter(s::entrustment_id.eq_any(ids.to_vec()))
                .filter(s::child_id.is_not_null())
                .select((s::id, s::child_id.assume_not_null()))
                .load::<(String, String)>(connection)?
                .into_iter()
                .collect()
        } else {
            HashMap::new()
        };
    let mut broken = Broken::new();
    for (kind, subject, rule) in rows {
        let Ok(rule) = rule.parse::<RuleId>() else { continue };
        let child = (kind == "sub_entrustment").then(|| children.get(&subject)).flatten();
        let rules = broken.entry(child.cloned().unwrap_or(subject)).or_default();
        rules.push(rule);
        rules.sort_unstable();
        rules.dedup();
    }
    Ok(broken)
}

fn recipients(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[EntrustmentId],
) -> Result<Vec<Recipient>> {
    let rows: Vec<(RecipientId, EntrustmentId, String, RecipientStatus)> = r::table
        .filter(r::tenant_id.eq(tenant))
        .filter(r::entrustment_id.eq_any(ids.to_vec()))
        .order((r::name_key.asc(), r::id.asc()))
        .select((r::id, r::entrustment_id, r::name, r::status))
        .load(connection)?;
    let recipient = |(id, case, name, status)| Recipient {
        id,
        case,
        name,
        approved: status == RecipientStatus::Approved,
    };
    Ok(rows.into_iter().map(recipient).collect())
}

/// The columns of a holding, in the order of the query.
type HoldingRow = (
    (String, EntrustmentId, String, i64),
    (Place, String, String, String, Json<Vec<String>>, Medium),
);

fn holdings(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[EntrustmentId],
    broken: &Broken,
) -> Result<Vec<Holding>> {
    let rows: Vec<HoldingRow> = h::table
        .filter(h::tenant_id.eq(tenant))
        .filter(h::entrustment_id.eq_any(ids.to_vec()))
        .filter(h::status.eq_any(HELD))
        .order((h::position.asc(), h::id.asc()))
        .select((
            (h::id, h::entrustment_id, h::holder, h::persons),
            (h::place, h::place_detail, h::provider, h::country, h::access_countries, h::medium),
        ))
        .load(connection)?;
    let mut holdings: Vec<Holding> = rows.into_iter().map(|row| holding(row, broken)).collect();
    in_order(&mut holdings, ids, |holding| holding.case);
    Ok(holdings)
}

fn holding(
    ((id, case, holder, persons), (place, detail, provider, country, access, medium)): HoldingRow,
    broken: &Broken,
) -> Holding {
    let broken = broken.get(&id).cloned().unwrap_or_default();
    let spot = Spot { place, detail, provider, country, access: access.0, medium };
    Holding { id, case, holder, spot, persons, broken }
}

fn sent(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[EntrustmentId],
    broken: &Broken,
) -> Result<Vec<Sent>> {
    type Row = ((String, EntrustmentId, Timestamp), (Party, String, Json<Vec<Receiver>>, Way, i64));
    let rows: Vec<Row> = t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::entrustment_id.eq_any(ids.to_vec()))
        .order((t::sent_at.asc(), t::id.asc()))
        .select((
            (t::id, t::entrustment_id, t::sent_at),
            (t::sender, t::sender_address, t::receivers, t::way, t::persons),
        ))
        .load(connection)?;
    let sent = |((id, case, at), (sender, sender_address, receivers, way, persons)): Row| Sent {
        on: jst_date(at),
        case,
        sender,
        sender_address,
        receivers: receivers.0,
        way,
        persons,
        broken: broken.get(&id).cloned().unwrap_or_default(),
        id,
    };
    let mut sent: Vec<Sent> = rows.into_iter().map(sent).collect();
    in_order(&mut sent, ids, |sent| sent.case);
    Ok(sent)
}

/// Puts rows in the order of their entrustments on the map; within one they keep theirs.
fn in_order<T>(rows: &mut [T], ids: &[EntrustmentId], of: impl Fn(&T) -> EntrustmentId) {
    let places: HashMap<EntrustmentId, usize> =
        ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    rows.sort_by_key(|row| places.get(&of(row)).copied());
}
