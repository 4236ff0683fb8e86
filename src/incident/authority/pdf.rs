//! The report as PDF (速報, 確報), for the authority: what happened, and nothing of how it was judged here,
//! which stands in the incident's own record. The same state gives the same bytes.

use super::case::Standing;
use super::model::{Filing, Item, Items, Report};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::incident::duty::{Certainty, Encryption, Facts};
use crate::organisation::{self, contractor};
use crate::paper::{Face, Paper};
use crate::typeset::{self, Align, Band, Block, Cell, Document, Tone};
use crate::web::Language;

/// What is set: the report as it stands, or one that was filed.
pub(super) enum Of<'a> {
    /// As it stands, at a moment.
    Draft(Report, Timestamp),
    /// As it was filed.
    Filed(&'a Filing),
}

/// Makes the PDF.
///
/// # Errors
/// Those of the database and of setting it.
pub(super) fn pdf(
    connection: &mut Connection,
    language: Language,
    standing: &Standing,
    of: &Of<'_>,
) -> Result<Vec<u8>> {
    let entrustment = &standing.entrustment;
    let names = Names {
        principal: organisation::find(connection, entrustment.tenant_id)?.name,
        contractor: contractor::find(connection, entrustment.tenant_id, entrustment.contractor_id)?
            .name,
    };
    let document = document(language, standing, of, &names);
    Ok(typeset::render(&document).map_err(Error::internal)?.bytes)
}

struct Names {
    principal: String,
    contractor: String,
}

fn document(language: Language, standing: &Standing, of: &Of<'_>, names: &Names) -> Document {
    let mut paper = Paper::new(language);
    let (report, items, facts) = match of {
        Of::Draft(report, _) => (*report, &standing.items, &standing.incident.facts.0),
        Of::Filed(filing) => (filing.report, &filing.items.0, &filing.facts.0),
    };
    let title = paper.text(&format!("incident-authority-title-{report}"));
    paper.add(Block::Cover {
        overline: names.principal.clone(),
        title: title.clone(),
        subtitle: standing.entrustment.title.clone(),
    });
    let mut own = head(&paper, standing, names);
    own.extend(answered(&paper, facts));
    paper.facts(own);
    write_items(&mut paper, items);
    if let Of::Filed(filing) = of {
        write_changes(&mut paper, standing, filing);
        paper.heading(1, paper.text("incident-authority-filed"));
        let own = filed(&paper, filing);
        paper.facts(own);
    }
    framed(&paper, standing, of, (names, title))
}

/// What stands at the head of the report.
fn head(paper: &Paper, standing: &Standing, names: &Names) -> Vec<(&'static str, String)> {
    let (entrustment, incident) = (&standing.entrustment, &standing.incident);
    let unknown = || paper.text("incident-unknown");
    let at = |at: Timestamp| paper.moment(at);
    let known = [
        paper.moment(incident.known_at),
        paper.text(&format!("incident-side-{}", incident.known_side)),
        incident.known_by.clone(),
    ];
    let persons = incident.persons.map(|count| {
        let sure = paper.text(&format!("incident-counted-{}", incident.counted));
        let count = paper.say("entrustment-persons-count", &[("count", count.into())]);
        format!("{count} {sure}")
    });
    let recipients = Some(&incident.recipients).filter(|recipients| !recipients.is_empty());
    let mut head = vec![
        ("incident-authority-principal", names.principal.clone()),
        ("incident-authority-contractor", names.contractor.clone()),
        ("incident-authority-contract", format!("{} {}", entrustment.number, entrustment.title)),
        ("incident-kind", paper.text(&format!("incident-kind-{}", incident.kind))),
        ("incident-occurred-at", incident.occurred_at.map_or_else(unknown, at)),
        ("incident-known-at", known.join(" ")),
        ("incident-persons", persons.unwrap_or_else(unknown)),
        ("incident-recipients", recipients.cloned().unwrap_or_else(unknown)),
    ];
    head.extend(incident.notified_at.map(|moment| ("incident-notified-at", at(moment))));
    head
}

