//! The clauses and the attestations in the audit record, with whether each attestation still
//! binds what is there.

use super::binding::{Attested, Binding, EvidenceHash, Part};
use super::clauses::{Clause, ClauseSet};
use super::model::Attestation;
use super::store;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::paper::Paper;
use crate::questionnaire::Text;
use crate::questionnaire::record::{self as questionnaires, Filed};
use crate::typeset::{Align, Block, Cell, Tone};

/// An attestation held against what is there now.
#[derive(Clone, Debug)]
pub struct Held {
    /// The attestation.
    pub pledged: Attestation,
    /// The parts that what is there now no longer bears out.
    pub broken: Vec<Part>,
    /// Whether a later round was attested again.
    pub past: bool,
}

/// The attestations of an entrustment's questionnaires on record, oldest first, each held against
/// what is there now.
///
/// # Errors
/// Those of the database.
pub fn held(
    connection: &mut Connection,
    entrustment: &Entrustment,
    filed: &[Filed],
) -> Result<Vec<Held>> {
    let mut held: Vec<Held> = Vec::new();
    for pledged in store::of_entrustment(connection, entrustment)? {
        if let Some(filed) = questionnaire_of(&pledged, filed) {
            let same = |h: &&mut Held| h.pledged.questionnaire_id == pledged.questionnaire_id;
            held.iter_mut().filter(same).for_each(|earlier| earlier.past = true);
            let broken = broken(entrustment, filed, &pledged)?;
            held.push(Held { pledged, broken, past: false });
        }
    }
    Ok(held)
}

/// The questionnaire on record to which it belongs, when it still counts and the round was handed in.
fn questionnaire_of<'a>(pledged: &Attestation, all: &'a [Filed]) -> Option<&'a Filed> {
    let handed_in = |filed: &&Filed| i32::from(filed.rounds()) >= pledged.round;
    let mut own = all.iter().filter(|f| f.questionnaire.id == pledged.questionnaire_id);
    own.find(|f| f.counts()).filter(handed_in)
}

fn broken(entrustment: &Entrustment, filed: &Filed, pledged: &Attestation) -> Result<Vec<Part>> {
    let Some(clauses) = clause_set(&pledged.clauses, pledged.clauses_version)? else {
        return Ok(vec![Part::Clauses]);
    };
    let round = u16::try_from(pledged.round).unwrap_or_default();
    let evidence: Vec<EvidenceHash> = filed
        .proofs(round, pledged.attested_at)
        .map(|proof| EvidenceHash {
            question: proof.question.clone(),
            file_name: proof.file_name.clone(),
            sha256: proof.sha256.clone(),
        })
        .collect();
    let now = Binding::of(&Attested {
        template: &filed.template,
        answers: &filed.shown_answers(round),
        evidence: &evidence,
        clauses: &clauses,
        my_number: entrustment.my_number,
        exceptions: &pledged.exceptions.0,
    })?;
    Ok(pledged.binding().check(&now)?)
}

fn clause_set(id: &str, version: i32) -> Result<Option<ClauseSet>> {
    let Ok(version) = u16::try_from(version) else {
        return Ok(None);
    };
    Ok(ClauseSet::find(id, version)?)
}

/// Writes the chapter: the clauses in full, then the attestations.
///
/// # Errors
/// When the clauses can't be read.
pub fn write(
    paper: &mut Paper,
    entrustment: &Entrustment,
    filed: &[Filed],
    held: &[Held],
) -> Result<()> {
    paper.chapter("record-attestation");
    let mut sets = vec![(entrustment.clauses.as_str(), entrustment.clauses_version)];
    for Held { pledged, .. } in held {
        let set = (pledged.clauses.as_str(), pledged.clauses_version);
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    for (id, version) in sets {
        if let Some(set) = clause_set(id, version)? {
            write_clauses(paper, &set, entrustment.my_number)?;
        }
    }
    if held.is_empty() {
        paper.body(paper.text("record-pledges-none"));
    }
    for held in held {
        if let Some(filed) = questionnaire_of(&held.pledged, filed) {
            write_pledge(paper, filed, held)?;
        }
    }
    Ok(())
}

fn said<'a>(paper: &Paper, text: &'a Text) -> &'a str {
    text.get(paper.language().as_str())
}

fn set_name(paper: &Paper, set: &ClauseSet) -> String {
    let args =
        [("title", said(paper, &set.title).into()), ("version", set.version.to_string().into())];
    paper.say("record-clauses", &args)
}

