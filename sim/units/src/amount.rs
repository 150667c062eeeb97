//! Token amounts in base units. How many base units make a token is the protocol's `decimals`, given where it is needed.

use alloc::format;
use alloc::string::String;

use crate::decimal::{Units, exact_decimal};
use crate::quantity::{Quantity, QuantityError};

newtype! {
    /// An amount of the token in its smallest, indivisible units.
    Amount(u128),
    /// An amount of `value` base units.
    new,
    /// The count of base units.
    base_units
}

additive!(Amount);
countable!(Amount(u128));

/// More decimals than any coin has; 10^37 tenfold still fits 128 bits.
const DECIMALS_MAX: u8 = 37;

const UNITS: Units<'static> = Units {
    expected: "an amount such as \"12 base\"",
    base: "base units",
    printed: &[("base", 1)],
    aliases: &[],
};

impl Amount {
    /// The largest amount.
    pub const MAX: Amount = Amount(u128::MAX);

    /// `count` whole tokens. Panics on overflow.
    #[must_use]
    #[track_caller]
    pub const fn from_tokens(count: u64, decimals: u8) -> Amount {
        Amount(
            (count as u128)
                .checked_mul(base_units_per_token(decimals))
                .expect("Amount overflow: a bug"),
        )
    }

    /// Reads "1.5 token" (or "12 base") exactly, for a token of 10^`decimals` base units.
    ///
    /// # Errors
    /// When the text is not a whole number of base units, has another unit, or does not fit. Panics above 37 decimals.
    pub fn parse_tokens(text: &str, decimals: u8) -> Result<Amount, QuantityError> {
        let printed = [("token", base_units_per_token(decimals)), ("base", 1)];
        let units = Units {
            expected: "an amount such as \"1.5 token\"",
            base: "base units",
            printed: &printed,
            aliases: &[],
        };
        units.parse_unsigned(text).map(Amount)
    }

    /// "1.5 token", exactly. Panics above 37 decimals.
    #[must_use]
    pub fn print_tokens(self, decimals: u8) -> String {
        let number = exact_decimal(self.0, base_units_per_token(decimals))
            .expect("a power of ten divides into decimals");
        format!("{number} token")
    }
}

/// Base units in one token: 10^`decimals`. Panics above 37 decimals.
pub(crate) const fn base_units_per_token(decimals: u8) -> u128 {
    assert!(decimals <= DECIMALS_MAX, "a token has at most 37 decimals");
    10u128.pow(decimals as u32)
}

impl Quantity for Amount {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<Amount, QuantityError> {
        UNITS.parse_unsigned(text).map(Amount)
    }

    fn print(self) -> String {
        UNITS.print(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::QuantityErrorKind;
    use crate::quantity::tests::survives_printing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn amounts_survive_printing(units: u128, shift in 0u32..128, decimals in 0u8..=37) {
            let amount = Amount::new(units >> shift);
            survives_printing(amount);
            prop_assert_eq!(Amount::parse_tokens(&amount.print_tokens(decimals), decimals), Ok(amount));
        }
    }

    #[test]
    fn tokens_are_read_by_their_decimals() {
        assert_eq!(
            Amount::parse_tokens("1.5 token", 6),
            Ok(Amount::new(1_500_000))
        );
        assert_eq!(Amount::parse_tokens("12 base", 6), Ok(Amount::new(12)));
        assert_eq!(Amount::from_tokens(3, 18).print_tokens(18), "3 token");
        let too_fine = Amount::parse_tokens("0.1234567 token", 6).unwrap_err();
        assert_eq!(
            too_fine.kind,
            QuantityErrorKind::Lossy { base: "base units" }
        );
        let bare = Amount::parse("1.5 token").unwrap_err();
        assert!(matches!(bare.kind, QuantityErrorKind::UnknownUnit { .. }));
    }

    #[test]
    fn sums_and_differences_are_checked() {
        let (one, two) = (Amount::new(1), Amount::new(2));
        assert_eq!([one, two].into_iter().sum::<Amount>(), Amount::new(3));
        assert_eq!(one.checked_sub(two), None);
        assert_eq!(one.saturating_sub(two), Amount::ZERO);
        assert_eq!(Amount::MAX.checked_add(one), None);
    }

    #[test]
    #[should_panic(expected = "Amount underflow")]
    fn spending_more_than_there_is_panics() {
        let _ = Amount::new(1) - Amount::new(2);
    }
}
