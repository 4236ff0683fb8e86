//! A transmission.

use super::{Judge, Verdict, address, handler};
use crate::entrustment::rules::{Encryption, Recipients, SecondChecker, Way};
use crate::japanese::fold_name;
use crate::rulebook::facts::{
    KeyWay, Party, Protection, Receiver, ReceiverField, RecipientFact, TransmissionFact,
};
use crate::rulebook::rule::{Broken, RuleId};

/// What a transmission breaks.
pub(super) fn judge(judge: &Judge<'_>, fact: &TransmissionFact) -> Vec<Broken> {
    let mut verdict = Verdict::default();
    judge.amount(&fact.items, fact.persons, &mut verdict);
    // Somebody else who sends something isn't bound by the rules of the entrustment.
    if fact.sender != Party::Other {
        way(judge, fact, &mut verdict);
        open_recipients(fact, &mut verdict);
        second_checker(judge, fact, &mut verdict);
    }
    if fact.sender == Party::Contractor {
        match fact.handler {
            Some(id) => handler::sends(judge, id, fact.sent_on, &mut verdict),
            None => verdict.add(RuleId::HandlerUnregistered, ""),
        }
    }
    let sender = address::mail(&fact.sender_address);
    for receiver in &fact.receivers {
        mail(judge, fact, sender.as_deref(), receiver, &mut verdict);
        if receiver.party == Party::Other {
            recipient(judge, fact, receiver, &mut verdict);
        }
    }
    after_end(judge, fact, &mut verdict);
    verdict.done()
}

/// The way and its protection.
fn way(judge: &Judge<'_>, fact: &TransmissionFact, verdict: &mut Verdict) {
    let rules = &judge.terms.rules;
    let special = judge.special(&fact.items);
    verdict.add_if(!rules.ways.contains(&fact.way), RuleId::Way, fact.way);
    let not_for_these = special && !rules.ways_sensitive.contains(&fact.way);
    verdict.add_if(not_for_these, RuleId::SensitiveWay, fact.way);
    // Whatever is sent leaves the place of work.
    let demanded = match rules.encryption {
        Encryption::Always | Encryption::Outside => true,
        Encryption::Sensitive => special,
    };
    let open = demanded && !protected(fact.way, fact.protection);
    verdict.add_if(open, RuleId::SentUnprotected, "");
    let locked = matches!(fact.protection, Protection::Password | Protection::Encrypted);
    verdict.add_if(locked && fact.key_way == KeyWay::SameWay, RuleId::PasswordSameWay, "");
}

/// Whether something is protected on its way: by the way itself, or by what was done to it. Paper
/// can't be encrypted; whether it may go from hand to hand or by fax is a matter of the way.
const fn protected(way: Way, protection: Protection) -> bool {
    match way {
        Way::HandOver | Way::LimitedLink | Way::Api | Way::Hand | Way::Fax => true,
        Way::Post | Way::RegisteredPost => !matches!(protection, Protection::None),
        Way::EncryptedMail | Way::PlainMail => {
            !matches!(protection, Protection::None | Protection::Sealed)
        }
        Way::Removable => matches!(protection, Protection::Password | Protection::Encrypted),
    }
}

/// Outside receivers who see each other's address (Fujitomi).
fn open_recipients(fact: &TransmissionFact, verdict: &mut Verdict) {
    if !matches!(fact.way, Way::PlainMail | Way::EncryptedMail) {
        return;
    }
    let seen = |r: &&Receiver| r.party == Party::Other && r.field != ReceiverField::Bcc;
    if fact.receivers.iter().filter(seen).count() < 2 {
        return;
    }
    let who = |r: &Receiver| address::mail(&r.address).unwrap_or_else(|| fold_name(&r.name));
    let mut visible: Vec<String> = fact.receivers.iter().filter(seen).map(who).collect();
    visible.sort_unstable();
    visible.dedup();
    verdict.add_if(visible.len() > 1, RuleId::OpenRecipients, visible.len());
}

