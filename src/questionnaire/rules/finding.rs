//! Findings and the score.

use serde::Serialize;

use super::{Facts, visible};
use crate::questionnaire::answer::{AnswerValue, Answers};
use crate::questionnaire::model::{
    Question, QuestionId, Severity, Template, Text, Trigger, When, YesNo,
};

/// What an answer lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// On which question.
    pub question: QuestionId,
    /// How grave: of several reasons, the gravest.
    pub severity: Severity,
    /// What it says.
    pub text: Text,
}

/// How well the rules are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The weight of the questions that are met.
    pub points: u32,
    /// The weight of the questions that apply.
    pub of: u32,
    /// `points` of `of`, rounded down; 100 when nothing applies.
    pub percent: u32,
    /// How many findings are grave.
    pub high: u32,
    /// How many are of medium weight.
    pub medium: u32,
    /// How many are light.
    pub low: u32,
}

/// The findings, in the order of the questions, at most one each. A hidden question makes none,
/// nor does one that was never saved; 該当なし makes one only where the template says so.
#[must_use]
pub fn findings(template: &Template, answers: &Answers, facts: Facts) -> Vec<Finding> {
    let shown = visible(template, answers, facts);
    let asked = template.questions().filter(|q| shown.contains(&q.id));
    asked
        .filter_map(|question| {
            let severity = severity(question, &answers.get(&question.id)?.value)?;
            Some(Finding {
                question: question.id.clone(),
                severity,
                text: question.finding_text.clone(),
            })
        })
        .collect()
}

/// The score. Every shown question that can make a finding weighs what its gravest finding weighs:
/// 重大 5, 中 3, 軽微 1. Those answered 該当なし without a finding don't apply and are left out. A
/// question is met, and gives its whole weight, when it is answered without a finding; a finding of
/// any severity, or no answer yet, gives nothing.
#[must_use]
pub fn score(template: &Template, answers: &Answers, facts: Facts) -> Score {
    let shown = visible(template, answers, facts);
    let mut score = Score { points: 0, of: 0, percent: 100, high: 0, medium: 0, low: 0 };
    for question in template.questions().filter(|q| shown.contains(&q.id)) {
        let value = answers.get(&question.id).map(|a| &a.value);
        score.count(question, value.unwrap_or(&AnswerValue::Blank), value.is_some());
    }
    score.percent = (score.points * 100).checked_div(score.of).unwrap_or(100);
    score
}

impl Score {
    fn count(&mut self, question: &Question, value: &AnswerValue, saved: bool) {
        let Some(gravest) = question.gravest() else {
            return;
        };
        let found = saved.then(|| severity(question, value)).flatten();
        let left_out = AnswerValue::YesNo { value: YesNo::NotApplicable };
        if found.is_none() && *value == left_out {
            return;
        }
        self.of += gravest.weight();
        match found {
            Some(Severity::High) => self.high += 1,
            Some(Severity::Medium) => self.medium += 1,
            Some(Severity::Low) => self.low += 1,
            None if !value.is_blank() => self.points += gravest.weight(),
            None => {}
        }
    }
}

/// How grave this answer is, when it is a finding.
fn severity(question: &Question, value: &AnswerValue) -> Option<Severity> {
    let triggered = question.findings.iter().filter(|t| is_hit(t, value));
    let chosen = question.kind.options().iter().filter(|o| match value {
        AnswerValue::Choice { option } => o.id == *option,
        AnswerValue::Choices { options } => options.contains(&o.id),
        _ => false,
    });
    let severities = triggered.map(|t| t.severity);
    severities.chain(chosen.filter_map(|o| o.finding)).max()
}

fn is_hit(trigger: &Trigger, value: &AnswerValue) -> bool {
    match (trigger.when, value) {
        (When::Answer(word), AnswerValue::YesNo { value }) => *value == word,
        (When::GreaterThan(limit), AnswerValue::Number { value }) => *value > limit,
        (When::LessThan(limit), AnswerValue::Number { value }) => *value < limit,
        (When::Blank, AnswerValue::Blank) => true,
        _ => false,
    }
}
