//! What a picture says, before it is drawn: panels with axes and marks.

use plotters::style::RGBColor;

use super::Axis;

/// A picture: one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// File stem.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// How to read it, in a sentence or two under the picture.
    pub reading: String,
    /// Panels from top to bottom.
    pub panels: Vec<Panel>,
}

/// A coordinate system with its marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What stands on the vertical axis, with the unit.
    pub heading: String,
    /// Height of the plot in pixels at 100 %.
    pub height: i32,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Marks, the first at the back.
    pub marks: Vec<Mark>,
}

/// Something drawn in data coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Name in the legend; neighbours with one name share an entry.
    pub label: Option<String>,
    /// Colour.
    pub color: RGBColor,
    /// Opacity, 1 is solid.
    pub alpha: f64,
    /// Form.
    pub shape: Shape,
}

/// Form of a mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line through points; its width is in thirds of a pixel.
    Line(Vec<(f64, f64)>, u32),
    /// A filled outline.
    Area(Vec<(f64, f64)>),
    /// A filled rectangle between two corners.
    Bar((f64, f64), (f64, f64)),
    /// A dashed straight line.
    Rule((f64, f64), (f64, f64)),
    /// A disc around a point; its radius is in thirds of a pixel.
    Dot((f64, f64), u32),
    /// A text to the right of a point.
    Note((f64, f64), String),
    /// A text to the left of a point.
    Before((f64, f64), String),
    /// A text centred on a point.
    Centred((f64, f64), String),
}

impl Mark {
    /// A line of data.
    #[must_use]
    pub fn line(label: &str, color: RGBColor, points: Vec<(f64, f64)>) -> Self {
        Self::new(Some(label), color, 1.0, Shape::Line(points, 5))
    }

    /// A pale thin line, for what stands behind a smoothed one.
    #[must_use]
    pub fn pale(color: RGBColor, points: Vec<(f64, f64)>) -> Self {
        Self::new(None, color, 0.35, Shape::Line(points, 2))
    }

    /// The area between `upper` and `lower`, given at the same abscissas.
    #[must_use]
    pub fn area(label: &str, color: RGBColor, lower: &[(f64, f64)], upper: &[(f64, f64)]) -> Self {
        let outline = upper.iter().chain(lower.iter().rev()).copied().collect();
        Self::new(Some(label), color, 1.0, Shape::Area(outline))
    }

    /// A pale filled outline without an entry in the legend: a band of a flow chart.
    #[must_use]
    pub fn ribbon(color: RGBColor, outline: Vec<(f64, f64)>) -> Self {
        Self::new(None, color, 0.4, Shape::Area(outline))
    }

    /// A bar between two corners.
    #[must_use]
    pub fn bar(label: &str, color: RGBColor, from: (f64, f64), to: (f64, f64)) -> Self {
        Self::new(Some(label), color, 1.0, Shape::Bar(from, to))
    }

    /// A pale rectangle: a target band or a background.
    #[must_use]
    pub fn band(label: &str, color: RGBColor, from: (f64, f64), to: (f64, f64)) -> Self {
        Self::new(Some(label), color, 0.16, Shape::Bar(from, to))
    }

    /// A dashed reference line.
    #[must_use]
    pub fn rule(label: Option<&str>, color: RGBColor, from: (f64, f64), to: (f64, f64)) -> Self {
        Self::new(label, color, 1.0, Shape::Rule(from, to))
    }

    /// A disc around a point.
    #[must_use]
    pub fn dot(label: &str, color: RGBColor, at: (f64, f64)) -> Self {
        Self::new(Some(label), color, 1.0, Shape::Dot(at, 12))
    }

    /// A text to the left of a point.
    #[must_use]
    pub fn before(color: RGBColor, at: (f64, f64), text: String) -> Self {
        Self::new(None, color, 1.0, Shape::Before(at, text))
    }

    /// A text to the right of a point.
    #[must_use]
    pub fn note(color: RGBColor, at: (f64, f64), text: String) -> Self {
        Self::new(None, color, 1.0, Shape::Note(at, text))
    }

    /// A text centred on a point.
    #[must_use]
    pub fn centred(color: RGBColor, at: (f64, f64), text: String) -> Self {
        Self::new(None, color, 1.0, Shape::Centred(at, text))
    }

    /// A thin line in ink: an outline, or an error bar.
    #[must_use]
    pub fn hair(color: RGBColor, points: Vec<(f64, f64)>, width: u32) -> Self {
        Self::new(None, color, 1.0, Shape::Line(points, width))
    }

    /// A horizontal error bar with caps, which reach `cap` up and down.
    #[must_use]
    pub fn whisker(color: RGBColor, (low, high): (f64, f64), y: f64, cap: f64) -> Vec<Self> {
        let end = |x| Self::hair(color, vec![(x, y - cap), (x, y + cap)], 4);
        let stem = Self::hair(color, vec![(low, y), (high, y)], 4);
        vec![stem, end(low), end(high)]
    }

    /// The disc with another radius, in thirds of a pixel.
    #[must_use]
    pub fn sized(self, radius: u32) -> Self {
        match self.shape {
            Shape::Dot(at, _) => Self {
                shape: Shape::Dot(at, radius),
                ..self
            },
            _ => self,
        }
    }

    /// The mark without its entry in the legend.
    #[must_use]
    pub fn unlisted(self) -> Self {
        Self {
            label: None,
            ..self
        }
    }

    fn new(label: Option<&str>, color: RGBColor, alpha: f64, shape: Shape) -> Self {
        Self {
            label: label.map(str::to_owned),
            color,
            alpha,
            shape,
        }
    }
}

impl Panel {
    /// A panel over days of simulated time.
    #[must_use]
    pub fn over_days(heading: &str, days: f64, y: Axis, marks: Vec<Mark>) -> Self {
        Self {
            heading: heading.to_owned(),
            height: 200,
            x: Axis::days(days),
            y,
            marks,
        }
    }

    /// The same panel with another height.
    #[must_use]
    pub fn tall(self, height: i32) -> Self {
        Self { height, ..self }
    }
}
