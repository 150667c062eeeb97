//! Global sensitivity: which factors of a sweep move a metric, and how much of its spread each one answers for.
//!
//! Morris screening tells the few factors that matter from the many that do not, for few runs. Sobol indices split the variance
//! of a metric among factors, for many. Both look at the mean over the replications of each point; since all points have the same
//! seeds, what chance does is common to them. Nothing here runs a scenario.

mod document;
#[cfg(test)]
mod ishigami;
mod morris;
mod outcome;
mod rows;
mod saltelli;

use serde::Serialize;

pub use document::{SENSITIVITY, SENSITIVITY_SCHEMA, write};
pub use morris::{LEVELS_MAX, MorrisIndex, morris, morris_design};
pub use outcome::of;
pub use rows::{Row, columns, rows};
pub use saltelli::{SobolIndex, saltelli_design, sobol_indices};

/// Resamples behind an interval.
const RESAMPLES: u32 = 1_000;
/// Seed of the resampling: a constant, so that a result has one interval.
const RESAMPLING_SEED: u64 = 1;

/// What moves one metric.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Name of the metric.
    pub metric: &'static str,
    /// Its index of every factor, in the order of the plan's factors.
    pub factors: Vec<FactorIndex>,
}

/// A factor's index of a metric.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactorIndex {
    /// Path of the factor.
    pub factor: String,
    /// Its index.
    #[serde(flatten)]
    pub index: Index,
}

/// The index that a design gives.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Index {
    /// Of design `morris`.
    Morris(MorrisIndex),
    /// Of design `saltelli`.
    Sobol(SobolIndex),
}
