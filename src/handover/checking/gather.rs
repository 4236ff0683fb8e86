//! The facts of a hand-over, from the registers.

use chrono::NaiveDate;

use super::facts::{BelowFact, Facts, Looked, To};
use super::{seal, store};
use crate::conformity;
use crate::contents::Watch;
use crate::database::Connection;
use crate::entrustment::{self, DataItem, DataItemId, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::handover::model::{Delivery, File, Handover, HandoverStatus, ReceivingParty};
use crate::handover::store as desk;
use crate::japanese::fold_name;
use crate::organisation::contractor;
use crate::recipient;
use crate::rulebook::{HandlerId, Party, Terms};

/// All that is asked about a hand-over, on the day `today` in Japan.
pub(in crate::handover) fn facts(
    connection: &mut Connection,
    of: &Handover,
    entrustment: &Entrustment,
    today: NaiveDate,
) -> Result<Facts> {
    let terms = conformity::terms(connection, entrustment, today)?;
    let deliveries = desk::deliveries(connection, of)?;
    let files = desk::files(connection, of)?;
    let below = below(connection, entrustment, &deliveries)?;
    let own = own_addresses(connection, of, entrustment)?;
    let settled = matches!(of.status, HandoverStatus::Proposed | HandoverStatus::Approved);
    let changed = settled && !of.seal.is_empty() && seal::of(of, &deliveries, &files)? != of.seal;
    Ok(Facts {
        sender: of.sender,
        handler: handler(of, &terms),
        own,
        items: of.items.0.clone(),
        recipients: deliveries.iter().map(|delivery| to(delivery, &below)).collect(),
        files: files.iter().map(looked).collect(),
        terms,
        changed,
    })
}

fn to(delivery: &Delivery, below: &[(EntrustmentId, BelowFact)]) -> To {
    let own = below.iter().find(|(id, _)| Some(*id) == delivery.below_id);
    To {
        id: delivery.id,
        party: delivery.party,
        recipient: delivery.recipient_id,
        below: own.map(|(_, fact)| fact.clone()),
        name: delivery.name.clone(),
        address: delivery.address.clone(),
    }
}

fn looked(file: &File) -> Looked {
    Looked { id: file.id, state: file.state, only: file.delivery_id, contents: file.found() }
}

/// Who hands over, by the name under which the roster knows everybody.
fn handler(of: &Handover, terms: &Terms) -> Option<HandlerId> {
    if of.sender != Party::Contractor {
        return None;
    }
    let name = fold_name(who(of));
    let called = terms.handlers.iter().filter(|handler| fold_name(&handler.name) == name);
    // Who left and came back stands twice: the later entry counts.
    called.max_by_key(|handler| (handler.starts_on, handler.id)).map(|handler| handler.id)
}

fn who(of: &Handover) -> &str {
    if of.proposed_by_name.is_empty() { &of.created_by_name } else { &of.proposed_by_name }
}

/// The addresses of those who hand over: the same whoever asks, because both sides judge.
fn own_addresses(
    connection: &mut Connection,
    of: &Handover,
    entrustment: &Entrustment,
) -> Result<Vec<String>> {
    if of.sender == Party::Contractor {
        let known = contractor::find(connection, entrustment.tenant_id, entrustment.contractor_id)?;
        return Ok(vec![known.email]);
    }
    let names = [of.created_by_name.as_str(), of.proposed_by_name.as_str()];
    store::addresses(connection, of.tenant_id, &names)
}

/// What was re-entrusted to those who receive as contractors below, one query for all.
fn below(
    connection: &mut Connection,
    entrustment: &Entrustment,
    deliveries: &[Delivery],
) -> Result<Vec<(EntrustmentId, BelowFact)>> {
    if !deliveries.iter().any(|delivery| delivery.party == ReceivingParty::SubContractor) {
        return Ok(Vec::new());
    }
    let above = entrustment::items(connection, entrustment)?;
    let rows = entrustment::below(connection, entrustment)?;
    let direct: Vec<&Entrustment> =
        rows.iter().filter(|row| row.tier == 1).map(|row| &row.entrustment).collect();
    let mut items = entrustment::items_of_many(connection, &direct)?;
    let fact = |below: &&Entrustment| {
        let own = items.remove(&below.id).unwrap_or_default();
        let fact = BelowFact {
            open: entrustment::open(below).is_ok(),
            starts_on: below.starts_on,
            ends_on: below.ends_on,
            items: named_alike(&above, &own),
            persons: below.persons,
        };
        (below.id, fact)
    };
    Ok(direct.iter().map(fact).collect())
}

/// The items above that are called like those that were re-entrusted: these are copies of them.
fn named_alike(above: &[DataItem], below: &[DataItem]) -> Vec<DataItemId> {
    let copied = |item: &&DataItem| {
        below.iter().any(|own| own.removed_at.is_none() && own.name == item.name)
    };
    above.iter().filter(copied).map(|item| item.id).collect()
}

/// Whom to look for in the rows: everybody who is or was a recipient of the entrustment.
pub(in crate::handover) fn watch(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Watch> {
    let known = recipient::of_entrustment(connection, entrustment)?;
    let named = known.into_iter().map(|one| (one.id.to_string(), vec![one.name])).collect();
    Ok(Watch { named })
}
