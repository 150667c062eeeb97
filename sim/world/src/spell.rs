//! How long a node stays up or down: one uniform through the monotone inverse of the spell's law.

use engine::sample;
use units::Span;

use crate::config::{Spell, SpellLaw};
use crate::number::{hours, ratio, span_of_hours};

impl Spell {
    /// The length at probability `u`, which lies between 0 and 1.
    #[must_use]
    pub fn length(&self, u: f64) -> Span {
        let (mean, shape) = (hours(self.mean), ratio(self.shape));
        span_of_hours(match self.law {
            SpellLaw::Exponential => sample::exponential(u, mean),
            SpellLaw::Weibull => {
                sample::weibull(u, shape, sample::weibull_scale_for_mean(shape, mean))
            }
            SpellLaw::Lognormal => {
                sample::lognormal(u, sample::lognormal_mu_for_mean(mean, shape), shape)
            }
        })
    }
}

/// Long-run share of time up: MTBF / (MTBF + MTTR).
#[must_use]
pub fn availability(up: &Spell, down: &Spell) -> f64 {
    hours(up.mean) / (hours(up.mean) + hours(down.mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use units::Ratio;

    fn mean_of(spell: Spell) -> f64 {
        let n = 200_000;
        (0..n)
            .map(|i| hours(spell.length((f64::from(i) + 0.5) / f64::from(n))))
            .sum::<f64>()
            / f64::from(n)
    }

    #[test]
    fn every_law_has_the_mean_it_is_given() {
        for (law, percent) in [
            (SpellLaw::Exponential, 100),
            (SpellLaw::Weibull, 70),
            (SpellLaw::Lognormal, 130),
        ] {
            let mean = mean_of(Spell {
                law,
                mean: Span::from_hours(40),
                shape: Ratio::from_percent(percent),
            });
            // The mid-point sum misses part of a heavy tail, hence the width.
            assert!((mean / 40.0 - 1.0).abs() < 0.01, "{law:?}: {mean}");
        }
    }
}
