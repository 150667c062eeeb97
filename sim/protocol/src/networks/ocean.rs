//! Ocean data farming: weekly amounts, a bound on them by consumed volume, and shares by rank. Restated from oceanprotocol/df-py (Apache-2.0).
//!
//! The network computes multipliers and shares in doubles, of which these have eighteen decimals: the two part in the sixteenth digit.

use alloc::vec::Vec;

use num_bigint::BigInt;

use super::RuleError;
use super::exp::ln;
use super::round::{Rounding, big_div, div, mul_div};

/// Base units of a token; also one, for multipliers and shares.
pub const ONE: u128 = 1_000_000_000_000_000_000;
/// Seconds of a day.
const DAY: u64 = 86_400;
/// Seconds of a week.
const WEEK: u64 = 7 * DAY;
/// Seconds after which half of what is left is vested.
const HALF_LIFE: u64 = 4 * 365 * 86_400;
/// First weeks, counted from zero, that no longer have the amount beside them, tokens a week.
const STEPS: [(u32, u128); 4] = [(28, 0), (80, 150_000), (106, 300_000), (132, 600_000)];
/// The first week whose rewards vest by halves.
const HALVES_WEEK: u32 = STEPS[STEPS.len() - 1].0;
/// What vests by halves from then on, tokens.
const VESTED_BY_HALVES: u128 = 503_370_000;
/// Week of the count at which the count begins: the fifth round began on 29 September 2022.
const FIRST_WEEK: u32 = 4;
/// Binary places of logarithms.
const PLACES: u32 = 192;

/// The week, counted from zero, of a day counted from 29 September 2022.
#[must_use]
pub const fn week_of(day: u32) -> u32 {
    day / 7 + FIRST_WEEK
}

/// What is vested of `value` after `elapsed` seconds: half of what is left in each half-life, evenly within one.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] without a half-life.
pub fn vested_by_halves(value: u128, elapsed: u64, half_life: u64) -> Result<u128, RuleError> {
    let halvings = elapsed
        .checked_div(half_life)
        .ok_or(RuleError::ZeroDivisor)?;
    let left = match u32::try_from(halvings) {
        Ok(halvings) if halvings < 128 => div(value, 1 << halvings, Rounding::Floor)?,
        _ => 0,
    };
    let within = mul_div(
        left,
        (elapsed % half_life).into(),
        half_life.into(),
        Rounding::Floor,
    )?;
    let within = div(within, 2, Rounding::Floor)?;
    Ok((value - left).saturating_add(within))
}

/// All rewards of a week counted from zero, base units, where `total` base units stand for what vests by halves, the first weeks' amounts in
/// proportion, floored.
///
/// # Errors
/// [`RuleError::Overflow`] past 128 bits.
pub fn weekly_reward_of(total: u128, week: u32) -> Result<u128, RuleError> {
    let since = u64::from(week.saturating_sub(HALVES_WEEK)) * WEEK;
    weekly_reward(total, week, since)
}

/// The half for active work, base units, floored, of the rewards of seven days from a moment counted in seconds from 29 September 2022. Rounds
/// begin on Thursdays; from any other moment the first weeks' amounts are those of the round that it lies in, and what vests by halves is that
/// of these very seven days.
///
/// # Errors
/// [`RuleError::Overflow`] for a moment more than 2^32 days away.
pub fn weekly_active_reward(since_first: u64) -> Result<u128, RuleError> {
    let day = u32::try_from(since_first / DAY).map_err(|_| RuleError::Overflow)?;
    let since_halves = since_first.saturating_sub(u64::from(HALVES_WEEK - FIRST_WEEK) * WEEK);
    let reward = weekly_reward(VESTED_BY_HALVES * ONE, week_of(day), since_halves)?;
    div(reward, 2, Rounding::Floor)
}

/// A week's rewards, which begins `since` seconds after halves began to vest.
fn weekly_reward(total: u128, week: u32, since: u64) -> Result<u128, RuleError> {
    if let Some((_, tokens)) = STEPS.iter().find(|(end, _)| week < *end) {
        return mul_div(*tokens, total, VESTED_BY_HALVES, Rounding::Floor);
    }
    let vested = |elapsed| vested_by_halves(total, elapsed, HALF_LIFE);
    Ok(vested(since + WEEK)?.saturating_sub(vested(since)?))
}

