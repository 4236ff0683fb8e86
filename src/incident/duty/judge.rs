//! From the facts to the duties of both sides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::clock::{Window, final_report, preliminary_report};
use super::facts::{BodyKind, Certainty, Facts, Key, Party, Side};
use super::law::{Article, Ground, Rules};
use crate::word_type;

word_type! {
    /// Whether a side has to report to the authority and notify the persons.
    Answer {
        /// It has not.
        NotRequired = "not_required",
        /// A person has to find out more, or to judge.
        NeedsReview = "needs_review",
        /// It has.
        Required = "required",
    }
}

word_type! {
    /// Why there is no duty, or why it can't be told.
    Reason {
        /// All persons are dead: no personal information. Their relatives' may be in it.
        NotPersonal = "not_personal",
        /// Highly encrypted, and the key is safe (施行規則7条1号括弧書).
        Encrypted = "encrypted",
        /// Deleted unseen by everybody who got it: no leak, a near miss.
        NoLeak = "no_leak",
        /// None of the grounds.
        NoGround = "no_ground",
        /// The contractor told its principal, and is freed (26条1項ただし書).
        Released = "released",
        /// It became known before these rules held.
        OlderRules = "older_rules",
    }
}

word_type! {
    /// What isn't known yet and would decide, or free.
    Open {
        /// The number of persons, or the most that it can be.
        Persons = "persons",
        /// Whether there are sensitive items.
        Sensitive = "sensitive",
        /// Whether there are items of an ordinance.
        Ordinance = "ordinance",
        /// Whether loss of property may follow.
        Property = "property",
        /// Whether there may be an unlawful purpose.
        Unlawful = "unlawful",
        /// Whether it is part of what can be searched.
        Database = "database",
        /// Whether there are My Numbers.
        MyNumber = "my_number",
        /// From which system the My Numbers are.
        MyNumberSystem = "my_number_system",
        /// Whether the public could see the My Numbers.
        MyNumberPublic = "my_number_public",
        /// Whether it was encrypted, and where the key is.
        Encryption = "encryption",
        /// Whether everybody who got it deleted it unseen.
        ConfirmedUnseen = "confirmed_unseen",
        /// When it became known.
        KnownOn = "known_on",
    }
}

/// What one side has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Whether it reports and notifies.
    pub answer: Answer,
    /// On which grounds.
    pub grounds: Vec<Ground>,
    /// Grounds that may be there.
    pub possible: Vec<Ground>,
    /// The articles.
    pub articles: Vec<Article>,
    /// Why not, where it has not.
    pub reason: Option<Reason>,
    /// When the preliminary report (速報) is due.
    pub preliminary: Option<Window>,
    /// The last day of the final report (確報).
    pub final_by: Option<NaiveDate>,
    /// When a financial firm reports to its own authority, whatever the law's thresholds.
    pub overlay: Option<Window>,
    /// What isn't known yet and would decide.
    pub missing: Vec<Open>,
    /// What would free from the duty, if it turned out so.
    pub may_free: Vec<Open>,
    /// Whether the side tells its principal by contract, whatever the law says.
    pub by_contract: bool,
}

/// The duties of both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duties {
    /// The principal's, or those of the only organisation.
    pub principal: Duty,
    /// The contractor's.
    pub contractor: Option<Duty>,
}

/// The duties that follow from `facts`.
#[must_use]
pub fn duties(facts: &Facts) -> Duties {
    Duties {
        principal: duty(facts, Party::Principal, facts.principal),
        contractor: facts.contractor.map(|side| duty(facts, Party::Contractor, side)),
    }
}

/// The grounds that are there, and those that may be.
#[derive(Default)]
struct Found {
    grounds: Vec<Ground>,
    possible: Vec<Ground>,
    missing: Vec<Open>,
}

impl Found {
    fn take(&mut self, ground: Ground, is: Certainty, open: Open) {
        match is {
            Certainty::Yes => self.grounds.push(ground),
            Certainty::No => {}
            Certainty::Unknown => {
                self.possible.push(ground);
                self.miss(open);
            }
        }
    }

    fn miss(&mut self, open: Open) {
        if !self.missing.contains(&open) {
            self.missing.push(open);
        }
    }
}

/// Whether a number is above a threshold; unknown when there is no number.
fn above(number: Option<u32>, threshold: u32) -> Certainty {
    match number {
        Some(number) if number > threshold => Certainty::Yes,
        Some(_) => Certainty::No,
        None => Certainty::Unknown,
    }
}

fn duty(facts: &Facts, party: Party, side: Side) -> Duty {
    let known_on = facts.known_on(party);
    let rules = match known_on {
        Some(day) => Rules::on(day),
        None => Some(Rules::newest()),
    };
    let by_contract = party == Party::Contractor;
    let Some(rules) = rules else {
        return none(Answer::NeedsReview, Reason::OlderRules, by_contract);
    };
    if let Some(reason) = exempt(facts) {
        return none(Answer::NotRequired, reason, by_contract);
    }
    let found = grounds(facts, side, rules);
    let released = by_contract && facts.notified_on.is_some();
    let (answer, reason) = answer(&found, released);
    let open = answer != Answer::NotRequired;
    let unlawful = found.grounds.iter().any(|ground| ground.is_unlawful());
    let mut missing = if answer == Answer::NeedsReview { found.missing } else { Vec::new() };
    if open && known_on.is_none() {
        missing.push(Open::KnownOn);
    }
    Duty {
        answer,
        articles: articles(side.kind, &found.grounds, &found.possible, reason),
        reason,
        preliminary: known_on.filter(|_| open).map(preliminary_report),
        final_by: known_on.filter(|_| open).map(|day| final_report(day, unlawful)),
        overlay: known_on.filter(|_| side.financial).map(preliminary_report),
        missing,
        may_free: if open { may_free(facts) } else { Vec::new() },
        by_contract,
        grounds: found.grounds,
        possible: found.possible,
    }
}

