//! Filled pages into the bytes of a PDF. All that printpdf takes from the clock or from chance
//! is set from the document, so that the same document gives the same bytes.

use std::fmt::Write as _;

use printpdf::{
    FontId, Mm, OffsetDateTime, PageAnnotId, PageAnnotation, PdfDocument, PdfFont, PdfPage,
};
use sha2::{Digest, Sha256};

use super::Rendered;
use super::document::Meta;
use super::error::TypesetError;
use super::fonts::{FaceId, Fonts};
use super::glyphs::{GlyphBook, Slot};
use super::layout::Heading;
use super::ops::operations;
use super::paginate::{Filled, Place};
use super::style::{PAGE_HEIGHT_MM, PAGE_WIDTH_MM};
use super::write::write;

/// A document whose pages are laid out and not yet written.
pub struct Composed {
    meta: Meta,
    pages: Vec<PdfPage>,
    slots: Vec<Slot>,
    headings: Vec<Heading>,
    places: Vec<Place>,
    missing: Vec<char>,
}

impl Composed {
    pub(super) fn new(
        meta: Meta,
        book: &GlyphBook,
        headings: Vec<Heading>,
        filled: &Filled,
    ) -> Self {
        let fonts: Vec<FontId> = book.slots().iter().map(|slot| font_id(*slot)).collect();
        let page = |page| {
            let ops = operations(page, book, &fonts, &filled.headings);
            PdfPage::new(Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM), ops)
        };
        Self {
            meta,
            pages: filled.pages.iter().map(page).collect(),
            slots: book.slots().to_vec(),
            headings,
            places: filled.headings.clone(),
            missing: book.missing(),
        }
    }

    /// The pages as printpdf has them.
    #[must_use]
    pub fn pages(&self) -> &[PdfPage] {
        &self.pages
    }

    /// The ids that the pages call their fonts by.
    #[must_use]
    pub fn font_ids(&self) -> Vec<String> {
        self.slots.iter().map(|slot| font_id(*slot).0).collect()
    }

    /// Writes the PDF.
    ///
    /// # Errors
    ///
    /// If the writer reports an error.
    pub fn save(self) -> Result<Rendered, TypesetError> {
        let (headings, places) = (self.headings, self.places);
        let pages = self.pages.len();
        let mut pdf = PdfDocument::new(&self.meta.title);
        describe(&mut pdf, &self.meta)?;
        let fonts = Fonts::get()?;
        for slot in self.slots {
            let font = PdfFont::new(fonts.face(slot.face).font.clone());
            pdf.resources.fonts.map.insert(font_id(slot), font);
        }
        pdf.pages = self.pages;
        for place in &places {
            let name = format!("{:06}", place.heading);
            let page = place.page + 1;
            let id = PageAnnotId(name.clone());
            pdf.bookmarks.map.insert(id, PageAnnotation { name, page });
        }
        let identity = identity(&self.meta);
        let bytes = write(&pdf, &self.meta.language, &identity, &headings, &places)?;
        Ok(Rendered { bytes, pages, missing: self.missing })
    }
}

/// The id of a font; its six letters are also the tag of the embedded subset.
fn font_id(slot: Slot) -> FontId {
    let face = match slot.face {
        FaceId::Regular => "BIZRE",
        FaceId::Bold => "BIZBO",
        FaceId::Fallback => "NOTOS",
    };
    let level = char::from(b'A'.saturating_add(slot.level));
    FontId(format!("{face}{level}"))
}

fn describe(pdf: &mut PdfDocument, meta: &Meta) -> Result<(), TypesetError> {
    let time = OffsetDateTime::from_unix_timestamp(meta.created.and_utc().timestamp())
        .map_err(|error| TypesetError::Write(error.to_owned()))?;
    let info = &mut pdf.metadata.info;
    info.creation_date = time;
    info.modification_date = time;
    info.metadata_date = time;
    info.author.clone_from(&meta.author);
    info.subject.clone_from(&meta.subject);
    info.keywords = vec![meta.id.clone()];
    "printpdf".clone_into(&mut info.producer);
    Ok(())
}

/// 32 letters for the trailer's `/ID`, from the record's id and time.
fn identity(meta: &Meta) -> String {
    let seconds = meta.created.and_utc().timestamp().to_string();
    let digest = Sha256::new()
        .chain_update(meta.id.as_bytes())
        .chain_update([0])
        .chain_update(seconds.as_bytes())
        .finalize();
    digest.iter().take(16).fold(String::new(), |mut hex, byte| {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
