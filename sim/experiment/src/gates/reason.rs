//! Why a verdict is what it is, in plain words, and how many runs an undecided gate asks for.

use super::number::significant;
use super::rule::{Family, Reading, differences, interval_level};
use super::skew::{RUNS_FEW, WEAKER_FEW, is_few};
use crate::statistics::{Evidence, Stat, replications_needed, skew_floor, variance};

/// More runs than anybody makes.
const RUNS_MAX: u32 = 100_000;

/// What stands against measuring at all: no runs, runs without a value, a baseline without these seeds.
pub fn broken(reading: &Reading<'_>) -> Option<String> {
    let lacking = |values: &[f64]| values.iter().filter(|value| !value.is_finite()).count();
    let n = reading.values.len();
    if n == 0 {
        return Some("there is no run to read it on".to_owned());
    }
    let without = lacking(&reading.values);
    if without > 0 {
        return Some(format!("no value in {without} of {n} runs"));
    }
    reading.gate.relative.as_ref()?;
    let (there, without) = (reading.baseline.len(), lacking(&reading.baseline));
    if there != n {
        return Some(format!("the baseline has {there} of these {n} seeds"));
    }
    (without > 0).then(|| format!("no value in {without} of {n} runs of the baseline"))
}

/// Of a comparison that says nothing about other seeds.
pub fn observed(n: usize) -> String {
    match n {
        1 => "observed in one run; other seeds may differ".to_owned(),
        n => format!("observed in {n} runs; other seeds may differ"),
    }
}

/// Of a verdict that a test stands behind.
pub fn shown(p: f64, reading: &Reading<'_>, family: &Family) -> String {
    let shown = p_value(p, family);
    match is_few(reading.gate.stat, reading.values.len()) {
        true => format!("{shown}, weighed for few runs"),
        false => shown,
    }
}

fn p_value(p: f64, family: &Family) -> String {
    let p = if p < 0.0001 {
        "p < 0.0001".to_owned()
    } else {
        format!("p = {}", significant((p * 1e4).round() / 1e4))
    };
    match family.size {
        0 | 1 => p,
        size => format!("{p}, corrected for {size} tests"),
    }
}

/// Of a gate that the runs leave open.
pub fn undecided(
    reading: &Reading<'_>,
    evidence: &Evidence,
    bound: f64,
    family: &Family,
) -> String {
    let n = evidence.n;
    let alpha = family.alpha / family.size.max(1) as f64;
    let values = differences(reading);
    let stat = reading.gate.stat;
    if values.iter().all(|value| *value == bound) && !is_probability(stat) {
        return format!(
            "all {n} runs lie exactly on the bound, which shows neither; stat = \"max\" or \"min\" reads just these runs"
        );
    }
    if let Some(share) = best_share(reading) {
        return match runs_for_certainty(share, alpha) {
            None => format!("no {RUNS_MAX} runs could show it"),
            Some(least) if least > n as u32 => {
                format!("{n} runs cannot show it: a pass needs at least {least}")
            }
            Some(_) => format!("{n} runs lie on both sides: more are needed"),
        };
    }
    let gap = (evidence.estimate - bound).abs();
    if gap == 0.0 {
        return "the mean lies on the bound: no number of runs decides".to_owned();
    }
    let needed = runs_for_mean(variance(&values).sqrt(), gap, alpha);
    if needed > u64::from(RUNS_MAX) {
        return format!("too close to the bound for {RUNS_MAX} runs");
    }
    // A skewed sample may need more runs than the t-test alone asks for.
    let floor = skew_floor(&values).map_or(0, u64::from);
    let needed = needed.max(n as u64 + 1).max(floor);
    format!("about {needed} runs would decide, if mean and spread stay")
}

/// Runs after which a mean so far from its bound decides: a few, at the price that few runs cost, or many.
fn runs_for_mean(sd: f64, gap: f64, alpha: f64) -> u64 {
    let needed = |alpha: f64| replications_needed(sd, gap, interval_level(1.0 - alpha));
    needed(alpha / WEAKER_FEW).min(needed(alpha).max(RUNS_FEW as u64))
}

fn is_probability(stat: Stat) -> bool {
    matches!(stat, Stat::ProbBelow(_) | Stat::ProbAbove(_))
}

/// Of a counting test: the largest chance, under "not passed", that one run lies on the good side.
fn best_share(reading: &Reading<'_>) -> Option<f64> {
    let wants_less = reading.gate.op.wants_less();
    let bound = reading.gate.value;
    match reading.gate.stat {
        Stat::Quantile(percent) => {
            let share = f64::from(percent) / 100.0;
            Some(if wants_less { share } else { 1.0 - share })
        }
        Stat::ProbBelow(_) | Stat::ProbAbove(_) => {
            Some(if wants_less { 1.0 - bound } else { bound })
        }
        Stat::Mean | Stat::Min | Stat::Max => None,
    }
}

/// Runs after which only good ones are less likely than `alpha`.
fn runs_for_certainty(share: f64, alpha: f64) -> Option<u32> {
    let mut chance = 1.0;
    for runs in 1..=RUNS_MAX {
        chance *= share;
        if chance <= alpha {
            return Some(runs);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_95th_percentile_needs_59_runs_and_a_certain_event_no_number() {
        assert_eq!(runs_for_certainty(0.95, 0.05), Some(59));
        assert_eq!(runs_for_certainty(0.5, 0.05), Some(5));
        assert_eq!(runs_for_certainty(1.0, 0.05), None);
    }

    #[test]
    fn a_p_value_says_how_many_tests_it_is_corrected_for() {
        let family = |size| Family { alpha: 0.05, size };
        assert_eq!(p_value(0.0123, &family(1)), "p = 0.0123");
        assert_eq!(
            p_value(1e-9, &family(3)),
            "p < 0.0001, corrected for 3 tests"
        );
    }
}