/// What was asked about the recipients and about encryption, as far as somebody answered.
pub(super) fn answered(paper: &Paper, facts: &Facts) -> Vec<(&'static str, String)> {
    let mut answered = Vec::new();
    if facts.confirmed_unseen != Certainty::Unknown {
        let said = paper.text(&format!("duty-certainty-{}", facts.confirmed_unseen));
        answered.push(("duty-confirmed-unseen", said));
    }
    // Data are taken not to be encrypted before somebody is asked: that is no answer.
    if facts.encryption != Encryption::default() {
        let Encryption { strong, key } = facts.encryption;
        answered.push(("duty-encryption-strong", paper.text(&format!("duty-certainty-{strong}"))));
        answered.push(("duty-encryption-key", paper.text(&format!("duty-key-{key}"))));
    }
    answered
}

fn write_items(paper: &mut Paper, items: &Items) {
    for (number, item) in (1..).zip(Item::ALL) {
        let name = paper.text(&format!("incident-authority-item-{item}"));
        paper.heading(1, format!("{number} {name}"));
        match items.get(*item) {
            "" => paper.note(paper.text("incident-authority-unknown")),
            said => paper.body(said),
        }
    }
}

/// What differs from the report that was filed before.
fn write_changes(paper: &mut Paper, standing: &Standing, filing: &Filing) {
    let before = standing.filings.iter().rev().find(|one| one.position < filing.position);
    let Some(before) = before else { return };
    let changed = filing.items.0.changed_from(&before.items.0);
    paper.heading(1, paper.text("incident-authority-changes"));
    if changed.is_empty() {
        paper.body(paper.text("incident-authority-unchanged"));
        return;
    }
    let unknown = paper.text("incident-authority-unknown");
    let said = |items: &Items, item: Item| match items.get(item) {
        "" => unknown.clone(),
        said => said.to_owned(),
    };
    let row = |item: &Item| {
        vec![
            Cell::new(paper.text(&format!("incident-authority-item-{item}"))),
            Cell::new(said(&before.items.0, *item)),
            Cell::new(said(&filing.items.0, *item)),
        ]
    };
    let rows = changed.iter().map(row).collect();
    let heads = [
        ("incident-authority-item", 1.2, Align::Left),
        ("incident-authority-before", 3.0, Align::Left),
        ("incident-authority-after", 3.0, Align::Left),
    ];
    paper.table(&heads, rows);
}

/// When, to whom and by whom it was filed.
fn filed(paper: &Paper, filing: &Filing) -> Vec<(&'static str, String)> {
    let side = paper.text(&format!("incident-side-{}", filing.side));
    let by = if filing.joint {
        paper.say("incident-authority-joint-by", &[("side", side.into())])
    } else {
        side
    };
    vec![
        ("incident-authority-authority", filing.authority.clone()),
        ("incident-authority-filed-at", paper.moment(filing.filed_at)),
        ("incident-authority-receipt", filing.receipt.clone()),
        ("incident-authority-by", by),
        (
            "incident-authority-entered",
            format!("{} {}", filing.entered_by_name, paper.moment(filing.entered_at)),
        ),
    ]
}

fn framed(
    paper: &Paper,
    standing: &Standing,
    of: &Of<'_>,
    (names, title): (&Names, String),
) -> Document {
    let incident = &standing.incident;
    let (id, made, band) = match of {
        Of::Draft(report, at) => {
            let id = format!("{}-{report}-{}-{}", incident.id, incident.version, standing.version);
            let text = paper.text("incident-authority-not-filed");
            (id, *at, Some(Band { text, tone: Tone::Caution }))
        }
        Of::Filed(filing) => (filing.id.to_string(), filing.entered_at, None),
    };
    paper.document(Face {
        title,
        number: format!("{}-{}", standing.entrustment.number, incident.position),
        contract: standing.entrustment.number.clone(),
        author: names.principal.clone(),
        subject: standing.entrustment.title.clone(),
        id,
        created: made,
        as_of: made,
        band,
    })
}
