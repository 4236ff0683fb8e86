//! The principal's pages: the review, and the rounds side by side.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use super::pages;
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::questionnaire::answering::LastYear;
use crate::questionnaire::entity::{QuestionnaireId, QuestionnaireStatus};
use crate::questionnaire::model::{Evidence, Question, QuestionId, Severity};
use crate::questionnaire::response::{AnswerRow, Response, Verdict};
use crate::questionnaire::response_policy::REVIEWERS;
use crate::questionnaire::review::{self, Decided, MAX_COMMENT, Seals};
use crate::questionnaire::rules::{self, Change, Finding, Outcome};
use crate::questionnaire::views::review::{
    ReviewLine, ReviewSection, ReviewView, RoundCell, RoundLine, RoundsView,
};
use crate::questionnaire::views::words::{change, files, said};
use crate::web::{Access, Choice, Ctx, Fields, Form, Invalid, Language, Message, Route, Rule};

/// The routes of the review.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/questionnaires/{id}/review", Access::Roles(REVIEWERS), save).stepped_up(),
        Route::get("/questionnaires/{id}/rounds", Access::Session, rounds),
    ]
}

/// Shows the review.
pub(super) async fn show(ctx: &Ctx, id: QuestionnaireId, seals: Seals) -> Result<HttpResponse> {
    let view = view(ctx, id, seals, None).await?;
    ctx.page(&view)
}

/// The page: with what is stored, or with a form as it was typed.
async fn view(
    ctx: &Ctx,
    id: QuestionnaireId,
    seals: Seals,
    typed: Option<(Form, Invalid)>,
) -> Result<ReviewView> {
    ctx.read(move |c, ctx| {
        let response = Response::load(c, &ctx.actor, id)?;
        page(c, ctx, &response, seals, typed)
    })
    .await
}

fn page(
    c: &mut Connection,
    ctx: &Ctx,
    response: &Response,
    seals: Seals,
    typed: Option<(Form, Invalid)>,
) -> Result<ReviewView> {
    let (answers, facts) = (response.answers(), response.facts());
    let lines = Lines {
        language: ctx.language,
        response,
        findings: rules::findings(&response.template, &answers, facts),
        last: LastYear::of(c, response)?,
    };
    let shown = response.visible();
    let decisions = response.decisions();
    let progress = response.progress();
    let (form, invalid) = typed.unwrap_or_else(|| (stored(response), Invalid::default()));
    let role = ctx.member()?.role;
    let in_review = response.questionnaire.status == QuestionnaireStatus::Submitted;
    Ok(ReviewView {
        head: pages::head(c, ctx, response)?,
        form: form.view_with(ctx.language, &invalid),
        score: rules::score(&response.template, &answers, facts),
        answered: progress.answered,
        asked: progress.visible,
        decided: shown.iter().filter(|id| decisions.contains_key(*id)).count(),
        sections: lines.sections(),
        choices: Choice::words(ctx.language, "review-decision-", Verdict::ALL),
        seal: (seals.0)(c, response, ctx.language.as_str())?,
        last_year: lines.last.as_ref().and_then(|last| last.questionnaire.submitted_at),
        may_decide: in_review && REVIEWERS.contains(&role),
        may_keep: response.status().is_open() && REVIEWERS.contains(&role),
    })
}

/// The form filled in with the decisions so far.
fn stored(response: &Response) -> Form {
    let mut form = Form::default();
    form.set("version", &response.questionnaire.version.to_string());
    for (id, row) in response.rows_of_round(response.questionnaire.round) {
        form.set(&format!("decision_{id}"), row.decision.map_or("", Verdict::as_str));
        form.set(&format!("comment_{id}"), &row.comment);
    }
    form
}

/// Puts the lines of the review together.
struct Lines<'a> {
    language: Language,
    response: &'a Response,
    findings: Vec<Finding>,
    last: Option<LastYear>,
}

