//! The questionnaires in the audit record: every question with its answer, remark, evidence and
//! review, the findings and score, and what was returned and answered again.

mod filed;

pub use filed::{Decided, Filed, Given, Proof, facts_of};

use super::answer::{self, Word};
use super::entity::QuestionnaireStatus;
use super::model::{Question, Section, Severity, Text};
use super::rules::Decision;
use super::store;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::paper::Paper;
use crate::typeset::{Align, Cell, Tone};

/// The questionnaires of an entrustment as they are on record, oldest first.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Filed>> {
    store::record::filed(connection, entrustment)
}

/// Writes the chapter.
pub fn write(paper: &mut Paper, all: &[Filed]) {
    paper.chapter("record-questionnaire");
    if all.is_empty() {
        paper.body(paper.text("record-questionnaires-none"));
    }
    for filed in all {
        write_one(paper, filed);
    }
}

/// What a questionnaire is called, with the day on which it was dispatched.
#[must_use]
pub fn name(paper: &Paper, filed: &Filed, key: &str) -> String {
    let day = crate::japanese::jst_date(filed.questionnaire.created_at);
    let title = said(paper, &filed.template.title).to_owned();
    paper.say(key, &[("title", title.into()), ("date", paper.date(day).into())])
}

fn said<'a>(paper: &Paper, text: &'a Text) -> &'a str {
    text.get(paper.language().as_str())
}

fn write_one(paper: &mut Paper, filed: &Filed) {
    let heading = name(paper, filed, "record-questionnaire-heading");
    paper.heading(2, heading);
    write_facts(paper, filed);
    let round = paper.say("record-being-answered", &[("round", u32::from(filed.rounds()).into())]);
    match filed.questionnaire.status {
        QuestionnaireStatus::Withdrawn => paper.body(paper.text("record-withdrawn-text")),
        _ if filed.rounds() == 0 => paper.body(paper.text("record-not-submitted")),
        QuestionnaireStatus::Returned => paper.body(round),
        _ => {}
    }
    if filed.rounds() == 0 {
        return;
    }
    write_findings(paper, filed);
    let visible = filed.visible();
    for section in &filed.template.sections {
        let title = said(paper, &section.title).to_owned();
        let args = [("id", section.id.as_str().into()), ("title", title.into())];
        paper.heading(3, paper.say("record-section", &args));
        write_section(paper, filed, section, |question| visible.contains(&question.id));
    }
    write_proofs(paper, filed);
    write_rounds(paper, filed);
}

fn write_facts(paper: &mut Paper, filed: &Filed) {
    let row = &filed.questionnaire;
    let version = [
        ("id", filed.template.id.as_str().into()),
        ("version", filed.template.version.to_string().into()),
    ];
    let moment = |at: Option<_>| at.map(|at| paper.moment(at)).unwrap_or_default();
    let score = filed.score().map(|score| {
        let args = [
            ("percent", score.percent.into()),
            ("points", score.points.into()),
            ("of", score.of.into()),
        ];
        paper.say("record-score-value", &args)
    });
    paper.facts([
        ("record-questionnaire-version", paper.say("record-questionnaire-version-value", &version)),
        ("record-questionnaire-hash", row.frozen_hash.clone()),
        ("record-dispatched", paper.moment(row.created_at)),
        ("record-deadline", paper.date(row.deadline)),
        ("record-status", paper.text(&format!("record-status-{}", row.status))),
        ("record-submitted-at", moment(row.submitted_at.filter(|_| filed.rounds() > 0))),
        ("record-approved-at", moment(row.approved_at)),
        (
            "record-rounds",
            paper.say("record-rounds-count", &[("count", u32::from(filed.rounds()).into())]),
        ),
        ("record-score", score.unwrap_or_default()),
    ]);
}

/// A severity in words and colour.
fn severity(paper: &Paper, severity: Severity) -> Cell {
    let tone = match severity {
        Severity::High => Tone::Bad,
        Severity::Medium => Tone::Caution,
        Severity::Low => Tone::Info,
    };
    Cell::new(paper.text(&format!("record-severity-{}", severity.as_str()))).tone(tone)
}

fn write_findings(paper: &mut Paper, filed: &Filed) {
    paper.heading(3, paper.text("record-findings"));
    let findings = filed.findings();
    if findings.is_empty() {
        paper.body(paper.text("record-findings-none"));
        return;
    }
    let heads = [
        ("record-question-number", 0.6, Align::Right),
        ("record-severity", 0.8, Align::Center),
        ("record-finding", 6.0, Align::Left),
    ];
    let rows = findings
        .iter()
        .map(|finding| {
            let number = filed.template.question(&finding.question).map_or(0, |q| q.number);
            vec![
                Cell::new(number.to_string()),
                severity(paper, finding.severity),
                Cell::new(said(paper, &finding.text)),
            ]
        })
        .collect();
    paper.table(&heads, rows);
}

fn write_section(
    paper: &mut Paper,
    filed: &Filed,
    section: &Section,
    shown: impl Fn(&Question) -> bool,
) {
    let heads = [
        ("record-question-number", 0.55, Align::Right),
        ("record-question", 4.2, Align::Left),
        ("record-answer", 2.5, Align::Left),
        ("record-decision", 1.2, Align::Left),
    ];
    let proofs: Vec<&Proof> = filed.current_proofs().collect();
    let row = |question: &Question| {
        let shown = shown(question);
        let cell = |text: String| if shown { Cell::new(text) } else { Cell::new(text).muted() };
        let given = filed.current(&question.id).filter(|_| shown);
        let answer = if shown {
            answer_text(paper, &proofs, question, given)
        } else {
            paper.text("record-not-asked")
        };
        vec![
            cell(question.number.to_string()),
            cell(said(paper, &question.text).to_owned()),
            cell(answer),
            decision_cell(paper, given),
        ]
    };
    let rows = section.questions.iter().map(row).collect();
    paper.table(&heads, rows);
}

