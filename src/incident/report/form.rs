//! The form of the first report, and of the facts when they are corrected.

use crate::clock::Timestamp;
use crate::incident::duty;
use crate::incident::model::{Counted, Incident, IncidentKind};
use crate::incident::text;
use crate::japanese::{jst_date, jst_to_utc};
use crate::rulebook::Party;
use crate::web::{Fields, Form, Invalid, Rule};

/// The fields as the page has them.
const ORDER: &[&str] = &[
    "kind",
    "summary",
    "known_on",
    "known_time",
    "known_side",
    "known_by",
    "occurred_on",
    "occurred_time",
    "persons",
    "counted",
    "recipients",
];

/// The most persons that a form takes.
const MOST: i64 = 999_999_999;

/// What is known of what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::incident) struct Facts {
    /// What kind.
    pub kind: IncidentKind,
    /// What happened.
    pub summary: String,
    /// When, if that is known.
    pub occurred_at: Option<Timestamp>,
    /// When it became known.
    pub known_at: Timestamp,
    /// To whom.
    pub known_by: String,
    /// Of how many persons.
    pub persons: Option<i32>,
    /// How sure that is.
    pub counted: Counted,
    /// To whom it went.
    pub recipients: String,
}

/// A first report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::incident) struct FirstReport {
    /// What is known.
    pub facts: Facts,
    /// On which side it became known.
    pub known_side: Party,
}

impl FirstReport {
    /// Reads the form of somebody on `side`. What the contractor's people report became known there;
    /// the principal's people say where.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, side: Party, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let facts = facts(&mut f, form, now);
        let known_side = match side {
            Party::Principal => f.word("known_side"),
            _ => Some(Party::Contractor),
        };
        let told = known_side.is_none_or(|side| side != Party::Other);
        f.check(told, "known_side", "error-choose-from-list");
        f.finish(|| Some(Self { facts: facts?, known_side: known_side? }))
            .map_err(|invalid| invalid.in_order(ORDER))
    }
}

impl Facts {
    /// Reads the form with which the facts are corrected.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let facts = facts(&mut f, form, now);
        f.finish(|| facts).map_err(|invalid| invalid.in_order(ORDER))
    }

    /// The form filled in with what is known of an incident.
    pub fn form(incident: &Incident) -> Form {
        let mut form = moments(incident.occurred_at, Some(incident.known_at));
        form.set("kind", incident.kind.as_str());
        form.set("summary", &incident.summary);
        form.set("known_by", &incident.known_by);
        form.set("persons", &incident.persons.map(|n| n.to_string()).unwrap_or_default());
        form.set("counted", incident.counted.as_str());
        form.set("recipients", &incident.recipients);
        form.set("version", &incident.version.to_string());
        form
    }

    /// What the duties depend on, as far as a report of them tells it; the rest stays as it is. `was`
    /// is the kind that was told before.
    pub fn told(
        &self,
        known_side: Party,
        before: duty::Facts,
        was: Option<IncidentKind>,
    ) -> duty::Facts {
        let known = Some(jst_date(self.known_at));
        let mut facts = before;
        if known_side == Party::Principal {
            facts.principal.known_on = known;
        } else if let Some(contractor) = &mut facts.contractor {
            contractor.known_on = known;
        }
        let number = self.persons.and_then(|number| u32::try_from(number).ok());
        facts.persons.known = number.filter(|_| self.counted == Counted::Exact);
        facts.persons.at_most = number.filter(|_| self.counted == Counted::AtMost);
        if self.kind.is_unlawful() {
            facts.unlawful = duty::Certainty::Yes;
        } else if was.is_some_and(IncidentKind::is_unlawful) {
            facts.unlawful = duty::Certainty::Unknown;
        }
        facts
    }
}

/// The fields of day and time of what is known.
pub(super) fn moments(occurred_at: Option<Timestamp>, known_at: Option<Timestamp>) -> Form {
    let mut form = Form::default();
    for (stem, at) in [("occurred", occurred_at), ("known", known_at)] {
        if let Some(at) = at {
            form.set_moment(stem, at);
        }
    }
    form
}

fn facts(f: &mut Fields<'_>, form: &Form, now: Timestamp) -> Option<Facts> {
    let kind = f.word("kind");
    let summary = f.text("summary", Rule::text(2000));
    let occurred_at = occurred(f);
    let known_at = f.moment("known");
    if let Some(known) = known_at {
        f.check(known <= now, "known_on", "incident-error-future");
    }
    if let Some(occurred) = occurred_at.flatten() {
        f.check(occurred <= now, "occurred_on", "incident-error-future");
        let before = known_at.is_some_and(|known| known < occurred);
        f.check(!before, "known_on", "incident-error-known-before");
    }
    let known_by = f.text("known_by", Rule::line(100));
    let persons = persons(f, form);
    let counted = counted(f, persons);
    let recipients = f.optional("recipients", Rule::text(1000));
    text::check(
        f,
        &[
            ("summary", summary.as_deref()),
            ("known_by", known_by.as_deref()),
            ("recipients", recipients.as_deref()),
        ],
    );
    Some(Facts {
        kind: kind?,
        summary: summary?,
        occurred_at: occurred_at?,
        known_at: known_at?,
        known_by: known_by?,
        persons: persons?,
        counted: counted?,
        recipients: recipients?,
    })
}

