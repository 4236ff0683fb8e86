//! A simple vector drawing: rectangles, lines, arrows and text in boxes. All measures in mm,
//! from the drawing's top left corner, x to the right and y down.

use serde::Serialize;

use super::document::{Align, Tone};

/// A drawing of a given size.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Drawing {
    /// Width in mm.
    pub width: f32,
    /// Height in mm.
    pub height: f32,
    /// What is drawn, the first at the bottom. Text lies above all else.
    pub shapes: Vec<Shape>,
}

/// A point in mm from the drawing's top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Spot {
    /// To the right, mm.
    pub x: f32,
    /// Down, mm.
    pub y: f32,
}

impl Spot {
    /// The point `x` mm to the right and `y` mm down.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// A colour of a drawing, by its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Ink {
    /// Text black.
    #[default]
    Text,
    /// Grey of secondary text.
    Muted,
    /// Light grey of hairlines.
    Hairline,
    /// Navy.
    Primary,
    /// White.
    Paper,
    /// The strong colour of a tone.
    Tone(Tone),
    /// The pale colour of a tone, for grounds.
    Tint(Tone),
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pen {
    /// Its colour.
    pub ink: Ink,
    /// Its thickness in pt.
    pub width: f32,
    /// Dashed instead of solid.
    pub dashed: bool,
}

impl Default for Pen {
    fn default() -> Self {
        Self { ink: Ink::Text, width: 0.6, dashed: false }
    }
}

/// One shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Shape {
    /// A straight line.
    Line {
        /// Where it begins.
        from: Spot,
        /// Where it ends.
        to: Spot,
        /// How it is drawn.
        pen: Pen,
    },
    /// A rectangle.
    Rect {
        /// Its top left corner.
        at: Spot,
        /// Width in mm.
        width: f32,
        /// Height in mm.
        height: f32,
        /// Its ground, if any.
        fill: Option<Ink>,
        /// Its edge, if any.
        pen: Option<Pen>,
    },
    /// A line through several points, with an arrow head at its end if wanted.
    Polyline {
        /// The points in order.
        points: Vec<Spot>,
        /// Whether an arrow head is drawn at the last point.
        arrow: bool,
        /// How it is drawn.
        pen: Pen,
    },
    /// Text wrapped and centred vertically in a box; set smaller until it fits.
    Text {
        /// The box's top left corner.
        at: Spot,
        /// The box's width in mm.
        width: f32,
        /// The box's height in mm.
        height: f32,
        /// The words.
        text: String,
        /// Size in pt.
        size: f32,
        /// Set in bold.
        bold: bool,
        /// Horizontal alignment in the box.
        align: Align,
        /// Colour.
        ink: Ink,
    },
}
