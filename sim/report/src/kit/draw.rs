//! A figure to SVG.
//!
//! plotters' SVG backend has whole-pixel coordinates, so the canvas is three times the picture and the root element scales
//! it back: lines are smooth, and a point costs no more bytes than a digit.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::figure::{Figure, Mark, Panel, Shape};
use super::legend::{self, Entry, Sample};
use super::{palette, text};

/// Width of every picture in pixels at 100 %.
const WIDTH: i32 = 800;
/// Canvas pixels in a picture pixel.
const SCALE: i32 = 3;
const FONT: &str = "Helvetica, Arial, sans-serif";
const TITLE: i32 = 16;
const BODY: i32 = 12;
const SMALL: i32 = 10;
/// Height of a line of body text.
const LINE: i32 = 18;
const RIGHT: i32 = 22;

type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Plot<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// Where a panel's parts stand, in picture pixels.
struct Place {
    top: i32,
    plot_top: i32,
    left: i32,
    legend: Vec<Entry>,
    bottom: i32,
}

/// The figure as an SVG document, with `caption` in small print at its foot.
#[must_use]
pub fn svg(figure: &Figure, caption: &str) -> String {
    let (places, height) = lay_out(figure);
    let mut document = String::new();
    {
        let size = ((WIDTH * SCALE) as u32, (height * SCALE) as u32);
        let canvas = SVGBackend::with_string(&mut document, size).into_drawing_area();
        paint(&canvas, figure, &places, caption, height).expect("drawing to memory does not fail");
    }
    finish(&document, figure, height)
}

fn lay_out(figure: &Figure) -> (Vec<Place>, i32) {
    let ticks = figure.panels.iter().flat_map(|panel| &panel.y.ticks);
    let left = ticks.map(|(_, label)| text::width(label, BODY)).max().unwrap_or(0).max(30) + 20;
    let mut top = 44;
    let mut places = Vec::new();
    for panel in &figure.panels {
        let legend = legend::place(panel, WIDTH - left - RIGHT, BODY);
        let heading = if panel.heading.is_empty() { 0 } else { LINE };
        let plot_top = top + heading + legend::rows(&legend) * LINE + 8;
        let bottom = plot_top + panel.height;
        places.push(Place { top, plot_top, left, legend, bottom });
        top = bottom + 54;
    }
    (places, top + 8)
}

fn paint(canvas: &Canvas, figure: &Figure, places: &[Place], caption: &str, height: i32) -> Drawn {
    canvas.fill(&WHITE)?;
    let left = places.first().map_or(20, |place| place.left);
    write(canvas, figure.title, (left, 12), TITLE, Pos::new(HPos::Left, VPos::Top), palette::INK, true)?;
    for (panel, place) in figure.panels.iter().zip(places) {
        paint_panel(canvas, panel, place)?;
    }
    write(canvas, caption, (left, height - 18), SMALL, Pos::new(HPos::Left, VPos::Top), palette::MUTED, false)?;
    canvas.present()
}

fn paint_panel(canvas: &Canvas, panel: &Panel, place: &Place) -> Drawn {
    let at = Pos::new(HPos::Left, VPos::Top);
    write(canvas, &panel.heading, (place.left, place.top), BODY, at, palette::MUTED, false)?;
    let legend_top = place.top + if panel.heading.is_empty() { 0 } else { LINE };
    for entry in &place.legend {
        paint_entry(canvas, entry, (place.left + entry.x, legend_top + entry.row * LINE))?;
    }
    let spec = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
        panel.x.from..panel.x.to,
        panel.y.from..panel.y.to,
        (place.left * SCALE..(WIDTH - RIGHT) * SCALE, place.bottom * SCALE..place.plot_top * SCALE),
    );
    let plot = canvas.apply_coord_spec(spec);
    paint_axes(canvas, &plot, panel, place)?;
    for mark in &panel.marks {
        paint_mark(canvas, &plot, mark)?;
    }
    Ok(())
}

