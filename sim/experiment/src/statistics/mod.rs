//! What a handful of replications says: intervals, tests, warm-up, and the number of replications needed.
//!
//! It knows no metric, no gate and no file: numbers in, numbers out. Values are finite; whoever calls sorts out metrics
//! without a value first. All of it is deterministic, the bootstrap by keyed draws. A confidence lies strictly between
//! 0 and 1; functions that take one panic otherwise.

mod batch_means;
mod bootstrap;
mod distributions;
mod evidence;
mod holm;
mod mean;
mod paired;
mod precision;
mod proportion;
mod quantile;
mod stat;
mod warm_up;

use serde::Serialize;

pub use batch_means::batch_means_interval;
pub use bootstrap::bootstrap_interval;
pub use evidence::Evidence;
pub use holm::holm;
pub use mean::{mean, mean_interval, variance};
pub use paired::{PairedDifference, paired_difference};
pub use precision::{REPLICATIONS_MIN, is_precise, replications_needed, skew_floor};
pub use proportion::proportion_interval;
pub use quantile::{quantile, quantile_interval};
pub use stat::Stat;
pub use warm_up::mser5;

/// A confidence interval, in the unit of the values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// `centre` plus and minus `half_width`.
    fn around(centre: f64, half_width: f64) -> Self {
        Interval {
            low: centre - half_width,
            high: centre + half_width,
        }
    }

    /// Half the distance between the ends.
    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Whether a value lies inside or on an end.
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}
