//! Axes: a range that ends on round numbers, and its ticks.

use super::{canvas, number, text};

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Counts, amounts, dollars: `1.2 M`.
    Plain,
    /// Shares, printed as percentages.
    Percent,
}

/// One axis of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What runs along it, with the unit.
    pub label: String,
    /// Value at the left or at the bottom.
    pub from: f64,
    /// Value at the right or at the top.
    pub to: f64,
    /// Where a tick stands and what it says.
    pub ticks: Vec<(f64, String)>,
    /// Whether grid lines stand at the ticks.
    pub has_grid: bool,
}

impl Axis {
    /// An axis from zero over all `values` (below zero as well, where some are negative).
    #[must_use]
    pub fn from_zero(label: &str, scale: Scale, values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = bounds(values).unwrap_or((0.0, 1.0));
        Self::round(label, scale, low.min(0.0), high.max(0.0))
    }

    /// An axis around the `values`, for quantities whose zero means nothing here, such as factors near one.
    #[must_use]
    pub fn around(label: &str, scale: Scale, values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = bounds(values).unwrap_or((0.0, 1.0));
        Self::round(label, scale, low, high)
    }

    /// An axis of exactly 0 to 100 %.
    #[must_use]
    pub fn share(label: &str) -> Self {
        let ticks = (0..=5).map(|fifth| f64::from(fifth) / 5.0);
        let ticks = ticks
            .map(|at| (at, format!("{:.0} %", at * 100.0)))
            .collect();
        Self {
            label: label.to_owned(),
            from: 0.0,
            to: 1.0,
            ticks,
            has_grid: true,
        }
    }

    /// An axis without ticks and label, for pictures whose places mean nothing.
    #[must_use]
    pub fn bare(from: f64, to: f64) -> Self {
        Self {
            label: String::new(),
            from,
            to,
            ticks: Vec::new(),
            has_grid: false,
        }
    }

    /// Days of simulated time from 0 to `days`, with ticks at weeks, months or quarters.
    #[must_use]
    pub fn days(days: f64) -> Self {
        let to = if days > 0.0 { days } else { 1.0 };
        let steps = [
            1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0,
        ];
        let step = steps
            .into_iter()
            .find(|step| to / step <= 8.0)
            .unwrap_or(to / 8.0);
        let mut ticks = Vec::new();
        let mut at = 0.0;
        while at <= to + 1e-9 {
            ticks.push((at, number::tick(at, step)));
            at += step;
        }
        Self {
            label: "day".to_owned(),
            from: 0.0,
            to,
            ticks,
            has_grid: false,
        }
    }

    /// Named rows from top to bottom; row `i` spans `-i - 1 .. -i`.
    #[must_use]
    pub fn rows(names: impl IntoIterator<Item = String>) -> Self {
        let mut ticks = Vec::new();
        let mut middle = -0.5;
        for name in names {
            ticks.push((middle, name));
            middle -= 1.0;
        }
        let from = if ticks.is_empty() { -1.0 } else { middle + 0.5 };
        Self {
            label: String::new(),
            from,
            to: 0.0,
            ticks,
            has_grid: false,
        }
    }

    /// A logarithmic axis over values above zero: places on it are their decimal logarithms.
    #[must_use]
    pub fn logarithmic(label: &str, values: &[f64]) -> Self {
        let (low, high) = bounds(values.iter().copied()).unwrap_or((1.0, 10.0));
        let (from, to) = (libm::log10(low), libm::log10(high));
        // In ten decades there is no room for more than the powers of ten.
        let steps: &[f64] = if to - from < 3.0 {
            &[1.0, 2.0, 5.0]
        } else {
            &[1.0]
        };
        let mut ticks = Vec::new();
        for exponent in from.floor() as i32..=to.ceil() as i32 {
            let decade: f64 = format!("1e{exponent}").parse().unwrap_or(1.0);
            let inside = steps
                .iter()
                .map(|step| step * decade)
                .filter(|at| (low * 0.999..=high * 1.001).contains(at));
            ticks.extend(inside.map(|at| (libm::log10(at), number::tick(at, at))));
        }
        let room = (to - from) * 0.03;
        Self {
            label: label.to_owned(),
            from: from - room,
            to: to + room,
            ticks,
            has_grid: false,
        }
    }

