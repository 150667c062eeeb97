//! `search.json`: everything about a search but its single runs, for machines. Every byte depends on the file alone: no times.

use std::collections::BTreeMap;

use serde::Serialize;

use super::candidate::{Candidate, Measured, Unmeasured};
use super::confirmation::Confirmation;
use super::distance::{Distance, Side};
use super::objective::{Estimate, Goal, Objective};
use super::outcome::{Ended, Outcome};
use crate::gates::{Gate, Ruling, Verdict, interval_level};
use crate::results::{Changed, DataFile};
use crate::scenario::Faults;

/// Name of the document; a folder that has it holds the result of a search.
pub const SEARCH: &str = "search.json";
/// Number of the schema of a search's result.
pub const SEARCH_SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    version: &'static str,
    name: &'a str,
    identity: &'a str,
    scenario: &'a str,
    effective: String,
    data: BTreeMap<String, DataFile>,
    changed: Vec<Changed>,
    /// What holds at every candidate.
    set: &'a [String],
    file: &'a str,
    factors: Vec<Factor<'a>>,
    objectives: Vec<Asked<'a>>,
    gates: Vec<Bound<'a>>,
    confidence: f64,
    /// Level of the gates' intervals: each end alone has the confidence above.
    gate_interval_level: f64,
    seeds: &'a [u64],
    fresh_seeds: &'a [u64],
    search: Settings,
    /// Candidates that were looked at.
    evaluations: usize,
    generations: u32,
    ended: Ended,
    /// Candidates that meet all gates under the search's seeds.
    feasible: usize,
    /// Candidates without a value.
    unmeasured: usize,
    /// The non-dominated ones of the feasible, by their index.
    front: &'a [usize],
    /// Those of them that pass all gates under fresh seeds.
    confirmed: Vec<u32>,
    /// The best, where there is one objective.
    best: Option<usize>,
    /// The candidate with the least violation.
    nearest: Option<usize>,
    candidates: Vec<Looked<'a>>,
    runs: usize,
    events: u64,
}

#[derive(Serialize)]
struct Factor<'a> {
    path: &'a str,
    values: &'a [String],
}

#[derive(Serialize)]
struct Asked<'a> {
    metric: &'a str,
    unit: &'a str,
    stat: String,
    goal: Goal,
}

#[derive(Serialize)]
struct Bound<'a> {
    metric: &'a str,
    unit: &'a str,
    stat: String,
    op: &'a str,
    bound: f64,
    why: &'a str,
}

#[derive(Serialize)]
struct Settings {
    evaluations: u32,
    population: u32,
    seed: u64,
    feasible_by: Side,
}

#[derive(Serialize)]
struct Looked<'a> {
    index: u32,
    generation: u32,
    settings: BTreeMap<&'a str, &'a str>,
    /// Why it has no value.
    unmeasured: Option<String>,
    is_feasible: bool,
    /// `null` where it has no value.
    violation: f64,
    #[serde(flatten)]
    found: Option<Found<'a>>,
    /// Of a member of the front: what fresh seeds say.
    fresh: Option<Fresh<'a>>,
}

#[derive(Serialize)]
struct Fresh<'a> {
    passes: bool,
    unmeasured: Option<String>,
    #[serde(flatten)]
    found: Option<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    objectives: &'a [Estimate],
    gates: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    verdict: Verdict,
    /// `null` where it cannot be measured.
    estimate: f64,
    low: Option<f64>,
    high: Option<f64>,
    bound: f64,
    /// Signed, above zero on the good side, in the gate's unit.
    distance: f64,
    /// As a share of the size of the bound.
    distance_relative: Option<f64>,
    /// From the worse end of the interval.
    distance_of_interval: Option<f64>,
    n: usize,
    reason: &'a str,
}

