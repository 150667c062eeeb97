//! Values between two others: what a sweep's range gives at a fraction of its way. It knows no design and draws nothing.
//!
//! Values are counts of a type's base units, so the arithmetic of linear ranges is exact.

use std::cmp::Ordering;

use units::{
    Amount, BitRate, EnergyPrice, Money, MoneyRate, Power, Quantity, QuantityError, Ratio, Span,
    TokenPrice, wide,
};

use super::{Access, Draft, Parameter, Refused};

/// How far along a range a value lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fraction {
    /// Step `at` of `of` equal ones: 0 is the low end, `of` the high end.
    Step {
        /// Steps taken, at most `of`.
        at: u32,
        /// Steps of the whole way, above zero.
        of: u32,
    },
    /// A sample in [0, 1), under which all whole counts of base units, both ends included, are equally likely (on a
    /// logarithmic scale: the small ones more, by their share of the scale).
    Sample(f64),
}

/// Why a range gives no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeRefused {
    /// The parameter is a choice, a file or a name.
    NotNumeric,
    /// The low end is no legal value.
    Low(Refused),
    /// The high end is no legal value.
    High(Refused),
    /// The low end is not below the high end.
    NotRising,
    /// A logarithmic scale from zero or below.
    LogOfZero,
}

impl Parameter {
    /// Canonical text of the value at a fraction of the range from `low` to `high`, rounded down to whole base units (a
    /// logarithmic step: to twelve digits). The draft's coin decimals count.
    pub fn between(
        &self,
        draft: &mut Draft,
        low: &str,
        high: &str,
        fraction: Fraction,
        is_log: bool,
    ) -> Result<String, RangeRefused> {
        if self.base_units(low, 0).is_none() {
            return Err(RangeRefused::NotNumeric);
        }
        self.set(draft, low).map_err(RangeRefused::Low)?;
        self.set(draft, high).map_err(RangeRefused::High)?;
        let decimals = draft.config.protocol.supply.decimals;
        let count =
            |text, refused: fn(Refused) -> RangeRefused| match self.base_units(text, decimals) {
                Some(Ok(count)) => Ok(count),
                Some(Err(error)) => Err(refused(Refused::Quantity(error))),
                None => Err(RangeRefused::NotNumeric),
            };
        let (low, high) = (
            count(low, RangeRefused::Low)?,
            count(high, RangeRefused::High)?,
        );
        if low >= high {
            return Err(RangeRefused::NotRising);
        }
        let value = match is_log {
            false => linear(low, high, fraction),
            true if low > 0 => logarithmic(low, high, fraction),
            true => return Err(RangeRefused::LogOfZero),
        };
        let text = self.spelled(value, decimals);
        self.set(draft, &text).map_err(RangeRefused::High)
    }

    /// Canonical text of a value times `over / under`, rounded down to whole base units and held inside the legal range;
    /// nothing where the parameter is no number or the text no value of it. The draft's coin decimals count.
    #[must_use]
    pub fn times(&self, draft: &mut Draft, text: &str, over: u32, under: u32) -> Option<String> {
        let decimals = draft.config.protocol.supply.decimals;
        let count = |text: &str| self.base_units(text, decimals)?.ok();
        let scaled = count(text)?.saturating_mul(over.into()) / i128::from(under.max(1));
        let ends = self
            .range_ends()
            .map(|(least, most)| (count(least), count(most)));
        let held = match ends {
            Some((Some(least), Some(most))) => scaled.clamp(least, most),
            _ => scaled,
        };
        self.set(draft, &self.spelled(held, decimals)).ok()
    }

