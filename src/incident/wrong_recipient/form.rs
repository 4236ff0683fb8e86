//! The forms of wrong recipients: registered, asked, answered by hand or in writing, closed.

use super::model::{Contact, Kept, PassedOn, Seen, Way, WrongRecipient};
use super::rules;
use crate::clock::Timestamp;
use crate::incident::text;
use crate::japanese::contains_my_number;
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// The most copies that a form takes.
const MOST: i64 = 99_999_999;

/// Who a wrong recipient is, and how the data went there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details {
    /// The person or office.
    pub name: String,
    /// The mail address; may be empty.
    pub email: String,
    /// The telephone number; may be empty.
    pub phone: String,
    /// How the data went there.
    pub way: Way,
    /// How many copies or persons.
    pub copies: Option<i32>,
    /// What else is known.
    pub note: String,
}

impl Details {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let name = f.text("wrong_name", Rule::line(100));
        let way: Option<Way> = f.word("wrong_way");
        let email = match form.value("wrong_email").trim() {
            "" => Some(String::new()),
            _ => f.email("wrong_email"),
        };
        let phone = f.optional("wrong_phone", Rule::line(40));
        let number = phone.as_deref().is_some_and(contains_my_number);
        f.check(!number, "wrong_phone", "incident-error-my-number");
        let copies = copies(&mut f, form);
        let note = f.optional("wrong_note", Rule::text(1000));
        text::check(&mut f, &[("wrong_name", name.as_deref()), ("wrong_note", note.as_deref())]);
        f.finish(|| {
            Some(Self {
                name: name?,
                email: email?,
                phone: phone?,
                way: way?,
                copies: copies?,
                note: note?,
            })
        })
    }

    /// The form as a wrong recipient stands.
    pub fn form(of: &WrongRecipient) -> Form {
        Form::from_pairs([
            ("version", of.version.to_string()),
            ("wrong_name", of.name.clone()),
            ("wrong_way", of.way.to_string()),
            ("wrong_email", of.email.clone()),
            ("wrong_phone", of.phone.clone()),
            ("wrong_copies", of.copies.map(|copies| copies.to_string()).unwrap_or_default()),
            ("wrong_note", of.note.clone()),
        ])
    }
}

#[expect(clippy::option_option, reason = "outside: readable or not; inside: typed or not")]
fn copies(f: &mut Fields<'_>, form: &Form) -> Option<Option<i32>> {
    if form.value("wrong_copies").trim().is_empty() {
        return Some(None);
    }
    let number = f.number("wrong_copies", 1, MOST)?;
    Some(i32::try_from(number).ok())
}

/// That somebody asked it to delete what it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asking {
    /// When.
    pub at: Timestamp,
    /// How.
    pub way: Contact,
}

impl Asking {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let at = past(&mut f, "wrong_asked", now);
        let way = by_hand(&mut f, "wrong_asked_way");
        f.finish(|| Some(Self { at: at?, way: way? }))
    }
}

/// What it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// When.
    pub at: Timestamp,
    /// Whether somebody looked at it.
    pub seen: Seen,
    /// What became of it there.
    pub kept: Kept,
    /// Whether it went on to others.
    pub passed_on: PassedOn,
    /// How it was said.
    pub way: Contact,
    /// By whom.
    pub by: String,
    /// What else was said.
    pub note: String,
    /// The text that was agreed to; empty without.
    pub agreement: String,
}

impl Answered {
    /// Reads the form in which an answer is entered by hand.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let seen = f.word("wrong_seen");
        let kept = f.word("wrong_kept");
        let passed_on = f.word("wrong_passed_on");
        let at = past(&mut f, "wrong_answered", now);
        let way = by_hand(&mut f, "wrong_answered_way");
        let by = f.text("wrong_answered_by", Rule::line(100));
        let note = f.optional("wrong_answer_note", Rule::text(1000));
        let texts = [("wrong_answered_by", by.as_deref()), ("wrong_answer_note", note.as_deref())];
        text::check(&mut f, &texts);
        f.finish(|| {
            Some(Self {
                at: at?,
                seen: seen?,
                kept: kept?,
                passed_on: passed_on?,
                way: way?,
                by: by?,
                note: note?,
                agreement: String::new(),
            })
        })
    }

    /// Reads the written confirmation, with the text that was agreed to and its hash. Who deleted or
    /// returned everything and passed nothing on agrees to the text; the others can't yet.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn confirmed(
        form: &Form,
        (agreement, sha256): (String, &str),
        now: Timestamp,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let seen: Option<Seen> = f.word("wrong_seen");
        listed(&mut f, "wrong_seen", seen, Seen::CONFIRMED);
        let kept: Option<Kept> = f.word("wrong_kept");
        listed(&mut f, "wrong_kept", kept, Kept::CONFIRMED);
        let passed_on: Option<PassedOn> = f.word("wrong_passed_on");
        listed(&mut f, "wrong_passed_on", passed_on, PassedOn::CONFIRMED);
        let by = f.text("wrong_signer", Rule::line(100));
        let number = by.as_deref().is_some_and(contains_my_number);
        f.check(!number, "wrong_signer", "incident-error-my-number");
        let agreed = f.ticked("wrong_agreed");
        if let (Some(kept), Some(passed_on)) = (kept, passed_on) {
            let confirmed = rules::is_confirmed(kept, passed_on);
            f.check(agreed || !confirmed, "wrong_agreed", "incident-wrong-error-agree");
            f.check(confirmed || !agreed, "wrong_agreed", "incident-wrong-error-not-yet");
        }
        let same = form.value("wrong_text") == sha256;
        f.check(same || !agreed, "wrong_agreed", "incident-wrong-error-text");
        f.finish(|| {
            Some(Self {
                at: now,
                seen: seen?,
                kept: kept?,
                passed_on: passed_on?,
                way: Contact::Link,
                by: by?,
                note: String::new(),
                agreement: if agreed { agreement } else { String::new() },
            })
        })
    }
}

/// Reads why the risk is closed although it isn't confirmed.
///
/// # Errors
/// What is wrong, by field.
pub(super) fn reason(form: &Form) -> Result<String, Invalid> {
    let mut f = Fields::of(form);
    let reason = f.text("wrong_closed_reason", Rule::text(1000));
    text::check(&mut f, &[("wrong_closed_reason", reason.as_deref())]);
    f.finish(|| reason)
}

/// A moment that isn't to come.
fn past(f: &mut Fields<'_>, stem: &str, now: Timestamp) -> Option<Timestamp> {
    let at = f.moment(stem);
    f.check(at.is_none_or(|at| at <= now), &format!("{stem}_on"), "incident-error-future");
    at
}

fn by_hand(f: &mut Fields<'_>, field: &str) -> Option<Contact> {
    let way: Option<Contact> = f.word(field);
    listed(f, field, way, Contact::BY_HAND);
    way
}

fn listed<T: PartialEq>(f: &mut Fields<'_>, field: &str, word: Option<T>, all: &[T]) {
    if word.is_some_and(|word| !all.contains(&word)) {
        f.error(field, Message::new("error-choose-from-list"));
    }
}
