//! What fresh seeds say of the front.
//!
//! The front was chosen by the very runs that rate it, so those flatter it: whoever is lucky under these seeds gets in. Nothing
//! is called feasible but by the fresh runs, which had no part in the choice.

use super::Search;
use super::candidate::{Measured, Unmeasured};
use crate::gates::{Ruling, Verdict};
use crate::sweep::{self, Plan, Point, RunRecord};

/// What runs under fresh seeds say of a member of the front.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Objectives, and the gates judged over all the front together.
    pub found: Result<Measured, Unmeasured>,
}

impl Confirmation {
    /// Whether all gates pass under fresh seeds.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| {
            let mut rulings = found.rulings.iter();
            rulings.all(|ruling| ruling.verdict == Verdict::Pass)
        })
    }
}

/// Reads the fresh runs of the front. All its gates are judged together, so that the chance of even one false pass among all its
/// members is the stated one.
pub fn confirm(
    search: &Search,
    points: &[Point],
    found: Vec<Result<Vec<RunRecord>, Unmeasured>>,
) -> Vec<Confirmation> {
    let is_measured = |(point, runs): (&Point, &Result<_, _>)| runs.is_ok().then(|| point.clone());
    let measured = points.iter().zip(&found).filter_map(is_measured);
    let plan = Plan {
        points: measured.collect(),
        seeds: search.fresh_seeds.clone(),
        ..search.plan.clone()
    };
    let runs = found.iter().flatten().flatten().cloned().collect();
    let outcome = sweep::Outcome::new(plan, String::new(), runs);
    let rulings = sweep::judge(&outcome).expect("no gate of a search hangs on another result");
    let confirmation = |(point, runs): (&Point, Result<Vec<RunRecord>, Unmeasured>)| {
        let is_its = |ruling: &&Ruling| ruling.point == Some(point.index as usize);
        let its = rulings.iter().filter(is_its).cloned().collect();
        let found = runs.and_then(|_| Measured::read(search, &outcome, point, its));
        Confirmation { found }
    };
    points.iter().zip(found).map(confirmation).collect()
}
