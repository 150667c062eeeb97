//! Data sizes in bytes and line rates in bits per second.

use alloc::string::String;

use crate::compute::time_at;
use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError};
use crate::time::Span;

newtype! {
    /// A size in bytes.
    Bytes(u64),
    /// A size of `value` bytes.
    new,
    /// The count of bytes.
    bytes
}

newtype! {
    /// A data rate in bits per second.
    BitRate(u64),
    /// A rate of `value` bits per second.
    new,
    /// Bits per second.
    bit_per_s
}

additive!(Bytes);
countable!(Bytes(u64));
additive!(BitRate);
countable!(BitRate(u64));

impl Bytes {
    /// The time the bytes take on a line of this rate, rounded up to the nanosecond; `None` at rate zero or past representable time.
    #[must_use]
    pub fn time_at(self, rate: BitRate) -> Option<Span> {
        time_at(u128::from(self.0) * 8, rate.0)
    }
}

const BYTE_UNITS: Units<'static> = Units {
    expected: "a data size such as \"80 GB\"",
    base: "bytes",
    printed: &[
        ("PB", 10u128.pow(15)),
        ("TB", 10u128.pow(12)),
        ("GB", 10u128.pow(9)),
        ("MB", 10u128.pow(6)),
        ("kB", 10u128.pow(3)),
        ("B", 1),
        ("TiB", 1 << 40),
        ("GiB", 1 << 30),
        ("MiB", 1 << 20),
        ("KiB", 1 << 10),
    ],
    aliases: &[],
};

const RATE_UNITS: Units<'static> = Units {
    expected: "a data rate such as \"400 Gbit/s\"",
    base: "bit/s",
    printed: &[
        ("Tbit/s", 10u128.pow(12)),
        ("Gbit/s", 10u128.pow(9)),
        ("Mbit/s", 10u128.pow(6)),
        ("kbit/s", 10u128.pow(3)),
        ("bit/s", 1),
    ],
    aliases: &[
        ("TB/s", 8 * 10u128.pow(12)),
        ("GB/s", 8 * 10u128.pow(9)),
        ("MB/s", 8 * 10u128.pow(6)),
        ("kB/s", 8 * 10u128.pow(3)),
        ("B/s", 8),
    ],
};

impl Quantity for Bytes {
    const UNIT: &'static str = BYTE_UNITS.expected;

    fn parse(text: &str) -> Result<Bytes, QuantityError> {
        BYTE_UNITS.parse_u64(text).map(Bytes)
    }

    fn print(self) -> String {
        BYTE_UNITS.print(u128::from(self.0))
    }
}

impl Quantity for BitRate {
    const UNIT: &'static str = RATE_UNITS.expected;

    fn parse(text: &str) -> Result<BitRate, QuantityError> {
        RATE_UNITS.parse_u64(text).map(BitRate)
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
        fn data_survive_printing(value: u64, shift in 0u32..64) {
            survives_printing(Bytes::new(value >> shift));
            survives_printing(BitRate::new(value >> shift));
        }
    }

    #[test]
    fn bytes_and_bits_are_kept_apart() {
        assert_eq!(BitRate::parse("50 GB/s"), BitRate::parse("400 Gbit/s"));
        assert_eq!(
            BitRate::parse("400 Gbit/s").unwrap().to_string(),
            "400 Gbit/s"
        );
        assert!(BitRate::parse("400 Gb/s").is_err());
        assert_eq!(Bytes::parse("80 GiB").unwrap().bytes(), 80 << 30);
        assert_eq!(Bytes::new(80 << 30).to_string(), "80 GiB");
        assert_eq!(Bytes::new(80_000_000_000).to_string(), "80 GB");
    }

    #[test]
    fn a_transfer_takes_size_over_rate() {
        let rate = BitRate::parse("1 Gbit/s").unwrap();
        assert_eq!(
            Bytes::parse("1 GB").unwrap().time_at(rate),
            Some(Span::from_secs(8))
        );
        assert_eq!(
            Bytes::new(1).time_at(BitRate::new(3)),
            Some(Span::from_ns(2_666_666_667))
        );
        assert_eq!(Bytes::new(1).time_at(BitRate::ZERO), None);
    }
}
