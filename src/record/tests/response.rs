//! The sample's answers, evidence and attestations.

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use serde_json::json;

use super::sample::{PRINCIPAL, QUESTIONNAIRE, entry, text};
use crate::attestation::{Attested, Binding, ClauseSet, EvidenceHash, Exception};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::database::schema as t;
use crate::database::types::json_text;
use crate::error::Result;
use crate::questionnaire::{
    AnswerValue, Answered, Answers, Facts, Kind as Asked, Question, QuestionId, Template, YesNo,
    findings, shown_answers, visible,
};

pub fn answered(value: AnswerValue, round: u16) -> Answered {
    let remark = if round == 2 {
        "研修は4月1日に行いました。記録を添えます。"
    } else {
        ""
    };
    Answered { value, remark: remark.into(), round }
}

/// The question about training whose answer is returned: the first yes-or-no one of section B.
pub fn trained(template: &Template) -> QuestionId {
    let yes_no = |q: &&Question| matches!(q.kind, Asked::YesNoNa { .. });
    template.sections[1].questions.iter().find(yes_no).unwrap().id.clone()
}

/// Answers to all questions that are shown: good ones, but for two.
pub fn first_answers(template: &Template) -> Answers {
    let no = AnswerValue::YesNo { value: YesNo::No };
    let mut answers = Answers::new();
    for question in template.questions() {
        let good = candidates(question)
            .into_iter()
            .find(|value| {
                let one = Answers::from([(question.id.clone(), answered(value.clone(), 1))]);
                findings(template, &one, Facts::default()).is_empty()
            })
            .unwrap();
        answers.insert(question.id.clone(), answered(good, 1));
    }
    answers.insert(trained(template), answered(no.clone(), 1));
    if let Some(answer) =
        answers.values_mut().filter(|a| matches!(a.value, AnswerValue::YesNo { .. })).last()
    {
        answer.value = no;
    }
    let shown = visible(template, &answers, Facts::default());
    answers.retain(|id, _| shown.contains(id));
    answers
}

fn candidates(question: &Question) -> Vec<AnswerValue> {
    let option = |o: &crate::questionnaire::ChoiceOption| o.id.clone();
    match &question.kind {
        Asked::YesNoNa { .. } => {
            [YesNo::Yes, YesNo::No].map(|value| AnswerValue::YesNo { value }).into()
        }
        Asked::Choice { options } => {
            options.iter().map(|o| AnswerValue::Choice { option: option(o) }).collect()
        }
        Asked::Choices { options } => {
            options.iter().map(|o| AnswerValue::Choices { options: vec![option(o)] }).collect()
        }
        Asked::Number { min, max, .. } => {
            [*min, min + 1, min + 12, *max].map(|value| AnswerValue::Number { value }).into()
        }
        Asked::Date => {
            vec![AnswerValue::Date { value: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() }]
        }
        Asked::Text { .. } => vec![AnswerValue::Text {
            value: "髙﨑クラウド（国内、暗号化して保管）、𠮷野家ビル3階の施錠した書庫".into(),
        }],
        Asked::File => vec![AnswerValue::File],
    }
}

pub fn insert_answer(
    tx: &mut Tx<'_>,
    question: &QuestionId,
    answer: &Answered,
    decision: &str,
) -> Result<()> {
    use t::answer as a;
    let comment =
        if decision == "returned" { "研修の日付を補ってください" } else { "" };
    diesel::insert_into(a::table)
        .values((
            (
                a::tenant_id.eq(text(PRINCIPAL)),
                a::id.eq(uuid::Uuid::now_v7().to_string()),
                a::questionnaire_id.eq(text(QUESTIONNAIRE)),
                a::question_id.eq(question.as_str()),
                a::round.eq(i32::from(answer.round)),
                a::value.eq(json_text(&answer.value)?),
                a::remark.eq(&answer.remark),
                a::from_last_year.eq(false),
                a::answered_by.eq(None::<String>),
                a::answered_by_name.eq(tx.actor.name()),
                a::answered_at.eq(tx.now),
            ),
            a::decision.eq(Some(decision)),
            a::comment.eq(comment),
            a::decided_by_name.eq("﨑山 葉子"),
            a::decided_at.eq(Some(tx.now + Duration::hours(3))),
            a::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

const PROOF: (&str, &str) = (
    "体制図_令和8年度_髙橋事務所.pdf",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
);

pub fn insert_proof(tx: &mut Tx<'_>) -> Result<()> {
    use t::evidence as e;
    diesel::insert_into(e::table)
        .values((
            e::tenant_id.eq(text(PRINCIPAL)),
            e::id.eq(text(400)),
            e::questionnaire_id.eq(text(QUESTIONNAIRE)),
            e::question_id.eq("q01"),
            e::round.eq(1),
            e::file_name.eq(PROOF.0),
            e::media_type.eq("application/pdf"),
            e::size.eq(204_800_i64),
            e::sha256.eq(PROOF.1),
            e::object.eq("x"),
            e::added_by_name.eq(tx.actor.name()),
            e::added_at.eq(tx.now),
            e::removed_at.eq(None::<Timestamp>),
        ))
        .execute(tx.connection)?;
    Ok(())
}

pub fn attest(tx: &mut Tx<'_>, template: &Template, answers: &Answers, round: i32) -> Result<()> {
    use t::attestation as a;
    let clauses = ClauseSet::built_in()?.remove(0);
    let allowed = clauses.clauses.iter().find(|c| c.exception_allowed).unwrap();
    let exceptions = [Exception {
        clause: allowed.id.clone(),
        reason: "事務所が1名のため、二人目の確認者を置けない。".into(),
        measure: "送付の前に1時間をおいて、同じ者が宛先をもう一度確認する。".into(),
    }];
    let evidence = [EvidenceHash {
        question: "q01".parse().unwrap(),
        file_name: PROOF.0.into(),
        sha256: PROOF.1.into(),
    }];
    let binding = Binding::of(&Attested {
        template,
        answers: &shown_answers(template, answers, Facts::default()),
        evidence: &evidence,
        clauses: &clauses,
        my_number: false,
        exceptions: &exceptions,
    })?;
    diesel::insert_into(a::table)
        .values((
            (
                a::tenant_id.eq(text(PRINCIPAL)),
                a::id.eq(text(500 + u32::try_from(round).unwrap())),
                a::questionnaire_id.eq(text(QUESTIONNAIRE)),
                a::round.eq(round),
                a::clauses.eq("standard"),
                a::clauses_version.eq(1),
                a::exceptions.eq(json_text(&exceptions)?),
                a::questions_hash.eq(&binding.questions),
                a::answers_hash.eq(&binding.answers),
                a::evidence_hash.eq(&binding.evidence),
                a::clauses_hash.eq(&binding.clauses),
            ),
            a::binding_hash.eq(&binding.hash),
            a::name.eq(tx.actor.name()),
            a::title.eq("個人情報保護責任者"),
            a::person_id.eq(None::<String>),
            a::attested_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    entry(
        tx,
        "entrustment.changed",
        vec![("round", json!(round)), ("binding", json!(binding.hash))],
    )
}
