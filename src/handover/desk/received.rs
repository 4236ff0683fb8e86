//! What was received stands in the register of transmissions by itself.

use sha2::{Digest as _, Sha256};

use super::store;
use crate::conformity;
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::entrustment::rules::Way;
use crate::error::Result;
use crate::handover::model::{Delivery, File, Handover, ReceivingParty};
use crate::handover::store as shared;
use crate::japanese::{fold_name, jst_date};
use crate::rulebook::{HandlerId, KeyWay, Party, Protection, Receiver, ReceiverField};
use crate::transmission::{self, NewTransmission};
use crate::web::{Language, locale};

/// Enters what a recipient has for the first time in whole, confirmed by whoever fetched it: once
/// for each recipient of a hand-over.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn received(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    of: &Handover,
    delivery: &Delivery,
    by: &str,
) -> Result<()> {
    if delivery.transmission_id.is_some() {
        return Ok(());
    }
    let files = shared::files(tx.connection, of)?;
    let files: Vec<File> = files.into_iter().filter(|file| file.is_for(delivery.id)).collect();
    let handler = handler(tx, entrustment, of)?;
    let new = NewTransmission {
        persons: persons(&files, entrustment.persons),
        ..transmission_of(of, delivery, &files, handler)
    };
    let entered = transmission::HandedOver { new: &new, sent_by: &of.proposed_by_name, by };
    let id = transmission::enter_handed_over(tx, entrustment, &entered)?;
    store::entered(tx, delivery, id)
}

/// A hand-over to one recipient as the register of transmissions has it.
fn transmission_of(
    of: &Handover,
    delivery: &Delivery,
    files: &[File],
    handler: Option<HandlerId>,
) -> NewTransmission {
    let args = [("number", i64::from(of.position).into()), ("count", files.len().into())];
    NewTransmission {
        sent_at: of.sent_at.unwrap_or(of.created_at),
        sender: of.sender,
        sender_address: String::new(),
        handler,
        receivers: vec![receiver(delivery)],
        way: Way::HandOver,
        items: of.items.0.clone(),
        persons: 0,
        protection: Protection::AccessLimited,
        key_way: match delivery.party {
            // The code goes another way than the link.
            ReceivingParty::Outside => KeyWay::OtherWay,
            _ => KeyWay::None,
        },
        checked_by: of.decided_by_name.clone(),
        purpose: of.purpose.clone(),
        description: locale::text_with(Language::Ja, "handover-transmission", &args),
        content_hash: content_hash(files),
    }
}

fn receiver(delivery: &Delivery) -> Receiver {
    let party = match delivery.party {
        ReceivingParty::Principal => Party::Principal,
        ReceivingParty::Contractor => Party::Contractor,
        ReceivingParty::SubContractor | ReceivingParty::Outside => Party::Other,
    };
    Receiver {
        party,
        recipient: delivery.recipient_id,
        name: delivery.name.clone(),
        address: delivery.address.clone(),
        field: ReceiverField::To,
    }
}

/// The persons in all files. Two files may be about the same ones: all together are no more than are
/// entrusted, unless one file alone has more.
fn persons(files: &[File], entrusted: i64) -> i64 {
    let found: Vec<i64> = files
        .iter()
        .filter_map(File::found)
        .map(|contents| i64::try_from(contents.persons).unwrap_or(i64::MAX))
        .collect();
    let sum = found.iter().fold(0_i64, |sum, more| sum.saturating_add(*more));
    let most = found.into_iter().max().unwrap_or_default();
    sum.min(entrusted.max(most))
}

/// The hash of the only file, or the hash over the hashes of all, one a line in their order.
fn content_hash(files: &[File]) -> String {
    match files {
        [] => String::new(),
        [only] => only.sha256.clone(),
        many => {
            let hash = many.iter().fold(Sha256::new(), |hash, file| {
                hash.chain_update(&file.sha256).chain_update("\n")
            });
            hex::encode(hash.finalize())
        }
    }
}

/// The handler on the roster who sent, by the name of who asked for the approval.
fn handler(tx: &mut Tx<'_>, entrustment: &Entrustment, of: &Handover) -> Result<Option<HandlerId>> {
    if of.sender != Party::Contractor {
        return Ok(None);
    }
    let terms = conformity::terms(tx.connection, entrustment, jst_date(tx.now))?;
    let name = fold_name(&of.proposed_by_name);
    let called = terms.handlers.iter().filter(|handler| fold_name(&handler.name) == name);
    // Who left and came back stands twice: the later entry counts.
    Ok(called.max_by_key(|handler| (handler.starts_on, handler.id)).map(|handler| handler.id))
}

#[cfg(test)]
mod tests {
    use super::{content_hash, persons, receiver};
    use crate::handover::model::{Delivery, File, ReceivingParty};
    use crate::handover::testing;
    use crate::rulebook::Party;

    fn file(persons: u64, sha256: &str) -> File {
        File { sha256: sha256.to_owned(), ..testing::file(persons) }
    }

    #[test]
    fn the_register_has_one_hash_for_what_went() {
        assert_eq!(content_hash(&[]), "");
        assert_eq!(content_hash(&[file(1, "aa")]), "aa", "of the only file its own");
        let two = content_hash(&[file(1, "aa"), file(1, "bb")]);
        // printf 'aa\nbb\n' | sha256sum
        assert_eq!(two, "329d670e59ead1543a2d36865895972560bc434204c5f4a0c8219005dd312719");
        assert_ne!(two, content_hash(&[file(1, "bb"), file(1, "aa")]), "their order counts");
    }

    #[test]
    fn nobody_is_left_out_of_the_count() {
        assert_eq!(persons(&[file(49, "aa"), file(23, "bb")], 100), 72);
        assert_eq!(persons(&[file(49, "aa"), file(23, "bb")], 49), 49, "the same ones twice");
        assert_eq!(persons(&[file(49, "aa"), file(23, "bb")], 20), 49, "one file has more");
        assert_eq!(persons(&[File { contents: String::new(), ..file(1, "aa") }], 49), 0);
        assert_eq!(persons(&[file(u64::MAX, "aa"), file(1, "bb")], 49), i64::MAX);
    }

    #[test]
    fn only_the_two_parties_are_parties() {
        for (party, expected) in [
            (ReceivingParty::Principal, Party::Principal),
            (ReceivingParty::Contractor, Party::Contractor),
            (ReceivingParty::SubContractor, Party::Other),
            (ReceivingParty::Outside, Party::Other),
        ] {
            let receiver = receiver(&Delivery { party, ..testing::delivery() });
            assert_eq!((receiver.party, &*receiver.address), (expected, "center@example.jp"));
        }
    }
}
