//! The map as vectors for the audit record: the same places as on the page, as large as the text
//! area is wide, on several sheets when one would be too small to read.

use super::layout::{Line, PAD, Picture, Placed, Voice, Way};
use super::wording::{Frame, Stroke};
use crate::typeset::{Align, Drawing, Ink, Pen, Shape, Spot, Tone};

/// Width of the record's text area, mm.
const WIDTH: f64 = 166.0;
/// Height that a sheet may have below a heading, mm.
const HEIGHT: f64 = 205.0;
/// A pixel at its natural size, mm.
const NATURAL: f64 = 25.4 / 96.0;
/// The smallest at which 12 px can still be read on paper: 5.6 pt.
const SMALLEST: f64 = 0.165;
/// What is kept free around the sheet's things, px.
const MARGIN: f64 = 12.0;
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// The sheets of a picture, from the left to the right and then downwards. Each node and each
/// label stands whole on at least one of them; lines that go on are cut at the edge.
#[must_use]
pub fn drawings(picture: &Picture) -> Vec<Drawing> {
    let scale = NATURAL.min(WIDTH / picture.width.max(1.0)).max(SMALLEST);
    let columns = windows(&spans(picture, true), picture.width, WIDTH / scale);
    let rows = windows(&spans(picture, false), picture.height, HEIGHT / scale);
    let mut sheets = Vec::new();
    for row in &rows {
        for column in &columns {
            let sheet = Sheet { left: column.0, top: row.0, right: column.1, bottom: row.1, scale };
            if sheet.holds_any(picture) {
                sheets.push(sheet.draw(picture));
            }
        }
    }
    sheets
}

/// From where to where each node and label reaches on one axis.
fn spans(picture: &Picture, across: bool) -> Vec<(f64, f64)> {
    let span = |x: f64, y: f64, width: f64, height: f64| {
        if across { (x, x + width) } else { (y, y + height) }
    };
    let nodes = picture.nodes.iter().map(|n| span(n.x, n.y, n.width, n.height));
    let labels = picture.edges.iter().filter_map(|e| e.label).map(|(x, y, w, h)| span(x, y, w, h));
    nodes.chain(labels).collect()
}

/// Cuts an axis into parts of at most `limit` so that every span is whole in one of them.
fn windows(spans: &[(f64, f64)], total: f64, limit: f64) -> Vec<(f64, f64)> {
    if total <= limit || spans.is_empty() {
        return vec![(0.0, total)];
    }
    let mut rest: Vec<(f64, f64)> = spans.to_vec();
    let mut windows = Vec::new();
    let mut start = 0.0_f64;
    while !rest.is_empty() {
        let end = start + limit;
        let left: Vec<(f64, f64)> = rest.iter().copied().filter(|(_, high)| *high > end).collect();
        let reached = rest.iter().map(|(_, high)| *high).filter(|high| *high <= end);
        let reached = reached.fold(start, f64::max) + MARGIN;
        windows.push((start, if left.is_empty() { end.min(total) } else { end.min(reached) }));
        let next = left.iter().map(|(low, _)| *low).fold(f64::INFINITY, f64::min) - MARGIN;
        // What is larger than a sheet can't be whole; it mustn't hold us either.
        start = if next > start { next } else { end };
        rest =
            left.into_iter().filter(|(low, high)| high - low <= limit || *low >= start).collect();
    }
    windows
}

/// A part of the picture that is drawn on one sheet.
struct Sheet {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    scale: f64,
}

impl Sheet {
    /// Whether a node or a label stands whole on it.
    fn holds_any(&self, picture: &Picture) -> bool {
        let label = |edge: &Way| edge.label.is_some_and(|(x, y, w, h)| self.whole(x, y, w, h));
        picture.nodes.iter().any(|node| self.holds(node)) || picture.edges.iter().any(label)
    }

    fn holds(&self, node: &Placed) -> bool {
        self.whole(node.x, node.y, node.width, node.height)
    }

    fn whole(&self, x: f64, y: f64, width: f64, height: f64) -> bool {
        x >= self.left && y >= self.top && x + width <= self.right && y + height <= self.bottom
    }

