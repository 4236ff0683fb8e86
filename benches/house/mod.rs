//! What the benchmarks of pages share: a public body with entrustments, a server, and a client.

use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use azukari::account::{self, Invite, NewPerson};
use azukari::actor::{Actor, DivisionId, OrganisationId, PersonId, Role};
use azukari::clock::Clock;
use azukari::config::Config;
use azukari::database::{Connection, Tx, migrate};
use azukari::entrustment::{self, EntrustmentId, HandlingRules, ItemMark, NewEntrustment, NewItem};
use azukari::organisation::contractor::{self, ContractorId, NewContractor};
use azukari::organisation::division::{self, NewDivision};
use azukari::organisation::{self, NewOrganisation, OrganisationKind};
use azukari::web::{Ctx, Language, Portal};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection as _;

/// Contractors of a public body.
pub const CONTRACTORS: usize = 500;
const WARM_UP: usize = 10;
const REQUESTS: usize = 100;

/// Measures on SQLite, and on PostgreSQL where `AZUKARI_TEST_POSTGRES` names a cluster: each time on
/// an empty database.
pub fn on_each(measure: fn(&str, &str)) {
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
    // As in earnest: an ordinary role, which row-level security holds.
    say("DO $$ BEGIN CREATE ROLE azukari_portal LOGIN PASSWORD 'azukari_portal';
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
    say(&format!("CREATE DATABASE {name} OWNER azukari_portal"));
    let host = cluster.rsplit(['@', '/']).next().unwrap();
    let url = format!("postgres://azukari_portal:azukari_portal@{host}/{name}");
    let done = std::panic::catch_unwind(|| measure("PostgreSQL", &url));
    say(&format!("DROP DATABASE {name} WITH (FORCE)"));
    assert!(done.is_ok());
}

pub fn open(folder: &Path, url: &str) -> Portal {
    migrate(url).unwrap();
    let mut config = Config::in_folder(folder, "http://127.0.0.1");
    config.database_url = Some(url.to_owned());
    config.open(Clock::System, false).unwrap()
}

/// The middle and what nine in ten don't exceed, in milliseconds.
pub fn summary(mut times: Vec<Duration>) -> (f64, f64, f64) {
    times.sort_unstable();
    let at = |tenth: usize| {
        let index = (times.len() * tenth / 10).min(times.len() - 1);
        times.get(index).unwrap().as_secs_f64() * 1000.0
    };
    (at(5), at(9), at(10))
}

/// Asks for every page in turn, round by round: noise of the machine meets all alike.
pub async fn ask(base: &str, cookie: &str, paths: &[String]) -> Vec<(Vec<Duration>, usize)> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut results = vec![(Vec::new(), 0); paths.len()];
    for round in 0..WARM_UP + REQUESTS {
        for (path, (times, size)) in paths.iter().zip(&mut results) {
            let request = client
                .get(format!("{base}{path}"))
                .header("host", "127.0.0.1")
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
pub fn serve(portal: Portal) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        actix_web::rt::System::new()
            .block_on(async move { azukari::server::serve(portal, listener, 2).unwrap().await })
    });
    base
}

// Who and what there is

/// A public body with a division and an officer of it.
pub struct PublicBody {
    /// The id.
    pub id: OrganisationId,
    division: DivisionId,
    /// An officer.
    pub officer: PersonId,
}

pub fn as_operator<T>(
    portal: &Portal,
    work: impl FnOnce(&mut Tx<'_>, &Ctx) -> azukari::error::Result<T>,
) -> T {
    Ctx::outside(portal.clone(), Actor::Operator, Language::Ja).write_now(work).unwrap()
}

/// The cookie of somebody's session.
pub fn cookie_of(portal: &Portal, person: PersonId) -> String {
    let cookie = as_operator(portal, |tx, ctx| account::open_session(tx, &ctx.portal, person));
    format!("{}={}", cookie.name(), cookie.value())
}

pub fn unique() -> String {
    uuid::Uuid::now_v7().to_string()
}

impl PublicBody {
    pub fn founded(portal: &Portal, name: &str) -> Self {
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

    pub fn cookie(&self, portal: &Portal) -> String {
        cookie_of(portal, self.officer)
    }

    /// A contractor with a representative who has an account, and entrustments of it with the numbers
    /// 000, 001, …
    pub fn with_representative(&self, portal: &Portal, entrustments: usize) -> PersonId {
        as_operator(portal, |tx, ctx| {
            let (contractor, person) = self.joined(tx, ctx, CONTRACTORS)?;
            for n in 0..entrustments {
                let mut new = new_entrustment(contractor, self.division, n);
                new.number = format!("{n:03}");
                entrustment::create(tx, &entrustment::set_up(tx.actor, self.id)?, &new)?;
            }
            Ok(person)
        })
    }

    /// Registers entrustments in one transaction, 20 for each contractor; gives the first.
    pub fn with_entrustments(&self, portal: &Portal, count: usize) -> EntrustmentId {
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

    pub fn contractor(
        &self,
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        n: usize,
        joined: bool,
    ) -> azukari::error::Result<ContractorId> {
        if joined {
            return Ok(self.joined(tx, ctx, n)?.0);
        }
        contractor::create(tx, &contractor::set_up(tx.actor, self.id)?, &new_contractor(n))
    }

    fn joined(
        &self,
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        n: usize,
    ) -> azukari::error::Result<(ContractorId, PersonId)> {
        let new = new_contractor(n);
        let id = contractor::create(tx, &contractor::set_up(tx.actor, self.id)?, &new)?;
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
        Ok((id, account::accept_as_operator(tx, &ctx.portal, &link, &person)?))
    }

    pub fn entrustment(
        &self,
        tx: &mut Tx<'_>,
        contractor: ContractorId,
        n: usize,
    ) -> azukari::error::Result<EntrustmentId> {
        let new = new_entrustment(contractor, self.division, n);
        entrustment::create(tx, &entrustment::set_up(tx.actor, self.id)?, &new)
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
    let item =
        |name: &str| NewItem { name: name.into(), mark: ItemMark::None, under: String::new() };
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
