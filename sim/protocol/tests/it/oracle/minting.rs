//! What chains mint for stake or by the years, from `rules/emission.md`: plain integers of 10^-18.

use num_bigint::BigUint;
use stakesim_protocol::InflationParams;
use units::Ratio;

use super::number::{held, parts};
use super::state::Oracle;

const ONE: u64 = 1_000_000_000_000_000_000;

/// Nanoseconds of a mean Gregorian year.
const YEAR: u64 = 31_556_952_000_000_000;

const LN_2: u64 = 693_147_180_559_945_309;

/// A ratio in units of 10^-18.
fn fine(ratio: Ratio) -> BigUint {
    BigUint::from(parts(ratio)) * 1_000_000u32
}

/// The nearest whole quotient, ties to the even one.
fn half(number: BigUint, divisor: BigUint) -> BigUint {
    let (quotient, twice) = (&number / &divisor, (&number % &divisor) * 2u32);
    let is_odd = &quotient % 2u32 == BigUint::from(1u32);
    match twice > divisor || (twice == divisor && is_odd) {
        true => quotient + 1u32,
        false => quotient,
    }
}

/// Division of two decimals: cut at 36 places, then half.
fn quotient(number: &BigUint, divisor: &BigUint) -> BigUint {
    half(number * ONE * ONE / divisor, ONE.into())
}

fn product(a: &BigUint, b: &BigUint) -> BigUint {
    half(a * b, ONE.into())
}

/// A power as it is made by squares.
fn power(base: BigUint, exponent: u64) -> BigUint {
    let (mut square, mut odd, mut left) = (base, BigUint::from(ONE), exponent);
    if left == 0 {
        return odd;
    }
    while left > 1 {
        if left % 2 == 1 {
            odd = product(&odd, &square);
        }
        square = product(&square, &square);
        left /= 2;
    }
    product(&square, &odd)
}

impl Oracle {
    fn inflation_params(&self) -> InflationParams {
        self.params.emission.inflation.clone()
    }

    pub fn bonding_controller(&mut self) -> u128 {
        let rules = self.inflation_params();
        let (one, supply) = (BigUint::from(ONE), BigUint::from(self.minted()));
        let year = BigUint::from(rules.epochs_per_year);
        let bonded = match self.minted() {
            0 => BigUint::ZERO,
            _ => BigUint::from(self.staked_worth()) * &one / &supply,
        };
        let share = quotient(&bonded, &fine(rules.target));
        let change = |gap: BigUint| {
            let yearly = product(&gap, &fine(rules.change));
            quotient(&yearly, &(&year * ONE))
        };
        let before = self
            .inflation
            .map_or_else(|| fine(rules.start), BigUint::from);
        let (min, max) = (fine(rules.min), fine(rules.max));
        let next = match share <= one {
            true => before + change(one - share),
            false => {
                let down = change(share - one);
                match down > before {
                    true => BigUint::ZERO,
                    false => before - down,
                }
            }
        };
        let inflation = next.min(max).max(min);
        self.inflation = Some(held(&inflation));
        held(&(inflation * supply / year / ONE))
    }

    pub fn disinflation(&mut self) -> u128 {
        let rules = self.inflation_params();
        let per_year = u64::from(rules.epochs_per_year);
        let kept = power(fine(Ratio::ONE) - fine(rules.change), self.epoch / per_year);
        let inflation = product(&fine(rules.start), &kept).max(fine(rules.min));
        let provisions = &inflation * self.year_supply;
        if self.inflation != Some(held(&inflation)) || provisions == BigUint::ZERO {
            self.inflation = Some(held(&inflation));
            self.year_supply = self.minted();
        }
        let elapsed = BigUint::from(YEAR / per_year);
        let part = quotient(&(elapsed * ONE), &(BigUint::from(YEAR) * ONE));
        let minted = product(&(inflation * self.year_supply), &part);
        held(&(minted / ONE))
    }

    pub fn ideal_stake(&mut self) -> u128 {
        let rules = self.inflation_params();
        let (one, supply) = (BigUint::from(ONE), BigUint::from(self.minted()));
        if self.minted() == 0 {
            return 0;
        }
        let staked = BigUint::from(self.staked_worth());
        let stake = (staked * ONE / &supply).min(one.clone());
        let (ideal, falloff) = (fine(rules.target), fine(rules.falloff));
        let height = match stake < ideal {
            true => stake * ONE / ideal,
            false if falloff < &one / 100u32 => return 0,
            false => falling(stake - ideal, falloff),
        };
        let (min, max) = (fine(rules.min), fine(rules.max));
        let yearly = &min + (max - &min) * height / ONE;
        let era = &one / rules.epochs_per_year * yearly / ONE;
        let (whole, rest) = (&era * &supply / ONE, &era * &supply % ONE);
        held(&(whole + u32::from(rest > one / 2u32)))
    }
}

/// `2^(-beyond / falloff)` by the cut-off series: what is added and what is taken away, apart.
fn falling(beyond: BigUint, falloff: BigUint) -> BigUint {
    let one = BigUint::from(ONE);
    let exponent = beyond * (BigUint::from(LN_2) * ONE / falloff);
    let mut term = one.clone();
    let mut sums = [one.clone(), BigUint::ZERO];
    for k in 1..300u64 {
        term = term * &exponent / (BigUint::from(ONE) * ONE * k);
        sums[(k % 2) as usize] += &term;
    }
    let [added, taken] = sums;
    match taken <= added && &added - &taken <= one {
        true => added - taken,
        false => BigUint::ZERO,
    }
}