/// When it happened; the beginning of the day where only that is known.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn occurred(f: &mut Fields<'_>) -> Option<Option<Timestamp>> {
    let day = f.optional_date("occurred_on");
    let time = f.optional_time("occurred_time");
    let (day, time) = (day?, time?);
    f.check(day.is_some() || time.is_none(), "occurred_on", "error-required");
    Some(day.map(|day| jst_to_utc(day.and_time(time.unwrap_or_default()))))
}

#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn persons(f: &mut Fields<'_>, form: &Form) -> Option<Option<i32>> {
    if form.value("persons").trim().is_empty() {
        return Some(None);
    }
    let number = f.number("persons", 0, MOST)?;
    Some(i32::try_from(number).ok())
}

/// How sure the number is: a number that nobody called sure is the most that it can be.
#[expect(clippy::option_option, reason = "as it is read")]
fn counted(f: &mut Fields<'_>, persons: Option<Option<i32>>) -> Option<Counted> {
    let counted: Counted = f.word("counted")?;
    let persons = persons?;
    f.check(counted == Counted::Unknown || persons.is_some(), "persons", "error-required");
    Some(if persons.is_some() && counted == Counted::Unknown { Counted::AtMost } else { counted })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        crate::testing::jst("2026-04-01T16:30:00")
    }

    fn filled() -> Form {
        Form::from_pairs([
            ("kind", "misdirected"),
            ("summary", "名簿を別の事務所に送った"),
            ("occurred_on", "2026-04-01"),
            ("occurred_time", "16:01"),
            ("known_on", "令和8年4月1日"),
            ("known_time", "16：08"),
            ("known_by", "担当者"),
            ("persons", "49"),
            ("counted", "unknown"),
            ("recipients", "別の事務所 1か所"),
        ])
    }

    #[test]
    fn a_first_report_is_read_as_it_is_typed() {
        let read = FirstReport::parse(&filled(), Party::Contractor, now()).unwrap();
        assert_eq!(read.known_side, Party::Contractor);
        assert_eq!(read.facts.known_at, crate::testing::jst("2026-04-01T16:08:00"));
        assert_eq!((read.facts.persons, read.facts.counted), (Some(49), Counted::AtMost));
        let mut little = filled();
        for field in ["occurred_on", "occurred_time", "persons", "recipients"] {
            little.set(field, "");
        }
        let read = FirstReport::parse(&little, Party::Contractor, now()).unwrap();
        assert_eq!((read.facts.occurred_at, read.facts.counted), (None, Counted::Unknown));
    }

    #[test]
    fn what_is_no_theft_after_all_is_not_for_an_unlawful_purpose_by_its_kind() {
        let mut form = filled();
        let mut told = |kind: &str, before: duty::Facts, was| {
            form.set("kind", kind);
            Facts::parse(&form, now()).unwrap().told(Party::Contractor, before, was)
        };
        let before: duty::Facts =
            serde_json::from_str(r#"{"principal":{"kind":"public_body"}}"#).unwrap();
        let stolen = told("theft", before, None);
        assert_eq!(stolen.unlawful, duty::Certainty::Yes);
        let lost = told("lost_medium", stolen, Some(IncidentKind::Theft));
        assert_eq!(lost.unlawful, duty::Certainty::Unknown);
        assert_eq!(
            told("lost_paper", stolen, None).unlawful,
            duty::Certainty::Yes,
            "said otherwise"
        );
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        for (field, typed, wrong) in [
            ("kind", "", "kind"),
            ("summary", "", "summary"),
            ("summary", "番号 123456789018", "summary"),
            ("summary", "a@example.jp に送った", "text_confirmed"),
            ("known_on", "2026-04-02", "known_on"),
            ("known_on", "2026-03-31", "known_on"),
            ("known_time", "", "known_time"),
            ("known_time", "25時", "known_time"),
            ("occurred_on", "", "occurred_on"),
            ("persons", "-1", "persons"),
            ("counted", "", "counted"),
            ("known_by", "", "known_by"),
        ] {
            let mut form = filled();
            form.set(field, typed);
            let invalid = FirstReport::parse(&form, Party::Contractor, now()).unwrap_err();
            let fields: Vec<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
            assert_eq!(fields, [wrong], "{field} = {typed}");
        }
        let mut empty = filled();
        for field in ["summary", "known_on", "known_by", "counted"] {
            empty.set(field, "");
        }
        empty.set("occurred_on", "R8.4.2");
        let invalid = FirstReport::parse(&empty, Party::Contractor, now()).unwrap_err();
        let fields: Vec<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
        let order = ["summary", "known_on", "known_by", "occurred_on", "counted"];
        assert_eq!(fields, order, "as the page has them");
        let unsaid = FirstReport::parse(&filled(), Party::Principal, now()).unwrap_err();
        assert_eq!(unsaid.errors.len(), 1, "the principal says on which side it became known");
    }
}