    /// How two values of a number compare; nothing where the parameter is no number or a text no value of it.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str, decimals: u8) -> Option<Ordering> {
        let count = |text: &str| self.base_units(text, decimals)?.ok();
        Some(count(a)?.cmp(&count(b)?))
    }

    /// The count of base units that a text stands for; nothing for what is no number.
    fn base_units(&self, text: &str, decimals: u8) -> Option<Result<i128, QuantityError>> {
        Some(match self.access {
            Access::Ratio(_) | Access::Factor(_) => Ratio::parse(text).map(|x| x.parts().into()),
            Access::Span(_) => Span::parse(text).map(|x| x.ns().into()),
            Access::Amount(_) => Amount::parse_tokens(text, decimals).map(saturating),
            Access::Money(_) => Money::parse(text).map(Money::nano),
            Access::PerHour(_) | Access::PerDay(_) => {
                MoneyRate::parse(text).map(MoneyRate::nano_per_day)
            }
            Access::EnergyPrice(_) => EnergyPrice::parse(text).map(|x| x.nano_per_kwh().into()),
            Access::TokenPrice(_) => TokenPrice::parse(text).map(|x| x.nano_per_token().into()),
            Access::BitRate(_) => BitRate::parse(text).map(|x| x.bit_per_s().into()),
            Access::Power(_) => Power::parse(text).map(|x| x.mw().into()),
            Access::U8(_) | Access::U32(_) => u32::parse(text).map(i128::from),
            Access::U64(_) => u64::parse(text).map(i128::from),
            Access::Choice(..) | Access::File(_) | Access::Name(_) => return None,
        })
    }

    /// An exact spelling of a count of base units that lies between two that were parsed.
    fn spelled(&self, count: i128, decimals: u8) -> String {
        let small = u64::try_from(count).unwrap_or_default();
        match self.access {
            Access::Ratio(_) | Access::Factor(_) => Ratio::from_parts(small).print(),
            Access::Span(_) => Span::from_ns(small).print(),
            Access::Amount(_) => Amount::new(count.unsigned_abs()).print_tokens(decimals),
            Access::Money(_) => Money::from_nano(count).print(),
            Access::PerHour(_) | Access::PerDay(_) => MoneyRate::from_nano_per_day(count).print(),
            Access::EnergyPrice(_) => {
                EnergyPrice::from_nano_per_kwh(i64::try_from(count).unwrap_or_default()).print()
            }
            Access::TokenPrice(_) => TokenPrice::from_nano_per_token(small).print(),
            Access::BitRate(_) => BitRate::new(small).print(),
            Access::Power(_) => Power::from_mw(small).print(),
            _ => count.to_string(),
        }
    }
}

/// No scenario holds an amount above 2^63 base units.
fn saturating(amount: Amount) -> i128 {
    i128::try_from(amount.base_units()).unwrap_or(i128::MAX)
}

fn linear(low: i128, high: i128, fraction: Fraction) -> i128 {
    let width = high.abs_diff(low);
    let way = match fraction {
        Fraction::Step { at, of } => {
            wide::mul_div_floor(width, at.min(of).into(), of.max(1).into())
        }
        Fraction::Sample(unit) => {
            let one = 1_u128 << 53;
            let parts = (unit * one as f64) as u128;
            wide::mul_div_floor(width.saturating_add(1), parts.min(one - 1), one)
        }
    };
    low.saturating_add_unsigned(way.min(width))
}

