//! What keeps a template from being published.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Condition, Kind, Question, QuestionId, Section, Template, Text, When, YesNo};

const MAX_QUESTIONS: usize = 300;
const MAX_SECTIONS: usize = 50;
const MAX_PAPERS: usize = 50;
const MAX_OPTIONS: usize = 50;
const MAX_TEXT: usize = 4000;

/// Something that keeps a template from being published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TemplateFault {
    /// The section, when it is of one.
    pub section: Option<String>,
    /// The question, when it is of one.
    pub question: Option<QuestionId>,
    /// The message.
    pub key: &'static str,
}

/// Whether a name is `[a-z0-9_-]{1,40}`.
pub(super) fn is_short_name(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

impl Template {
    /// What keeps this template from being published; nothing, when it can be.
    #[must_use]
    pub fn check(&self) -> Vec<TemplateFault> {
        let mut faults: Vec<TemplateFault> =
            self.head_faults().into_iter().map(|key| fault(None, None, key)).collect();
        let mut sections = BTreeSet::new();
        let mut earlier = BTreeMap::new();
        let mut number = 0_u16;
        for section in &self.sections {
            let repeated = !sections.insert(section.id.as_str());
            let keys = section_faults(section, repeated);
            faults.extend(keys.into_iter().map(|k| fault(Some(section), None, k)));
            for question in &section.questions {
                number = number.saturating_add(1);
                let keys = question_faults(question, number, &earlier);
                faults.extend(keys.into_iter().map(|k| fault(Some(section), Some(question), k)));
                earlier.insert(&question.id, question);
            }
        }
        faults
    }

    fn head_faults(&self) -> Vec<&'static str> {
        let title_missing = self.title.is_blank();
        let texts = [&self.title, &self.introduction].into_iter().chain(&self.papers);
        let questions = self.questions().count();
        let too_many = questions > MAX_QUESTIONS
            || self.sections.len() > MAX_SECTIONS
            || self.papers.len() > MAX_PAPERS;
        named([
            (!is_short_name(&self.id), "template-fault-id"),
            (self.version == 0, "template-fault-version"),
            (title_missing, "template-fault-title"),
            (any_long(texts), "template-fault-text-length"),
            (questions == 0, "template-fault-no-question"),
            (too_many, "template-fault-too-many"),
        ])
    }
}

fn section_faults(section: &Section, repeated: bool) -> Vec<&'static str> {
    let name = section.id.to_ascii_lowercase();
    named([
        (!is_short_name(&name), "template-fault-id"),
        (repeated, "template-fault-duplicate-id"),
        (section.title.is_blank(), "template-fault-title"),
        (any_long([&section.title, &section.description]), "template-fault-text-length"),
        (section.questions.is_empty(), "template-fault-empty-section"),
    ])
}

type Earlier<'a> = BTreeMap<&'a QuestionId, &'a Question>;

fn question_faults(question: &Question, number: u16, earlier: &Earlier) -> Vec<&'static str> {
    let repeated = earlier.contains_key(&question.id);
    let texts = [&question.text, &question.support, &question.guidance, &question.finding_text];
    let labels = question.kind.options().iter().map(|o| &o.label);
    let all = texts.into_iter().chain(labels).chain(&question.evidence_hint);
    let silent = question.gravest().is_some() && question.finding_text.is_blank();
    let mut keys = named([
        (repeated, "template-fault-duplicate-id"),
        (question.number != number, "template-fault-number"),
        (question.text.is_blank(), "template-fault-title"),
        (any_long(all), "template-fault-text-length"),
        (silent, "template-fault-finding-text"),
        (triggers_misfit(question), "template-fault-trigger"),
    ]);
    keys.extend(kind_faults(&question.kind));
    keys.extend(question.shown_if.as_ref().and_then(|c| condition_fault(c, earlier)));
    keys
}

fn kind_faults(kind: &Kind) -> Vec<&'static str> {
    match kind {
        Kind::Choice { options } | Kind::Choices { options } => {
            let ids: BTreeSet<_> = options.iter().map(|o| &o.id).collect();
            named([
                (options.len() < 2, "template-fault-options"),
                (options.len() > MAX_OPTIONS, "template-fault-too-many"),
                (ids.len() < options.len(), "template-fault-duplicate-option"),
                (!ids.into_iter().all(|id| is_short_name(id)), "template-fault-option-id"),
                (options.iter().any(|o| o.label.is_blank()), "template-fault-option-label"),
            ])
        }
        Kind::Number { min, max, unit } => named([
            (min > max, "template-fault-number-range"),
            (any_long([unit]), "template-fault-text-length"),
        ]),
        Kind::Text { max } => {
            named([(*max == 0 || usize::from(*max) > MAX_TEXT, "template-fault-text-max")])
        }
        Kind::YesNoNa { .. } | Kind::Date | Kind::File => Vec::new(),
    }
}

/// Whether a trigger waits for an answer that the kind can't have.
fn triggers_misfit(question: &Question) -> bool {
    let fits = |when: When| match (when, &question.kind) {
        (When::Answer(YesNo::NotApplicable), Kind::YesNoNa { na_allowed }) => *na_allowed,
        (When::Answer(_), Kind::YesNoNa { .. })
        | (When::GreaterThan(_) | When::LessThan(_), Kind::Number { .. })
        | (When::Blank, _) => true,
        _ => false,
    };
    !question.findings.iter().all(|t| fits(t.when))
}

fn condition_fault(condition: &Condition, earlier: &Earlier) -> Option<&'static str> {
    let Condition::Answer { question, any_of } = condition else {
        return None;
    };
    let Some(asked) = earlier.get(question) else {
        return Some("template-fault-condition-question");
    };
    let can_be_answered = |answer: &String| match &asked.kind {
        Kind::YesNoNa { na_allowed } => {
            YesNo::parse(answer).is_some_and(|w| *na_allowed || w != YesNo::NotApplicable)
        }
        kind => kind.option(answer).is_some(),
    };
    let answerable = !any_of.is_empty() && any_of.iter().all(can_be_answered);
    (!answerable).then_some("template-fault-condition-option")
}

fn any_long<'a>(texts: impl IntoIterator<Item = &'a Text>) -> bool {
    let long = |text: &str| text.chars().nth(MAX_TEXT).is_some();
    texts.into_iter().any(|t| long(&t.ja) || long(&t.en))
}

fn named<const N: usize>(faults: [(bool, &'static str); N]) -> Vec<&'static str> {
    let present = faults.into_iter().filter(|(is, _)| *is);
    present.map(|(_, key)| key).collect()
}

fn fault(
    section: Option<&Section>,
    question: Option<&Question>,
    key: &'static str,
) -> TemplateFault {
    TemplateFault {
        section: section.map(|s| s.id.clone()),
        question: question.map(|q| q.id.clone()),
        key,
    }
}
