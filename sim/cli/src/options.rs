//! Options that several commands share.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use experiment::scenario::{Overrides, Scenario, Start};
use experiment::tables::Format;

use crate::error::Error;

/// Largest seed: TOML integers end there.
const SEED_MAX: u64 = i64::MAX as u64;

/// A scenario and what the command line puts over it.
#[derive(clap::Args)]
pub struct ScenarioArgs {
    /// Scenario file, or the name of a built-in one (baseline, minimal)
    pub file: PathBuf,
    #[command(flatten)]
    pub overrides: OverrideArgs,
}

/// What the command line puts over a scenario.
#[derive(clap::Args)]
pub struct OverrideArgs {
    /// Seed of all random draws, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=SEED_MAX))]
    pub seed: Option<u64>,
    /// Set a parameter, such as fleet.providers=1000; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
}

impl ScenarioArgs {
    /// Loads and checks the scenario.
    pub fn load(&self) -> Result<Scenario, Error> {
        self.overrides.load(&self.file)
    }

    /// The options that reproduce this scenario, for messages.
    pub fn reproduce(&self) -> String {
        let mut text = self.file.display().to_string();
        if let Some(seed) = self.overrides.seed {
            text += &format!(" --seed {seed}");
        }
        for set in &self.overrides.set {
            text += &format!(" --set '{set}'");
        }
        text
    }
}

impl OverrideArgs {
    /// Loads and checks a scenario file.
    pub fn load(&self, file: &Path) -> Result<Scenario, Error> {
        let overrides = Overrides {
            set: self.set.clone(),
            seed: self.seed,
        };
        Scenario::load(Start::File(file), &overrides).map_err(Error::Scenario)
    }
}

/// Form of the result on stdout.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people
    Table,
    /// One JSON document
    Json,
}

/// File format of the tables.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Parquet,
    Csv,
}

impl TableFormat {
    /// The same for `experiment`.
    pub fn format(self) -> Format {
        match self {
            Self::Parquet => Format::Parquet,
            Self::Csv => Format::Csv,
        }
    }
}

/// A JSON document with its newline.
pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("our values have plain keys") + "\n"
}
