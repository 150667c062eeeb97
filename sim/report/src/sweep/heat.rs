//! Two factors crossed: the mean of a metric in each cell, and where its gates pass.

use experiment::gates::{Ruling, Verdict};
use experiment::statistics::Stat;
use plotters::style::RGBColor;

use super::scale::bound_lines;
use super::shown::{NO_VALUE, Shown};
use super::study::{Layout, Study};
use crate::kit::{Axis, Figure, Mark, Panel, palette, text_width};

/// Width of the plot in pixels, about.
const PLOT: i32 = 660;
/// Height of a cell in pixels.
const CELL: i32 = 40;
/// Height of all cells in pixels, at most.
const HEIGHT_MAX: i32 = 560;
/// Lowest cell that holds a number.
const NUMBER_MIN: i32 = 16;

/// A cell of the map.
struct Cell {
    column: usize,
    row: usize,
    mean: f64,
    verdict: Option<Verdict>,
}

/// The chart, for a grid of two factors.
pub fn figure(study: &Study, shown: &Shown) -> Option<Figure> {
    let [first, second] = study.factors.as_slice() else {
        return None;
    };
    if study.layout != Layout::Crossed || first.levels.len() < 2 || second.levels.len() < 2 {
        return None;
    }
    let (columns, rows) = (first.levels.len(), second.levels.len());
    let cell = |(place, point): (usize, u32)| Cell {
        column: first.at[place],
        // Large values of the second factor stand at the top, as on an axis.
        row: rows - 1 - second.at[place],
        mean: study.estimate(&[point], shown).mean,
        verdict: study.verdict_at(point, Some(shown.metric.name)),
    };
    let cells: Vec<Cell> = study.points().enumerate().map(cell).collect();
    let height = (rows as i32 * CELL).min(HEIGHT_MAX);
    let texts: Vec<String> = cells.iter().map(|cell| words(shown, cell)).collect();
    let widest = texts.iter().map(|text| text_width(text)).max().unwrap_or(0);
    let has_numbers = widest + 4 < PLOT / columns as i32 && height / rows as i32 >= NUMBER_MIN;
    let ends = ends(&cells);
    let mut marks = fills(&cells, ends);
    for (cell, text) in cells.iter().zip(&texts) {
        let text = if has_numbers {
            text.as_str()
        } else {
            symbol(cell.verdict)
        };
        let color = palette::on(color(cell, ends));
        marks.push(Mark::centred(
            color,
            middle(cell),
            text.trim_end().to_owned(),
        ));
    }
    marks.extend(outline(&cells));
    let heading = format!("{}; upwards: {}", shown.heading(), second.path);
    Some(Figure {
        name: format!("heat-{}", shown.stem()),
        title: format!("Map of {}", shown.metric.name),
        reading: reading(study, shown, &cells, has_numbers),
        panels: vec![Panel {
            heading,
            height,
            x: Axis::columns(&first.path, &first.levels, PLOT),
            y: Axis::rows(second.levels.iter().rev().cloned()),
            marks,
        }],
    })
}

fn fills(cells: &[Cell], ends: (f64, f64)) -> Vec<Mark> {
    let fill = |cell: &Cell| {
        let (x, y) = (cell.column as f64, -(cell.row as f64));
        Mark::bar(
            "",
            color(cell, ends),
            (x + 0.01, y - 0.02),
            (x + 0.99, y - 0.98),
        )
        .unlisted()
    };
    cells.iter().map(fill).collect()
}

fn ends(cells: &[Cell]) -> (f64, f64) {
    let finite = || {
        cells
            .iter()
            .map(|cell| cell.mean)
            .filter(|mean| mean.is_finite())
    };
    (
        finite().fold(f64::INFINITY, f64::min),
        finite().fold(f64::NEG_INFINITY, f64::max),
    )
}

fn color(cell: &Cell, (low, high): (f64, f64)) -> RGBColor {
    if !cell.mean.is_finite() {
        return palette::GRID;
    }
    palette::sequential(if high > low {
        (cell.mean - low) / (high - low)
    } else {
        0.0
    })
}

fn symbol(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Fail) => "× ",
        Some(Verdict::Undecided) => "? ",
        Some(Verdict::Pass) | None => "",
    }
}

fn words(shown: &Shown, cell: &Cell) -> String {
    format!("{}{}", symbol(cell.verdict), shown.number(cell.mean))
}

fn middle(cell: &Cell) -> (f64, f64) {
    (cell.column as f64 + 0.5, -(cell.row as f64) - 0.5)
}

/// A line around the cells that pass, on the edges to those that do not and on the rim.
fn outline(cells: &[Cell]) -> Vec<Mark> {
    let passes = |column: i64, row: i64| {
        let mut all = cells.iter();
        let here = all.find(|cell| cell.column as i64 == column && cell.row as i64 == row);
        here.is_some_and(|cell| cell.verdict == Some(Verdict::Pass))
    };
    let mut marks = Vec::new();
    for cell in cells {
        let (column, row) = (cell.column as i64, cell.row as i64);
        if !passes(column, row) {
            continue;
        }
        let (x, y) = (column as f64, -(row as f64));
        let edges = [
            ((column - 1, row), [(x, y), (x, y - 1.0)]),
            ((column + 1, row), [(x + 1.0, y), (x + 1.0, y - 1.0)]),
            ((column, row - 1), [(x, y), (x + 1.0, y)]),
            ((column, row + 1), [(x, y - 1.0), (x + 1.0, y - 1.0)]),
        ];
        let open = edges
            .into_iter()
            .filter(|((column, row), _)| !passes(*column, *row));
        marks.extend(open.map(|(_, ends)| Mark::hair(palette::INK, ends.to_vec(), 9)));
    }
    marks
}

fn reading(study: &Study, shown: &Shown, cells: &[Cell], has_numbers: bool) -> String {
    let (low, high) = ends(cells);
    let mut text = format!(
        "Means over replications: the darker, the larger, from {} to {}.",
        shown.number(low),
        shown.number(high)
    );
    if !has_numbers {
        text += " The cells are too many for their numbers, which are in the table of points.";
    }
    if cells.iter().any(|cell| cell.verdict.is_some()) {
        text += " A thick line runs around the points at which every gate of this metric passes; × fails, ? is undecided.";
        if cells.iter().any(|cell| cell.verdict.is_none()) {
            text += " Cells without line and sign are not judged.";
        }
        let bounds: Vec<String> = bound_lines(study, shown)
            .into_iter()
            .map(|(_, label)| label)
            .collect();
        if !bounds.is_empty() {
            text += &format!(" Asked is {}.", bounds.join(" and "));
        }
    }
    let is_mean = |ruling: &&Ruling| {
        ruling.gate.metric != shown.metric.name || ruling.gate.stat == Stat::Mean
    };
    if !study.rulings.iter().all(|ruling| is_mean(&ruling)) {
        text += " Gates are judged on their own statistic, not on the mean that is printed.";
    }
    if cells.iter().any(|cell| !cell.mean.is_finite()) {
        text += &format!(" Grey cells have {NO_VALUE}.");
    }
    text
}