/// A duty without grounds.
fn none(answer: Answer, reason: Reason, by_contract: bool) -> Duty {
    Duty {
        answer,
        grounds: Vec::new(),
        possible: Vec::new(),
        articles: Vec::new(),
        reason: Some(reason),
        preliminary: None,
        final_by: None,
        overlay: None,
        missing: Vec::new(),
        may_free: Vec::new(),
        by_contract,
    }
}

/// Why nothing leaked in the sense of the law.
fn exempt(facts: &Facts) -> Option<Reason> {
    let safe = matches!(facts.encryption.key, Key::Separate | Key::RemoteDeletion | Key::Unusable);
    if facts.persons.deceased_only {
        Some(Reason::NotPersonal)
    } else if facts.encryption.strong == Certainty::Yes && safe {
        Some(Reason::Encrypted)
    } else if facts.confirmed_unseen == Certainty::Yes {
        Some(Reason::NoLeak)
    } else {
        None
    }
}

fn answer(found: &Found, released: bool) -> (Answer, Option<Reason>) {
    let nothing = found.grounds.is_empty() && found.possible.is_empty();
    match (nothing, released, found.grounds.is_empty()) {
        (true, ..) => (Answer::NotRequired, Some(Reason::NoGround)),
        (false, true, _) => (Answer::NotRequired, Some(Reason::Released)),
        (false, false, true) => (Answer::NeedsReview, None),
        (false, false, false) => (Answer::Required, None),
    }
}

fn grounds(facts: &Facts, side: Side, rules: Rules) -> Found {
    let mut found = Found::default();
    my_number(facts, rules, &mut found);
    let counted = facts.persons.counted();
    let public = side.kind == BodyKind::PublicBody;
    // A business reports what is, or is meant to be, personal data; a public body all that it holds.
    let scope = if public { Certainty::Yes } else { facts.database };
    let within = |is: Certainty| match (scope, is) {
        (_, Certainty::No) | (Certainty::No, _) => Certainty::No,
        (Certainty::Yes, is) => is,
        (Certainty::Unknown, _) => Certainty::Unknown,
    };
    // Whether data outside of a database were meant for one is for a person to judge.
    let unlawful = match (scope, facts.unlawful) {
        (Certainty::No, Certainty::Yes | Certainty::Unknown) => Certainty::Unknown,
        (_, is) => within(is),
    };
    found.take(Ground::Sensitive, within(facts.sensitive), Open::Sensitive);
    found.take(Ground::Property, within(facts.property), Open::Property);
    found.take(Ground::Unlawful, unlawful, Open::Unlawful);
    let number = within(above(counted, rules.above(side.kind)));
    found.take(Ground::Number, number, Open::Persons);
    if public {
        found.take(Ground::Ordinance, facts.ordinance, Open::Ordinance);
    }
    if scope == Certainty::Unknown && !found.possible.is_empty() {
        found.miss(Open::Database);
    }
    found
}

/// The grounds of 番号法. Unknown whether there are any counts as yes.
fn my_number(facts: &Facts, rules: Rules, found: &mut Found) {
    let of = facts.my_number;
    if of.included == Certainty::No {
        return;
    }
    let before = found.possible.len();
    let counted = of.persons.or(facts.persons.counted());
    found.take(Ground::MyNumberSystem, of.system, Open::MyNumberSystem);
    found.take(Ground::MyNumberUnlawful, facts.unlawful, Open::Unlawful);
    found.take(Ground::MyNumberPublic, of.public, Open::MyNumberPublic);
    found.take(Ground::MyNumberNumber, above(counted, rules.my_number_above), Open::Persons);
    if of.included == Certainty::Unknown && found.possible.len() > before {
        found.missing.insert(0, Open::MyNumber);
    }
}

/// What would free from the duty, if it turned out so.
fn may_free(facts: &Facts) -> Vec<Open> {
    let unknown = Certainty::Unknown;
    let encrypted = facts.encryption.strong;
    let encryption = encrypted == unknown
        || (encrypted == Certainty::Yes && facts.encryption.key == Key::Unknown);
    [(Open::Encryption, encryption), (Open::ConfirmedUnseen, facts.confirmed_unseen == unknown)]
        .into_iter()
        .filter(|(_, open)| *open)
        .map(|(open, _)| open)
        .collect()
}

fn articles(
    kind: BodyKind,
    grounds: &[Ground],
    possible: &[Ground],
    reason: Option<Reason>,
) -> Vec<Article> {
    let by_number_act = |ground: &&Ground| {
        matches!(
            ground,
            Ground::MyNumberSystem
                | Ground::MyNumberUnlawful
                | Ground::MyNumberPublic
                | Ground::MyNumberNumber
        )
    };
    let all = || grounds.iter().chain(possible);
    let mut articles = Vec::new();
    if all().any(|ground| !by_number_act(&ground)) {
        articles.extend(match kind {
            BodyKind::PublicBody => [Article::Act68, Article::Rule43],
            BodyKind::Business | BodyKind::ListedBody => [Article::Act26, Article::Rule7],
        });
    }
    if all().any(|ground| by_number_act(&ground)) {
        articles.extend([Article::MyNumberAct29, Article::MyNumberRule2]);
    }
    if reason == Some(Reason::Released) {
        articles.push(Article::Act26Proviso);
    }
    articles
}
