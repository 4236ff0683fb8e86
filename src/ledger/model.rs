//! What an entry holds, and its canonical form.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::actor::{OrganisationId, PersonId};
use crate::clock::Timestamp;
use crate::database::schema::ledger_entry;
use crate::database::types::Json;
use crate::web::{Language, locale};

/// A detail of an entry: a name of a field and what it is now.
pub type Fact = (&'static str, Value);

/// What a slice tells the ledger.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// In whose ledger: the principal of an entrustment, or the organisation itself.
    pub tenant_id: OrganisationId,
    /// The act, such as `entrustment.registered`; its words are the message `act-…` with hyphens.
    pub act: &'static str,
    /// The kind of the subject, such as `entrustment`.
    pub subject_kind: &'static str,
    /// The subject's id.
    pub subject_id: &'a str,
    /// The entrustment to which it belongs.
    pub entrustment_id: Option<&'a str>,
    /// What changed. Never personal data of the delegated kind.
    pub details: Vec<Fact>,
}

/// An entry as it is stored and shown.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = ledger_entry)]
pub struct Entry {
    /// The ledger's owner.
    pub tenant_id: OrganisationId,
    /// The place in the organisation's sequence, from 0.
    pub sequence: i64,
    /// When (UTC).
    pub at: Timestamp,
    /// Who, when a person acted.
    pub actor_id: Option<PersonId>,
    /// The actor's name at that time.
    pub actor_name: String,
    /// The actor's organisation at that time.
    pub actor_organisation: String,
    /// The act.
    pub act: String,
    /// The kind of the subject.
    pub subject_kind: String,
    /// The subject's id.
    pub subject_id: String,
    /// The entrustment to which it belongs.
    pub entrustment_id: Option<String>,
    /// What changed.
    pub details: Json<Value>,
    /// The leaf hash, hexadecimal.
    pub leaf_hash: String,
}

/// The canonical form of an entry: these fields in this order as JSON without white space.
/// Objects inside `details` are sorted by key (`serde_json`'s map is).
#[derive(Serialize)]
pub(super) struct Canonical<'a> {
    pub tenant_id: OrganisationId,
    pub sequence: i64,
    pub at: String,
    pub actor_id: Option<PersonId>,
    pub actor_name: &'a str,
    pub actor_organisation: &'a str,
    pub act: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: &'a str,
    pub entrustment_id: Option<&'a str>,
    pub details: &'a Value,
}

impl Entry {
    /// The canonical bytes, over which the leaf hash is taken.
    ///
    /// # Errors
    /// When JSON can't be written, which for these types is a bug.
    pub fn canonical(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&Canonical {
            tenant_id: self.tenant_id,
            sequence: self.sequence,
            at: canonical_time(self.at),
            actor_id: self.actor_id,
            actor_name: &self.actor_name,
            actor_organisation: &self.actor_organisation,
            act: &self.act,
            subject_kind: &self.subject_kind,
            subject_id: &self.subject_id,
            entrustment_id: self.entrustment_id.as_deref(),
            details: &self.details.0,
        })
    }
}

/// RFC 3339 in UTC with milliseconds.
pub(super) fn canonical_time(at: Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// An entry as the history on a page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryLine {
    /// When (UTC).
    pub at: Timestamp,
    /// Who, with the organisation where one is known.
    pub actor: String,
    /// What, in the reader's language.
    pub act: String,
    /// What it was about, where the slice says it; the details are for the record.
    pub text: Option<String>,
    /// Where the entry leads.
    pub href: Option<String>,
}

/// The newest `most` lines of a history in which the same act of the same person, several times
/// in a row, is one line with a count.
#[must_use]
pub fn gathered(entries: &[Entry], language: Language, most: usize) -> Vec<HistoryLine> {
    let same = |one: &Entry, next: &Entry| {
        (&one.act, &one.actor_name, &one.actor_organisation)
            == (&next.act, &next.actor_name, &next.actor_organisation)
    };
    let line = |run: &[Entry]| {
        let mut line = run.first()?.line(language);
        if run.len() > 1 {
            let args = [("act", line.act.as_str().into()), ("count", run.len().into())];
            line.act = locale::text_with(language, "ledger-times", &args);
        }
        Some(line)
    };
    entries.chunk_by(same).take(most).filter_map(line).collect()
}

impl Entry {
    /// The act in the reader's language.
    #[must_use]
    pub fn act_text(&self, language: Language) -> String {
        locale::text(language, &format!("act-{}", self.act.replace(['.', '_'], "-")))
    }

    /// The actor with the organisation in brackets.
    #[must_use]
    pub fn actor_text(&self, language: Language) -> String {
        if self.actor_organisation.is_empty() {
            let key = format!("actor-{}", self.actor_name);
            if locale::has(language, &key) {
                locale::text(language, &key)
            } else {
                self.actor_name.clone()
            }
        } else {
            let args = [
                ("name", self.actor_name.as_str().into()),
                ("organisation", self.actor_organisation.as_str().into()),
            ];
            locale::text_with(language, "ledger-actor", &args)
        }
    }

    /// The line of the history.
    #[must_use]
    pub fn line(&self, language: Language) -> HistoryLine {
        HistoryLine {
            at: self.at,
            actor: self.actor_text(language),
            act: self.act_text(language),
            text: None,
            href: None,
        }
    }
}
