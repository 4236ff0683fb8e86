//! Stops as they are kept, seals and what went before, against both databases.

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;

use super::differences::{Compared, Difference, differences, previous};
use super::{gather, rejudge, seal, store};
use crate::contents::{ColumnFound, Contents, DataKind, Format, Hidden, HiddenAt, Table};
use crate::database::Tx;
use crate::database::schema::{
    handover as h, handover_delivery as d, handover_file as f, handover_stop as s, ledger_entry,
    recipient as r,
};
use crate::database::types::json_text;
use crate::entrustment;
use crate::handover::model::{
    Deletion, DeliveryId, Direction, FileId, FileState, Handover, HandoverId, HandoverStatus,
    ReceivingParty, Stop, Stopped,
};
use crate::handover::{policy, store as desk};
use crate::recipient::{self, NewRecipient, RecipientId, RecipientKind, RecipientStatus};
use crate::rulebook::Party;
use crate::testing::{Entrusted as World, OFFICER, on_both, system};

on_both!(
    a_stop_is_entered_once_stays_explained_and_is_kept_when_mended,
    what_has_left_is_not_judged,
    a_seal_breaks_with_anything_that_was_proposed,
    the_facts_are_those_of_the_registers,
    the_last_of_the_same_kind_is_to_the_same_recipients,
);

/// An entrustment whose recipients are to be registered first.
fn world(url: &str) -> World {
    World::with(url, &[("recipients", "registered")])
}

impl World {
    fn handover(&self, id: HandoverId) -> Handover {
        system(&self.portal).read_now(|c, _| desk::by_id(c, self.tenant, id)).unwrap()
    }

    /// A hand-over of the officer's to the contractor that is being put together.
    fn draft(&self, position: i32) -> HandoverId {
        let now = self.portal.clock.now();
        let id = HandoverId::new(now);
        let entrustment = self.entrustment();
        self.write(|tx| {
            let items = entrustment::items(tx.connection, &entrustment)?;
            let items: Vec<_> = items.iter().map(|item| item.id).collect();
            diesel::insert_into(h::table)
                .values((
                    (
                        h::tenant_id.eq(self.tenant),
                        h::id.eq(id),
                        h::entrustment_id.eq(self.id),
                        h::position.eq(position),
                        h::direction.eq(Direction::ToContractor),
                        h::sender.eq(Party::Principal),
                        h::purpose.eq("監査の準備"),
                        h::message.eq(""),
                        h::items.eq(json_text(&items)?),
                        h::valid_days.eq(7),
                        h::downloads.eq(3),
                        h::status.eq(HandoverStatus::Draft),
                    ),
                    (
                        h::created_by_name.eq(OFFICER),
                        h::created_at.eq(now),
                        h::seal.eq(""),
                        h::proposed_by_name.eq(""),
                        h::decided_by_name.eq(""),
                        h::decision_reason.eq(""),
                        h::recalled_by_name.eq(""),
                        h::recall_reason.eq(""),
                        h::version.eq(1),
                    ),
                ))
                .execute(tx.connection)?;
            Ok(())
        });
        id
    }

    /// Adds a recipient.
    fn to(
        &self,
        of: HandoverId,
        party: ReceivingParty,
        recipient: Option<RecipientId>,
    ) -> DeliveryId {
        let id = DeliveryId::new(self.portal.clock.now());
        self.write(|tx| {
            diesel::insert_into(d::table)
                .values((
                    d::tenant_id.eq(self.tenant),
                    d::id.eq(id),
                    d::handover_id.eq(of),
                    d::position.eq(1),
                    d::party.eq(party),
                    d::recipient_id.eq(recipient),
                    d::name.eq("相手方"),
                    d::address.eq(""),
                    d::code.eq(""),
                    d::guesses.eq(0),
                    d::received_by_name.eq(""),
                    d::deletion.eq(Deletion::NotNeeded),
                    d::deletion_answered_by_name.eq(""),
                    d::deletion_note.eq(""),
                    d::reminded.eq(0),
                    d::version.eq(1),
                ))
                .execute(tx.connection)?;
            Ok(())
        });
        id
    }

