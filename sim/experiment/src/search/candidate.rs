//! One candidate: its settings, what its runs say of objectives and gates, and its score for the optimiser.

use super::Search;
use super::distance::violation;
use super::objective::{Estimate, Objective};
use super::optimiser::Score;
use crate::gates::Ruling;
use crate::sweep::{self, Plan, Point, RunRecord};

/// A combination that the optimiser asked for.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The point of its runs; its index says as which one it was first asked for.
    pub point: Point,
    /// Generation in which that was, from 0.
    pub generation: u32,
    /// What its runs say.
    pub found: Result<Measured, Unmeasured>,
}

/// What runs of a candidate say.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The objectives, in the order of the search's.
    pub objectives: Vec<Estimate>,
    /// The gates, judged for this candidate alone (the correction counts its gates, not the candidates) or, under fresh seeds,
    /// over all the front together.
    pub rulings: Vec<Ruling>,
}

/// Why a candidate has no value. It counts as infeasible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// The scenario has faults with these settings.
    Refused(String),
    /// A run has no result.
    Failed(String),
    /// A run has no value of this objective's metric.
    Valueless(&'static str),
}

impl Unmeasured {
    /// Why, in words.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Refused(why) => format!("refused: {why}"),
            Self::Failed(why) => why.clone(),
            Self::Valueless(metric) => format!("a run has no {metric}"),
        }
    }
}

impl Measured {
    /// Reads objectives and gates on the runs of one point.
    ///
    /// # Errors
    /// See [`Self::read`].
    pub fn of(search: &Search, point: &Point, runs: &[RunRecord]) -> Result<Self, Unmeasured> {
        let plan = Plan {
            points: vec![point.clone()],
            ..search.plan.clone()
        };
        let outcome = sweep::Outcome::new(plan, String::new(), runs.to_vec());
        let rulings = sweep::judge(&outcome).expect("no gate of a search hangs on another result");
        Self::read(search, &outcome, point, rulings)
    }

    /// Reads the objectives on the runs of one point of several, whose gates have been judged.
    ///
    /// # Errors
    /// The metric of an objective that a run has no value of.
    pub fn read(
        search: &Search,
        outcome: &sweep::Outcome,
        point: &Point,
        rulings: Vec<Ruling>,
    ) -> Result<Self, Unmeasured> {
        let estimate = |objective: &Objective| {
            let values = outcome.values(point.index, objective.metric);
            let found = objective.estimate(&values, search.plan.confidence);
            found.ok_or(Unmeasured::Valueless(objective.metric))
        };
        let objectives = search.objectives.iter().map(estimate);
        Ok(Self {
            objectives: objectives.collect::<Result<_, _>>()?,
            rulings,
        })
    }
}

impl Candidate {
    /// How far it is from meeting all gates, zero where it does.
    #[must_use]
    pub fn violation(&self, search: &Search) -> f64 {
        match &self.found {
            Ok(found) => found
                .rulings
                .iter()
                .map(|ruling| violation(ruling, search.side))
                .sum(),
            Err(_) => f64::INFINITY,
        }
    }

    /// Its score.
    #[must_use]
    pub fn score(&self, search: &Search) -> Score {
        let cost = |(at, objective): (usize, &Objective)| match &self.found {
            Ok(found) => objective.cost(found.objectives[at].value),
            Err(_) => 0.0,
        };
        Score {
            objectives: search.objectives.iter().enumerate().map(cost).collect(),
            violation: self.violation(search),
        }
    }
}
