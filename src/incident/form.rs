//! The form of facts, of the calculator and of an incident: read, and filled in.

use chrono::NaiveDate;

use super::duty::{BodyKind, Certainty, Encryption, Facts, Fault, Key, MyNumber, Persons, Side};
use crate::web::{Fields, Form, Invalid, Message};

/// The fields that may be wrong, as the page has them.
const ORDER: &[&str] = &[
    "principal_kind",
    "principal_known_on",
    "contractor_kind",
    "contractor_known_on",
    "notified_on",
    "my_number_persons",
    "persons_known",
    "persons_at_most",
    "encryption_key",
];

/// The most persons that a form takes.
const MOST: i64 = 999_999_999;

/// Reads the facts; `today` is Japan's.
///
/// # Errors
/// The fields that are wrong, each with its message.
pub(super) fn parse(form: &Form, today: NaiveDate) -> Result<Facts, Invalid> {
    let mut f = Fields::of(form);
    let principal = side(&mut f, form, "principal");
    let contractor = match form.value("contractor_kind") {
        "" | "none" => Some(None),
        _ => side(&mut f, form, "contractor").map(Some),
    };
    let notified_on = f.optional_date("notified_on");
    let persons = persons(&mut f, form);
    let my_number = MyNumber {
        included: certainty(form, "my_number_included"),
        persons: count(&mut f, form, "my_number_persons"),
        system: certainty(form, "my_number_system"),
        public: certainty(form, "my_number_public"),
    };
    let key = form.value("encryption_key").parse().unwrap_or(Key::Unknown);
    let encryption = Encryption { strong: certainty(form, "encryption_strong"), key };
    let read = f.finish(|| {
        Some(Facts {
            principal: principal?,
            contractor: contractor?,
            notified_on: notified_on?,
            persons,
            sensitive: certainty(form, "sensitive"),
            ordinance: certainty(form, "ordinance"),
            property: certainty(form, "property"),
            unlawful: certainty(form, "unlawful"),
            database: certainty(form, "database"),
            my_number,
            encryption,
            confirmed_unseen: certainty(form, "confirmed_unseen"),
        })
    });
    read.and_then(|facts| facts.checked(today).map_err(invalid))
        .map_err(|invalid| invalid.in_order(ORDER))
}

/// What is wrong with facts, by field.
fn invalid(faults: Vec<(&'static str, Fault)>) -> Invalid {
    let error = |(field, fault): (&str, _)| (field.replace('.', "_"), Message::new(message(fault)));
    Invalid { errors: faults.into_iter().map(error).collect() }
}

/// The form filled in with facts: what [`parse`] reads.
pub(super) fn fill(facts: &Facts) -> Form {
    let mut form = Form::default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
    let tick = |ticked: bool| if ticked { "on" } else { "" };
    form.set("contractor_kind", "none");
    for (which, side) in [("principal", Some(facts.principal)), ("contractor", facts.contractor)] {
        let Some(side) = side else { continue };
        form.set(&format!("{which}_kind"), side.kind.as_str());
        form.set(&format!("{which}_known_on"), &day(side.known_on));
        form.set(&format!("{which}_financial"), tick(side.financial));
    }
    form.set("notified_on", &day(facts.notified_on));
    form.set("persons_known", &number(facts.persons.known));
    form.set("persons_at_most", &number(facts.persons.at_most));
    form.set("deceased_only", tick(facts.persons.deceased_only));
    form.set("my_number_persons", &number(facts.my_number.persons));
    for (field, certainty) in [
        ("my_number_included", facts.my_number.included),
        ("my_number_system", facts.my_number.system),
        ("my_number_public", facts.my_number.public),
        ("sensitive", facts.sensitive),
        ("ordinance", facts.ordinance),
        ("property", facts.property),
        ("unlawful", facts.unlawful),
        ("database", facts.database),
        ("encryption_strong", facts.encryption.strong),
        ("confirmed_unseen", facts.confirmed_unseen),
    ] {
        form.set(field, certainty.as_str());
    }
    form.set("encryption_key", facts.encryption.key.as_str());
    form
}

/// The key of the message for facts that can't be true.
pub(super) fn message(fault: Fault) -> &'static str {
    match fault {
        Fault::AboveMost => "duty-error-above-most",
        Fault::MoreMyNumbers => "duty-error-more-my-numbers",
        Fault::KeyWithoutEncryption => "duty-error-key-without-encryption",
        Fault::NotifiedByNobody => "duty-error-notified-by-nobody",
        Fault::NotifiedBeforeKnown => "duty-error-notified-before-known",
        Fault::Future => "duty-error-future",
    }
}

/// What isn't chosen isn't known.
fn certainty(form: &Form, field: &str) -> Certainty {
    form.value(field).parse().unwrap_or_default()
}

fn side(f: &mut Fields<'_>, form: &Form, which: &str) -> Option<Side> {
    let kind: Option<BodyKind> = f.word(&format!("{which}_kind"));
    let known_on = f.optional_date(&format!("{which}_known_on"));
    let financial = !form.value(&format!("{which}_financial")).is_empty();
    Some(Side { kind: kind?, known_on: known_on?, financial })
}

fn persons(f: &mut Fields<'_>, form: &Form) -> Persons {
    Persons {
        known: count(f, form, "persons_known"),
        at_most: count(f, form, "persons_at_most"),
        deceased_only: f.ticked("deceased_only"),
    }
}

/// A number of persons; nothing where nothing is typed.
fn count(f: &mut Fields<'_>, form: &Form, field: &str) -> Option<u32> {
    if form.value(field).trim().is_empty() {
        return None;
    }
    f.number(field, 0, MOST).and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_read_again() {
        let today = NaiveDate::from_ymd_opt(2026, 4, 3).unwrap();
        let facts = |text: &str| -> Facts { serde_json::from_str(text).unwrap() };
        for facts in [
            facts(r#"{"principal":{"kind":"public_body"},"contractor":{"kind":"business"}}"#),
            facts(
                r#"{"principal":{"kind":"listed_body","known_on":"2026-04-01","financial":true},
                "persons":{"known":3,"at_most":40,"deceased_only":true},"sensitive":"yes",
                "ordinance":"no","property":"yes","unlawful":"no","database":"no",
                "my_number":{"included":"yes","persons":2,"system":"no","public":"yes"},
                "encryption":{"strong":"yes","key":"with_data"},"confirmed_unseen":"no"}"#,
            ),
            facts(
                r#"{"principal":{"kind":"business"},"notified_on":"2026-04-02",
                "contractor":{"kind":"business","known_on":"2026-04-01","financial":true}}"#,
            ),
        ] {
            assert_eq!(parse(&fill(&facts), today), Ok(facts));
        }
    }
}
