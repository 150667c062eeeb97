//! Sweeps: one base scenario run at many points of its parameters, each under the same seeds.
//!
//! The plan is whole and checked before anything runs: which points, which seeds, when to stop, what to judge by. Here are its
//! types; `file` reads it, `design` lays out its points.

mod bisection;
mod check;
mod cliff;
mod design;
mod factor;
mod factor_range;
mod file;
mod files;
mod grid;
mod header;
mod journal;
mod judge;
mod latin_hypercube;
mod load;
mod named;
mod normalise;
mod outcome;
mod point;
mod reader;
mod replication;
mod runner;
mod settings;
mod shard;
mod sobol;
mod stored;
mod task;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::gates::Gate;

pub(crate) use check::Check;
pub use cliff::{Cliff, CliffError, Finding, Limits, Look};
pub(crate) use design::column;
pub(crate) use factor::{Factor, Steps};
pub use factor_range::FactorRange;
pub(crate) use file::read;
pub use files::{SWEEP, SWEEP_SCHEMA, SweepManifest, write};
pub(crate) use grid::grid;
pub use journal::{Journal, JournalError, RunRecord};
pub use judge::judge;
pub(crate) use latin_hypercube::latin_hypercube;
pub(crate) use load::written;
pub use normalise::{
    Basis, Normalise, TOLERANCE as EMISSION_TOLERANCE, TRIES_MAX as EMISSION_TRIES_MAX,
};
pub(crate) use normalise::{PRICE, PRICE_START};
pub use outcome::{Outcome, Summary};
pub(crate) use reader::{Reader, Section};
pub use runner::{Stop, Watch, carry_out};
pub(crate) use settings::Setting;
pub use shard::{SHARD, Shard, merge as merge_shards, write as write_shard};
pub(crate) use sobol::sobol as sobol_points;
pub use stored::{Stored, StoredRun};

/// The setting that holds a point's name, in designs whose points have names.
pub const NAME: &str = "name";
/// The setting that holds a point's [`Basis`], in sweeps that normalise.
pub const NORMALISE: &str = "normalise";

/// A checked sweep file: all that a runner needs to know.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Name, which also names the folder of results.
    pub name: String,
    /// Base scenario as written: a built-in's name, or a path relative to `folder`.
    pub scenario: String,
    /// `path=value` of what holds at every point, the file's first, then the command line's.
    pub base: Vec<String>,
    /// Paths of the factors, in the order of every point's settings; points with names begin with [`NAME`], and in sweeps that
    /// normalise go on with [`NORMALISE`].
    pub factors: Vec<String>,
    /// How the points were laid out.
    pub design: Design,
    /// Points of the design, at least one. In sweeps that normalise the first half is at equal market value, the second half
    /// are the same ones at equal emission.
    pub points: Vec<Point>,
    /// What points are made equal in.
    pub normalise: Option<Normalise>,
    /// Seeds of the replications, the same at every point. With `until` only the first ones may be used.
    pub seeds: Vec<u64>,
    /// When a point has been replicated enough; nothing: after all seeds.
    pub until: Option<Until>,
    /// Names of the metrics to keep; none: all of the registry.
    pub metrics: Vec<String>,
    /// What to judge by.
    pub gates: Vec<Gate>,
    /// Confidence of intervals and verdicts, such as 0.95.
    pub confidence: f64,
    /// The file as it was read.
    pub text: String,
    /// Folder of the file.
    pub folder: PathBuf,
}

/// How points are laid out over their factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Every value of every factor with every other; the last factor changes fastest.
    Grid,
    /// The first values of all factors, then the second ones, and so on.
    Zip,
    /// Points written out one by one.
    List,
    /// Random, with each of as many strata as there are points hit once by every factor.
    LatinHypercube,
    /// A low-discrepancy sequence, scrambled.
    Sobol,
    /// Morris screening: trajectories that move one factor at a time.
    Morris {
        /// Levels of each factor's range.
        levels: u32,
        /// Seed that it was drawn under.
        seed: u64,
    },
    /// Saltelli's design, for Sobol indices.
    Saltelli,
}

impl Design {
    /// Whether it lays points into ranges, by draws of its own, instead of combining values.
    #[must_use]
    pub const fn is_sampled(self) -> bool {
        !matches!(self, Self::Grid | Self::Zip | Self::List)
    }

    /// Whether sensitivities are computed from it, for which every factor needs a range.
    #[must_use]
    pub const fn is_for_sensitivity(self) -> bool {
        matches!(self, Self::Morris { .. } | Self::Saltelli)
    }
}

/// One point of a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its place in the design, from 0.
    pub index: u32,
    /// Path and canonical text; the same paths in the same order at every point.
    pub settings: Vec<(String, String)>,
}

/// Replicate until an interval is narrow enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Until {
    /// Metric whose mean's interval is looked at.
    pub metric: String,
    /// Half width of that interval to be reached, in the metric's unit.
    pub half_width: f64,
    /// Most replications of a point.
    pub max: u32,
    /// Replications between two looks.
    pub batch: u32,
}