    /// Adds a file that was looked at.
    fn file(&self, of: HandoverId, contents: &Contents) -> FileId {
        let now = self.portal.clock.now();
        let id = FileId::new(now);
        self.write(|tx| {
            diesel::insert_into(f::table)
                .values((
                    (
                        f::tenant_id.eq(self.tenant),
                        f::id.eq(id),
                        f::handover_id.eq(of),
                        f::position.eq(1),
                        f::name.eq("名簿.xlsx"),
                        f::media_type.eq("application/octet-stream"),
                        f::size.eq(1000_i64),
                        f::received.eq(1000_i64),
                        f::sha256.eq("ab".repeat(32)),
                    ),
                    (
                        f::hash_state.eq(""),
                        f::wrapped_key.eq("key"),
                        f::state.eq(FileState::Checked),
                        f::contents.eq(json_text(contents)?),
                        f::created_by_name.eq(OFFICER),
                        f::created_at.eq(now),
                    ),
                ))
                .execute(tx.connection)?;
            Ok(())
        });
        id
    }

    /// Registers an office as a recipient that was approved.
    fn office(&self, name: &str) -> RecipientId {
        let new = NewRecipient {
            kind: RecipientKind::Facility,
            name: name.into(),
            address: "office@jigyosho.example".into(),
            purpose: "案内".into(),
            items: vec![],
            persons_limit: Some(5),
            until_on: None,
        };
        self.write(|tx| {
            let id = recipient::register(tx, self.id, &new)?;
            diesel::update(r::table.filter(r::id.eq(id)))
                .set(r::status.eq(RecipientStatus::Approved))
                .execute(tx.connection)?;
            Ok(id)
        })
    }

    fn rejudge(&self, of: HandoverId) -> Vec<Stopped> {
        self.portal.clock.advance(Duration::minutes(1));
        self.write(|tx| rejudge(tx, &self.handover(of), &self.entrustment()))
    }

    /// What the ledger tells of a hand-over.
    fn acts(&self, of: HandoverId) -> Vec<String> {
        let told = system(&self.portal).read_now(|c, _| {
            Ok(ledger_entry::table
                .filter(ledger_entry::subject_id.eq(of.as_str()))
                .order(ledger_entry::sequence.asc())
                .select(ledger_entry::act)
                .load(c)?)
        });
        told.unwrap()
    }

    fn set(&self, of: HandoverId, status: HandoverStatus, seal: &str) {
        self.write(|tx| {
            diesel::update(h::table.find((self.tenant, of)))
                .set((h::status.eq(status), h::seal.eq(seal), h::sent_at.eq(Some(tx.now))))
                .execute(tx.connection)?;
            Ok(())
        });
    }

    fn seal(&self, of: HandoverId) -> String {
        let handover = self.handover(of);
        system(&self.portal).read_now(|c, _| seal::seal(c, &handover)).unwrap()
    }
}

fn kinds(stops: &[Stopped]) -> Vec<Stop> {
    stops.iter().map(|one| one.stop).collect()
}

/// A list of names with comments.
fn commented() -> Contents {
    let columns = vec![ColumnFound {
        at: 0,
        heading: "氏名".into(),
        kind: Some(DataKind::Name),
        filled: 3,
        hidden: false,
    }];
    let table = Table { name: "名簿".into(), rows: 3, persons: 3, columns, ..Table::default() };
    let hidden = HiddenAt { what: Hidden::Comments, place: "名簿".into(), count: 2 };
    Contents { tables: vec![table], hidden: vec![hidden], persons: 3, ..Contents::of(Format::Xlsx) }
}

