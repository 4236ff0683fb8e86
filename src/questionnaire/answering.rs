//! Answering: a saved answer, a draft, last year's answer taken over, and handing in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::answer::{AnswerFault, AnswerValue, Answered, Answers};
use super::entity::{Questionnaire, QuestionnaireId};
use super::model::{Kind, Question, QuestionId, Template};
use super::response::{AnswerRow, Response};
use super::response_policy::{self, Answer};
use super::rules;
use super::store::response::NewAnswer;
use super::{response_mail, store};
use crate::actor::Authorized;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::japanese;
use crate::ledger::{self, Fact, NewEntry};
use crate::web::{Fields, Form, Invalid, Message, Rule, Settings};

/// Most characters of a remark.
pub const MAX_REMARK: usize = 2000;

/// What became of an answer that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is saved; the row has this version.
    Done(i32),
    /// Somebody else saved first; nothing was changed.
    Stale,
}

/// Whether an answer is saved for good or as a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// By the button.
    Explicit,
    /// By itself, while it is typed.
    Draft,
}

/// The response for changing it: visible to the actor, the actor's to answer, and nobody else's
/// until the transaction ends.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub fn open(tx: &mut Tx<'_>, id: QuestionnaireId) -> Result<Authorized<Response, Answer>> {
    let (questionnaire, _) = store::find(tx.connection, tx.actor, id)?;
    store::response::lock(tx, &questionnaire)?;
    let response = Response::load(tx.connection, tx.actor, id)?;
    response_policy::answer(tx.actor, response)
}

/// Saves an answer that was made from the row of `version` (0 when the question has none in this
/// round).
///
/// # Errors
/// [`Error::Conflict`] when the question isn't open; those of [`open`].
pub fn save_answer(
    tx: &mut Tx<'_>,
    id: QuestionnaireId,
    question: &QuestionId,
    version: i32,
    new: &NewAnswer,
) -> Result<Saved> {
    let response = open(tx, id)?;
    save(tx, &response, question, version, new, Saving::Explicit)
}

/// [`save_answer`] on a response that is open already.
pub(super) fn save(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Answer>,
    question: &QuestionId,
    version: i32,
    new: &NewAnswer,
    saving: Saving,
) -> Result<Saved> {
    let asked = response.question(question)?;
    if !new.value.fits(&asked.kind) {
        return Err(Error::BadRequest("answer"));
    }
    if !response.takes(question) {
        return Err(Error::Conflict("response-closed"));
    }
    let row = response.current(question);
    if row.map_or(0, |row| row.version) != version {
        return Ok(Saved::Stale);
    }
    match row {
        None => store::response::insert(tx, response, question, new)?,
        Some(row) if !store::response::update(tx, response, row, new)? => {
            return Ok(Saved::Stale);
        }
        Some(_) => {}
    }
    recount(tx, response)?;
    match saving {
        Saving::Explicit => entry(tx, response, "response.saved", answer_facts(asked, new)?)?,
        Saving::Draft if row.is_none() => {
            let facts = vec![("question", json!(question)), ("number", json!(asked.number))];
            entry(tx, response, "response.drafted", facts)?;
        }
        Saving::Draft => {}
    }
    Ok(Saved::Done(version + 1))
}

/// Keeps the counters of lists in step with the answers, which have just changed.
pub(super) fn recount(tx: &mut Tx<'_>, response: &Response) -> Result<()> {
    let (questionnaire, entrustment) =
        store::find(tx.connection, tx.actor, response.questionnaire.id)?;
    let now = Response::of(tx.connection, questionnaire, entrustment)?;
    let progress = now.progress();
    store::response::count(tx, &now.questionnaire, progress.answered, progress.visible)
}

/// What the ledger keeps of an answer: not its words, which may say more than they should, but
/// their hash.
fn answer_facts(question: &Question, new: &NewAnswer) -> Result<Vec<Fact>> {
    let said = serde_json::to_vec(&json!({ "value": new.value, "remark": new.remark }))?;
    Ok(vec![
        ("question", json!(question.id)),
        ("number", json!(question.number)),
        ("sha256", json!(hex::encode(Sha256::digest(said)))),
        ("from_last_year", json!(new.from_last_year)),
    ])
}

/// Appends an entry about a response.
pub(super) fn entry(
    tx: &mut Tx<'_>,
    response: &Response,
    act: &'static str,
    mut details: Vec<Fact>,
) -> Result<()> {
    let of = &response.questionnaire;
    details.push(("round", json!(of.round)));
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "questionnaire",
            subject_id: of.id.as_str(),
            entrustment_id: Some(of.entrustment_id.as_str()),
            details,
        },
    )
}

