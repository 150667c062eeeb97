//! The course of a search: every generation's new combinations are run as points of a sweep, and at the end the front once
//! more under fresh seeds. Where there are no more combinations than may be run, all are, and nothing is left to chance. What comes out depends on the file alone: not on threads, nor on how often it was killed.

use std::collections::BTreeMap;

use super::Search;
use super::candidate::{Candidate, Measured, Unmeasured};
use super::confirmation::{Confirmation, confirm};
use super::front::{front, nearest};
use super::optimiser::{Score, Space, optimise};
use super::outcome::{Ended, Outcome};
use super::runs::{Progress, Runs};
use crate::sweep::{self, Journal, Plan, RunRecord, Stop, Watch, grid};

/// Generations without a new combination after which a search has come to rest.
const IDLE_MAX: u32 = 20;

impl Search {
    /// Looks for the front, and runs it again under fresh seeds. `finished` is what the journal held.
    ///
    /// # Errors
    /// See [`Stop`]. What had finished stands in the journal, and the same search goes on from there.
    pub fn carry_out(
        &self,
        journal: Journal,
        finished: Vec<RunRecord>,
        watch: &dyn Watch,
    ) -> Result<Outcome, Stop> {
        let identity = self.identity().map_err(Stop::Faults)?;
        let mut course = Course {
            search: self,
            runs: Runs::new(journal, finished, watch),
            candidates: Vec::new(),
            seen: BTreeMap::new(),
            generations: 0,
            idle: 0,
            ended: Ok(Ended::AtRest),
        };
        let space = Space {
            counts: self.values.iter().map(Vec::len).collect(),
            objectives: self.objectives.len(),
            population: self.population as usize,
            seed: self.seed,
        };
        if self.combinations() <= self.evaluations.into() {
            course.generation(&grid(&space.counts));
        } else {
            optimise(&space, &mut |places| course.generation(places));
        }
        let ended = std::mem::replace(&mut course.ended, Ok(Ended::AtRest))?;
        course.finish(identity, ended)
    }
}

/// A search on its way.
struct Course<'a> {
    search: &'a Search,
    runs: Runs<'a>,
    candidates: Vec<Candidate>,
    /// Candidates by their places in the lists of values.
    seen: BTreeMap<Vec<usize>, usize>,
    generations: u32,
    /// Generations in a row without a new combination.
    idle: u32,
    /// Why the search is over, once it is.
    ended: Result<Ended, Stop>,
}

impl Course<'_> {
    /// Scores of a generation; nothing when the search is over.
    fn generation(&mut self, places: &[Vec<usize>]) -> Option<Vec<Score>> {
        let before = self.candidates.len();
        if let Err(stop) = self.run_new(places) {
            self.ended = Err(stop);
            return None;
        }
        self.generations += 1;
        self.idle = if self.candidates.len() > before {
            0
        } else {
            self.idle + 1
        };
        let count = self.candidates.len() as u64;
        let is_over = if count >= self.search.combinations() {
            Some(Ended::Exhausted)
        } else if count >= self.search.evaluations.into() {
            Some(Ended::Evaluations)
        } else if self.idle >= IDLE_MAX {
            Some(Ended::AtRest)
        } else {
            None
        };
        if let Some(why) = is_over {
            self.ended = Ok(why);
            return None;
        }
        let score = |places| self.candidates[self.seen[places]].score(self.search);
        Some(places.iter().map(score).collect())
    }

    /// Runs those that nobody asked for before, as far as the evaluations go.
    fn run_new(&mut self, places: &[Vec<usize>]) -> Result<(), Stop> {
        let mut points = Vec::new();
        for places in places {
            let index = self.candidates.len() + points.len();
            if index < self.search.evaluations as usize && !self.seen.contains_key(places) {
                self.seen.insert(places.clone(), index);
                points.push(self.search.point(index as u32, places));
            }
        }
        let seeds = self.search.plan.seeds.len();
        let progress = Progress {
            elsewhere: self.candidates.len() * seeds,
            wanted: self.search.evaluations as usize * seeds,
        };
        let plan = Plan {
            points,
            ..self.search.plan.clone()
        };
        let found = self.runs.carry_out(&plan, progress)?;
        for (point, runs) in plan.points.into_iter().zip(found) {
            let found = runs.and_then(|runs| Measured::of(self.search, &point, &runs));
            self.candidates.push(Candidate {
                point,
                generation: self.generations,
                found,
            });
        }
        Ok(())
    }

    /// The front, run again under fresh seeds.
    fn finish(mut self, identity: String, ended: Ended) -> Result<Outcome, Stop> {
        let search = self.search;
        let scores: Vec<Score> = self.candidates.iter().map(|of| of.score(search)).collect();
        let front = front(&scores);
        let own = &search.plan.seeds;
        let plan = Plan {
            points: front
                .iter()
                .map(|at| self.candidates[*at].point.clone())
                .collect(),
            // The first ones are in the journal: only the fresh ones are left to be run.
            seeds: own.iter().chain(&search.fresh_seeds).copied().collect(),
            ..search.plan.clone()
        };
        let progress = Progress {
            elsewhere: (self.candidates.len() - front.len()) * own.len(),
            wanted: self.candidates.len() * own.len() + front.len() * search.fresh_seeds.len(),
        };
        let found = self.runs.carry_out(&plan, progress)?;
        let fresh = found.into_iter().map(|runs| {
            let is_fresh = |run: &RunRecord| run.replication as usize >= own.len();
            runs.map(|runs| runs.into_iter().filter(is_fresh).collect())
        });
        let confirmations = confirm(search, &plan.points, fresh.collect());
        let runs = self.kept(&front, &confirmations);
        Ok(Outcome {
            search: search.clone(),
            identity,
            metrics: sweep::Outcome::new(search.plan.clone(), String::new(), Vec::new()).metrics,
            runs,
            nearest: nearest(&scores),
            scores,
            front,
            confirmations,
            generations: self.generations,
            ended,
            candidates: self.candidates,
        })
    }
}

impl Course<'_> {
    /// The runs that candidates were measured by. The journal may hold more: of a longer search, or of what then had no result.
    fn kept(&self, front: &[usize], confirmations: &[Confirmation]) -> Vec<RunRecord> {
        let own = self.search.plan.seeds.len();
        let both = own + self.search.fresh_seeds.len();
        let mut kept = Vec::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let member = front.iter().position(|of| *of == at);
            let has_runs = |found: &Result<Measured, Unmeasured>| match found {
                Ok(_) | Err(Unmeasured::Valueless(_)) => true,
                Err(Unmeasured::Refused(_) | Unmeasured::Failed(_)) => false,
            };
            let count = match member.map(|at| &confirmations[at].found) {
                Some(found) if has_runs(found) => both,
                _ if has_runs(&candidate.found) => own,
                _ => 0,
            };
            kept.extend(self.runs.of(candidate.point.index).take(count).cloned());
        }
        kept
    }
}