/// The bound on rewards per unit of consumed volume in a round, counted from one, in units of `10^-18`; none before the ninth. For
/// predictions it is another one.
#[must_use]
pub fn volume_multiplier(round: u32, is_prediction: bool) -> Option<u128> {
    const THOUSANDTH: u128 = ONE / 1_000;
    match (is_prediction, round) {
        (true, ..82) => Some(201 * THOUSANDTH),
        (true, _) => Some(5 * 201 * THOUSANDTH),
        (false, ..9) => None,
        (false, 9..=28) => Some(ONE - u128::from(round - 9) * 485 * (THOUSANDTH / 10)),
        (false, _) => Some(THOUSANDTH),
    }
}

/// How an allocation falls with the rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankScale {
    /// In proportion.
    Linear,
    /// With the root of the rank.
    Root,
    /// With the square of the linear one.
    Square,
    /// With its fourth power.
    FourthPower,
    /// With the logarithm of the rank.
    Logarithm,
}

/// Allocations and shares of assets by the rank of their volume, the greatest first, equal ones alike; none below rank `most`. Both in units
/// of `10^-18`. The last allocated rank has one, or log10(1.5) on the logarithmic scale.
///
/// # Errors
/// [`RuleError::Refused`] for an asset without volume.
pub fn rank_allocate(
    volumes: &[BigInt],
    scale: RankScale,
    most: u32,
) -> Result<(Vec<BigInt>, Vec<BigInt>), RuleError> {
    if volumes.iter().any(|volume| *volume <= BigInt::ZERO) {
        return Err(RuleError::Refused("each asset needs volume"));
    }
    let rank = |volume: &BigInt| 1 + volumes.iter().filter(|other| *other > volume).count() as u64;
    let ranks: Vec<u64> = volumes.iter().map(rank).collect();
    let most = u64::from(most).min(ranks.len() as u64);
    let last = ranks.iter().copied().filter(|rank| *rank <= most).max();
    let mut allocations = Vec::with_capacity(ranks.len());
    for rank in ranks {
        allocations.push(match last {
            Some(last) if rank <= most => allocation(rank, last, scale)?,
            _ => BigInt::ZERO,
        });
    }
    let sum: BigInt = allocations.iter().sum();
    let share = |allocation: &BigInt| big_div(&(allocation * ONE), &sum, Rounding::HalfEven);
    let shares = allocations.iter().map(share).collect::<Result<_, _>>()?;
    Ok((allocations, shares))
}

fn allocation(rank: u64, last: u64, scale: RankScale) -> Result<BigInt, RuleError> {
    let one = BigInt::from(ONE);
    let linear = BigInt::from(last - rank + 1);
    Ok(match scale {
        RankScale::Linear => linear * one,
        RankScale::Square => linear.pow(2) * one,
        RankScale::FourthPower => linear.pow(4) * one,
        RankScale::Root => root(last) - root(rank) + one,
        RankScale::Logarithm => log10(last, 0)? - log10(rank, 0)? + log10(3, -1)?,
    })
}

/// The square root in units of `10^-18`, floored.
fn root(number: u64) -> BigInt {
    (BigInt::from(number) * ONE * ONE).sqrt()
}

