//! The sensitivities of a sweep whose design was laid out for them.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{FactorIndex, Index, Sensitivity, morris, morris_design, sobol_indices};
use crate::metrics::Metric;
use crate::statistics::mean;
use crate::sweep::{Design, Outcome, column};

/// From the values at the points of a design to the indices of its columns.
type Indices = Box<dyn Fn(&[f64]) -> Vec<Index> + Sync>;

/// What moves each kept metric, by its mean over the replications of each point. Nothing for other designs.
#[must_use]
pub fn of(outcome: &Outcome) -> Option<Vec<Sensitivity>> {
    let plan = &outcome.plan;
    let factors = plan.factors.len();
    let confidence = plan.confidence;
    let indices: Indices = match plan.design {
        Design::Morris { levels, seed } => {
            let trajectories = plan.points.len() / (factors + 1);
            let design = morris_design(factors, trajectories as u32, levels, seed);
            Box::new(move |values| {
                let found = morris(&design, values, confidence);
                found.into_iter().map(Index::Morris).collect()
            })
        }
        Design::Saltelli => Box::new(move |values| {
            let found = sobol_indices(factors, values, confidence);
            found.into_iter().map(Index::Sobol).collect()
        }),
        _ => return None,
    };
    let of_metric = |metric: &Metric| {
        let by_column = indices(&means(outcome, metric));
        let factor = |path: &String| FactorIndex {
            factor: path.clone(),
            index: by_column[column(&plan.factors, path)],
        };
        Sensitivity {
            metric: metric.name,
            factors: plan.factors.iter().map(factor).collect(),
        }
    };
    Some(outcome.metrics.par_iter().map(of_metric).collect())
}

/// A metric's mean at every point, over the replications that have it; NaN where none has.
fn means(outcome: &Outcome, metric: &Metric) -> Vec<f64> {
    let at = |point: u32| {
        let mut values = outcome.values(point, metric.name);
        values.retain(|value| value.is_finite());
        mean(&values)
    };
    outcome
        .plan
        .points
        .iter()
        .map(|point| at(point.index))
        .collect()
}
