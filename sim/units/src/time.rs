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

/// Days before weeks and weeks and years only read: "90 d" is what people write for both.
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
