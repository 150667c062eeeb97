//! The legend: entries in rows between a panel's heading and its plot, so that it covers no data.

use plotters::style::RGBColor;

use super::figure::{Panel, Shape};
use super::text;

/// How an entry's sample looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A short stroke.
    Stroke,
    /// A short dashed stroke.
    Dashes,
    /// A small square.
    Square,
    /// A small disc.
    Dot,
}

/// One placed entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Left edge, relative to the legend's.
    pub x: i32,
    /// Row, from 0.
    pub row: i32,
    /// Name.
    pub label: String,
    /// Colour.
    pub color: RGBColor,
    /// Opacity.
    pub alpha: f64,
    /// Sample.
    pub sample: Sample,
}

/// Width of a sample and the gap after it.
pub const SAMPLE: i32 = 24;
/// Gap between two entries.
const GAP: i32 = 18;

/// Places the entries of a panel in rows no wider than `width`.
#[must_use]
pub fn place(panel: &Panel, width: i32, size: i32) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let (mut x, mut row) = (0, 0);
    for mark in &panel.marks {
        let Some(label) = &mark.label else { continue };
        if entries.iter().any(|entry| &entry.label == label) {
            continue;
        }
        let needed = SAMPLE + text::width(label, size);
        if x > 0 && x + needed > width {
            x = 0;
            row += 1;
        }
        let sample = match mark.shape {
            Shape::Rule(..) => Sample::Dashes,
            Shape::Dot(..) => Sample::Dot,
            Shape::Area(_) | Shape::Bar(..) => Sample::Square,
            _ => Sample::Stroke,
        };
        entries.push(Entry {
            x,
            row,
            label: label.clone(),
            color: mark.color,
            alpha: mark.alpha,
            sample,
        });
        x += needed + GAP;
    }
    entries
}

/// Rows that the placed entries take.
#[must_use]
pub fn rows(entries: &[Entry]) -> i32 {
    entries.last().map_or(0, |entry| entry.row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{Axis, Mark, palette};

    #[test]
    fn a_name_is_listed_once_and_long_legends_wrap() {
        let names = ["individual", "edge", "datacentre", "edge"];
        let marks = names
            .iter()
            .map(|name| Mark::line(name, palette::BLUE, vec![]))
            .collect();
        let panel = Panel::over_days("", 10.0, Axis::share(""), marks);
        let entries = place(&panel, 220, 12);
        assert_eq!(entries.len(), 3);
        assert_eq!(rows(&entries), 2);
    }
}
