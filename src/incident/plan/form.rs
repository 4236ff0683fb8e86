//! The forms of steps: added by hand, assigned, and settled.

use std::collections::BTreeSet;

use super::manual::Section;
use super::model::{StepId, StepStatus};
use super::rules;
use crate::clock::Timestamp;
use crate::incident::model::Incident;
use crate::incident::text;
use crate::rulebook::Party;
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Somebody to whom a step may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// On which side.
    pub side: Party,
    /// The name.
    pub name: String,
}

impl Person {
    /// What the list of members sends for this one.
    pub fn value(&self) -> String {
        format!("{}:{}", self.side, self.name)
    }
}

/// A step that is added by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewStep {
    /// What is to be done.
    pub what: String,
    /// How.
    pub how: String,
    /// Which side takes it.
    pub side: Party,
    /// Until when.
    pub due_at: Timestamp,
    /// In which section it stands.
    pub section: Section,
}

impl NewStep {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, incident: &Incident) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let what = f.text("plan_what", Rule::line(200));
        let how = f.optional("plan_how", Rule::text(1000));
        let side = side(&mut f);
        let due_at = due(&mut f, incident);
        text::check(&mut f, &[("plan_what", what.as_deref()), ("plan_how", how.as_deref())]);
        f.finish(|| {
            let (side, due_at) = (side?, due_at?);
            Some(Self {
                what: what?,
                how: how?,
                side,
                due_at,
                section: rules::section(incident, side, due_at),
            })
        })
    }
}

/// To whom a step is given, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assignment {
    /// The side.
    pub side: Party,
    /// The name; empty for the side as a whole.
    pub name: String,
    /// Until when.
    pub due_at: Timestamp,
}

impl Assignment {
    /// Reads the form of somebody on `own` side: the principal's people say which side takes the
    /// step, the contractor's keep it on theirs.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(
        form: &Form,
        own: Party,
        people: &[Person],
        incident: &Incident,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let side = if own == Party::Principal { side(&mut f) } else { Some(own) };
        let typed = f.optional("plan_name", Rule::line(100));
        let chosen = member(&mut f, form, people, side);
        if let (Some(Some(_)), Some(typed)) = (&chosen, &typed) {
            f.check(typed.is_empty(), "plan_name", "incident-plan-error-one-name");
        }
        let due_at = due(&mut f, incident);
        text::check(&mut f, &[("plan_name", typed.as_deref())]);
        f.finish(|| {
            let name = chosen?.map_or_else(|| typed.clone(), |person| Some(person.name.clone()));
            Some(Self { side: side?, name: name?, due_at: due_at? })
        })
    }
}

/// The member who was chosen, if one was.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: chosen or not")]
fn member<'a>(
    f: &mut Fields<'_>,
    form: &Form,
    people: &'a [Person],
    side: Option<Party>,
) -> Option<Option<&'a Person>> {
    let value = form.value("plan_member");
    if value.is_empty() {
        return Some(None);
    }
    let Some(person) = people.iter().find(|person| person.value() == value) else {
        f.error("plan_member", Message::new("error-choose-from-list"));
        return None;
    };
    let fits = side.is_none_or(|side| side == person.side);
    f.check(fits, "plan_member", "incident-plan-error-side");
    Some(Some(person))
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is done.
    Done {
        /// When.
        at: Timestamp,
        /// What came of it; may be empty.
        note: String,
    },
    /// It isn't needed.
    NotNeeded {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// The outcomes from which the form chooses.
    pub const SAID: &'static [StepStatus] = &[StepStatus::Done, StepStatus::NotNeeded];

    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let outcome = Self::read(&mut f, now);
        f.finish(|| outcome)
    }

    fn read(f: &mut Fields<'_>, now: Timestamp) -> Option<Self> {
        let status: Option<StepStatus> = f.word("plan_outcome");
        let note = f.optional("plan_note", Rule::text(2000));
        text::check(f, &[("plan_note", note.as_deref())]);
        match status? {
            StepStatus::NotNeeded => {
                let given = note.as_deref().is_none_or(|note| !note.is_empty());
                f.check(given, "plan_note", "incident-plan-error-reason");
                Some(Self::NotNeeded { reason: note? })
            }
            StepStatus::Done => {
                let at = f.moment("plan_done");
                let past = at.is_none_or(|at| at <= now);
                f.check(past, "plan_done_on", "incident-error-future");
                Some(Self::Done { at: at?, note: note? })
            }
            StepStatus::Open => {
                f.error("plan_outcome", Message::new("error-choose-from-list"));
                None
            }
        }
    }
}

/// One outcome of several steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Several {
    /// The steps.
    pub steps: BTreeSet<StepId>,
    /// What became of them.
    pub outcome: Outcome,
}

impl Several {
    /// The field that names the steps.
    pub const STEPS: &'static str = "plan_steps";

    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let steps: Option<Vec<StepId>> = f.words(Self::STEPS);
        let chosen = steps.as_ref().is_none_or(|steps| !steps.is_empty());
        f.check(chosen, Self::STEPS, "incident-plan-error-no-step");
        let outcome = Outcome::read(&mut f, now);
        f.finish(|| Some(Self { steps: steps?.into_iter().collect(), outcome: outcome? }))
    }
}

fn side(f: &mut Fields<'_>) -> Option<Party> {
    let side: Option<Party> = f.word("plan_side");
    f.check(side != Some(Party::Other), "plan_side", "error-choose-from-list");
    side
}

/// Until when: not before the incident became known.
fn due(f: &mut Fields<'_>, incident: &Incident) -> Option<Timestamp> {
    let due = f.moment("plan_due");
    let after = due.is_none_or(|due| due > incident.known_at);
    f.check(after, "plan_due_on", "incident-plan-error-due");
    due
}