impl Lines<'_> {
    fn sections(&self) -> Vec<ReviewSection> {
        let shown = self.response.visible();
        let sections = self.response.template.sections.iter();
        let sections = sections.map(|section| {
            let asked = section.questions.iter().filter(|q| shown.contains(&q.id));
            ReviewSection {
                title: section.title.get(self.language.as_str()).to_owned(),
                answers: asked.map(|question| self.line(question)).collect(),
            }
        });
        sections.filter(|section| !section.answers.is_empty()).collect()
    }

    fn line(&self, asked: &Question) -> ReviewLine {
        let row = self.response.latest(&asked.id);
        let files = files(self.response, asked);
        let value = row.map(|row| &row.value.0);
        let (change, change_tone) = self.change(asked, row);
        let say = |key: &str| crate::web::locale::text(self.language, key);
        ReviewLine {
            id: asked.id.to_string(),
            number: asked.number,
            text: asked.text.get(self.language.as_str()).to_owned(),
            answer: value
                .map_or_else(|| say("common-not-answered"), |v| said(self.language, asked, v)),
            remark: row.map(|r| r.remark.clone()).unwrap_or_default(),
            by: row.map(|r| r.answered_by_name.clone()).unwrap_or_default(),
            at: row.map(|r| r.answered_at),
            round: row.map_or(self.response.questionnaire.round, |r| r.round),
            evidence_missing: asked.evidence == Evidence::Requested && files.is_empty(),
            files,
            finding: self.finding(&asked.id),
            last_year: self.last_answer(asked),
            change,
            change_tone,
            from_last_year: row.is_some_and(|r| r.from_last_year),
            decision: row.and_then(|r| r.decision).map_or("", Verdict::as_str),
            comment: row.map(|r| r.comment.clone()).unwrap_or_default(),
            decided_by: row.map(|r| r.decided_by_name.clone()).unwrap_or_default(),
            before: self.before(asked, row),
            editable: row.is_none_or(|r| !review::is_settled(self.response, r)),
        }
    }

    fn finding(&self, question: &QuestionId) -> Option<(String, &'static str, String)> {
        let finding = self.findings.iter().find(|f| f.question == *question)?;
        let (key, tone) = match finding.severity {
            Severity::High => ("response-severity-high", "bad"),
            Severity::Medium => ("response-severity-medium", "warn"),
            Severity::Low => ("response-severity-low", "info"),
        };
        let word = crate::web::locale::text(self.language, key);
        Some((word, tone, finding.text.get(self.language.as_str()).to_owned()))
    }

    fn last_answer(&self, asked: &Question) -> Option<String> {
        let last = self.last.as_ref()?;
        let answered = last.answered(&asked.id)?;
        Some(said(self.language, last.template.question(&asked.id)?, &answered.value))
    }

    fn change(&self, asked: &Question, row: Option<&AnswerRow>) -> (String, &'static str) {
        let (Some(last), Some(row)) = (&self.last, row) else {
            return (String::new(), "neutral");
        };
        let how = match last.answered(&asked.id) {
            Some(before) if before.value == row.value.0 => Change::Same,
            Some(before) => Change::Changed { before: before.value.clone() },
            None => Change::New,
        };
        let (key, tone) = change(&how);
        (crate::web::locale::text(self.language, key), tone)
    }

    /// Answer, remark and comment of the round before, when this one was given anew.
    fn before(
        &self,
        asked: &Question,
        row: Option<&AnswerRow>,
    ) -> Option<(String, String, String)> {
        let rows = self.response.rows_of_round(row?.round - 1);
        let row = rows.get(&asked.id)?;
        let answer = said(self.language, asked, &row.value.0);
        Some((answer, row.remark.clone(), row.comment.clone()))
    }
}

/// Reads the decisions of the page: a returned answer has a comment.
fn command(response: &Response, form: &Form) -> Result<Vec<Decided>, Invalid> {
    let mut f = Fields::of(form);
    let mut decided = Vec::new();
    for question in pages::shown(response) {
        let (decision, words) =
            (format!("decision_{}", question.id), format!("comment_{}", question.id));
        if !form.has(&words) {
            continue;
        }
        let verdict = match form.value(&decision) {
            "" => None,
            _ => f.word::<Verdict>(&decision),
        };
        let comment = f.optional(&words, Rule::text(MAX_COMMENT)).unwrap_or_default();
        if verdict == Some(Verdict::Returned) && comment.is_empty() {
            let message = Message::new("review-error-comment");
            f.error(&words, message.with("number", i64::from(question.number)));
        }
        decided.push(Decided { question: question.id.clone(), verdict, comment });
    }
    f.finish(|| Some(decided))
}

/// What became of the review's form.
enum Reviewed {
    Saved,
    Ended(Outcome),
    Invalid(Invalid),
}

