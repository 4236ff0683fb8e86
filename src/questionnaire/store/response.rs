//! The answers of a response, round by round, and how far the questionnaire has come.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::actor::Authorized;
use crate::database::schema::{answer as t, contractor, dispatch, entrustment, questionnaire as q};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::questionnaire::answer::AnswerValue;
use crate::questionnaire::entity::{Questionnaire, QuestionnaireId, QuestionnaireStatus};
use crate::questionnaire::model::QuestionId;
use crate::questionnaire::response::{AnswerId, AnswerRow, Response, Verdict};
use crate::questionnaire::response_policy::{Answer, Review};

/// Earlier questionnaires that are looked at to find last year's.
const EARLIER: i64 = 20;

/// All answers of a questionnaire, by question and round.
pub(in crate::questionnaire) fn rows(
    connection: &mut Connection,
    of: &Questionnaire,
) -> Result<Vec<AnswerRow>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::questionnaire_id.eq(of.id))
        .order((t::question_id.asc(), t::round.asc()))
        .select(AnswerRow::as_select())
        .load(connection)?)
}

/// Makes whoever else writes to this response wait until this transaction has ended.
pub(in crate::questionnaire) fn lock(tx: &mut Tx<'_>, of: &Questionnaire) -> Result<()> {
    diesel::update(q::table.find((of.tenant_id, of.id)))
        .set(q::version.eq(q::version))
        .execute(tx.connection)?;
    Ok(())
}

/// An answer as it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    /// What is answered.
    pub value: AnswerValue,
    /// What is added in words; may be empty.
    pub remark: String,
    /// Whether it is last year's, as it was.
    pub from_last_year: bool,
}

