//! The curve of a year's inflation as straight pieces, made once from a chain's parameters: up to the ideal stake, then down along
//! `i0 + (max - i0) × 2^((ideal - x) / falloff)`. Pieces bend where the height falls by a step that keeps them short.

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigInt;

use super::perbill_of;
use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div, div, mul_div};

const MILLION: u32 = 1_000_000;

/// 2 / ln 2 in millionths, as the generator of the pieces has it.
const TWO_OVER_LN_2: u128 = 2_885_390;

/// More terms than a millionth needs.
const LOG_TERMS_MAX: u32 = 20;

/// What a chain sets, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurveParameters {
    /// Inflation without stake; above nought.
    pub min_inflation: u32,
    /// Inflation at the ideal stake.
    pub max_inflation: u32,
    /// The staked part at which inflation is highest.
    pub ideal_stake: u32,
    /// Beyond the ideal, what halves the inflation above the minimum.
    pub falloff: u32,
    /// Pieces at most.
    pub max_piece_count: u32,
}

impl Default for CurveParameters {
    /// 2.5 to 10 % at a half staked, a falloff of 5 %, 40 pieces: the example of the generator's documentation, and Kusama's shape
    /// before parachains.
    fn default() -> CurveParameters {
        CurveParameters {
            min_inflation: 25_000,
            max_inflation: 100_000,
            ideal_stake: 500_000,
            falloff: 50_000,
            max_piece_count: 40,
        }
    }
}

/// Straight pieces from nothing staked to everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PiecewiseLinear {
    /// Staked part and inflation at the bends, in billionths.
    points: Vec<(u32, u32)>,
    /// The highest inflation, in billionths.
    maximum: u32,
}

impl PiecewiseLinear {
    /// The pieces of a curve.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for parameters outside the generator's ranges.
    pub fn new(curve: &CurveParameters) -> Result<PiecewiseLinear, RuleError> {
        let is_legal = (1..MILLION).contains(&curve.min_inflation)
            && (curve.min_inflation + 1..=MILLION).contains(&curve.max_inflation)
            && (100_000..=900_000).contains(&curve.ideal_stake)
            && (10_000..=MILLION).contains(&curve.falloff)
            && (2..=1_000).contains(&curve.max_piece_count);
        if !is_legal {
            return Err(RuleError::Refused("curve parameters outside their ranges"));
        }
        let points = bends(curve)?;
        let highest = points.iter().map(|point| point.1).max().unwrap_or(0);
        let billionths = |(x, y): &(u32, u32)| (x * 1_000, y * 1_000);
        Ok(PiecewiseLinear {
            points: points.iter().map(billionths).collect(),
            maximum: highest * 1_000,
        })
    }

    /// The bends, staked part and inflation in billionths.
    #[must_use]
    pub fn points(&self) -> &[(u32, u32)] {
        &self.points
    }

    /// The highest inflation, in billionths.
    #[must_use]
    pub const fn maximum(&self) -> u32 {
        self.maximum
    }

    /// A year's inflation in plancks with `staked` of `issuance`: the height of the curve times the issuance.
    ///
    /// # Errors
    /// None in practice: pieces have a width.
    pub fn yearly(&self, staked: &BigInt, issuance: &BigInt) -> Result<BigInt, RuleError> {
        let staked = staked.clone().min(issuance.clone());
        let mut previous = self.points[0];
        for next in &self.points {
            // no published number notices: no stake lies within a planck of a bend.
            if staked >= perbill_of(next.0, issuance)? {
                previous = *next;
                continue;
            }
            let along = &staked - perbill_of(previous.0, issuance)?;
            let start = perbill_of(previous.1, issuance)?;
            let rise = next.1.abs_diff(previous.1);
            let change = big_div(
                &(along * rise),
                &BigInt::from((next.0 - previous.0).max(1)),
                Rounding::Floor,
            )?;
            return Ok(if next.1 > previous.1 {
                start + change
            } else {
                (start - change).max(BigInt::default())
            });
        }
        perbill_of(previous.1, issuance)
    }
}

/// Bends in millionths.
fn bends(curve: &CurveParameters) -> Result<Vec<(u32, u32)>, RuleError> {
    let mut points = vec![
        (0, curve.min_inflation),
        (curve.ideal_stake, curve.max_inflation),
    ];
    let (mut last, mut y) = (curve.ideal_stake, curve.max_inflation);
    let spread = curve.max_inflation - curve.min_inflation + MILLION - curve.ideal_stake;
    let length_max = part(div(
        spread.into(),
        (curve.max_piece_count - 1).into(),
        Rounding::Floor,
    )?)?;
    let mut step = length_max;
    while step > 0 {
        let next_y = y.saturating_sub(step);
        if next_y <= curve.min_inflation {
            step -= 1;
            continue;
        }
        let next_x = stake_at(curve, next_y)?;
        if next_x - last > length_max {
            step -= 1;
            continue;
        }
        if next_x >= MILLION {
            let above = mul_div(
                (next_x - MILLION).into(),
                (y - next_y).into(),
                (next_x - last).into(),
                Rounding::Floor,
            )?;
            points.push((MILLION, next_y + part(above)?));
            return Ok(points);
        }
        points.push((next_x, next_y));
        (last, y) = (next_x, next_y);
    }
    points.push((MILLION, curve.min_inflation));
    Ok(points)
}

