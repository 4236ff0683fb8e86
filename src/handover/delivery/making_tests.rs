//! Making ready against both databases: shares, codes, letters, and the end.

use chrono::Duration;
use diesel::prelude::*;

use super::{code, prepare, tests as samples};
use crate::actor::OrganisationId;
use crate::database::schema::{
    handover as h, handover_delivery as d, handover_file as f, handover_share as s,
};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Error;
use crate::handover::{
    Delivery, DeliveryId, Direction, File, FileId, FileState, Handover, HandoverId, HandoverStatus,
    ReceivingParty, store as shared,
};
use crate::job::{Registry, run_due};
use crate::notice::{self, Mail};
use crate::rulebook::Party;
use crate::testing::{Entrusted, on_both, system};
use crate::web::Portal;

on_both!(
    each_recipient_has_its_own_files_and_its_own_letter,
    it_ends_by_itself_to_the_second,
    a_person_makes_nothing_ready,
    codes_are_renewed_with_the_secret,
);

struct World {
    portal: Portal,
    tenant: OrganisationId,
    entrustment: Entrustment,
    handover: Handover,
    _folder: tempfile::TempDir,
}

/// A hand-over that has left, with no recipient yet.
fn world(url: &str) -> World {
    let Entrusted { portal, tenant, id, folder, .. } = Entrusted::on(url);
    let ctx = system(&portal);
    let entrustment =
        ctx.read_now(|c, ctx| entrustment::find_for_system(c, &ctx.actor, id)).unwrap();
    let handover = ctx.write_now(|tx, _| Ok(enter(tx, tenant, id))).unwrap();
    World { portal, tenant, entrustment, handover, _folder: folder }
}

fn enter(
    tx: &mut crate::database::Tx<'_>,
    tenant: OrganisationId,
    entrustment: EntrustmentId,
) -> Handover {
    let id = HandoverId::new(tx.now);
    diesel::insert_into(h::table)
        .values((
            (
                h::tenant_id.eq(tenant),
                h::id.eq(id),
                h::entrustment_id.eq(entrustment),
                h::position.eq(1),
                h::direction.eq(Direction::ToRecipients),
                h::sender.eq(Party::Principal),
                h::purpose.eq("秘密の目的"),
                h::message.eq("秘密の連絡"),
                h::items.eq("[]"),
                h::valid_days.eq(7),
                h::downloads.eq(3),
                h::status.eq(HandoverStatus::Sent),
                h::sent_at.eq(Some(tx.now)),
                h::valid_until.eq(Some(tx.now + Duration::days(7))),
            ),
            (
                h::created_by_name.eq("担当"),
                h::created_at.eq(tx.now),
                h::seal.eq(""),
                h::proposed_by_name.eq(""),
                h::decided_by_name.eq(""),
                h::decision_reason.eq(""),
                h::recalled_by_name.eq(""),
                h::recall_reason.eq(""),
                h::version.eq(1),
            ),
        ))
        .execute(tx.connection)
        .unwrap();
    shared::by_id(tx.connection, tenant, id).unwrap()
}

impl World {
    fn recipient(&self, party: ReceivingParty, name: &str, address: &str) -> Delivery {
        let ctx = system(&self.portal);
        ctx.write_now(|tx, _| {
            let id = DeliveryId::new(tx.now);
            let like = samples::delivery();
            diesel::insert_into(d::table)
                .values((
                    d::tenant_id.eq(self.tenant),
                    d::id.eq(id),
                    d::handover_id.eq(self.handover.id),
                    d::position.eq(1),
                    d::party.eq(party),
                    d::name.eq(name),
                    d::address.eq(address),
                    d::code.eq(""),
                    d::guesses.eq(0),
                    d::received_by_name.eq(""),
                    d::deletion.eq(like.deletion),
                    d::deletion_answered_by_name.eq(""),
                    d::deletion_note.eq(""),
                    d::reminded.eq(0),
                    d::version.eq(1),
                ))
                .execute(tx.connection)?;
            shared::delivery(tx.connection, &self.handover, id)
        })
        .unwrap()
    }

    fn file(&self, only: Option<DeliveryId>, state: FileState) -> FileId {
        let ctx = system(&self.portal);
        ctx.write_now(|tx, _| {
            let id = FileId::new(tx.now);
            diesel::insert_into(f::table)
                .values((
                    f::tenant_id.eq(self.tenant),
                    f::id.eq(id),
                    f::handover_id.eq(self.handover.id),
                    f::delivery_id.eq(only),
                    f::position.eq(1),
                    f::name.eq("秘密の名簿.xlsx"),
                    f::media_type.eq("text/csv"),
                    f::size.eq(0_i64),
                    f::received.eq(0_i64),
                    f::sha256.eq(""),
                    f::hash_state.eq(""),
                    f::wrapped_key.eq("00"),
                    f::state.eq(state),
                    f::contents.eq(""),
                    f::created_by_name.eq("担当"),
                    f::created_at.eq(tx.now),
                ))
                .execute(tx.connection)?;
            Ok(id)
        })
        .unwrap()
    }

    fn prepare(&self, to: &Delivery) {
        let ctx = system(&self.portal);
        ctx.write_now(|tx, ctx| {
            let files: Vec<File> = shared::files(tx.connection, &self.handover)?;
            prepare(tx, &ctx.portal, &self.entrustment, &self.handover, to, &files)
        })
        .unwrap();
    }

    fn again(&self, of: &Delivery) -> Delivery {
        let ctx = system(&self.portal);
        ctx.read_now(|c, _| shared::delivery(c, &self.handover, of.id)).unwrap()
    }