/// Adds the first answer to a question in this round.
pub(in crate::questionnaire) fn insert(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    question: &QuestionId,
    new: &NewAnswer,
) -> Result<()> {
    let of = &response.questionnaire;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::id.eq(AnswerId::new(tx.now)),
            t::questionnaire_id.eq(of.id),
            t::question_id.eq(question.as_str()),
            t::round.eq(of.round),
            t::value.eq(json_text(&new.value)?),
            t::remark.eq(&new.remark),
            t::from_last_year.eq(new.from_last_year),
            t::answered_by.eq(tx.actor.person_id()),
            t::answered_by_name.eq(tx.actor.name()),
            t::answered_at.eq(tx.now),
            t::comment.eq(""),
            t::decided_by_name.eq(""),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Changes an answer of this round that is still at its version; whether it was.
pub(in crate::questionnaire) fn update(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    row: &AnswerRow,
    new: &NewAnswer,
) -> Result<bool> {
    let found = t::table
        .find((response.questionnaire.tenant_id, row.id))
        .filter(t::version.eq(row.version));
    let changed = diesel::update(found)
        .set((
            t::value.eq(json_text(&new.value)?),
            t::remark.eq(&new.remark),
            t::from_last_year.eq(new.from_last_year),
            t::answered_by.eq(tx.actor.person_id()),
            t::answered_by_name.eq(tx.actor.name()),
            t::answered_at.eq(tx.now),
            t::version.eq(row.version + 1),
        ))
        .execute(tx.connection)?;
    Ok(changed == 1)
}

/// Keeps how many of the shown questions are answered, for lists.
pub(in crate::questionnaire) fn count(
    tx: &mut Tx<'_>,
    of: &Questionnaire,
    answered: usize,
    questions: usize,
) -> Result<()> {
    diesel::update(q::table.find((of.tenant_id, of.id)))
        .set((
            q::answered.eq(i32::try_from(answered).unwrap_or(i32::MAX)),
            q::questions.eq(i32::try_from(questions).unwrap_or(i32::MAX)),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Hands the response in, as round `round`.
pub(in crate::questionnaire) fn submit(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    round: i32,
) -> Result<()> {
    let of = &response.questionnaire;
    diesel::update(q::table.find((of.tenant_id, of.id)))
        .set((
            q::status.eq(QuestionnaireStatus::Submitted),
            q::round.eq(round),
            q::submitted_at.eq(Some(tx.now)),
            q::approved_at.eq(None::<crate::clock::Timestamp>),
            q::version.eq(q::version + 1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Keeps what the officer decided on an answer.
pub(in crate::questionnaire) fn decide(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Review>,
    row: AnswerId,
    verdict: Option<Verdict>,
    comment: &str,
) -> Result<()> {
    diesel::update(t::table.find((response.questionnaire.tenant_id, row)))
        .set((
            t::decision.eq(verdict),
            t::comment.eq(comment),
            t::decided_by_name.eq(if verdict.is_some() { tx.actor.name() } else { "" }),
            t::decided_at.eq(verdict.map(|_| tx.now)),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Adds an empty answer to a shown question that was never answered, so that it can be returned.
pub(in crate::questionnaire) fn insert_blank(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Review>,
    question: &QuestionId,
) -> Result<AnswerId> {
    let of = &response.questionnaire;
    let id = AnswerId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::id.eq(id),
            t::questionnaire_id.eq(of.id),
            t::question_id.eq(question.as_str()),
            t::round.eq(of.round),
            t::value.eq(json_text(&AnswerValue::Blank)?),
            t::remark.eq(""),
            t::from_last_year.eq(false),
            t::answered_by_name.eq(""),
            t::answered_at.eq(tx.now),
            t::comment.eq(""),
            t::decided_by_name.eq(""),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Moves the version on, so that a review begun by somebody else is seen to be stale.
pub(in crate::questionnaire) fn touch(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Review>,
) -> Result<()> {
    let of = &response.questionnaire;
    diesel::update(q::table.find((of.tenant_id, of.id)))
        .set(q::version.eq(q::version + 1))
        .execute(tx.connection)?;
    Ok(())
}

/// Ends the review with every answer accepted.
pub(in crate::questionnaire) fn approve(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Review>,
) -> Result<()> {
    let of = &response.questionnaire;
    diesel::update(q::table.find((of.tenant_id, of.id)))
        .set((
            q::status.eq(QuestionnaireStatus::Approved),
            q::approved_at.eq(Some(tx.now)),
            q::version.eq(q::version + 1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Ends the review with some answers returned: the next round begins.
pub(in crate::questionnaire) fn give_back(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Review>,
) -> Result<()> {
    let of = &response.questionnaire;
    diesel::update(q::table.find((of.tenant_id, of.id)))
        .set((
            q::status.eq(QuestionnaireStatus::Returned),
            q::round.eq(of.round + 1),
            q::version.eq(q::version + 1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Contact and message of the dispatch.
pub(in crate::questionnaire) fn dispatch_words(
    connection: &mut Connection,
    of: &Questionnaire,
) -> Result<(String, String)> {
    Ok(dispatch::table
        .find((of.tenant_id, of.dispatch_id))
        .select((dispatch::contact, dispatch::message))
        .first(connection)?)
}

/// Earlier questionnaires of the same contractor and division that were handed in, the likeliest to
/// be last year's first: of the same entrustment, of one with the same title, then by age.
pub(in crate::questionnaire) fn earlier(
    connection: &mut Connection,
    response: &Response,
) -> Result<Vec<Questionnaire>> {
    let (of, own) = (&response.questionnaire, &response.entrustment);
    let mut found: Vec<(Questionnaire, String)> =
        q::table
            .inner_join(entrustment::table.on(
                entrustment::tenant_id.eq(q::tenant_id).and(entrustment::id.eq(q::entrustment_id)),
            ))
            .filter(q::tenant_id.eq(of.tenant_id))
            .filter(q::id.lt(of.id))
            .filter(
                q::status
                    .eq(QuestionnaireStatus::Approved)
                    .or(q::status.eq(QuestionnaireStatus::Submitted)),
            )
            .filter(entrustment::contractor_id.eq(own.contractor_id))
            .filter(entrustment::division_id.eq(own.division_id))
            .order(q::id.desc())
            .limit(EARLIER)
            .select((Questionnaire::as_select(), entrustment::title))
            .load(connection)?;
    // Stable: the newest stays first among equals.
    found.sort_by_key(|(earlier, title)| (earlier.entrustment_id != own.id, *title != own.title));
    let mut seen: HashSet<QuestionnaireId> = HashSet::new();
    Ok(found.into_iter().map(|(earlier, _)| earlier).filter(|e| seen.insert(e.id)).collect())
}

/// The contractor's organisation, when it has joined.
pub(in crate::questionnaire) fn contractor_organisation(
    connection: &mut Connection,
    response: &Response,
) -> Result<Option<crate::actor::OrganisationId>> {
    let own = &response.entrustment;
    Ok(contractor::table
        .find((own.tenant_id, own.contractor_id))
        .select(contractor::organisation_id)
        .first(connection)?)
}
