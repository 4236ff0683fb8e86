//! The certificate of a disposal (消去・廃棄証明書) as PDF. The same state gives the same bytes.

use super::case::{Case, HoldingLine, ItemNames};
use super::model::{Disposal, DisposalKind, DisposalStatus};
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::organisation::{self, contractor};
use crate::paper::{Face, Paper};
use crate::typeset::{self, Align, Band, Block, Cell, Document, Tone};
use crate::web::Language;

/// Makes the PDF.
///
/// # Errors
/// Those of the database and of setting it.
pub(super) fn pdf(
    connection: &mut Connection,
    language: Language,
    entrustment: &Entrustment,
    case: &Case,
) -> Result<Vec<u8>> {
    let tenant = entrustment.tenant_id;
    let certificate = Certificate {
        principal: organisation::find(connection, tenant)?.name,
        contractor: contractor::find(connection, tenant, entrustment.contractor_id)?.name,
        lines: ItemNames::load(connection, entrustment)?.lines(language, &case.holdings),
        entrustment,
        case,
        language,
    };
    let rendered = typeset::render(&certificate.document()?).map_err(Error::internal)?;
    Ok(rendered.bytes)
}

struct Certificate<'a> {
    principal: String,
    contractor: String,
    lines: Vec<HoldingLine>,
    entrustment: &'a Entrustment,
    case: &'a Case,
    language: Language,
}

impl Certificate<'_> {
    fn disposal(&self) -> &Disposal {
        &self.case.disposal
    }

    fn document(&self) -> Result<Document> {
        let mut paper = Paper::new(self.language);
        let disposal = self.disposal();
        let number = disposal.number(&self.entrustment.number);
        let title = paper.text(&format!("certificate-title-{}", disposal.kind));
        paper.add(Block::Cover {
            overline: self.principal.clone(),
            title: title.clone(),
            subtitle: self.entrustment.title.clone(),
        });
        let statement = paper.text(&format!("certificate-statement-{}", disposal.kind));
        paper.body(statement);
        let own = [
            ("certificate-number", number.clone()),
            ("certificate-principal", self.principal.clone()),
            ("certificate-contractor", self.contractor.clone()),
            (
                "certificate-contract",
                format!("{} {}", self.entrustment.number, self.entrustment.title),
            ),
            (
                "certificate-period",
                paper.period(self.entrustment.starts_on, self.entrustment.ends_on),
            ),
        ];
        let facts = own.into_iter().chain(facts(&paper, disposal)).collect::<Vec<_>>();
        paper.facts(facts);
        paper.heading(1, paper.text("certificate-holdings"));
        write_holdings(&mut paper, &self.lines);
        paper.heading(1, paper.text("certificate-files"));
        write_files(&mut paper, self.case);
        self.write_attestation(&mut paper)?;
        Ok(self.framed(&paper, &title, number))
    }

    fn write_attestation(&self, paper: &mut Paper) -> Result<()> {
        let disposal = self.disposal();
        paper.heading(1, paper.text("certificate-attestation"));
        paper.body(paper.text("certificate-binding"));
        if !self.case.holds()? {
            let (title, text) = ("certificate-broken", "certificate-broken-text");
            paper.callout(Tone::Bad, paper.text(title), paper.text(text));
        }
        let facts = attestation(paper, disposal);
        paper.facts(facts);
        paper.note(paper.text("certificate-hash"));
        paper.mono(disposal.attested_hash.clone());
        Ok(())
    }

    fn framed(&self, paper: &Paper, title: &str, number: String) -> Document {
        let disposal = self.disposal();
        let attested = disposal.attested_at.unwrap_or(disposal.created_at);
        let band = (disposal.status != DisposalStatus::Accepted)
            .then(|| Band { text: paper.text("certificate-not-accepted"), tone: Tone::Caution });
        let created = disposal.decided_at.map_or(attested, |decided| decided.max(attested));
        paper.document(Face {
            title: title.to_owned(),
            number,
            contract: self.entrustment.number.clone(),
            author: self.contractor.clone(),
            subject: self.entrustment.title.clone(),
            id: format!("{}-{}", disposal.id, disposal.version),
            created,
            // It speaks of when it was attested, even where it was accepted later.
            as_of: attested,
            band,
        })
    }
}

