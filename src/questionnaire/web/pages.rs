//! How the contractor's pages are put together out of a response.

use std::collections::BTreeSet;

use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::jst_date;
use crate::organisation::{self, contractor};
use crate::questionnaire::answer::AnswerValue;
use crate::questionnaire::answering::LastYear;
use crate::questionnaire::evidence::ACCEPT;
use crate::questionnaire::model::{Evidence, Kind, Question, QuestionId, Section};
use crate::questionnaire::response::{Response, Verdict};
use crate::questionnaire::review::Seal;
use crate::questionnaire::rules::{self, SectionProgress, SectionStatus};
use crate::questionnaire::store;
use crate::questionnaire::views::response::{
    CommentView, ConflictView, LastYearView, Next, QuestionView, QuestionWords, ReturnedLine,
    SectionTask, Sibling, TasksView,
};
use crate::questionnaire::views::words::{HeadView, change, files, said};
use crate::web::locale::{self, ArgValue};
use crate::web::{Choice, Ctx, Form, FormView, Language};

/// The head of a page about a response.
///
/// # Errors
/// Those of the database.
pub fn head(c: &mut Connection, ctx: &Ctx, response: &Response) -> Result<HeadView> {
    let own = &response.entrustment;
    let principal = organisation::find(c, own.tenant_id)?.name;
    let contractor = contractor::find(c, own.tenant_id, own.contractor_id)?.name;
    Ok(HeadView::of(ctx.language, response, (principal, contractor), jst_date(ctx.now)))
}

/// The address of a question's page.
pub(super) fn question_path(response: &Response, question: &QuestionId) -> String {
    format!("/questionnaires/{}/questions/{question}", response.questionnaire.id)
}

/// The task list.
pub(super) fn tasks(
    c: &mut Connection,
    ctx: &Ctx,
    response: &Response,
    seal: Option<Seal>,
) -> Result<TasksView> {
    let lang = ctx.language.as_str();
    let progress = response.progress();
    let (contact, message) = store::response::dispatch_words(c, &response.questionnaire)?;
    let sections = response.template.sections.iter().zip(&progress.sections);
    Ok(TasksView {
        head: head(c, ctx, response)?,
        introduction: response.template.introduction.get(lang).to_owned(),
        minutes: response.template.minutes,
        papers: response.template.papers.iter().map(|p| p.get(lang).to_owned()).collect(),
        contact,
        message,
        answered: progress.answered,
        asked: progress.visible,
        sections: sections.map(|(s, p)| section_task(ctx, response, s, p)).collect(),
        last_year: last_year_at(c, response)?,
        next: next(ctx, response, &progress.unanswered, seal.as_ref()),
        returned: returned(ctx.language, response),
        is_open: response.status().is_open(),
        seal,
    })
}

fn last_year_at(c: &mut Connection, response: &Response) -> Result<Option<Timestamp>> {
    let last = LastYear::of(c, response)?;
    Ok(last.and_then(|last| last.questionnaire.submitted_at))
}

fn next(
    ctx: &Ctx,
    response: &Response,
    unanswered: &[QuestionId],
    seal: Option<&Seal>,
) -> Option<Next> {
    let check = format!("/questionnaires/{}/check", response.questionnaire.id);
    if !response.status().is_open() {
        let broken = seal.is_some_and(|seal| !seal.broken.is_empty());
        return broken.then(|| Next { href: check, label: ctx.text("response-next-attest-again") });
    }
    let Some(first) = unanswered.first() else {
        return Some(Next { href: check, label: ctx.text("response-next-check") });
    };
    let begun = response.rows.iter().any(|row| row.round == response.questionnaire.round);
    let key = if begun { "response-next-continue" } else { "response-next-start" };
    Some(Next { href: question_path(response, first), label: ctx.text(key) })
}

fn section_task(
    ctx: &Ctx,
    response: &Response,
    section: &Section,
    progress: &SectionProgress,
) -> SectionTask {
    let shown = response.visible();
    let first = section.questions.iter().map(|q| &q.id).find(|id| shown.contains(*id));
    let target = progress.unanswered.first().or(first);
    let (key, tone) = match progress.status {
        SectionStatus::NotStarted => ("common-status-not-started", "neutral"),
        SectionStatus::InProgress => ("common-status-in-progress", "progress"),
        SectionStatus::Done => ("common-status-done", "good"),
        SectionStatus::Returned => ("common-status-returned", "warn"),
    };
    let args =
        [("answered", ArgValue::from(progress.answered)), ("asked", progress.visible.into())];
    SectionTask {
        title: section.title.get(ctx.language.as_str()).to_owned(),
        href: target.map(|id| question_path(response, id)),
        hint: locale::text_with(ctx.language, "response-section-hint", &args),
        status: ctx.text(key),
        tone,
        answered: progress.answered,
        asked: progress.visible,
    }
}

