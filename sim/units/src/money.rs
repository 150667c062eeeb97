//! Money outside the protocol: US dollars in integer nano-dollars, and rates of it per day. The token is [`crate::Amount`], not this.

use alloc::string::String;
use core::ops::Neg;

use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError};
use crate::time::Span;
use crate::wide;

newtype! {
    /// A sum of money in 10^-9 USD; negative is a debt or a loss.
    Money(i128),
    /// A sum of `value` · 10^-9 USD.
    from_nano,
    /// Units of 10^-9 USD.
    nano
}

newtype! {
    /// Money per time, in 10^-9 USD per day of 24 h.
    MoneyRate(i128),
    /// A rate of `value` · 10^-9 USD per day.
    from_nano_per_day,
    /// Units of 10^-9 USD per day.
    nano_per_day
}

additive!(Money);
countable!(Money(i128));
additive!(MoneyRate);
countable!(MoneyRate(i128));

pub(crate) const NANO_PER_USD: i128 = 1_000_000_000;

impl Money {
    /// Whole dollars.
    #[must_use]
    pub const fn from_usd(dollars: i64) -> Money {
        Money(dollars as i128 * NANO_PER_USD)
    }
}

impl MoneyRate {
    /// `money` every hour. Panics on overflow.
    #[must_use]
    #[track_caller]
    pub const fn per_hour(money: Money) -> MoneyRate {
        MoneyRate(money.0.checked_mul(24).expect("MoneyRate overflow: a bug"))
    }

    /// `money` every day.
    #[must_use]
    pub const fn per_day(money: Money) -> MoneyRate {
        MoneyRate(money.0)
    }

    /// What accrues over a span, rounded down (towards minus infinity). Panics when it does not fit.
    #[must_use]
    #[track_caller]
    pub fn over(self, span: Span) -> Money {
        Money(signed_mul_div_floor(
            self.0,
            u128::from(span.ns()),
            u128::from(Span::from_days(1).ns()),
        ))
    }
}

impl Neg for Money {
    type Output = Money;
    #[track_caller]
    fn neg(self) -> Money {
        Money(self.0.checked_neg().expect("Money overflow: a bug"))
    }
}

impl Neg for MoneyRate {
    type Output = MoneyRate;
    #[track_caller]
    fn neg(self) -> MoneyRate {
        MoneyRate(self.0.checked_neg().expect("MoneyRate overflow: a bug"))
    }
}

/// `⌊a·b/d⌋` for a signed `a`, rounded towards minus infinity. Panics when the result does not fit.
#[track_caller]
pub(crate) fn signed_mul_div_floor(a: i128, b: u128, d: u128) -> i128 {
    let magnitude = a.unsigned_abs();
    let signed = if a < 0 {
        0i128.checked_sub_unsigned(wide::mul_div_ceil(magnitude, b, d))
    } else {
        i128::try_from(wide::mul_div_floor(magnitude, b, d)).ok()
    };
    signed.expect("Money overflow: a bug")
}

const MONEY_UNITS: Units<'static> = Units {
    expected: "a sum of money such as \"1.25 USD\"",
    base: "10^-9 USD",
    printed: &[("USD", NANO_PER_USD as u128)],
    aliases: &[],
};

const RATE_UNITS: Units<'static> = Units {
    expected: "a money rate such as \"0.31 USD/h\"",
    base: "10^-9 USD/d",
    printed: &[
        ("USD/h", 24 * NANO_PER_USD as u128),
        ("USD/d", NANO_PER_USD as u128),
    ],
    aliases: &[],
};

impl Quantity for Money {
    const UNIT: &'static str = MONEY_UNITS.expected;

    fn parse(text: &str) -> Result<Money, QuantityError> {
        MONEY_UNITS.parse_i128(text).map(Money)
    }

    fn print(self) -> String {
        MONEY_UNITS.print_i128(self.0)
    }
}

impl Quantity for MoneyRate {
    const UNIT: &'static str = RATE_UNITS.expected;

    fn parse(text: &str) -> Result<MoneyRate, QuantityError> {
        RATE_UNITS.parse_i128(text).map(MoneyRate)
    }

    fn print(self) -> String {
        RATE_UNITS.print_i128(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::tests::survives_printing;
    use alloc::string::ToString;
    use proptest::prelude::*;

    /// An hourly rate of as many digits could not be read again.
    #[test]
    fn a_rate_whose_hourly_form_has_forty_digits_survives_printing() {
        let nano = -159_582_867_263_156_079_082_680_515_569_160_387_214;
        survives_printing(MoneyRate::from_nano_per_day(nano));
    }

    proptest! {
        #[test]
        fn money_survives_printing(nano: i128, shift in 0u32..128) {
            survives_printing(Money::from_nano(nano >> shift));
            survives_printing(MoneyRate::from_nano_per_day(nano >> shift));
        }

        #[test]
        fn parts_of_a_span_never_pay_more_than_the_whole(nano in -1i128 << 60..1 << 60, left in 0u64..1 << 50, right in 0u64..1 << 50) {
            let rate = MoneyRate::from_nano_per_day(nano);
            let (left, right) = (Span::from_ns(left), Span::from_ns(right));
            let difference = rate.over(left + right) - (rate.over(left) + rate.over(right));
            prop_assert!((0..=1).contains(&difference.nano()));
        }
    }

    #[test]
    fn the_ends_of_the_range_survive_printing() {
        [i128::MIN, i128::MAX]
            .map(Money::from_nano)
            .into_iter()
            .for_each(survives_printing);
    }

    #[test]
    fn an_hourly_rate_is_a_daily_one_times_24() {
        let rate = MoneyRate::parse("0.31 USD/h").unwrap();
        assert_eq!(rate, MoneyRate::parse("7.44 USD/d").unwrap());
        assert_eq!(rate, MoneyRate::per_hour(Money::parse("0.31 USD").unwrap()));
        assert_eq!(rate.to_string(), "7.44 USD/d");
        assert_eq!(rate.over(Span::from_days(10)).to_string(), "74.4 USD");
        assert_eq!(
            MoneyRate::per_day(Money::from_usd(1))
                .over(Span::from_hours(8))
                .nano(),
            333_333_333
        );
    }

    #[test]
    fn negative_money_rounds_down_too() {
        let rate = MoneyRate::per_day(Money::from_nano(-1));
        assert_eq!(rate.over(Span::from_ns(1)), Money::from_nano(-1));
        assert_eq!(-Money::from_usd(2), Money::parse("-2 USD").unwrap());
    }
}