    fn draw(&self, picture: &Picture) -> Drawing {
        let mut shapes = Vec::new();
        for edge in &picture.edges {
            self.line(edge, &mut shapes);
        }
        for edge in &picture.edges {
            self.label(edge, &mut shapes);
        }
        for node in picture.nodes.iter().filter(|node| self.holds(node)) {
            self.node(node, &mut shapes);
        }
        Drawing {
            width: mm((self.right - self.left) * self.scale),
            height: mm((self.bottom - self.top) * self.scale),
            shapes,
        }
    }

    fn at(&self, x: f64, y: f64) -> Spot {
        Spot::new(mm((x - self.left) * self.scale), mm((y - self.top) * self.scale))
    }

    fn length(&self, px: f64) -> f32 {
        mm(px * self.scale)
    }

    fn rect(&self, area: (f64, f64, f64, f64), fill: Option<Ink>, pen: Option<Pen>) -> Shape {
        let (x, y, width, height) = area;
        Shape::Rect {
            at: self.at(x, y),
            width: self.length(width),
            height: self.length(height),
            fill,
            pen,
        }
    }

    fn line(&self, edge: &Way, shapes: &mut Vec<Shape>) {
        let pen = match (edge.broken, edge.stroke) {
            (true, _) => Pen { ink: Ink::Tone(Tone::Bad), width: 1.3, dashed: true },
            (false, Stroke::Thick) => Pen { ink: Ink::Muted, width: 2.0, dashed: false },
            (false, Stroke::Thin) => Pen { ink: Ink::Muted, width: 0.5, dashed: false },
            (false, Stroke::Arrow) => Pen { ink: Ink::Primary, width: 0.9, dashed: false },
        };
        let pieces = self.pieces(&edge.points);
        let last = edge.points.last().copied();
        for piece in pieces {
            let arrives = piece.last().copied() == last && edge.stroke != Stroke::Thin;
            let points = piece.into_iter().map(|(x, y)| self.at(x, y)).collect();
            shapes.push(Shape::Polyline { points, arrow: arrives, pen });
        }
    }

