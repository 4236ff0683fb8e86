//! The form of a question.

use std::collections::BTreeSet;

use super::{LONG, TITLE, fill, text};
use crate::questionnaire::model::{
    ChoiceOption, Condition, Evidence, Fact, Kind, Question, QuestionId, Severity, Text, Trigger,
    When, YesNo,
};
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Most options, as the model's check has it.
const MOST_OPTIONS: usize = 50;
/// How a form calls the condition on a holding outside Japan.
pub(in crate::questionnaire) const HOLDING_ABROAD: &str = "fact:holding_abroad";
/// The triggers on a word, with the field that holds their severity.
const WORDS: [(&str, YesNo); 3] =
    [("finding_yes", YesNo::Yes), ("finding_no", YesNo::No), ("finding_na", YesNo::NotApplicable)];

/// Reads the form of a question; `earlier` are those on which its condition can depend.
pub(in crate::questionnaire) fn parse_question(
    form: &Form,
    id: QuestionId,
    earlier: &[&Question],
) -> Result<Question, Invalid> {
    let mut f = Fields::of(form);
    let asked = text(&mut f, "text", TITLE, true);
    let support = text(&mut f, "support", LONG, false);
    let guidance = text(&mut f, "guidance", LONG, false);
    let kind = kind(&mut f, form);
    let findings = kind.as_ref().and_then(|kind| findings(&mut f, form, kind));
    let finding_text = text(&mut f, "finding_text", LONG, false);
    let shown_if = condition(&mut f, form, earlier);
    let evidence = evidence(&mut f, form);
    let hint = text(&mut f, "evidence_hint", LONG, false);
    f.finish(|| {
        Some(Question {
            id,
            number: 0,
            text: asked?,
            support: support?,
            guidance: guidance?,
            kind: kind?,
            findings: findings?,
            finding_text: finding_text?,
            shown_if: shown_if?,
            evidence: evidence?,
            evidence_hint: hint.filter(|hint| !hint.is_blank()),
        })
    })
}

fn kind(f: &mut Fields<'_>, form: &Form) -> Option<Kind> {
    match form.value("kind") {
        "yes_no_na" => Some(Kind::YesNoNa { na_allowed: f.ticked("na_allowed") }),
        "choice" => options(f, form).map(|options| Kind::Choice { options }),
        "choices" => options(f, form).map(|options| Kind::Choices { options }),
        "number" => {
            let min = f.number("min", -1_000_000_000, 1_000_000_000);
            let max = f.number("max", -1_000_000_000, 1_000_000_000);
            if let (Some(min), Some(max)) = (min, max) {
                f.check(min <= max, "max", "template-fault-number-range");
            }
            let unit = text(f, "unit", Rule::line(40), false);
            Some(Kind::Number { min: min?, max: max?, unit: unit? })
        }
        "date" => Some(Kind::Date),
        "text" => {
            let max = f.number("text_max", 1, 4000)?;
            Some(Kind::Text { max: u16::try_from(max).ok()? })
        }
        "file" => Some(Kind::File),
        _ => {
            f.error("kind", Message::new("error-choose-one"));
            None
        }
    }
}

/// A severity, or nothing where it is no finding; outside: readable or not.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: a finding or not")]
fn severity(f: &mut Fields<'_>, form: &Form, field: &str) -> Option<Option<Severity>> {
    let word = form.value(field);
    let known = [Severity::Low, Severity::Medium, Severity::High];
    match known.into_iter().find(|s| s.as_str() == word) {
        Some(severity) => Some(Some(severity)),
        None if word.is_empty() => Some(None),
        None => {
            f.error(field, Message::new("error-choose-from-list"));
            None
        }
    }
}

/// How many rows of options the form shows: those filled in, and some empty ones.
pub(in crate::questionnaire) fn option_rows(form: &Form) -> usize {
    let filled =
        (0..MOST_OPTIONS).rev().find(|n| !form.value(&format!("option_{n}_ja")).is_empty());
    (filled.map_or(0, |n| n + 1) + 3).clamp(4, MOST_OPTIONS)
}

fn options(f: &mut Fields<'_>, form: &Form) -> Option<Vec<ChoiceOption>> {
    let mut options: Vec<ChoiceOption> = Vec::new();
    let mut ids: BTreeSet<String> =
        (0..MOST_OPTIONS).map(|n| form.value(&format!("option_{n}_id")).to_owned()).collect();
    let mut whole = true;
    for n in 0..MOST_OPTIONS {
        let label = text(f, &format!("option_{n}"), Rule::line(300), false);
        let finding = severity(f, form, &format!("option_{n}_finding"));
        let (Some(label), Some(finding)) = (label, finding) else {
            whole = false;
            continue;
        };
        if label.ja.is_empty() && label.en.is_empty() {
            continue;
        }
        if label.ja.is_empty() {
            f.error(&format!("option_{n}_ja"), Message::new("error-required"));
            whole = false;
        }
        let id = option_id(f, form.value(&format!("option_{n}_id")), &mut ids);
        match id {
            Some(id) if options.iter().all(|o| o.id != id) => {
                options.push(ChoiceOption { id, label, finding });
            }
            _ => whole = false,
        }
    }
    f.check(!whole || options.len() >= 2, "option_0_ja", "template-fault-options");
    whole.then_some(options)
}

/// The option's id: the one it has, or a new one that no option of the form has.
fn option_id(f: &mut Fields<'_>, known: &str, ids: &mut BTreeSet<String>) -> Option<String> {
    if known.is_empty() {
        let id = (1..=10_000).map(|n| format!("o{n}")).find(|id| !ids.contains(id))?;
        ids.insert(id.clone());
        return Some(id);
    }
    if known.parse::<QuestionId>().is_err() {
        f.error("option_0_ja", Message::new("template-fault-option-id"));
        return None;
    }
    Some(known.to_owned())
}

