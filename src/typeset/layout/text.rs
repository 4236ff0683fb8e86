//! Headings, paragraphs, lists, callouts and the cover.

use super::lines::{Fit, keep_ends, run, strips};
use super::{BLOCK_GAP, Column, Composer, Heading, TEXT_AREA};
use crate::typeset::breaking::set;
use crate::typeset::document::{Align, TextStyle, Tone};
use crate::typeset::page::{Fill, Keep, Mark, Role, Strip};
use crate::typeset::style::{
    BODY, GROUND, LEAD, LEFT, Look, MONO, MUTED, NOTE, PRIMARY, TEXT, WIDTH, Weight, pale, strong,
};

/// Padding of callouts and hashes, pt.
const PADDING: f32 = 8.0;

impl Composer {
    pub(super) fn paragraph(&mut self, text: &str, style: TextStyle) {
        let (look, fit) = match style {
            TextStyle::Body => (BODY, Fit::Justified),
            TextStyle::Note => (NOTE, Fit::Justified),
            TextStyle::Lead => (LEAD, Fit::Justified),
            TextStyle::Mono => return self.mono(text),
        };
        let mut lines = self.lines(text, look, TEXT_AREA, fit);
        keep_ends(&mut lines);
        self.add(BLOCK_GAP, lines);
    }

    pub(super) fn heading(&mut self, level: u8, text: &str) {
        let level = level.clamp(1, 3);
        let (look, above, indent) = match level {
            1 => (Look::new(15.0, 1.45, Weight::Bold, PRIMARY), 26.0, 0.0),
            2 => (Look::new(12.0, 1.5, Weight::Bold, TEXT), 19.0, 10.0),
            _ => (Look::new(10.5, 1.55, Weight::Bold, TEXT), 13.0, 0.0),
        };
        let column = TEXT_AREA.inset(indent, 0.0);
        let mut lines = self.lines(text, look, column, Fit::Ragged(Align::Left));
        if level == 2 {
            bars(&mut lines, look);
        }
        if level == 1 {
            lines.push(Strip {
                marks: vec![Mark::rule(LEFT, 4.0, WIDTH, 1.0, PRIMARY)],
                ..Strip::new(5.0)
            });
        }
        for strip in &mut lines {
            strip.keep = Keep::Hard;
        }
        if let Some(first) = lines.first_mut() {
            first.role = Role::Heading(self.headings.len());
        }
        self.headings.push(Heading { level, text: text.to_owned() });
        self.add(above, lines);
    }

    pub(super) fn list(&mut self, numbered: bool, items: &[String]) {
        let marker_width = if numbered { 22.0 } else { 14.0 };
        let column = TEXT_AREA.inset(marker_width, 0.0);
        for (index, item) in items.iter().enumerate() {
            let mut lines = self.lines(item, BODY, column, Fit::Justified);
            keep_ends(&mut lines);
            let marker = self.marker(numbered.then_some(index + 1), marker_width);
            if let Some(first) = lines.first_mut() {
                first.marks.extend(marker);
            }
            self.add(if index == 0 { BLOCK_GAP } else { 3.0 }, lines);
        }
    }

    fn marker(&mut self, number: Option<usize>, width: f32) -> Option<Mark> {
        let text = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
        let look = Look { color: PRIMARY, ..BODY };
        let column = TEXT_AREA.inset(0.0, WIDTH - width + 5.0);
        let setting = set(&mut self.book, &text, look, column.width);
        run(&setting, setting.lines.first()?, look, column, 0.0, Align::Right)
    }

    pub(super) fn callout(&mut self, tone: Tone, title: &str, text: &str) {
        let column = TEXT_AREA.inset(PADDING + 6.0, PADDING);
        let bold = Look::new(10.0, 1.6, Weight::Bold, strong(tone));
        let mut lines = Vec::new();
        if !title.is_empty() {
            lines.extend(self.lines(title, bold, column, Fit::Ragged(Align::Left)));
        }
        let titles = lines.len();
        if !text.is_empty() {
            lines.extend(self.lines(text, BODY, column, Fit::Justified));
        }
        for strip in lines.iter_mut().take(titles) {
            strip.keep = Keep::Hard;
        }
        let grounds = [(LEFT, WIDTH, pale(tone)), (LEFT, 3.0, strong(tone))];
        self.padded(lines, &grounds);
    }

    fn mono(&mut self, text: &str) {
        let column = TEXT_AREA.inset(PADDING, PADDING);
        let lines = self.lines(text, MONO, column, Fit::Ragged(Align::Left));
        self.padded(lines, &[(LEFT, WIDTH, GROUND)]);
    }

    fn padded(
        &mut self,
        mut lines: Vec<Strip>,
        grounds: &[(f32, f32, crate::typeset::style::Rgb)],
    ) {
        keep_ends(&mut lines);
        if let Some(last) = lines.last_mut() {
            last.keep = Keep::Hard;
        }
        let pad = || Strip { keep: Keep::Hard, ..Strip::new(PADDING - 2.0) };
        lines.insert(0, pad());
        lines.push(Strip { keep: Keep::No, ..pad() });
        for strip in &mut lines {
            strip.grounds = grounds.to_vec();
        }
        self.add(BLOCK_GAP + 2.0, lines);
    }

    pub(super) fn cover(&mut self, overline: &str, title: &str, subtitle: &str) {
        let small = Look::new(10.5, 1.6, Weight::Regular, MUTED);
        let large = Look::new(24.0, 1.4, Weight::Bold, PRIMARY);
        let middle = Look::new(12.5, 1.6, Weight::Regular, TEXT);
        let mut parts = vec![Strip::new(48.0)];
        for (text, look, gap) in
            [(overline, small, 0.0), (title, large, 4.0), (subtitle, middle, 6.0)]
        {
            if !text.is_empty() {
                parts.push(Strip::new(gap));
                parts.extend(self.lines(text, look, TEXT_AREA, Fit::Ragged(Align::Left)));
            }
        }
        parts.push(cover_rule());
        for strip in &mut parts {
            strip.keep = Keep::Soft;
        }
        parts.push(Strip::new(8.0));
        self.add(BLOCK_GAP, parts);
    }

    fn lines(&mut self, text: &str, look: Look, column: Column, fit: Fit) -> Vec<Strip> {
        let setting = set(&mut self.book, text, look, column.width);
        strips(&setting, look, column, fit)
    }
}

fn bars(lines: &mut [Strip], look: Look) {
    for strip in lines {
        strip.marks.push(Mark::Fill(Fill {
            x: LEFT,
            y: look.size * (look.leading - 1.0) / 2.0,
            width: 3.5,
            height: look.size,
            color: PRIMARY,
        }));
    }
}

fn cover_rule() -> Strip {
    let fill = |x, width, height, color| Mark::Fill(Fill { x, y: 14.0, width, height, color });
    Strip { marks: vec![fill(LEFT, WIDTH, 2.5, PRIMARY)], ..Strip::new(24.0) }
}
