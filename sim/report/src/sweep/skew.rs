//! Metrics that are more skewed than their runs are many: where Student's intervals cover less than they say.

use experiment::statistics::skew_floor;

use super::shown::Shown;
use super::study::Study;

/// A metric with too few runs for its skewness.
pub struct Skewed {
    /// Name of the metric.
    pub metric: &'static str,
    /// Points at which it is so.
    pub points: usize,
    /// Runs at the worst of them.
    pub n: usize,
    /// Runs that its skewness asks for there, by Cochran's rule.
    pub asked: u32,
}

/// A metric, where its runs are too few for its skewness.
pub fn skewed(study: &Study, shown: &Shown) -> Option<Skewed> {
    let at = |point| {
        let mut values = study.outcome.values(point, shown.metric.name);
        values.retain(|value| value.is_finite());
        skew_floor(&values).map(|floor| (floor, values.len()))
    };
    let found: Vec<(u32, usize)> = study.points().filter_map(at).collect();
    let (asked, n) = found.iter().copied().max()?;
    Some(Skewed {
        metric: shown.metric.name,
        points: found.len(),
        n,
        asked,
    })
}
