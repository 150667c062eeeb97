//! Searches: parameter sets that meet all gates and are best on one to three objectives, looked for by an optimiser.
//!
//! `file` reads what is asked for, `optimiser` chooses combinations, `course` runs each of them once under the same seeds and
//! runs the front again under fresh ones, `outcome` holds what came out, `document` and `files` write it. Runs, journal and
//! verdicts are those of sweeps: a candidate is a point.

mod batch;
mod candidate;
mod confirmation;
mod course;
mod distance;
mod document;
mod file;
mod files;
mod front;
#[cfg(test)]
mod known;
mod limits;
mod objective;
mod optimiser;
mod outcome;
mod runs;
mod table;

use engine::Digest;

use crate::data::{digest_of, hexadecimal};
use crate::scenario::Faults;
use crate::sweep::{Plan, Point};

pub use candidate::{Candidate, Measured, Unmeasured};
pub use confirmation::Confirmation;
pub use distance::{Distance, Side};
pub use document::{SEARCH, SEARCH_SCHEMA};
pub use files::write;
pub use objective::{Estimate, Goal, Objective};
pub use optimiser::{Score, Space, optimise};
pub use outcome::{Ended, Outcome};

/// A checked search file.
#[derive(Clone, Debug)]
pub struct Search {
    /// All but what follows; it has no points yet, and its seeds are those of the search.
    pub plan: Plan,
    /// The values that each factor may take, in canonical spelling, in the order of the plan's factors.
    pub values: Vec<Vec<String>>,
    /// What is to be best, one to three.
    pub objectives: Vec<Objective>,
    /// Most combinations that are run.
    pub evaluations: u32,
    /// Combinations of a generation.
    pub population: u32,
    /// Seed of the optimiser's draws.
    pub seed: u64,
    /// Seeds under which the front is run again; none of them is the plan's.
    pub fresh_seeds: Vec<u64>,
    /// What must lie on the good side of a gate's bound.
    pub side: Side,
}

impl Search {
    /// What tells the runs of this search from those of any other: what a sweep's identity has, and all that decides which
    /// combination comes when. How far the search goes and how often its front is run again are no part of it, so that a
    /// journal serves a longer search too.
    ///
    /// # Errors
    /// The faults of the base scenario.
    pub fn identity(&self) -> Result<String, Faults> {
        let gate = |gate: &crate::gates::Gate| {
            let bound = gate.value.to_bits();
            format!("{} {} {bound}", gate.subject(), gate.op.sign())
        };
        let gates: Vec<String> = self.plan.gates.iter().map(gate).collect();
        let parts = format!(
            "search {} {:?} {} {} {:?} {:?} {:?}",
            self.plan.identity()?,
            self.values,
            self.population,
            self.seed,
            self.side,
            self.objectives,
            gates,
        );
        let mut digest = Digest::new();
        digest.mix(digest_of(parts.as_bytes()));
        Ok(hexadecimal(digest.value()))
    }

    /// The point of a combination, given by its place in each factor's values.
    fn point(&self, index: u32, places: &[usize]) -> Point {
        let settings = self.plan.factors.iter().zip(&self.values).zip(places);
        let setting = |((path, values), place): ((&String, &Vec<String>), &usize)| {
            (path.clone(), values[*place].clone())
        };
        let settings = settings.map(setting).collect();
        Point { index, settings }
    }

    /// How many combinations there are at all.
    #[must_use]
    pub fn combinations(&self) -> u64 {
        let counts = self.values.iter().map(|values| values.len() as u64);
        counts.fold(1, u64::saturating_mul)
    }
}