fn a_stop_is_entered_once_stays_explained_and_is_kept_when_mended(url: &str) {
    let world = world(url);
    let of = world.draft(1);
    world.to(of, ReceivingParty::Contractor, None);
    assert_eq!(kinds(&world.rejudge(of)), [Stop::NoFile]);
    assert_eq!(world.acts(of), Vec::<String>::new(), "what is still to come is no entry");

    let file = world.file(of, &commented());
    let found = world.rejudge(of);
    assert_eq!(kinds(&found), [Stop::Hidden]);
    assert_eq!((found[0].file_id, found[0].what.as_str()), (Some(file), "comments:名簿"));
    assert!(found[0].holds() && found[0].may_be_explained());
    assert_eq!(world.acts(of), ["handover.stopped"]);

    world.write(|tx| {
        let handover = world.handover(of);
        let of = policy::edit(tx.connection, tx.actor, world.entrustment(), handover)?;
        let stop = store::stop(tx.connection, &of.1, found[0].id)?;
        store::explain(tx, &of, &stop, "様式の記入例です")
    });
    let again = world.rejudge(of);
    assert_eq!((again[0].id, again[0].found_at), (found[0].id, found[0].found_at));
    assert_eq!(
        (again[0].reason.as_str(), again[0].reason_by_name.as_str()),
        ("様式の記入例です", OFFICER)
    );
    assert!(!again[0].holds());
    assert_eq!(world.acts(of), ["handover.stopped", "handover.stop_explained"]);

    world.write(|tx| {
        diesel::delete(f::table.find((world.tenant, file))).execute(tx.connection)?;
        Ok(())
    });
    assert_eq!(kinds(&world.rejudge(of)), [Stop::NoFile]);
    let mended: i64 = system(&world.portal)
        .read_now(|c, _| Ok(s::table.filter(s::mended_at.is_not_null()).count().get_result(c)?))
        .unwrap();
    assert_eq!(mended, 2, "kept for the statistics");
    world.file(of, &commented());
    let anew = world.rejudge(of);
    assert!(anew[0].id != found[0].id && anew[0].holds(), "another file, another reason");
}

fn what_has_left_is_not_judged(url: &str) {
    let world = world(url);
    let of = world.draft(1);
    world.to(of, ReceivingParty::Contractor, None);
    world.set(of, HandoverStatus::Sent, "");
    assert_eq!(kinds(&world.rejudge(of)), []);
}

