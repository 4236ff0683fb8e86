//! Variation sequences: a reader for the font's cmap subtable of format 14, which neither
//! printpdf nor its shaper looks into.

/// The variation sequences of a face.
pub(super) struct Variations {
    subtable: &'static [u8],
}

impl Variations {
    /// Finds the subtable in a font file; a font without one has no sequences.
    pub(super) fn of(font: &'static [u8]) -> Self {
        Self { subtable: subtable(font).unwrap_or_default() }
    }

    /// The glyph that the font sets aside for this sequence.
    pub(super) fn glyph(&self, base: char, selector: char) -> Option<u16> {
        let record = self.record(selector)?;
        let list = self.part(record.get(7..11)?)?;
        let count = offset(u32_at(list, 0)?)?;
        let entries = list.get(4..4 + count * 5)?.as_chunks::<5>().0;
        let found = entries
            .binary_search_by_key(&u32::from(base), |[a, b, c, ..]| be24([*a, *b, *c]))
            .ok()?;
        let [.., high, low] = entries.get(found)?;
        Some(u16::from_be_bytes([*high, *low]))
    }

    /// Whether the font draws this sequence with the character's usual glyph.
    pub(super) fn is_default(&self, base: char, selector: char) -> bool {
        self.default_ranges(selector).is_some_and(|ranges| {
            ranges.iter().any(|[a, b, c, more]| {
                let start = be24([*a, *b, *c]);
                (start..=start + u32::from(*more)).contains(&u32::from(base))
            })
        })
    }

    fn default_ranges(&self, selector: char) -> Option<&'static [[u8; 4]]> {
        let record = self.record(selector)?;
        let list = self.part(record.get(3..7)?)?;
        let count = offset(u32_at(list, 0)?)?;
        Some(list.get(4..4 + count * 4)?.as_chunks::<4>().0)
    }

    fn record(&self, selector: char) -> Option<&'static [u8; 11]> {
        let count = offset(u32_at(self.subtable, 6)?)?;
        let records = self.subtable.get(10..10 + count * 11)?.as_chunks::<11>().0;
        let found = records
            .binary_search_by_key(&u32::from(selector), |[a, b, c, ..]| be24([*a, *b, *c]))
            .ok()?;
        records.get(found)
    }

    fn part(&self, at: &[u8]) -> Option<&'static [u8]> {
        match offset(u32_at(at, 0)?)? {
            0 => None,
            start => self.subtable.get(start..),
        }
    }
}

fn subtable(font: &'static [u8]) -> Option<&'static [u8]> {
    let tables = usize::from(u16_at(font, 4)?);
    let directory = font.get(12..12 + tables * 16)?.as_chunks::<16>().0;
    let entry = directory.iter().find(|entry| entry.starts_with(b"cmap"))?;
    let cmap = font.get(offset(u32_at(entry, 8)?)?..)?;
    let count = usize::from(u16_at(cmap, 2)?);
    let encodings = cmap.get(4..4 + count * 8)?.as_chunks::<8>().0;
    encodings.iter().find_map(|encoding| {
        let start = offset(u32_at(encoding, 4)?)?;
        let candidate = cmap.get(start..)?;
        (u16_at(candidate, 0)? == 14).then_some(candidate)
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk::<2>().map(|b| u16::from_be_bytes(*b))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk::<4>().map(|b| u32::from_be_bytes(*b))
}

fn be24([a, b, c]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, a, b, c])
}

fn offset(value: u32) -> Option<usize> {
    usize::try_from(value).ok()
}
