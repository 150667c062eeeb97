//! The inverse of the standard normal distribution function, by Wichura's algorithm AS 241.
//!
//! M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics
//! 37 (1988), routine PPND16: relative error about 1e-16.

#![allow(
    clippy::excessive_precision,
    reason = "the coefficients stand as they were published"
)]

/// The `u`-quantile of the standard normal distribution, for `u` strictly between 0 and 1.
pub fn normal(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTRE);
    }
    // The nearer tail keeps its relative accuracy; 1 - u is exact here, as u is above a half.
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 {
        ratio(r - 1.6, &SHOULDER)
    } else {
        ratio(r - 5.0, &TAIL)
    };
    if q < 0.0 { -z } else { z }
}

/// A quotient of two polynomials of degree seven, coefficients from the constant term up.
struct Rational {
    above: [f64; 8],
    below: [f64; 8],
}

fn ratio(x: f64, by: &Rational) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    horner(&by.above) / horner(&by.below)
}

const CENTRE: Rational = Rational {
    above: [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ],
    below: [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ],
};

const SHOULDER: Rational = Rational {
    above: [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ],
    below: [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ],
};

const TAIL: Rational = Rational {
    above: [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    below: [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The three results printed in the paper.
    #[test]
    fn the_published_points_come_out() {
        for (u, z) in [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_408),
        ] {
            assert!((normal(u) / z - 1.0).abs() < 1e-15, "{u}: {}", normal(u));
        }
    }

    #[test]
    fn the_distribution_function_undoes_it() {
        for i in 1..10_000 {
            let u = f64::from(i) / 10_000.0;
            let back = libm::erfc(-normal(u) / std::f64::consts::SQRT_2) / 2.0;
            assert!(
                (back - u).abs() < 4e-16 + 1e-15 * u,
                "{u} came back as {back}"
            );
        }
    }

    #[test]
    fn the_two_halves_mirror_each_other() {
        for i in 1..512 {
            let u = f64::from(i) / 1024.0;
            assert_eq!(normal(u), -normal(1.0 - u));
        }
        assert_eq!(normal(0.5), 0.0);
    }
}
