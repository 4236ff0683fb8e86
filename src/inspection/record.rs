//! The inspections in the audit record.

use super::checklist::{ItemResult, Line};
use super::model::{Inspection, Overall};
use super::store;
use super::views::year;
use crate::attachment::{self, Attachment};
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::finding::record::write_files;
use crate::paper::Paper;
use crate::typeset::{Align, Block, Cell, Tone};

/// The inspections of an entrustment with their photographs and documents.
#[derive(Clone, Debug)]
pub struct Filed {
    inspections: Vec<Inspection>,
    files: Vec<Attachment>,
}

/// The inspections of an entrustment as they are on record, oldest first.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    let mut inspections = store::all(connection, entrustment)?;
    inspections.reverse();
    let mut files = attachment::of_entrustment(connection, entrustment)?;
    files.retain(|file| file.subject_kind == "inspection");
    Ok(Filed { inspections, files })
}

/// Writes the chapter.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.chapter("inspection-record");
    if filed.inspections.is_empty() {
        paper.body(paper.text("inspection-record-none"));
    }
    for inspection in &filed.inspections {
        write_one(paper, inspection);
        let proofs = filed.files.iter().filter(|file| file.subject_id == inspection.id.as_str());
        write_files(paper, &proofs.collect::<Vec<_>>());
    }
}

fn write_one(paper: &mut Paper, inspection: &Inspection) {
    let mut part = Paper::new(paper.language());
    part.heading(2, year(paper.language(), inspection.fiscal_year));
    let moment = |at: Option<_>| at.map(|at| paper.moment(at)).unwrap_or_default();
    let status = paper.text(&format!("inspection-status-{}", inspection.status));
    let mut facts = vec![
        ("inspection-planned-on", paper.date(inspection.planned_on)),
        ("inspection-method", paper.text(&format!("inspection-method-{}", inspection.method))),
        ("inspection-method-reason", inspection.method_reason.clone()),
        ("inspection-inspector", inspection.inspector.clone()),
        ("inspection-attendant", inspection.attendant.clone()),
        ("inspection-status", status),
    ];
    // What is written down before it is held is no result yet.
    if inspection.is_held() {
        facts.push(("inspection-held-at", moment(inspection.held_at)));
        facts.push(("inspection-seen", inspection.seen.clone()));
        facts.push(("inspection-overall", overall(paper, inspection.result)));
        facts.push(("inspection-comment", inspection.comment.clone()));
        let mend_by = inspection.mend_by.map(|day| paper.date(day)).unwrap_or_default();
        facts.push(("inspection-mend-by", mend_by));
        facts.push(("inspection-answer", inspection.answer.clone()));
        facts.push(("inspection-answered-by", inspection.answered_by_name.clone()));
        facts.push(("inspection-answered-at", moment(inspection.answered_at)));
        facts.push(("inspection-closed-by", inspection.closed_by_name.clone()));
        facts.push(("inspection-closed-at", moment(inspection.closed_at)));
    }
    part.facts(facts);
    paper.add(Block::KeepTogether(part.into_blocks()));
    if inspection.is_held() {
        write_lines(paper, inspection);
    }
}

fn overall(paper: &Paper, overall: Overall) -> String {
    match overall {
        Overall::None => String::new(),
        said => paper.text(&format!("inspection-overall-{said}")),
    }
}

fn write_lines(paper: &mut Paper, inspection: &Inspection) {
    let sheet = &inspection.checklist.0;
    let language = paper.language().as_str();
    let args = [
        ("title", sheet.title.get(language).into()),
        ("version", sheet.version.to_string().into()),
    ];
    paper.heading(3, paper.say("inspection-record-checklist", &args));
    let heads = [
        ("inspection-clause", 0.8, Align::Center),
        ("inspection-item", 4.6, Align::Left),
        ("inspection-result", 1.6, Align::Center),
        ("inspection-note", 3.0, Align::Left),
    ];
    let row = |line: &Line| {
        vec![
            Cell::new(line.item.clause.to_string()),
            Cell::new(line.item.text.get(language)),
            result(paper, line.result),
            Cell::new(&line.note),
        ]
    };
    let rows = sheet.lines.iter().map(row).collect();
    paper.table(&heads, rows);
}

fn result(paper: &Paper, result: Option<ItemResult>) -> Cell {
    let Some(result) = result else {
        return Cell::new("");
    };
    let tone = match result {
        ItemResult::Kept => Tone::Good,
        ItemResult::NotKept => Tone::Bad,
        ItemResult::NotApplicable => Tone::Neutral,
        ItemResult::NotSeen => Tone::Caution,
    };
    Cell::new(paper.text(&format!("inspection-result-{result}"))).tone(tone)
}
