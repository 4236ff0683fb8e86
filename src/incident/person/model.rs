//! A group of persons concerned, the notice to them, and what was entered about them.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::{incident_group, incident_group_entry};
use crate::database::types::Json;
use crate::incident::model::IncidentId;
use crate::web::Language;
use crate::{id_type, word_type};

id_type! {
    /// The id of a group of persons.
    GroupId
}

id_type! {
    /// The id of what was entered about a group.
    EntryId
}

word_type! {
    /// A kind of data about a person.
    DataKind {
        /// The name.
        Name = "name",
        /// Where somebody lives.
        Address = "address",
        /// Telephone numbers and mail addresses.
        Contact = "contact",
        /// The day of birth, or the age.
        Birth = "birth",
        /// The family.
        Family = "family",
        /// Place of work, post, career.
        Work = "work",
        /// Schools and qualifications.
        Education = "education",
        /// Pay, income, taxes.
        Income = "income",
        /// Accounts and cards.
        Account = "account",
        /// User names and passwords.
        Credentials = "credentials",
        /// Health and medical treatment.
        Health = "health",
        /// A disability.
        Disability = "disability",
        /// Other data that need special care (要配慮個人情報).
        Sensitive = "sensitive",
        /// 個人番号.
        MyNumber = "my_number",
        /// Pictures and voices.
        Picture = "picture",
        /// Something else.
        Other = "other",
    }
}

word_type! {
    /// How a group is notified.
    Way {
        /// Nobody has decided it yet.
        Undecided = "undecided",
        /// A letter to each.
        Letter = "letter",
        /// A mail to each, one by one.
        MailOneByOne = "mail_one_by_one",
        /// A call to each.
        Telephone = "telephone",
        /// A visit to each.
        Visit = "visit",
        /// Published with a contact point, where it is difficult to notify each (26条2項ただし書).
        Publication = "publication",
        /// Not at all, with a reason.
        NotNotified = "not_notified",
    }
}

word_type! {
    /// What an entry tells.
    EntryKind {
        /// What was sent, came back and was asked.
        Notice = "notice",
        /// What was settled.
        Settlement = "settlement",
    }
}

/// The five items of a notice (施行規則10条、45条).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::incident) struct Letter {
    /// 概要: what happened.
    pub summary: String,
    /// 項目: which data.
    pub items: String,
    /// 原因.
    pub cause: String,
    /// 二次被害又はそのおそれ.
    pub harm: String,
    /// その他.
    pub other: String,
}

/// The notice to a group, in each language in which it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::incident) struct Notice {
    /// In Japanese.
    pub ja: Option<Letter>,
    /// In English.
    pub en: Option<Letter>,
}

impl Notice {
    /// The letter in a language.
    pub(super) fn in_language(&self, language: Language) -> Option<&Letter> {
        match language {
            Language::Ja => self.ja.as_ref(),
            Language::En => self.en.as_ref(),
        }
    }

    /// The same with another letter in a language.
    pub(super) fn with(mut self, language: Language, letter: Letter) -> Self {
        match language {
            Language::Ja => self.ja = Some(letter),
            Language::En => self.en = Some(letter),
        }
        self
    }

    /// Whether there is a letter in any language.
    pub(super) fn is_written(&self) -> bool {
        self.ja.is_some() || self.en.is_some()
    }
}

/// A group of persons concerned.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident_group)]
pub(in crate::incident) struct Group {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: GroupId,
    /// The incident.
    pub incident_id: IncidentId,
    /// Its number in the incident, from 1.
    pub position: i32,
    /// Who they are, such as 利用者 or 職員.
    pub label: String,
    /// Which kinds of data of theirs.
    pub data: Json<Vec<DataKind>>,
    /// How many.
    pub persons: i32,
    /// How they are notified.
    pub way: Way,
    /// Where it is published.
    pub place: String,
    /// Why it is published, why nobody is notified, or why the rest can't be.
    pub reason: String,
    /// The notice.
    pub notice: Json<Notice>,
    /// To how many it was sent.
    pub sent: i32,
    /// How many came back.
    pub returned: i32,
    /// How many inquiries came.
    pub inquiries: i32,
    /// With how many it was settled.
    pub settled: i32,
    /// For how much, in yen.
    pub yen: i64,
    /// For optimistic locking.
    pub version: i32,
}

/// What was entered about a group.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident_group_entry)]
pub(super) struct Entry {
    /// Notice or settlement.
    pub kind: EntryKind,
    /// On which day.
    pub happened_on: NaiveDate,
    /// To how many it was sent.
    pub sent: i32,
    /// How many came back.
    pub returned: i32,
    /// How many inquiries came.
    pub inquiries: i32,
    /// With how many it was settled.
    pub settled: i32,
    /// For how much, in yen.
    pub yen: i64,
    /// A note, or the reference of the settlement.
    pub note: String,
    /// Who entered it.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Timestamp,
}
