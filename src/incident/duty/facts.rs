//! The facts on which a duty depends.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::word_type;

word_type! {
    /// What is known of a question.
    Certainty {
        /// It is so, or may be so as far as can be told (おそれ).
        Yes = "yes",
        /// It is not so.
        No = "no",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

impl Default for Certainty {
    fn default() -> Self {
        Self::Unknown
    }
}

word_type! {
    /// By which route an organisation reports.
    BodyKind {
        /// A business (個人情報取扱事業者), associations and sole proprietors included.
        Business = "business",
        /// A public body (行政機関等, 地方公共団体).
        PublicBody = "public_body",
        /// A public body that reports by the business route (規律移行法人).
        ListedBody = "listed_body",
    }
}

word_type! {
    /// Where the key of encrypted data is.
    Key {
        /// Kept apart from the data, and safe.
        Separate = "separate",
        /// The data were, or can be, deleted from afar before anybody reads them.
        RemoteDeletion = "remote_deletion",
        /// Whoever has the data can't use the key.
        Unusable = "unusable",
        /// With the data.
        WithData = "with_data",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

/// One side of the entrustment, or the only organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Its route.
    pub kind: BodyKind,
    /// The day on which any of its divisions knew.
    #[serde(default)]
    pub known_on: Option<NaiveDate>,
    /// Whether it is a financial firm, whose authority wants reports below the law's thresholds.
    #[serde(default)]
    pub financial: bool,
}

/// How many persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Persons {
    /// The number that is known.
    pub known: Option<u32>,
    /// The most that it can be, while the number isn't known.
    pub at_most: Option<u32>,
    /// Whether all of them are dead: then nothing of it is personal information.
    pub deceased_only: bool,
}

impl Persons {
    /// The number that counts: the possible maximum while the number isn't known (PPC FAQ).
    #[must_use]
    pub fn counted(self) -> Option<u32> {
        self.known.max(self.at_most)
    }
}

/// What is known of My Numbers (特定個人情報).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MyNumber {
    /// Whether there are any; unknown counts as yes.
    pub included: Certainty,
    /// Of how many persons; the number of persons where nothing is said.
    pub persons: Option<u32>,
    /// Whether they leaked from a designated system: those of public bodies and of their contractors
    /// for 個人番号利用事務 and 個人番号関係事務.
    pub system: Certainty,
    /// Whether the unspecified public could see them electronically.
    pub public: Certainty,
}

/// Whether the data were encrypted, and where the key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encryption {
    /// Whether by a strong listed method (電子政府推奨暗号 or the like), properly put in place.
    pub strong: Certainty,
    /// Where the key is.
    pub key: Key,
}

impl Default for Encryption {
    fn default() -> Self {
        Self { strong: Certainty::No, key: Key::Unknown }
    }
}

/// What is known of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Whose data they are: the principal where they were entrusted, otherwise the organisation itself.
    pub principal: Side,
    /// The contractor with whom it happened.
    #[serde(default)]
    pub contractor: Option<Side>,
    /// The day on which the contractor told the principal.
    #[serde(default)]
    pub notified_on: Option<NaiveDate>,
    /// How many persons.
    #[serde(default)]
    pub persons: Persons,
    /// 要配慮個人情報 among it.
    #[serde(default)]
    pub sensitive: Certainty,
    /// 条例要配慮個人情報 among it.
    #[serde(default)]
    pub ordinance: Certainty,
    /// Whether loss of property may follow (財産的被害のおそれ): card numbers, passwords of payments.
    #[serde(default)]
    pub property: Certainty,
    /// Whether it may have been done for an unlawful purpose (不正の目的): intrusion, ransomware, taking.
    #[serde(default)]
    pub unlawful: Certainty,
    /// Whether it is part of what can be searched (個人データ), or is meant to be; only a business asks.
    #[serde(default = "yes")]
    pub database: Certainty,
    /// My Numbers.
    #[serde(default)]
    pub my_number: MyNumber,
    /// Encryption.
    #[serde(default)]
    pub encryption: Encryption,
    /// Whether every recipient is confirmed to have deleted it without having seen it.
    #[serde(default)]
    pub confirmed_unseen: Certainty,
}

const fn yes() -> Certainty {
    Certainty::Yes
}

/// On which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The principal, or the only organisation.
    Principal,
    /// The contractor.
    Contractor,
}

/// Facts that can't all be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The number that is known is above the most that it can be.
    AboveMost,
    /// More My Numbers than persons.
    MoreMyNumbers,
    /// Data that aren't encrypted have no key.
    KeyWithoutEncryption,
    /// A contractor told the principal, but there is none.
    NotifiedByNobody,
    /// The principal was told before the contractor knew.
    NotifiedBeforeKnown,
    /// A day that has not come yet.
    Future,
}

impl Facts {
    /// The day on which a side knew. The principal knows at the latest when it is told.
    #[must_use]
    pub fn known_on(&self, party: Party) -> Option<NaiveDate> {
        match party {
            Party::Principal => self.principal.known_on.into_iter().chain(self.notified_on).min(),
            Party::Contractor => self.contractor.and_then(|side| side.known_on),
        }
    }

    /// The facts with what contradicts itself or lies after `today` (Japan), or them as they are.
    ///
    /// # Errors
    /// The field, as in the JSON, and what is wrong with it.
    pub fn checked(self, today: NaiveDate) -> Result<Self, Vec<(&'static str, Fault)>> {
        let counted = self.persons.counted();
        let contractor = self.contractor.and_then(|side| side.known_on);
        let after = |day: Option<NaiveDate>| day.is_some_and(|day| day > today);
        let above = |one: Option<u32>, other: Option<u32>| {
            one.zip(other).is_some_and(|(one, other)| one > other)
        };
        let no_key = !matches!(self.encryption.key, Key::Unknown | Key::RemoteDeletion);
        let faults = [
            ("persons.known", Fault::AboveMost, above(self.persons.known, self.persons.at_most)),
            ("my_number.persons", Fault::MoreMyNumbers, above(self.my_number.persons, counted)),
            (
                "encryption.key",
                Fault::KeyWithoutEncryption,
                self.encryption.strong == Certainty::No && no_key,
            ),
            (
                "notified_on",
                Fault::NotifiedByNobody,
                self.notified_on.is_some() && self.contractor.is_none(),
            ),
            (
                "notified_on",
                Fault::NotifiedBeforeKnown,
                contractor.zip(self.notified_on).is_some_and(|(known, told)| told < known),
            ),
            ("principal.known_on", Fault::Future, after(self.principal.known_on)),
            ("contractor.known_on", Fault::Future, after(contractor)),
            ("notified_on", Fault::Future, after(self.notified_on)),
        ];
        let faults: Vec<_> =
            faults.into_iter().filter(|fault| fault.2).map(|fault| (fault.0, fault.1)).collect();
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}
