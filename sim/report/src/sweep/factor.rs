//! A factor of a sweep: its values in order, and the axis that they stand on.

use experiment::sweep::Plan;
use units::{Quantity, Span};

use crate::kit::{Axis, Scale, number, text_width};

/// Width of a plot in pixels, about: what tick labels have to share.
const PLOT: i32 = 690;
/// Smallest gap between two values, as a share of their range, that an axis to scale shows.
const GAP_MIN: f64 = 0.02;
/// From this ratio of its ends on a range may be a logarithmic one.
const WIDE: f64 = 8.0;
/// Share of a range under which the middle value of a logarithmic one lies; that of a linear one lies about at 0.5.
const MIDDLE: f64 = 0.36;
/// Width in pixels up to which values are named as they are written, with their units.
const NAME_MAX: i32 = 56;
/// Most values that are all named at the axis.
const NAMED_MAX: usize = 12;

/// A factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Path of the parameter.
    pub path: String,
    /// Its different values: by size where they are numbers, otherwise in order of appearance.
    pub levels: Vec<String>,
    /// Of each point of the design, which value it has.
    pub at: Vec<usize>,
    /// Sizes of the values, where they are numbers of one unit.
    pub numbers: Option<Vec<f64>>,
    unit: String,
}

/// A horizontal axis with the place of each value on it.
pub struct Ground {
    /// The axis.
    pub axis: Axis,
    /// Place of each value.
    pub places: Vec<f64>,
    /// Whether distances are to scale.
    pub is_to_scale: bool,
}

impl Factor {
    /// The `index`-th factor of a plan.
    pub fn new(plan: &Plan, index: usize) -> Self {
        let texts: Vec<&str> = plan
            .points
            .iter()
            .map(|point| point.settings[index].1.as_str())
            .collect();
        let mut levels: Vec<String> = Vec::new();
        for text in &texts {
            if !levels.iter().any(|level| level == text) {
                levels.push((*text).to_owned());
            }
        }
        let mut numbers = None;
        let mut unit = String::new();
        if let Some((sizes, of)) = measured(&levels) {
            let mut order: Vec<usize> = (0..levels.len()).collect();
            order.sort_by(|&a, &b| sizes[a].total_cmp(&sizes[b]));
            levels = order.iter().map(|&at| levels[at].clone()).collect();
            numbers = Some(order.iter().map(|&at| sizes[at]).collect());
            unit = of;
        }
        let level = |text: &&str| levels.iter().position(|level| level == text).unwrap_or(0);
        let at = texts.iter().map(level).collect();
        Self {
            path: plan.factors[index].clone(),
            levels,
            at,
            numbers,
            unit,
        }
    }

    /// Path and value, as a legend names it.
    pub fn setting(&self, level: usize) -> String {
        format!("{} = {}", self.path, self.levels[level])
    }

    /// Path and unit, as an axis names it.
    pub fn label(&self) -> String {
        match self.unit.as_str() {
            "" => self.path.clone(),
            unit => format!("{}, {unit}", self.path),
        }
    }

    /// The axis: to scale where the values are numbers that do not crowd, otherwise one column a value.
    pub fn ground(&self) -> Ground {
        match self.numbers.as_ref().filter(|numbers| is_roomy(numbers)) {
            None => Ground {
                axis: Axis::columns(&self.path, &self.levels, PLOT),
                places: (0..self.levels.len()).map(|at| at as f64 + 0.5).collect(),
                is_to_scale: self.levels.len() < 2,
            },
            Some(numbers) => {
                let axis = self.scaled(numbers);
                Ground {
                    axis,
                    places: numbers.clone(),
                    is_to_scale: true,
                }
            }
        }
    }

    /// The axis to scale however its values crowd, logarithmic where they were spread that way; nothing where they are no
    /// numbers.
    pub fn continuous(&self) -> Option<Ground> {
        let numbers = self.numbers.as_ref().filter(|numbers| numbers.len() > 1)?;
        let (axis, places) = if is_logarithmic(numbers) {
            let label = format!("{} (logarithmic)", self.label());
            (
                Axis::logarithmic(&label, numbers),
                numbers.iter().map(|&number| libm::log10(number)).collect(),
            )
        } else {
            (self.scaled(numbers), numbers.clone())
        };
        Some(Ground {
            axis,
            places,
            is_to_scale: true,
        })
    }

