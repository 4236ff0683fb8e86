//! To whom something may be handed over: chosen from what is registered and approved, never typed.

use chrono::NaiveDate;

use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::handover::model::{Delivery, Direction, ReceivingParty};
use crate::organisation::{self, contractor};
use crate::recipient::{self, Recipient, RecipientStatus};
use crate::rulebook::{Party, RecipientId};

/// Somebody to whom something may be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::handover) struct Addressee {
    /// Who it is.
    pub party: ReceivingParty,
    /// The registered recipient.
    pub recipient_id: Option<RecipientId>,
    /// The sub-entrustment whose contractor it is.
    pub below_id: Option<EntrustmentId>,
    /// The name as it is registered.
    pub name: String,
    /// The mail address as it is registered; empty where members of an organisation receive.
    pub address: String,
    /// For what it gets data, as it is registered.
    pub purpose: String,
}

impl Addressee {
    /// By what a form names it.
    pub(super) fn key(&self) -> String {
        let recipient = self.recipient_id.map(|id| id.to_string());
        let below = || self.below_id.map(|id| id.to_string());
        recipient.or_else(below).unwrap_or_else(|| self.party.to_string())
    }

    /// Who a delivery goes to.
    pub(super) fn of(delivery: &Delivery) -> Self {
        Self {
            party: delivery.party,
            recipient_id: delivery.recipient_id,
            below_id: delivery.below_id,
            name: delivery.name.clone(),
            address: delivery.address.clone(),
            purpose: String::new(),
        }
    }

    /// Whether a delivery goes to it.
    pub(super) fn is_of(&self, delivery: &Delivery) -> bool {
        (self.party, self.recipient_id, self.below_id)
            == (delivery.party, delivery.recipient_id, delivery.below_id)
    }

    fn named(party: ReceivingParty, name: String) -> Self {
        let (address, purpose) = (String::new(), String::new());
        Self { party, recipient_id: None, below_id: None, name, address, purpose }
    }
}

/// Everybody to whom one side of an entrustment may hand something over.
#[derive(Clone, Debug)]
pub(in crate::handover) struct Possible {
    /// The other party.
    pub given: Addressee,
    /// The contractors of what was re-entrusted; none for the principal.
    pub below: Vec<Addressee>,
    /// The registered recipients.
    pub outside: Vec<Addressee>,
}

impl Possible {
    /// The direction in which the other party gets it.
    pub(super) fn back(&self) -> Direction {
        match self.given.party {
            ReceivingParty::Principal => Direction::ToPrincipal,
            _ => Direction::ToContractor,
        }
    }

    /// The directions that are possible.
    pub(super) fn directions(&self) -> Vec<Direction> {
        let mut directions = vec![self.back()];
        if !self.below.is_empty() {
            directions.push(Direction::ToSubContractor);
        }
        if !self.outside.is_empty() {
            directions.push(Direction::ToRecipients);
        }
        directions
    }

    /// Those among whom one chooses.
    pub(super) fn of(&self, direction: Direction) -> &[Addressee] {
        match direction {
            Direction::ToSubContractor => &self.below,
            Direction::ToRecipients => &self.outside,
            Direction::ToContractor | Direction::ToPrincipal => &[],
        }
    }
}

/// To whom `side` of an entrustment may hand something over on a day; never to the `own` addresses.
///
/// # Errors
/// Those of the database.
pub(super) fn possible(
    connection: &mut Connection,
    entrustment: &Entrustment,
    side: Party,
    own: &[String],
    today: NaiveDate,
) -> Result<Possible> {
    let tenant = entrustment.tenant_id;
    let given = if side == Party::Principal {
        let name = contractor::find(connection, tenant, entrustment.contractor_id)?.name;
        Addressee::named(ReceivingParty::Contractor, name)
    } else {
        Addressee::named(ReceivingParty::Principal, organisation::find(connection, tenant)?.name)
    };
    let below = if side == Party::Principal { Vec::new() } else { below(connection, entrustment)? };
    let outside = recipient::of_entrustment(connection, entrustment)?;
    let outside = outside.into_iter().filter(|one| may_receive(one, own, today)).map(outside_one);
    Ok(Possible { given, below, outside: outside.collect() })
}

/// The contractors of the open entrustments directly below.
fn below(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Addressee>> {
    let rows = entrustment::below(connection, entrustment)?;
    let direct: Vec<Entrustment> = rows
        .into_iter()
        .filter(|row| row.tier == 1 && row.entrustment.status == EntrustmentStatus::Active)
        .map(|row| row.entrustment)
        .collect();
    let ids: Vec<_> = direct.iter().map(|below| below.contractor_id).collect();
    let names = contractor::by_ids(connection, entrustment.tenant_id, &ids)?;
    let one = |below: Entrustment| {
        let known = names.iter().find(|row| row.id == below.contractor_id)?;
        Some(Addressee {
            below_id: Some(below.id),
            purpose: below.title,
            ..Addressee::named(ReceivingParty::SubContractor, known.name.clone())
        })
    };
    Ok(direct.into_iter().filter_map(one).collect())
}

fn outside_one(known: Recipient) -> Addressee {
    Addressee {
        recipient_id: Some(known.id),
        address: known.address.trim().to_owned(),
        purpose: known.purpose,
        ..Addressee::named(ReceivingParty::Outside, known.name)
    }
}

/// Whether a registered recipient may get something on a day: approved, within its time, by a mail
/// address that isn't the sender's own.
fn may_receive(known: &Recipient, own: &[String], today: NaiveDate) -> bool {
    let address = known.address.trim();
    let mail = address.parse::<lettre::Address>().is_ok();
    let mine = own.iter().any(|own| own.eq_ignore_ascii_case(address));
    let in_time = known.until_on.is_none_or(|until| today <= until);
    known.status == RecipientStatus::Approved && in_time && mail && !mine
}
