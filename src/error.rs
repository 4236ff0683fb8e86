//! The one error type, and which answer each kind of it is.

use actix_web::http::StatusCode;

use crate::database::DatabaseError;

/// Result with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 401: nobody is signed in.
    #[error("not signed in")]
    SignIn,
    /// 403: the member has to set up a second factor first.
    #[error("a second factor is missing")]
    Enrolling,
    /// 404: not there, or not for the actor's eyes; the two answer alike.
    #[error("not found")]
    NotFound,
    /// 403: visible, but not the actor's to do.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// 405: the path is there, but doesn't take this method.
    #[error("method not allowed")]
    Method,
    /// 409: what the actor saw is no longer so. The text is a message key that says what to do.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// 410: a link that was used or has expired. The text is a message key.
    #[error("gone: {0}")]
    Gone(&'static str),
    /// 413: larger than is taken.
    #[error("too large")]
    TooLarge,
    /// 408: the body came too slowly.
    #[error("too slow")]
    TooSlow,
    /// 421: for another host than the portal's.
    #[error("another host")]
    Misdirected,
    /// 415 or 400: a request that no page of ours makes.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// 429: too many tries; the next one is looked at after so many seconds.
    #[error("too many requests")]
    TooMany(i64),
    /// 507: no room left for what came.
    #[error("no room left")]
    Full,
    /// 503: busy or out of reach for now.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// 500: ours. Logged once, with the number that the page shows.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Error {
    /// An error that is ours, from any cause.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) | Self::Enrolling => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Gone(_) => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            full if is_full(&full) => Self::Full,
            other if is_busy(&other) => Self::Unavailable(other.to_string()),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// Whether the database only had no time: locked, out of connections, or restarting.
fn is_busy(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error as E};
    match error {
        E::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure,
            _,
        )
        | E::BrokenTransactionManager => true,
        E::DatabaseError(_, info) => {
            info.message().contains("database is locked") || info.message().contains("lock timeout")
        }
        _ => false,
    }
}

/// Whether the database has no room left: SQLite's words, and what the system says to PostgreSQL.
fn is_full(error: &diesel::result::Error) -> bool {
    let diesel::result::Error::DatabaseError(_, info) = error else { return false };
    let message = info.message();
    message.contains("database or disk is full") || message.contains("No space left on device")
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Query(error) => error.into(),
            DatabaseError::Pool(_) | DatabaseError::Connect(_) => {
                Self::Unavailable(error.to_string())
            }
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

// The page for an error is made by `web::guard`, which knows the reader and the language.
impl actix_web::ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }
}
