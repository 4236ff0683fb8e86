//! What stands before and after the chapters of an audit record: cover, summary, contents, how to
//! verify, and the frame of every page.

use super::model::RecordId;
use crate::attestation::record::Held;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::entrustment::record::Parties;
use crate::ledger::Checkpoint;
use crate::paper::Paper;
use crate::questionnaire::record::Filed;
use crate::typeset::{Block, Document, Frame, Meta, TextStyle, Tone};
use crate::web::Language;

/// What cover and frame show.
pub(super) struct Face<'a> {
    pub language: Language,
    pub entrustment: &'a Entrustment,
    pub parties: &'a Parties,
    pub filed: &'a [Filed],
    pub held: &'a [Held],
    pub as_of: Timestamp,
    pub id: RecordId,
    pub state_hash: &'a str,
    pub checkpoint: &'a Checkpoint,
    pub verifier_key: &'a str,
}

/// The whole document around its chapters.
pub(super) fn document(face: &Face<'_>, chapters: Vec<Block>) -> Document {
    let mut paper = Paper::new(face.language);
    write_cover(&mut paper, face);
    let mut blocks = paper.into_blocks();
    blocks.extend(chapters);
    let mut paper = Paper::new(face.language);
    write_verification(&mut paper, face);
    blocks.extend(paper.blocks().iter().cloned());
    Document {
        meta: meta(&paper, face),
        frame: frame(&paper, face),
        blocks,
        missing_heading: paper.text("paper-missing-heading"),
        missing_note: paper.text("paper-missing-note"),
    }
}

fn header(paper: &Paper, face: &Face<'_>) -> String {
    let title = paper.text("record-title");
    let number = face.entrustment.number.as_str();
    paper.say("record-header", &[("title", title.into()), ("number", number.into())])
}

fn meta(paper: &Paper, face: &Face<'_>) -> Meta {
    Meta {
        title: header(paper, face),
        author: face.parties.principal.name.clone(),
        subject: paper.text("record-subject"),
        id: face.id.to_string(),
        created: face.as_of,
        language: face.language.as_str().to_owned(),
    }
}

fn frame(paper: &Paper, face: &Face<'_>) -> Frame {
    let principal = face.parties.principal.name.as_str();
    let date = paper.moment(face.as_of);
    Frame {
        header_left: header(paper, face),
        header_right: paper.say("record-id", &[("id", face.id.as_str().into())]),
        footer_left: paper
            .say("record-footer", &[("principal", principal.into()), ("date", date.into())]),
        page_of: paper.text("paper-page-of"),
        bands: Vec::new(),
    }
}

fn write_cover(paper: &mut Paper, face: &Face<'_>) {
    let Face { entrustment, parties, .. } = face;
    paper.add(Block::Cover {
        overline: paper.text("record-overline"),
        title: paper.text("record-title"),
        subtitle: entrustment.title.clone(),
    });
    let as_of = paper.moment(face.as_of);
    let principal = [parties.principal.name.as_str(), parties.division.name.as_str()].join(" ");
    paper.facts([
        ("record-principal", principal),
        ("record-contractor", parties.contractor.name.clone()),
        ("record-number", entrustment.number.clone()),
        ("record-entrustment-title", entrustment.title.clone()),
        ("record-cover-as-of", paper.say("record-cover-as-of-value", &[("moment", as_of.into())])),
        ("record-cover-id", face.id.to_string()),
        ("record-cover-hash", face.state_hash.to_owned()),
    ]);
    paper.add(Block::Space(4.0));
    let (tone, lines) = summary(paper, face);
    paper.callout(tone, paper.text("record-summary"), lines.join("\n"));
    let size = i64::try_from(face.checkpoint.size).unwrap_or(i64::MAX);
    paper.note(paper.say("record-cover-note", &[("size", size.into())]));
    paper.add(Block::PageBreak);
    let text = paper.text("record-contents");
    paper.add(Block::Paragraph { text, style: TextStyle::Lead });
    paper.add(Block::Contents { depth: 2 });
    paper.add(Block::PageBreak);
}

/// The state in a few lines, and how good it is: of the questionnaire dispatched last.
fn summary(paper: &Paper, face: &Face<'_>) -> (Tone, Vec<String>) {
    let entrustment = face.entrustment;
    let status = paper.text(&format!("record-entrustment-{}", entrustment.status));
    let period = paper.period(entrustment.starts_on, entrustment.ends_on);
    let args = [("status", status.into()), ("period", period.into())];
    let mut lines = vec![paper.say("record-summary-entrustment", &args)];
    let Some(filed) = face.filed.iter().rev().find(|f| f.counts()) else {
        lines.push(paper.text("record-summary-none"));
        lines.push(paper.text("record-summary-attestation-none"));
        return (Tone::Neutral, lines);
    };
    let row = &filed.questionnaire;
    let status = paper.text(&format!("record-status-{}", row.status));
    let deadline = paper.date(row.deadline);
    let args = [("status", status.into()), ("deadline", deadline.into())];
    lines.push(paper.say("record-summary-questionnaire", &args));
    let mut grave = false;
    if let Some(score) = filed.score() {
        grave = score.high > 0;
        lines.push(paper.say("record-summary-score", &[("percent", score.percent.into())]));
        let args = [
            ("high", score.high.into()),
            ("medium", score.medium.into()),
            ("low", score.low.into()),
        ];
        lines.push(paper.say("record-summary-findings", &args));
    }
    let last = face.held.iter().rev().find(|h| h.pledged.questionnaire_id == row.id);
    let (tone, line) = attested(paper, last);
    lines.push(line);
    (if grave && tone == Tone::Good { Tone::Caution } else { tone }, lines)
}

fn attested(paper: &Paper, held: Option<&Held>) -> (Tone, String) {
    let Some(held) = held else {
        return (Tone::Neutral, paper.text("record-summary-attestation-none"));
    };
    let day = crate::japanese::jst_date(held.pledged.attested_at);
    let name = held.pledged.name.as_str();
    let args = [("date", paper.date(day).into()), ("name", name.into())];
    if held.broken.is_empty() {
        (Tone::Good, paper.say("record-summary-attestation-valid", &args))
    } else {
        (Tone::Bad, paper.say("record-summary-attestation-broken", &args))
    }
}

fn write_verification(paper: &mut Paper, face: &Face<'_>) {
    paper.chapter("record-verify");
    paper.body(paper.text("record-verify-lead"));
    paper.heading(2, paper.text("record-verify-file"));
    paper.body(paper.text("record-verify-file-text"));
    paper.heading(2, paper.text("record-verify-content"));
    paper.body(paper.text("record-verify-content-text"));
    paper.mono(face.state_hash);
    paper.heading(2, paper.text("record-verify-checkpoint"));
    paper.body(paper.text("record-verify-checkpoint-text"));
    paper.note(paper.text("record-verify-note"));
    paper.mono(face.checkpoint.note.trim_end());
    paper.note(paper.text("record-verify-key"));
    paper.mono(face.verifier_key);
    paper.heading(2, paper.text("record-verify-binding"));
    paper.body(paper.text("record-verify-binding-text"));
    paper.add(Block::Space(4.0));
    paper.body(paper.text("record-end"));
}
