//! The drawing surface: an SVG of plotters, its scale, and the lettering on it.
//!
//! plotters' SVG backend has whole-pixel coordinates, so the canvas is three times the picture and the root element
//! scales it back: lines are smooth, and a point costs no more bytes than a digit.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Canvas pixels in a picture pixel.
pub const SCALE: i32 = 3;
/// Size of body text in picture pixels.
pub const BODY: i32 = 12;
/// Height of a line of body text in picture pixels.
pub const LINE: i32 = 18;
const FONT: &str = "Helvetica, Arial, sans-serif";

/// The whole picture.
pub type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// The part of it that has data coordinates.
pub type Plot<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
/// What drawing gives.
pub type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// Which point of a text is put where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its upper left corner.
    Corner,
    /// The middle of its upper edge.
    Top,
    /// The middle of its left edge.
    Left,
    /// The middle of its right edge.
    Right,
    /// Its middle.
    Middle,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Lettering {
    /// Size in picture pixels.
    pub size: i32,
    /// Colour.
    pub color: RGBColor,
    /// Which point of it is given.
    pub anchor: Anchor,
    /// Weight.
    pub is_bold: bool,
}

impl Lettering {
    /// Body text.
    pub const fn body(color: RGBColor, anchor: Anchor) -> Self {
        Self {
            size: BODY,
            color,
            anchor,
            is_bold: false,
        }
    }
}

/// Writes `words` at a place in picture pixels.
pub fn write(canvas: &Canvas, words: &str, (x, y): (i32, i32), lettering: Lettering) -> Drawn {
    if words.is_empty() {
        return Ok(());
    }
    let (horizontal, vertical) = match lettering.anchor {
        Anchor::Corner => (HPos::Left, VPos::Top),
        Anchor::Top => (HPos::Center, VPos::Top),
        Anchor::Left => (HPos::Left, VPos::Center),
        Anchor::Right => (HPos::Right, VPos::Center),
        Anchor::Middle => (HPos::Center, VPos::Center),
    };
    // The SVG backend divides a font's size by 1.24.
    let size = f64::from(lettering.size * SCALE) * 1.24;
    let weight = if lettering.is_bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let font = (FONT, size).into_font().style(weight);
    let style = font
        .color(&lettering.color)
        .pos(Pos::new(horizontal, vertical));
    canvas.draw(&Text::new(words.to_owned(), (x * SCALE, y * SCALE), style))
}
