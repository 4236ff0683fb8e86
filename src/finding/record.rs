//! The findings and corrective actions in the audit record.

use super::model::{Finding, FindingStatus, Round, Subject};
use super::store;
use crate::attachment::{self, Attachment};
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::paper::Paper;
use crate::rulebook::Severity;
use crate::typeset::{Align, Block, Cell, Tone};

/// The findings of an entrustment with their evidence.
#[derive(Clone, Debug)]
pub struct Filed {
    findings: Vec<Finding>,
    files: Vec<Attachment>,
}

/// The findings of an entrustment as they are on record, by their numbers.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    let findings = store::all(connection, entrustment)?;
    with_files(connection, entrustment, findings)
}

/// The findings about one subject as they are on record, by their numbers.
///
/// # Errors
/// Those of the database.
pub fn filed_about(
    connection: &mut Connection,
    entrustment: &Entrustment,
    subject: Subject<'_>,
) -> Result<Filed> {
    let findings = store::about(connection, entrustment, subject)?;
    with_files(connection, entrustment, findings)
}

fn with_files(
    connection: &mut Connection,
    entrustment: &Entrustment,
    findings: Vec<Finding>,
) -> Result<Filed> {
    let mut files = attachment::of_entrustment(connection, entrustment)?;
    files.retain(|file| file.subject_kind == "finding");
    Ok(Filed { findings, files })
}

/// A severity in words and colour.
fn severity(paper: &Paper, severity: Severity) -> Cell {
    let tone = match severity {
        Severity::High => Tone::Bad,
        Severity::Medium => Tone::Caution,
        Severity::Low => Tone::Info,
    };
    Cell::new(paper.text(&format!("severity-{severity}"))).tone(tone)
}

fn status(paper: &Paper, finding: &Finding) -> String {
    match finding.status {
        FindingStatus::Closed => paper.text(&format!("finding-outcome-{}", finding.outcome)),
        status => paper.text(&format!("finding-status-{status}")),
    }
}

/// Writes the chapter: a table of all, then each with its action.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.chapter("finding-record");
    if filed.findings.is_empty() {
        paper.body(paper.text("finding-record-none"));
        return;
    }
    let heads = [
        ("finding-number", 0.6, Align::Right),
        ("finding-severity", 0.9, Align::Center),
        ("finding-title", 3.6, Align::Left),
        ("finding-source", 1.6, Align::Left),
        ("finding-due-on", 2.2, Align::Left),
        ("finding-status", 1.6, Align::Left),
    ];
    let row = |finding: &Finding| {
        vec![
            Cell::new(finding.position.to_string()),
            severity(paper, finding.severity),
            Cell::new(finding.heading(paper.language())),
            Cell::new(paper.text(&format!("finding-source-{}", finding.source))),
            Cell::new(paper.date(finding.due_on)),
            Cell::new(status(paper, finding)),
        ]
    };
    let rows = filed.findings.iter().map(row).collect();
    paper.table(&heads, rows);
    for finding in &filed.findings {
        write_one(paper, finding, filed);
    }
}

/// Writes the findings about something where no chapter tells of them; nothing where there are none.
pub fn write_about(paper: &mut Paper, filed: &Filed) {
    if filed.findings.is_empty() {
        return;
    }
    paper.heading(1, paper.text("finding-record"));
    for finding in &filed.findings {
        write_one(paper, finding, filed);
    }
}

/// Refers to findings by their numbers: what was found, until when it is to be mended and how far it
/// is. The chapter of findings tells the rest of each.
pub fn write_references(paper: &mut Paper, findings: &[&Finding]) {
    let heads = [
        ("finding-number", 0.8, Align::Left),
        ("finding-title", 3.8, Align::Left),
        ("finding-due-on", 2.2, Align::Left),
        ("finding-status", 2.0, Align::Left),
    ];
    let row = |finding: &&Finding| {
        let number = [("number", finding.position.into())];
        vec![
            Cell::new(paper.say("finding-n", &number)),
            Cell::new(finding.heading(paper.language())),
            Cell::new(paper.date(finding.due_on)),
            Cell::new(status(paper, finding)),
        ]
    };
    let rows = findings.iter().map(row).collect();
    paper.table(&heads, rows);
    paper.note(paper.text("finding-record-elsewhere"));
}

