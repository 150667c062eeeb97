//! From factors to points: which design lays them out, and how many there may be.

use super::factor::Factor;
use super::grid::{grid, zip};
use super::latin_hypercube::latin_hypercube;
use super::reader::{Reader, Section};
use super::sobol::{COLUMNS_MAX, SAMPLES_MAX, sobol};
use super::{Design, Point};
use crate::parameters::{Draft, Fraction};
use crate::sensitivity::{LEVELS_MAX, morris_design, saltelli_design};

/// Most points of a sweep.
pub const POINTS_MAX: u32 = 100_000;

/// Names of the designs in a file; the first is the default.
pub const DESIGNS: [(&str, Design); 7] = [
    ("grid", Design::Grid),
    ("zip", Design::Zip),
    ("list", Design::List),
    ("latin_hypercube", Design::LatinHypercube),
    ("sobol", Design::Sobol),
    ("morris", Design::Morris { levels: 4, seed: 1 }),
    ("saltelli", Design::Saltelli),
];

impl Reader<'_> {
    /// The points of all designs but `list`, whose points are written out.
    pub fn lay_out(
        &mut self,
        top: &Section<'_>,
        design: Design,
        factors: &[Factor],
    ) -> Option<Vec<Point>> {
        let counts: Vec<_> = factors.iter().map(Factor::count).collect();
        let places = match design {
            Design::Grid => {
                let total = counts
                    .iter()
                    .try_fold(1_usize, |all, n| all.checked_mul(*n));
                self.refuse_too_many(top, total)?;
                grid(&counts)
            }
            Design::Zip => {
                self.refuse_unequal(factors)?;
                self.refuse_too_many(top, counts.first().copied())?;
                zip(&counts)
            }
            Design::List => return None,
            _ => return self.sample(top, design, factors),
        };
        let setting = |factor: &Factor, at: &usize| {
            (
                factor.parameter.path.to_owned(),
                factor.listed(*at).to_owned(),
            )
        };
        let settings = |places: &Vec<usize>| {
            let pairs = factors.iter().zip(places);
            pairs.map(|(factor, at)| setting(factor, at)).collect()
        };
        Some(numbered(places.iter().map(settings).collect()))
    }

    /// The design, with what it has besides points.
    pub fn design(&mut self, top: &Section<'_>) -> Option<Design> {
        let design = self.word(top, "design", &DESIGNS)?;
        let Design::Morris { levels, .. } = design else {
            return Some(design);
        };
        let seed = self.design_seed(top);
        let levels = match top.table.contains_key("levels") {
            true => self.whole(top, "levels", 2..=u64::from(LEVELS_MAX)),
            false => Some(u64::from(levels)),
        };
        let levels = u32::try_from(levels?).ok()?;
        if levels % 2 != 0 {
            let fault = self.fault(top, "levels", "odd: a step goes over half the levels");
            self.faults.push(fault.hint("write levels = 4"));
            return None;
        }
        let seed = seed?;
        Some(Design::Morris { levels, seed })
    }

    fn design_seed(&mut self, top: &Section<'_>) -> Option<u64> {
        match top.table.contains_key("design_seed") {
            true => self.whole(top, "design_seed", 0..=i64::MAX as u64),
            false => Some(1),
        }
    }

    fn sample(
        &mut self,
        top: &Section<'_>,
        design: Design,
        factors: &[Factor],
    ) -> Option<Vec<Point>> {
        let columns = factors.len() as u32;
        let (key, range, points_each, columns_max) = match design {
            Design::Morris { .. } => ("trajectories", 2..=POINTS_MAX, columns + 1, POINTS_MAX),
            Design::Saltelli => ("samples", 2..=SAMPLES_MAX, columns + 2, COLUMNS_MAX / 2),
            Design::Sobol => ("samples", 1..=SAMPLES_MAX, 1, COLUMNS_MAX),
            _ => ("samples", 1..=POINTS_MAX, 1, COLUMNS_MAX),
        };
        if !top.table.contains_key(key) {
            let hint = format!("how many there shall be: write {key} = 64");
            self.missing(top, key, &hint);
        }
        let count = self.whole(
            top,
            key,
            u64::from(*range.start())..=u64::from(*range.end()),
        );
        let seed = match design {
            Design::Morris { seed, .. } => Some(seed),
            _ => self.design_seed(top),
        };
        if columns > columns_max {
            let fault = self.fault(top, "factors", format!("{columns} factors"));
            self.faults
                .push(fault.legal(Some(format!("at most {columns_max}"))));
            return None;
        }
        let (count, seed) = (u32::try_from(count?).ok()?, seed?);
        if u64::from(count) * u64::from(points_each) > u64::from(POINTS_MAX) {
            let message = format!(
                "they make {} points",
                u64::from(count) * u64::from(points_each)
            );
            let fault = self.fault(top, key, message);
            self.faults
                .push(fault.legal(Some(format!("at most {}", POINTS_MAX / points_each))));
            return None;
        }
        let units = match design {
            Design::Morris { levels, .. } => morris_design(factors.len(), count, levels, seed),
            Design::Saltelli => saltelli_design(factors.len(), count, seed),
            Design::Sobol => sobol(count, columns, seed),
            _ => latin_hypercube(count, columns, seed),
        };
        Some(sampled(factors, &units, fractions(design), &mut self.draft))
    }

    fn refuse_too_many(&mut self, top: &Section<'_>, total: Option<usize>) -> Option<()> {
        if total.is_some_and(|total| total <= POINTS_MAX as usize) {
            return Some(());
        }
        let total = total.map_or("too many".to_owned(), |total| total.to_string());
        let fault = self.fault(top, "factors", format!("they make {total} points"));
        let fault = fault.legal(Some(format!("at most {POINTS_MAX}")));
        self.faults
            .push(fault.hint("sample them: design = \"sobol\""));
        None
    }

    fn refuse_unequal(&mut self, factors: &[Factor]) -> Option<()> {
        let first = factors.first()?;
        let other = factors
            .iter()
            .find(|factor| factor.count() != first.count());
        let Some(other) = other else {
            return Some(());
        };
        let (n, path, found) = (first.count(), first.parameter.path, other.count());
        let message = format!("{found} values, but {path} has {n}: a zip takes them one by one");
        let fault = crate::scenario::Fault::new(self.file, other.line, message);
        self.faults.push(fault.at(other.parameter.path));
        None
    }
}

