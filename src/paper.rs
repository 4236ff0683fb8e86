//! Paper: what the slices write their parts of a document with, in one language.
//!
//! A [`Paper`] collects the blocks of a document for `typeset`; words come from the locales, dates
//! are Japan's. It knows no slice.

use chrono::{NaiveDate, Timelike as _};

use crate::clock::Timestamp;
use crate::japanese;
use crate::typeset::{
    Align, Band, Block, Cell, Column, Document, Frame, Meta, Table, TextStyle, Tone,
};
use crate::web::Language;
use crate::web::locale::{self, ArgValue};

/// A part of a document that is being written.
#[derive(Clone, Debug)]
pub struct Paper {
    language: Language,
    blocks: Vec<Block>,
}

/// What a document is called, whose it is, and what stands on each of its pages.
#[derive(Clone, Debug)]
pub struct Face {
    /// What it is.
    pub title: String,
    /// Its own number.
    pub number: String,
    /// The number of the contract that it is about.
    pub contract: String,
    /// Who made it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// Its id: the same state has the same.
    pub id: String,
    /// The time of that state.
    pub created: Timestamp,
    /// The time at the foot of each page: as of when it speaks.
    pub as_of: Timestamp,
    /// A band across each page.
    pub band: Option<Band>,
}

/// A column of a table: the key of its head, its relative width, its alignment.
pub type Head<'a> = (&'a str, f32, Align);

impl Paper {
    /// An empty paper in a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, blocks: Vec::new() }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The blocks written so far.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What was written.
    #[must_use]
    pub fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// The message of `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    /// The message of `key` with its arguments.
    #[must_use]
    pub fn say(&self, key: &str, args: &[(&str, ArgValue)]) -> String {
        locale::text_with(self.language, key, args)
    }

    /// The messages of a list of words, one after the other.
    #[must_use]
    pub fn words<T: ToString>(&self, prefix: &str, words: &[T]) -> String {
        let words: Vec<String> =
            words.iter().map(|word| self.text(&format!("{prefix}{}", word.to_string()))).collect();
        words.join(&self.text("paper-between"))
    }

    /// A day: 令和8年4月1日.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        locale::day(self.language, date)
    }

    /// A moment in Japan with the era.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        let at = japanese::to_jst(at);
        let args = [
            ("date", self.date(at.date()).into()),
            ("hour", format!("{:02}", at.hour()).into()),
            ("minute", format!("{:02}", at.minute()).into()),
        ];
        self.say("paper-moment", &args)
    }

    /// A moment in Japan for narrow columns: R8.4.1 10:23.
    #[must_use]
    pub fn moment_short(&self, at: Timestamp) -> String {
        let at = japanese::to_jst(at);
        let date = match self.language {
            Language::Ja => japanese::era_date_short(at.date()),
            Language::En => at.date().to_string(),
        };
        format!("{date} {}", at.format("%H:%M"))
    }

    /// From one day to another.
    #[must_use]
    pub fn period(&self, from: NaiveDate, to: NaiveDate) -> String {
        let args = [("from", self.date(from).into()), ("to", self.date(to).into())];
        self.say("paper-period", &args)
    }

    /// The document of what was written.
    #[must_use]
    pub fn document(&self, face: Face) -> Document {
        let Face { title, number, contract, author, subject, id, created, as_of, band } = face;
        Document {
            frame: Frame {
                header_left: format!("{title} {contract}"),
                footer_left: format!("{author} {}", self.moment(as_of)),
                header_right: number.clone(),
                page_of: self.text("paper-page-of"),
                bands: band.into_iter().collect(),
            },
            meta: Meta {
                title: format!("{title} {number}"),
                author,
                subject,
                id,
                created,
                language: self.language.as_str().to_owned(),
            },
            blocks: self.blocks.clone(),
            missing_heading: self.text("paper-missing-heading"),
            missing_note: self.text("paper-missing-note"),
        }
    }

    /// Adds a block.
    pub fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a heading of level 1 to 3.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.add(Block::Heading { level, text: text.into() });
    }

    /// Begins a chapter on a new page; its heading is a key.
    pub fn chapter(&mut self, key: &str) {
        self.add(Block::PageBreak);
        self.heading(1, self.text(key));
    }

    /// Adds a paragraph.
    pub fn body(&mut self, text: impl Into<String>) {
        self.styled(text, TextStyle::Body);
    }

    /// Adds a paragraph in small grey print.
    pub fn note(&mut self, text: impl Into<String>) {
        self.styled(text, TextStyle::Note);
    }

    /// Adds a hash or key.
    pub fn mono(&mut self, text: impl Into<String>) {
        self.styled(text, TextStyle::Mono);
    }

    fn styled(&mut self, text: impl Into<String>, style: TextStyle) {
        self.add(Block::Paragraph { text: text.into(), style });
    }

    /// Adds a tinted box.
    pub fn callout(&mut self, tone: Tone, title: impl Into<String>, text: impl Into<String>) {
        self.add(Block::Callout { tone, title: title.into(), text: text.into() });
    }

    /// Adds labels, by their keys, with their values; an empty value is said to be none.
    pub fn facts<'a>(&mut self, facts: impl IntoIterator<Item = (&'a str, String)>) {
        let empty = self.text("paper-empty");
        let fact = |(key, value): (&str, String)| {
            let value = if value.trim().is_empty() { empty.clone() } else { value };
            (self.text(key), value)
        };
        let facts = facts.into_iter().map(fact).collect();
        self.add(Block::Facts(facts));
    }

    /// Adds a table; the heads are keys.
    pub fn table(&mut self, heads: &[Head<'_>], rows: Vec<Vec<Cell>>) {
        let column =
            |&(key, width, align): &Head<'_>| Column { head: self.text(key), width, align };
        let columns = heads.iter().map(column).collect();
        self.add(Block::Table(Table { columns, rows }));
    }
}
