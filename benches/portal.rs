//! What pages and the largest act take, each beside its floor in the same run.
//!
//! Pages go over HTTP on the loopback, one client, one request at a time: `/healthz` is the floor of
//! the server, `/help` of a page for somebody who is signed in. The act is a dispatch to 500
//! contractors; its floor is 500 entries in the ledger, in one transaction as well. On SQLite, and on
//! PostgreSQL where `AZUKARI_TEST_POSTGRES` names a cluster.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use azukari::account::{self, Invite, NewPerson};
use azukari::actor::{Actor, DivisionId, OrganisationId, PersonId, Role};
use azukari::clock::Clock;
use azukari::config::Config;
use azukari::database::{Connection, Kind, Tx, migrate};
use azukari::entrustment::{self, EntrustmentId, HandlingRules, ItemMark, NewEntrustment, NewItem};
use azukari::ledger::{self, NewEntry};
use azukari::organisation::contractor::{self, ContractorId, NewContractor};
use azukari::organisation::division::{self, NewDivision};
use azukari::organisation::{self, NewOrganisation, OrganisationKind};
use azukari::questionnaire::{self, Dispatch, Template};
use azukari::web::{Ctx, Language, Portal};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection as _;

const ENTRUSTMENTS: usize = 10_000;
const CONTRACTORS: usize = 500;
const WARM_UP: usize = 10;
const REQUESTS: usize = 100;
const DISPATCHES: usize = 5;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    measure("SQLite", &format!("sqlite:{}", folder.path().join("bench.sqlite").display()));
    let Ok(cluster) = std::env::var("AZUKARI_TEST_POSTGRES") else {
        println!("\nPostgreSQL: AZUKARI_TEST_POSTGRES is not set");
        return;
    };
    let cluster = cluster.trim_end_matches('/');
    let name = format!("bench_{}", std::process::id());
    let say = |sql: &str| {
        Connection::open(&format!("{cluster}/postgres")).unwrap().batch_execute(sql).unwrap();
    };
    say(&format!("CREATE DATABASE {name}"));
    let done = std::panic::catch_unwind(|| measure("PostgreSQL", &format!("{cluster}/{name}")));
    say(&format!("DROP DATABASE {name} WITH (FORCE)"));
    assert!(done.is_ok());
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

fn open(folder: &Path, url: &str) -> Portal {
    migrate(url).unwrap();
    let mut config = Config::in_folder(folder, "http://127.0.0.1");
    config.database_url = Some(url.to_owned());
    config.open(Clock::System, false).unwrap()
}

/// The middle and what nine in ten don't exceed, in milliseconds.
fn summary(mut times: Vec<Duration>) -> (f64, f64, f64) {
    times.sort_unstable();
    let at = |tenth: usize| {
        let index = (times.len() * tenth / 10).min(times.len() - 1);
        times.get(index).unwrap().as_secs_f64() * 1000.0
    };
    (at(5), at(9), at(10))
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

/// Asks for every page in turn, round by round: noise of the machine meets all alike.
async fn ask(base: &str, cookie: &str, paths: &[String]) -> Vec<(Vec<Duration>, usize)> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut results = vec![(Vec::new(), 0); paths.len()];
    for round in 0..WARM_UP + REQUESTS {
        for (path, (times, size)) in paths.iter().zip(&mut results) {
            let request = client
                .get(format!("{base}{path}"))
                .header("cookie", cookie)
                .header("accept-language", "ja")
                .header("accept-encoding", "gzip");
            let start = Instant::now();
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            *size = answer.bytes().await.unwrap().len();
            if round >= WARM_UP {
                times.push(start.elapsed());
            }
        }
    }
    results
}

/// Starts the server on a thread of its own, until the process ends.
fn serve(portal: Portal) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        actix_web::rt::System::new()
            .block_on(async move { azukari::server::serve(portal, listener, 2).unwrap().await })
    });
    base
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

// Who and what there is

/// A public body with a division and an officer of it.
struct PublicBody {
    id: OrganisationId,
    division: DivisionId,
    officer: PersonId,
}