/// Something that changes what was proposed.
type Change = fn(&mut Tx<'_>, &World, HandoverId, DeliveryId, FileId) -> QueryResult<usize>;

fn a_seal_breaks_with_anything_that_was_proposed(url: &str) {
    let world = world(url);
    let of = world.draft(1);
    let to = world.to(of, ReceivingParty::Contractor, None);
    let file = world.file(of, &Contents::of(Format::Text));
    let sealed = world.seal(of);
    assert_eq!((sealed.len(), world.seal(of)), (64, sealed.clone()));
    world.set(of, HandoverStatus::Proposed, &sealed);
    assert_eq!(world.seal(of), sealed, "how far it is doesn't matter");
    assert_eq!(kinds(&world.rejudge(of)), []);

    let changes: [Change; 4] = [
        |tx, w, _, _, file| {
            let row = f::table.find((w.tenant, file));
            diesel::update(row).set(f::sha256.eq("cd".repeat(32))).execute(tx.connection)
        },
        |tx, w, _, to, _| {
            let row = d::table.find((w.tenant, to));
            diesel::update(row).set(d::address.eq("x@y.example")).execute(tx.connection)
        },
        |tx, w, of, _, _| {
            let row = h::table.find((w.tenant, of));
            diesel::update(row).set(h::purpose.eq("ほかの目的")).execute(tx.connection)
        },
        |tx, w, of, _, _| {
            diesel::update(h::table.find((w.tenant, of)))
                .set(h::downloads.eq(9))
                .execute(tx.connection)
        },
    ];
    let mut before = vec![sealed];
    for change in changes {
        world.write(|tx| Ok(change(tx, &world, of, to, file)?));
        let now = world.seal(of);
        assert!(!before.contains(&now));
        before.push(now);
    }
    assert_eq!(kinds(&world.rejudge(of)), [Stop::Changed]);
    assert_eq!(world.acts(of), ["handover.stopped"]);
}

fn the_facts_are_those_of_the_registers(url: &str) {
    let world = world(url);
    let office = world.office("なみおと事業所");
    let of = world.draft(1);
    world.to(of, ReceivingParty::Outside, Some(office));
    world.file(of, &commented());
    let facts = |handover: &Handover| {
        let today: NaiveDate = "2026-07-01".parse().unwrap();
        system(&world.portal)
            .read_now(|c, _| gather::facts(c, handover, &world.entrustment(), today))
            .unwrap()
    };
    let found = facts(&world.handover(of));
    assert_eq!(found.own, ["kodomo@pref.example"], "the address of the officer who began it");
    assert_eq!((found.handler, found.changed, found.files.len()), (None, false, 1));
    assert_eq!(found.recipients[0].recipient, Some(office));
    assert_eq!(found.terms.recipients[0].persons_limit, Some(5));
    let contractors = Handover { sender: Party::Contractor, ..world.handover(of) };
    assert_eq!(facts(&contractors).own, ["taro@sr.example"]);
    let watch =
        system(&world.portal).read_now(|c, _| gather::watch(c, &world.entrustment())).unwrap();
    assert_eq!(watch.named, [(office.to_string(), vec!["なみおと事業所".to_owned()])]);
    assert_eq!(stops_of(&world, of), [], "nothing was judged yet");
}

fn stops_of(world: &World, of: HandoverId) -> Vec<Stop> {
    let handover = world.handover(of);
    kinds(&system(&world.portal).read_now(|c, _| store::stops(c, &handover)).unwrap())
}

fn the_last_of_the_same_kind_is_to_the_same_recipients(url: &str) {
    let world = world(url);
    let (first, second) = (world.office("なみおと事業所"), world.office("みさき事業所"));
    let sent = |position, recipient| {
        let of = world.draft(position);
        world.to(of, ReceivingParty::Outside, Some(recipient));
        world.file(of, &commented());
        world.set(of, HandoverStatus::Sent, "");
        of
    };
    let of = world.draft(4);
    world.to(of, ReceivingParty::Outside, Some(first));
    let before = || {
        let handover = world.handover(of);
        let found = system(&world.portal).read_now(|c, _| {
            let deliveries = desk::deliveries(c, &handover)?;
            previous(c, &handover, &deliveries)
        });
        found.unwrap().map(|(handover, compared)| (handover.id, compared.persons))
    };
    assert_eq!(before(), None);
    let other = sent(1, second);
    assert_eq!(before(), Some((other, 3)), "of the same direction at least");
    let same = sent(2, first);
    sent(3, second);
    sent(5, first);
    assert_eq!(before(), Some((same, 3)));
}

#[test]
fn what_is_different_is_said_the_gravest_first() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let columns =
        |names: &[&str]| names.iter().map(|name| ("名簿".to_owned(), (*name).to_owned())).collect();
    let before = Compared {
        recipients: set(&["なみおと", "みさき"]),
        columns: columns(&["氏名", "住所"]),
        kinds: [DataKind::Name, DataKind::Address].into(),
        rows: 10,
        persons: 10,
        files: 1,
        bytes: 100,
    };
    assert_eq!(differences(&before, &before), []);
    let now = Compared {
        recipients: set(&["なみおと", "労働局"]),
        columns: columns(&["氏名", "等級"]),
        kinds: [DataKind::Name, DataKind::Disability].into(),
        rows: 12,
        ..before.clone()
    };
    assert_eq!(
        differences(&before, &now),
        [
            Difference::RecipientAdded("労働局".into()),
            Difference::RecipientRemoved("みさき".into()),
            Difference::KindAdded(DataKind::Disability),
            Difference::ColumnAdded("名簿".into(), "等級".into()),
            Difference::Rows(10, 12),
            Difference::KindRemoved(DataKind::Address),
            Difference::ColumnRemoved("名簿".into(), "住所".into()),
        ]
    );
}
