//! Japanese A4 pages on printpdf.
//!
//! A [`Document`] is a list of blocks; [`render`] breaks its text into lines, fills pages and
//! writes a PDF whose text can be searched and copied. The room knows nothing of the product:
//! every word on a page comes in through the document. The same document gives the same bytes.
//!
//! The way of a text: [`Block`] → lines (`breaking`) → strips (`layout`) → pages (`paginate`)
//! → operations (`ops`) → bytes (`output`).

mod breaking;
mod document;
mod error;
mod fonts;
mod frame;
mod glyphs;
mod kinsoku;
mod layout;
mod ops;
mod outline;
mod output;
mod page;
mod paginate;
mod shapes;
mod style;
#[cfg(test)]
mod tests;
mod variation;
mod write;

pub use document::{
    Align, Band, Block, Cell, Column, Document, Frame, Meta, Table, TextStyle, Tone,
};
pub use error::TypesetError;
pub use output::Composed;
pub use shapes::{Drawing, Ink, Pen, Shape, Spot};

use frame::set_frame;
use glyphs::GlyphBook;
use layout::{Composer, expand, number};
use paginate::paginate;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font has, drawn as 〓 and listed by code point on the last page.
    pub missing: Vec<char>,
}

/// Typesets a document and writes it as PDF.
///
/// # Errors
///
/// If a built-in font can't be read or the writer reports an error; never because of the text.
pub fn render(document: &Document) -> Result<Rendered, TypesetError> {
    compose(document)?.save()
}

/// Typesets a document without writing it.
///
/// # Errors
///
/// If a built-in font can't be read.
pub fn compose(document: &Document) -> Result<Composed, TypesetError> {
    let mut book = GlyphBook::new()?;
    let frame = set_frame(&mut book, &document.frame);
    let mut composer = Composer::new(book, frame.area.bottom - frame.area.top);
    for block in &document.blocks {
        composer.block(block);
    }
    composer.missing(&document.missing_heading, &document.missing_note);
    expand(&mut composer);
    let Composer { mut book, strips, headings, .. } = composer;
    let mut filled = paginate(strips, frame.area);
    number(&mut book, &headings, &mut filled);
    frame.dress(&mut book, &mut filled.pages);
    let meta = document.meta.clone();
    Ok(Composed::new(meta, &book, headings, &filled))
}