/// The questions that came back in the latest review, answered anew or not.
fn returned(language: Language, response: &Response) -> Vec<ReturnedLine> {
    if !response.status().is_open() {
        return Vec::new();
    }
    let before = response.rows_of_round(response.questionnaire.round - 1);
    let questions = response.template.questions();
    questions
        .filter_map(|question| {
            let row = before.get(&question.id)?;
            (row.decision == Some(Verdict::Returned)).then(|| ReturnedLine {
                number: question.number,
                text: question.text.get(language.as_str()).to_owned(),
                href: question_path(response, &question.id),
                comment: row.comment.clone(),
                done: response.current(&question.id).is_some(),
            })
        })
        .collect()
}

/// What a question's page shows beside what is stored: a form as typed, and a conflict.
#[derive(Default)]
pub(super) struct Typed {
    /// The form with its errors; what is stored, when there is none.
    pub form: Option<FormView>,
    /// Both texts, when somebody else saved first.
    pub conflict: Option<ConflictView>,
}

/// The page of a question.
pub(super) fn question(
    c: &mut Connection,
    ctx: &Ctx,
    response: &Response,
    id: &QuestionId,
    typed: Typed,
) -> Result<QuestionView> {
    let asked = response.question(id)?;
    let shown: Vec<&Question> = shown(response);
    let position = shown.iter().position(|q| q.id == *id);
    let at = |place: Option<usize>| Some(question_path(response, &shown.get(place?)?.id));
    let last = LastYear::of(c, response)?;
    let section =
        response.template.sections.iter().find(|s| s.questions.iter().any(|q| q.id == *id));
    let row = response.latest(id);
    let lang = ctx.language.as_str();
    Ok(QuestionView {
        head: head(c, ctx, response)?,
        form: typed.form.unwrap_or_else(|| stored_form(response, asked).view(ctx.language)),
        question: words(ctx, asked),
        section: section.map_or("", |s| s.title.get(lang)).to_owned(),
        position: position.map_or(0, |at| at + 1),
        asked: shown.len(),
        open: response.takes(id),
        answer: row.map_or_else(String::new, |r| said(ctx.language, asked, &r.value.0)),
        remark: row.map(|r| r.remark.clone()).unwrap_or_default(),
        answered_by: row.map(|r| r.answered_by_name.clone()).unwrap_or_default(),
        answered_at: row.map(|r| r.answered_at),
        from_last_year: row.is_some_and(|r| r.from_last_year),
        last_year: last.and_then(|last| last_year(ctx, response, asked, &last)),
        before: before(ctx.language, response, asked),
        comment: comment(response, id),
        files: files(response, asked),
        file_limit: crate::questionnaire::evidence::MAX_SIZE,
        accept: ACCEPT,
        conflict: typed.conflict,
        previous: at(position.and_then(|at| at.checked_sub(1))),
        next: at(position.map(|at| at + 1)),
        siblings: section.map_or_else(Vec::new, |s| siblings(ctx, response, s, id)),
    })
}

/// The shown questions in order.
pub(super) fn shown(response: &Response) -> Vec<&Question> {
    let visible = response.visible();
    response.template.questions().filter(|q| visible.contains(&q.id)).collect()
}

/// The form filled in with what is stored; in a later round with the answer of the earlier one.
pub(super) fn stored_form(response: &Response, asked: &Question) -> Form {
    let mut form = Form::default();
    if let Some(row) = response.latest(&asked.id) {
        for value in row.value.0.form_values() {
            form.add("answer", &value);
        }
        form.set("remark", &row.remark);
    }
    form.set("version", &version(response, &asked.id).to_string());
    form
}

/// The version of the answer of this round; 0 when there is none.
pub(super) fn version(response: &Response, question: &QuestionId) -> i32 {
    response.current(question).map_or(0, |row| row.version)
}

fn words(ctx: &Ctx, asked: &Question) -> QuestionWords {
    let lang = ctx.language.as_str();
    let (kind, unit, max) = match &asked.kind {
        Kind::YesNoNa { .. } => ("yes_no", "", None),
        Kind::Choice { .. } => ("choice", "", None),
        Kind::Choices { .. } => ("choices", "", None),
        Kind::Number { unit, .. } => ("number", unit.get(lang), None),
        Kind::Date => ("date", "", None),
        Kind::Text { max } => ("text", "", Some(*max)),
        Kind::File => ("file", "", None),
    };
    QuestionWords {
        id: asked.id.to_string(),
        number: asked.number,
        text: asked.text.get(lang).to_owned(),
        support: asked.support.get(lang).to_owned(),
        guidance: asked.guidance.get(lang).to_owned(),
        kind,
        choices: choices(ctx, &asked.kind),
        unit: unit.to_owned(),
        max,
        evidence: match (&asked.kind, asked.evidence) {
            (Kind::File, _) | (_, Evidence::Requested) => "requested",
            (_, Evidence::Optional) => "optional",
            (_, Evidence::None) => "none",
        },
        evidence_hint: asked.evidence_hint.as_ref().map_or("", |hint| hint.get(lang)).to_owned(),
    }
}

