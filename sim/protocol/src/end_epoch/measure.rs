//! Step 1, Measure: closes the performance record of each provider that has one, and puts its score in force.
//! Providers without a record keep their last score and cost nothing.

use units::{Ratio, wide};

use super::Close;
use crate::params::ScoreParams;
use crate::provider::{Measurement, WindowEntry};
use crate::role::Role;
use crate::standing::Standing;
use crate::state::Protocol;

pub(super) fn measure(protocol: &mut Protocol, close: &mut Close) {
    close.measured = core::mem::take(&mut protocol.measured);
    let oldest = (protocol.epoch + 1).saturating_sub(protocol.params.ladder.window_epochs);
    for &id in &close.measured {
        let kind = &protocol.kinds[protocol.providers[id.index()].kind.index()];
        let (role, is_proven) = (kind.role, kind.is_proven(&protocol.params.score));
        let provider = &mut protocol.providers[id.index()];
        let record = provider
            .record
            .take()
            .expect("recorded when it was put on the list: a bug");
        let score = &protocol.params.score;
        let multiplier = if is_proven {
            compute_proven(&record)
        } else {
            compute_multiplier(score, provider.tier, &record)
        };
        if provider.standing == Standing::Active {
            let Measurement {
                epoch,
                up,
                jobs,
                failed,
                ..
            } = record;
            provider.window.retain(|entry| entry.epoch >= oldest);
            provider.window.push(WindowEntry {
                epoch,
                down: up.complement(),
                jobs,
                failed,
            });
            if role == Role::Verifier {
                close.verdicts_given.push((id, jobs - failed));
            }
        }
        let base = provider.base_weight;
        protocol.apply_weight(id, base, multiplier);
        protocol.announce_bond(id);
        close.summary.measured += 1;
    }
}

/// The share of the proofs of storage that were served, rounded down: none are served where none are asked for.
fn compute_proven(record: &Measurement) -> Ratio {
    let served = u128::from(record.jobs - record.failed);
    Ratio::of(served, u128::from(record.jobs.max(1)))
}

/// The weighted mean of the four parts, each one at its benchmark and at most the cap; then zero below the threshold,
/// from there in a line through one, at most the cap. Every division rounds down.
fn compute_multiplier(score: &ScoreParams, tier: u8, record: &Measurement) -> Ratio {
    let of = |value: Ratio, benchmark: Ratio| {
        Ratio::of(u128::from(value.parts()), u128::from(benchmark.parts()))
    };
    let uptime = of(record.up, score.benchmark_uptime[usize::from(tier)]);
    // Without jobs there is no evidence of errors, and none of their absence.
    let error = if record.jobs == 0 {
        Ratio::ONE
    } else {
        let good = Ratio::of(
            u128::from(record.jobs - record.failed),
            u128::from(record.jobs),
        );
        of(good, score.benchmark_error.complement())
    };
    let parts = [
        (score.weight_uptime, uptime),
        (score.weight_error, error),
        (score.weight_response, record.response),
        (score.weight_rating, record.rating),
    ];
    let weighted =
        |(weight, part): (u32, Ratio)| u128::from(weight) * u128::from(part.min(score.cap).parts());
    let sum: u128 = parts.into_iter().map(weighted).sum();
    let weights: u128 = parts.iter().map(|(weight, _)| u128::from(*weight)).sum();
    let mean = (sum / weights) as u64;
    let Some(above) = mean.checked_sub(score.zero_below.parts()) else {
        return Ratio::ZERO;
    };
    let whole = score.zero_below.complement().parts();
    let line = wide::mul_div_floor(
        u128::from(above),
        u128::from(Ratio::ONE.parts()),
        u128::from(whole),
    );
    Ratio::from_parts(line.min(u128::from(score.cap.parts())) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(up: u64, jobs: u32, failed: u32, response: u64, rating: u64) -> Measurement {
        let percent = Ratio::from_percent;
        Measurement {
            epoch: 0,
            up: percent(up),
            jobs,
            failed,
            response: percent(response),
            rating: percent(rating),
        }
    }

    fn multiplier(record: Measurement) -> Ratio {
        compute_multiplier(&ScoreParams::default(), 0, &record)
    }

    #[test]
    fn a_provider_at_every_benchmark_has_a_multiplier_of_one() {
        assert_eq!(multiplier(record(85, 50, 1, 100, 100)), Ratio::ONE);
        assert_eq!(multiplier(record(85, 0, 0, 100, 100)), Ratio::ONE);
    }

    #[test]
    fn half_the_uptime_costs_three_tenths_of_the_multiplier() {
        // Parts 0.5, 1, 1, 1 with weights 3, 3, 2, 2 make 0.85; (0.85 - 0.5) / 0.5 = 0.7.
        let half = Measurement {
            up: Ratio::from_parts(425_000_000_000),
            ..record(0, 0, 0, 100, 100)
        };
        assert_eq!(multiplier(half), Ratio::from_percent(70));
    }

    #[test]
    fn a_mean_below_the_threshold_earns_nothing() {
        assert_eq!(multiplier(record(0, 10, 10, 100, 100)), Ratio::ZERO);
    }

    #[test]
    fn no_part_and_no_multiplier_passes_the_cap() {
        // Uptime 1/0.85 is held at 1.1; response and rating too: mean 1.07, line 1.14, held at 1.1.
        assert_eq!(
            multiplier(record(100, 0, 0, 900, 900)),
            Ratio::from_percent(110)
        );
    }
}
