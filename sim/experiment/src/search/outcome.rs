//! What a search found: all its candidates, the front among them, and what fresh seeds say of the front.

use serde::Serialize;

use super::Search;
use super::candidate::Candidate;
use super::confirmation::Confirmation;
use super::optimiser::Score;
use crate::metrics::Metric;
use crate::sweep::RunRecord;

/// A search with all its runs.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was asked for.
    pub search: Search,
    /// What tells its runs from those of any other search.
    pub identity: String,
    /// Metrics that were kept, in the order of the values of every run.
    pub metrics: Vec<Metric>,
    /// Everything that was looked at, in the order in which it was first asked for.
    pub candidates: Vec<Candidate>,
    /// Scores of the candidates.
    pub scores: Vec<Score>,
    /// Places of the non-dominated ones of those that meet all gates under the search's seeds.
    pub front: Vec<usize>,
    /// Place of the candidate that is nearest to meeting all gates.
    pub nearest: Option<usize>,
    /// What fresh seeds say of each member of the front.
    pub confirmations: Vec<Confirmation>,
    /// Runs, in order of candidate and replication; the fresh ones' replications go on where the search's end.
    pub runs: Vec<RunRecord>,
    /// Generations that were asked for.
    pub generations: u32,
    /// Why the search ended.
    pub ended: Ended,
}

/// Why a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// As many combinations were run as asked for.
    Evaluations,
    /// There are no more combinations.
    Exhausted,
    /// Many generations in a row brought nothing new.
    AtRest,
}

impl Outcome {
    /// The members of the front that pass all gates under fresh seeds.
    pub fn confirmed(&self) -> impl Iterator<Item = &Candidate> {
        let members = self.front.iter().zip(&self.confirmations);
        let passing = members.filter(|(_, confirmation)| confirmation.passes());
        passing.map(|(at, _)| &self.candidates[*at])
    }

    /// Place of the best candidate, of a search with one objective; the first of equal ones.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        match self.search.objectives[..] {
            [_] => self.front.first().copied(),
            _ => None,
        }
    }

    /// How many candidates meet all gates under the search's seeds.
    #[must_use]
    pub fn feasible(&self) -> usize {
        let is_feasible = |score: &&Score| score.violation <= 0.0;
        self.scores.iter().filter(is_feasible).count()
    }

    /// How many candidates have no value at all.
    #[must_use]
    pub fn unmeasured(&self) -> usize {
        self.candidates
            .iter()
            .filter(|of| of.found.is_err())
            .count()
    }

    /// The front from good to bad in the first objective, as places in [`Self::front`].
    #[must_use]
    pub fn front_in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.front.len()).collect();
        order.sort_by(|one, other| {
            let cost = |at: &usize| &self.scores[self.front[*at]].objectives;
            let pairs = cost(one).iter().zip(cost(other));
            let mut orders = pairs.map(|(one, other)| one.total_cmp(other));
            orders
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        order
    }
}