impl Outcome {
    /// The document, ending in a newline.
    ///
    /// # Errors
    /// The faults of the base scenario.
    pub fn to_json(&self) -> Result<String, Faults> {
        let (search, plan) = (&self.search, &self.search.plan);
        let base = plan.base_scenario()?;
        let paths = plan.factors.iter().zip(&search.values);
        let document = Document {
            schema: SEARCH_SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            name: &plan.name,
            identity: &self.identity,
            scenario: &plan.scenario,
            effective: base.to_toml(),
            data: base.data,
            changed: base.changed,
            set: &plan.base,
            file: &plan.text,
            factors: paths
                .map(|(path, values)| Factor { path, values })
                .collect(),
            objectives: search.objectives.iter().map(asked).collect(),
            gates: plan.gates.iter().map(bound).collect(),
            confidence: plan.confidence,
            gate_interval_level: interval_level(plan.confidence),
            seeds: &plan.seeds,
            fresh_seeds: &search.fresh_seeds,
            search: Settings {
                evaluations: search.evaluations,
                population: search.population,
                seed: search.seed,
                feasible_by: search.side,
            },
            evaluations: self.candidates.len(),
            generations: self.generations,
            ended: self.ended,
            feasible: self.feasible(),
            unmeasured: self.unmeasured(),
            front: &self.front,
            confirmed: self.confirmed().map(|of| of.point.index).collect(),
            best: self.best(),
            nearest: self.nearest,
            candidates: (0..self.candidates.len())
                .map(|at| self.looked(at))
                .collect(),
            runs: self.runs.len(),
            events: self.runs.iter().map(|run| run.events).sum(),
        };
        Ok(serde_json::to_string_pretty(&document).expect("our values have plain keys") + "\n")
    }

    fn looked(&self, at: usize) -> Looked<'_> {
        let Candidate {
            point,
            generation,
            found,
        } = &self.candidates[at];
        let settings = point.settings.iter();
        Looked {
            index: point.index,
            generation: *generation,
            settings: settings.map(|(path, value)| (&**path, &**value)).collect(),
            unmeasured: found.as_ref().err().map(Unmeasured::reason),
            is_feasible: self.scores[at].violation <= 0.0,
            violation: self.scores[at].violation,
            found: found.as_ref().ok().map(measured),
            fresh: self.confirmation(at).map(|confirmation| Fresh {
                passes: confirmation.passes(),
                unmeasured: confirmation.found.as_ref().err().map(Unmeasured::reason),
                found: confirmation.found.as_ref().ok().map(measured),
            }),
        }
    }

    /// What fresh seeds say of a candidate, if it is on the front.
    #[must_use]
    pub fn confirmation(&self, candidate: usize) -> Option<&Confirmation> {
        let at = self.front.iter().position(|at| *at == candidate)?;
        self.confirmations.get(at)
    }
}

fn asked(objective: &Objective) -> Asked<'_> {
    Asked {
        metric: objective.metric,
        unit: objective.unit,
        stat: objective.stat.name(),
        goal: objective.goal,
    }
}

fn bound(gate: &Gate) -> Bound<'_> {
    Bound {
        metric: gate.metric,
        unit: gate.unit,
        stat: gate.stat.name(),
        op: gate.op.sign(),
        bound: gate.value,
        why: &gate.why,
    }
}

fn measured(found: &Measured) -> Found<'_> {
    Found {
        objectives: &found.objectives,
        gates: found.rulings.iter().map(row).collect(),
    }
}

fn row(ruling: &Ruling) -> Row<'_> {
    let (evidence, far) = (&ruling.evidence, Distance::of(ruling));
    Row {
        verdict: ruling.verdict,
        estimate: evidence.estimate,
        low: evidence.interval.as_ref().map(|it| it.low),
        high: evidence.interval.as_ref().map(|it| it.high),
        bound: ruling.bound,
        distance: far.of_estimate,
        distance_relative: far.relative,
        distance_of_interval: far.of_interval,
        n: evidence.n,
        reason: &ruling.reason,
    }
}
