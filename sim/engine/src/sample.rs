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

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::Xoshiro256PlusPlus;
    use rand_distr::{Distribution, Exp, LogNormal, StandardNormal, Weibull};

    use super::*;

    const SAMPLES: usize = 20_000;

    /// The Kolmogorov-Smirnov distance of a sampler, given evenly spaced uniforms, to samples of a reference.
    fn distance(sampler: impl Fn(f64) -> f64, reference: impl Distribution<f64>) -> f64 {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut drawn: Vec<f64> = reference.sample_iter(&mut random).take(SAMPLES).collect();
        drawn.sort_unstable_by(f64::total_cmp);
        let ours = (0..SAMPLES).map(|i| sampler((i as f64 + 0.5) / SAMPLES as f64));
        let rank_gap = |(i, x): (usize, f64)| drawn.partition_point(|&y| y < x).abs_diff(i);
        ours.enumerate().map(rank_gap).max().unwrap() as f64 / SAMPLES as f64
    }

    /// Exceeded by chance once in a thousand tests.
    fn threshold() -> f64 {
        1.95 / (SAMPLES as f64).sqrt()
    }

    #[test]
    fn samplers_have_the_distribution_of_the_reference_ones() {
        let distances = [
            distance(|u| exponential(u, 3.0), Exp::new(1.0 / 3.0).unwrap()),
            distance(|u| weibull(u, 0.7, 3.0), Weibull::new(3.0, 0.7).unwrap()),
            distance(|u| weibull(u, 2.5, 3.0), Weibull::new(3.0, 2.5).unwrap()),
            distance(normal, StandardNormal),
            distance(
                |u| lognormal(u, 0.5, 1.5),
                LogNormal::new(0.5, 1.5).unwrap(),
            ),
        ];
        assert!(distances.iter().all(|&d| d < threshold()), "{distances:?}");
    }

    #[test]
    fn the_comparison_tells_distributions_apart() {
        assert!(distance(|u| exponential(u, 3.1), Exp::new(1.0 / 3.0).unwrap()) > 0.01);
        assert!(distance(|u| weibull(u, 0.7, 3.0), Weibull::new(3.0, 0.8).unwrap()) > threshold());
    }

    /// The bits are what makes runs equal on all machines; each value is also within one unit in the last
    /// place of the true quantile, computed apart with 50 digits.
    #[test]
    fn known_answers_to_the_bit() {
        assert_eq!(exponential(0.3, 3.0).to_bits(), 0x3ff1_1ed2_5ba8_ef7a);
        assert_eq!(weibull(0.3, 0.7, 3.0).to_bits(), 0x3fe6_0316_48da_059e);
        assert_eq!(normal(0.3).to_bits(), 0xbfe0_c7e3_9582_c5fa);
        assert_eq!(lognormal(0.3, 0.5, 1.5).to_bits(), 0x3fe8_06a5_a9bb_69fd);
    }

    #[test]
    fn samplers_rise_with_the_uniform() {
        let grid = || (1..50_000).map(|i| f64::from(i) / 50_000.0);
        assert!(grid().map(|u| exponential(u, 3.0)).is_sorted());
        assert!(grid().map(|u| weibull(u, 0.7, 3.0)).is_sorted());
        assert!(grid().map(normal).is_sorted());
        assert!(grid().map(|u| lognormal(u, 0.5, 1.5)).is_sorted());
    }

    #[test]
    fn the_extreme_uniforms_give_finite_values() {
        let step = 1.0 / (1u64 << 53) as f64;
        for u in [step, 1.0 - step] {
            let samples = [
                exponential(u, 1.0),
                weibull(u, 0.5, 1.0),
                normal(u),
                lognormal(u, 0.0, 2.0),
            ];
            assert!(samples.iter().all(|x| x.is_finite()), "{samples:?}");
        }
        assert!(exponential(step, 1.0) > 0.0 && weibull(step, 0.5, 1.0) > 0.0);
    }

    #[test]
    fn scales_for_a_mean_give_that_mean() {
        let mean = |sampler: &dyn Fn(f64) -> f64| {
            (0..200_000)
                .map(|i| sampler((f64::from(i) + 0.5) / 200_000.0))
                .sum::<f64>()
                / 200_000.0
        };
        for shape in [0.7, 1.0, 3.0] {
            let scale = weibull_scale_for_mean(shape, 10.0);
            assert!(
                (mean(&|u| weibull(u, shape, scale)) - 10.0).abs() < 0.01,
                "shape {shape}"
            );
        }
        let mu = lognormal_mu_for_mean(10.0, 0.8);
        assert!((mean(&|u| lognormal(u, mu, 0.8)) - 10.0).abs() < 0.01);
    }
}