fn as_operator<T>(
    portal: &Portal,
    work: impl FnOnce(&mut Tx<'_>, &Ctx) -> azukari::error::Result<T>,
) -> T {
    Ctx::outside(portal.clone(), Actor::Operator, Language::Ja).write_now(work).unwrap()
}

fn unique() -> String {
    uuid::Uuid::now_v7().to_string()
}

impl PublicBody {
    fn founded(portal: &Portal, name: &str) -> Self {
        let new = NewOrganisation {
            kind: OrganisationKind::PublicBody,
            name: name.to_owned(),
            name_kana: String::new(),
            corporate_number: None,
            address: String::new(),
            phone: String::new(),
        };
        let division =
            NewDivision { name: "子ども課".into(), email: None, phone: String::new() };
        as_operator(portal, |tx, ctx| {
            let id = organisation::create(tx, &ctx.portal.secret, &new)?;
            let division = division::create(tx, &division::set_up(tx.actor, id)?, &division)?;
            let officer = account::create_member(tx, id, &person(), Role::Officer, Some(division))?;
            Ok(Self { id, division, officer })
        })
    }

    fn cookie(&self, portal: &Portal) -> String {
        let cookie =
            as_operator(portal, |tx, ctx| account::open_session(tx, &ctx.portal, self.officer));
        format!("{}={}", cookie.name(), cookie.value())
    }

    fn as_officer(&self, portal: &Portal) -> Ctx {
        let ctx = Ctx::outside(portal.clone(), Actor::Operator, Language::Ja);
        let actor = ctx.read_now(|c, ctx| account::act_as(c, &ctx.actor, self.officer, ctx.now));
        ctx.at(ctx.now, actor.unwrap())
    }

    /// Registers entrustments in one transaction, 20 for each contractor; gives the first.
    fn with_entrustments(&self, portal: &Portal, count: usize) -> EntrustmentId {
        let all = as_operator(portal, |tx, ctx| {
            let contractors = (0..CONTRACTORS)
                .map(|n| self.contractor(tx, ctx, n, n == 0))
                .collect::<azukari::error::Result<Vec<_>>>()?;
            (0..count)
                .zip(contractors.into_iter().cycle())
                .map(|(n, contractor)| self.entrustment(tx, contractor, n))
                .collect::<azukari::error::Result<Vec<_>>>()
        });
        *all.first().unwrap()
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

    fn contractor(
        &self,
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        n: usize,
        joined: bool,
    ) -> azukari::error::Result<ContractorId> {
        let new = new_contractor(n);
        let id = contractor::create(tx, &contractor::set_up(tx.actor, self.id)?, &new)?;
        if joined {
            let invite = Invite {
                tenant_id: self.id,
                organisation_name: "青波県".to_owned(),
                email: new.email.clone(),
                name: new.person_in_charge,
                role: Role::Representative,
                division_id: None,
                contractor_id: Some(id),
            };
            let link = account::invite(tx, &ctx.portal, &invite)?;
            let person = NewPerson { email: new.email, ..person() };
            account::accept_as_operator(tx, &ctx.portal, &link, &person)?;
        }
        Ok(id)
    }

    fn entrustment(
        &self,
        tx: &mut Tx<'_>,
        contractor: ContractorId,
        n: usize,
    ) -> azukari::error::Result<EntrustmentId> {
        let new = new_entrustment(contractor, self.division, n);
        entrustment::create(tx, &entrustment::set_up(tx.actor, self.id)?, &new)
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

fn person() -> NewPerson {
    NewPerson {
        email: format!("{}@aonami.example", unique()),
        name: "﨑山 花子".into(),
        language: Language::Ja.as_str(),
        password_hash: "-".into(),
    }
}

fn new_contractor(n: usize) -> NewContractor {
    NewContractor {
        kind: OrganisationKind::SoleProprietor,
        name: format!("𠮷田社会保険労務士事務所 第{n}"),
        name_kana: String::new(),
        corporate_number: None,
        postcode: "514-0001".into(),
        address: "青波県波音市1-1".into(),
        representative: String::new(),
        person_in_charge: "髙橋 𠮷之助".into(),
        person_in_charge_title: "所長".into(),
        email: format!("{}@sr.example", unique()),
        phone: "000-000-0000".into(),
        after_hours_phone: String::new(),
        privacy_mark: String::new(),
        privacy_mark_until: None,
        isms: String::new(),
        isms_until: None,
        note: String::new(),
    }
}

fn new_entrustment(contractor: ContractorId, division: DivisionId, n: usize) -> NewEntrustment {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let item = |name: &str| NewItem { name: name.into(), mark: ItemMark::None, under: String::new() };
    NewEntrustment {
        contractor_id: contractor,
        division_id: division,
        number: unique(),
        title: format!("保育所等指導監査（労務関係）業務委託 {n}"),
        purpose: "保育所等の指導監査のうち、職員の勤務条件に関する書類の確認を行う。".into(),
        starts_on: day(2026, 4, 1),
        ends_on: day(2027, 3, 31) + chrono::Days::new(u64::try_from(n % 365).unwrap()),
        erase_by: day(2029, 4, 30),
        persons: 49,
        handover_way: "手渡し".into(),
        note: String::new(),
        items: ["氏名", "職種", "性別", "年齢", "資格", "最終学歴", "給与"].map(item).to_vec(),
        rules: HandlingRules::default(),
    }
}
