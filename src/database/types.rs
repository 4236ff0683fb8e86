//! Column types that both databases keep as text: ids, closed lists of words, and JSON documents.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::sql_types::Text;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Makes a newtype around a `UUIDv7`, kept as its text.
///
/// Ids sort by the time at which they were made; they are names, not secrets.
#[macro_export]
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
            diesel::deserialize::FromSqlRow, diesel::expression::AsExpression,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        #[serde(try_from = "String")]
        pub struct $name($crate::database::types::IdText);

        impl $name {
            /// A new id; `now` is its time.
            #[must_use]
            pub fn new(now: $crate::clock::Timestamp) -> Self {
                Self($crate::database::types::id_text(&$crate::database::types::uuid_at(now)))
            }

            /// The id as its 36 characters.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl TryFrom<String> for $name {
            type Error = uuid::Error;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let id: uuid::Uuid = text.parse()?;
                Ok(Self($crate::database::types::id_text(&id)))
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }

        $crate::text_to_sql!($name);
    };
}

/// Binds a type that has `as_str` as text: on either database and on both behind one connection.
/// (A list for `IN` is bound on the database's own type.)
#[macro_export]
macro_rules! text_to_sql {
    ($name:ident) => {
        impl diesel::serialize::ToSql<diesel::sql_types::Text, $crate::database::Backend> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, $crate::database::Backend>,
            ) -> diesel::serialize::Result {
                out.set_value((diesel::sql_types::Text, self.as_str()));
                Ok(diesel::serialize::IsNull::No)
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::sqlite::Sqlite> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::sqlite::Sqlite>,
            ) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, diesel::sqlite::Sqlite>>::to_sql(
                    self.as_str(),
                    out,
                )
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg>>::to_sql(
                    self.as_str(),
                    out,
                )
            }
        }
    };
}

/// Makes an enum whose values are words, kept as text: `word_type! { /// doc  Role { Officer = "officer" } }`.
#[macro_export]
macro_rules! word_type {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
            diesel::deserialize::FromSqlRow, diesel::expression::AsExpression,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that is stored and that forms and messages use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::database::types::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::database::types::UnknownWord),
                }
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }

        $crate::text_to_sql!($name);
    };
}

/// The text of an id, in place: ids are copied freely.
pub type IdText = arrayvec::ArrayString<36>;

/// The 36 characters of `id`, lower case with hyphens.
#[must_use]
pub fn id_text(id: &uuid::Uuid) -> IdText {
    let mut buffer = [0; 36];
    IdText::from(id.hyphenated().encode_lower(&mut buffer)).unwrap_or_default()
}

/// A word that is not on the closed list.
#[derive(Debug, thiserror::Error)]
#[error("not one of the known words")]
pub struct UnknownWord;

/// When set, the random bits of new ids come from this counter instead.
static SEQUENCE: OnceLock<AtomicU64> = OnceLock::new();

/// Makes all ids of this process follow from the order in which they are asked for: for the
/// demonstration's record, which is the same to the byte whenever it is made. Ids are names and
/// never secrets, so nothing rests on their being random.
pub fn number_ids() {
    SEQUENCE.get_or_init(|| AtomicU64::new(0));
}

/// A `UUIDv7` for the moment `now`; of one process, those of the same moment sort in the order in
/// which they were made (RFC 9562 §6.2, a counter before the random bits).
#[must_use]
pub fn uuid_at(now: crate::clock::Timestamp) -> uuid::Uuid {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let utc = now.and_utc();
    if let Some(sequence) = SEQUENCE.get() {
        return numbered(utc.timestamp_millis(), sequence.fetch_add(1, Ordering::SeqCst));
    }
    let seconds = u64::try_from(utc.timestamp()).unwrap_or_default();
    let counter = u128::from(MADE.fetch_add(1, Ordering::Relaxed));
    let at = uuid::Timestamp::from_unix_time(seconds, utc.timestamp_subsec_nanos(), counter, 32);
    uuid::Uuid::new_v7(at)
}

/// The id that has the place `next` in its process.
fn numbered(millis: i64, next: u64) -> uuid::Uuid {
    let mut rest = [0; 10];
    if let Some(tail) = rest.last_chunk_mut() {
        *tail = next.to_be_bytes();
    }
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap_or_default(), &rest)
        .into_uuid()
}

/// A document read from the JSON text of one column; [`json_text`] is the way back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromSqlRow)]
#[diesel(sql_type = Text)]
#[serde(transparent)]
pub struct Json<T: fmt::Debug>(pub T);

impl<DB, T> FromSql<Text, DB> for Json<T>
where
    DB: diesel::backend::Backend,
    String: FromSql<Text, DB>,
    T: DeserializeOwned + fmt::Debug,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_str(&String::from_sql(bytes)?)?))
    }
}

/// The JSON text of `value` for a column.
///
/// # Errors
/// When `value` can't be written as JSON, which for our closed types is a bug.
pub fn json_text(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(value)
}
