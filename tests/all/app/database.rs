//! A migrated database for one test.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use azukari::database::{Connection, Kind, Scope, migrate};
use diesel::connection::SimpleConnection as _;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A migrated SQLite file, made once and copied for each test.
static SQLITE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.sqlite");
    migrate(&format!("sqlite:{}", path.display())).unwrap();
    std::fs::read(path).unwrap()
});

/// The name of a migrated PostgreSQL database, made once and copied for each test.
static POSTGRESQL: LazyLock<String> = LazyLock::new(|| {
    let name = format!("template_{}", std::process::id());
    cluster(
        "DO $$ BEGIN CREATE ROLE azukari_portal LOGIN PASSWORD 'azukari_portal';
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
    );
    cluster(&format!("CREATE DATABASE {name} OWNER azukari_portal"));
    migrate(&url_in_cluster(&name)).unwrap();
    name
});

/// The cluster in which tests make their databases, as a superuser: a URL without a database's
/// name.
fn cluster_url() -> String {
    std::env::var("AZUKARI_TEST_POSTGRES")
        .expect("AZUKARI_TEST_POSTGRES is not set: run tests/run, which starts PostgreSQL")
}

/// A database as the portal connects to it: as an ordinary role, which owns it. Row-level security
/// doesn't hold a superuser.
fn url_in_cluster(database: &str) -> String {
    let cluster = cluster_url();
    let (_, rest) = cluster.split_once("://").expect("a URL");
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host).trim_end_matches('/');
    format!("postgres://azukari_portal:azukari_portal@{host}/{database}")
}

fn cluster(sql: &str) {
    let url = format!("{}/postgres", cluster_url().trim_end_matches('/'));
    Connection::open(&url).unwrap().batch_execute(sql).unwrap();
}

/// A database that is gone with the test.
pub struct TestDatabase {
    /// Where it is.
    pub url: String,
    dropped: Option<String>,
}

impl TestDatabase {
    /// A new database with all tables; a SQLite file lies in `folder`.
    pub fn migrated(kind: Kind, folder: &Path) -> Self {
        match kind {
            Kind::Sqlite => {
                let path = folder.join("test.sqlite");
                std::fs::write(&path, &*SQLITE).unwrap();
                Self { url: format!("sqlite:{}", path.display()), dropped: None }
            }
            Kind::Postgresql => Self::create(&format!(" TEMPLATE {}", &*POSTGRESQL)),
        }
    }

    /// A new database without tables.
    pub fn empty(kind: Kind, folder: &Path) -> Self {
        match kind {
            Kind::Sqlite => {
                let path = folder.join("empty.sqlite");
                Self { url: format!("sqlite:{}", path.display()), dropped: None }
            }
            Kind::Postgresql => {
                LazyLock::force(&POSTGRESQL);
                Self::create("")
            }
        }
    }

    /// A connection of the test's own, which sees everything.
    pub fn connection(&self) -> Connection {
        let mut connection = Connection::open(&self.url).unwrap();
        connection.enter(&Scope::everything()).unwrap();
        connection
    }

    fn create(how: &str) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        cluster(&format!("CREATE DATABASE {name} OWNER azukari_portal{how}"));
        Self { url: url_in_cluster(&name), dropped: Some(name) }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(name) = &self.dropped {
            cluster(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}