    fn mails(&self) -> Vec<Mail> {
        let ctx = system(&self.portal);
        let mut mails = ctx.read_now(|c, _| notice::outbox(c, 100)).unwrap();
        mails.retain(|mail| mail.kind == "handover_sent");
        mails
    }
}

fn each_recipient_has_its_own_files_and_its_own_letter(url: &str) {
    let world = world(url);
    let first = world.recipient(ReceivingParty::Outside, "三重野労働局", "a@labour.example");
    let second = world.recipient(ReceivingParty::Outside, "架空センター", "b@center.example");
    let inside = world.recipient(ReceivingParty::Contractor, "髙橋", "");
    let back = world.recipient(ReceivingParty::Principal, "架空県", "");
    let all = world.file(None, FileState::Checked);
    let own = world.file(Some(first.id), FileState::Checked);
    world.file(None, FileState::Infected);
    for to in [&first, &second, &inside, &back] {
        world.prepare(to);
    }
    let ctx = system(&world.portal);
    let mut shares: Vec<(DeliveryId, FileId, i32)> = ctx
        .read_now(|c, _| {
            Ok(s::table.select((s::delivery_id, s::file_id, s::downloads_left)).load(c)?)
        })
        .unwrap();
    shares.sort_unstable();
    let mut expected = vec![
        (first.id, all, 3),
        (first.id, own, 3),
        (second.id, all, 3),
        (inside.id, all, 3),
        (back.id, all, 3),
    ];
    expected.sort_unstable();
    assert_eq!(shares, expected, "what is for another, or isn't checked, nobody gets");

    let secret = &world.portal.secret;
    let codes = [&first, &second].map(|of| code::open(secret, &world.again(of)).unwrap());
    assert!(codes.iter().all(|code| code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit())));
    assert_ne!(codes[0], codes[1]);
    for to in [&inside, &back] {
        assert_eq!(world.again(to).code, "", "members have none");
    }
    let mails = world.mails();
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to_address.as_str()).collect();
    to.sort_unstable();
    let expected =
        ["a@labour.example", "b@center.example", "kodomo@pref.example", "taro@sr.example"];
    assert_eq!(to, expected, "one letter each");
    for mail in &mails {
        let text = format!("{} {} {}", mail.subject, mail.text_body, mail.html_body);
        assert!(!text.contains("秘密"), "{text}");
        assert!(codes.iter().all(|code| !text.contains(code.as_str())));
        let names = ["三重野労働局", "架空センター"].iter().filter(|name| text.contains(**name));
        assert!(names.count() <= 1, "{text}");
        let outside = text.contains("/hand-over/");
        assert_eq!(
            outside,
            mail.to_address.contains("labour") || mail.to_address.contains("center")
        );
        assert_eq!(text.contains("保育所等監査業務委託"), !outside, "{text}");
    }
}

fn it_ends_by_itself_to_the_second(url: &str) {
    let world = world(url);
    let to = world.recipient(ReceivingParty::Outside, "三重野労働局", "a@labour.example");
    world.file(None, FileState::Checked);
    world.prepare(&to);
    let ctx = system(&world.portal);
    let jobs = super::jobs(Registry::default());
    let run = |at| {
        world.portal.clock.set(at);
        run_due(&world.portal, &jobs).unwrap();
        let found = ctx.read_now(|c, _| shared::by_id(c, world.tenant, world.handover.id));
        found.unwrap().status
    };
    let end = world.handover.valid_until.unwrap();
    assert_eq!(run(end - Duration::milliseconds(1)), HandoverStatus::Sent);
    assert_eq!(run(end), HandoverStatus::Ended);
    assert_eq!(run(end - Duration::days(1)), HandoverStatus::Ended, "for good");
    let files = ctx.read_now(|c, _| shared::files(c, &world.handover)).unwrap();
    assert!(
        files.iter().all(|file| file.state == FileState::Destroyed && file.wrapped_key.is_empty())
    );
}

fn a_person_makes_nothing_ready(url: &str) {
    let world = world(url);
    let to = world.recipient(ReceivingParty::Outside, "三重野労働局", "a@labour.example");
    let ctx = system(&world.portal);
    let visitor = ctx.at(ctx.now, crate::actor::Actor::Visitor).naming(world.tenant);
    let done = visitor.write_now(|tx, ctx| {
        prepare(tx, &ctx.portal, &world.entrustment, &world.handover, &to, &[])
    });
    assert!(matches!(done, Err(Error::Forbidden(_))), "{done:?}");
}

fn codes_are_renewed_with_the_secret(url: &str) {
    let world = world(url);
    let to = world.recipient(ReceivingParty::Outside, "三重野労働局", "a@labour.example");
    world.prepare(&to);
    let inside = world.recipient(ReceivingParty::Contractor, "髙橋", "");
    world.prepare(&inside);
    let secret = &world.portal.secret;
    let before = code::open(secret, &world.again(&to)).unwrap();
    let old = secret.newest_id();
    secret.rotate("2026-07-02".parse().unwrap()).unwrap();
    let ctx = system(&world.portal);
    let counts = || {
        ctx.read_now(|c, _| Ok(((super::CODES.count)(c)?, (super::CODES.count_under)(c, &old)?)))
            .unwrap()
    };
    assert_eq!(counts(), (1, 1), "members have no code to renew");
    let renewed =
        ctx.write_now(|tx, ctx| (super::CODES.renew)(tx, &ctx.portal.secret, "")).unwrap();
    assert_eq!((renewed.done, renewed.unreadable), (1, 0));
    assert_eq!(counts(), (1, 0));
    assert_eq!(code::open(secret, &world.again(&to)).unwrap(), before, "the same code");
}
