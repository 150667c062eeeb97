//! Which means a response shows: along the first factor or point by point, in a line for each value of the second factor.

use plotters::style::RGBColor;

use super::factor::Ground;
use super::shown::Shown;
use super::study::{Estimate, Layout, Study};
use crate::kit::{Axis, palette};

/// Most lines that a reader tells apart.
const LINES_MAX: usize = 6;
/// Means in a row.
pub struct Series {
    /// Name in the legend.
    pub label: String,
    /// Colour.
    pub color: RGBColor,
    /// Places with what stands there.
    pub dots: Vec<(f64, Estimate)>,
}

/// Values of the second factor that get a line.
pub fn lines_of(study: &Study) -> Vec<usize> {
    match (study.layout, study.factors.get(1)) {
        (Layout::Crossed, Some(factor)) => {
            let count = factor.levels.len();
            let kept = count.min(LINES_MAX);
            // Both ends and equal steps between them.
            (0..kept)
                .map(|at| {
                    if kept < 2 {
                        0
                    } else {
                        at * (count - 1) / (kept - 1)
                    }
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Axis and means of the response.
pub fn lines(study: &Study, shown: &Shown) -> (Ground, Vec<Series>) {
    let named = match study.replications().1 {
        0 | 1 => "single run".to_owned(),
        _ => format!("mean with its {} interval", study.confidence()),
    };
    let along = study.factors.first().filter(|factor| {
        study.layout == Layout::Crossed || factor.levels.len() == study.outcome.plan.points.len()
    });
    let Some(factor) = along else {
        let is_base = study.factors.is_empty();
        let name = |point: u32| {
            if is_base {
                study.point_name(point)
            } else {
                point.to_string()
            }
        };
        let names: Vec<String> = study.points().map(name).collect();
        let label = if is_base {
            ""
        } else {
            "point, see the table of points"
        };
        let places: Vec<f64> = (0..names.len()).map(|at| at as f64 + 0.5).collect();
        let dots = study
            .points()
            .zip(&places)
            .map(|(point, &x)| (x, study.estimate(&[point], shown)));
        let series = Series {
            label: named,
            color: palette::BLUE,
            dots: dots.collect(),
        };
        let ground = Ground {
            axis: Axis::columns(label, &names, 690),
            places,
            is_to_scale: true,
        };
        return (ground, vec![series]);
    };
    let ground = factor.ground();
    let along = |second: Option<usize>| {
        let dot = |(level, &x): (usize, &f64)| {
            let settings: Vec<(usize, usize)> = [(0, level)]
                .into_iter()
                .chain(second.map(|of| (1, of)))
                .collect();
            (x, study.estimate(&study.points_at(&settings), shown))
        };
        ground.places.iter().enumerate().map(dot).collect()
    };
    let seconds = lines_of(study);
    let series = if seconds.is_empty() {
        vec![Series {
            label: named,
            color: palette::BLUE,
            dots: along(None),
        }]
    } else {
        let line = |(index, &second): (usize, &usize)| Series {
            label: study.factors[1].setting(second),
            color: palette::series(index),
            dots: along(Some(second)),
        };
        seconds.iter().enumerate().map(line).collect()
    };
    (ground, series)
}
