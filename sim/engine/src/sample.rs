//! World variates from one uniform each, through monotone inverse distribution functions.
//!
//! Monotone, so that common random numbers stay common when a parameter moves; over `libm`, so that the bits
//! do not depend on the platform or on what else is in the build. `u` lies strictly between 0 and 1, as
//! [`crate::Draws::unit`] gives it. Results have the unit of the scale that is passed.

mod normal;

pub use normal::normal;

/// Exponential with the given mean.
#[inline]
pub fn exponential(u: f64, mean: f64) -> f64 {
    -mean * libm::log1p(-u)
}

/// Weibull: `scale * (-ln(1 - u))^(1 / shape)`. A shape below 1 has a falling hazard (infant mortality).
#[inline]
pub fn weibull(u: f64, shape: f64, scale: f64) -> f64 {
    scale * libm::pow(-libm::log1p(-u), 1.0 / shape)
}

/// The Weibull scale at which the mean is `mean`.
pub fn weibull_scale_for_mean(shape: f64, mean: f64) -> f64 {
    mean / libm::tgamma(1.0 + 1.0 / shape)
}

/// Log-normal: `exp(mu + sigma z)` with `z` standard normal.
#[inline]
pub fn lognormal(u: f64, mu: f64, sigma: f64) -> f64 {
    libm::exp(mu + sigma * normal(u))
}

/// The `mu` at which a log-normal with this `sigma` has the mean `mean`.
pub fn lognormal_mu_for_mean(mean: f64, sigma: f64) -> f64 {
    libm::log(mean) - sigma * sigma / 2.0
}
