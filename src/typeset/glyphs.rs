//! The glyphs of one document: each distinct character is looked up once, falls back from
//! BIZ UDPGothic to Noto Sans JP, and is drawn as 〓 and noted if neither has it.

use std::collections::{BTreeSet, HashMap};

use super::error::TypesetError;
use super::fonts::{FaceId, Fonts};
use super::kinsoku::{class, voiced};
use super::style::Weight;

/// Drawn in place of a character that no font has.
const GETA: char = '〓';
/// How many texts one glyph can stand for; each beyond the first costs an embedded font.
const LEVELS: usize = 8;

/// A glyph as it is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Glyph id in its face.
    pub gid: u16,
    /// Advance in thousandths of the size.
    pub width: u16,
    /// Which of the document's fonts, an index into [`GlyphBook::slots`].
    pub slot: u8,
    /// Line-breaking rules: the bits of `kinsoku`.
    pub class: u8,
    text: u32,
}

/// A font of the document. A PDF font maps a glyph to one text only; where a face draws two
/// characters alike (⼀ and 一), the second text takes a font of the next level, so that both
/// are found and copied as they were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    /// The face.
    pub face: FaceId,
    /// 0, or higher for further texts of the same glyphs.
    pub level: u8,
}

/// The glyphs of one document.
pub(super) struct GlyphBook {
    fonts: &'static Fonts,
    singles: HashMap<(Weight, char), Glyph>,
    sequences: HashMap<(Weight, char, char), Glyph>,
    taken: HashMap<(FaceId, u16), Vec<String>>,
    texts: Vec<String>,
    slots: Vec<Slot>,
    missing: BTreeSet<char>,
}

impl GlyphBook {
    /// An empty book.
    pub(super) fn new() -> Result<Self, TypesetError> {
        Ok(Self {
            fonts: Fonts::get()?,
            singles: HashMap::new(),
            sequences: HashMap::new(),
            taken: HashMap::new(),
            texts: Vec::new(),
            slots: Vec::new(),
            missing: BTreeSet::new(),
        })
    }

    /// The fonts in use.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The text a glyph stands for.
    pub(super) fn text(&self, glyph: Glyph) -> &str {
        usize::try_from(glyph.text)
            .ok()
            .and_then(|index| self.texts.get(index))
            .map_or("", String::as_str)
    }

    /// The characters that no font has, in code point order.
    pub(super) fn missing(&self) -> Vec<char> {
        self.missing.iter().copied().collect()
    }

    /// The glyph of a character.
    pub(super) fn single(&mut self, weight: Weight, c: char) -> Glyph {
        if let Some(glyph) = self.singles.get(&(weight, c)) {
            return *glyph;
        }
        let (face, gid) = self.find(weight, c);
        // What is drawn as 〓 is also extracted as 〓: the code points are in the list.
        let text = if self.missing.contains(&c) { GETA } else { c };
        let glyph = self.enter(face, gid, text.to_string(), class(c));
        self.singles.insert((weight, c), glyph);
        glyph
    }

    /// The glyph of a character and what follows it: a variation selector or a voicing mark.
    pub(super) fn sequence(&mut self, weight: Weight, base: char, follower: char) -> Glyph {
        if let Some(glyph) = self.sequences.get(&(weight, base, follower)) {
            return *glyph;
        }
        let (face, gid) = self.find_sequence(weight, base, follower);
        let text = if self.missing.contains(&base) {
            GETA.to_string()
        } else {
            String::from_iter([base, follower])
        };
        let glyph = self.enter(face, gid, text, class(base));
        self.sequences.insert((weight, base, follower), glyph);
        glyph
    }

    fn find_sequence(&mut self, weight: Weight, base: char, follower: char) -> (FaceId, u16) {
        if let Some(composed) = voiced(base, follower) {
            return self.find(weight, composed);
        }
        faces(weight)
            .into_iter()
            .find_map(|id| Some((id, self.fonts.face(id).variant(base, follower)?)))
            .unwrap_or_else(|| self.find(weight, base))
    }

    fn find(&mut self, weight: Weight, c: char) -> (FaceId, u16) {
        if let Some(found) = self.has(weight, c) {
            return found;
        }
        let substitute = if c.is_whitespace() {
            ' '
        } else {
            self.missing.insert(c);
            GETA
        };
        self.has(weight, substitute).unwrap_or((FaceId::Fallback, 0))
    }

    fn has(&self, weight: Weight, c: char) -> Option<(FaceId, u16)> {
        faces(weight).into_iter().find_map(|id| Some((id, self.fonts.face(id).glyph(c)?)))
    }

    fn enter(&mut self, face: FaceId, gid: u16, text: String, class: u8) -> Glyph {
        let texts = self.taken.entry((face, gid)).or_default();
        let level = texts.iter().position(|known| *known == text);
        let level = level.unwrap_or_else(|| {
            if texts.len() >= LEVELS {
                return 0;
            }
            texts.push(text.clone());
            texts.len() - 1
        });
        let slot = self.slot(face, u8::try_from(level).unwrap_or_default());
        let index = u32::try_from(self.texts.len()).unwrap_or_default();
        self.texts.push(text);
        Glyph { gid, width: self.fonts.face(face).advance(gid), slot, class, text: index }
    }

    fn slot(&mut self, face: FaceId, level: u8) -> u8 {
        let wanted = Slot { face, level };
        let known = self.slots.iter().position(|slot| *slot == wanted);
        let index = known.unwrap_or_else(|| {
            self.slots.push(wanted);
            self.slots.len() - 1
        });
        u8::try_from(index).unwrap_or_default()
    }
}

fn faces(weight: Weight) -> [FaceId; 2] {
    match weight {
        Weight::Regular => [FaceId::Regular, FaceId::Fallback],
        Weight::Bold => [FaceId::Bold, FaceId::Fallback],
    }
}
