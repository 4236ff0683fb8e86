//! Sizes, colours and the page's measures. All measures in pt unless the name says mm.

use super::document::Tone;
use super::shapes::Ink;

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;
/// A4 width in mm.
pub(super) const PAGE_WIDTH_MM: f32 = 210.0;
/// A4 height in mm.
pub(super) const PAGE_HEIGHT_MM: f32 = 297.0;
/// A4 height.
pub(super) const PAGE_HEIGHT: f32 = PAGE_HEIGHT_MM * MM;
/// Left edge of the text area.
pub(super) const LEFT: f32 = 22.0 * MM;
/// Width of the text area.
pub(super) const WIDTH: f32 = (PAGE_WIDTH_MM - 44.0) * MM;
/// Top of the header.
pub(super) const HEADER_TOP: f32 = 12.0 * MM;
/// Bottom of the footer.
pub(super) const FOOTER_BOTTOM: f32 = PAGE_HEIGHT - 11.0 * MM;
/// Space between the header's or footer's rule and the text area.
pub(super) const FRAME_GAP: f32 = 7.0 * MM;

/// An RGB colour, each part from 0 to 1.
pub(super) type Rgb = (f32, f32, f32);

/// Body text.
pub(super) const TEXT: Rgb = (0.102, 0.102, 0.110);
/// Secondary text: 5.9 to 1 on white.
pub(super) const MUTED: Rgb = (0.384, 0.384, 0.392);
/// Hairlines.
pub(super) const HAIRLINE: Rgb = (0.800, 0.800, 0.812);
/// Navy: headings, strong rules.
pub(super) const PRIMARY: Rgb = (0.0, 0.067, 0.561);
/// Ground of table heads and hashes.
pub(super) const GROUND: Rgb = (0.949, 0.953, 0.965);
/// White.
pub(super) const PAPER: Rgb = (1.0, 1.0, 1.0);
/// Thickness of hairlines.
pub(super) const HAIR: f32 = 0.5;

/// The strong colour of a tone; at least 7 to 1 on white.
pub(super) fn strong(tone: Tone) -> Rgb {
    match tone {
        Tone::Neutral => (0.302, 0.302, 0.314),
        Tone::Info => PRIMARY,
        Tone::Good => (0.047, 0.310, 0.184),
        Tone::Caution => (0.431, 0.286, 0.0),
        Tone::Bad => (0.635, 0.0, 0.0),
    }
}

/// The pale colour of a tone.
pub(super) fn pale(tone: Tone) -> Rgb {
    match tone {
        Tone::Neutral => GROUND,
        Tone::Info => (0.910, 0.945, 0.996),
        Tone::Good => (0.902, 0.961, 0.925),
        Tone::Caution => (1.0, 0.961, 0.835),
        Tone::Bad => (0.992, 0.925, 0.925),
    }
}

/// The colour of an ink.
pub(super) fn ink(ink: Ink) -> Rgb {
    match ink {
        Ink::Text => TEXT,
        Ink::Muted => MUTED,
        Ink::Hairline => HAIRLINE,
        Ink::Primary => PRIMARY,
        Ink::Paper => PAPER,
        Ink::Tone(tone) => strong(tone),
        Ink::Tint(tone) => pale(tone),
    }
}

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// Size.
    pub size: f32,
    /// Line height as a multiple of the size.
    pub leading: f32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub color: Rgb,
}

impl Look {
    /// A look.
    pub const fn new(size: f32, leading: f32, weight: Weight, color: Rgb) -> Self {
        Self { size, leading, weight, color }
    }
}

/// Body text: 10 pt.
pub(super) const BODY: Look = Look::new(10.0, 1.65, Weight::Regular, TEXT);
/// Notes: 8.5 pt.
pub(super) const NOTE: Look = Look::new(8.5, 1.6, Weight::Regular, MUTED);
/// Opening paragraphs.
pub(super) const LEAD: Look = Look::new(11.5, 1.7, Weight::Regular, TEXT);
/// Hashes.
pub(super) const MONO: Look = Look::new(9.0, 1.55, Weight::Regular, TEXT);
/// Table cells.
pub(super) const CELL: Look = Look::new(9.0, 1.5, Weight::Regular, TEXT);
/// Table heads.
pub(super) const CELL_HEAD: Look = Look::new(8.5, 1.5, Weight::Bold, PRIMARY);
/// Headers and footers.
pub(super) const FRAME: Look = Look::new(8.0, 1.5, Weight::Regular, MUTED);
