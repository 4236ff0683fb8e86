//! What lies on a page, and the horizontal strips that pages are filled with. Measures in pt,
//! from the page's top left corner (in a strip: from the strip's top), y down.

use std::rc::Rc;

use super::glyphs::Glyph;
use super::style::Rgb;

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A run of glyphs on one baseline.
    Text(Run),
    /// A filled rectangle.
    Fill(Fill),
    /// A line through points.
    Stroke(Stroke),
    /// A filled shape, such as an arrow head.
    Shape(Vec<(f32, f32)>, Rgb),
}

/// Glyphs on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Where it begins.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    /// Size.
    pub size: f32,
    /// Colour.
    pub color: Rgb,
    /// Added after each glyph, pt.
    pub spacing: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fill {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Colour.
    pub color: Rgb,
}

/// A line through points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stroke {
    /// The points.
    pub points: Vec<(f32, f32)>,
    /// Thickness.
    pub width: f32,
    /// Colour.
    pub color: Rgb,
    /// Solid, dashed or dotted.
    pub dash: Dash,
}

/// How a line is interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dash {
    /// Not at all.
    Solid,
    /// Dashes.
    Dashed,
    /// Round dots, as leaders.
    Dotted,
}

impl Mark {
    /// A horizontal line.
    pub(super) fn rule(x: f32, y: f32, length: f32, width: f32, color: Rgb) -> Self {
        Self::Stroke(Stroke {
            points: vec![(x, y), (x + length, y)],
            width,
            color,
            dash: Dash::Solid,
        })
    }

    /// The same mark, `down` pt lower.
    pub(super) fn lowered(mut self, down: f32) -> Self {
        match &mut self {
            Self::Text(run) => run.y += down,
            Self::Fill(fill) => fill.y += down,
            Self::Stroke(Stroke { points, .. }) | Self::Shape(points, _) => {
                for (_, y) in points {
                    *y += down;
                }
            }
        }
        self
    }
}

/// How strongly a strip holds on to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Keep {
    /// A page may end after it.
    No,
    /// A page ends after it only if the whole chain is longer than a page.
    Soft,
    /// As `Soft`, and even in a chain longer than a page.
    Hard,
}

/// What a strip is to the rest of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing special.
    Plain,
    /// A new page begins before it.
    Break,
    /// The first line of the heading with this number.
    Heading(usize),
    /// The place of the contents down to this level, filled in when all headings are known.
    Contents(u8),
    /// The last line of the contents entry of the heading with this number.
    Entry(usize),
}

/// A horizontal slice of the document that no page end divides.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    /// Height.
    pub height: f32,
    /// Space above it, dropped at the top of a page.
    pub gap: f32,
    /// Whether it holds on to the next strip.
    pub keep: Keep,
    /// Its role.
    pub role: Role,
    /// Grounds as high as the strip; those of neighbours with the same edges are joined.
    pub grounds: Vec<(f32, f32, Rgb)>,
    /// What is drawn on it.
    pub marks: Vec<Mark>,
    /// Repeated above it if a page begins with it: a table's head.
    pub head: Option<Rc<[Strip]>>,
    /// Drawn under it if a page ends with it: left edge and width of a closing rule.
    pub close: Option<(f32, f32)>,
}

impl Strip {
    /// An empty strip.
    pub(super) fn new(height: f32) -> Self {
        Self {
            height,
            gap: 0.0,
            keep: Keep::No,
            role: Role::Plain,
            grounds: Vec::new(),
            marks: Vec::new(),
            head: None,
            close: None,
        }
    }
}

/// A page in the making.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Drawn first.
    pub fills: Vec<Fill>,
    /// Drawn above the fills, in order; text is drawn last.
    pub marks: Vec<Mark>,
    /// Links: left, top, width, height and the heading they lead to.
    pub links: Vec<(Fill, usize)>,
}

impl Page {
    /// Puts a strip on the page with its top at `y`.
    pub(super) fn put(&mut self, strip: Strip, y: f32) {
        for (x, width, color) in strip.grounds {
            self.ground(Fill { x, y, width, height: strip.height, color });
        }
        for mark in strip.marks {
            match mark.lowered(y) {
                Mark::Fill(fill) => self.fills.push(fill),
                other => self.marks.push(other),
            }
        }
    }

    fn ground(&mut self, new: Fill) {
        let above = self.fills.iter_mut().rev().take(32).find(|fill| {
            fill.x.total_cmp(&new.x).is_eq()
                && fill.width.total_cmp(&new.width).is_eq()
                && fill.color == new.color
                && (fill.y + fill.height - new.y).abs() < 0.01
        });
        match above {
            Some(fill) => fill.height += new.height,
            None => self.fills.push(new),
        }
    }
}
