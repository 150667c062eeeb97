//! The price of the token in dollars: the only door between [`Amount`] and [`Money`].

use alloc::string::String;

use crate::amount::{Amount, base_units_per_token};
use crate::decimal::Units;
use crate::money::{Money, NANO_PER_USD};
use crate::quantity::{Quantity, QuantityError};
use crate::wide;

newtype! {
    /// A price in 10^-9 USD per whole token.
    TokenPrice(u64),
    /// A price of `value` · 10^-9 USD per token.
    from_nano_per_token,
    /// Units of 10^-9 USD per token.
    nano_per_token
}

impl TokenPrice {
    /// What an amount is worth, rounded down. Panics when it does not fit.
    #[must_use]
    #[track_caller]
    pub fn of(self, amount: Amount, decimals: u8) -> Money {
        let nano = wide::mul_div_floor(
            amount.base_units(),
            u128::from(self.0),
            base_units_per_token(decimals),
        );
        Money::from_nano(i128::try_from(nano).expect("Money overflow: a bug"))
    }

    /// The amount that a sum of money buys, rounded down; `None` when the sum is negative, the price zero, or the amount does not fit.
    #[must_use]
    pub fn buys(self, money: Money, decimals: u8) -> Option<Amount> {
        let nano = u128::try_from(money.nano()).ok()?;
        if self.0 == 0 {
            return None;
        }
        let (amount, _) =
            wide::mul_div_rem(nano, base_units_per_token(decimals), u128::from(self.0))?;
        Some(Amount::new(amount))
    }
}

const UNITS: Units<'static> = Units {
    expected: "a token price such as \"0.25 USD/token\"",
    base: "10^-9 USD/token",
    printed: &[("USD/token", NANO_PER_USD as u128)],
    aliases: &[],
};

impl Quantity for TokenPrice {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<TokenPrice, QuantityError> {
        UNITS.parse_u64(text).map(TokenPrice)
    }

    fn print(self) -> String {
        UNITS.print(u128::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::tests::survives_printing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn token_prices_survive_printing(nano: u64, shift in 0u32..64) {
            survives_printing(TokenPrice::from_nano_per_token(nano >> shift));
        }

        #[test]
        fn buying_and_selling_never_gains(price in 1u64.., nano in 0i128..1 << 90, decimals in 0u8..=18) {
            let (price, money) = (TokenPrice::from_nano_per_token(price), Money::from_nano(nano));
            if let Some(amount) = price.buys(money, decimals) {
                prop_assert!(price.of(amount, decimals) <= money);
            }
        }
    }

    #[test]
    fn a_price_is_per_whole_token() {
        let price = TokenPrice::parse("0.25 USD/token").unwrap();
        assert_eq!(price.of(Amount::from_tokens(8, 18), 18), Money::from_usd(2));
        assert_eq!(
            price.buys(Money::from_usd(2), 6),
            Some(Amount::from_tokens(8, 6))
        );
        assert_eq!(TokenPrice::ZERO.buys(Money::from_usd(2), 6), None);
        assert_eq!(price.buys(Money::from_usd(-2), 6), None);
    }
}
