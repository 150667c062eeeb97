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
