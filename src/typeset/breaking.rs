//! Text into lines no wider than a box. `icu_segmenter` says where Japanese text may break;
//! what can't break at all (hashes, addresses) is broken at any character.

use std::borrow::Cow;
use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::glyphs::{Glyph, GlyphBook};
use super::kinsoku::{
    BREAK, NO_END, NO_START, SPACE, is_invisible, is_newline, is_selector, voiced,
};
use super::style::{Look, Weight};

/// A line may stay this much shorter than its box before an unbreakable string is broken.
const RAGGED: f32 = 0.25;

/// One line of a set text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its glyphs, spaces at its end included.
    pub all: Range<usize>,
    /// Its glyphs without the spaces at its end: what is drawn.
    pub drawn: Range<usize>,
    /// Width of what is drawn, in thousandths of the size.
    pub width: f32,
    /// Whether it ends because the text has a line break here or ends.
    pub last: bool,
}

/// A text broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// The glyphs of all lines.
    pub glyphs: Vec<Glyph>,
    /// The lines; at least one.
    pub lines: Vec<Line>,
    /// The size, in pt; smaller than asked for if the box is narrower than one character.
    pub size: f32,
}

/// Sets a text in a box of `width` pt.
pub(super) fn set(book: &mut GlyphBook, text: &str, look: Look, width: f32) -> Setting {
    let mut glyphs = Vec::with_capacity(text.len() / 2);
    let mut ends = Vec::new();
    for paragraph in unify(text).split(is_newline) {
        spell(book, paragraph, look.weight, &mut glyphs);
        ends.push(glyphs.len());
    }
    let widest = glyphs.iter().map(|glyph| glyph.width).max().unwrap_or(0);
    let size = look.size.min(width.max(0.1) * 1000.0 / f32::from(widest.max(1)));
    let limit = width.max(0.1) * 1000.0 / size.max(0.01);
    let mut lines = Vec::new();
    let mut start = 0;
    for end in ends {
        fill(&glyphs, start..end, limit, &mut lines);
        start = end;
    }
    Setting { glyphs, lines, size }
}

fn unify(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Looks up the glyphs of one paragraph and marks where a line may begin.
fn spell(book: &mut GlyphBook, text: &str, weight: Weight, out: &mut Vec<Glyph>) {
    // The default strictness is "strict": no small kana or long-vowel mark begins a line.
    let segmenter =
        const { LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()) };
    let mut breaks = segmenter.segment_str(text).skip(1).peekable();
    let mut chars = text.char_indices().peekable();
    let mut before = NO_END;
    while let Some((at, c)) = chars.next() {
        let mut may_break = false;
        while breaks.next_if(|position| *position <= at).is_some() {
            may_break = true;
        }
        let c = if c == '\t' { ' ' } else { c };
        if is_invisible(c) {
            before &= if may_break { !NO_END } else { u8::MAX };
            continue;
        }
        let follower = chars.next_if(|(_, next)| is_selector(*next) || voiced(c, *next).is_some());
        let mut glyph = match follower {
            Some((_, next)) => book.sequence(weight, c, next),
            None => book.single(weight, c),
        };
        if may_break && before & NO_END == 0 && glyph.class & NO_START == 0 {
            glyph.class |= BREAK;
        }
        before = glyph.class;
        out.push(glyph);
    }
}

/// Breaks one paragraph's glyphs into lines of at most `limit` thousandths.
fn fill(glyphs: &[Glyph], range: Range<usize>, limit: f32, lines: &mut Vec<Line>) {
    let mut rest = range;
    while let Some(cut) = overflow(glyphs, &rest, limit) {
        let cut = cut.max(rest.start + 1);
        lines.push(line(glyphs, rest.start..cut, false));
        rest.start = cut;
    }
    lines.push(line(glyphs, rest, true));
}

/// Where the first line of `range` ends, or none if all of it fits.
fn overflow(glyphs: &[Glyph], range: &Range<usize>, limit: f32) -> Option<usize> {
    let mut width = 0.0_f32;
    let mut opportunity = None;
    for (index, glyph) in glyphs.iter().enumerate().take(range.end).skip(range.start) {
        if glyph.class & BREAK != 0 && index > range.start {
            opportunity = Some((index, width));
        }
        width += f32::from(glyph.width);
        if width > limit && glyph.class & SPACE == 0 && index > range.start {
            return Some(match opportunity {
                Some((at, reached)) if !wasteful(glyphs, at, reached, limit) => at,
                _ => forced(glyphs, range.start, index),
            });
        }
    }
    None
}

/// Whether breaking at `at` leaves a wide gap only because what follows is longer than a line.
fn wasteful(glyphs: &[Glyph], at: usize, reached: f32, limit: f32) -> bool {
    if reached > limit * (1.0 - RAGGED) {
        return false;
    }
    let mut width = 0.0_f32;
    for (index, glyph) in glyphs.iter().enumerate().skip(at) {
        if index > at && glyph.class & BREAK != 0 {
            return false;
        }
        width += f32::from(glyph.width);
        if width > limit {
            return true;
        }
    }
    false
}

/// The last place at or before `index` where a break hurts no rule of 禁則, or `index` itself.
fn forced(glyphs: &[Glyph], start: usize, index: usize) -> usize {
    let allowed = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| glyphs.get(before));
        let ends = before.is_some_and(|glyph| glyph.class & NO_END == 0);
        let starts = glyphs.get(*at).is_some_and(|glyph| glyph.class & (NO_START | SPACE) == 0);
        ends && starts
    };
    (start + 1..=index).rev().find(allowed).unwrap_or(index)
}

fn line(glyphs: &[Glyph], all: Range<usize>, last: bool) -> Line {
    let own = glyphs.get(all.clone()).unwrap_or_default();
    let spaces = own.iter().rev().take_while(|glyph| glyph.class & SPACE != 0).count();
    let drawn = all.start..all.end - spaces;
    let width = glyphs
        .get(drawn.clone())
        .unwrap_or_default()
        .iter()
        .map(|glyph| f32::from(glyph.width))
        .sum();
    Line { all, drawn, width, last }
}
