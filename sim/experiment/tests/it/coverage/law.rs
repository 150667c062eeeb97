//! Laws whose mean and quantiles are known, drawn by name.

use engine::sample::{exponential, lognormal, normal};
use engine::{Draws, Purpose};

const SEED: u64 = 20_260_601;

/// A law with known answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Mean 0, variance 1.
    Normal,
    /// Mean 1; skewness 2.
    Exponential,
    /// The logarithm has mean 0 and variance 1; skewness 6.2.
    Lognormal,
}

impl Law {
    /// All of them.
    pub const ALL: [Law; 3] = [Law::Normal, Law::Exponential, Law::Lognormal];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Law::Normal => "normal",
            Law::Exponential => "exponential",
            Law::Lognormal => "log-normal",
        }
    }

    /// The value below which lies a share `q` of the law.
    pub fn quantile(self, q: f64) -> f64 {
        match self {
            Law::Normal => normal(q),
            Law::Exponential => exponential(q, 1.0),
            Law::Lognormal => lognormal(q, 0.0, 1.0),
        }
    }

    /// The true mean.
    pub fn mean(self) -> f64 {
        match self {
            Law::Normal => 0.0,
            Law::Exponential => 1.0,
            Law::Lognormal => libm::exp(0.5),
        }
    }

    /// The true standard deviation.
    pub fn standard_deviation(self) -> f64 {
        match self {
            Law::Normal | Law::Exponential => 1.0,
            Law::Lognormal => (libm::expm1(1.0) * libm::exp(1.0)).sqrt(),
        }
    }

    /// The sample of one study. A larger one begins with the smaller.
    pub fn sample(self, study: u32, n: usize) -> Vec<f64> {
        let draws = Draws::new(SEED);
        let value = |at| self.quantile(draws.unit(Purpose(self as u32), study, at));
        (0..n as u64).map(value).collect()
    }
}
