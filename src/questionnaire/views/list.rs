//! The list of questionnaires, the part on an entrustment's page, and the pages on which an officer
//! extends or withdraws one.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow, PanelView};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::questionnaire::entity::{Questionnaire, QuestionnaireStatus};
use crate::questionnaire::policy::{KEEPERS, Sent};
use crate::questionnaire::store::list::{Line, WAITING, of_entrustment};
use crate::questionnaire::store::template::{Heading, headings};
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, Language, View, locale};

/// The status of a questionnaire in words and in its tone, as one of the two sides sees it.
#[must_use]
pub(in crate::questionnaire) fn status_words(
    language: Language,
    status: QuestionnaireStatus,
    principal: bool,
) -> (String, &'static str) {
    use QuestionnaireStatus as S;
    let side = if principal { "principal" } else { "contractor" };
    let tone = match (status, principal) {
        (S::Answering, true) | (S::Submitted, false) => "info",
        (S::Answering, false) | (S::Returned, true) => "progress",
        (S::Submitted, true) | (S::Returned, false) => "warn",
        (S::Approved, _) => "good",
        (S::Withdrawn, _) => "neutral",
    };
    (locale::text(language, &format!("questionnaire-status-{status}-{side}")), tone)
}

/// The title of a frozen template; empty when it isn't there, which the foreign key forbids.
fn title(headings: &HashMap<String, Heading>, hash: &str, language: Language) -> String {
    headings.get(hash).map(|h| h.title.get(language.as_str()).to_owned()).unwrap_or_default()
}

/// A row of the list.
#[derive(Serialize)]
pub(in crate::questionnaire) struct Row {
    id: String,
    template: String,
    entrustment_id: String,
    number: String,
    title: String,
    /// The other side: the contractor for the principal, the principal for the contractor.
    party: String,
    division: String,
    deadline: NaiveDate,
    days: i64,
    /// Whether the deadline matters no more.
    done: bool,
    status: String,
    tone: &'static str,
    answered: i32,
    questions: i32,
}

impl Row {
    pub(in crate::questionnaire) fn of(
        line: Line,
        ctx: &Ctx,
        principals: Option<&HashMap<crate::actor::OrganisationId, String>>,
        headings: &HashMap<String, Heading>,
    ) -> Self {
        let (status, tone) = status_words(ctx.language, line.status, principals.is_none());
        let party = match principals {
            None => line.contractor,
            Some(names) => names.get(&line.tenant_id).cloned().unwrap_or_default(),
        };
        Self {
            id: line.id.to_string(),
            template: title(headings, &line.frozen_hash, ctx.language),
            entrustment_id: line.entrustment_id.to_string(),
            number: line.number,
            title: line.title,
            party,
            division: line.division,
            deadline: line.deadline,
            days: (line.deadline - jst_date(ctx.now)).num_days(),
            done: !WAITING.contains(&line.status),
            status,
            tone,
            answered: line.answered,
            questions: line.questions,
        }
    }
}

/// The list of questionnaires.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
    pub statuses: Vec<Choice>,
    pub divisions: Vec<Choice>,
    pub is_principal: bool,
    pub may_dispatch: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "questionnaire/list.html";
    const TITLE: &'static str = "questionnaire-list-title";
}

/// The questionnaires of an entrustment, for its page.
///
/// # Errors
/// Those of the database.
pub fn panel(
    connection: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
) -> Result<PanelView> {
    let member = ctx.member()?;
    let principal = member.role.is_principal();
    let rows = of_entrustment(connection, entrustment)?;
    let headings = headings(connection, rows.iter().map(|q| q.frozen_hash.clone()).collect())?;
    let keeper = principal && KEEPERS.contains(&member.role);
    let active = entrustment.status == crate::entrustment::EntrustmentStatus::Active;
    let none = if rows.is_empty() { "questionnaire-panel-none" } else { "" };
    Ok(PanelView {
        title: ctx.text("questionnaire-panel-title"),
        text: if none.is_empty() { String::new() } else { ctx.text(none) },
        rows: rows.iter().map(|q| panel_row(ctx, q, principal, &headings)).collect(),
        links: if keeper && active {
            let href = format!("/questionnaires/dispatch/new?entrustment={}", entrustment.id);
            vec![(ctx.text("questionnaire-dispatch-link"), href)]
        } else {
            vec![]
        },
        acts: vec![],
    })
}