/// Saves the decisions of the page; then accepts the rest, or ends the round, when asked to.
async fn save(
    ctx: Ctx,
    id: Path<QuestionnaireId>,
    form: Form,
    seals: Data<Seals>,
) -> Result<HttpResponse> {
    let (id, seals) = (id.into_inner(), **seals);
    let done = write(&ctx, id, seals, form.clone()).await;
    let here = format!("/questionnaires/{id}");
    match done {
        Ok(Reviewed::Saved) => Ok(ctx.see_other(&here, "done-saved")),
        Ok(Reviewed::Ended(Outcome::Approved)) => Ok(ctx.see_other(&here, "done-approved")),
        Ok(Reviewed::Ended(Outcome::Returned(_))) => Ok(ctx.see_other(&here, "done-returned")),
        Ok(Reviewed::Ended(Outcome::Incomplete(undecided))) => {
            let view = undecided_page(&ctx, id, seals, undecided).await?;
            ctx.invalid(&view)
        }
        Ok(Reviewed::Invalid(invalid)) => {
            let view = view(&ctx, id, seals, Some((form, invalid))).await?;
            ctx.invalid(&view)
        }
        Err(Error::Conflict("error-stale")) => {
            let invalid = Invalid::at("", Message::new("review-error-stale"));
            let view =
                view(&ctx, id, seals, Some((current(&ctx, id, form).await?, invalid))).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

async fn write(ctx: &Ctx, id: QuestionnaireId, seals: Seals, form: Form) -> Result<Reviewed> {
    ctx.write(move |tx, ctx| {
        let response = Response::load(tx.connection, tx.actor, id)?;
        let decided = match command(&response, &form) {
            Ok(decided) => decided,
            Err(invalid) => return Ok(Reviewed::Invalid(invalid)),
        };
        let version = form.value("version").parse().unwrap_or(-1);
        review::decide(tx, id, Some(version), &decided)?;
        match form.value("act") {
            "accept_rest" => review::accept_rest(tx, id)?,
            "finish" => {
                let settings = &ctx.portal.settings;
                return Ok(Reviewed::Ended(review::finish(tx, settings, seals, id)?));
            }
            _ => {}
        }
        Ok(Reviewed::Saved)
    })
    .await
}

/// The form as typed, with the version that saves it knowingly.
async fn current(ctx: &Ctx, id: QuestionnaireId, mut form: Form) -> Result<Form> {
    let version = ctx
        .read(move |c, ctx| Ok(Response::load(c, &ctx.actor, id)?.questionnaire.version))
        .await?;
    form.set("version", &version.to_string());
    Ok(form)
}

/// The review with a link to each answer on which nothing is decided; the rest is saved.
async fn undecided_page(
    ctx: &Ctx,
    id: QuestionnaireId,
    seals: Seals,
    undecided: Vec<QuestionId>,
) -> Result<ReviewView> {
    ctx.read(move |c, ctx| {
        let response = Response::load(c, &ctx.actor, id)?;
        let open = response.template.questions().filter(|q| undecided.contains(&q.id));
        let error = |question: &Question| {
            let message = Message::new("review-error-undecided");
            let message = message.with("number", i64::from(question.number));
            (format!("decision_{}", question.id), message)
        };
        let invalid = Invalid { errors: open.map(error).collect() };
        let form = stored(&response);
        page(c, ctx, &response, seals, Some((form, invalid)))
    })
    .await
}

/// Shows the rounds side by side, what changed first.
async fn rounds(ctx: Ctx, id: Path<QuestionnaireId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let principal = ctx.member()?.role.is_principal();
            let rounds: Vec<i32> = (1..=response.questionnaire.round).collect();
            let shown = pages::shown(&response);
            let line = |asked: &&Question| round_line(ctx.language, &response, asked, principal);
            let lines = shown.iter().map(line);
            let (changes, unchanged) =
                lines.partition(|line| line.cells.iter().any(|cell| cell.changed));
            Ok(RoundsView { head: pages::head(c, ctx, &response)?, rounds, changes, unchanged })
        })
        .await?;
    ctx.page(&view)
}

fn round_line(
    language: Language,
    response: &Response,
    asked: &Question,
    principal: bool,
) -> RoundLine {
    let ended = response.questionnaire.status == QuestionnaireStatus::Approved;
    let mut cells = Vec::new();
    for round in 1..=response.questionnaire.round {
        let row = response.rows_of_round(round).remove(&asked.id);
        let before = response.rows_of_round(round - 1).remove(&asked.id);
        let said_in = |row: Option<&AnswerRow>| row.map(|r| (r.value.0.clone(), r.remark.clone()));
        // The contractor reads a decision when the review of its round has ended.
        let told = row.filter(|_| principal || ended || round < response.questionnaire.round);
        let added = response.evidence.iter();
        let added = added.filter(|e| e.question_id == asked.id && e.round == round);
        cells.push(RoundCell {
            round,
            given: row.is_some_and(|row| row.round == round),
            changed: round > 1 && said_in(before) != said_in(row),
            answer: row.map_or_else(String::new, |r| said(language, asked, &r.value.0)),
            remark: row.map(|r| r.remark.clone()).unwrap_or_default(),
            files: added.map(|e| e.file_name.clone()).collect(),
            decision: told.and_then(|r| r.decision).map_or("", Verdict::as_str),
            comment: told.map(|r| r.comment.clone()).unwrap_or_default(),
            decided_by: told.map(|r| r.decided_by_name.clone()).unwrap_or_default(),
        });
    }
    RoundLine { number: asked.number, text: asked.text.get(language.as_str()).to_owned(), cells }
}
