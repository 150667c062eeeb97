//! How far a gate is from its bound, and what the optimiser makes of it.

use serde::Serialize;

use crate::gates::Ruling;

/// What of a gate's evidence must lie on the good side of its bound for the search to call a candidate feasible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The estimate.
    Estimate,
    /// All of the interval, where there is one: what lies so far from the bound is likely to hold under other seeds.
    Interval,
}

/// Signed distances of a gate from its bound: above zero on the good side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Distance {
    /// From the estimate, in the gate's unit; NaN where it cannot be measured.
    pub of_estimate: f64,
    /// The same as a share of the size of the bound; nothing for a bound of zero.
    pub relative: Option<f64>,
    /// From the worse end of the interval, in the gate's unit, where there is one.
    pub of_interval: Option<f64>,
}

impl Distance {
    /// The distances of a ruling.
    #[must_use]
    pub fn of(ruling: &Ruling) -> Self {
        let wants_less = ruling.gate.op.wants_less();
        let towards = |value: f64| match wants_less {
            true => ruling.bound - value,
            false => value - ruling.bound,
        };
        let distance = towards(ruling.evidence.estimate);
        let worse_end = ruling.evidence.interval.as_ref().map(|interval| {
            let end = if wants_less {
                interval.high
            } else {
                interval.low
            };
            towards(end)
        });
        let size = ruling.bound.abs();
        Self {
            of_estimate: distance,
            relative: (size > 0.0).then(|| distance / size),
            of_interval: worse_end,
        }
    }
}

/// How far a ruling's gate is from being met, zero where it is: as a share of the size of the bound so that gates of different
/// units add up, in the metric's unit where the bound is zero. Infinite where it cannot be measured.
pub fn violation(ruling: &Ruling, side: Side) -> f64 {
    let far = Distance::of(ruling);
    let estimate = ruling.evidence.estimate;
    if !estimate.is_finite() {
        return f64::INFINITY;
    }
    let distance = match side {
        Side::Estimate => far.of_estimate,
        Side::Interval => far.of_interval.unwrap_or(far.of_estimate),
    };
    // On the very bound a strict sign is not met, and the distance says nothing.
    if distance > 0.0 || (distance == 0.0 && ruling.gate.op.holds(ruling.bound, ruling.bound)) {
        return 0.0;
    }
    let size = ruling.bound.abs();
    let scale = if size > 0.0 { size } else { 1.0 };
    (-distance / scale).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gates::{Gate, Op, rule};
    use crate::statistics::Stat;

    fn ruling(op: Op, bound: f64, values: &[f64]) -> Ruling {
        let gate = Gate {
            metric: "jobs.goodput",
            unit: "",
            stat: Stat::Mean,
            op,
            value: bound,
            is_percent: false,
            why: String::new(),
            relative: None,
            settings: Vec::new(),
            file: String::new(),
            line: 1,
        };
        rule(&[gate], &|_| values.to_vec(), 0.95).remove(0)
    }

    #[test]
    fn distances_are_positive_on_the_good_side_whichever_it_is() {
        let (low, high) = ([1.0, 1.5, 2.0], [4.5, 5.0, 5.5]);
        for (op, values, distance) in [
            (Op::AtMost, low, 1.5),
            (Op::AtMost, high, -2.0),
            (Op::AtLeast, low, -1.5),
            (Op::AtLeast, high, 2.0),
        ] {
            let far = Distance::of(&ruling(op, 3.0, &values));
            assert_eq!(far.of_estimate, distance);
            assert_eq!(far.relative, Some(distance / 3.0));
            let of_interval = far.of_interval.unwrap();
            assert!(of_interval < distance, "{of_interval}");
            let violation = violation(&ruling(op, 3.0, &values), Side::Estimate);
            assert_eq!(violation, (-distance / 3.0).max(0.0));
        }
    }

    #[test]
    fn an_interval_across_the_bound_is_a_violation_for_who_asks_for_all_of_it() {
        let across = ruling(Op::AtMost, 1.6, &[1.0, 1.5, 2.0]);
        assert_eq!(violation(&across, Side::Estimate), 0.0);
        assert!(violation(&across, Side::Interval) > 0.0);
    }

    #[test]
    fn a_bound_of_zero_is_measured_in_the_metrics_unit() {
        let below = ruling(Op::AtLeast, 0.0, &[-0.2, -0.3, -0.1]);
        assert_eq!(Distance::of(&below).relative, None);
        assert!((violation(&below, Side::Estimate) - 0.2).abs() < 1e-12);
    }

    #[test]
    fn a_value_on_the_bound_meets_a_weak_sign_only_and_none_meets_nothing() {
        let on_it = |op| violation(&ruling(op, 1.0, &[1.0, 1.0]), Side::Estimate);
        assert_eq!(on_it(Op::AtMost), 0.0);
        assert!(on_it(Op::Below) > 0.0);
        let none = ruling(Op::AtMost, 1.0, &[f64::NAN, 0.0]);
        assert_eq!(violation(&none, Side::Estimate), f64::INFINITY);
    }
}