    /// Named columns from left to right; column `i` spans `i .. i + 1`. Names that would run into each other are left out
    /// at equal distances, on a plot of `width` pixels.
    #[must_use]
    pub fn columns(label: &str, names: &[String], width: i32) -> Self {
        let widest = names
            .iter()
            .map(|name| text::width(name, canvas::BODY))
            .max()
            .unwrap_or(0)
            + 10;
        let stride = (widest * names.len() as i32).div_euclid(width.max(1)) as usize + 1;
        let ticks = names.iter().enumerate().step_by(stride);
        Self {
            label: label.to_owned(),
            from: 0.0,
            to: names.len().max(1) as f64,
            ticks: ticks
                .map(|(at, name)| (at as f64 + 0.5, name.clone()))
                .collect(),
            has_grid: false,
        }
    }

    fn round(label: &str, scale: Scale, low: f64, high: f64) -> Self {
        let factor = if scale == Scale::Percent { 100.0 } else { 1.0 };
        let (low, high) = (low * factor, high * factor);
        let (low, high) = if high - low > high.abs().max(low.abs()) * 1e-9 {
            (low, high)
        } else {
            widen(low)
        };
        let step = nice_step((high - low) / 5.0);
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil();
        let mut ticks = Vec::new();
        let mut index = first;
        while index <= last {
            let at = index * step;
            let text = number::tick(at, step);
            ticks.push((
                at / factor,
                if scale == Scale::Percent {
                    format!("{text} %")
                } else {
                    text
                },
            ));
            index += 1.0;
        }
        Self {
            label: label.to_owned(),
            from: first * step / factor,
            to: last * step / factor,
            ticks,
            has_grid: true,
        }
    }
}

/// Room around a constant series.
fn widen(value: f64) -> (f64, f64) {
    if value == 0.0 {
        (0.0, 1.0)
    } else if value > 0.0 {
        (0.0, value * 1.2)
    } else {
        (value * 1.2, 0.0)
    }
}

fn bounds(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold(None, |bounds, value| match bounds {
            None => Some((value, value)),
            Some((low, high)) => Some((value.min(low), value.max(high))),
        })
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough`.
fn nice_step(rough: f64) -> f64 {
    // The exponent is read from the decimal text: exact, and without a logarithm of the platform.
    let text = format!("{rough:e}");
    let exponent: i32 = text
        .split('e')
        .nth(1)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    let decade: f64 = format!("1e{exponent}").parse().unwrap_or(1.0);
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|multiple| multiple * decade)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(decade * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_on_round_numbers_that_hold_all_values() {
        let axis = Axis::from_zero("", Scale::Plain, [3.0, 740e6]);
        assert_eq!((axis.from, axis.to), (0.0, 800e6));
        assert_eq!(axis.ticks.last().unwrap().1, "800 M");
        let axis = Axis::from_zero("", Scale::Percent, [-0.14, 0.36]);
        assert_eq!((axis.from, axis.to), (-0.2, 0.4));
    }

    #[test]
    fn an_axis_of_nothing_or_of_one_value_still_has_a_length() {
        for values in [vec![], vec![0.0], vec![5.0], vec![-5.0], vec![f64::NAN]] {
            let axis = Axis::around("", Scale::Plain, values);
            assert!(axis.to > axis.from && axis.ticks.len() > 1);
        }
    }

    #[test]
    fn a_logarithmic_axis_has_ticks_at_ones_twos_and_fives() {
        let axis = Axis::logarithmic("", &[0.5, 8.0]);
        let texts: Vec<&str> = axis.ticks.iter().map(|tick| tick.1.as_str()).collect();
        assert_eq!(texts, ["0.5", "1", "2", "5"]);
        assert!(axis.from < libm::log10(0.5) && axis.to > libm::log10(8.0));
    }

    #[test]
    fn names_of_columns_that_would_overlap_are_left_out() {
        let names: Vec<String> = (0..60).map(|at| format!("{at} percent")).collect();
        let axis = Axis::columns("", &names, 700);
        assert!(axis.ticks.len() < 12 && axis.ticks[0].0 == 0.5);
        assert_eq!(Axis::columns("", &names[..3], 700).ticks.len(), 3);
    }

    #[test]
    fn a_year_has_ticks_every_sixty_days() {
        let axis = Axis::days(365.0);
        assert_eq!(axis.ticks[1], (60.0, "60".to_owned()));
        assert_eq!(axis.to, 365.0);
    }
}