/// `log10(whole × 2^twos)` in units of `10^-18`.
fn log10(whole: u64, twos: i64) -> Result<BigInt, RuleError> {
    let logarithm = ln(&whole.into(), twos, PLACES)?;
    let ten = ln(&10.into(), 0, PLACES)?;
    big_div(&(logarithm * ONE), &ten, Rounding::HalfEven)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 16 March 2023 is day 168, the first day of the round with an amount; 14 March 2024, 12 September 2024 and 13 March 2025 are days 532, 714
    /// and 896. Then half of 503 370 000 vests over 1 460 days: 1 206 708.904… a week.
    #[test]
    fn weekly_amounts_step_up_and_then_halve() {
        let tokens = |day: u64| weekly_active_reward(day * DAY).unwrap() / ONE;
        assert_eq!([167, 168, 531].map(tokens), [0, 75_000, 75_000]);
        assert_eq!([532, 714, 895].map(tokens), [150_000, 300_000, 300_000]);
        let both = weekly_reward_of(VESTED_BY_HALVES * ONE, week_of(896)).unwrap();
        assert_eq!(both / ONE, 1_206_708);
        assert_eq!(tokens(896), 603_354);
    }

    #[test]
    fn halves_vest_evenly_and_never_all() {
        let vested = |elapsed| vested_by_halves(1_000, elapsed, 10).unwrap();
        assert_eq!(
            [0, 5, 10, 15, 20, 9_999].map(vested),
            [0, 250, 500, 625, 750, 1_000]
        );
        assert!(vested_by_halves(1, 1, 0).is_err());
    }

    /// The first half-life ends 1 460 days after day 896, on a Monday; weeks that lie across its end vest in both halves. The next Thursday
    /// is day 2 359: all of its week lies in the second one.
    #[test]
    fn a_week_that_begins_on_another_day_vests_what_its_own_days_do() {
        let end = 896 + 1_460;
        let halves = |first: u128, second: u128| {
            // Half of 503 370 000 in 1 460 days, then half of that; active work has half of it.
            let whole = VESTED_BY_HALVES * ONE * (2 * first + second);
            whole / (1_460 * 4 * 2)
        };
        let from = |second: u64| weekly_active_reward(second).unwrap();
        let is_near = |got: u128, want: u128| got.abs_diff(want) <= 2;
        assert!(is_near(from((end - 7) * DAY), halves(7, 0)));
        assert!(is_near(from((end - 2) * DAY), halves(2, 5)));
        assert!(is_near(from(end * DAY), halves(0, 7)));
        assert!(is_near(from((end + 3) * DAY), halves(0, 7)));
        let at_noon = from((end - 1) * DAY + DAY / 2);
        assert!(is_near(at_noon, (halves(1, 6) + halves(0, 7)) / 2));
        assert!(weekly_active_reward(u64::MAX).is_err());
    }

    /// A thousandth of what vests: 600 tokens a week before the halves, and 1 206.708 904… of 503 370 over 1 460 days.
    #[test]
    fn another_total_has_the_same_weeks_in_proportion() {
        let of = |week| weekly_reward_of(503_370_000, week).unwrap();
        assert_eq!([27, 28, 131].map(of), [0, 150_000, 600_000]);
        assert_eq!(of(132), 1_206_708);
        assert!(weekly_reward_of(u128::MAX, 131).is_ok());
    }

    #[test]
    fn multipliers_fall_from_one_to_a_thousandth() {
        let at = |round| volume_multiplier(round, false);
        assert_eq!([8, 9].map(at), [None, Some(ONE)]);
        assert_eq!(at(28), Some(ONE - 19 * 485 * ONE / 10_000));
        assert_eq!(at(29), Some(ONE / 1_000));
        assert_eq!(volume_multiplier(82, true), Some(1_005 * ONE / 1_000));
    }

    /// Linear: 2 and 1 of 3. Logarithmic, two assets: log10(2) + log10(1.5) = log10(3) and log10(1.5).
    #[test]
    fn shares_fall_with_the_rank() {
        let volumes = [10, 40].map(BigInt::from);
        let (allocations, shares) = rank_allocate(&volumes, RankScale::Linear, 100).unwrap();
        assert_eq!(allocations, [ONE, 2 * ONE].map(BigInt::from));
        assert_eq!(shares[1], BigInt::from(666_666_666_666_666_667u64));
        let (allocations, _) = rank_allocate(&volumes, RankScale::Logarithm, 100).unwrap();
        assert_eq!(allocations[0], BigInt::from(176_091_259_055_681_242u64));
        assert_eq!(allocations[1], BigInt::from(477_121_254_719_662_437u64));
        let (allocations, _) = rank_allocate(&volumes, RankScale::Root, 1).unwrap();
        assert_eq!(allocations, [BigInt::ZERO, BigInt::from(ONE)]);
        assert!(rank_allocate(&[BigInt::ZERO], RankScale::Linear, 1).is_err());
        assert_eq!(
            rank_allocate(&[], RankScale::Linear, 1),
            Ok((Vec::new(), Vec::new()))
        );
    }
}
