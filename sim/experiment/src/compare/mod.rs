//! Two results side by side: which parameters differ, how every metric differs seed by seed, which verdicts flipped, and where
//! two runs of one seed part. It reads folders of results; only `parting` runs anything again.

mod flips;
mod metric_rows;
mod parting;

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use units::{Quantity, TokenPrice};

use crate::scenario::{Faults, Overrides, Scenario, Start};
use crate::sweep::{NORMALISE, PRICE, PRICE_START, Stored, written};

pub use flips::Flip;
pub use metric_rows::{Finding, MetricRow};
pub use parting::{Parting, Side, first_parting};

/// A parameter that differs between the two effective scenarios.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Path.
    pub path: String,
    /// Value in the old result.
    pub old: String,
    /// Value in the new one.
    pub new: String,
}

/// Two results side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Name of the old result.
    pub old: String,
    /// Name of the new one.
    pub new: String,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Parameters that differ.
    pub changed: Vec<Change>,
    /// Metrics at the points that both have, under the seeds that both have.
    pub metrics: Vec<MetricRow>,
    /// Gates whose verdict is another one now.
    pub flips: Vec<Flip>,
    /// Where the first pair of runs parts, whose digests differ.
    pub parting: Option<Parting>,
    /// What was left out of the comparison, in words.
    pub left_out: Vec<String>,
}

/// Why two results cannot be compared.
#[derive(Debug)]
pub enum Refused {
    /// A folder cannot be read, or the two have nothing in common.
    Results(String),
    /// The scenario of a result cannot be loaded any more.
    Scenario(Faults),
}

/// Compares two folders of results. `replays` says whether the first runs that differ are run again to see where they part.
///
/// # Errors
/// See [`Refused`].
pub fn compare(
    old: &Path,
    new: &Path,
    confidence: f64,
    replays: bool,
) -> Result<Comparison, Refused> {
    let read = |folder: &Path| Stored::read(folder).map_err(Refused::Results);
    let (before, after) = (read(old)?, read(new)?);
    let flips = flips::flips(old, new).map_err(Refused::Results)?;
    let scenarios = [load(&before, &[])?, load(&after, &[])?];
    let mut left_out = Vec::new();
    let pairs = pairs(&before, &after, &mut left_out);
    if pairs.is_empty() {
        let why = "no point and seed of the one is a point and seed of the other";
        return Err(Refused::Results(format!(
            "{} and {}: {why}",
            old.display(),
            new.display()
        )));
    }
    let parting = match (
        replays,
        pairs
            .iter()
            .find_map(|pair| pair.first_differing(&before, &after)),
    ) {
        (true, Some(seeded)) => parting(&before, &after, seeded)?,
        _ => None,
    };
    Ok(Comparison {
        changed: changes(&scenarios),
        metrics: metric_rows::rows(&before, &after, &pairs, confidence, &mut left_out),
        old: before.name,
        new: after.name,
        confidence,
        flips,
        parting,
        left_out,
    })
}

/// A point that both results have, and the seeds that both ran there.
#[derive(Clone, Debug)]
struct Pair {
    old: usize,
    new: usize,
    seeds: Vec<u64>,
}

impl Pair {
    /// The first seed under which the two runs are not the same.
    fn first_differing(&self, old: &Stored, new: &Stored) -> Option<(usize, usize, u64)> {
        let digest = |of: &Stored, point: usize, seed: u64| {
            let run = of
                .runs
                .iter()
                .find(|run| run.point == point && run.seed == seed);
            run.map(|run| run.digest.clone())
        };
        let mut seeds = self.seeds.iter();
        let differs = |seed: &&u64| digest(old, self.old, **seed) != digest(new, self.new, **seed);
        seeds.find(differs).map(|&seed| (self.old, self.new, seed))
    }
}

/// The settings of a point.
fn settings(of: &Stored, point: usize) -> Vec<(String, String)> {
    of.factors
        .iter()
        .cloned()
        .zip(of.points[point].iter().cloned())
        .collect()
}

fn pairs(old: &Stored, new: &Stored, left_out: &mut Vec<String>) -> Vec<Pair> {
    let seeds = |of: &Stored, point: usize| -> Vec<u64> {
        of.runs
            .iter()
            .filter(|run| run.point == point)
            .map(|run| run.seed)
            .collect()
    };
    let mut pairs = Vec::new();
    for point in 0..new.points.len() {
        let here = settings(new, point);
        let Some(there) = old.point_with(&here) else {
            left_out.push(format!(
                "point {point}, {}: {} has none like it",
                written(&here).join(" "),
                old.name
            ));
            continue;
        };
        let known: BTreeSet<u64> = seeds(old, there).into_iter().collect();
        let (common, lone): (Vec<u64>, Vec<u64>) = seeds(new, point)
            .into_iter()
            .partition(|seed| known.contains(seed));
        if !lone.is_empty() {
            left_out.push(format!(
                "point {point}: {} of {} seeds, which {} did not run",
                lone.len(),
                lone.len() + common.len(),
                old.name
            ));
        }
        if !common.is_empty() {
            pairs.push(Pair {
                old: there,
                new: point,
                seeds: common,
            });
        }
    }
    pairs
}

fn load(of: &Stored, settings: &[(String, String)]) -> Result<Scenario, Refused> {
    let set = settings
        .iter()
        .filter(|(path, _)| path != NORMALISE)
        .map(|(path, value)| format!("{path}={value}"));
    let overrides = Overrides {
        set: set.collect(),
        seed: None,
    };
    Scenario::load(Start::Text(&of.name, &of.effective), &overrides).map_err(Refused::Scenario)
}

/// The settings of a point, with the price that its run of a seed began with where it was normalised.
fn priced(of: &Stored, point: usize, seed: u64) -> Result<Vec<(String, String)>, Refused> {
    let mut all = settings(of, point);
    if all.iter().any(|(path, _)| path == NORMALISE) {
        let prices = of.paired(point, PRICE_START, &[seed]);
        let nano = (prices.map_err(Refused::Results)?[0] * 1e9).round();
        let price = TokenPrice::from_nano_per_token(nano as u64);
        all.push((PRICE.to_owned(), price.print()));
    }
    Ok(all)
}

fn changes([old, new]: &[Scenario; 2]) -> Vec<Change> {
    let paths: BTreeSet<&String> = old.effective.keys().chain(new.effective.keys()).collect();
    let text = |of: &Scenario, path: &String| of.effective.get(path).cloned().unwrap_or_default();
    let change = |path: &String| Change {
        path: path.clone(),
        old: text(old, path),
        new: text(new, path),
    };
    paths
        .into_iter()
        .map(change)
        .filter(|change| change.old != change.new)
        .collect()
}

fn parting(
    old: &Stored,
    new: &Stored,
    (there, here, seed): (usize, usize, u64),
) -> Result<Option<Parting>, Refused> {
    let mut scenarios = [
        load(old, &priced(old, there, seed)?)?,
        load(new, &priced(new, here, seed)?)?,
    ];
    for scenario in &mut scenarios {
        scenario.seed = seed;
    }
    let [old, new] = &scenarios;
    Ok(first_parting(old, new))
}
