//! Whether controllers steer or stand at their clamps.

use units::Ratio;
use world::rows::{EpochRow, KindRow};

use super::{Metric, Subject};
use crate::results::Better;

pub(super) const METRICS: &[Metric] = &[Metric {
    name: "controllers.clamped_share_max",
    unit: "",
    better: Better::Lower,
    doc: "Share of epochs that the worst controller (reward factors, their product, scarcity of a kind, price of a group) stands at its floor or cap.",
    measure: |subject| {
        network(subject)
            .into_iter()
            .chain(by_kind(subject))
            .fold(f64::NAN, f64::max)
    },
}];

/// A controller's legal values.
struct Clamp {
    floor: f64,
    cap: f64,
}

impl Clamp {
    fn new(floor: Ratio, cap: Ratio) -> Self {
        let number = |ratio: Ratio| ratio.parts() as f64 / Ratio::ONE.parts() as f64;
        Self {
            floor: number(floor),
            cap: number(cap),
        }
    }

    /// Share of values at an end. A controller whose ends meet is switched off and never counts.
    fn share(&self, values: impl Iterator<Item = f64>) -> f64 {
        const NEAR: f64 = 1e-9;
        if self.cap - self.floor < NEAR {
            return f64::NAN;
        }
        let at_end = |value: f64| value <= self.floor + NEAR || value >= self.cap - NEAR;
        super::statistics::mean(values.map(|value| f64::from(u8::from(at_end(value)))))
    }
}

fn network(subject: &Subject<'_>) -> [f64; 4] {
    let scaling = &subject.config.protocol.scaling;
    let share =
        |clamp: Clamp, of: fn(&EpochRow) -> f64| clamp.share(subject.run.epochs.iter().map(of));
    [
        share(
            Clamp::new(scaling.demand.floor, scaling.demand.cap),
            |row| row.factor_demand,
        ),
        share(
            Clamp::new(scaling.market.floor, scaling.market.cap),
            |row| row.factor_market,
        ),
        share(
            Clamp::new(scaling.staked.floor, scaling.staked.cap),
            |row| row.factor_staked,
        ),
        share(
            Clamp::new(scaling.product_floor, scaling.product_cap),
            |row| row.factor_product,
        ),
    ]
}

fn by_kind(subject: &Subject<'_>) -> Vec<f64> {
    let (scarcity, price) = (
        &subject.config.protocol.scaling.scarcity,
        &subject.config.protocol.price,
    );
    let share = |clamp: Clamp, name: &str, of: fn(&KindRow) -> f64| {
        clamp.share(
            subject
                .run
                .kinds
                .iter()
                .filter(|row| row.kind == name)
                .map(of),
        )
    };
    let shares = |name: &str| {
        [
            share(Clamp::new(scarcity.floor, scarcity.cap), name, |row| {
                row.factor_scarcity
            }),
            share(Clamp::new(price.floor, price.cap), name, |row| {
                row.price_multiplier
            }),
        ]
    };
    subject
        .config
        .gpus
        .iter()
        .flat_map(|kind| shares(kind.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_at_an_end_count_and_a_controller_switched_off_does_not() {
        let clamp = Clamp::new(Ratio::from_percent(80), Ratio::from_percent(125));
        assert_eq!(clamp.share([0.8, 1.0, 1.25, 1.1].into_iter()), 0.5);
        assert!(
            Clamp::new(Ratio::ONE, Ratio::ONE)
                .share([1.0].into_iter())
                .is_nan()
        );
    }
}