/// A second pair of eyes: another person than the sender.
fn second_checker(judge: &Judge<'_>, fact: &TransmissionFact, verdict: &mut Verdict) {
    let outside = |r: &Receiver| match fact.sender {
        Party::Contractor => r.party != Party::Principal,
        Party::Principal | Party::Other => r.party == Party::Other,
    };
    let demanded = match judge.terms.rules.second_checker {
        SecondChecker::Always => true,
        SecondChecker::Outside => fact.receivers.iter().any(outside),
        SecondChecker::Never => false,
    };
    if !demanded {
        return;
    }
    let checker = fold_name(&fact.checked_by);
    let sender = fact.handler.and_then(|id| judge.handlers.get(&id));
    let same = sender.is_some_and(|sender| sender.name == checker);
    verdict.add_if(checker.is_empty() || same, RuleId::SecondChecker, &fact.checked_by);
}

/// The sender's own address, and addresses of free mail services (Mie).
fn mail(
    judge: &Judge<'_>,
    fact: &TransmissionFact,
    sender: Option<&str>,
    receiver: &Receiver,
    verdict: &mut Verdict,
) {
    let Some(mail) = address::mail(&receiver.address) else {
        return;
    };
    let handlers_own = fact.sender == Party::Contractor && judge.own.contains(&mail);
    let own = handlers_own || sender == Some(mail.as_str());
    verdict.add_if(own, RuleId::OwnAddress, &receiver.address);
    verdict.add_if(address::is_free(&mail), RuleId::FreeMail, &receiver.address);
}

/// Somebody who is neither principal nor contractor: a registered recipient, or an approved
/// contractor below.
fn recipient(
    judge: &Judge<'_>,
    fact: &TransmissionFact,
    receiver: &Receiver,
    verdict: &mut Verdict,
) {
    let what = if receiver.name.is_empty() { &receiver.address } else { &receiver.name };
    if let Some(known) = receiver.recipient.and_then(|id| judge.recipients.get(&id)) {
        let permitted = judge.terms.rules.recipients == Recipients::Registered
            && known.approved
            && known.until_on.is_none_or(|until| fact.sent_on <= until)
            && same_address(fact.way, &known.address, &receiver.address);
        verdict.add_if(!permitted, RuleId::Recipient, what);
        return purpose(judge, fact, known, verdict);
    }
    let name = fold_name(&receiver.name);
    if judge.chain.contains(&name) {
        return;
    }
    if let Some(until) = judge.subs.get(&name) {
        return verdict.add_if(*until < fact.sent_on, RuleId::Recipient, what);
    }
    verdict.add(RuleId::Recipient, what);
    verdict.add_if(address::is_organisation(&name), RuleId::UndeclaredTier, what);
}

/// Whether it went to the address that was approved; where both are of the kind that the way uses.
fn same_address(way: Way, approved: &str, used: &str) -> bool {
    if way == Way::Fax {
        let (approved, used) = (address::digits(approved), address::digits(used));
        return approved.is_empty() || used.is_empty() || approved == used;
    }
    match (address::mail(approved), address::mail(used)) {
        (Some(approved), Some(used)) => approved == used,
        _ => true,
    }
}

/// More than the recipient's purpose needs (Takatsuki).
fn purpose(
    judge: &Judge<'_>,
    fact: &TransmissionFact,
    recipient: &RecipientFact,
    verdict: &mut Verdict,
) {
    if recipient.persons_limit.is_some_and(|limit| fact.persons > limit) {
        verdict.add(RuleId::BeyondPurpose, format!("{} / {}", recipient.name, fact.persons));
    }
    if recipient.items.is_empty() {
        return;
    }
    let entrusted = fact.items.iter().filter_map(|id| judge.items.get(id)).filter(|i| i.entrusted);
    for item in entrusted.filter(|item| !judge.needed(item.id, &recipient.items)) {
        verdict.add(RuleId::BeyondPurpose, format!("{} / {}", recipient.name, item.name));
    }
}

/// After the end of the contract things only go back, and in time.
fn after_end(judge: &Judge<'_>, fact: &TransmissionFact, verdict: &mut Verdict) {
    if fact.sent_on <= judge.terms.ends_on {
        return;
    }
    let back = !fact.receivers.is_empty()
        && fact.receivers.iter().all(|receiver| receiver.party == Party::Principal);
    let in_time = fact.sent_on <= judge.limit;
    verdict.add_if(!(back && in_time), RuleId::AfterEnd, fact.sent_on);
}