    fn scaled(&self, numbers: &[f64]) -> Axis {
        let mut axis = Axis::around(&self.label(), Scale::Plain, numbers.iter().copied());
        axis.has_grid = false;
        let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
        let widest =
            |names: &[String]| names.iter().map(|name| text_width(name)).max().unwrap_or(0);
        let is_short = widest(&self.levels) <= NAME_MAX;
        let names: Vec<String> = match is_short {
            true => self.levels.clone(),
            false => numbers.iter().map(|&size| number::place(size)).collect(),
        };
        let gap = smallest_gap(numbers) / (high - low) * f64::from(PLOT) * 0.94;
        let are_distinct = names.windows(2).all(|pair| pair[0] != pair[1]);
        if are_distinct && numbers.len() <= NAMED_MAX && gap > f64::from(widest(&names) + 8) {
            if is_short {
                axis.label.clone_from(&self.path);
            }
            axis.ticks = numbers.iter().copied().zip(names).collect();
            (axis.from, axis.to) = (low, high);
        }
        // Marks at the ends need room for their error bars.
        let room = (axis.to - axis.from) * 0.03;
        (axis.from, axis.to) = (axis.from - room, axis.to + room);
        axis
    }
}

/// Whether sizes lie as if spread over their logarithms: over a wide range, with the middle one near the low end.
fn is_logarithmic(numbers: &[f64]) -> bool {
    let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
    low > 0.0 && high >= WIDE * low && numbers[numbers.len() / 2] < low + MIDDLE * (high - low)
}

fn is_roomy(numbers: &[f64]) -> bool {
    let range = numbers[numbers.len() - 1] - numbers[0];
    range > 0.0 && smallest_gap(numbers) >= GAP_MIN * range
}

fn smallest_gap(numbers: &[f64]) -> f64 {
    numbers
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .fold(f64::INFINITY, f64::min)
}

/// Sizes and unit of values, where all are numbers of one unit or spans of time.
fn measured(levels: &[String]) -> Option<(Vec<f64>, String)> {
    let split = |text: &String| -> Option<(f64, String)> {
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        let number: f64 = number
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite())?;
        Some((number, unit.trim().to_owned()))
    };
    let parts: Vec<(f64, String)> = levels.iter().map(split).collect::<Option<_>>()?;
    let unit = parts.first()?.1.clone();
    if parts.iter().all(|part| part.1 == unit) {
        return Some((parts.into_iter().map(|part| part.0).collect(), unit));
    }
    let days = |text: &String| {
        let span = Span::parse(text).ok()?;
        Some(span.ns() as f64 / Span::from_days(1).ns() as f64)
    };
    Some((
        levels.iter().map(days).collect::<Option<_>>()?,
        "d".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(levels: &[&str]) -> Vec<String> {
        levels.iter().map(|&level| level.to_owned()).collect()
    }

    #[test]
    fn values_of_one_unit_are_numbers_and_spans_are_days_whatever_their_unit() {
        assert_eq!(
            measured(&texts(&["10 %", "2.5 %"])),
            Some((vec![10.0, 2.5], "%".to_owned()))
        );
        assert_eq!(
            measured(&texts(&["12 h", "2 d"])),
            Some((vec![0.5, 2.0], "d".to_owned()))
        );
        assert_eq!(measured(&texts(&["fifo", "backfill"])), None);
        assert_eq!(measured(&texts(&["1 %", "2 USD"])), None);
    }

    #[test]
    fn values_spread_over_their_logarithms_are_seen_to_be() {
        assert!(is_logarithmic(&[0.01, 0.03, 0.1, 0.3, 1.0]));
        assert!(!is_logarithmic(&[1.0, 25.0, 50.0, 75.0, 100.0]));
        assert!(!is_logarithmic(&[0.0, 0.1, 1.0]));
    }

    #[test]
    fn crowded_values_stand_in_columns_and_not_to_scale() {
        assert!(is_roomy(&[1.0, 2.0, 10.0]));
        assert!(!is_roomy(&[1.0, 2.0, 1000.0]));
        assert!(!is_roomy(&[5.0]));
    }
}
