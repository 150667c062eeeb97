//! A figure to an SVG document: where its panels stand, title, caption and root element.

use plotters::prelude::*;

use super::canvas::{self, Anchor, BODY, Canvas, Drawn, LINE, Lettering, SCALE};
use super::figure::Figure;
use super::panel::{self, Place};
use super::{legend, palette, text};

/// Width of every picture in pixels at 100 %.
const WIDTH: i32 = 800;
/// Free space right of the plots: half of a wide tick label.
const RIGHT: i32 = 22;

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

/// Places of the panels, one under another, and the height of the picture.
fn lay_out(figure: &Figure) -> (Vec<Place>, i32) {
    let ticks = figure.panels.iter().flat_map(|panel| &panel.y.ticks);
    let widest = ticks.map(|(_, label)| text::width(label, BODY)).max();
    let left = widest.unwrap_or(0).max(30) + 20;
    let right = WIDTH - RIGHT;
    let mut top = 44;
    let mut places = Vec::new();
    for panel in &figure.panels {
        let legend = legend::place(panel, right - left, BODY);
        let heading = if panel.heading.is_empty() { 0 } else { LINE };
        let legend_top = top + heading;
        let plot_top = legend_top + legend::rows(&legend) * LINE + 8;
        let bottom = plot_top + panel.height;
        places.push(Place {
            top,
            legend_top,
            legend,
            plot_top,
            bottom,
            left,
            right,
        });
        top = bottom + 54;
    }
    (places, top + 8)
}

fn paint(canvas: &Canvas, figure: &Figure, places: &[Place], caption: &str, height: i32) -> Drawn {
    canvas.fill(&palette::PAPER)?;
    let left = places.first().map_or(20, |place| place.left);
    let title = Lettering {
        size: 16,
        color: palette::INK,
        anchor: Anchor::Corner,
        is_bold: true,
    };
    canvas::write(canvas, &figure.title, (left, 12), title)?;
    for (panel, place) in figure.panels.iter().zip(places) {
        panel::paint(canvas, panel, place)?;
    }
    let small = Lettering {
        size: 10,
        color: palette::MUTED,
        anchor: Anchor::Corner,
        is_bold: false,
    };
    canvas::write(canvas, caption, (left, height - 18), small)?;
    canvas.present()
}

/// Gives the root element its size at 100 % and a name for screen readers.
fn finish(document: &str, figure: &Figure, height: i32) -> String {
    let body = document.split_once('>').map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{body}",
        WIDTH * SCALE,
        height * SCALE,
        crate::markup::escape(&figure.title),
    )
}
