//! The receipt of an attestation as PDF. The same attestation gives the same bytes.

use super::clauses::{Clause, ClauseSet};
use super::model::Attestation;
use crate::error::{Error, Result};
use crate::japanese::to_jst;
use crate::questionnaire::{HeadView, Response};
use crate::typeset::{self, Align, Block, Cell, Column, Document, Frame, Meta, Table, TextStyle};
use crate::web::Language;
use crate::web::locale::{self, ArgValue};

/// Makes the PDF.
pub(super) fn pdf(
    language: Language,
    response: &Response,
    head: &HeadView,
    given: &Attestation,
) -> Result<Vec<u8>> {
    let words = Words { language, response, head, given };
    let rendered = typeset::render(&words.document()?).map_err(Error::internal)?;
    Ok(rendered.bytes)
}

struct Words<'a> {
    language: Language,
    response: &'a Response,
    head: &'a HeadView,
    given: &'a Attestation,
}

impl Words<'_> {
    fn say(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    fn time(&self) -> String {
        let at = to_jst(self.given.attested_at);
        let args = [
            ("date", ArgValue::from(locale::day(self.language, at.date()))),
            ("time", at.format("%H:%M:%S").to_string().into()),
        ];
        locale::text_with(self.language, "receipt-time", &args)
    }

    fn document(&self) -> Result<Document> {
        let title = self.say("receipt-title");
        let mut blocks = vec![Block::Cover {
            overline: self.head.entrustment_number.clone(),
            title: title.clone(),
            subtitle: self.head.entrustment_title.clone(),
        }];
        blocks.push(Block::Facts(self.facts()));
        blocks.push(self.heading("receipt-binding"));
        blocks.push(paragraph(self.say("receipt-binding-text")));
        blocks.extend(self.hashes());
        self.clauses(&mut blocks)?;
        Ok(Document {
            meta: Meta {
                title: format!("{title} {}", self.head.entrustment_title),
                author: self.head.contractor.clone(),
                subject: self.head.title.clone(),
                id: self.given.id.to_string(),
                created: self.given.attested_at,
                language: self.language.as_str().to_owned(),
            },
            frame: Frame {
                header_left: format!("{title} {}", self.head.entrustment_number),
                header_right: self.given.reference(),
                footer_left: format!("{} {}", self.head.contractor, self.time()),
                page_of: self.say("paper-page-of"),
                bands: vec![],
            },
            blocks,
            missing_heading: self.say("paper-missing-heading"),
            missing_note: self.say("paper-missing-note"),
        })
    }

    fn facts(&self) -> Vec<(String, String)> {
        let (head, given) = (self.head, self.given);
        let round = [("round", ArgValue::from(given.round))];
        let rows = [
            ("receipt-reference", given.reference()),
            ("receipt-principal", head.principal.clone()),
            ("receipt-contractor", head.contractor.clone()),
            (
                "receipt-entrustment",
                format!("{} {}", head.entrustment_number, head.entrustment_title),
            ),
            ("receipt-questionnaire", head.title.clone()),
            ("receipt-round", locale::text_with(self.language, "response-round", &round)),
            ("receipt-name", given.name.clone()),
            ("receipt-person-title", given.title.clone()),
            ("receipt-at", self.time()),
        ];
        rows.into_iter().map(|(key, value)| (self.say(key), value)).collect()
    }

    fn hashes(&self) -> Vec<Block> {
        let given = self.given;
        let rows = [
            ("seal-part-questions", &given.questions_hash),
            ("seal-part-answers", &given.answers_hash),
            ("seal-part-evidence", &given.evidence_hash),
            ("seal-part-clauses", &given.clauses_hash),
            ("seal-part-whole", &given.binding_hash),
        ];
        rows.into_iter()
            .map(|(key, hash)| {
                let text = hash.clone();
                Block::KeepTogether(vec![
                    Block::Paragraph { text: self.say(key), style: TextStyle::Note },
                    Block::Paragraph { text, style: TextStyle::Mono },
                ])
            })
            .collect()
    }

    fn clauses(&self, blocks: &mut Vec<Block>) -> Result<()> {
        let set = self.set()?;
        let lang = self.language.as_str();
        blocks.push(self.heading("receipt-clauses"));
        blocks.push(paragraph(set.closing.get(lang).to_owned()));
        let rows = set.applicable(self.response.entrustment.my_number);
        let rows = rows.map(|clause| self.clause(clause)).collect();
        let column = |key: &str, width, align| Column { head: self.say(key), width, align };
        blocks.push(Block::Table(Table {
            columns: vec![
                column("receipt-clause-number", 1.0, Align::Right),
                column("receipt-clause-title", 5.0, Align::Left),
                column("receipt-clause-exception", 6.0, Align::Left),
            ],
            rows,
        }));
        Ok(())
    }

    /// The clauses as they were attested.
    fn set(&self) -> Result<ClauseSet> {
        let version = u16::try_from(self.given.clauses_version).map_err(Error::internal)?;
        ClauseSet::find(&self.given.clauses, version)?.ok_or(Error::NotFound)
    }

    fn clause(&self, clause: &Clause) -> Vec<Cell> {
        let claimed = self.given.exceptions.0.iter().find(|e| e.clause == clause.id);
        let exception = claimed.map_or_else(
            || self.say("common-none"),
            |e| {
                let args = [
                    ("reason", ArgValue::from(e.reason.as_str())),
                    ("measure", e.measure.as_str().into()),
                ];
                locale::text_with(self.language, "receipt-exception", &args)
            },
        );
        vec![
            Cell::new(clause.number.to_string()),
            Cell::new(clause.title.get(self.language.as_str())),
            Cell::new(exception),
        ]
    }

    fn heading(&self, key: &str) -> Block {
        Block::Heading { level: 1, text: self.say(key) }
    }
}

fn paragraph(text: String) -> Block {
    Block::Paragraph { text, style: TextStyle::Body }
}