    /// The parts of a line that are on the sheet.
    fn pieces(&self, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
        for pair in points.windows(2) {
            let [from, to] = pair else { continue };
            let Some((start, end)) = self.clip(*from, *to) else { continue };
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&start) => piece.push(end),
                _ => pieces.push(vec![start, end]),
            }
        }
        pieces
    }

    /// The part of a straight line that is on the sheet (Liang–Barsky).
    fn clip(&self, from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut first, mut last) = (0.0_f64, 1.0_f64);
        for (by, room) in [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ] {
            if by.abs() < f64::EPSILON {
                if room < 0.0 {
                    return None;
                }
            } else if by < 0.0 {
                first = first.max(room / by);
            } else {
                last = last.min(room / by);
            }
        }
        let at = |t: f64| (from.0 + t * dx, from.1 + t * dy);
        let start = if first > 0.0 { at(first) } else { from };
        let end = if last < 1.0 { at(last) } else { to };
        (first <= last).then_some((start, end))
    }

    fn label(&self, edge: &Way, shapes: &mut Vec<Shape>) {
        let Some((x, y, width, height)) = edge.label else { return };
        if self.whole(x, y, width, height) {
            shapes.push(self.rect((x, y, width, height), Some(Ink::Paper), None));
            self.words(&edge.lines, width - 8.0, shapes);
        }
    }

    fn node(&self, node: &Placed, shapes: &mut Vec<Shape>) {
        let (ink, fill, width) = if node.broken {
            (Ink::Tone(Tone::Bad), Ink::Tint(Tone::Bad), 1.4)
        } else {
            (Ink::Text, Ink::Paper, 0.8)
        };
        let pen = Pen { ink, width, dashed: node.frame == Frame::Dashed };
        let (x, y, w, h) = (node.x, node.y, node.width, node.height);
        let all = (x, y, w, h);
        match node.frame {
            Frame::Double => {
                shapes.push(self.rect(all, Some(fill), Some(pen)));
                let inner = Pen { width: 0.4, ..pen };
                shapes.push(self.rect((x + 3.0, y + 3.0, w - 6.0, h - 6.0), None, Some(inner)));
            }
            Frame::Plain | Frame::Dashed => shapes.push(self.rect(all, Some(fill), Some(pen))),
            Frame::Bar => {
                shapes.push(self.rect(all, Some(fill), Some(pen)));
                shapes.push(self.rect((x, y, 5.0, h), Some(ink), None));
            }
            Frame::Round => self.round(node, fill, pen, shapes),
            Frame::Stack => {
                let back = (x + 4.0, y, w - 4.0, h - 4.0);
                shapes.push(self.rect(back, Some(Ink::Paper), Some(Pen { width: 0.5, ..pen })));
                let front = (x, y + 4.0, w - 4.0, h - 4.0);
                shapes.push(self.rect(front, Some(fill), Some(pen)));
            }
        }
        self.words(&node.lines, w - 2.0 * PAD, shapes);
    }

    /// A frame with its corners cut off.
    fn round(&self, node: &Placed, fill: Ink, pen: Pen, shapes: &mut Vec<Shape>) {
        const CUT: f64 = 12.0;
        let (x, y, w, h) = (node.x, node.y, node.width, node.height);
        shapes.push(self.rect((x + CUT, y, w - 2.0 * CUT, h), Some(fill), None));
        shapes.push(self.rect((x, y + CUT, w, h - 2.0 * CUT), Some(fill), None));
        let corners = [
            (x + CUT, y),
            (x + w - CUT, y),
            (x + w, y + CUT),
            (x + w, y + h - CUT),
            (x + w - CUT, y + h),
            (x + CUT, y + h),
            (x, y + h - CUT),
            (x, y + CUT),
            (x + CUT, y),
        ];
        let points = corners.into_iter().map(|(x, y)| self.at(x, y)).collect();
        shapes.push(Shape::Polyline { points, arrow: false, pen });
    }

    fn words(&self, lines: &[Line], width: f64, shapes: &mut Vec<Shape>) {
        let mut signed = false;
        for line in lines {
            let sign = line.voice == Voice::Sign;
            let (x, width) = if sign { (line.x + 18.0, width - 18.0) } else { (line.x, width) };
            let (size, height) =
                if line.voice == Voice::Title { (14.0, 20.0) } else { (12.0, 17.0) };
            if sign && !signed {
                signed = true;
                self.warning(line.x, line.y, shapes);
            }
            shapes.push(Shape::Text {
                at: self.at(x, line.y),
                width: self.length(width),
                height: self.length(height),
                text: line.text.clone(),
                size: mm(size * self.scale * POINTS),
                bold: matches!(line.voice, Voice::Title | Voice::Sign),
                align: Align::Left,
                ink: match line.voice {
                    Voice::Caption => Ink::Muted,
                    Voice::Title | Voice::Plain => Ink::Text,
                    Voice::Sign => Ink::Tone(Tone::Bad),
                },
            });
        }
    }

    /// The sign of a broken rule: a triangle with a mark in it.
    fn warning(&self, x: f64, y: f64, shapes: &mut Vec<Shape>) {
        let pen = Pen { ink: Ink::Tone(Tone::Bad), width: 0.8, dashed: false };
        let corners = [(x + 7.0, y + 2.0), (x + 14.0, y + 14.0), (x, y + 14.0), (x + 7.0, y + 2.0)];
        let points = corners.into_iter().map(|(x, y)| self.at(x, y)).collect();
        shapes.push(Shape::Polyline { points, arrow: false, pen });
        let stem = |from: f64, to: f64| Shape::Line {
            from: self.at(x + 7.0, y + from),
            to: self.at(x + 7.0, y + to),
            pen,
        };
        shapes.extend([stem(6.0, 10.0), stem(11.5, 12.5)]);
    }
}

/// Drawings are told in less precise numbers.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "there is no other way from f64 to f32, and a page is far smaller than either can tell"
)]
fn mm(value: f64) -> f32 {
    value as f32
}
