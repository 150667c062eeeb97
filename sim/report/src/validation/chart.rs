//! Predicted against published: two log-log clouds with the identity, and all groups side by side as predicted over published.

use conform::measured::{Report, RowLine};
use plotters::style::RGBColor;

use super::TITLE;
use crate::kit::{Axis, Figure, Mark, Panel, Scale, palette};

/// Half width of the band around the identity.
const BAND: f64 = 0.1;
/// Ends of predicted over published: what is further off is drawn at the end.
const FURTHEST: (f64, f64) = (0.6, 1.4);
/// Height of a group's row in pixels.
const ROW: i32 = 22;

/// Groups that share a log-log panel, with what they are.
const CLOUDS: [(&str, &[&str]); 2] = [
    (
        "step time, s",
        &["vtrain_single", "vtrain_multi", "iteration"],
    ),
    ("training tokens a second and GPU", &["mosaic"]),
];

/// The chart.
pub fn figure(report: &Report) -> Figure {
    let clouds = CLOUDS
        .iter()
        .filter_map(|(heading, groups)| cloud(report, heading, groups));
    Figure {
        name: "predicted".to_owned(),
        title: TITLE.to_owned(),
        reading: "Dashed: predicted as published. The band is 10 % to either side. Grey dots are rows that constants were fitted on; only the coloured ones \
                  say how good the model is. In the last panel a dot at either end may lie further out."
            .to_owned(),
        panels: clouds.chain([ratios(report)]).collect(),
    }
}

/// The answered rows of a group, as predicted and published.
fn answered<'a>(report: &'a Report, group: &str) -> impl Iterator<Item = (&'a RowLine, f64)> {
    let rows = report.rows.iter().filter(move |row| row.group == group);
    rows.filter_map(|row| Some((row, row.predicted?)))
}

/// A panel with logarithms on both axes; nothing where no row was answered.
fn cloud(report: &Report, heading: &str, groups: &[&str]) -> Option<Panel> {
    let mut fitted = Vec::new();
    let mut held_out = Vec::new();
    let mut values = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        for (row, predicted) in answered(report, group) {
            let place = (libm::log10(row.expected), libm::log10(predicted));
            values.extend([row.expected, predicted]);
            match row.fitted {
                true => fitted.push(Mark::dot("fitted on", FITTED, place).sized(6)),
                false => held_out.push(Mark::dot(group, color(at), place).sized(7)),
            }
        }
    }
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    let (from, to) = (libm::log10(low), libm::log10(high));
    let up = libm::log10(1.0 + BAND);
    let down = libm::log10(1.0 - BAND);
    let shifted = |by: f64| [(from, from + by), (to, to + by)];
    let mut marks = vec![
        Mark::area("within 10 %", BAND_COLOR, &shifted(down), &shifted(up)),
        Mark::rule(Some("as published"), palette::INK, (from, from), (to, to)),
    ];
    marks.extend(fitted);
    marks.extend(held_out);
    Some(Panel {
        heading: format!("predicted {heading}"),
        height: 300,
        x: Axis::logarithmic(&format!("published {heading}"), &[low, high]),
        y: Axis::logarithmic("", &[low, high]),
        marks,
    })
}

/// Every group in a row, its rows as predicted over published.
fn ratios(report: &Report) -> Panel {
    let names = report.groups.iter().map(|group| group.group.clone());
    let bottom = -(report.groups.len() as f64);
    let mut marks = vec![
        Mark::band(
            "within 10 %",
            palette::SKY,
            (1.0 - BAND, bottom),
            (1.0 + BAND, 0.0),
        ),
        Mark::rule(
            Some("as published"),
            palette::INK,
            (1.0, bottom),
            (1.0, 0.0),
        ),
    ];
    for (at, group) in report.groups.iter().enumerate() {
        let middle = -0.5 - at as f64;
        for (row, predicted) in answered(report, &group.group) {
            let ratio = (predicted / row.expected).clamp(FURTHEST.0, FURTHEST.1);
            // Rows that were fitted on stand a little above the others.
            let (label, color, up) = match row.fitted {
                true => ("fitted on", FITTED, 0.22),
                false => ("not fitted on", palette::BLUE, 0.0),
            };
            marks.push(Mark::dot(label, color, (ratio, middle + up)).sized(6));
        }
    }
    Panel {
        heading: "all groups".to_owned(),
        height: ROW * report.groups.len().max(1) as i32,
        x: Axis::around(
            "predicted over published",
            Scale::Percent,
            [FURTHEST.0, FURTHEST.1],
        ),
        y: Axis::rows(names),
        marks,
    }
}

/// Grey that does not draw the eye.
const FITTED: RGBColor = RGBColor(172, 172, 172);
/// A pale band that leaves grid and dots visible.
const BAND_COLOR: RGBColor = RGBColor(223, 239, 249);

fn color(at: usize) -> RGBColor {
    [palette::BLUE, palette::ORANGE, palette::VERMILION][at % 3]
}
