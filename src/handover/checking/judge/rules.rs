//! The handling rules, held against the transmission that the hand-over would be.

use super::{gathered, is_approved};
use crate::entrustment::rules::Way;
use crate::handover::checking::facts::{Facts, Found, To};
use crate::handover::model::{ReceivingParty, Stop};
use crate::rulebook::{
    Judge, KeyWay, Party, Protection, Receiver, ReceiverField, RuleId, TransmissionFact,
};

/// Who checks: nothing leaves without a second person.
const SECOND: &str = "second person";

/// What the rulebook says of it, apart from what a stop of the desk says better.
pub(super) fn judge(facts: &Facts, found: &mut Vec<Found>) {
    let judge = Judge::new(&facts.terms);
    let mut broken: Vec<(RuleId, &To)> = Vec::new();
    for to in &facts.recipients {
        let rules = rules(facts, &judge, Some(to));
        broken.extend(rules.into_iter().filter(|rule| counts(facts, to, *rule)).map(|r| (r, to)));
    }
    let (own, rest): (Vec<_>, Vec<_>) =
        broken.into_iter().partition(|(rule, _)| *rule == RuleId::OwnAddress);
    found.extend(own.into_iter().map(|(_, to)| Found::of(Stop::OwnAddress).to(to.id)));
    for (rule, place) in gathered(facts, &rest) {
        let stop = Found::of(Stop::Rule).by(rule.as_str());
        found.push(match place.and_then(|place| facts.recipients.get(place)) {
            Some(to) => stop.to(to.id),
            None => stop,
        });
    }
    if facts.recipients.is_empty() {
        // Until there is a recipient: the way, and who hands over.
        let rules = rules(facts, &judge, None).into_iter();
        let rules = rules.filter(|rule| *rule != RuleId::AfterEnd);
        found.extend(rules.map(|rule| Found::of(Stop::Rule).by(rule.as_str())));
    }
}

/// The rules that sending to one recipient would break, whichever of the own addresses it came from.
fn rules(facts: &Facts, judge: &Judge<'_>, to: Option<&To>) -> Vec<RuleId> {
    let of = |address: &str| judge.transmission(&fact(facts, address, to));
    let mut broken = of("");
    for address in &facts.own {
        broken.extend(of(address));
    }
    let mut rules: Vec<RuleId> = broken.into_iter().map(|broken| broken.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Whether a broken rule is a stop by itself, or said by another one.
fn counts(facts: &Facts, to: &To, rule: RuleId) -> bool {
    match rule {
        RuleId::BeyondPurpose | RuleId::TooManyPersons => false,
        // A contractor below is known by its entrustment, not by how it is called.
        RuleId::Recipient | RuleId::UndeclaredTier => {
            to.party == ReceivingParty::Outside && is_approved(facts, to)
        }
        _ => true,
    }
}

fn fact(facts: &Facts, sender_address: &str, to: Option<&To>) -> TransmissionFact {
    let receiver = |to: &To| Receiver {
        party: match to.party {
            ReceivingParty::Principal => Party::Principal,
            ReceivingParty::Contractor => Party::Contractor,
            ReceivingParty::SubContractor | ReceivingParty::Outside => Party::Other,
        },
        recipient: to.recipient,
        name: to.name.clone(),
        address: to.address.clone(),
        field: ReceiverField::To,
    };
    TransmissionFact {
        sent_on: facts.terms.today,
        sender: facts.sender,
        sender_address: sender_address.to_owned(),
        handler: facts.handler,
        receivers: to.map(receiver).into_iter().collect(),
        way: Way::HandOver,
        items: facts.items.clone(),
        // How many persons there are, the files tell.
        persons: 0,
        protection: Protection::AccessLimited,
        key_way: KeyWay::OtherWay,
        checked_by: SECOND.to_owned(),
    }
}
