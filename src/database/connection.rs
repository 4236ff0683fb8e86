//! Connections: which database a URL means, the pools, and what each connection is told first.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};

use super::scope::Scope;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// SQLite, embedded.
    Sqlite(SqliteConnection),
    /// PostgreSQL or what speaks its protocol.
    Postgresql(PgConnection),
}

/// What boxed queries are generic over.
pub type Backend = MultiBackend;

/// Which database a connection or URL is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL.
    Postgresql,
}

/// Why the database could not be reached.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The URL names no database that is known here.
    #[error("the database URL must start with sqlite: or postgres:")]
    UnknownScheme,
    /// Connecting failed.
    #[error("cannot connect to the database: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// A statement failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
    /// No connection became free in time.
    #[error("no database connection became free: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// A migration failed.
    #[error("migration failed: {0}")]
    Migration(String),
}

impl Kind {
    /// The kind that `url` names by its scheme: `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// [`DatabaseError::UnknownScheme`] for anything else.
    pub fn of(url: &str) -> Result<Self, DatabaseError> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgresql)
        } else {
            Err(DatabaseError::UnknownScheme)
        }
    }
}

impl AnyConnection {
    /// Connects to `url` and prepares the connection.
    ///
    /// # Errors
    /// When the scheme is unknown or the database can't be reached.
    pub fn open(url: &str) -> Result<Self, DatabaseError> {
        match Kind::of(url)? {
            Kind::Sqlite => {
                let path = url.strip_prefix("sqlite:").unwrap_or(url);
                let mut connection = SqliteConnection::establish(path)?;
                // Without figures about the tables the planner takes each principal for a small
                // one. They are gathered here when tables have grown; when that can't be done now
                // (another connection writes), the next connection does it.
                let _ = connection.batch_execute("PRAGMA optimize = 0x10002");
                // synchronous=FULL: an acknowledged write survives a power cut. secure_delete: the
                // text of a destroyed key doesn't stay in the file.
                connection.batch_execute(
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
                     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA cache_size = -8000; PRAGMA trusted_schema = OFF; \
                     PRAGMA secure_delete = ON;",
                )?;
                Ok(Self::Sqlite(connection))
            }
            Kind::Postgresql => {
                let mut connection = PgConnection::establish(url)?;
                connection.batch_execute(
                    "SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; \
                     SET idle_in_transaction_session_timeout = '60s';",
                )?;
                Ok(Self::Postgresql(connection))
            }
        }
    }

    /// Which database this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) => Kind::Sqlite,
            Self::Postgresql(_) => Kind::Postgresql,
        }
    }

    /// Tells the planner how much `table` holds, in the middle of entering much into it.
    ///
    /// PostgreSQL plans its checks of foreign keys once, by what it knows of a table: of one that was
    /// empty a moment ago it reads every row for each row that names it, which 10,000 feel (29 s
    /// for entrustments, with these figures 4 s).
    ///
    /// # Errors
    /// Those of the database.
    pub fn gather_figures(&mut self, table: &'static str) -> QueryResult<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgresql(c) => c.batch_execute(&format!("ANALYZE {table}")),
        }
    }
}

/// Opens connections for a pool.
#[derive(Debug)]
struct Manager {
    url: String,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, Self::Error> {
        AnyConnection::open(&self.url).map_err(|error| match error {
            DatabaseError::Connect(error) => diesel::r2d2::Error::ConnectionError(error),
            other => diesel::r2d2::Error::ConnectionError(diesel::ConnectionError::BadConnection(
                other.to_string(),
            )),
        })
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), Self::Error> {
        connection.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}

/// The pools of one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    kind: Kind,
    readers: Pool<Manager>,
    writers: Pool<Manager>,
}

/// A connection on loan from a pool.
pub struct Loan(PooledConnection<Manager>);

impl Loan {
    /// Lends a connection that sees what is in `scope`: said anew on every loan, so that nobody
    /// meets the scope of whoever had the connection before.
    fn of(pool: &Pool<Manager>, scope: &Scope) -> Result<Self, DatabaseError> {
        let mut connection = pool.get()?;
        connection.enter(scope)?;
        Ok(Self(connection))
    }
}

impl std::ops::Deref for Loan {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.0
    }
}

impl std::ops::DerefMut for Loan {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.0
    }
}

impl Database {
    /// Opens the pools for `url`: `size` readers, and on SQLite one writer beside them.
    ///
    /// # Errors
    /// When the scheme is unknown or the first connection fails.
    pub fn open(url: &str, size: u32) -> Result<Self, DatabaseError> {
        let kind = Kind::of(url)?;
        let pool = |size: u32| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(Duration::from_secs(10))
                // A statement on a dead connection fails by itself; asking before each loan
                // would cost a round trip on every request.
                .test_on_check_out(false)
                .build(Manager { url: url.to_owned() })
        };
        // The first connection alone tells what is wrong at once instead of after the timeout.
        drop(AnyConnection::open(url)?);
        let readers = pool(size)?;
        let writers = match kind {
            Kind::Sqlite => pool(1)?,
            Kind::Postgresql => readers.clone(),
        };
        Ok(Self { kind, readers, writers })
    }

    /// Which database this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// A connection for reading what is in `scope`.
    ///
    /// # Errors
    /// When none becomes free within ten seconds.
    pub fn reader(&self, scope: &Scope) -> Result<Loan, DatabaseError> {
        Loan::of(&self.readers, scope)
    }

    /// A connection for writing, given to [`super::Tx`] alone.
    pub(super) fn writer(&self, scope: &Scope) -> Result<Loan, DatabaseError> {
        Loan::of(&self.writers, scope)
    }
}

/// Asks the database for a sign of life.
///
/// # Errors
/// When it gives none.
pub fn ping(connection: &mut AnyConnection) -> Result<(), DatabaseError> {
    connection.ping()?;
    Ok(())
}
