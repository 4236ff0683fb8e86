//! What changed: since last year, and between two rounds.

use std::collections::BTreeMap;
use std::mem::discriminant;

use serde::Serialize;

use crate::questionnaire::answer::{AnswerValue, Answered, Answers};
use crate::questionnaire::model::{QuestionId, Template};

/// How an answer stands to last year's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// As last year.
    Same,
    /// Another answer than last year.
    Changed {
        /// Last year's.
        before: AnswerValue,
    },
    /// Not answered last year.
    New,
}

/// An answer that changed from one round to a later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundChange {
    /// To which question.
    pub question: QuestionId,
    /// In the earlier round, when it was answered there.
    pub before: Option<Answered>,
    /// In the later round, when it was answered there.
    pub after: Option<Answered>,
}

/// How each answer of now stands to last year's. Remarks aren't compared; a question without an
/// answer now isn't listed.
#[must_use]
pub fn changed_since(
    last: &Answers,
    now: &Answers,
    template: &Template,
) -> BTreeMap<QuestionId, Change> {
    let change = |id: &QuestionId, value: &AnswerValue| match last.get(id) {
        Some(before) if before.value == *value => Change::Same,
        Some(before) if !before.value.is_blank() => {
            Change::Changed { before: before.value.clone() }
        }
        _ => Change::New,
    };
    template
        .questions()
        .filter_map(|q| Some((&q.id, &now.get(&q.id)?.value)))
        .map(|(id, value)| (id.clone(), change(id, value)))
        .collect()
}

/// Last year's answers that can be taken over: to questions that are still there, are answered in
/// the same way, and still allow this answer. Evidence is always new, so files aren't offered.
#[must_use]
pub fn offer_last_year(
    last_template: &Template,
    last_answers: &Answers,
    template: &Template,
) -> BTreeMap<QuestionId, AnswerValue> {
    let mut offer = BTreeMap::new();
    for question in template.questions() {
        let asked = last_template.question(&question.id);
        let given = last_answers.get(&question.id).map(|a| &a.value);
        let (Some(asked), Some(value)) = (asked, given) else {
            continue;
        };
        let carried = !matches!(value, AnswerValue::File | AnswerValue::Blank);
        let alike = discriminant(&asked.kind) == discriminant(&question.kind);
        if carried && alike && value.fits(&question.kind) {
            offer.insert(question.id.clone(), value.clone());
        }
    }
    offer
}

/// The answers that differ, in value or remark, between two rounds, in the template's order.
#[must_use]
pub fn compare_rounds(earlier: &Answers, later: &Answers, template: &Template) -> Vec<RoundChange> {
    let said = |answered: &Answered| (answered.value.clone(), answered.remark.clone());
    template
        .questions()
        .map(|q| (&q.id, earlier.get(&q.id), later.get(&q.id)))
        .filter(|(_, before, after)| before.map(said) != after.map(said))
        .map(|(id, before, after)| RoundChange {
            question: id.clone(),
            before: before.cloned(),
            after: after.cloned(),
        })
        .collect()
}
