//! How long a node stays up or down: one uniform through the monotone inverse of the spell's law.

use engine::sample;
use units::Span;

use crate::config::{Spell, SpellLaw};
use crate::number::{hours, ratio, span_of_hours};

/// The lengths of a spell, with the law's constants worked out.
#[derive(Clone, Copy, Debug)]
pub struct Lengths {
    law: SpellLaw,
    shape: f64,
    /// Mean, scale or mu in hours, by law.
    scale: f64,
}

impl Lengths {
    /// Of a spell.
    #[must_use]
    pub fn new(spell: &Spell) -> Self {
        let (mean, shape) = (hours(spell.mean), ratio(spell.shape));
        let scale = match spell.law {
            SpellLaw::Exponential => mean,
            SpellLaw::Weibull => sample::weibull_scale_for_mean(shape, mean),
            SpellLaw::Lognormal => sample::lognormal_mu_for_mean(mean, shape),
        };
        Self {
            law: spell.law,
            shape,
            scale,
        }
    }

    /// The length at probability `u`, which lies between 0 and 1.
    #[must_use]
    pub fn at(&self, u: f64) -> Span {
        span_of_hours(match self.law {
            SpellLaw::Exponential => sample::exponential(u, self.scale),
            SpellLaw::Weibull => sample::weibull(u, self.shape, self.scale),
            SpellLaw::Lognormal => sample::lognormal(u, self.scale, self.shape),
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
        let lengths = Lengths::new(&spell);
        (0..n)
            .map(|i| hours(lengths.at((f64::from(i) + 0.5) / f64::from(n))))
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
