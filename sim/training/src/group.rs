//! Groups of unlike members that step together: who takes how much of a batch, and what waiting for the last one costs.

/// Whole sequences of a batch for each member, given the seconds that each needs for one: the last one done is done as early as can be.
///
/// Seconds are positive and finite. Equal members get equal shares, up to one; of members that would be done together the first gets the
/// sequence that is left. Panics without members.
#[must_use]
pub fn share_batch(batch: u64, seconds_per_sequence: &[f64]) -> Vec<u64> {
    assert!(
        !seconds_per_sequence.is_empty(),
        "a batch for nobody: a bug"
    );
    let pace: f64 = seconds_per_sequence
        .iter()
        .map(|seconds| 1.0 / seconds)
        .sum();
    // In proportion to speed, rounded down: never more than the best split gives.
    let mut shares: Vec<u64> = seconds_per_sequence
        .iter()
        .map(|seconds| (batch as f64 / (seconds * pace) * (1.0 - 1e-12)) as u64)
        .collect();
    let mut left = batch - shares.iter().sum::<u64>();
    while left > 0 {
        let done = |at: usize| (shares[at] + 1) as f64 * seconds_per_sequence[at];
        let next = (1..shares.len()).fold(
            0,
            |first, at| if done(at) < done(first) { at } else { first },
        );
        shares[next] += 1;
        left -= 1;
    }
    shares
}

/// Seconds of a step in which each member works through its share and then all exchange for `exchange_s`: the slowest member decides.
#[must_use]
pub fn group_step_s(shares: &[u64], seconds_per_sequence: &[f64], exchange_s: f64) -> f64 {
    let slowest = shares
        .iter()
        .zip(seconds_per_sequence)
        .map(|(share, seconds)| *share as f64 * seconds)
        .fold(0.0, f64::max);
    slowest + exchange_s
}

/// How many times longer a synchronous step of `members` takes than one member's mean, when each member's time varies from step to step
/// with a log-normal spread of `sigma` (the standard deviation of its logarithm): the usual estimate of the expected maximum,
/// `exp(σ·√(2·ln n) − σ²/2)`, and 1 for one member.
#[must_use]
pub fn straggler_factor(members: u64, sigma: f64) -> f64 {
    if members < 2 {
        return 1.0;
    }
    let reach = (2.0 * libm::log(members as f64)).sqrt();
    libm::exp(sigma * reach - sigma * sigma / 2.0).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twice_the_speed_takes_twice_the_share() {
        assert_eq!(share_batch(12, &[1.0, 1.0, 0.5]), [3, 3, 6]);
        assert_eq!(share_batch(7, &[1.0, 1.0]), [4, 3]);
        assert_eq!(group_step_s(&[3, 3, 6], &[1.0, 1.0, 0.5], 0.25), 3.25);
    }

    #[test]
    fn a_member_that_is_far_too_slow_is_left_out() {
        assert_eq!(share_batch(4, &[1.0, 100.0]), [4, 0]);
    }

    #[test]
    fn more_members_and_more_spread_wait_longer() {
        assert_eq!(straggler_factor(1, 0.3), 1.0);
        assert_eq!(straggler_factor(64, 0.0), 1.0);
        let factor = straggler_factor(1024, 0.05);
        assert!((1.19..1.21).contains(&factor), "{factor}");
        assert!(straggler_factor(2048, 0.05) > factor && straggler_factor(1024, 0.06) > factor);
    }

    proptest! {
        #[test]
        fn no_other_split_is_done_earlier(batch in 1u64..12, seconds in prop::collection::vec(0.1f64..3.0, 3)) {
            let shares = share_batch(batch, &seconds);
            prop_assert_eq!(shares.iter().sum::<u64>(), batch);
            let done = group_step_s(&shares, &seconds, 0.0);
            for first in 0..=batch {
                for second in 0..=batch - first {
                    let other = [first, second, batch - first - second];
                    prop_assert!(done <= group_step_s(&other, &seconds, 0.0) * (1.0 + 1e-12));
                }
            }
        }
    }
}
