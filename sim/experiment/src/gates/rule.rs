//! From runs to verdicts: pass, fail, or undecided, with Holm's correction over all gates that are read together.
//!
//! A gate passes when the statistic is shown to lie on the good side of its bound, fails when it is shown to lie on the
//! wrong side, and is undecided otherwise. Both are one-sided tests at `alpha = 1 - confidence`; Holm's correction keeps
//! the chance of even one false pass among all gates at `alpha`, and separately that of one false fail (means of skewed
//! metrics: see `skew.rs`; measured by the slow tests `gate_errors`). Single runs,
//! minima and maxima say nothing about other seeds: they are compared with the bound as they are and are called observed.

use serde::{Deserialize, Serialize};

use super::gate::Gate;
use super::reason;
use super::skew::tempered;
use crate::statistics::{Evidence, holm};

/// What a gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It lies on the good side.
    Pass,
    /// It lies on the wrong side, or cannot be measured.
    Fail,
    /// The runs do not tell.
    Undecided,
}

/// A gate and the runs that it is read on.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The gate.
    pub gate: &'a Gate,
    /// Point of a sweep, from 0.
    pub point: Option<usize>,
    /// The metric, one value a run.
    pub values: Vec<f64>,
    /// Of a relative gate the metric in the baseline's runs, under the same seeds in the same order; otherwise empty.
    pub baseline: Vec<f64>,
}

/// A gate with its verdict.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// The gate.
    pub gate: Gate,
    /// Point of a sweep, from 0.
    pub point: Option<usize>,
    /// The bound that counted, in the metric's unit or a probability.
    pub bound: f64,
    /// What the runs say. Its interval has the level [`interval_level`].
    pub evidence: Evidence,
    /// Corrected p-value behind the verdict: of an undecided gate that of passing; nothing where no test was made.
    pub p_adjusted: Option<f64>,
    /// Verdict.
    pub verdict: Verdict,
    /// Why, in plain words.
    pub reason: String,
}

/// Level of the two-sided interval whose ends are the one-sided bounds that the tests use: 90 % for 95 %.
#[must_use]
pub fn interval_level(confidence: f64) -> f64 {
    let level = 2.0 * confidence - 1.0;
    if level > 0.0 { level } else { confidence }
}

/// Judges gates on one set of runs, with no point and no baseline. `samples` gives a metric's values, one a run.
pub fn rule(gates: &[Gate], samples: &dyn Fn(&str) -> Vec<f64>, confidence: f64) -> Vec<Ruling> {
    let reading = |gate| Reading {
        gate,
        point: None,
        values: samples(gate.metric),
        baseline: Vec::new(),
    };
    let readings: Vec<_> = gates.iter().map(reading).collect();
    rule_readings(&readings, confidence)
}

/// Judges all readings together.
#[must_use]
pub fn rule_readings(readings: &[Reading<'_>], confidence: f64) -> Vec<Ruling> {
    let measured: Vec<Measured> = readings
        .iter()
        .map(|reading| measure(reading, confidence))
        .collect();
    let tested: Vec<usize> = (0..measured.len())
        .filter(|at| measured[*at].is_tested())
        .collect();
    let adjusted = |p: fn(&Reading<'_>, &Evidence) -> f64| {
        let p_values: Vec<f64> = tested
            .iter()
            .map(|at| p(&readings[*at], &measured[*at].evidence))
            .collect();
        holm(&p_values)
    };
    let (passes, fails) = (adjusted(p_pass), adjusted(p_fail));
    let mut tests = passes.into_iter().zip(fails);
    let family = Family {
        alpha: 1.0 - confidence,
        size: tested.len(),
    };
    readings
        .iter()
        .zip(measured)
        .map(|(reading, measured)| {
            let test = if measured.is_tested() {
                tests.next()
            } else {
                None
            };
            judge(reading, measured, test, &family)
        })
        .collect()
}

/// The tests that are corrected together.
pub struct Family {
    /// Chance of a false verdict that is accepted.
    pub alpha: f64,
    /// How many tests there are.
    pub size: usize,
}

/// A reading with what its runs say.
struct Measured {
    evidence: Evidence,
    bound: f64,
    /// What stands against measuring it at all.
    broken: Option<String>,
}

impl Measured {
    fn is_tested(&self) -> bool {
        self.broken.is_none() && self.evidence.is_inference
    }
}

fn measure(reading: &Reading<'_>, confidence: f64) -> Measured {
    let gate = reading.gate;
    if let Some(broken) = reason::broken(reading) {
        let evidence = Evidence {
            n: reading.values.len(),
            estimate: f64::NAN,
            interval: None,
            p_below: 1.0,
            p_above: 1.0,
            is_inference: false,
        };
        return Measured {
            evidence,
            bound: gate.value,
            broken: Some(broken),
        };
    }
    let bound = gate.bound(&reading.baseline);
    let values = differences(reading);
    let evidence = gate
        .stat
        .evidence(&values, bound, interval_level(confidence));
    let evidence = tempered(evidence, gate.stat, &values);
    Measured {
        evidence,
        bound,
        broken: None,
    }
}

/// The values judged: of a relative gate the differences to the baseline, seed by seed.
pub(super) fn differences(reading: &Reading<'_>) -> Vec<f64> {
    match &reading.gate.relative {
        None => reading.values.clone(),
        Some(_) => {
            let pairs = reading.values.iter().zip(&reading.baseline);
            pairs.map(|(value, baseline)| value - baseline).collect()
        }
    }
}

fn p_pass(reading: &Reading<'_>, evidence: &Evidence) -> f64 {
    match reading.gate.op.wants_less() {
        true => evidence.p_below,
        false => evidence.p_above,
    }
}

fn p_fail(reading: &Reading<'_>, evidence: &Evidence) -> f64 {
    match reading.gate.op.wants_less() {
        true => evidence.p_above,
        false => evidence.p_below,
    }
}

fn judge(
    reading: &Reading<'_>,
    measured: Measured,
    test: Option<(f64, f64)>,
    family: &Family,
) -> Ruling {
    let gate = reading.gate;
    let evidence = measured.evidence;
    let (verdict, p_adjusted, reason) = match (measured.broken, test) {
        (Some(broken), _) => (Verdict::Fail, None, broken),
        (None, None) => {
            let verdict = match gate.op.holds(evidence.estimate, measured.bound) {
                true => Verdict::Pass,
                false => Verdict::Fail,
            };
            (verdict, None, reason::observed(evidence.n))
        }
        (None, Some((pass, _))) if pass <= family.alpha => (
            Verdict::Pass,
            Some(pass),
            reason::shown(pass, reading, family),
        ),
        (None, Some((_, fail))) if fail <= family.alpha => (
            Verdict::Fail,
            Some(fail),
            reason::shown(fail, reading, family),
        ),
        (None, Some((pass, _))) => {
            let why = reason::undecided(reading, &evidence, measured.bound, family);
            (Verdict::Undecided, Some(pass), why)
        }
    };
    Ruling {
        gate: gate.clone(),
        point: reading.point,
        bound: measured.bound,
        evidence,
        p_adjusted,
        verdict,
        reason,
    }
}