/// The staked part beyond the ideal at which inflation has fallen to `y`, in millionths.
fn stake_at(curve: &CurveParameters, y: u32) -> Result<u32, RuleError> {
    let log = log2(
        curve.max_inflation - curve.min_inflation,
        y - curve.min_inflation,
    )?;
    let beyond = mul_div(
        curve.falloff.into(),
        log.into(),
        MILLION.into(),
        Rounding::Floor,
    )?;
    part(beyond + u128::from(curve.ideal_stake))
}

/// log2(p / q) in millionths, for `p >= q`: whole doublings, then the series of `2 atanh` of the rest over ln 2, each term cut off
/// until one is nought.
fn log2(p: u32, q: u32) -> Result<u32, RuleError> {
    let (p, mut doubled) = (u128::from(p), u128::from(q));
    let mut log = 0;
    while p >= 2 * doubled {
        doubled *= 2;
        log += u128::from(MILLION);
    }
    let (rest, sum) = (p - doubled, p + doubled);
    // Each term is a ninth of the one before or less.
    for k in 0..LOG_TERMS_MAX {
        let term = log2_term(k, rest, sum)?;
        if term == 0 {
            break;
        }
        log += term;
    }
    part(log)
}

/// The term of the `2k + 1`st power. From the second term on the cube comes first, then squares, each cut off.
fn log2_term(k: u32, rest: u128, sum: u128) -> Result<u128, RuleError> {
    if k == 0 {
        return mul_div(TWO_OVER_LN_2, rest, sum, Rounding::Floor);
    }
    let (rest_2, sum_2) = (rest * rest, sum * sum);
    let mut term = mul_div(TWO_OVER_LN_2, rest_2 * rest, sum_2 * sum, Rounding::Floor)?;
    for _ in 1..k {
        // no published number notices: the last division cuts a unit of this off.
        term = mul_div(term, rest_2, sum_2, Rounding::Floor)?;
    }
    div(term, u128::from(2 * k + 1), Rounding::Floor)
}

fn part(millionths: u128) -> Result<u32, RuleError> {
    u32::try_from(millionths).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_short_by_a_few_millionths_at_most() {
        assert_eq!(log2(1, 1), Ok(0));
        assert_eq!(log2(1_000_000, 250_000), Ok(2_000_000));
        // log2(3) = 1.584962..., log2(1.9) = 0.925999...
        for (p, q, log) in [
            (3, 1, 1_584_962),
            (19, 10, 925_999),
            (1_000_000, 1, 19_931_568),
        ] {
            let got = log2(p, q).unwrap();
            assert!(got <= log && log - got < 6, "{got} {log}");
        }
    }

    #[test]
    fn a_curve_rises_to_the_ideal_and_falls_in_short_pieces() {
        let curve = PiecewiseLinear::new(&CurveParameters::default()).unwrap();
        let points = curve.points();
        assert_eq!(points[0], (0, 25_000_000));
        assert_eq!(points[1], (500_000_000, 100_000_000));
        // Pieces of at most (75,000 + 500,000) / 39 = 14,743 millionths. A first step down to 86,136 is the highest that is near
        // enough: 0.05 × log2(75,000 / 61,136) = 14,743.4 millionths, and 14,744.6 for one millionth more.
        assert!(points.len() <= 41);
        for pair in points[1..points.len() - 1].windows(2) {
            assert!(
                pair[1].0 - pair[0].0 <= 14_743_000 && pair[1].1 < pair[0].1,
                "{pair:?}"
            );
        }
        let (x, y) = points[2];
        assert_eq!((x, y), (514_743_000, 86_136_000));
        assert_eq!(points.last().unwrap().0, 1_000_000_000);
        assert_eq!(curve.maximum(), 100_000_000);
    }

    #[test]
    fn heights_are_read_between_bends() {
        let curve = PiecewiseLinear::new(&CurveParameters::default()).unwrap();
        let yearly = |staked: i64, issuance: i64| {
            curve
                .yearly(&BigInt::from(staked), &BigInt::from(issuance))
                .unwrap()
        };
        // A quarter staked: half-way from 2.5 to 10 %.
        assert_eq!(yearly(25_000, 100_000), BigInt::from(6_250));
        assert_eq!(yearly(50_000, 100_000), BigInt::from(10_000));
        assert_eq!(yearly(0, 100_000), BigInt::from(2_500));
        // One planck of stake more is 0.15 of a planck: cut. A thousand are 150.
        assert_eq!(yearly(1, 100_000), BigInt::from(2_500));
        assert_eq!(yearly(1_006, 100_000), BigInt::from(2_650));
        // More stake than tokens counts as all of them, which is the last bend.
        assert_eq!(yearly(200_000, 100_000), yearly(100_000, 100_000));
        assert_eq!(yearly(0, 0), BigInt::from(0));
    }

    #[test]
    fn parameters_outside_the_generators_ranges_are_refused() {
        let legal = CurveParameters::default();
        let illegal = [
            CurveParameters {
                min_inflation: 0,
                ..legal
            },
            CurveParameters {
                max_inflation: 25_000,
                ..legal
            },
            CurveParameters {
                ideal_stake: 950_000,
                ..legal
            },
            CurveParameters {
                falloff: 9_999,
                ..legal
            },
            CurveParameters {
                max_piece_count: 1,
                ..legal
            },
        ];
        for curve in illegal {
            assert!(PiecewiseLinear::new(&curve).is_err(), "{curve:?}");
        }
        let widest = CurveParameters {
            max_inflation: MILLION,
            falloff: MILLION,
            max_piece_count: 2,
            ..legal
        };
        assert!(PiecewiseLinear::new(&widest).is_ok());
    }
}
