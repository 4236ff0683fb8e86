//! A page's marks into printpdf's operations: grounds, lines, then all text in one section.

use printpdf::{
    Actions, BorderArray, Codepoint, Color, ColorArray, Destination, FontId, Line, LineCapStyle,
    LineDashPattern, LinePoint, LinkAnnotation, Op, PaintMode, PdfFontHandle, Point, Polygon,
    PolygonRing, Pt, Rect, TextItem, WindingOrder,
};

use super::glyphs::{Glyph, GlyphBook};
use super::page::{Dash, Fill, Mark, Page, Run, Stroke};
use super::paginate::Place;
use super::style::{PAGE_HEIGHT, Rgb};

/// The operations of one page. `fonts` are the ids of the book's slots.
pub(super) fn operations(
    page: &Page,
    book: &GlyphBook,
    fonts: &[FontId],
    headings: &[Place],
) -> Vec<Op> {
    let mut pen = Pen::new(book, fonts);
    for fill in &page.fills {
        pen.fill(fill);
    }
    for mark in &page.marks {
        match mark {
            Mark::Text(_) => {}
            Mark::Fill(fill) => pen.fill(fill),
            Mark::Stroke(stroke) => pen.stroke(stroke),
            Mark::Shape(points, color) => pen.shape(points, *color),
        }
    }
    pen.ops.push(Op::StartTextSection);
    for mark in &page.marks {
        if let Mark::Text(run) = mark {
            pen.text(run);
        }
    }
    pen.ops.push(Op::EndTextSection);
    for (area, heading) in &page.links {
        if let Some(place) = headings.iter().find(|place| place.heading == *heading) {
            pen.ops.push(link(area, *place));
        }
    }
    pen.ops
}

/// Writes operations and remembers the graphics state, to change only what changes.
struct Pen<'a> {
    ops: Vec<Op>,
    book: &'a GlyphBook,
    fonts: &'a [FontId],
    fill: Option<Rgb>,
    outline: Option<(Rgb, f32, Dash)>,
    font: Option<(u8, f32)>,
    spacing: f32,
    at: (f32, f32),
}

impl<'a> Pen<'a> {
    fn new(book: &'a GlyphBook, fonts: &'a [FontId]) -> Self {
        Self {
            ops: Vec::new(),
            book,
            fonts,
            fill: None,
            outline: None,
            font: None,
            spacing: 0.0,
            at: (0.0, 0.0),
        }
    }

    fn color(&mut self, color: Rgb) {
        if self.fill != Some(color) {
            self.fill = Some(color);
            self.ops.push(Op::SetFillColor { col: rgb(color) });
        }
    }

    fn fill(&mut self, fill: &Fill) {
        self.color(fill.color);
        self.ops.push(Op::DrawRectangle {
            rectangle: Rect { mode: Some(PaintMode::Fill), ..rect(fill) },
        });
    }

    fn stroke(&mut self, stroke: &Stroke) {
        let wanted = (stroke.color, stroke.width, stroke.dash);
        if self.outline != Some(wanted) {
            self.outline = Some(wanted);
            let (cap, dash) = dashes(stroke.dash);
            self.ops.extend([
                Op::SetOutlineColor { col: rgb(stroke.color) },
                Op::SetOutlineThickness { pt: Pt(stroke.width) },
                Op::SetLineCapStyle { cap },
                Op::SetLineDashPattern { dash },
            ]);
        }
        self.ops
            .push(Op::DrawLine { line: Line { points: points(&stroke.points), is_closed: false } });
    }

    fn shape(&mut self, corners: &[(f32, f32)], color: Rgb) {
        self.color(color);
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings: vec![PolygonRing { points: points(corners) }],
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    fn text(&mut self, run: &Run) {
        self.color(run.color);
        if self.spacing.total_cmp(&run.spacing).is_ne() {
            self.spacing = run.spacing;
            self.ops.push(Op::SetCharacterSpacing { multiplier: run.spacing });
        }
        self.go(run.x, PAGE_HEIGHT - run.y);
        for part in run.glyphs.chunk_by(|one, next| one.slot == next.slot) {
            self.show(part, run.size);
        }
    }

    /// Moves to a place; the steps are rounded, and what rounding loses is not summed up.
    fn go(&mut self, x: f32, y: f32) {
        let step = (rounded(x - self.at.0), rounded(y - self.at.1));
        self.at = (self.at.0 + step.0, self.at.1 + step.1);
        self.ops.push(Op::SetTextCursor { pos: Point { x: Pt(step.0), y: Pt(step.1) } });
    }

    fn show(&mut self, glyphs: &[Glyph], size: f32) {
        let Some(slot) = glyphs.first().map(|glyph| glyph.slot) else {
            return;
        };
        let size = rounded_down(size);
        if self.font != Some((slot, size)) {
            let Some(id) = self.fonts.get(usize::from(slot)) else {
                return;
            };
            self.font = Some((slot, size));
            self.ops
                .push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(size) });
        }
        let items = glyphs.iter().map(|glyph| Codepoint {
            gid: glyph.gid,
            offset: 0.0,
            cid: Some(self.book.text(*glyph).to_owned()),
        });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(items.collect())] });
    }
}

fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// A size never grows by rounding, or the line would be wider than its box.
fn rounded_down(size: f32) -> f32 {
    (size * 1000.0).floor().max(1.0) / 1000.0
}

fn rgb((r, g, b): Rgb) -> Color {
    Color::Rgb(printpdf::Rgb::new(r, g, b, None))
}

fn rect(fill: &Fill) -> Rect {
    Rect {
        x: Pt(rounded(fill.x)),
        y: Pt(rounded(PAGE_HEIGHT - fill.y - fill.height)),
        width: Pt(rounded(fill.width)),
        height: Pt(rounded(fill.height)),
        mode: None,
        winding_order: None,
    }
}

fn points(corners: &[(f32, f32)]) -> Vec<LinePoint> {
    let point = |(x, y): &(f32, f32)| LinePoint {
        p: Point { x: Pt(rounded(*x)), y: Pt(rounded(PAGE_HEIGHT - y)) },
        bezier: false,
    };
    corners.iter().map(point).collect()
}

fn dashes(dash: Dash) -> (LineCapStyle, LineDashPattern) {
    match dash {
        Dash::Solid => (LineCapStyle::Butt, LineDashPattern::solid()),
        Dash::Dashed => (LineCapStyle::Butt, LineDashPattern::new(0.0, &[3.0, 2.0])),
        Dash::Dotted => (LineCapStyle::Round, LineDashPattern::new(0.0, &[0.0, 3.2])),
    }
}

fn link(area: &Fill, place: Place) -> Op {
    let destination = Destination::Xyz {
        page: place.page + 1,
        left: None,
        top: Some(rounded(PAGE_HEIGHT - place.y)),
        zoom: None,
    };
    Op::LinkAnnotation {
        link: LinkAnnotation::new(
            rect(area),
            Actions::go_to(destination),
            Some(BorderArray::Solid([0.0, 0.0, 0.0])),
            Some(ColorArray::Transparent),
            None,
        ),
    }
}
