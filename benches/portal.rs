//! What pages and the largest act take, each beside its floor in the same run.
//!
//! Pages go over HTTP on the loopback, one client, one request at a time: `/healthz` is the floor of
//! the server, `/help` of a page for somebody who is signed in. The act is a dispatch to 500
//! contractors; its floor is 500 entries in the ledger, in one transaction as well. On SQLite, and on
//! PostgreSQL where `AZUKARI_TEST_POSTGRES` names a cluster.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

#[expect(dead_code, reason = "each benchmark takes its part of the house")]
mod house;

use std::time::{Duration, Instant};

use azukari::account;
use azukari::actor::Actor;
use azukari::database::{Connection, Kind};
use azukari::entrustment::{self, EntrustmentId};
use azukari::ledger::{self, NewEntry};
use azukari::questionnaire::{self, Dispatch, Template};
use azukari::web::{Ctx, Language, Portal};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection as _;
use house::{CONTRACTORS, PublicBody, as_operator, ask, open, serve, summary};

const ENTRUSTMENTS: usize = 10_000;
const DISPATCHES: usize = 5;

fn main() {
    house::on_each(measure);
}

fn measure(database: &str, url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let portal = open(folder.path(), url);
    println!(
        "\n## {database}\n\n| page | median | 90th percentile | × /healthz | × /help | bytes |"
    );
    println!("|---|--:|--:|--:|--:|--:|");
    let public_body = PublicBody::founded(&portal, "青波県");
    let first = public_body.with_entrustments(&portal, ENTRUSTMENTS);
    let sheet = public_body.dispatch(&portal, &[first]).1;
    if Kind::of(url).unwrap() == Kind::Postgresql {
        // What the server's own housekeeping does a minute after so many changes.
        Connection::open(url).unwrap().batch_execute("VACUUM ANALYZE").unwrap();
    }
    // On SQLite a new connection gathers figures about the tables; each lives half an hour at most.
    let portal = open(folder.path(), url);
    measure_pages(&portal, &public_body, first, &sheet);
    println!("\n| 500 at once | median | longest | × floor |\n|---|--:|--:|--:|");
    measure_dispatch(&portal, &PublicBody::founded(&portal, "波音市"));
}

// Pages

fn measure_pages(portal: &Portal, body: &PublicBody, first: EntrustmentId, sheet: &str) {
    let base = serve(portal.clone());
    let cookie = body.cookie(portal);
    let paths = [
        "/healthz".to_owned(),
        "/help".to_owned(),
        "/entrustments".to_owned(),
        "/entrustments?sort=contractor".to_owned(),
        "/entrustments?page=100".to_owned(),
        "/entrustments?sort=contractor&page=100".to_owned(),
        "/entrustments?status=active&year=2026&page=100".to_owned(),
        "/entrustments?q=%E7%AC%AC499".to_owned(),
        format!("/entrustments/{first}"),
        format!("/questionnaires/{sheet}"),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let results = runtime.block_on(ask(&base, &cookie, &paths));
    let floor = |n: usize| summary(results.get(n).unwrap().0.clone()).0;
    for (path, (times, size)) in paths.iter().zip(results.clone()) {
        let path = path.replace(first.as_str(), "ID").replace(sheet, "ID");
        let (median, ninetieth, _) = summary(times);
        println!(
            "| {path} | {median:.2} ms | {ninetieth:.2} ms | {:.1} | {:.2} | {size} |",
            median / floor(0),
            median / floor(1),
        );
    }
}

// The dispatch

fn measure_dispatch(portal: &Portal, body: &PublicBody) {
    let (mut unknown, mut joined, mut floor) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..DISPATCHES {
        let entrustments = body.with_contractors(portal, false);
        unknown.push(body.dispatch(portal, &entrustments).0);
        let entrustments = body.with_contractors(portal, true);
        joined.push(body.dispatch(portal, &entrustments).0);
        floor.push(body.append(portal));
    }
    let floor_median = summary(floor.clone()).0;
    for (what, times) in [
        ("ledger entries alone (floor)", floor),
        ("dispatch, each contractor has an account", joined),
        ("dispatch, each contractor is invited", unknown),
    ] {
        let (median, _, longest) = summary(times);
        let ratio = median / floor_median;
        println!("| {what} | {median:.0} ms | {longest:.0} ms | {ratio:.2} |");
    }
}

impl PublicBody {
    fn as_officer(&self, portal: &Portal) -> Ctx {
        let ctx = Ctx::outside(portal.clone(), Actor::Operator, Language::Ja);
        let actor = ctx.read_now(|c, ctx| account::act_as(c, &ctx.actor, self.officer, ctx.now));
        ctx.at(ctx.now, actor.unwrap())
    }

    /// Registers contractors with an entrustment each; `joined` ones have an account.
    fn with_contractors(&self, portal: &Portal, joined: bool) -> Vec<EntrustmentId> {
        as_operator(portal, |tx, ctx| {
            (0..CONTRACTORS)
                .map(|n| {
                    let contractor = self.contractor(tx, ctx, n, joined)?;
                    self.entrustment(tx, contractor, n)
                })
                .collect()
        })
    }

    /// Sends a questionnaire to these: how long that took, and the first questionnaire's id.
    fn dispatch(&self, portal: &Portal, ids: &[EntrustmentId]) -> (Duration, String) {
        let template = Template::built_in().unwrap();
        let ctx = self.as_officer(portal);
        let entrustments = ctx.read_now(|c, ctx| {
            ids.iter().map(|id| entrustment::find(c, &ctx.actor, *id)).collect()
        });
        let new = Dispatch {
            template: &template,
            entrustments: entrustments.unwrap(),
            deadline: NaiveDate::from_ymd_opt(2099, 3, 31).unwrap(),
            contact: "子ども課　000-111-2222".into(),
            message: "今年度の取扱いの状況について、点検票にお答えください。".into(),
        };
        let start = Instant::now();
        let sent = ctx.write_now(|tx, ctx| questionnaire::dispatch(tx, &ctx.portal, &new)).unwrap();
        let took = start.elapsed();
        assert_eq!(sent.len(), ids.len());
        (took, sent.first().unwrap().to_string())
    }

    /// The floor of a dispatch: the same number of entries in the ledger, and nothing else.
    fn append(&self, portal: &Portal) -> Duration {
        let ctx = self.as_officer(portal);
        let start = Instant::now();
        let appended = ctx
            .write_now(|tx, _| (0..CONTRACTORS).try_for_each(|_| ledger::append(tx, self.entry())));
        appended.unwrap();
        start.elapsed()
    }

    fn entry(&self) -> NewEntry<'static> {
        NewEntry {
            tenant_id: self.id,
            act: "questionnaire.dispatched",
            subject_kind: "questionnaire",
            subject_id: "0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6f",
            entrustment_id: Some("0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6e"),
            details: vec![
                ("dispatch", "0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6d".into()),
                ("frozen_hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c1".into()),
                ("deadline", "2099-03-31".into()),
                ("questions", 48.into()),
            ],
        }
    }
}
