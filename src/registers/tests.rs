//! The comparison against both databases.

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;

use super::*;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::database::schema::{finding, handler, training};
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{self, HandlingRules};
use crate::holding::{self, HoldingId, HoldingKind, NewHolding};
use crate::job::{Registry, run_due};
use crate::rulebook::{Encrypted, Exceptions, HandlerId};
use crate::testing::{Entrusted as World, on_both, system};

on_both!(
    a_change_is_compared_and_what_is_mended_is_marked,
    time_alone_breaks_rules_and_the_daily_round_finds_them_once,
    many_subjects_are_compared_chunk_by_chunk,
    a_finding_that_was_closed_comes_again_once,
    a_closed_entrustment_is_left_alone,
);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    fn run(&self) {
        run_due(&self.portal, &jobs(Registry::default())).unwrap();
    }

    /// A change at a later moment, and the comparison that it asks for.
    fn change(&self, work: impl FnOnce(&mut Tx<'_>)) {
        self.portal.clock.advance(Duration::minutes(1));
        self.write(|tx| {
            work(tx);
            recompare(tx, &self.entrustment())
        });
        self.run();
    }

    fn handler(&self, tx: &mut Tx<'_>) -> HandlerId {
        let id = HandlerId::new(tx.now);
        diesel::insert_into(handler::table)
            .values((
                (
                    handler::tenant_id.eq(self.tenant),
                    handler::id.eq(id),
                    handler::entrustment_id.eq(self.id),
                    handler::name.eq("川村 次郎"),
                    handler::name_kana.eq(""),
                    handler::name_key.eq("川村次郎"),
                    handler::email.eq(""),
                    handler::duty.eq(""),
                    handler::temporary.eq(false),
                ),
                (
                    handler::starts_on.eq(day("2026-04-01")),
                    handler::return_note.eq(""),
                    handler::note.eq(""),
                    handler::created_at.eq(tx.now),
                    handler::version.eq(1),
                ),
            ))
            .execute(tx.connection)
            .unwrap();
        id
    }

    fn train(&self, tx: &mut Tx<'_>, handler: HandlerId) {
        diesel::insert_into(training::table)
            .values((
                training::tenant_id.eq(self.tenant),
                training::id.eq(handler.as_str()),
                training::handler_id.eq(handler),
                training::held_on.eq(day("2026-06-01")),
                training::content.eq("情報の取扱い"),
                training::entered_by_name.eq(""),
                training::entered_at.eq(tx.now),
            ))
            .execute(tx.connection)
            .unwrap();
    }

    fn pledge(&self, tx: &mut Tx<'_>, handler: HandlerId, on: Option<NaiveDate>) {
        diesel::update(handler::table.find((self.tenant, handler)))
            .set(handler::pledged_on.eq(on))
            .execute(tx.connection)
            .unwrap();
    }

    fn holding(&self, tx: &mut Tx<'_>) -> HoldingId {
        let entrustment = entrustment::manage(tx.actor, self.entrustment()).unwrap();
        let new = NewHolding {
            kind: HoldingKind::Original,
            source_id: None,
            holder: String::new(),
            items: vec![],
            persons: 49,
            place: Place::Office,
            place_detail: String::new(),
            provider: String::new(),
            plan: String::new(),
            country: "JP".into(),
            access_countries: vec![],
            medium: Medium::Server,
            system: String::new(),
            encryption: Encrypted::AtRest,
            handlers: vec![],
            backups: String::new(),
            starts_on: day("2026-04-01"),
            until_on: None,
        };
        holding::enter(tx, &entrustment, &new, &[], &Exceptions::new()).unwrap()
    }

    /// The findings: rule, subject and whether it is mended, in the order of their numbers.
    fn findings(&self) -> Vec<(String, String, bool)> {
        let rows: Vec<(String, String, Option<Timestamp>)> = system(&self.portal)
            .read_now(|c, _| {
                Ok(finding::table
                    .filter(finding::entrustment_id.eq(self.id))
                    .order(finding::position.asc())
                    .select((finding::rule, finding::subject_kind, finding::mended_at))
                    .load(c)?)
            })
            .unwrap();
        rows.into_iter().map(|(rule, kind, mended)| (rule, kind, mended.is_some())).collect()
    }

    fn set_rules(&self, tx: &mut Tx<'_>, rules: &HandlingRules) {
        use crate::database::schema::entrustment as t;
        let rules = crate::database::types::json_text(rules).unwrap();
        diesel::update(t::table.find((self.tenant, self.id)))
            .set(t::rules.eq(rules))
            .execute(tx.connection)
            .unwrap();
    }
}

fn said(rule: &str, kind: &str, mended: bool) -> (String, String, bool) {
    (rule.to_owned(), kind.to_owned(), mended)
}

fn a_change_is_compared_and_what_is_mended_is_marked(url: &str) {
    let world = World::on(url);
    let mut someone = None;
    world.change(|tx| {
        someone = Some(world.handler(tx));
        world.holding(tx);
    });
    let open = |mended| {
        vec![said("handler_pledge", "handler", mended), said("handler_training", "handler", mended)]
    };
    assert_eq!(world.findings(), open(false));
    world.change(|tx| {
        world.pledge(tx, someone.unwrap(), Some(day("2026-04-01")));
        world.train(tx, someone.unwrap());
    });
    assert_eq!(world.findings(), open(true));
    let strict = HandlingRules { places: vec![Place::Principal], ..HandlingRules::default() };
    world.change(|tx| world.set_rules(tx, &strict));
    let mut all = open(true);
    all.push(said("place", "holding", false));
    assert_eq!(world.findings(), all);
}

fn time_alone_breaks_rules_and_the_daily_round_finds_them_once(url: &str) {
    let world = World::on(url);
    world.write(|tx| Ok(world.holding(tx)));
    world.run();
    assert_eq!(world.findings(), []);
    for _ in 0..305 {
        world.portal.clock.advance(Duration::days(1));
        world.run();
    }
    assert_eq!(world.findings(), [said("retention", "holding", false)]);
}

fn many_subjects_are_compared_chunk_by_chunk(url: &str) {
    let world = World::on(url);
    world.change(|tx| {
        for _ in 0..70 {
            world.handler(tx);
        }
    });
    assert_eq!(world.findings().len(), 140);
    world.change(|_| ());
    assert_eq!(world.findings().len(), 140);
}

fn a_finding_that_was_closed_comes_again_once(url: &str) {
    let world = World::on(url);
    let mut someone = None;
    world.change(|tx| {
        let id = world.handler(tx);
        world.train(tx, id);
        someone = Some(id);
    });
    world.change(|tx| {
        world.pledge(tx, someone.unwrap(), Some(day("2026-04-01")));
        diesel::update(finding::table)
            .set(finding::status.eq(crate::finding::FindingStatus::Closed))
            .execute(tx.connection)
            .unwrap();
    });
    let first = said("handler_pledge", "handler", true);
    assert_eq!(world.findings(), std::slice::from_ref(&first));
    for _ in 0..3 {
        world.change(|tx| world.pledge(tx, someone.unwrap(), None));
        assert_eq!(world.findings(), [first.clone(), said("handler_pledge", "handler", false)]);
    }
}

fn a_closed_entrustment_is_left_alone(url: &str) {
    use crate::database::schema::entrustment as t;
    let world = World::on(url);
    world.change(|tx| {
        world.handler(tx);
        diesel::update(t::table.find((world.tenant, world.id)))
            .set(t::status.eq(entrustment::EntrustmentStatus::Closed))
            .execute(tx.connection)
            .unwrap();
    });
    assert_eq!(world.findings(), []);
}