/// How far along its range a unit of a design lies. Morris's levels are steps, so that their values are round ones.
fn fractions(design: Design) -> impl Fn(f64) -> Fraction {
    move |unit| match design {
        Design::Morris { levels, .. } => {
            let of = levels - 1;
            let at = (unit * f64::from(of) + 0.5) as u32;
            Fraction::Step { at, of }
        }
        _ => Fraction::Sample(unit),
    }
}

/// A factor's column in a sampled design: its rank among the sorted paths, so that writing the factors in another order changes
/// nothing but the order of the settings.
pub fn column<T: AsRef<str>>(paths: &[T], path: &str) -> usize {
    paths.iter().filter(|other| other.as_ref() < path).count()
}

/// Points of samples.
fn sampled(
    factors: &[Factor],
    units: &[Vec<f64>],
    fraction: impl Fn(f64) -> Fraction,
    draft: &mut Draft,
) -> Vec<Point> {
    let paths: Vec<_> = factors.iter().map(|factor| factor.parameter.path).collect();
    let columns: Vec<_> = paths.iter().map(|path| column(&paths, path)).collect();
    let mut setting = |factor: &Factor, unit: f64| {
        (
            factor.parameter.path.to_owned(),
            factor.at(fraction(unit), draft),
        )
    };
    let mut settings = |unit: &Vec<f64>| {
        let pairs = factors.iter().zip(&columns);
        pairs
            .map(|(factor, column)| setting(factor, unit[*column]))
            .collect()
    };
    numbered(units.iter().map(&mut settings).collect())
}

/// Points in their order.
pub fn numbered(settings: Vec<Vec<(String, String)>>) -> Vec<Point> {
    let point = |(index, settings)| Point { index, settings };
    (0..).zip(settings).map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::find;
    use crate::sweep::factor::Levels;

    fn factor(path: &str, low: &str, high: &str) -> Factor {
        let levels = Levels::Range {
            low: low.to_owned(),
            high: high.to_owned(),
            is_log: false,
        };
        Factor {
            parameter: find(path).unwrap(),
            levels,
            line: 1,
        }
    }

    #[test]
    fn sampled_points_are_the_same_in_any_order_of_factors() {
        let gain = factor("protocol.price.gain", "1 %", "4 %");
        let lazy = factor("behaviour.lazy", "0 %", "10 %");
        for units in [latin_hypercube(32, 2, 7), sobol(32, 2, 7)] {
            let one = sampled(
                &[gain.clone(), lazy.clone()],
                &units,
                Fraction::Sample,
                &mut Draft::blank(),
            );
            let other = sampled(
                &[lazy.clone(), gain.clone()],
                &units,
                Fraction::Sample,
                &mut Draft::blank(),
            );
            for (one, other) in one.iter().zip(&other) {
                assert_eq!(one.settings[0], other.settings[1]);
                assert_eq!(one.settings[1], other.settings[0]);
            }
        }
    }

    #[test]
    fn samples_index_into_listed_values_evenly() {
        let values = ["fixed", "decaying"].map(str::to_owned).to_vec();
        let rule = Factor {
            parameter: find("protocol.emission.rule").unwrap(),
            levels: Levels::Listed(values),
            line: 1,
        };
        let points = sampled(
            &[rule],
            &sobol(64, 1, 3),
            Fraction::Sample,
            &mut Draft::blank(),
        );
        let fixed = points.iter().filter(|point| point.settings[0].1 == "fixed");
        assert_eq!(fixed.count(), 32);
    }
}