fn paint_axes(canvas: &Canvas, plot: &Plot, panel: &Panel, place: &Place) -> Drawn {
    let grid = palette::GRID.stroke_width(SCALE as u32);
    let axis = palette::MUTED.stroke_width(SCALE as u32);
    for (at, label) in &panel.y.ticks {
        let y = plot.map_coordinate(&(panel.x.from, *at)).1;
        if panel.y.has_grid {
            plot.draw(&PathElement::new(vec![(panel.x.from, *at), (panel.x.to, *at)], grid))?;
        }
        write(canvas, label, (place.left - 8, y / SCALE), BODY, Pos::new(HPos::Right, VPos::Center), palette::INK, false)?;
    }
    for (at, label) in &panel.x.ticks {
        let x = plot.map_coordinate(&(*at, panel.y.from)).0;
        if panel.x.has_grid {
            plot.draw(&PathElement::new(vec![(*at, panel.y.from), (*at, panel.y.to)], grid))?;
        }
        canvas.draw(&PathElement::new(vec![(x, place.bottom * SCALE), (x, (place.bottom + 5) * SCALE)], axis))?;
        write(canvas, label, (x / SCALE, place.bottom + 8), BODY, Pos::new(HPos::Center, VPos::Top), palette::INK, false)?;
    }
    let middle = (place.left + WIDTH - RIGHT) / 2;
    write(canvas, &panel.x.label, (middle, place.bottom + 25), BODY, Pos::new(HPos::Center, VPos::Top), palette::MUTED, false)?;
    plot.draw(&PathElement::new(vec![(panel.x.from, panel.y.from), (panel.x.to, panel.y.from)], axis))
}

fn paint_mark(canvas: &Canvas, plot: &Plot, mark: &Mark) -> Drawn {
    let color = mark.color.mix(mark.alpha);
    let visible = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
        points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect()
    };
    match &mark.shape {
        Shape::Line(points, width) => plot.draw(&PathElement::new(visible(points), color.stroke_width(*width))),
        Shape::Area(outline) => plot.draw(&Polygon::new(visible(outline), color.filled())),
        Shape::Bar(from, to) => plot.draw(&Rectangle::new([*from, *to], color.filled())),
        Shape::Rule(from, to) => {
            let style = color.stroke_width(4);
            plot.draw(&DashedPathElement::new(vec![*from, *to], 5 * SCALE, 4 * SCALE, style))
        }
        Shape::Note(at, note) => {
            let (x, y) = plot.map_coordinate(at);
            let at = (x / SCALE + 6, y / SCALE);
            write(canvas, note, at, BODY, Pos::new(HPos::Left, VPos::Center), mark.color, false)
        }
        Shape::Centred(at, note) => {
            let (x, y) = plot.map_coordinate(at);
            write(canvas, note, (x / SCALE, y / SCALE), BODY, Pos::new(HPos::Center, VPos::Center), mark.color, false)
        }
    }
}

fn paint_entry(canvas: &Canvas, entry: &Entry, (x, y): (i32, i32)) -> Drawn {
    let color = entry.color.mix(entry.alpha);
    let (x0, x1, middle) = (x * SCALE, (x + legend::SAMPLE - 6) * SCALE, (y + 6) * SCALE);
    let stroke = vec![(x0, middle), (x1, middle)];
    match entry.sample {
        Sample::Stroke => canvas.draw(&PathElement::new(stroke, color.stroke_width(6)))?,
        Sample::Dashes => {
            canvas.draw(&DashedPathElement::new(stroke, 5 * SCALE, 4 * SCALE, color.stroke_width(4)))?;
        }
        Sample::Square => {
            let half = 5 * SCALE;
            canvas.draw(&Rectangle::new([(x0 + SCALE, middle - half), (x1 - SCALE, middle + half)], color.filled()))?;
        }
    }
    let at = (x + legend::SAMPLE, y + 6);
    write(canvas, &entry.label, at, BODY, Pos::new(HPos::Left, VPos::Center), palette::INK, false)
}

fn write(canvas: &Canvas, words: &str, at: (i32, i32), size: i32, pos: Pos, color: RGBColor, is_bold: bool) -> Drawn {
    if words.is_empty() {
        return Ok(());
    }
    // The SVG backend divides a font's size by 1.24.
    let size = f64::from(size * SCALE) * 1.24;
    let weight = if is_bold { FontStyle::Bold } else { FontStyle::Normal };
    let style = (FONT, size).into_font().style(weight).color(&color).pos(pos);
    canvas.draw(&Text::new(words.to_owned(), (at.0 * SCALE, at.1 * SCALE), style))
}

/// Gives the root element its size at 100 % and a name for screen readers.
fn finish(document: &str, figure: &Figure, height: i32) -> String {
    let body = document.split_once('>').map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{body}",
        WIDTH * SCALE,
        height * SCALE,
        crate::markup::escape(figure.title),
    )
}