fn write_one(paper: &mut Paper, finding: &Finding, filed: &Filed) {
    let mut part = Paper::new(paper.language());
    let args = [
        ("number", finding.position.to_string().into()),
        ("title", finding.heading(paper.language()).into()),
    ];
    part.heading(2, paper.say("finding-record-heading", &args));
    let clause = finding.clause().map(|clause| clause.to_string());
    let clause = clause.map(|clause| paper.say("rule-clause", &[("clause", clause.into())]));
    let moment = |at: Option<_>| at.map(|at| paper.moment(at)).unwrap_or_default();
    let mut facts = vec![
        ("finding-subject", paper.text(&format!("finding-subject-{}", finding.subject_kind))),
        ("finding-detail", finding.detail(paper.language())),
        ("finding-clause", clause.unwrap_or_default()),
        ("finding-severity", paper.text(&format!("severity-{}", finding.severity))),
        ("finding-raised-at", paper.moment(finding.raised_at)),
        ("finding-due-on", paper.date(finding.due_on)),
        ("finding-owner-name", finding.owner_name.clone()),
    ];
    if !finding.reason.is_empty() {
        facts.push(("finding-reason-claimed", finding.reason.clone()));
    }
    if finding.mended_at.is_some() {
        facts.push(("finding-mended-at", moment(finding.mended_at)));
    }
    if finding.answered_at.is_some() {
        facts.push(("finding-root-cause", finding.root_cause.clone()));
        facts.push(("finding-action", finding.action.clone()));
        let done = finding.action_on.map(|day| paper.date(day)).unwrap_or_default();
        facts.push(("finding-action-on", done));
        facts.push(("finding-answered-by", finding.answered_by_name.clone()));
        facts.push(("finding-answered-at", moment(finding.answered_at)));
    }
    facts.push(("finding-status", status(paper, finding)));
    if finding.status == FindingStatus::Closed {
        facts.push(("finding-effect", finding.effect.clone()));
        facts.push(("finding-closed-by", finding.closed_by_name.clone()));
        facts.push(("finding-closed-at", moment(finding.closed_at)));
    }
    part.facts(facts);
    paper.add(Block::KeepTogether(part.into_blocks()));
    write_rounds(paper, &finding.rounds.0);
    let proofs = filed.files.iter().filter(|file| file.subject_id == finding.id.as_str());
    write_files(paper, &proofs.collect::<Vec<_>>());
}

fn write_rounds(paper: &mut Paper, rounds: &[Round]) {
    if rounds.is_empty() {
        return;
    }
    paper.heading(3, paper.text("finding-rounds"));
    let heads = [
        ("finding-root-cause", 2.0, Align::Left),
        ("finding-action", 2.0, Align::Left),
        ("finding-answered-at", 1.4, Align::Left),
        ("finding-comment", 2.4, Align::Left),
        ("finding-returned-at", 1.4, Align::Left),
    ];
    let row = |round: &Round| {
        let answered = round.answered_at.map(|at| paper.moment_short(at)).unwrap_or_default();
        vec![
            Cell::new(&round.root_cause),
            Cell::new(&round.action),
            Cell::new(answered),
            Cell::new(&round.comment),
            Cell::new(paper.moment_short(round.returned_at)),
        ]
    };
    let rows = rounds.iter().map(row).collect();
    paper.table(&heads, rows);
}

