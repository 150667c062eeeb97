//! The door from floating point to integers: nearest, ties to even, held within the integer's range.

use units::Span;

/// Rounds to the nearest integer; not-a-number becomes zero, negatives too.
pub(crate) fn to_u64(value: f64) -> u64 {
    libm::rint(value) as u64
}

/// As [`to_u64`], for wide counts.
pub(crate) fn to_u128(value: f64) -> u128 {
    libm::rint(value) as u128
}

/// As [`to_u64`], for signed sums.
pub(crate) fn to_i128(value: f64) -> i128 {
    libm::rint(value) as i128
}

/// Parts per million of a share between 0 and 1.
pub(crate) fn to_ppm(share: f64) -> u32 {
    libm::rint(share * 1e6) as u32
}

/// Seconds to a span, to the nearest nanosecond.
pub(crate) fn span_of(seconds: f64) -> Span {
    Span::from_ns(to_u64(seconds * 1e9))
}

/// A span in seconds.
pub(crate) fn seconds(span: Span) -> f64 {
    span.ns() as f64 / 1e9
}
