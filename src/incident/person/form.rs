//! The forms about a group of persons.

use chrono::NaiveDate;

use super::model::{DataKind, Group, Letter, Way};
use crate::incident::model::Incident;
use crate::incident::text;
use crate::japanese::jst_date;
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// The most persons, letters or inquiries of a form.
const MOST: i64 = 999_999_999;

/// The most yen of a form.
const MOST_YEN: i64 = 999_999_999_999;

/// A group as it is listed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GroupForm {
    pub label: String,
    pub data: Vec<DataKind>,
    pub persons: i32,
    pub way: Way,
    pub place: String,
    pub reason: String,
}

/// What was sent, came back and was asked on a day; a minus corrects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    pub on: NaiveDate,
    pub sent: i32,
    pub returned: i32,
    pub inquiries: i32,
    pub note: String,
}

/// What was settled on a day; a minus corrects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settlement {
    pub on: NaiveDate,
    pub settled: i32,
    pub yen: i64,
    pub reference: String,
}

impl GroupForm {
    /// Reads the form; `before` is the group that is changed.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form, before: Option<&Group>) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let label = f.text("label", Rule::line(60));
        let persons = count(&mut f, "persons", 1);
        let data = f.words::<DataKind>("data");
        if data.as_ref().is_some_and(Vec::is_empty) {
            f.error("data", Message::new("error-choose-one"));
        }
        let way = f.word::<Way>("way");
        let place = f.optional("place", Rule::line(200));
        let reason = f.optional("reason", Rule::text(1000));
        if let Some(way) = way {
            explained(&mut f, way, (place.as_deref(), reason.as_deref()));
        }
        if let Some(before) = before {
            let fewest = before.notified().max(before.settled);
            let enough = persons.is_none_or(|persons| persons >= fewest);
            f.check(enough, "persons", "incident-person-error-fewer");
            let none = way.is_some_and(|way| matches!(way, Way::Undecided | Way::NotNotified));
            f.check(before.notified() == 0 || !none, "way", "incident-person-error-already");
        }
        let texts = [
            ("label", label.as_deref()),
            ("place", place.as_deref()),
            ("reason", reason.as_deref()),
        ];
        text::check(&mut f, &texts);
        f.finish(|| {
            Some(Self {
                label: label?,
                data: data?,
                persons: persons?,
                way: way?,
                place: place?,
                reason: reason?,
            })
        })
    }

    /// The form filled in with what is so now.
    pub(super) fn form(group: &Group) -> Form {
        let mut form = Form::from_pairs([
            ("label", group.label.clone()),
            ("persons", group.persons.to_string()),
            ("way", group.way.to_string()),
            ("place", group.place.clone()),
            ("reason", group.reason.clone()),
            ("version", group.version.to_string()),
        ]);
        for kind in &group.data.0 {
            form.add("data", kind.as_str());
        }
        form
    }
}

impl Progress {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form, of: &Incident, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let on = day(&mut f, "on", of, today);
        let sent = difference(&mut f, form, "sent");
        let returned = difference(&mut f, form, "returned");
        let inquiries = difference(&mut f, form, "inquiries");
        let note = f.optional("note", Rule::text(500));
        text::check(&mut f, &[("note", note.as_deref())]);
        f.finish(|| {
            Some(Self {
                on: on?,
                sent: sent?,
                returned: returned?,
                inquiries: inquiries?,
                note: note?,
            })
        })
    }
}

impl Settlement {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form, of: &Incident, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let on = day(&mut f, "agreed_on", of, today);
        let settled = difference(&mut f, form, "settled");
        let yen = f.number("yen", -MOST_YEN, MOST_YEN);
        let reference = f.text("reference", Rule::line(200));
        text::check(&mut f, &[("reference", reference.as_deref())]);
        f.finish(|| Some(Self { on: on?, settled: settled?, yen: yen?, reference: reference? }))
    }
}

impl Letter {
    /// The fields of the form with what stands in them.
    fn pairs(&self) -> [(&'static str, &str); 5] {
        [
            ("summary_item", &self.summary),
            ("data_item", &self.items),
            ("cause_item", &self.cause),
            ("harm_item", &self.harm),
            ("other_item", &self.other),
        ]
    }

    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let mut item = |field: &str| f.text(field, Rule::text(2000));
        let summary = item("summary_item");
        let items = item("data_item");
        let cause = item("cause_item");
        let harm = item("harm_item");
        let other = item("other_item");
        let texts = [
            ("summary_item", summary.as_deref()),
            ("data_item", items.as_deref()),
            ("cause_item", cause.as_deref()),
            ("harm_item", harm.as_deref()),
            ("other_item", other.as_deref()),
        ];
        text::check(&mut f, &texts);
        f.finish(|| {
            Some(Self {
                summary: summary?,
                items: items?,
                cause: cause?,
                harm: harm?,
                other: other?,
            })
        })
    }

    /// The form filled in with a letter.
    pub(super) fn form(&self) -> Form {
        Form::from_pairs(self.pairs())
    }
}

/// What is published says where and why; where nobody is notified, it is said why.
fn explained(f: &mut Fields<'_>, way: Way, (place, reason): (Option<&str>, Option<&str>)) {
    let published = way == Way::Publication;
    f.check(!published || place != Some(""), "place", "error-required");
    let needed = published || way == Way::NotNotified;
    f.check(!needed || reason != Some(""), "reason", "incident-person-error-reason");
}

/// A day between that on which the incident became known and today.
fn day(f: &mut Fields<'_>, field: &str, of: &Incident, today: NaiveDate) -> Option<NaiveDate> {
    let day = f.date(field)?;
    f.check(day <= today, field, "incident-error-future");
    f.check(day >= jst_date(of.known_at), field, "incident-person-error-before-known");
    Some(day)
}

/// A number that may be less than nothing; nothing typed is none.
fn difference(f: &mut Fields<'_>, form: &Form, field: &str) -> Option<i32> {
    if form.value(field).trim().is_empty() { Some(0) } else { count(f, field, -MOST) }
}

fn count(f: &mut Fields<'_>, field: &str, least: i64) -> Option<i32> {
    f.number(field, least, MOST).and_then(|number| i32::try_from(number).ok())
}
