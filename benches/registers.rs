//! What the registers take: the rules of 100,000 transmissions, beside a floor in the same run that
//! only copies the same facts and hashes their addresses (at most 2 seconds); the page of an
//! entrustment with 1,000 transmissions and 200 holdings, beside one without; and the first page of
//! the list with 1,000 and with 100,000 entrustments (growth below 1.5 ×).

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

#[expect(dead_code, reason = "each benchmark takes its part of the house")]
mod house;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;

use azukari::database::{Connection, Kind};
use azukari::entrustment::rules::{HandlingRules, Recipients, Way};
use azukari::entrustment::{DataItemId, EntrustmentId, ItemMark};
use azukari::rulebook::{
    HandlerFact, ItemFact, Judge, KeyWay, Party, Protection, Receiver, ReceiverField,
    RecipientFact, Terms, TransmissionFact,
};
use azukari::web::Portal;
use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection as _;
use divan::{Bencher, black_box};
use house::{PublicBody, ask, open, serve, summary};

const TRANSMISSIONS: u32 = 100_000;
const HANDLERS: u32 = 50;
const RECIPIENTS: u32 = 200;
const ITEMS: u32 = 20;

fn main() {
    divan::main();
    // Asked for one benchmark by its name, it is enough to run that one.
    if std::env::args().skip(1).all(|argument| argument.starts_with("--")) {
        house::on_each(measure);
    }
}

// Pages

fn measure(database: &str, url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let portal = open(folder.path(), url);
    println!("\n## {database}\n\n| page | median | 90th percentile | bytes |\n|---|--:|--:|--:|");
    let body = PublicBody::founded(&portal, "青波県");
    let full = body.with_entrustments(&portal, 1_000);
    let empty = body.with_entrustments(&portal, 1);
    fill(url, &body, full);
    let paths = |id: EntrustmentId| format!("/entrustments/{id}");
    let page = "/entrustments".to_owned();
    let small = times(url, &body, &[page.clone(), paths(empty), paths(full)]);
    multiply(url, &body);
    let large = times(url, &body, &[page]);
    let median = |times: &[f64], n: usize| *times.get(n).unwrap();
    println!(
        "\n1,000 transmissions and 200 holdings: × {:.2}",
        median(&small, 2) / median(&small, 1)
    );
    println!("100,000 entrustments for 1,000: × {:.2}", median(&large, 0) / median(&small, 0));
}

/// The medians of these pages, in a server that was started just now.
fn times(url: &str, body: &PublicBody, paths: &[String]) -> Vec<f64> {
    if Kind::of(url).unwrap() == Kind::Postgresql {
        // What the server's own housekeeping does a minute after so many changes.
        Connection::open(url).unwrap().batch_execute("VACUUM ANALYZE").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let portal: Portal = open(folder.path(), url);
    let base = serve(portal.clone());
    let cookie = body.cookie(&portal);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let line = |(path, (times, size)): (&String, (Vec<Duration>, usize))| {
        let (median, ninetieth, _) = summary(times);
        println!("| {path} | {median:.2} ms | {ninetieth:.2} ms | {size} |");
        median
    };
    paths.iter().zip(runtime.block_on(ask(&base, &cookie, paths))).map(line).collect()
}

/// Rows numbered from 1.
const NUMBERS: &str =
    "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < MOST)";

/// 1,000 transmissions and 200 holdings of an entrustment.
fn fill(url: &str, body: &PublicBody, id: EntrustmentId) {
    let transmissions = "INSERT INTO transmission (tenant_id, id, entrustment_id, position, sent_at, sender,
          sender_address, receivers, way, items, persons, protection, key_way, checked_by, purpose, description,
          content_hash, entered_by, entered_by_name, confirmation, confirmed_by_name, confirmation_note, reminded,
          exceptions, created_at, version)
        NUMBERS SELECT 'TENANT', '018f0000-0000-7000-8000-00000001' || (1000 + n), 'ID', n, '2026-06-01 01:00:00',
          'contractor', 'info@sr.example', '[]', 'hand_over', '[]', 10, 'encrypted', 'none', '川村', '監査', '書類',
          '', 'contractor', '髙橋', 'confirmed', '', '', 0, '{}', '2026-06-01 01:00:00', 1 FROM n";
    let holdings = "INSERT INTO holding (tenant_id, id, entrustment_id, position, kind, holder, items, persons,
          place, place_detail, provider, plan, country, access_countries, medium, system, encryption, handlers,
          backups, starts_on, status, exceptions, entered_by_name, created_at, version)
        NUMBERS SELECT 'TENANT', '018f0000-0000-7000-8000-00000002' || (1000 + n), 'ID', n, 'original', '', '[]',
          10, 'office', '本所', '', '', 'JP', '[]', 'server', 'サーバー', 'at_rest', '[]', '', '2026-04-01', 'open',
          '{}', '髙橋', '2026-06-01 01:00:00', 1 FROM n";
    let mut connection = connection(url);
    for (sql, most) in [(transmissions, "1000"), (holdings, "200")] {
        let (before, after) = sql.split_once("NUMBERS").unwrap();
        // A CTE stands before INSERT's SELECT on both databases.
        let sql = format!("{before} {NUMBERS} {after}")
            .replace("MOST", most)
            .replace("TENANT", body.id.as_str())
            .replace("'ID'", &format!("'{id}'"));
        connection.batch_execute(&sql).unwrap();
    }
}