/// Hands a complete response in as `round`, and tells the division's officers. The attestation
/// calls this, in its own transaction.
///
/// # Errors
/// Those of the database.
pub fn hand_in(
    tx: &mut Tx<'_>,
    settings: &Settings,
    response: &Authorized<Response, Answer>,
    round: i32,
) -> Result<()> {
    store::response::submit(tx, response, round)?;
    let progress = response.progress();
    store::response::count(tx, &response.questionnaire, progress.answered, progress.visible)?;
    response_mail::handed_in(tx, settings, response)
}

/// Reads the form of a question. Without an answer it is no answer to save for good.
pub(super) fn command(
    question: &Question,
    form: &Form,
    before: Option<&AnswerRow>,
    has_evidence: bool,
    saving: Saving,
) -> Result<NewAnswer, Invalid> {
    let mut f = Fields::of(form);
    let value = match value(&question.kind, form, has_evidence) {
        Ok(value) => Some(value),
        Err(fault) => {
            f.error("answer", fault_message(&fault));
            None
        }
    };
    let blank = value.as_ref().is_some_and(AnswerValue::is_blank);
    if saving == Saving::Explicit && blank && !question.blank_is_an_answer() {
        match question.kind {
            Kind::File => f.error("evidence", Message::new("response-error-file-first")),
            Kind::Number { .. } | Kind::Date | Kind::Text { .. } => {
                f.error("answer", Message::new("error-required"));
            }
            _ => f.error("answer", Message::new("error-choose-one")),
        }
    }
    let remark = f.optional("remark", Rule::text(MAX_REMARK));
    f.finish(|| {
        let value = value?;
        let kept = before.is_some_and(|row| row.from_last_year && row.value.0 == value);
        Some(NewAnswer { value, remark: remark?, from_last_year: kept })
    })
}

fn value(kind: &Kind, form: &Form, has_evidence: bool) -> Result<AnswerValue, AnswerFault> {
    if *kind == Kind::File {
        return Ok(if has_evidence { AnswerValue::File } else { AnswerValue::Blank });
    }
    let raw: Vec<String> = form.values("answer").map(str::to_owned).collect();
    AnswerValue::parse(kind, &raw, parse_date)
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    japanese::parse_date(text).ok()
}

fn fault_message(fault: &AnswerFault) -> Message {
    fault.args().into_iter().fold(Message::new(fault.key()), |m, (name, value)| m.with(name, value))
}

/// Last year's questionnaire of the same contractor and family.
#[derive(Clone, Debug)]
pub struct LastYear {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Its questions.
    pub template: Template,
    /// Its answers.
    pub answers: Answers,
}

impl LastYear {
    /// Last year's questionnaire for a response, when there is one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(connection: &mut Connection, response: &Response) -> Result<Option<Self>> {
        for earlier in store::response::earlier(connection, response)? {
            let template = store::frozen(connection, &earlier.frozen_hash)?;
            if template.id == response.template.id {
                let last = Response::of(connection, earlier, response.entrustment.clone())?;
                let answers = last.answers();
                return Ok(Some(Self { questionnaire: last.questionnaire, template, answers }));
            }
        }
        Ok(None)
    }

    /// Last year's answer to a question.
    #[must_use]
    pub fn answered(&self, question: &QuestionId) -> Option<&Answered> {
        self.answers.get(question).filter(|a| !a.value.is_blank())
    }

    /// The answers that can be taken over.
    #[must_use]
    pub fn offer(&self, template: &Template) -> BTreeMap<QuestionId, AnswerValue> {
        rules::offer_last_year(&self.template, &self.answers, template)
    }
}

/// Takes last year's answer over. A remark that was typed stays; without one last year's is taken.
///
/// # Errors
/// [`Error::Conflict`] when there is no such answer any more; those of [`save_answer`].
pub fn take_over(
    tx: &mut Tx<'_>,
    id: QuestionnaireId,
    question: &QuestionId,
    version: i32,
    remark: &str,
) -> Result<Saved> {
    let response = open(tx, id)?;
    let last = LastYear::of(tx.connection, &response)?;
    let last = last.ok_or(Error::Conflict("response-no-last-year"))?;
    let value = last.offer(&response.template).remove(question);
    let value = value.ok_or(Error::Conflict("response-no-last-year"))?;
    let theirs = last.answered(question).map_or("", |answered| &answered.remark);
    let remark = if remark.is_empty() { theirs } else { remark }.to_owned();
    let new = NewAnswer { value, remark, from_last_year: true };
    save(tx, &response, question, version, &new, Saving::Explicit)
}

/// Whom the contractor may ask about a questionnaire.
///
/// # Errors
/// Those of the database.
pub fn contact(connection: &mut Connection, response: &Response) -> Result<String> {
    Ok(store::response::dispatch_words(connection, &response.questionnaire)?.0)
}
