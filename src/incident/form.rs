//! The calculator's form, read into facts.

use chrono::NaiveDate;

use super::duty::{BodyKind, Certainty, Encryption, Facts, Fault, Key, MyNumber, Persons, Side};
use crate::web::{Fields, Form, Invalid, Message};

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
    let facts = f.finish(|| {
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
    })?;
    facts.checked(today).map_err(|faults| Invalid {
        errors: faults
            .into_iter()
            .map(|(field, fault)| (field.replace('.', "_"), Message::new(message(fault))))
            .collect(),
    })
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