/// The answer with its remark and the names of its evidence.
fn answer_text(
    paper: &Paper,
    proofs: &[&Proof],
    question: &Question,
    given: Option<&Given>,
) -> String {
    let mut lines = vec![given.map_or_else(
        || paper.text("record-answer-none"),
        |given| value_text(paper, question, given),
    )];
    if let Some(remark) = given.map(|g| &g.remark).filter(|r| !r.is_empty()) {
        lines.push(paper.say("record-remark", &[("text", remark.as_str().into())]));
    }
    let own = proofs.iter().filter(|proof| proof.question == question.id);
    let names: Vec<&str> = own.map(|proof| proof.file_name.as_str()).collect();
    if !names.is_empty() {
        let names = names.join(&paper.text("paper-between"));
        lines.push(paper.say("record-evidence-files", &[("names", names.into())]));
    }
    lines.join("\n")
}

fn value_text(paper: &Paper, question: &Question, given: &Given) -> String {
    if !given.is_given() {
        return paper.text("record-answer-none");
    }
    let word = |word: Word| match word {
        Word::YesNo(word) => paper.text(&format!("record-answer-{}", word.as_str())),
        Word::Date(date) => paper.date(date),
        Word::File => paper.text("record-answer-file"),
        Word::Blank => paper.text("record-answer-blank"),
        Word::Between => paper.text("paper-between"),
    };
    answer::display(&question.kind, &given.value, paper.language().as_str(), &word)
}

fn decision_cell(paper: &Paper, given: Option<&Given>) -> Cell {
    let Some(given) = given else {
        return Cell::default();
    };
    let Some(decided) = &given.decided else {
        return Cell::new(paper.text("record-decision-pending")).muted();
    };
    let (key, tone) = match decided.decision {
        Decision::Accepted => ("record-decision-accepted", None),
        Decision::Returned => ("record-decision-returned", Some(Tone::Caution)),
    };
    let decision = paper.text(key);
    let text = if decided.comment.is_empty() {
        decision
    } else {
        let comment = decided.comment.as_str();
        let args = [("decision", decision.into()), ("comment", comment.into())];
        paper.say("record-decision-value", &args)
    };
    Cell { tone, ..Cell::new(text) }
}

fn write_proofs(paper: &mut Paper, filed: &Filed) {
    let heads = [
        ("record-question-number", 0.6, Align::Right),
        ("record-evidence-name", 2.4, Align::Left),
        ("record-evidence-size", 1.1, Align::Right),
        ("record-evidence-hash", 3.4, Align::Left),
        ("record-evidence-added", 1.6, Align::Left),
    ];
    let row = |(question, proof): (&Question, &Proof)| {
        vec![
            Cell::new(question.number.to_string()),
            Cell::new(&proof.file_name),
            Cell::new(paper.say("record-evidence-bytes", &[("count", proof.size.into())])),
            Cell::new(&proof.sha256),
            by_at(paper, &proof.by, proof.at),
        ]
    };
    let proofs: Vec<&Proof> = filed.current_proofs().collect();
    let mut rows = Vec::new();
    for question in filed.template.questions() {
        let own = proofs.iter().filter(|proof| proof.question == question.id);
        rows.extend(own.map(|proof| row((question, proof))));
    }
    if !rows.is_empty() {
        paper.heading(3, paper.text("record-evidence"));
        paper.table(&heads, rows);
    }
}

/// Every round of the questions that were answered more than once or returned.
fn write_rounds(paper: &mut Paper, filed: &Filed) {
    let returned = |g: &Given| g.decided.as_ref().is_some_and(|d| d.decision == Decision::Returned);
    let heads = [
        ("record-question-number", 0.6, Align::Right),
        ("record-round", 0.5, Align::Right),
        ("record-answer", 2.6, Align::Left),
        ("record-answered", 1.6, Align::Left),
        ("record-decision", 2.2, Align::Left),
        ("record-decided", 1.6, Align::Left),
    ];
    let mut rows = Vec::new();
    for question in filed.template.questions() {
        let all: Vec<&Given> = filed.all_of(&question.id).collect();
        if all.len() > 1 || all.iter().any(|g| returned(g)) {
            rows.extend(all.into_iter().map(|given| round_row(paper, question, given)));
        }
    }
    if !rows.is_empty() {
        paper.heading(3, paper.text("record-history-of-answers"));
        paper.table(&heads, rows);
    }
}

fn round_row(paper: &Paper, question: &Question, given: &Given) -> Vec<Cell> {
    let mut answer = value_text(paper, question, given);
    if !given.remark.is_empty() {
        answer.push('\n');
        answer.push_str(&paper.say("record-remark", &[("text", given.remark.as_str().into())]));
    }
    let decided = given.decided.as_ref();
    vec![
        Cell::new(question.number.to_string()),
        Cell::new(given.round.to_string()),
        Cell::new(answer),
        by_at(paper, &given.by, given.at),
        decision_cell(paper, Some(given)),
        decided.map_or_else(Cell::default, |d| by_at(paper, &d.by, d.at)),
    ]
}

fn by_at(paper: &Paper, by: &str, at: crate::clock::Timestamp) -> Cell {
    if by.is_empty() {
        return Cell::default();
    }
    let at = paper.moment_short(at);
    Cell::new(paper.say("record-by-at", &[("name", by.into()), ("at", at.into())])).muted()
}