fn write_clauses(paper: &mut Paper, set: &ClauseSet, my_number: bool) -> Result<()> {
    paper.heading(2, set_name(paper, set));
    paper.body(said(paper, &set.preamble).to_owned());
    for clause in &set.clauses {
        let applies = set.applicable(my_number).any(|c| c.id == clause.id);
        write_clause(paper, clause, applies);
    }
    paper.body(said(paper, &set.closing).to_owned());
    paper.note(paper.text("record-clauses-hash"));
    paper.mono(set.hash()?);
    Ok(())
}

fn clause_name(paper: &Paper, clause: &Clause) -> String {
    let args = [
        ("number", clause.number.to_string().into()),
        ("title", said(paper, &clause.title).into()),
    ];
    paper.say("record-clause", &args)
}

fn write_clause(paper: &mut Paper, clause: &Clause, applies: bool) {
    let mut part = Paper::new(paper.language());
    part.heading(3, clause_name(paper, clause));
    if !applies {
        part.note(paper.text("record-clause-not-applicable"));
    }
    part.body(said(paper, &clause.text).to_owned());
    part.note(paper.say("record-clause-source", &[("source", clause.source.as_str().into())]));
    paper.add(Block::KeepTogether(part.into_blocks()));
}

fn write_pledge(paper: &mut Paper, filed: &Filed, held: &Held) -> Result<()> {
    let pledged = &held.pledged;
    let set = clause_set(&pledged.clauses, pledged.clauses_version)?;
    let mut part = Paper::new(paper.language());
    let args = [
        ("title", said(paper, &filed.template.title).into()),
        ("round", pledged.round.to_string().into()),
    ];
    part.heading(2, paper.say("record-pledge", &args));
    write_held(&mut part, held);
    let clauses = set.as_ref().map(|set| set_name(paper, set)).unwrap_or_default();
    let exceptions = paper
        .say("record-pledge-exceptions-count", &[("count", pledged.exceptions.0.len().into())]);
    part.facts([
        ("record-pledge-of", questionnaires::name(paper, filed, "record-pledge-of-value")),
        ("record-pledge-name", pledged.name.clone()),
        ("record-pledge-title", pledged.title.clone()),
        ("record-pledge-at", paper.moment(pledged.attested_at)),
        ("record-pledge-clauses", clauses),
        ("record-pledge-exceptions", exceptions),
        ("record-pledge-hash-questions", pledged.questions_hash.clone()),
        ("record-pledge-hash-answers", pledged.answers_hash.clone()),
        ("record-pledge-hash-evidence", pledged.evidence_hash.clone()),
        ("record-pledge-hash-clauses", pledged.clauses_hash.clone()),
        ("record-pledge-hash-whole", pledged.binding_hash.clone()),
    ]);
    paper.add(Block::KeepTogether(part.into_blocks()));
    if !pledged.exceptions.0.is_empty() {
        write_exceptions(paper, pledged, set.as_ref());
    }
    Ok(())
}

fn write_held(paper: &mut Paper, held: &Held) {
    if held.broken.is_empty() {
        let (tone, title, text) = if held.past {
            (Tone::Neutral, "record-pledge-past", "record-pledge-past-text")
        } else {
            (Tone::Good, "record-pledge-valid", "record-pledge-valid-text")
        };
        paper.callout(tone, paper.text(title), paper.text(text));
        return;
    }
    let parts: Vec<String> = held
        .broken
        .iter()
        .map(|part| {
            paper.text(match part {
                Part::Questions => "record-part-questions",
                Part::Answers => "record-part-answers",
                Part::Evidence => "record-part-evidence",
                Part::Clauses => "record-part-clauses",
                Part::Whole => "record-part-whole",
            })
        })
        .collect();
    let parts = parts.join(&paper.text("paper-between"));
    let mut text = paper.say("record-pledge-broken-text", &[("parts", parts.into())]);
    if !held.past {
        text.push('\n');
        text.push_str(&paper.text("record-pledge-broken-next"));
    }
    paper.callout(Tone::Bad, paper.text("record-pledge-broken"), text);
}

fn write_exceptions(paper: &mut Paper, pledged: &Attestation, set: Option<&ClauseSet>) {
    paper.heading(3, paper.text("record-pledge-exceptions"));
    let heads = [
        ("record-pledge-exception-clause", 1.5, Align::Left),
        ("record-pledge-exception-reason", 2.5, Align::Left),
        ("record-pledge-exception-measure", 2.5, Align::Left),
    ];
    let name = |id: &str| {
        let clause = set.and_then(|set| set.clauses.iter().find(|c| c.id == id));
        clause.map_or_else(|| id.to_owned(), |clause| clause_name(paper, clause))
    };
    let rows = pledged
        .exceptions
        .0
        .iter()
        .map(|e| vec![Cell::new(name(&e.clause)), Cell::new(&e.reason), Cell::new(&e.measure)])
        .collect();
    paper.table(&heads, rows);
}