fn choices(ctx: &Ctx, kind: &Kind) -> Vec<Choice> {
    if let Kind::YesNoNa { na_allowed } = kind {
        let mut choices = vec![
            Choice::new("yes", ctx.text("common-yes")),
            Choice::new("no", ctx.text("common-no")),
        ];
        if *na_allowed {
            choices.push(Choice::new("not_applicable", ctx.text("response-not-applicable")));
        }
        return choices;
    }
    let options = kind.options().iter();
    options.map(|o| Choice::new(&o.id, o.label.get(ctx.language.as_str()))).collect()
}

fn last_year(
    ctx: &Ctx,
    response: &Response,
    asked: &Question,
    last: &LastYear,
) -> Option<LastYearView> {
    let then = last.template.question(&asked.id)?;
    let answered = last.answered(&asked.id)?;
    let offered = last.offer(&response.template).remove(&asked.id);
    let now = response.latest(&asked.id).map(|row| &row.value.0).filter(|v| !v.is_blank());
    let mut changes = rules::changed_since(&last.answers, &response.answers(), &response.template);
    let (key, tone) = match (now, changes.remove(&asked.id)) {
        (Some(_), Some(how)) => change(&how),
        _ => ("", "neutral"),
    };
    Some(LastYearView {
        answer: said(ctx.language, then, &answered.value),
        remark: answered.remark.clone(),
        can_take: response.takes(&asked.id) && offered.is_some_and(|value| now != Some(&value)),
        change: if key.is_empty() { String::new() } else { ctx.text(key) },
        tone,
    })
}

/// The answer of the round before, with its remark, when this one was given anew.
fn before(language: Language, response: &Response, asked: &Question) -> Option<(String, String)> {
    response.current(&asked.id)?;
    let rows = response.rows_of_round(response.questionnaire.round - 1);
    let row = rows.get(&asked.id)?;
    Some((said(language, asked, &row.value.0), row.remark.clone()))
}

/// The latest comment on a question that came back, or on its answer.
fn comment(response: &Response, id: &QuestionId) -> Option<CommentView> {
    // What the officer types during the review is for the contractor when the review has ended.
    let rounds = match response.questionnaire.status {
        crate::questionnaire::QuestionnaireStatus::Approved => response.questionnaire.round,
        _ => response.questionnaire.round - 1,
    };
    let rows = response.rows_of_round(rounds);
    let row = rows.get(id)?;
    (!row.comment.is_empty()).then(|| CommentView {
        text: row.comment.clone(),
        by: row.decided_by_name.clone(),
        at: row.decided_at,
        returned: row.decision == Some(Verdict::Returned),
    })
}

fn siblings(ctx: &Ctx, response: &Response, section: &Section, id: &QuestionId) -> Vec<Sibling> {
    let visible = response.visible();
    let unanswered: BTreeSet<QuestionId> = response.progress().unanswered.into_iter().collect();
    let returned = response.returned();
    let questions = section.questions.iter().filter(|q| visible.contains(&q.id));
    questions
        .map(|question| {
            let (key, tone) = if !unanswered.contains(&question.id) {
                ("common-status-done", "good")
            } else if returned.contains(&question.id) {
                ("common-status-returned", "warn")
            } else {
                ("common-not-answered", "neutral")
            };
            Sibling {
                number: question.number,
                text: question.text.get(ctx.language.as_str()).to_owned(),
                href: question_path(response, &question.id),
                status: ctx.text(key),
                tone,
                current: question.id == *id,
            }
        })
        .collect()
}

/// Both texts of a conflict: what is stored, and what was typed.
pub(super) fn conflict(
    language: Language,
    response: &Response,
    asked: &Question,
    mine: &AnswerValue,
    mine_remark: &str,
) -> Option<ConflictView> {
    let row = response.latest(&asked.id)?;
    Some(ConflictView {
        by: row.answered_by_name.clone(),
        at: Some(row.answered_at),
        theirs: said(language, asked, &row.value.0),
        theirs_remark: row.remark.clone(),
        mine: said(language, asked, mine),
        mine_remark: mine_remark.to_owned(),
    })
}
