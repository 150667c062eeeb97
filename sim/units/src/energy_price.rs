//! The price of electric energy.

use alloc::string::String;

use crate::decimal::Units;
use crate::money::{Money, NANO_PER_USD, signed_mul_div_floor};
use crate::power::Energy;
use crate::quantity::{Quantity, QuantityError, QuantityErrorKind};

newtype! {
    /// A price in 10^-9 USD per kWh. Wholesale prices can be negative.
    EnergyPrice(i64),
    /// A price of `value` · 10^-9 USD per kWh.
    from_nano_per_kwh,
    /// Units of 10^-9 USD per kWh.
    nano_per_kwh
}

impl EnergyPrice {
    /// What the energy costs, rounded down (towards minus infinity). Panics when it does not fit.
    #[must_use]
    #[track_caller]
    pub fn of(self, energy: Energy) -> Money {
        Money::from_nano(signed_mul_div_floor(
            i128::from(self.0),
            energy.mj(),
            Energy::KWH.mj(),
        ))
    }
}

const UNITS: Units<'static> = Units {
    expected: "an energy price such as \"0.09 USD/kWh\"",
    base: "10^-9 USD/kWh",
    printed: &[("USD/kWh", NANO_PER_USD as u128)],
    aliases: &[("USD/MWh", NANO_PER_USD as u128 / 1_000)],
};

impl Quantity for EnergyPrice {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<EnergyPrice, QuantityError> {
        let nano = i64::try_from(UNITS.parse_i128(text)?)
            .map_err(|_| UNITS.error(text, QuantityErrorKind::Overflow))?;
        Ok(EnergyPrice(nano))
    }

    fn print(self) -> String {
        UNITS.print_i128(i128::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::tests::survives_printing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn energy_prices_survive_printing(nano: i64, shift in 0u32..64) {
            survives_printing(EnergyPrice::from_nano_per_kwh(nano >> shift));
        }
    }

    #[test]
    fn a_kilowatt_hour_costs_its_price() {
        let price = EnergyPrice::parse("0.09 USD/kWh").unwrap();
        assert_eq!(price.of(Energy::KWH), Money::parse("0.09 USD").unwrap());
        assert_eq!(price, EnergyPrice::parse("90 USD/MWh").unwrap());
        // One millijoule is 25 · 10^-12 USD: nothing when bought, and a whole 10^-9 when the grid pays us, as both round down.
        assert_eq!(price.of(Energy::from_mj(1)), Money::ZERO);
        assert_eq!(
            EnergyPrice::from_nano_per_kwh(-1).of(Energy::from_mj(1)),
            Money::from_nano(-1)
        );
    }
}