fn panel_row(
    ctx: &Ctx,
    questionnaire: &Questionnaire,
    principal: bool,
    headings: &HashMap<String, Heading>,
) -> PanelRow {
    let (status, tone) = status_words(ctx.language, questionnaire.status, principal);
    let waiting = WAITING.contains(&questionnaire.status);
    let args = [
        ("answered", questionnaire.answered.into()),
        ("questions", questionnaire.questions.into()),
    ];
    PanelRow {
        title: title(headings, &questionnaire.frozen_hash, ctx.language),
        href: format!("/questionnaires/{}", questionnaire.id),
        hint: locale::text_with(ctx.language, "questionnaire-answered-of", &args),
        status,
        tone,
        due: waiting.then_some(questionnaire.deadline),
        days: waiting.then(|| (questionnaire.deadline - jst_date(ctx.now)).num_days()),
        download: false,
    }
}

/// A questionnaire that an officer is about to extend or withdraw.
#[derive(Serialize)]
pub(in crate::questionnaire) struct Kept {
    id: String,
    template: String,
    entrustment_id: String,
    number: String,
    title: String,
    deadline: NaiveDate,
    days: i64,
    status: String,
    tone: &'static str,
    answered: i32,
    questions: i32,
}

impl Kept {
    pub(in crate::questionnaire) fn of(ctx: &Ctx, sent: &Sent, heading: &Heading) -> Self {
        let (questionnaire, entrustment) = sent;
        let (status, tone) = status_words(ctx.language, questionnaire.status, true);
        Self {
            id: questionnaire.id.to_string(),
            template: heading.title.get(ctx.language.as_str()).to_owned(),
            entrustment_id: entrustment.id.to_string(),
            number: entrustment.number.clone(),
            title: entrustment.title.clone(),
            deadline: questionnaire.deadline,
            days: (questionnaire.deadline - jst_date(ctx.now)).num_days(),
            status,
            tone,
            answered: questionnaire.answered,
            questions: questionnaire.questions,
        }
    }
}

/// The form that extends a deadline.
#[derive(Serialize)]
pub(in crate::questionnaire) struct DeadlineView {
    pub form: FormView,
    pub questionnaire: Kept,
}

impl View for DeadlineView {
    const TEMPLATE: &'static str = "questionnaire/deadline.html";
    const TITLE: &'static str = "questionnaire-deadline-title";
}

/// The form that takes a questionnaire back.
#[derive(Serialize)]
pub(in crate::questionnaire) struct WithdrawalView {
    pub form: FormView,
    pub questionnaire: Kept,
}

impl View for WithdrawalView {
    const TEMPLATE: &'static str = "questionnaire/withdrawal.html";
    const TITLE: &'static str = "questionnaire-withdrawal-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let row = json!({ "id": "0", "template": "点検票", "entrustment_id": "0", "number": "令8子-12",
        "title": "保育所等監査業務委託", "party": "髙橋事務所", "division": "子ども課", "deadline": "2026-07-31",
        "days": -2, "done": false, "status": "回答待ち", "tone": "info", "answered": 12, "questions": 48 });
    let list = |rows: Value, principal: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "", "descending": false }, "form": FormView::default(), "statuses": [],
            "divisions": [], "is_principal": principal, "may_dispatch": principal })
    };
    let kept = json!({ "form": FormView::default(), "questionnaire": row });
    vec![
        (ListView::TEMPLATE, list(json!([row]), true)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (DeadlineView::TEMPLATE, kept.clone()),
        (WithdrawalView::TEMPLATE, kept),
    ]
}
