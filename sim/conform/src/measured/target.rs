//! What each group has to reach, and whether it does.

/// A group's target, on rows that no constant was fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// Every row within its own tolerance.
    Tolerance,
    /// Mean absolute error at most this, percent.
    Mean(f64),
    /// The same over workloads of at least so many parameters.
    MeanFrom(f64, u64),
    /// Every row within this, percent, and the mean too.
    Each(f64, f64),
    /// Every share within so many percentage points, everything else within its tolerance.
    Points(f64),
}

/// The target of a group, where it has one.
pub(super) fn target(group: &str) -> Option<Target> {
    Some(match group {
        "params" | "memory" | "mfu" | "energy" | "duration" | "checkpoint" | "failure"
        | "money" => Target::Tolerance,
        "vtrain_single" => Target::Mean(8.0),
        "vtrain_multi" => Target::MeanFrom(9.0, 18_000_000_000),
        "throughput" | "iteration" => Target::Each(10.0, 7.0),
        "ratio" => Target::Each(3.0, 3.0),
        "mosaic" => Target::Mean(12.0),
        "gpu_hours" => Target::Each(10.0, 10.0),
        "diloco" => Target::Points(0.3),
        _ => return None,
    })
}

/// One judged row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    /// Absolute error, percent of the published value.
    pub ape: f64,
    /// Absolute error in the row's unit.
    pub off: f64,
    /// Whether it lies within the row's tolerance.
    pub within: bool,
    /// Whether the value is a share in percent.
    pub is_share: bool,
    /// Parameters of the row's workload, where it has a shape.
    pub params: Option<u64>,
}

impl Target {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Target::Tolerance => "every row within its tolerance".to_owned(),
            Target::Mean(mean) => format!("MAPE <= {mean} %"),
            Target::MeanFrom(mean, params) => format!(
                "MAPE <= {mean} % from {} B parameters",
                params / 1_000_000_000
            ),
            Target::Each(each, mean) if each == mean => format!("each <= {each} %"),
            Target::Each(each, mean) => format!("each <= {each} %, MAPE <= {mean} %"),
            Target::Points(points) => {
                format!("utilisation <= {points} pp, the rest within tolerance")
            }
        }
    }

    /// Whether these rows meet it; no rows do.
    pub fn is_met(self, rows: &[Judged]) -> bool {
        let mean_of = |kept: &dyn Fn(&Judged) -> bool, bound: f64| {
            let apes: Vec<f64> = rows
                .iter()
                .filter(|row| kept(row))
                .map(|row| row.ape)
                .collect();
            apes.is_empty() || mean(&apes) <= bound
        };
        match self {
            Target::Tolerance => rows.iter().all(|row| row.within),
            Target::Mean(bound) => mean_of(&|_| true, bound),
            Target::MeanFrom(bound, least) => mean_of(
                &|row| row.params.is_some_and(|params| params >= least),
                bound,
            ),
            Target::Each(each, bound) => {
                rows.iter().all(|row| row.ape <= each) && mean_of(&|_| true, bound)
            }
            Target::Points(points) => rows.iter().all(|row| {
                if row.is_share {
                    row.off <= points
                } else {
                    row.within
                }
            }),
        }
    }
}

/// The mean, 0 of nothing. Summed in order.
pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ape: f64, params: u64) -> Judged {
        Judged {
            ape,
            off: ape,
            within: ape <= 5.0,
            is_share: true,
            params: Some(params),
        }
    }

    #[test]
    fn each_kind_of_target_is_missed_by_what_it_names() {
        let rows = [row(2.0, 1), row(8.0, 20)];
        let met = |target: Target| target.is_met(&rows);
        assert!(met(Target::Mean(5.0)) && !met(Target::Mean(4.9)));
        assert!(met(Target::MeanFrom(8.0, 20)) && !met(Target::MeanFrom(7.9, 20)));
        assert!(met(Target::MeanFrom(0.0, 21)), "no row is that large");
        assert!(
            met(Target::Each(8.0, 5.0))
                && !met(Target::Each(7.9, 5.0))
                && !met(Target::Each(8.0, 4.9))
        );
        assert!(!met(Target::Tolerance) && Target::Tolerance.is_met(&rows[..1]));
        assert!(met(Target::Points(8.0)) && !met(Target::Points(7.9)));
    }
}
