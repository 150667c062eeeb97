//! From factors to points: which design lays them out, and how many there may be.

use super::factor::Factor;
use super::grid::{grid, zip};
use super::latin_hypercube::latin_hypercube;
use super::reader::{Reader, Section};
use super::sobol::{COLUMNS_MAX, SAMPLES_MAX, sobol};
use super::{Design, Point};
use crate::parameters::Draft;

/// Most points of a sweep.
pub const POINTS_MAX: u32 = 100_000;

/// Names of the designs in a file; the first is the default.
pub const DESIGNS: [(&str, Design); 5] = [
    ("grid", Design::Grid),
    ("zip", Design::Zip),
    ("list", Design::List),
    ("latin_hypercube", Design::LatinHypercube),
    ("sobol", Design::Sobol),
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
            Design::LatinHypercube | Design::Sobol => return self.sample(top, design, factors),
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

    fn sample(
        &mut self,
        top: &Section<'_>,
        design: Design,
        factors: &[Factor],
    ) -> Option<Vec<Point>> {
        let most = if design == Design::Sobol {
            SAMPLES_MAX
        } else {
            POINTS_MAX
        };
        if !top.table.contains_key("samples") {
            self.missing(top, "samples", "how many points: write samples = 64");
        }
        let samples = self.whole(top, "samples", 1..=u64::from(most));
        let seed = match top.table.contains_key("design_seed") {
            true => self.whole(top, "design_seed", 0..=i64::MAX as u64),
            false => Some(1),
        };
        let columns = factors.len() as u32;
        if columns > COLUMNS_MAX {
            let fault = self.fault(top, "factors", format!("{columns} factors"));
            self.faults
                .push(fault.legal(Some(format!("at most {COLUMNS_MAX}"))));
            return None;
        }
        let (samples, seed) = (u32::try_from(samples?).ok()?, seed?);
        let units = match design {
            Design::Sobol => sobol(samples, columns, seed),
            _ => latin_hypercube(samples, columns, seed),
        };
        Some(sampled(factors, &units, &mut self.draft))
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

/// Points of samples. A factor's column is its rank among the sorted paths, so that writing the factors in another order
/// changes nothing but the order of the settings.
fn sampled(factors: &[Factor], units: &[Vec<f64>], draft: &mut Draft) -> Vec<Point> {
    let rank = |factor: &Factor| {
        let path = factor.parameter.path;
        factors
            .iter()
            .filter(|other| other.parameter.path < path)
            .count()
    };
    let ranks: Vec<_> = factors.iter().map(rank).collect();
    let mut setting = |factor: &Factor, unit: f64| {
        (
            factor.parameter.path.to_owned(),
            factor.sampled(unit, draft),
        )
    };
    let mut settings = |unit: &Vec<f64>| {
        let pairs = factors.iter().zip(&ranks);
        pairs
            .map(|(factor, rank)| setting(factor, unit[*rank]))
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
            let one = sampled(&[gain.clone(), lazy.clone()], &units, &mut Draft::blank());
            let other = sampled(&[lazy.clone(), gain.clone()], &units, &mut Draft::blank());
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
        let points = sampled(&[rule], &sobol(64, 1, 3), &mut Draft::blank());
        let fixed = points.iter().filter(|point| point.settings[0].1 == "fixed");
        assert_eq!(fixed.count(), 32);
    }
}
