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
