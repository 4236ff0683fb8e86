//! Blocks into strips.

mod contents;
mod drawing;
mod lines;
mod rows;
mod table;
mod text;

pub(super) use contents::{expand, number};
pub(super) use lines::{boxed, run};

use super::document::{Block, TextStyle};
use super::glyphs::GlyphBook;
use super::page::{Keep, Mark, Role, Strip};
use super::style::{HAIR, HAIRLINE, LEFT, MM, WIDTH};

/// Space between blocks, pt.
const BLOCK_GAP: f32 = 9.0;

/// A horizontal range of the page, pt from its left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    /// Its left edge.
    pub x: f32,
    /// Its width.
    pub width: f32,
}

/// The text area.
pub(super) const TEXT_AREA: Column = Column { x: LEFT, width: WIDTH };

impl Column {
    /// What is left after taking `left` and `right` pt off its sides, never less than a tenth of a
    /// point.
    pub(super) fn inset(self, left: f32, right: f32) -> Self {
        Self { x: self.x + left, width: (self.width - left - right).max(0.1) }
    }
}

/// A heading, for the contents and the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1 to 3.
    pub level: u8,
    /// The words.
    pub text: String,
}

/// Turns blocks into strips, one after the other.
pub(super) struct Composer {
    /// The document's glyphs.
    pub book: GlyphBook,
    /// The strips so far.
    pub strips: Vec<Strip>,
    /// The headings so far.
    pub headings: Vec<Heading>,
    /// The height of a page's text area.
    pub page: f32,
}

impl Composer {
    /// A composer for pages whose text area is `page` pt high.
    pub(super) const fn new(book: GlyphBook, page: f32) -> Self {
        Self { book, strips: Vec::new(), headings: Vec::new(), page }
    }

    /// Adds a block.
    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Cover { overline, title, subtitle } => self.cover(overline, title, subtitle),
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph { text, style } => self.paragraph(text, *style),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Callout { tone, title, text } => self.callout(*tone, title, text),
            Block::Contents { depth } => self.role(Role::Contents(*depth)),
            Block::Space(mm) => self
                .strips
                .push(Strip { gap: (mm * MM).max(0.0).min(self.page), ..Strip::new(0.0) }),
            Block::Rule => self.rule(),
            Block::PageBreak => self.role(Role::Break),
            Block::KeepTogether(blocks) => self.together(blocks),
            Block::Drawing(drawing) => self.drawing(drawing),
        }
    }

    /// Adds the closing list of characters that no font has.
    pub(super) fn missing(&mut self, heading: &str, note: &str) {
        if self.book.missing().is_empty() {
            return;
        }
        self.heading(1, heading);
        self.paragraph(note, TextStyle::Body);
        let code_points: Vec<String> =
            self.book.missing().into_iter().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        self.paragraph(&code_points.join("  "), TextStyle::Mono);
    }

    fn role(&mut self, role: Role) {
        self.strips.push(Strip { role, ..Strip::new(0.0) });
    }

    fn rule(&mut self) {
        self.strips.push(Strip {
            gap: BLOCK_GAP,
            marks: vec![Mark::rule(LEFT, 0.0, WIDTH, HAIR, HAIRLINE)],
            ..Strip::new(HAIR)
        });
    }

    fn together(&mut self, blocks: &[Block]) {
        let first = self.strips.len();
        for block in blocks {
            self.block(block);
        }
        let count = self.strips.len().saturating_sub(first + 1);
        for strip in self.strips.iter_mut().skip(first).take(count) {
            strip.keep = strip.keep.max(Keep::Soft);
        }
    }

    /// Adds the strips of one block, the first `gap` pt below what came before.
    fn add(&mut self, gap: f32, strips: impl IntoIterator<Item = Strip>) {
        let first = self.strips.len();
        self.strips.extend(strips);
        if let Some(strip) = self.strips.get_mut(first) {
            strip.gap = gap;
        }
    }
}
