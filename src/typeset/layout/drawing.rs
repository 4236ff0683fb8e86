//! Drawings: one strip, scaled to the text area.

use super::lines::{boxed, run};
use super::{BLOCK_GAP, Column, Composer};
use crate::typeset::glyphs::GlyphBook;
use crate::typeset::page::{Dash, Mark, Strip, Stroke};
use crate::typeset::shapes::{Drawing, Pen, Shape, Spot};
use crate::typeset::style::{LEFT, Look, MM, WIDTH, Weight, ink};

/// Length of an arrow head, pt.
const HEAD: f32 = 6.0;

/// From the drawing's mm to the page's pt.
#[derive(Clone, Copy)]
struct Scale {
    left: f32,
    factor: f32,
    width: f32,
    height: f32,
}

impl Scale {
    /// As large as asked for if that fits, centred.
    fn new(drawing: &Drawing, page: f32) -> Self {
        let size = |mm: f32| if mm.is_finite() { mm.max(1.0) } else { 1.0 };
        let (width, height) = (size(drawing.width), size(drawing.height));
        let factor = MM.min(WIDTH / width).min(page / height);
        Self { left: LEFT + (WIDTH - width * factor) / 2.0, factor, width, height }
    }

    /// A point; what lies outside the drawing is moved to its edge.
    fn at(self, spot: Spot) -> (f32, f32) {
        let inside = |value: f32, limit: f32| {
            if value.is_finite() { value.clamp(0.0, limit) } else { 0.0 }
        };
        let x = inside(spot.x, self.width);
        let y = inside(spot.y, self.height);
        (self.left + x * self.factor, y * self.factor)
    }

    /// The rectangle between a corner and the opposite one, as x, y, width, height.
    fn area(self, at: Spot, width: f32, height: f32) -> (f32, f32, f32, f32) {
        let (x, y) = self.at(at);
        let (right, bottom) = self.at(Spot::new(at.x + width, at.y + height));
        (x, y, (right - x).max(0.0), (bottom - y).max(0.0))
    }
}

impl Composer {
    pub(super) fn drawing(&mut self, drawing: &Drawing) {
        let scale = Scale::new(drawing, self.page);
        let mut marks = Vec::new();
        for shape in &drawing.shapes {
            shape_marks(&mut self.book, shape, scale, &mut marks);
        }
        let strip = Strip { marks, ..Strip::new(scale.height * scale.factor) };
        self.add(BLOCK_GAP + 2.0, [strip]);
    }
}

fn shape_marks(book: &mut GlyphBook, shape: &Shape, scale: Scale, marks: &mut Vec<Mark>) {
    match shape {
        Shape::Line { from, to, pen } => {
            marks.push(stroke(vec![scale.at(*from), scale.at(*to)], *pen));
        }
        Shape::Rect { at, width, height, fill, pen } => {
            let area = scale.area(*at, *width, *height);
            marks.extend(fill.map(|colour| ground(area, ink(colour))));
            marks.extend(pen.map(|pen| edge(area, pen)));
        }
        Shape::Polyline { points, arrow, pen } => {
            polyline(points.iter().map(|spot| scale.at(*spot)), *arrow, *pen, marks);
        }
        Shape::Text { .. } => label(book, shape, scale, marks),
    }
}

fn stroke(points: Vec<(f32, f32)>, pen: Pen) -> Mark {
    Mark::Stroke(Stroke {
        points,
        width: pen.width,
        color: ink(pen.ink),
        dash: if pen.dashed { Dash::Dashed } else { Dash::Solid },
    })
}

/// A shape rather than a fill, so that it stays between the shapes before and after it.
fn ground((x, y, width, height): (f32, f32, f32, f32), color: (f32, f32, f32)) -> Mark {
    let (right, bottom) = (x + width, y + height);
    Mark::Shape(vec![(x, y), (right, y), (right, bottom), (x, bottom)], color)
}

fn edge((x, y, width, height): (f32, f32, f32, f32), pen: Pen) -> Mark {
    let (right, bottom) = (x + width, y + height);
    let around = vec![(x, y), (right, y), (right, bottom), (x, bottom), (x, y)];
    stroke(around, pen)
}

fn polyline(
    points: impl Iterator<Item = (f32, f32)>,
    arrow: bool,
    pen: Pen,
    marks: &mut Vec<Mark>,
) {
    let mut points: Vec<(f32, f32)> = points.collect();
    let mut head = None;
    if let (true, [.., (from_x, from_y), tip]) = (arrow, points.as_mut_slice()) {
        let (dx, dy) = (tip.0 - *from_x, tip.1 - *from_y);
        let length = dx.hypot(dy);
        if length > 0.1 {
            let size = HEAD.min(length);
            let (ux, uy) = (dx / length * size, dy / length * size);
            let base = (tip.0 - ux, tip.1 - uy);
            let across = (-uy * 0.38, ux * 0.38);
            head = Some(Mark::Shape(
                vec![
                    *tip,
                    (base.0 + across.0, base.1 + across.1),
                    (base.0 - across.0, base.1 - across.1),
                ],
                ink(pen.ink),
            ));
            *tip = (tip.0 - ux * 0.8, tip.1 - uy * 0.8);
        }
    }
    marks.push(stroke(points, pen));
    marks.extend(head);
}

fn label(book: &mut GlyphBook, shape: &Shape, scale: Scale, marks: &mut Vec<Mark>) {
    let Shape::Text { at, width, height, text, size, bold, align, ink: colour } = shape else {
        return;
    };
    let (x, y, width, height) = scale.area(*at, *width, *height);
    let column = Column { x, width };
    let weight = if *bold { Weight::Bold } else { Weight::Regular };
    let wanted = if size.is_finite() { *size } else { 1.0 };
    let size = wanted.clamp(1.0, 72.0) * scale.factor / MM;
    let look = Look::new(size, 1.35, weight, ink(*colour));
    let (setting, look) = boxed(book, text, look, width, height);
    let line_height = look.size * look.leading;
    let count = u16::try_from(setting.lines.len()).unwrap_or(u16::MAX);
    let mut top = y + (height - f32::from(count) * line_height).max(0.0) / 2.0;
    for line in &setting.lines {
        marks.extend(run(&setting, line, look, column, top, *align));
        top += line_height;
    }
}
