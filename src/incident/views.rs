//! What the calculator's page shows.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::duty::{Answer, BodyKind, Certainty, Duties, Duty, Facts, Key, Party};
use super::words;
use crate::web::{Choice, Ctx, FormView, Language, View, locale};

/// The choices of the questions.
#[derive(Serialize)]
pub(super) struct Asked {
    pub kinds: Vec<Choice>,
    pub contractor_kinds: Vec<Choice>,
    pub certainties: Vec<Choice>,
    pub keys: Vec<Choice>,
}

impl Asked {
    pub(super) fn new(language: Language) -> Self {
        let kinds = Choice::words(language, "duty-kind-", BodyKind::ALL);
        let mut contractor_kinds = Choice::words(language, "duty-kind-", &["none"]);
        contractor_kinds.extend(kinds.iter().cloned());
        Self {
            kinds,
            contractor_kinds,
            certainties: Choice::words(language, "duty-certainty-", Certainty::ALL),
            keys: Choice::words(language, "duty-key-", Key::ALL),
        }
    }
}

/// The calculator: the questions, and what follows from the answers.
#[derive(Serialize)]
pub(super) struct CalculatorView {
    #[serde(flatten)]
    pub asked: Asked,
    pub form: FormView,
    pub results: Vec<ResultView>,
}

impl View for CalculatorView {
    const TEMPLATE: &'static str = "incident/calculator.html";
    const TITLE: &'static str = "duty-title";
}

/// What one side has to do.
#[derive(Serialize)]
pub(super) struct ResultView {
    /// Whose duty.
    pub title: String,
    /// The answer in a word or two, and its tone.
    pub answer: String,
    pub tone: &'static str,
    /// The sentences.
    pub text: Vec<String>,
    /// The days of the preliminary report (ISO), where there is a clock.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// The last day of the final report.
    pub last: Option<NaiveDate>,
}

impl CalculatorView {
    pub(super) fn new(ctx: &Ctx, form: FormView, results: Vec<ResultView>) -> Self {
        Self { asked: Asked::new(ctx.language), form, results }
    }
}

/// The results of both sides, the principal's first.
pub(super) fn results(language: Language, facts: &Facts, duties: &Duties) -> Vec<ResultView> {
    let alone = facts.contractor.is_none();
    let side = |party, duty: &Duty| {
        let who = words::who(language, party, alone);
        ResultView {
            text: words::sentences(language, &who, facts.known_on(party), duty),
            title: who,
            answer: locale::text(language, &format!("duty-answer-{}", duty.answer)),
            tone: match duty.answer {
                Answer::Required => "bad",
                Answer::NeedsReview => "warn",
                Answer::NotRequired => "good",
            },
            from: duty.preliminary.map(|window| window.from),
            to: duty.preliminary.map(|window| window.to),
            last: duty.final_by,
        }
    };
    let mut all = vec![side(Party::Principal, &duties.principal)];
    all.extend(duties.contractor.as_ref().map(|duty| side(Party::Contractor, duty)));
    all
}

/// A sample of the page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let choice = |value: &str| json!({ "value": value, "label": value, "hint": "" });
    let sample = |results: Value| {
        json!({ "form": FormView::default(), "kinds": [choice("business")],
            "contractor_kinds": [choice("none")], "certainties": [choice("yes")],
            "keys": [choice("separate")], "results": results })
    };
    let result = json!({ "title": "委託元", "answer": "報告が必要", "tone": "bad", "text": ["委託元は報告します。"],
        "from": "2026-04-03", "to": "2026-04-05", "last": "2026-04-30" });
    vec![
        (CalculatorView::TEMPLATE, sample(json!([]))),
        (CalculatorView::TEMPLATE, sample(json!([result]))),
    ]
}
