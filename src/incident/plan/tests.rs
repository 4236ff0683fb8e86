//! What became of steps.

use std::collections::BTreeSet;

use super::form::{Outcome, Several};
use crate::testing::jst;
use crate::web::Form;

fn said(pairs: &[(&str, &str)]) -> Form {
    let mut form = Form::from_pairs([("plan_done_on", "R8.4.1"), ("plan_done_time", "16:20")]);
    for (name, value) in pairs {
        form.set(name, value);
    }
    form
}

#[test]
fn a_step_is_done_at_a_time_or_not_needed_for_a_reason() {
    let now = jst("2026-04-01T16:30:00");
    let done = Outcome::parse(&said(&[("plan_outcome", "done")]), now).unwrap();
    assert_eq!(done, Outcome::Done { at: jst("2026-04-01T16:20:00"), note: String::new() });
    for (typed, wrong) in [
        (&[("plan_outcome", "")][..], "plan_outcome"),
        (&[("plan_outcome", "open")], "plan_outcome"),
        (&[("plan_outcome", "done"), ("plan_done_time", "16:31")], "plan_done_on"),
        (&[("plan_outcome", "done"), ("plan_done_time", "夕方")], "plan_done_time"),
        (&[("plan_outcome", "not_needed")], "plan_note"),
        (&[("plan_outcome", "done"), ("plan_note", "123456789018")], "plan_note"),
    ] {
        let invalid = Outcome::parse(&said(typed), now).unwrap_err();
        let fields: Vec<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, [wrong], "{typed:?}");
    }
}

#[test]
fn several_steps_are_settled_only_when_some_are_chosen() {
    let now = jst("2026-04-01T16:30:00");
    let mut form = said(&[("plan_outcome", "not_needed")]);
    let invalid = Several::parse(&form, now).unwrap_err();
    let fields: BTreeSet<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, BTreeSet::from(["plan_note", "plan_steps"]));
    form.set("plan_note", "紙の名簿は出ていない");
    for id in ["018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002"] {
        form.add("plan_steps", id);
    }
    assert_eq!(Several::parse(&form, now).unwrap().steps.len(), 2);
}
