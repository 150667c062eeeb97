//! One panel on the canvas: heading, legend, axes, marks.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::canvas::{self, Anchor, Canvas, Drawn, Lettering, Plot, SCALE};
use super::figure::{Mark, Panel, Shape};
use super::legend::{self, Entry, Sample};
use super::palette;

/// Where a panel's parts stand, in picture pixels.
pub struct Place {
    /// Upper edge of the heading.
    pub top: i32,
    /// Upper edge of the legend.
    pub legend_top: i32,
    /// Entries of the legend.
    pub legend: Vec<Entry>,
    /// Upper edge of the plot.
    pub plot_top: i32,
    /// Lower edge of the plot.
    pub bottom: i32,
    /// Left edge of the plot.
    pub left: i32,
    /// Right edge of the plot.
    pub right: i32,
}

/// Draws a panel in its place.
pub fn paint(canvas: &Canvas, panel: &Panel, place: &Place) -> Drawn {
    let heading = Lettering::body(palette::MUTED, Anchor::Corner);
    canvas::write(canvas, &panel.heading, (place.left, place.top), heading)?;
    for entry in &place.legend {
        paint_entry(canvas, entry, place)?;
    }
    let pixels = (
        place.left * SCALE..place.right * SCALE,
        place.bottom * SCALE..place.plot_top * SCALE,
    );
    let (x, y) = (panel.x.from..panel.x.to, panel.y.from..panel.y.to);
    let spec = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(x, y, pixels);
    let plot = canvas.apply_coord_spec(spec);
    paint_rows(canvas, &plot, panel, place)?;
    paint_columns(canvas, &plot, panel, place)?;
    for mark in &panel.marks {
        paint_mark(canvas, &plot, mark)?;
    }
    Ok(())
}

/// Ticks of the vertical axis, with their grid lines.
fn paint_rows(canvas: &Canvas, plot: &Plot, panel: &Panel, place: &Place) -> Drawn {
    let grid = palette::GRID.stroke_width(SCALE as u32);
    let label = Lettering::body(palette::INK, Anchor::Right);
    for (at, words) in &panel.y.ticks {
        let ends = vec![(panel.x.from, *at), (panel.x.to, *at)];
        let y = plot.map_coordinate(&ends[0]).1 / SCALE;
        if panel.y.has_grid {
            plot.draw(&PathElement::new(ends, grid))?;
        }
        canvas::write(canvas, words, (place.left - 8, y), label)?;
    }
    Ok(())
}

/// The horizontal axis: base line, ticks with their grid lines, label. A bare axis draws nothing.
fn paint_columns(canvas: &Canvas, plot: &Plot, panel: &Panel, place: &Place) -> Drawn {
    let grid = palette::GRID.stroke_width(SCALE as u32);
    let axis = palette::MUTED.stroke_width(SCALE as u32);
    let label = Lettering::body(palette::INK, Anchor::Top);
    for (at, words) in &panel.x.ticks {
        let ends = vec![(*at, panel.y.from), (*at, panel.y.to)];
        let x = plot.map_coordinate(&ends[0]).0;
        if panel.x.has_grid {
            plot.draw(&PathElement::new(ends, grid))?;
        }
        let tick = vec![(x, place.bottom * SCALE), (x, (place.bottom + 5) * SCALE)];
        canvas.draw(&PathElement::new(tick, axis))?;
        canvas::write(canvas, words, (x / SCALE, place.bottom + 8), label)?;
    }
    let middle = (place.left + place.right) / 2;
    let under = Lettering::body(palette::MUTED, Anchor::Top);
    canvas::write(canvas, &panel.x.label, (middle, place.bottom + 25), under)?;
    if panel.x.ticks.is_empty() && panel.x.label.is_empty() {
        return Ok(());
    }
    let base = vec![(panel.x.from, panel.y.from), (panel.x.to, panel.y.from)];
    plot.draw(&PathElement::new(base, axis))
}

fn paint_mark(canvas: &Canvas, plot: &Plot, mark: &Mark) -> Drawn {
    let color = mark.color.mix(mark.alpha);
    let visible = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
        let finite = points
            .iter()
            .copied()
            .filter(|(x, y)| x.is_finite() && y.is_finite());
        finite.collect()
    };
    let pixel = |at: &(f64, f64)| {
        let (x, y) = plot.map_coordinate(at);
        (x / SCALE, y / SCALE)
    };
    match &mark.shape {
        Shape::Line(points, width) => plot.draw(&PathElement::new(
            visible(points),
            color.stroke_width(*width),
        )),
        Shape::Area(outline) => plot.draw(&Polygon::new(visible(outline), color.filled())),
        Shape::Bar(from, to) => plot.draw(&Rectangle::new([*from, *to], color.filled())),
        Shape::Rule(from, to) => paint_dashes(
            canvas,
            plot.map_coordinate(from),
            plot.map_coordinate(to),
            color,
        ),
        Shape::Dot(at, radius) => plot.draw(&Circle::new(*at, *radius as i32, color.filled())),
        Shape::Before(at, note) => {
            let (x, y) = pixel(at);
            let lettering = Lettering::body(mark.color, Anchor::Right);
            canvas::write(canvas, note, (x - 6, y), lettering)
        }
        Shape::Note(at, note) => {
            let (x, y) = pixel(at);
            canvas::write(
                canvas,
                note,
                (x + 6, y),
                Lettering::body(mark.color, Anchor::Left),
            )
        }
        Shape::Centred(at, note) => canvas::write(
            canvas,
            note,
            pixel(at),
            Lettering::body(mark.color, Anchor::Middle),
        ),
    }
}

fn paint_entry(canvas: &Canvas, entry: &Entry, place: &Place) -> Drawn {
    let color = entry.color.mix(entry.alpha);
    let x = place.left + entry.x;
    let y = place.legend_top + entry.row * canvas::LINE + 6;
    let (from, to) = (x * SCALE, (x + legend::SAMPLE - 6) * SCALE);
    let stroke = vec![(from, y * SCALE), (to, y * SCALE)];
    match entry.sample {
        Sample::Stroke => canvas.draw(&PathElement::new(stroke, color.stroke_width(6)))?,
        Sample::Dashes => paint_dashes(canvas, stroke[0], stroke[1], color)?,
        Sample::Dot => {
            let middle = ((from + to) / 2, y * SCALE);
            canvas.draw(&Circle::new(middle, 12, color.filled()))?;
        }
        Sample::Square => {
            let corners = [
                (from + SCALE, (y - 5) * SCALE),
                (to - SCALE, (y + 5) * SCALE),
            ];
            canvas.draw(&Rectangle::new(corners, color.filled()))?;
        }
    }
    let words = Lettering::body(palette::INK, Anchor::Left);
    canvas::write(canvas, &entry.label, (x + legend::SAMPLE, y), words)
}

/// A dashed line between two canvas pixels. plotters has one, but measures it with the platform's `hypot`.
fn paint_dashes(canvas: &Canvas, from: (i32, i32), to: (i32, i32), color: RGBAColor) -> Drawn {
    let (dash, period) = (f64::from(6 * SCALE), f64::from(10 * SCALE));
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let length = (dx * dx + dy * dy).sqrt();
    let along = |distance: f64| {
        let share = distance.min(length) / length;
        (
            from.0 + (dx * share).round() as i32,
            from.1 + (dy * share).round() as i32,
        )
    };
    let mut start = 0.0;
    while start < length {
        let ends = vec![along(start), along(start + dash)];
        canvas.draw(&PathElement::new(ends, color.stroke_width(4)))?;
        start += period;
    }
    Ok(())
}
