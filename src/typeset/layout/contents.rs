//! The table of contents: its entries take their place when all headings are known, its page
//! numbers when all pages are filled. Numbers don't change an entry's height.

use super::lines::{Fit, run, strips};
use super::{BLOCK_GAP, Composer, Heading, TEXT_AREA};
use crate::typeset::breaking::set;
use crate::typeset::document::Align;
use crate::typeset::glyphs::GlyphBook;
use crate::typeset::page::{Dash, Fill, Keep, Mark, Role, Strip, Stroke};
use crate::typeset::paginate::{Filled, Place};
use crate::typeset::style::{LEFT, Look, MUTED, TEXT, WIDTH, Weight};

/// Width kept free for the page number, pt.
const NUMBER: f32 = 34.0;

/// Puts the entries where the contents belong.
pub(in crate::typeset) fn expand(composer: &mut Composer) {
    let strips = std::mem::take(&mut composer.strips);
    for strip in strips {
        if let Role::Contents(depth) = strip.role {
            entries(composer, depth);
        } else {
            composer.strips.push(strip);
        }
    }
}

fn entries(composer: &mut Composer, depth: u8) {
    let headings = composer.headings.clone();
    let mut gap = BLOCK_GAP;
    for (number, heading) in headings.iter().enumerate() {
        if heading.level <= depth {
            let lines = entry(&mut composer.book, number, heading);
            let above = if heading.level == 1 { gap } else { 0.0 };
            composer.add(above, lines);
            gap = 4.0;
        }
    }
}

fn entry(book: &mut GlyphBook, number: usize, heading: &Heading) -> Vec<Strip> {
    let (look, indent) = style(heading.level);
    let column = TEXT_AREA.inset(indent, NUMBER);
    let setting = set(book, &heading.text, look, column.width);
    let mut lines = strips(&setting, look, column, Fit::Ragged(Align::Left));
    let count = lines.len();
    for strip in lines.iter_mut().take(count.saturating_sub(1)) {
        strip.keep = Keep::Hard;
    }
    if let Some(last) = lines.last_mut() {
        last.role = Role::Entry(number);
        last.marks.push(leader(&setting, column, last.height));
    }
    lines
}

/// An entry's look and how far it is moved in, pt.
fn style(level: u8) -> (Look, f32) {
    match level {
        1 => (Look::new(10.0, 1.7, Weight::Bold, TEXT), 0.0),
        2 => (Look::new(9.5, 1.65, Weight::Regular, TEXT), 14.0),
        _ => (Look::new(9.0, 1.6, Weight::Regular, MUTED), 28.0),
    }
}

/// The dots, drawn from the right so that those of all entries stand below each other.
fn leader(setting: &crate::typeset::breaking::Setting, column: super::Column, height: f32) -> Mark {
    let width = setting.lines.last().map_or(0.0, |line| line.width);
    let from = column.x + width * setting.size / 1000.0 + 6.0;
    let to = (LEFT + WIDTH - 22.0).max(from);
    let y = height * 0.64;
    Mark::Stroke(Stroke {
        points: vec![(to, y), (from, y)],
        width: 0.7,
        color: MUTED,
        dash: Dash::Dotted,
    })
}

/// Writes the page numbers of the entries and makes them links.
pub(in crate::typeset) fn number(book: &mut GlyphBook, headings: &[Heading], filled: &mut Filled) {
    let column = TEXT_AREA.inset(WIDTH - 20.0, 0.0);
    for entry in std::mem::take(&mut filled.entries) {
        let Some(target) = target(&filled.headings, entry.heading) else {
            continue;
        };
        let level = headings.get(entry.heading).map_or(1, |heading| heading.level);
        let look = Look { color: TEXT, ..style(level).0 };
        let setting = set(book, &(target.page + 1).to_string(), look, column.width);
        let Some(page) = filled.pages.get_mut(entry.page) else {
            continue;
        };
        let line = setting.lines.first();
        let mark = line.and_then(|line| run(&setting, line, look, column, entry.y, Align::Right));
        page.marks.extend(mark);
        page.links.push((area(entry.y, look), entry.heading));
    }
}

fn target(headings: &[Place], heading: usize) -> Option<Place> {
    headings.iter().find(|place| place.heading == heading).copied()
}

fn area(y: f32, look: Look) -> Fill {
    Fill { x: LEFT, y, width: WIDTH, height: look.size * look.leading, color: TEXT }
}
