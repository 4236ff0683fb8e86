//! Set text into runs and strips.

use super::Column;
use crate::typeset::breaking::{Line, Setting, set};
use crate::typeset::document::Align;
use crate::typeset::glyphs::GlyphBook;
use crate::typeset::page::{Keep, Mark, Run, Strip};
use crate::typeset::style::Look;

/// Where the baseline lies below the top of the em box: the ascent of BIZ UDPGothic.
const ASCENT: f32 = 0.88;
/// A line is justified if that widens no gap by more than this part of the size.
const STRETCH: f32 = 0.06;

/// How lines fill their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Aligned, ragged at the other side.
    Ragged(Align),
    /// Flush at both sides where that widens the gaps only slightly.
    Justified,
}

/// The run of one line whose line box has its top at `top`; none if there is nothing to draw.
pub(in crate::typeset) fn run(
    setting: &Setting,
    line: &Line,
    look: Look,
    column: Column,
    top: f32,
    align: Align,
) -> Option<Mark> {
    let size = setting.size;
    let glyphs = setting.glyphs.get(line.drawn.clone())?;
    if glyphs.is_empty() {
        return None;
    }
    let slack = (column.width - line.width * size / 1000.0).max(0.0);
    let shift = match align {
        Align::Left => 0.0,
        Align::Center => slack / 2.0,
        Align::Right => slack,
    };
    Some(Mark::Text(Run {
        x: column.x + shift,
        y: top + look.size * (look.leading - 1.0) / 2.0 + look.size * ASCENT,
        size,
        color: look.color,
        spacing: 0.0,
        glyphs: glyphs.to_vec(),
    }))
}

/// One strip a line.
pub(super) fn strips(setting: &Setting, look: Look, column: Column, fit: Fit) -> Vec<Strip> {
    let align = match fit {
        Fit::Ragged(align) => align,
        Fit::Justified => Align::Left,
    };
    let make = |line: &Line| {
        let mut mark = run(setting, line, look, column, 0.0, align);
        if let (Fit::Justified, false, Some(Mark::Text(run))) = (fit, line.last, &mut mark) {
            run.spacing = spacing(run, line, column.width);
        }
        Strip { marks: mark.into_iter().collect(), ..Strip::new(look.size * look.leading) }
    };
    setting.lines.iter().map(make).collect()
}

fn spacing(run: &Run, line: &Line, width: f32) -> f32 {
    let gaps = u16::try_from(run.glyphs.len().saturating_sub(1)).unwrap_or(u16::MAX);
    // Rounded down, so that the line is never wider than its column.
    let each = (width - line.width * run.size / 1000.0) / f32::from(gaps.max(1));
    if each > 0.0 && each <= run.size * STRETCH { (each * 1000.0).floor() / 1000.0 } else { 0.0 }
}

/// Keeps the first two and the last two lines of a paragraph on one page.
pub(super) fn keep_ends(strips: &mut [Strip]) {
    if let [first, _, ..] = strips {
        first.keep = Keep::Hard;
    }
    if let [.., second_last, _] = strips {
        second_last.keep = Keep::Hard;
    }
}

/// Sets a text in a box, smaller than asked for if it would be higher than `height` pt.
/// Returns the setting and the look it was set with.
pub(in crate::typeset) fn boxed(
    book: &mut GlyphBook,
    text: &str,
    mut look: Look,
    width: f32,
    height: f32,
) -> (Setting, Look) {
    loop {
        let setting = set(book, text, look, width);
        let lines = u16::try_from(setting.lines.len()).unwrap_or(u16::MAX);
        let fits = f32::from(lines) * look.size * look.leading <= height;
        if fits || look.size < 0.1 {
            return (setting, look);
        }
        look.size *= 0.9;
    }
}