fn findings(f: &mut Fields<'_>, form: &Form, kind: &Kind) -> Option<Vec<Trigger>> {
    let mut triggers = Vec::new();
    if let Kind::YesNoNa { na_allowed } = kind {
        for (field, word) in WORDS {
            let offered = *na_allowed || word != YesNo::NotApplicable;
            if let (true, Some(severity)) = (offered, severity(f, form, field)?) {
                triggers.push(Trigger { when: When::Answer(word), severity });
            }
        }
    }
    if matches!(kind, Kind::Number { .. }) {
        type Limit = (&'static str, fn(i64) -> When);
        let limits: [Limit; 2] = [("greater", When::GreaterThan), ("less", When::LessThan)];
        for (name, when) in limits {
            if let Some(severity) = severity(f, form, &format!("finding_{name}"))? {
                let n = f.number(&format!("finding_{name}_than"), -1_000_000_000, 1_000_000_000)?;
                triggers.push(Trigger { when: when(n), severity });
            }
        }
    }
    if let Some(severity) = severity(f, form, "finding_blank")? {
        triggers.push(Trigger { when: When::Blank, severity });
    }
    Some(triggers)
}

#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn condition(f: &mut Fields<'_>, form: &Form, earlier: &[&Question]) -> Option<Option<Condition>> {
    let name = form.value("condition");
    if name.is_empty() {
        return Some(None);
    }
    if name == HOLDING_ABROAD {
        return Some(Some(Condition::Fact { fact: Fact::HoldingAbroad }));
    }
    let Some(asked) = earlier.iter().find(|q| q.id.as_str() == name) else {
        f.error("condition", Message::new("template-fault-condition-question"));
        return None;
    };
    let any_of: Vec<String> = form.values("condition_answer").map(str::to_owned).collect();
    let offered = answers(&asked.kind);
    if any_of.is_empty() || !any_of.iter().all(|answer| offered.contains(&answer.as_str())) {
        f.error("condition_answer", Message::new("template-fault-condition-option"));
        return None;
    }
    Some(Some(Condition::Answer { question: asked.id.clone(), any_of }))
}

/// The answers on which a condition can depend.
pub(in crate::questionnaire) fn answers(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::YesNoNa { na_allowed: true } => vec!["yes", "no", "not_applicable"],
        Kind::YesNoNa { .. } => vec!["yes", "no"],
        kind => kind.options().iter().map(|option| option.id.as_str()).collect(),
    }
}

fn evidence(f: &mut Fields<'_>, form: &Form) -> Option<Evidence> {
    match form.value("evidence") {
        "none" => Some(Evidence::None),
        "optional" => Some(Evidence::Optional),
        "requested" => Some(Evidence::Requested),
        _ => {
            f.error("evidence", Message::new("error-choose-one"));
            None
        }
    }
}

/// The form of a question, filled in.
pub(in crate::questionnaire) fn fill_question(question: &Question) -> Form {
    let mut form = Form::default();
    fill(&mut form, "text", &question.text);
    fill(&mut form, "support", &question.support);
    fill(&mut form, "guidance", &question.guidance);
    fill(&mut form, "finding_text", &question.finding_text);
    fill(&mut form, "evidence_hint", &question.evidence_hint.clone().unwrap_or_default());
    let evidence = match question.evidence {
        Evidence::None => "none",
        Evidence::Optional => "optional",
        Evidence::Requested => "requested",
    };
    form.set("evidence", evidence);
    fill_kind(&mut form, &question.kind);
    question.findings.iter().for_each(|trigger| fill_trigger(&mut form, trigger));
    match &question.shown_if {
        None => {}
        Some(Condition::Fact { fact: Fact::HoldingAbroad }) => {
            form.set("condition", HOLDING_ABROAD);
        }
        Some(Condition::Answer { question, any_of }) => {
            form.set("condition", question.as_str());
            for answer in any_of {
                form.add("condition_answer", answer);
            }
        }
    }
    form
}

fn fill_kind(form: &mut Form, kind: &Kind) {
    let (name, unit): (&str, Option<&Text>) = match kind {
        Kind::YesNoNa { na_allowed } => {
            if *na_allowed {
                form.set("na_allowed", "on");
            }
            ("yes_no_na", None)
        }
        Kind::Choice { .. } => ("choice", None),
        Kind::Choices { .. } => ("choices", None),
        Kind::Number { min, max, unit } => {
            form.set("min", &min.to_string());
            form.set("max", &max.to_string());
            ("number", Some(unit))
        }
        Kind::Date => ("date", None),
        Kind::Text { max } => {
            form.set("text_max", &max.to_string());
            ("text", None)
        }
        Kind::File => ("file", None),
    };
    form.set("kind", name);
    if let Some(unit) = unit {
        fill(form, "unit", unit);
    }
    for (n, option) in kind.options().iter().enumerate() {
        fill(form, &format!("option_{n}"), &option.label);
        form.set(&format!("option_{n}_id"), &option.id);
        form.set(&format!("option_{n}_finding"), option.finding.map_or("", Severity::as_str));
    }
}

fn fill_trigger(form: &mut Form, trigger: &Trigger) {
    let severity = trigger.severity.as_str();
    match trigger.when {
        When::Answer(word) => {
            if let Some((field, _)) = WORDS.iter().find(|(_, w)| *w == word) {
                form.set(field, severity);
            }
        }
        When::GreaterThan(n) => {
            form.set("finding_greater", severity);
            form.set("finding_greater_than", &n.to_string());
        }
        When::LessThan(n) => {
            form.set("finding_less", severity);
            form.set("finding_less_than", &n.to_string());
        }
        When::Blank => form.set("finding_blank", severity),
    }
}
