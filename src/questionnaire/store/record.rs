//! The questionnaires of an entrustment with all that was handed in, for the audit record.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::answer::AnswerValue;
use super::super::entity::{Questionnaire, QuestionnaireId};
use super::super::model::{QuestionId, Template};
use super::super::record::{Decided, Filed, Given, Proof, facts_of};
use super::super::rules::Decision;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{answer, evidence, frozen_template, questionnaire};
use crate::database::types::Json;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};

/// The questionnaires of an entrustment, oldest first, in four queries.
///
/// # Errors
/// Those of the database; [`Error::Internal`] when what is stored can't be read.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Filed>> {
    let all: Vec<Questionnaire> = questionnaire::table
        .filter(questionnaire::tenant_id.eq(entrustment.tenant_id))
        .filter(questionnaire::entrustment_id.eq(entrustment.id))
        .order((questionnaire::created_at.asc(), questionnaire::id.asc()))
        .select(Questionnaire::as_select())
        .load(connection)?;
    let templates = templates(connection, &all)?;
    let facts = facts_of(entrustment);
    let mut answers = answers(connection, entrustment, &all)?;
    let mut proofs = proofs(connection, entrustment, &all)?;
    all.into_iter()
        .map(|questionnaire| {
            let template = templates.get(&questionnaire.frozen_hash).ok_or(Error::NotFound)?;
            let answers = answers.remove(&questionnaire.id).unwrap_or_default();
            let proofs = proofs.remove(&questionnaire.id).unwrap_or_default();
            Ok(Filed::new(questionnaire, template.clone(), facts, answers, proofs))
        })
        .collect()
}

fn templates(
    connection: &mut Connection,
    all: &[Questionnaire],
) -> Result<HashMap<String, Template>> {
    let hashes: Vec<&str> = all.iter().map(|q| q.frozen_hash.as_str()).collect();
    let rows: Vec<(String, String)> = frozen_template::table
        .filter(frozen_template::hash.eq_any(hashes))
        .select((frozen_template::hash, frozen_template::body))
        .load(connection)?;
    rows.into_iter()
        .map(|(hash, body)| Ok((hash, Template::parse(&body).map_err(Error::internal)?)))
        .collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = answer)]
struct AnswerRow {
    questionnaire_id: QuestionnaireId,
    question_id: String,
    round: i32,
    value: Json<AnswerValue>,
    remark: String,
    answered_by_name: String,
    answered_at: Timestamp,
    decision: Option<String>,
    comment: String,
    decided_by_name: String,
    decided_at: Option<Timestamp>,
}

fn answers(
    connection: &mut Connection,
    entrustment: &Entrustment,
    all: &[Questionnaire],
) -> Result<HashMap<QuestionnaireId, Vec<Given>>> {
    let ids: Vec<QuestionnaireId> = all.iter().map(|q| q.id).collect();
    let rows: Vec<AnswerRow> = answer::table
        .filter(answer::tenant_id.eq(entrustment.tenant_id))
        .filter(answer::questionnaire_id.eq_any(ids))
        .order((answer::question_id.asc(), answer::round.asc()))
        .select(AnswerRow::as_select())
        .load(connection)?;
    let mut answers: HashMap<QuestionnaireId, Vec<Given>> = HashMap::new();
    for row in rows {
        answers.entry(row.questionnaire_id).or_default().push(row.given()?);
    }
    Ok(answers)
}

impl AnswerRow {
    fn given(self) -> Result<Given> {
        let decision = match self.decision.as_deref() {
            Some("accepted") => Some(Decision::Accepted),
            Some("returned") => Some(Decision::Returned),
            _ => None,
        };
        let decided = decision.zip(self.decided_at).map(|(decision, at)| Decided {
            decision,
            comment: self.comment,
            by: self.decided_by_name,
            at,
        });
        Ok(Given {
            question: question(self.question_id)?,
            round: round(self.round)?,
            value: self.value.0,
            remark: self.remark,
            by: self.answered_by_name,
            at: self.answered_at,
            decided,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence)]
struct ProofRow {
    questionnaire_id: QuestionnaireId,
    question_id: String,
    round: i32,
    file_name: String,
    size: i64,
    sha256: String,
    added_by_name: String,
    added_at: Timestamp,
    removed_at: Option<Timestamp>,
}

fn proofs(
    connection: &mut Connection,
    entrustment: &Entrustment,
    all: &[Questionnaire],
) -> Result<HashMap<QuestionnaireId, Vec<Proof>>> {
    let ids: Vec<QuestionnaireId> = all.iter().map(|q| q.id).collect();
    let rows: Vec<ProofRow> = evidence::table
        .filter(evidence::tenant_id.eq(entrustment.tenant_id))
        .filter(evidence::questionnaire_id.eq_any(ids))
        .order((evidence::question_id.asc(), evidence::added_at.asc(), evidence::sha256.asc()))
        .select(ProofRow::as_select())
        .load(connection)?;
    let mut proofs: HashMap<QuestionnaireId, Vec<Proof>> = HashMap::new();
    for row in rows {
        proofs.entry(row.questionnaire_id).or_default().push(Proof {
            question: question(row.question_id)?,
            round: round(row.round)?,
            file_name: row.file_name,
            size: row.size,
            sha256: row.sha256,
            by: row.added_by_name,
            at: row.added_at,
            removed_at: row.removed_at,
        });
    }
    Ok(proofs)
}

fn question(id: String) -> Result<QuestionId> {
    QuestionId::try_from(id).map_err(Error::internal)
}

fn round(round: i32) -> Result<u16> {
    u16::try_from(round).map_err(Error::internal)
}