/// The files on something, with their hashes.
pub fn write_files(paper: &mut Paper, files: &[&Attachment]) {
    if files.is_empty() {
        return;
    }
    let heads = [
        ("finding-file", 2.4, Align::Left),
        ("finding-file-by", 1.4, Align::Left),
        ("finding-file-at", 1.4, Align::Left),
        ("finding-file-hash", 4.0, Align::Left),
    ];
    let row = |file: &&Attachment| {
        vec![
            Cell::new(&file.file_name),
            Cell::new(&file.added_by_name),
            Cell::new(paper.moment_short(file.added_at)),
            Cell::new(&file.sha256),
        ]
    };
    let rows = files.iter().map(row).collect();
    paper.table(&heads, rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::types::Json;
    use crate::finding::model::{English, Outcome, Source};
    use crate::web::Language;

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().unwrap()
    }

    fn id<T: std::str::FromStr<Err = uuid::Error>>(number: i32) -> T {
        format!("019d0000-0000-7000-8000-{number:012}").parse().unwrap()
    }

    /// A corrective action of an incident.
    fn action(position: i32, status: FindingStatus) -> Finding {
        let outcome = if status == FindingStatus::Closed { Outcome::Mended } else { Outcome::None };
        Finding {
            tenant_id: id(1),
            id: id(10 + position),
            entrustment_id: id(2),
            position,
            source: Source::Incident,
            subject_kind: "incident".into(),
            subject_id: "019d0000-0000-7000-8000-000000000003".into(),
            rule: String::new(),
            title: "宛先を一覧から選ぶ".into(),
            detail: "宛先の入力をやめる".into(),
            reason: String::new(),
            severity: Severity::High,
            grade: 1,
            status,
            owner_name: "責任者".into(),
            due_on: day("2026-04-30"),
            root_cause: String::new(),
            action: String::new(),
            action_on: None,
            answered_by_name: String::new(),
            answered_at: None,
            rounds: Json(Vec::new()),
            effect: "誤りがないことを見た".into(),
            outcome,
            mended_at: None,
            closed_by_name: String::new(),
            closed_at: None,
            reminded: 0,
            raised_by_name: String::new(),
            raised_at: day("2026-04-01").and_hms_opt(0, 0, 0).unwrap(),
            version: 1,
            english: Json(English::default()),
        }
    }

    fn references(language: Language, findings: &[&Finding]) -> Vec<Block> {
        let mut paper = Paper::new(language);
        write_references(&mut paper, findings);
        paper.into_blocks()
    }

    #[test]
    fn a_reference_has_number_title_due_date_and_state_and_nothing_of_the_rest() {
        let all = [action(1, FindingStatus::Closed), action(3, FindingStatus::Answered)];
        let blocks = references(Language::Ja, &all.iter().collect::<Vec<_>>());
        let Some(Block::Table(table)) = blocks.first() else { panic!("{blocks:?}") };
        let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.clone()).collect();
        let rows: Vec<Vec<String>> = table.rows.iter().map(row).collect();
        let title = "宛先を一覧から選ぶ";
        let expected = [
            ["第1号", title, "令和8年4月30日", "是正を確認して終了"],
            ["第3号", title, "令和8年4月30日", "確認待ち"],
        ];
        assert_eq!(rows, expected);
        let words = format!("{blocks:?}");
        assert!(!words.contains("責任者") && !words.contains("誤りがないこと"), "{words}");
    }

    #[test]
    fn where_no_chapter_tells_of_findings_they_are_told_in_full_or_not_at_all() {
        let written = |findings: Vec<Finding>| {
            let mut paper = Paper::new(Language::Ja);
            write_about(&mut paper, &Filed { findings, files: Vec::new() });
            format!("{:?}", paper.into_blocks())
        };
        assert_eq!(written(Vec::new()), "[]");
        let words = written(vec![action(1, FindingStatus::Closed)]);
        for told in ["指摘と是正", "責任者", "令和8年4月30日", "誤りがないことを見た"]
        {
            assert!(words.contains(told), "{told} is not in {words}");
        }
    }

    #[test]
    fn every_word_of_a_reference_is_there_in_both_languages() {
        for language in Language::ALL {
            let one = action(1, FindingStatus::Returned);
            let words = format!("{:?}", references(language, &[&one]));
            assert!(!words.contains('⟦'), "{language}: {words}");
        }
    }
}
