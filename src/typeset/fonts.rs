//! The three faces built into the binary, read once.

use std::sync::LazyLock;

use printpdf::ParsedFont;

use super::error::TypesetError;
use super::variation::Variations;

const REGULAR: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/BIZUDPGothic-Regular.ttf"));
const BOLD: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/BIZUDPGothic-Bold.ttf"));
const FALLBACK: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSansJP-Regular.ttf"));

static FONTS: LazyLock<Result<Fonts, TypesetError>> = LazyLock::new(Fonts::read);

/// One of the built-in faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum FaceId {
    /// BIZ UDPGothic Regular.
    Regular,
    /// BIZ UDPGothic Bold.
    Bold,
    /// Noto Sans JP Regular, for what BIZ UDPGothic lacks.
    Fallback,
}

/// The built-in faces.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
    fallback: Face,
}

impl Fonts {
    /// The fonts of this process; parsed at the first call.
    pub(super) fn get() -> Result<&'static Self, TypesetError> {
        FONTS.as_ref().map_err(Clone::clone)
    }

    fn read() -> Result<Self, TypesetError> {
        Ok(Self {
            regular: Face::read("BIZ UDPGothic Regular", REGULAR)?,
            bold: Face::read("BIZ UDPGothic Bold", BOLD)?,
            fallback: Face::read("Noto Sans JP Regular", FALLBACK)?,
        })
    }

    /// A face by its id.
    pub(super) fn face(&self, id: FaceId) -> &Face {
        match id {
            FaceId::Regular => &self.regular,
            FaceId::Bold => &self.bold,
            FaceId::Fallback => &self.fallback,
        }
    }
}

/// A parsed face.
pub(super) struct Face {
    /// What printpdf embeds.
    pub font: ParsedFont,
    units_per_em: u32,
    variations: Variations,
}

impl Face {
    fn read(name: &'static str, bytes: &'static [u8]) -> Result<Self, TypesetError> {
        let font =
            ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(TypesetError::Font(name))?;
        let units_per_em = u32::from(font.pdf_font_metrics.units_per_em.max(1));
        Ok(Self { font, units_per_em, variations: Variations::of(bytes) })
    }

    /// The glyph of a character, if the face has one.
    pub(super) fn glyph(&self, c: char) -> Option<u16> {
        self.font.lookup_glyph_index(u32::from(c)).filter(|gid| *gid != 0)
    }

    /// The glyph of a character with a variation selector, if the face knows the sequence.
    pub(super) fn variant(&self, c: char, selector: char) -> Option<u16> {
        self.variations
            .glyph(c, selector)
            .or_else(|| self.variations.is_default(c, selector).then(|| self.glyph(c))?)
            .filter(|gid| *gid != 0)
    }

    /// A glyph's advance in thousandths of the size, cut to whole numbers as the PDF's width
    /// table has it, so that a line is as wide as the viewer draws it.
    pub(super) fn advance(&self, gid: u16) -> u16 {
        let units = u32::from(self.font.get_horizontal_advance(gid));
        u16::try_from(units * 1000 / self.units_per_em).unwrap_or(u16::MAX)
    }
}
