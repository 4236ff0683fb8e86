//! A person.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::database::schema::person;

/// A person with an account.
#[derive(Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = person)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The mail address, in lower case; it names the account.
    pub email: String,
    /// The name as typed.
    pub name: String,
    /// The language of mails.
    pub language: String,
    /// The password's hash, when one was set.
    #[serde(skip)]
    pub password_hash: Option<String>,
    /// When the account was disabled.
    pub disabled_at: Option<Timestamp>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.id)
    }
}

/// A person as an account is made.
#[derive(Clone)]
pub struct NewPerson {
    /// The mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The language of mails: `ja` or `en`.
    pub language: &'static str,
    /// The password's hash.
    pub password_hash: String,
}