/// A connection of the benchmark's own, which sees everything.
fn connection(url: &str) -> Connection {
    let mut connection = Connection::open(url).unwrap();
    connection.enter(&azukari::database::Scope::everything()).unwrap();
    connection
}

/// Each entrustment a hundred times.
fn multiply(url: &str, body: &PublicBody) {
    const COLUMNS: &str = "contractor_id, division_id, officer_id, title, title_key, purpose, fiscal_year, starts_on,
        ends_on, erase_by, persons, sensitive, my_number, handover_way, status, note, rules, clauses,
        clauses_version, created_at, version";
    let sql = format!(
        "INSERT INTO entrustment (tenant_id, id, number, {COLUMNS})
        {NUMBERS} SELECT tenant_id, '0100' || (1000 + n) || substr(id, 9), number || '-' || n, {COLUMNS}
        FROM entrustment, n WHERE tenant_id = '{}'",
        body.id
    );
    connection(url).batch_execute(&sql.replace("MOST", "99")).unwrap();
}

// The rulebook

fn id<T: FromStr<Err = uuid::Error>>(n: u32) -> T {
    format!("018f0000-0000-7000-8000-0000{n:08x}").parse().unwrap()
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 1).unwrap() + Days::new(u64::from(n))
}

fn terms() -> Terms {
    let handler = |n| HandlerFact {
        id: id(n),
        name: format!("髙橋 {n}郎"),
        email: format!("handler{n}@sr.example"),
        starts_on: day(0),
        ends_on: (n % 10 == 9).then(|| day(100)),
        pledged_on: Some(day(0)),
        trained_on: (0..n % 4).map(|k| day(30 * k)).collect(),
        returned_on: None,
    };
    let recipient = |n| RecipientFact {
        id: id(n),
        name: format!("なみおと第{n}事業所"),
        address: format!("office{n}@jigyosho.example"),
        items: (0..ITEMS / 2).map(id).collect(),
        persons_limit: Some(40),
        oversees: false,
        approved: n % 20 != 0,
        until_on: None,
    };
    let item = |n: u32| ItemFact {
        id: id(n),
        name: format!("情報項目{n}"),
        mark: if n.is_multiple_of(5) { ItemMark::Sensitive } else { ItemMark::None },
        parent: n.checked_sub(1).map(|above| id(above / 2)),
        entrusted: n + 1 != ITEMS,
    };
    Terms {
        rules: HandlingRules {
            ways: vec![Way::HandOver, Way::EncryptedMail],
            recipients: Recipients::Registered,
            ..HandlingRules::default()
        },
        persons: 49,
        starts_on: day(0),
        ends_on: day(364),
        erase_by: day(394),
        principal: "三重野県".into(),
        contractor: "髙橋社会保険労務士事務所".into(),
        above: vec![],
        items: (0..ITEMS).map(item).collect(),
        handlers: (0..HANDLERS).map(handler).collect(),
        recipients: (0..RECIPIENTS).map(recipient).collect(),
        subs: vec![],
        today: day(300),
    }
}

/// Two receivers each: a registered one, and one in ten somebody unknown.
fn transmission(n: u32) -> TransmissionFact {
    let receiver = |n: u32, field| Receiver {
        party: if n.is_multiple_of(3) { Party::Principal } else { Party::Other },
        recipient: (!n.is_multiple_of(10)).then(|| id(n % RECIPIENTS)),
        name: format!("なみおと第{}事業所", n % RECIPIENTS),
        address: format!("office{}@jigyosho.example", n % RECIPIENTS),
        field,
    };
    TransmissionFact {
        sent_on: day(n % 400),
        sender: Party::Contractor,
        sender_address: "info@sr.example".into(),
        handler: Some(id(n % (HANDLERS + 1))),
        receivers: vec![receiver(n, ReceiverField::To), receiver(n + 7, ReceiverField::Cc)],
        way: Way::ALL.iter().copied().cycle().nth(usize::try_from(n % 10).unwrap()).unwrap(),
        items: (0..5).map(|k| id::<DataItemId>((n + k) % ITEMS)).collect(),
        persons: i64::from(n % 60),
        protection: if n.is_multiple_of(4) { Protection::None } else { Protection::Password },
        key_way: if n.is_multiple_of(6) { KeyWay::SameWay } else { KeyWay::OtherWay },
        checked_by: format!("髙橋 {}郎", n % 30),
    }
}

static TRANSMISSIONS_MADE: LazyLock<Vec<TransmissionFact>> =
    LazyLock::new(|| (0..TRANSMISSIONS).map(transmission).collect());

#[divan::bench(sample_count = 10)]
fn rules_of_100_000_transmissions(bencher: Bencher<'_, '_>) {
    let (terms, facts) = (terms(), &*TRANSMISSIONS_MADE);
    bencher.bench(|| {
        let judge = Judge::new(black_box(&terms));
        facts.iter().map(|fact| judge.transmission(black_box(fact)).len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10)]
fn floor_copies_and_hashes_the_same_facts(bencher: Bencher<'_, '_>) {
    let facts = &*TRANSMISSIONS_MADE;
    bencher.bench(|| {
        let mut hasher = DefaultHasher::new();
        for fact in facts {
            let copy = black_box(fact).clone();
            for receiver in &copy.receivers {
                receiver.address.hash(&mut hasher);
            }
            copy.items.hash(&mut hasher);
        }
        hasher.finish()
    });
}
