//! What stands on every page: header, bands, footer with the page's number.

use super::breaking::set;
use super::document::{Align, Frame};
use super::glyphs::GlyphBook;
use super::layout::{Column, TEXT_AREA, boxed, run};
use super::page::{Fill, Mark, Page};
use super::paginate::Area;
use super::style::{
    FOOTER_BOTTOM, FRAME, FRAME_GAP, HAIR, HAIRLINE, HEADER_TOP, LEFT, Look, WIDTH, Weight, pale,
    strong,
};

/// Height of a band, pt.
const BAND: f32 = 17.0;
/// Most lines a header or footer text takes before it is set smaller.
const LINES: f32 = 3.0;

/// The frame, set once for all pages.
pub(super) struct FrameSet {
    /// Where the text area lies.
    pub area: Area,
    marks: Vec<Mark>,
    page_of: String,
    page_of_top: f32,
}

/// Sets what is the same on every page.
pub(super) fn set_frame(book: &mut GlyphBook, frame: &Frame) -> FrameSet {
    let mut marks = Vec::new();
    let (left, right) = share(book, &frame.header_right);
    let header = [
        (frame.header_left.as_str(), left, Align::Left),
        (frame.header_right.as_str(), right, Align::Right),
    ];
    let height = header
        .map(|(text, column, align)| put(book, text, column, align, HEADER_TOP, &mut marks))
        .into_iter()
        .fold(0.0, f32::max);
    let mut y = HEADER_TOP + height + 4.0;
    marks.push(Mark::rule(LEFT, y, WIDTH, HAIR, HAIRLINE));
    for band in &frame.bands {
        y += 4.0;
        put_band(book, band, y, &mut marks);
        y += BAND;
    }
    let top = y + FRAME_GAP;
    // Looked up now, so that what it lacks is in the list of missing characters.
    boxed(book, &frame.page_of, FRAME, WIDTH, FOOTER_BOTTOM);
    let (foot, page_of_top) = put_footer(book, &frame.footer_left, &mut marks);
    FrameSet {
        area: Area { top, bottom: (foot - FRAME_GAP).max(top + 72.0) },
        marks,
        page_of: frame.page_of.clone(),
        page_of_top,
    }
}

impl FrameSet {
    /// Puts the frame on all pages.
    pub(super) fn dress(&self, book: &mut GlyphBook, pages: &mut [Page]) {
        let count = pages.len().to_string();
        for (index, page) in pages.iter_mut().enumerate() {
            for mark in &self.marks {
                match mark {
                    Mark::Fill(fill) => page.fills.push(*fill),
                    other => page.marks.push(other.clone()),
                }
            }
            let number = (index + 1).to_string();
            let text = self.page_of.replace("{pages}", &count);
            let text = text.replace("{page}", &number);
            let column = part(0.7, 0.3);
            let height = FRAME.size * FRAME.leading;
            let (setting, look) = boxed(book, &text, FRAME, column.width, height + 0.1);
            let line = setting.lines.first();
            let mark = line
                .and_then(|line| run(&setting, line, look, column, self.page_of_top, Align::Right));
            page.marks.extend(mark);
        }
    }
}

/// The header's columns: the right one as wide as its text, up to two thirds of the page.
fn share(book: &mut GlyphBook, right: &str) -> (Column, Column) {
    let setting = set(book, right, FRAME, WIDTH);
    let widest = setting.lines.iter().map(|line| line.width);
    let wanted = widest.fold(0.0, f32::max) * setting.size / 1000.0 + 0.5;
    let width = wanted.min(WIDTH * 0.66);
    (TEXT_AREA.inset(0.0, width + 12.0), TEXT_AREA.inset(WIDTH - width, 0.0))
}

fn part(from: f32, share: f32) -> Column {
    Column { x: TEXT_AREA.x + WIDTH * from, width: WIDTH * share }
}

/// Sets a text at `top` and returns its height.
fn put(
    book: &mut GlyphBook,
    text: &str,
    column: Column,
    align: Align,
    top: f32,
    marks: &mut Vec<Mark>,
) -> f32 {
    let limit = FRAME.size * FRAME.leading * LINES + 0.1;
    let (setting, look) = boxed(book, text, FRAME, column.width, limit);
    let mut y = top;
    for line in &setting.lines {
        marks.extend(run(&setting, line, look, column, y, align));
        y += look.size * look.leading;
    }
    y - top
}

/// Sets the footer's left part; returns where the footer begins and where its text does.
fn put_footer(book: &mut GlyphBook, text: &str, marks: &mut Vec<Mark>) -> (f32, f32) {
    let column = part(0.0, 0.68);
    let mut own = Vec::new();
    let height = put(book, text, column, Align::Left, 0.0, &mut own);
    let top = FOOTER_BOTTOM - height;
    marks.extend(own.into_iter().map(|mark| mark.lowered(top)));
    let rule = top - 4.0;
    marks.push(Mark::rule(LEFT, rule, WIDTH, HAIR, HAIRLINE));
    (rule, top)
}

fn put_band(book: &mut GlyphBook, band: &super::document::Band, top: f32, marks: &mut Vec<Mark>) {
    marks.push(Mark::Fill(Fill {
        x: LEFT,
        y: top,
        width: WIDTH,
        height: BAND,
        color: pale(band.tone),
    }));
    let look = Look::new(8.5, 1.5, Weight::Bold, strong(band.tone));
    let column = TEXT_AREA.inset(6.0, 6.0);
    let (setting, look) = boxed(book, &band.text, look, column.width, BAND);
    let height = look.size * look.leading;
    let count = u16::try_from(setting.lines.len()).unwrap_or(1);
    let mut y = top + (BAND - f32::from(count) * height) / 2.0;
    for line in &setting.lines {
        marks.extend(run(&setting, line, look, column, y, Align::Center));
        y += height;
    }
}
