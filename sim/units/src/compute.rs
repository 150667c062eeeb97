//! Computation: floating-point operations and rates of them, as integers.

use alloc::string::String;

use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError};
use crate::time::Span;
use crate::wide;

newtype! {
    /// A count of floating-point operations.
    Flop(u128),
    /// A count of `value` operations.
    new,
    /// The count of operations.
    flop
}

newtype! {
    /// Floating-point operations per second (up to 18 EFLOP/s).
    FlopRate(u64),
    /// A rate of `value` operations per second.
    new,
    /// Operations per second.
    flop_per_s
}

additive!(Flop);
countable!(Flop(u128));
additive!(FlopRate);
countable!(FlopRate(u64));

const NS_PER_S: u128 = 1_000_000_000;

impl Flop {
    /// The time the work takes at a rate, rounded up to the nanosecond; `None` at rate zero or past representable time.
    #[must_use]
    pub fn time_at(self, rate: FlopRate) -> Option<Span> {
        time_at(self.0, rate.0)
    }
}

impl FlopRate {
    /// The work done over a span, rounded down.
    #[must_use]
    pub fn over(self, span: Span) -> Flop {
        Flop(u128::from(self.0) * u128::from(span.ns()) / NS_PER_S)
    }
}

/// `count / per_s` in nanoseconds, rounded up.
pub(crate) fn time_at(count: u128, per_s: u64) -> Option<Span> {
    if per_s == 0 {
        return None;
    }
    let (whole, rest) = wide::mul_div_rem(count, NS_PER_S, u128::from(per_s))?;
    u64::try_from(whole)
        .ok()?
        .checked_add(u64::from(rest != 0))
        .map(Span::from_ns)
}

const FLOP_UNITS: Units<'static> = Units {
    expected: "an amount of computation such as \"3.5 EFLOP\"",
    base: "FLOP",
    printed: &[
        ("EFLOP", 10u128.pow(18)),
        ("PFLOP", 10u128.pow(15)),
        ("TFLOP", 10u128.pow(12)),
        ("GFLOP", 10u128.pow(9)),
        ("MFLOP", 10u128.pow(6)),
        ("kFLOP", 10u128.pow(3)),
        ("FLOP", 1),
    ],
    aliases: &[],
};

const RATE_UNITS: Units<'static> = Units {
    expected: "a compute rate such as \"989 TFLOP/s\"",
    base: "FLOP/s",
    printed: &[
        ("EFLOP/s", 10u128.pow(18)),
        ("PFLOP/s", 10u128.pow(15)),
        ("TFLOP/s", 10u128.pow(12)),
        ("GFLOP/s", 10u128.pow(9)),
        ("MFLOP/s", 10u128.pow(6)),
        ("kFLOP/s", 10u128.pow(3)),
        ("FLOP/s", 1),
    ],
    aliases: &[],
};

impl Quantity for Flop {
    const UNIT: &'static str = FLOP_UNITS.expected;

    fn parse(text: &str) -> Result<Flop, QuantityError> {
        FLOP_UNITS.parse_unsigned(text).map(Flop)
    }

    fn print(self) -> String {
        FLOP_UNITS.print(self.0)
    }
}

impl Quantity for FlopRate {
    const UNIT: &'static str = RATE_UNITS.expected;

    fn parse(text: &str) -> Result<FlopRate, QuantityError> {
        RATE_UNITS.parse_u64(text).map(FlopRate)
    }

    fn print(self) -> String {
        RATE_UNITS.print(u128::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::tests::survives_printing;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn computation_survives_printing(count: u128, shift in 0u32..128, rate: u64) {
            survives_printing(Flop::new(count >> shift));
            survives_printing(FlopRate::new(rate >> (shift / 2)));
        }

        #[test]
        fn the_time_of_some_work_is_enough_for_it(count in 0u128..1 << 90, rate in 1u64..) {
            let (work, rate) = (Flop::new(count), FlopRate::new(rate));
            if let Some(span) = work.time_at(rate) {
                prop_assert!(rate.over(span) >= work);
                prop_assert!(span.is_zero() || rate.over(span - Span::from_ns(1)) < work);
            }
        }
    }

    #[test]
    fn prefixes_are_powers_of_a_thousand() {
        assert_eq!(
            FlopRate::parse("989.5 TFLOP/s").unwrap().flop_per_s(),
            989_500_000_000_000
        );
        assert_eq!(Flop::parse("5EFLOP").unwrap().flop(), 5 * 10u128.pow(18));
        assert_eq!(
            Flop::parse("3.8e25 FLOP").unwrap().flop(),
            38 * 10u128.pow(24)
        );
        assert_eq!(
            FlopRate::new(312_000_000_000_000).to_string(),
            "312 TFLOP/s"
        );
        assert_eq!(Flop::new(1).time_at(FlopRate::ZERO), None);
    }
}
