//! What must be read before a sweep is trusted: too few runs, skewed metrics, verdicts that are observations only.

use experiment::gates::{Ruling, Verdict};
use experiment::statistics::{REPLICATIONS_MIN, is_precise, mean};
use experiment::sweep::EMISSION_TOLERANCE;

use super::shown::Shown;
use super::side_by_side;
use super::skew::skewed;
use super::study::{Layout, Study};
use crate::kit::number;

/// All warnings, what concerns verdicts first.
pub fn cautions(study: &Study) -> Vec<String> {
    let mut all: Vec<String> = [
        undecided(study),
        observed(study),
        few(study),
        imprecise(study),
    ]
    .into_iter()
    .flatten()
    .collect();
    all.extend(
        study
            .shown
            .iter()
            .filter_map(|shown| too_skewed(study, shown)),
    );
    all.extend(study.shown.iter().filter_map(|shown| lacking(study, shown)));
    all.extend(unequal(study));
    all.extend(confounded(study));
    all.push("Percentiles of runs (p05, p50, p95) in the tables are observed quantiles, never confidence intervals.".to_owned());
    all
}

fn undecided(study: &Study) -> Option<String> {
    let count = study
        .rulings
        .iter()
        .filter(|ruling| ruling.verdict == Verdict::Undecided)
        .count();
    (count > 0).then(|| format!("Undecided is no pass: at {count} of the readings the runs do not tell on which side of the bound the truth lies."))
}

fn observed(study: &Study) -> Option<String> {
    let is_check =
        |ruling: &&Ruling| !ruling.evidence.is_inference && ruling.evidence.estimate.is_finite();
    let count = study.rulings.iter().filter(is_check).count();
    (count > 0).then(|| {
        format!(
            "{count} of the {} verdicts are point checks (marked \"observed only\"): they compare the runs that were made with the bound and say \
             nothing about other seeds.",
            study.rulings.len()
        )
    })
}

/// Of a sweep that normalises: runs at equal emission whose emission is not equal.
fn unequal(study: &Study) -> Vec<String> {
    let Some(normalise) = study.outcome.plan.normalise else {
        return Vec::new();
    };
    let target = normalise.emission.nano() as f64 / 1e9;
    let told = |twin: side_by_side::Twin| {
        let reached = study.outcome.values(twin.points[1], "emission.usd");
        let is_missed = |of: &&f64| (*of / target - 1.0).abs() > EMISSION_TOLERANCE;
        let missed = reached.iter().filter(is_missed).count();
        (missed > 0).then(|| {
            format!(
                "{} does not mint what was asked for at equal emission in {missed} of {} runs: no price that was tried, and at which the market held coins enough for all who had to buy, comes closer. Its mean is {} USD.",
                twin.name,
                reached.len(),
                number::short(mean(&reached))
            )
        })
    };
    side_by_side::twins(study)
        .into_iter()
        .filter_map(told)
        .collect()
}

fn few(study: &Study) -> Option<String> {
    let (least, _) = study.replications();
    match least {
        0 => Some("Some point has no run.".to_owned()),
        1 => Some("One replication: a point with a single run has no confidence interval, and its differences may be chance.".to_owned()),
        few if few < REPLICATIONS_MIN => Some(format!(
            "{few} replications at the point that has fewest, under {REPLICATIONS_MIN}: the intervals hold if runs are about normally distributed."
        )),
        _ => None,
    }
}

fn imprecise(study: &Study) -> Option<String> {
    let until = study.outcome.plan.until.as_ref()?;
    let confidence = study.outcome.plan.confidence;
    let is_open = |point: &u32| {
        let mut values = study.outcome.values(*point, &until.metric);
        values.retain(|value| value.is_finite());
        !is_precise(&values, until.half_width, confidence)
    };
    let count = study.points().filter(is_open).count();
    (count > 0).then(|| {
        format!(
            "{count} points stopped at {} replications without the precision that was asked for.",
            until.max
        )
    })
}

fn too_skewed(study: &Study, shown: &Shown) -> Option<String> {
    let found = skewed(study, shown)?;
    Some(format!(
        "{} is skewed over runs at {} of {} points: its intervals there hold only from about {} replications.",
        found.metric,
        found.points,
        study.outcome.plan.points.len(),
        found.asked
    ))
}

fn lacking(study: &Study, shown: &Shown) -> Option<String> {
    let mut runs = 0;
    let mut points = 0;
    for point in study.points() {
        let values = study.outcome.values(point, shown.metric.name);
        let without = values.iter().filter(|value| !value.is_finite()).count();
        runs += without;
        points += usize::from(without > 0);
    }
    (runs > 0).then(|| {
        format!(
            "{} has no value in {runs} runs at {points} points; means are over the other runs.",
            shown.metric.name
        )
    })
}

fn confounded(study: &Study) -> Option<String> {
    let is_several = study.factors.len() > 1 && study.outcome.plan.points.len() > 1;
    match study.layout {
        Layout::Loose if is_several => {
            Some("Several factors change from point to point at once: no effect can be put down to one of them.".to_owned())
        }
        _ => None,
    }
}
