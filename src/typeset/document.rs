//! What a document is made of. No drawing here: these are plain values that a caller builds
//! and [`render`](super::render) reads.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::shapes::Drawing;

/// A whole document: what it is, what stands on every page, and its blocks in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title, author, id and time: what a viewer shows in the document's properties.
    pub meta: Meta,
    /// What stands on every page.
    pub frame: Frame,
    /// The content, from top to bottom.
    pub blocks: Vec<Block>,
    /// Heading of the closing list of characters that no font has; used only if there are any.
    pub missing_heading: String,
    /// The sentence under that heading.
    pub missing_note: String,
}

/// The document's properties. The same values give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title, shown by viewers in the window's title bar.
    pub title: String,
    /// Who issues the document.
    pub author: String,
    /// One line on what it is about.
    pub subject: String,
    /// The record's id; the PDF's `/ID` is derived from it.
    pub id: String,
    /// Creation time in UTC.
    pub created: NaiveDateTime,
    /// BCP 47 language tag of the text, such as `ja`.
    pub language: String,
}

/// What stands on every page, in small print outside the text area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Top left.
    pub header_left: String,
    /// Top right.
    pub header_right: String,
    /// Bottom left.
    pub footer_left: String,
    /// Bottom right; `{page}` and `{pages}` are replaced by the numbers.
    pub page_of: String,
    /// Coloured strips under the header of every page, such as a handling class or "draft".
    pub bands: Vec<Band>,
}

/// A coloured strip with a short text, on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The words on the strip.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

/// The meaning of a colour. Every tone is also readable in black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Tone {
    /// Grey: no judgement.
    #[default]
    Neutral,
    /// Blue: to be noted.
    Info,
    /// Green: in order.
    Good,
    /// Amber: needs a look.
    Caution,
    /// Red: not in order.
    Bad,
}

/// One piece of content.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Block {
    /// The title of the document, large, above a navy rule. Not part of the contents.
    Cover {
        /// A small line above the title.
        overline: String,
        /// The title.
        title: String,
        /// A line under it.
        subtitle: String,
    },
    /// A heading: never alone at the foot of a page; in the contents and the outline.
    Heading {
        /// 1 to 3; other values are taken as the nearest.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph; line breaks in the text are respected.
    Paragraph {
        /// The words.
        text: String,
        /// Size and colour.
        style: TextStyle,
    },
    /// A description list in two columns with hairlines: label, value.
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A list of items, bulleted or numbered.
    List {
        /// Numbers instead of bullets.
        numbered: bool,
        /// The items.
        items: Vec<String>,
    },
    /// A tinted box with a coloured edge.
    Callout {
        /// Its colour.
        tone: Tone,
        /// Bold first line; may be empty.
        title: String,
        /// The words.
        text: String,
    },
    /// The table of contents: headings down to `depth`, with dot leaders and page numbers.
    Contents {
        /// Deepest heading level listed, 1 to 3.
        depth: u8,
    },
    /// Empty height in mm; dropped at the top of a page.
    Space(f32),
    /// A hairline across the text area.
    Rule,
    /// What follows begins on a new page.
    PageBreak,
    /// Blocks that stay on one page if one page can hold them.
    KeepTogether(Vec<Block>),
    /// A vector drawing, made smaller if it is larger than the text area.
    Drawing(Drawing),
}

/// Size and colour of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum TextStyle {
    /// 10 pt, justified.
    #[default]
    Body,
    /// 8.5 pt, grey.
    Note,
    /// 11.5 pt, for an opening paragraph.
    Lead,
    /// 9 pt on a grey ground, broken anywhere: hashes, keys, signatures.
    Mono,
}

/// A table with a head that is repeated on every page it reaches.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows. A short row is filled with empty cells; the text of cells beyond the last
    /// column is added to the last cell.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// The words in the table's head.
    pub head: String,
    /// Width relative to the other columns.
    pub width: f32,
    /// How its cells are aligned.
    pub align: Align,
}

/// Horizontal alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Align {
    /// Flush left.
    #[default]
    Left,
    /// Centred.
    Center,
    /// Flush right, for numbers.
    Right,
}

/// A cell of a table; its text wraps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Cell {
    /// The words.
    pub text: String,
    /// Set in bold.
    pub bold: bool,
    /// Set in grey.
    pub muted: bool,
    /// Tinted ground and coloured words.
    pub tone: Option<Tone>,
}

impl Cell {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same cell in bold.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// The same cell in grey.
    #[must_use]
    pub fn muted(mut self) -> Self {
        self.muted = true;
        self
    }

    /// The same cell with a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}
