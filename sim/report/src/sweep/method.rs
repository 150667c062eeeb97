//! How the figures of a sweep's review came about, and where they are worth less than they say.

use experiment::gates::RUNS_FEW;

use super::skew::{Skewed, skewed};
use super::study::Study;
use crate::kit::number;

/// A sentence or two a point.
pub fn method(study: &Study) -> Vec<String> {
    let confidence = study.confidence();
    let alpha = number::bound(1.0 - study.outcome.plan.confidence);
    vec![
        "Every point is run with the same seeds (common random numbers), so that differences between points owe less to chance.".to_owned(),
        format!("Means have {confidence} confidence intervals by Student's t over replications; each holds for itself, not for all of them together."),
        skewness(study),
        format!(
            "A gate passes or fails when a one-sided test rejects the other side; Holm's correction keeps the chance of any wrong pass at {alpha} over all \
             gates and points, and that of any wrong fail likewise. Otherwise it is undecided."
        ),
        "A mean over several points is taken seed by seed first, because their runs share seeds and are not independent.".to_owned(),
        "Single runs, minima and maxima are compared with the bound as they are: point checks of what was observed.".to_owned(),
    ]
}

/// What skewed metrics do to intervals and gates, and which metrics have too few runs for their skewness.
fn skewness(study: &Study) -> String {
    let total = study.outcome.plan.points.len();
    let named = |of: Skewed| {
        format!(
            "{} (n = {}, about {} asked for; at {} of {total} points)",
            of.metric, of.n, of.asked, of.points
        )
    };
    let found: Vec<String> = study
        .shown
        .iter()
        .filter_map(|shown| skewed(study, shown))
        .map(named)
        .collect();
    let mut text = match found.is_empty() {
        true => {
            "No metric shown here has runs that are noticeably too few for its skewness.".to_owned()
        }
        false => format!(
            "Too few runs for their skewness, at the point that asks for most: {}. Their intervals cover less than stated, and a gate on such a mean counts a claim \
             towards the short tail for less.",
            found.join(", ")
        ),
    };
    let (least, _) = study.replications();
    if (1..RUNS_FEW).contains(&least) {
        text += &format!(
            " Under {RUNS_FEW} runs a sample does not show how skewed its metric is: a gate on a mean takes every metric for a log-normal one and needs a \
             clear margin (its reason says \"weighed for few runs\"); gates on quantiles and probabilities hold for any law."
        );
    }
    text
}