fn logarithmic(low: i128, high: i128, fraction: Fraction) -> i128 {
    let (from, to) = (low as f64, high as f64);
    let at = |from: f64, to: f64, way: f64| from * libm::exp(way * libm::log(to / from));
    let value = match fraction {
        Fraction::Step { at: 0, .. } => return low,
        Fraction::Step { at, of } if at >= of => return high,
        Fraction::Step { at: step, of } => {
            // Floats know about fifteen digits: twelve keep 1 %, 2 %, 4 % free of a stray last one.
            let value = libm::round(at(from, to, f64::from(step) / f64::from(of))) as i128;
            let digits = value.checked_ilog10().unwrap_or(0);
            let quantum = 10_i128.pow(digits.saturating_sub(11));
            (value + quantum / 2) / quantum * quantum
        }
        Fraction::Sample(unit) => at(from, to + 1.0, unit) as i128,
    };
    value.clamp(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{all, find};

    fn between(
        path: &str,
        ends: (&str, &str),
        fraction: Fraction,
        is_log: bool,
    ) -> Result<String, RangeRefused> {
        let mut draft = Draft::blank();
        draft.config.protocol.supply.decimals = 9;
        find(path)
            .unwrap()
            .between(&mut draft, ends.0, ends.1, fraction, is_log)
    }

    fn steps(path: &str, ends: (&str, &str), of: u32, is_log: bool) -> Vec<String> {
        (0..=of)
            .map(|at| between(path, ends, Fraction::Step { at, of }, is_log).unwrap())
            .collect()
    }

    #[test]
    fn linear_steps_are_exact_in_every_spelling() {
        assert_eq!(
            steps("protocol.price.gain", ("1 %", "4 %"), 3, false),
            ["1 %", "2 %", "3 %", "4 %"]
        );
        assert_eq!(
            steps("protocol.price.floor", ("0.1", "0.4"), 3, false),
            ["0.1", "0.2", "0.3", "0.4"]
        );
        assert_eq!(
            steps("horizon", ("10 d", "20 d"), 2, false),
            ["10 d", "15 d", "20 d"]
        );
        assert_eq!(
            steps("protocol.bond.cover_min", ("1", "2"), 3, false),
            ["1", "1", "1", "2"]
        );
        let amounts = (
            "1000000000000.000000001 token",
            "1000000000000.000000003 token",
        );
        assert_eq!(
            steps("protocol.emission.per_epoch", amounts, 2, false)[1],
            "1000000000000.000000002 token"
        );
    }

    #[test]
    fn a_multiple_is_exact_and_stays_inside_the_range() {
        let times = |path, text, over, under| {
            let mut draft = Draft::blank();
            draft.config.protocol.supply.decimals = 9;
            find(path).unwrap().times(&mut draft, text, over, under)
        };
        assert_eq!(times("horizon", "60 d", 2, 1).as_deref(), Some("120 d"));
        assert_eq!(
            times("protocol.price.gain", "2 %", 1, 2).as_deref(),
            Some("1 %")
        );
        assert_eq!(
            times("behaviour.lazy", "60 %", 2, 1).as_deref(),
            Some("100 %")
        );
        assert_eq!(times("fleet.node_gpus", "1", 1, 2).as_deref(), Some("1"));
        let emission = times("protocol.emission.per_epoch", "3 token", 1, 2);
        assert_eq!(emission.as_deref(), Some("1.5 token"));
        assert_eq!(times("scheduler.policy", "backfill", 2, 1), None);
    }

    #[test]
    fn logarithmic_steps_have_equal_quotients() {
        assert_eq!(
            steps("protocol.price.gain", ("1 %", "8 %"), 3, true),
            ["1 %", "2 %", "4 %", "8 %"]
        );
        assert_eq!(
            steps("horizon", ("1 d", "1000 d"), 3, true),
            ["1 d", "10 d", "100 d", "1000 d"]
        );
    }

    #[test]
    fn samples_of_a_count_reach_both_ends_equally_often() {
        let mut seen = [0; 3];
        for at in 0..300 {
            let sample = Fraction::Sample((f64::from(at) + 0.5) / 300.0);
            let text = between("protocol.bond.cover_min", ("5", "7"), sample, false).unwrap();
            seen[text.parse::<usize>().unwrap() - 5] += 1;
        }
        assert_eq!(seen, [100; 3]);
    }

    #[test]
    fn every_number_of_the_registry_stays_inside_its_range_and_ends_at_its_ends() {
        let mut draft = Draft::blank();
        draft.config.protocol.supply.decimals = 9;
        let mut tried = 0;
        for parameter in all() {
            let Some((low, high)) = parameter.range_ends() else {
                continue;
            };
            for fraction in [
                Fraction::Step { at: 1, of: 3 },
                Fraction::Sample(0.0),
                Fraction::Sample(1.0),
            ] {
                let text = parameter.between(&mut draft, low, high, fraction, false);
                assert!(text.is_ok(), "{}: {text:?}", parameter.path);
            }
            let end = |at| Fraction::Step { at, of: 1 };
            let mut at = |at| parameter.between(&mut draft, low, high, end(at), false);
            let ends = (at(0), at(1));
            let canonical = |text| Ok(parameter.set(&mut Draft::blank(), text).unwrap());
            assert_eq!(
                ends,
                (canonical(low), canonical(high)),
                "{}",
                parameter.path
            );
            tried += 1;
        }
        assert!(tried > 100, "{tried}");
    }

    #[test]
    fn what_is_no_range_is_told_apart() {
        let half = Fraction::Sample(0.5);
        let refused = |path, low, high, is_log| between(path, (low, high), half, is_log).err();
        assert_eq!(
            refused("scheduler.policy", "a", "b", false),
            Some(RangeRefused::NotNumeric)
        );
        assert_eq!(
            refused("behaviour.lazy", "2 %", "1 %", false),
            Some(RangeRefused::NotRising)
        );
        assert_eq!(
            refused("behaviour.lazy", "0 %", "1 %", true),
            Some(RangeRefused::LogOfZero)
        );
        assert_eq!(
            refused("behaviour.lazy", "1 %", "101 %", false),
            Some(RangeRefused::High(Refused::OutOfRange))
        );
        assert!(matches!(
            refused("behaviour.lazy", "1 d", "2 %", false),
            Some(RangeRefused::Low(Refused::Quantity(_)))
        ));
    }
}
