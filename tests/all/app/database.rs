//! A migrated database for one test.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use azukari::database::{Connection, Kind, migrate};
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
    cluster(&format!("CREATE DATABASE {name}"));
    migrate(&url_in_cluster(&name)).unwrap();
    name
});

/// The cluster in which tests make their databases: a URL without a database's name.
fn cluster_url() -> String {
    std::env::var("AZUKARI_TEST_POSTGRES")
        .expect("AZUKARI_TEST_POSTGRES is not set: run tests/run, which starts PostgreSQL")
}

fn url_in_cluster(database: &str) -> String {
    format!("{}/{database}", cluster_url().trim_end_matches('/'))
}

fn cluster(sql: &str) {
    Connection::open(&url_in_cluster("postgres")).unwrap().batch_execute(sql).unwrap();
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
            Kind::Postgresql => Self::create(""),
        }
    }

    fn create(how: &str) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        cluster(&format!("CREATE DATABASE {name}{how}"));
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
