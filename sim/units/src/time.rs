//! Simulated time: instants and spans, in integer nanoseconds. No calendar and no wall clock.

use alloc::string::String;
use core::ops::{Add, AddAssign, Div, Sub};

use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError};

newtype! {
    /// An instant: nanoseconds since the start of the run (584 years fit).
    SimTime(u64),
    /// The instant `value` nanoseconds after the start.
    from_ns,
    /// Nanoseconds since the start.
    ns
}

newtype! {
    /// A length of time in nanoseconds.
    Span(u64),
    /// A span of `value` nanoseconds.
    from_ns,
    /// Nanoseconds.
    ns
}

additive!(Span);
countable!(Span(u64));

const NS_PER_S: u64 = 1_000_000_000;
const NS_PER_H: u64 = 3_600 * NS_PER_S;
const NS_PER_D: u64 = 24 * NS_PER_H;

impl SimTime {
    /// The span since `earlier`, or zero when `earlier` is later.
    #[must_use]
    pub const fn saturating_sub(self, earlier: SimTime) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// The instant a span later, or `None` past the end of representable time.
    #[must_use]
    pub const fn checked_add(self, span: Span) -> Option<SimTime> {
        match self.0.checked_add(span.0) {
            Some(ns) => Some(SimTime(ns)),
            None => None,
        }
    }
}

impl Add<Span> for SimTime {
    type Output = SimTime;
    #[track_caller]
    fn add(self, span: Span) -> SimTime {
        self.checked_add(span).expect("SimTime overflow: a bug")
    }
}

impl AddAssign<Span> for SimTime {
    #[track_caller]
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub for SimTime {
    type Output = Span;
    #[track_caller]
    fn sub(self, earlier: SimTime) -> Span {
        Span(
            self.0
                .checked_sub(earlier.0)
                .expect("SimTime underflow: a bug"),
        )
    }
}

impl Sub<Span> for SimTime {
    type Output = SimTime;
    #[track_caller]
    fn sub(self, span: Span) -> SimTime {
        SimTime(
            self.0
                .checked_sub(span.0)
                .expect("SimTime underflow: a bug"),
        )
    }
}

impl Span {
    /// The longest span.
    pub const MAX: Span = Span(u64::MAX);

    /// A span of whole seconds.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Span {
        Span(seconds.checked_mul(NS_PER_S).expect("Span overflow: a bug"))
    }

    /// A span of whole hours.
    #[must_use]
    pub const fn from_hours(hours: u64) -> Span {
        Span(hours.checked_mul(NS_PER_H).expect("Span overflow: a bug"))
    }

    /// A span of whole days of 24 h.
    #[must_use]
    pub const fn from_days(days: u64) -> Span {
        Span(days.checked_mul(NS_PER_D).expect("Span overflow: a bug"))
    }

    /// Whole seconds, the rest dropped.
    #[must_use]
    pub const fn as_secs_floor(self) -> u64 {
        self.0 / NS_PER_S
    }
}

impl Div<u64> for Span {
    type Output = Span;
    /// The `parts`-th part, rounded down. Panics on zero parts.
    #[track_caller]
    fn div(self, parts: u64) -> Span {
        Span(self.0 / parts)
    }
}

/// Weeks and years are read but not printed: "84 d" says more than "12 w".
const UNITS: Units<'static> = Units {
    expected: "a duration such as \"30 d\"",
    base: "nanoseconds",
    printed: &[
        ("d", NS_PER_D as u128),
        ("h", NS_PER_H as u128),
        ("min", 60 * NS_PER_S as u128),
        ("s", NS_PER_S as u128),
        ("ms", 1_000_000),
        ("us", 1_000),
        ("ns", 1),
    ],
    aliases: &[("w", 7 * NS_PER_D as u128), ("y", 365 * NS_PER_D as u128)],
};

impl Quantity for Span {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<Span, QuantityError> {
        UNITS.parse_u64(text).map(Span)
    }

    fn print(self) -> String {
        UNITS.print(u128::from(self.0))
    }
}

/// An instant is written as the time since the start.
impl Quantity for SimTime {
    const UNIT: &'static str = "a time since the start such as \"30 d\"";

    fn parse(text: &str) -> Result<SimTime, QuantityError> {
        let span = Span::parse(text).map_err(|error| QuantityError {
            expected: Self::UNIT,
            ..error
        })?;
        Ok(SimTime(span.0))
    }

    fn print(self) -> String {
        Span(self.0).print()
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
        fn times_survive_printing(ns: u64, shift in 0u32..64) {
            survives_printing(Span::from_ns(ns >> shift));
            survives_printing(SimTime::from_ns(ns >> shift));
        }

        #[test]
        fn whole_minutes_survive_printing(minutes in 0u64..100_000_000) {
            survives_printing(Span::from_secs(60) * minutes);
        }
    }

    #[test]
    fn units_of_time_have_their_lengths() {
        let days = |text| Span::parse(text).unwrap();
        assert_eq!(days("1 y"), Span::from_days(365));
        assert_eq!(days("2 w"), Span::from_days(14));
        assert_eq!(days("1.5 d"), Span::from_hours(36));
        assert_eq!(days("90 min"), Span::from_secs(5_400));
        assert_eq!(days("1ms") + days("1 us"), Span::from_ns(1_001_000));
        assert_eq!(Span::from_hours(36).to_string(), "36 h");
        assert_eq!(Span::from_days(30).to_string(), "30 d");
    }

    #[test]
    fn instants_and_spans_combine() {
        let noon = SimTime::ZERO + Span::from_hours(12);
        assert_eq!(noon - SimTime::ZERO, Span::from_hours(12));
        assert_eq!(
            noon - Span::from_hours(11),
            SimTime::ZERO + Span::from_hours(1)
        );
        assert_eq!(SimTime::ZERO.saturating_sub(noon), Span::ZERO);
        assert_eq!(Span::from_secs(10) / 3, Span::from_ns(3_333_333_333));
        assert_eq!(
            (Span::from_secs(1) + Span::from_ns(999_999_999)).as_secs_floor(),
            1
        );
    }

    #[test]
    #[should_panic(expected = "SimTime underflow")]
    fn an_instant_before_the_start_panics() {
        let _ = SimTime::ZERO - SimTime::from_ns(1);
    }

    #[test]
    #[should_panic(expected = "Span overflow")]
    fn a_span_past_the_range_panics() {
        let _ = Span::MAX + Span::from_ns(1);
    }
}
