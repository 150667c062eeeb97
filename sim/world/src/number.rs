//! Rounding at the door: conversions between exact quantities and the floats of physics and reading.

use units::{Amount, Money, Ratio, Span, TokenPrice};

/// A ratio as a float.
#[must_use]
pub fn ratio(r: Ratio) -> f64 {
    r.parts() as f64 / 1e12
}

/// Dollars as a float, for reading only.
#[must_use]
pub fn usd(money: Money) -> f64 {
    money.nano() as f64 / 1e9
}

/// Price of a whole token in dollars, for reading only.
#[must_use]
pub fn price_usd(price: TokenPrice) -> f64 {
    price.nano_per_token() as f64 / 1e9
}

/// A span in hours.
#[must_use]
pub fn hours(span: Span) -> f64 {
    span.ns() as f64 / 3.6e12
}

/// GPU-nanoseconds as GPU-hours, for reading only.
#[must_use]
pub fn gpu_hours(gpu_ns: u128) -> f64 {
    // The conversion from 128 bits is a call, and few sums need it.
    let ns = u64::try_from(gpu_ns).map_or_else(|_| gpu_ns as f64, |ns| ns as f64);
    ns / 3.6e12
}

/// A length drawn by a float law, rounded to whole nanoseconds and at least one second, so that no law can stall the clock.
#[must_use]
pub fn span_of_hours(hours: f64) -> Span {
    let ns = libm::round(hours * 3.6e12);
    Span::from_ns((ns as u64).max(1_000_000_000))
}

/// Base units for a table column. Checked scenarios keep every supply below `i64::MAX`.
#[must_use]
pub fn base(amount: Amount) -> u64 {
    u64::try_from(amount.base_units()).expect("supply is checked to fit 64 bits")
}

/// An integer times an exact fraction of two integers, rounded down: `value · num / den`.
#[must_use]
pub fn scale(value: u128, num: u32, den: u32) -> u128 {
    units::wide::mul_div_floor(value, u128::from(num), u128::from(den))
}

/// `part / whole`, and 0 where the whole is nothing.
#[must_use]
pub fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
