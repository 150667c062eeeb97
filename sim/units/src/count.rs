//! Plain counts ("1_000", "2e6") as quantities without a unit.

use alloc::string::{String, ToString};

use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError, QuantityErrorKind};

const UNITS: Units<'static> = Units {
    expected: "a whole number such as \"1000\"",
    base: "one",
    printed: &[("", 1)],
    aliases: &[],
};

impl Quantity for u64 {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<u64, QuantityError> {
        UNITS.parse_u64(text)
    }

    fn print(self) -> String {
        self.to_string()
    }
}

impl Quantity for u32 {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<u32, QuantityError> {
        u32::try_from(UNITS.parse_u64(text)?)
            .map_err(|_| UNITS.error(text, QuantityErrorKind::Overflow))
    }

    fn print(self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::tests::survives_printing;

    #[test]
    fn counts_read_with_underscores_and_powers_of_ten() {
        assert_eq!(u64::parse("1_000"), Ok(1_000));
        assert_eq!(u32::parse("2e6"), Ok(2_000_000));
        assert!(
            u64::parse("7 apples")
                .unwrap_err()
                .hint()
                .contains("bare number")
        );
    }

    #[test]
    fn counts_survive_printing() {
        [0, 1, u64::MAX].into_iter().for_each(survives_printing);
        [0, 1, u32::MAX].into_iter().for_each(survives_printing);
    }
}
