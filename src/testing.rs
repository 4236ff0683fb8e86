//! What the tests of several slices share: a portal on an empty database of either kind.

mod entrusted;

pub use entrusted::{Entrusted, OFFICER};

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection as _;

use crate::actor::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::database::{self, Connection};
use crate::web::{Ctx, Language, Portal};

/// Runs a test on SQLite, in a folder of its own.
pub fn sqlite(test: fn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
    database::migrate(&url).unwrap();
    test(&url);
}

/// Runs a test on PostgreSQL, in a database of its own.
pub fn postgresql(test: fn(&str)) {
    let server = std::env::var("AZUKARI_TEST_POSTGRES")
        .expect("AZUKARI_TEST_POSTGRES names a PostgreSQL to test with; tests/run starts one");
    let url = create_database(&server);
    database::migrate(&url).unwrap();
    let result = std::panic::catch_unwind(|| test(&url));
    drop_database(&server, &url);
    if let Err(cause) = result {
        std::panic::resume_unwind(cause);
    }
}

/// A database of its own for a test, owned by the role that the tests' portals connect as: an
/// ordinary one, because row-level security doesn't hold a superuser.
pub fn create_database(server: &str) -> String {
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    maintain(
        server,
        "DO $$ BEGIN CREATE ROLE azukari_portal LOGIN PASSWORD 'azukari_portal';
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
    );
    maintain(server, &format!("CREATE DATABASE {name} OWNER azukari_portal"));
    let host = host_of(server);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("postgres://azukari_portal:azukari_portal@{host}/{name}")
}

/// Drops what [`create_database`] made.
pub fn drop_database(server: &str, url: &str) {
    let name = url.rsplit('/').next().unwrap();
    maintain(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
}

fn maintain(server: &str, sql: &str) {
    match Connection::open(&format!("postgres://{}/postgres", host_of(server))).unwrap() {
        Connection::Postgresql(mut c) => c.batch_execute(sql).unwrap(),
        Connection::Sqlite(_) => panic!("AZUKARI_TEST_POSTGRES must be postgres://…"),
    }
}

/// Who connects where: the part of a URL before a database's name, which may be missing.
fn host_of(server: &str) -> &str {
    let (_, rest) = server.split_once("://").expect("a URL");
    rest.split_once('/').map_or(rest, |(host, _)| host)
}

/// Makes two tests of each function that takes a database's URL.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { crate::testing::sqlite(super::$name) })+
        }
        mod postgresql {
            $(#[test] fn $name() { crate::testing::postgresql(super::$name) })+
        }
    };
}
pub(crate) use on_both;

/// A portal on the database at `url`, whose clock stands at `now` in Japan; and the folder of its
/// files, which goes when it is dropped.
pub fn portal(url: &str, now: &str) -> (Portal, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::in_folder(folder.path(), "https://azukari.example");
    config.database_url = Some(url.to_owned());
    (config.open(Clock::fixed(jst(now)), false).unwrap(), folder)
}

/// A moment of Japan's wall clock.
pub fn jst(text: &str) -> NaiveDateTime {
    crate::japanese::jst_to_utc(text.parse().unwrap())
}

/// A context of the portal itself.
pub fn system(portal: &Portal) -> Ctx {
    Ctx::outside(portal.clone(), Actor::System, Language::Ja)
}

/// A context of the operator.
pub fn operator(portal: &Portal) -> Ctx {
    Ctx::outside(portal.clone(), Actor::Operator, Language::Ja)
}

/// A public body.
pub fn organisation(portal: &Portal) -> crate::actor::OrganisationId {
    use crate::organisation::{self, NewOrganisation, OrganisationKind};
    let new = NewOrganisation {
        kind: OrganisationKind::PublicBody,
        name: "架空県".to_owned(),
        name_kana: String::new(),
        corporate_number: None,
        address: String::new(),
        phone: String::new(),
    };
    operator(portal)
        .write_now(|tx, ctx| organisation::create(tx, &ctx.portal.secret, &new))
        .unwrap()
}
