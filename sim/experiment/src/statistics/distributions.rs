//! Tails and quantiles of the t, normal, beta and binomial distributions, over the distribution functions of `statrs`.
//!
//! Quantiles of t and beta are solved here, over the distribution functions. `statrs` has inverses, good to 1e-12 for a few
//! hundred trials or replications, but off by 1e-5 at 100,000 and by a factor of seven at one degree of freedom and a tail
//! of 1e-9.

use statrs::distribution::{Beta, Continuous, ContinuousCDF, Normal, StudentsT};

/// Roots are refined until a step is below this share of the root.
const STEP_MIN: f64 = 1e-13;
/// Enough to bisect any interval of floats down to neighbours.
const STEPS_MAX: u32 = 2_200;

/// Rounds off the last 20 of 52 bits, a relative 1.2e-10.
///
/// Under `statrs` stand `ln` and `exp`, whose last bits differ between platforms and with the features of the build. What
/// is printed from here should not.
fn settle(value: f64) -> f64 {
    const DROPPED: u64 = 1 << 20;
    f64::from_bits((value.to_bits() + DROPPED / 2) & !(DROPPED - 1))
}

/// The probability that a t-distributed variable is at most `t`.
pub(super) fn student_below(t: f64, freedom: f64) -> f64 {
    settle(student(freedom).cdf(t))
}

/// The two-sided critical value: a t-distributed variable lies within plus and minus this with probability `confidence`.
///
/// # Panics
/// When the confidence is not strictly between 0 and 1.
pub(super) fn student_critical(confidence: f64, freedom: f64) -> f64 {
    let tail = tail(confidence);
    let law = student(freedom);
    let beyond = |t: f64| law.cdf(-t);
    // A t variable spreads wider than a normal one: the first term of Cornish and Fisher's expansion says by how much.
    let normal = normal_critical(confidence);
    let start = normal + (normal * normal * normal + normal) / (4.0 * freedom);
    let mut high = 2.0 * start + 1.0;
    while beyond(high) > tail {
        high *= 2.0;
    }
    settle(root(|t| (tail - beyond(t), law.pdf(t)), 0.0, high, start))
}

/// As [`student_critical`], of the normal law.
pub(super) fn normal_critical(confidence: f64) -> f64 {
    -normal_quantile(tail(confidence))
}

/// The standard normal value that is exceeded with probability `1 - share`.
pub(super) fn normal_quantile(share: f64) -> f64 {
    settle(Normal::standard().inverse_cdf(share))
}

/// The probability that a standard normal variable is at most `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    settle(Normal::standard().cdf(z))
}

/// The probability of at most `hits` in `n` trials of chance `chance`.
pub(super) fn binomial_at_most(hits: u64, n: u64, chance: f64) -> f64 {
    if hits >= n || chance <= 0.0 {
        return 1.0;
    }
    if chance >= 1.0 {
        return 0.0;
    }
    settle(beta(hits as f64 + 1.0, (n - hits) as f64).sf(chance))
}

/// The probability of at least `hits` in `n` trials of chance `chance`.
pub(super) fn binomial_at_least(hits: u64, n: u64, chance: f64) -> f64 {
    if hits == 0 || chance >= 1.0 {
        return 1.0;
    }
    if chance <= 0.0 {
        return 0.0;
    }
    settle(beta(hits as f64, (n - hits) as f64 + 1.0).cdf(chance))
}

/// The value below which a beta variable of shapes `a` and `b` lies with probability `share`.
pub(super) fn beta_quantile(a: f64, b: f64, share: f64) -> f64 {
    let law = beta(a, b);
    let mean = a / (a + b);
    settle(root(|x| (law.cdf(x) - share, law.pdf(x)), 0.0, 1.0, mean))
}

/// What lies beyond either end of a two-sided interval.
pub(super) fn tail(confidence: f64) -> f64 {
    assert!(
        confidence > 0.0 && confidence < 1.0,
        "a confidence of {confidence} is not between 0 and 1"
    );
    (1.0 - confidence) / 2.0
}

fn student(freedom: f64) -> StudentsT {
    StudentsT::new(0.0, 1.0, freedom).expect("degrees of freedom are positive")
}

fn beta(a: f64, b: f64) -> Beta {
    Beta::new(a, b).expect("shapes are positive")
}

