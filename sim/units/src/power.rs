//! Electric power in milliwatts and energy in millijoules.

use alloc::string::String;

use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError};
use crate::time::Span;

newtype! {
    /// Power in milliwatts.
    Power(u64),
    /// A power of `value` milliwatts.
    from_mw,
    /// Milliwatts.
    mw
}

newtype! {
    /// Energy in millijoules.
    Energy(u128),
    /// An energy of `value` millijoules.
    from_mj,
    /// Millijoules.
    mj
}

additive!(Power);
countable!(Power(u64));
additive!(Energy);
countable!(Energy(u128));

impl Power {
    /// Whole watts. Panics on overflow.
    #[must_use]
    #[track_caller]
    pub const fn from_watts(watts: u64) -> Power {
        Power(watts.checked_mul(1_000).expect("Power overflow: a bug"))
    }

    /// The energy drawn over a span, rounded down to the millijoule.
    #[must_use]
    pub fn over(self, span: Span) -> Energy {
        Energy(u128::from(self.0) * u128::from(span.ns()) / 1_000_000_000)
    }
}

impl Energy {
    /// One kilowatt-hour.
    pub const KWH: Energy = Energy(3_600_000_000);
}

const POWER_UNITS: Units<'static> = Units {
    expected: "a power such as \"700 W\"",
    base: "mW",
    printed: &[
        ("MW", 1_000_000_000),
        ("kW", 1_000_000),
        ("W", 1_000),
        ("mW", 1),
    ],
    aliases: &[],
};

const ENERGY_UNITS: Units<'static> = Units {
    expected: "an energy such as \"5 kWh\"",
    base: "mJ",
    printed: &[
        ("kWh", Energy::KWH.0),
        ("Wh", Energy::KWH.0 / 1_000),
        ("kJ", 1_000_000),
        ("J", 1_000),
        ("mJ", 1),
    ],
    aliases: &[("MWh", Energy::KWH.0 * 1_000), ("MJ", 1_000_000_000)],
};

impl Quantity for Power {
    const UNIT: &'static str = POWER_UNITS.expected;

    fn parse(text: &str) -> Result<Power, QuantityError> {
        POWER_UNITS.parse_u64(text).map(Power)
    }

    fn print(self) -> String {
        POWER_UNITS.print(u128::from(self.0))
    }
}

impl Quantity for Energy {
    const UNIT: &'static str = ENERGY_UNITS.expected;

    fn parse(text: &str) -> Result<Energy, QuantityError> {
        ENERGY_UNITS.parse_unsigned(text).map(Energy)
    }

    fn print(self) -> String {
        ENERGY_UNITS.print(self.0)
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
        fn power_and_energy_survive_printing(power: u64, energy: u128, shift in 0u32..128) {
            survives_printing(Power::from_mw(power >> (shift / 2)));
            survives_printing(Energy::from_mj(energy >> shift));
        }
    }

    #[test]
    fn a_kilowatt_for_an_hour_is_a_kilowatt_hour() {
        assert_eq!(
            Power::parse("1 kW").unwrap().over(Span::from_hours(1)),
            Energy::KWH
        );
        assert_eq!(Energy::parse("1 kWh"), Energy::parse("3600 kJ"));
        assert_eq!(Power::from_watts(700).to_string(), "700 W");
        assert_eq!(
            Power::from_mw(1).over(Span::from_ns(999_999_999)),
            Energy::ZERO
        );
    }
}
