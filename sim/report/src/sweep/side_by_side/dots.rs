//! A question's picture: a panel a metric, a row a point, a dot with its interval for each of the two bases.

use experiment::sweep::Basis;

use super::{Contest, Estimate, Question, Study, contests};
use crate::kit::{Axis, Figure, Mark, Panel, palette};
use crate::sweep::shown::NO_VALUE;

/// Beginning of the names of these pictures.
pub const STEM: &str = "side-by-side";
/// Height of a row in pixels.
const ROW: i32 = 26;
/// Distance of a dot from the middle of its row, in rows.
const ASIDE: f64 = 0.17;
/// From this ratio of the largest to the least value on an axis is logarithmic.
const WIDE: f64 = 40.0;

/// The picture; nothing where none of the question's metrics was kept.
pub fn figure(study: &Study, question: &Question) -> Option<Figure> {
    let contests = contests(study, question);
    if contests.iter().all(|contest| contest.standings.is_empty()) {
        return None;
    }
    Some(Figure {
        name: format!("{STEM}-{}", question.stem),
        title: question.title.to_owned(),
        reading: format!(
            "Dots are means over seeds, whiskers their {} intervals. Where the upper dots stand in another order than the lower ones, the ranking hangs on what was \
             made equal; the table says which of those pairs are clear of noise.",
            study.confidence()
        ),
        panels: contests.iter().map(panel).collect(),
    })
}

fn panel(contest: &Contest) -> Panel {
    let shown = &contest.shown;
    let all = || contest.standings.iter().flat_map(|of| of.on);
    let values: Vec<f64> = all()
        .flat_map(|of| reach(&of))
        .filter(|of| of.is_finite())
        .collect();
    let means: Vec<f64> = all()
        .map(|of| of.mean)
        .filter(|of| of.is_finite())
        .collect();
    let least = means.iter().copied().fold(f64::INFINITY, f64::min);
    let most = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let is_logarithmic = least > 0.0 && most > WIDE * least;
    let (x, heading) = if is_logarithmic {
        let positive: Vec<f64> = values.into_iter().filter(|of| *of > least / 10.0).collect();
        let heading = format!("{} (logarithmic)", shown.heading());
        (Axis::logarithmic("", &positive), heading)
    } else {
        (Axis::from_zero("", shown.scale, values), shown.heading())
    };
    let place = |value: f64| match is_logarithmic {
        true if value > 0.0 => libm::log10(value).max(x.from),
        true => x.from,
        false => value,
    };
    let y = Axis::rows(contest.standings.iter().map(|of| of.name.clone()));
    let mut marks = Vec::new();
    for (basis, color) in [(0, palette::BLUE), (1, palette::VERMILION)] {
        let side = if basis == 0 { ASIDE } else { -ASIDE };
        for (row, standing) in contest.standings.iter().enumerate() {
            let y = -(row as f64) - 0.5 + side;
            let estimate = standing.on[basis];
            if !estimate.mean.is_finite() {
                marks.push(Mark::note(color, (x.from, y), NO_VALUE.to_owned()));
                continue;
            }
            if let Some(of) = estimate.interval {
                let ends = (place(of.low), place(of.high));
                marks.extend(Mark::whisker(color, ends, y, 0.08));
            }
            let label = Basis::ALL[basis].words();
            marks.push(Mark::dot(label, color, (place(estimate.mean), y)).sized(13));
        }
    }
    Panel {
        heading,
        height: ROW * contest.standings.len() as i32,
        x,
        y,
        marks,
    }
}

/// What an estimate covers on the axis.
fn reach(of: &Estimate) -> [f64; 3] {
    let (low, high) = of
        .interval
        .map_or((of.mean, of.mean), |of| (of.low, of.high));
    [low, of.mean, high]
}