/// The fields of a disposal, as certificate and record show them.
pub(super) fn facts(paper: &Paper, disposal: &Disposal) -> Vec<(&'static str, String)> {
    let method = paper.text(&format!("disposal-method-{}", disposal.method));
    let method = match disposal.method_note.as_str() {
        "" => method,
        note => {
            let args = [("what", method.into()), ("detail", note.into())];
            paper.say("disposal-with-detail", &args)
        }
    };
    let mut facts = vec![
        ("disposal-kind", paper.text(&format!("disposal-kind-{}", disposal.kind))),
        ("disposal-method", method),
        ("disposal-quantity", disposal.quantity.clone()),
        ("disposal-device-number", disposal.device_number.clone()),
        ("disposal-done-on", paper.date(disposal.done_on)),
        ("disposal-responsible", disposal.responsible.clone()),
        ("disposal-performed-by", disposal.performed_by.clone()),
        ("disposal-witness", disposal.witness.clone()),
        ("disposal-backups", disposal.backups.clone()),
        ("disposal-subs", disposal.subs.clone()),
        ("disposal-outside-certificate", disposal.outside_certificate.clone()),
    ];
    if disposal.kind == DisposalKind::Retained {
        let until = disposal.retained_until.map(|day| paper.date(day)).unwrap_or_default();
        facts.push(("disposal-retained-reason", disposal.retained_reason.clone()));
        facts.push(("disposal-retained-until", until));
    }
    facts
}

/// Who attested and who accepted.
pub(super) fn attestation(paper: &Paper, disposal: &Disposal) -> Vec<(&'static str, String)> {
    let at =
        |at: Option<crate::clock::Timestamp>| at.map(|at| paper.moment(at)).unwrap_or_default();
    let mut facts = vec![
        ("disposal-attested-title", disposal.attested_title.clone()),
        ("disposal-attested-name", disposal.attested_name.clone()),
        ("disposal-attested-at", at(disposal.attested_at)),
    ];
    if disposal.status == DisposalStatus::Accepted {
        facts.push(("disposal-accepted-by", disposal.decided_by_name.clone()));
        facts.push(("disposal-accepted-at", at(disposal.decided_at)));
        facts.push(("disposal-comment", disposal.comment.clone()));
    }
    facts
}

/// The table of holdings.
pub(super) fn write_holdings(paper: &mut Paper, lines: &[HoldingLine]) {
    let heads = [
        ("disposal-holding-number", 0.8, Align::Right),
        ("disposal-items", 3.0, Align::Left),
        ("disposal-persons", 1.2, Align::Right),
        ("disposal-place", 2.5, Align::Left),
        ("disposal-medium", 2.5, Align::Left),
    ];
    let row = |line: &HoldingLine| {
        let persons = paper.say("disposal-persons-count", &[("count", line.persons.into())]);
        vec![
            Cell::new(line.number.to_string()),
            Cell::new(&line.items),
            Cell::new(persons),
            Cell::new(&line.place),
            Cell::new(&line.medium),
        ]
    };
    let rows = lines.iter().map(row).collect();
    paper.table(&heads, rows);
}

/// The files with their hashes.
pub(super) fn write_files(paper: &mut Paper, case: &Case) {
    if case.files.is_empty() {
        paper.body(paper.text("disposal-files-none"));
        return;
    }
    for file in &case.files {
        let mut part = Paper::new(paper.language());
        part.note(file.file_name.clone());
        part.mono(file.sha256.clone());
        paper.add(Block::KeepTogether(part.into_blocks()));
    }
}
