//! The function of Ishigami and Homma (1990) on the unit cube, whose Sobol indices are known in closed form. Coordinates after the
//! third do nothing.

/// First-order indices for a = 7, b = 0.1.
pub const FIRST: [f64; 3] = [0.3139, 0.4424, 0.0];
/// Total indices for a = 7, b = 0.1.
pub const TOTAL: [f64; 3] = [0.5576, 0.4424, 0.2437];

/// sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, with each x over -π to π.
pub fn ishigami(point: &[f64]) -> f64 {
    let x = |at: usize| (2.0 * point[at] - 1.0) * std::f64::consts::PI;
    let (first, second, third) = (libm::sin(x(0)), libm::sin(x(1)), x(2) * x(2));
    first + 7.0 * second * second + 0.1 * third * third * first
}