/// The root of an increasing function, by Newton's steps inside a bracket; halves the bracket where a step would leave it
/// or shrinks too slowly. The function gives its value and its slope.
fn root(value_and_slope: impl Fn(f64) -> (f64, f64), low: f64, high: f64, start: f64) -> f64 {
    let (mut low, mut high, mut at) = (low, high, start);
    let mut step_before = high - low;
    for _ in 0..STEPS_MAX {
        let (value, slope) = value_and_slope(at);
        let newton = at - value / slope;
        let step = (newton - at).abs();
        if step <= STEP_MIN * at.abs() {
            return newton;
        }
        if value >= 0.0 {
            high = at;
        } else {
            low = at;
        }
        // A step that is no number fails these comparisons too.
        let is_good = newton > low && newton < high && 2.0 * step <= step_before;
        let next = if is_good { newton } else { (low + high) / 2.0 };
        if next == at {
            return at;
        }
        step_before = (next - at).abs();
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: f64, wanted: f64, what: &str) {
        let error = (found - wanted).abs() / wanted.abs();
        assert!(error < 1e-9, "{what}: {found} for {wanted}");
    }

    /// Closed forms where there are any (1, 2 and 4 degrees), otherwise values of R's `qt(0.975, df)`.
    #[test]
    fn critical_values_of_t_are_the_published_ones() {
        assert_near(student_critical(0.95, 1.0), 12.706_204_736_174_7, "1");
        assert_near(student_critical(0.95, 2.0), 4.302_652_729_749_46, "2");
        assert_near(student_critical(0.95, 4.0), 2.776_445_105_197_79, "4");
        assert_near(student_critical(0.95, 9.0), 2.262_157_162_798_20, "9");
        assert_near(student_critical(0.95, 29.0), 2.045_229_642_132_70, "29");
        assert_near(student_critical(0.95, 99.0), 1.984_216_951_586_42, "99");
        assert_near(student_critical(0.99, 2.0), 9.924_843_200_918_29, "99 %");
        assert_near(student_critical(0.9, 10.0), 1.812_461_122_811_68, "90 %");
        assert_near(normal_critical(0.95), 1.959_963_984_540_05, "normal");
    }

    #[test]
    fn a_critical_value_gives_its_tail_back_at_every_confidence_and_freedom() {
        for freedom in [1.0, 3.0, 29.0, 500.0, 20_000.0] {
            for confidence in [0.01, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
                let critical = student_critical(confidence, freedom);
                let beyond = student_below(-critical, freedom);
                let error = (2.0 * beyond / (1.0 - confidence) - 1.0).abs();
                assert!(error < 1e-6, "{freedom} {confidence}: {critical} {beyond}");
            }
        }
    }

    #[test]
    fn the_binomial_tails_are_the_sums_of_their_terms() {
        // P(X <= 1) of 10 at 0.1 = 0.9^10 + 10 * 0.1 * 0.9^9.
        assert_near(binomial_at_most(1, 10, 0.1), 0.736_098_929_1, "at most");
        assert_near(
            binomial_at_least(2, 10, 0.1),
            1.0 - 0.736_098_929_1,
            "at least",
        );
        assert_near(binomial_at_least(59, 59, 0.95), 0.048_494_525_246_5, "all");
        assert_eq!(binomial_at_most(10, 10, 0.3), 1.0);
        assert_eq!(binomial_at_least(0, 10, 0.3), 1.0);
        assert_eq!(binomial_at_most(3, 10, 1.0), 0.0);
        assert_eq!(binomial_at_least(3, 10, 0.0), 0.0);
    }

    #[test]
    fn binomial_tails_hold_for_many_trials() {
        for n in [1_000u64, 10_000, 100_000] {
            for chance in [0.5, 0.05] {
                let middle = (n as f64 * chance) as u64;
                for hits in [middle, middle + (n as f64).sqrt() as u64] {
                    let summed = summed_at_most(hits, n, chance);
                    assert_near(binomial_at_most(hits, n, chance), summed, "many");
                }
            }
        }
    }

    /// Term by term, by the ratio of neighbours, outwards from `hits` down.
    fn summed_at_most(hits: u64, n: u64, chance: f64) -> f64 {
        let log_choose = libm::lgamma(n as f64 + 1.0)
            - libm::lgamma(hits as f64 + 1.0)
            - libm::lgamma((n - hits) as f64 + 1.0);
        let log_term =
            log_choose + hits as f64 * libm::log(chance) + (n - hits) as f64 * libm::log1p(-chance);
        let (mut term, mut sum) = (libm::exp(log_term), 0.0);
        for k in (0..=hits).rev() {
            sum += term;
            term *= k as f64 * (1.0 - chance) / ((n - k + 1) as f64 * chance);
        }
        sum
    }

    #[test]
    fn a_beta_quantile_gives_its_share_back_for_lopsided_shapes_too() {
        for (a, b) in [(1.0, 5_000.0), (5_000.0, 1.0), (0.5, 0.5), (300.0, 700.0)] {
            for share in [1e-6, 0.025, 0.5, 0.975] {
                let x = beta_quantile(a, b, share);
                // The quantile was settled, which moves a steep distribution function by more.
                let back = beta(a, b).cdf(x);
                assert!((back / share - 1.0).abs() < 1e-5, "{a} {b} {share}: {x}");
            }
        }
    }
}
