//! Results read back from a folder, of a run or of a sweep alike: what gates and comparisons hold other results against.

use std::fs;
use std::path::Path;

use super::files::{SWEEP, SWEEP_SCHEMA, SweepManifest};
use super::{NAME, NORMALISE};
use crate::folder::MANIFEST;
use crate::results::{Manifest, RESULT_SCHEMA};
use crate::tables::{Values, Wide};

/// One run of a stored result.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRun {
    /// Index of its point.
    pub point: usize,
    /// Seed.
    pub seed: u64,
    /// Digest of its events, hexadecimal.
    pub digest: String,
    /// Metrics, in the order of [`Stored::metrics`]; NaN where it has none.
    pub values: Vec<f64>,
}

/// A stored result. A single run is a sweep of one point and one seed without factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Name of scenario or sweep.
    pub name: String,
    /// Effective scenario, as TOML; of a sweep that of its base.
    pub effective: String,
    /// Paths of the factors.
    pub factors: Vec<String>,
    /// Values of the factors at each point.
    pub points: Vec<Vec<String>>,
    /// Names of the metrics.
    pub metrics: Vec<String>,
    /// Runs, in order of point and replication.
    pub runs: Vec<StoredRun>,
}

impl Stored {
    /// Reads a folder of results.
    ///
    /// # Errors
    /// What is wrong in words: no such folder, another version's, a damaged one.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let told = |what: String| format!("{}: {what}", folder.display());
        if folder.join(SWEEP).is_file() {
            sweep(folder).map_err(told)
        } else if folder.join(MANIFEST).is_file() {
            run(folder).map_err(told)
        } else {
            Err(told(format!(
                "it is no folder of results: it has neither {MANIFEST} nor {SWEEP}"
            )))
        }
    }

    /// A metric's values at a point under some seeds, in their order.
    ///
    /// # Errors
    /// What is missing, in words.
    pub fn paired(&self, point: usize, metric: &str, seeds: &[u64]) -> Result<Vec<f64>, String> {
        let at = self.metrics.iter().position(|name| name == metric);
        let at = at.ok_or_else(|| format!("{} has no {metric}", self.name))?;
        let value = |seed: &u64| {
            let found = self
                .runs
                .iter()
                .find(|run| run.point == point && run.seed == *seed);
            found
                .map(|run| run.values[at])
                .ok_or_else(|| format!("{} has no run under seed {seed}", self.name))
        };
        seeds.iter().map(value).collect()
    }

    /// Its point with these settings; its only one where it has no factors. Points with names are known by them, whatever they
    /// set.
    #[must_use]
    pub fn point_with(&self, settings: &[(String, String)]) -> Option<usize> {
        let has_name = self.factors.iter().any(|path| path == NAME);
        let counts = |path: &str| !has_name || path == NAME || path == NORMALISE;
        let is_same = |point: &Vec<String>| {
            let mut here = self
                .factors
                .iter()
                .zip(point)
                .filter(|(path, _)| counts(path));
            here.all(|(path, value)| settings.iter().any(|(p, v)| p == path && v == value))
        };
        self.points.iter().position(is_same)
    }
}

fn manifest<T: serde::de::DeserializeOwned>(folder: &Path, name: &str) -> Result<T, String> {
    let text = fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    serde_json::from_str(&text)
        .map_err(|error| format!("{name}: {error}\n  hint: it is damaged or of another version"))
}

fn same_version(version: &str, schema: u32, ours: u32) -> Result<(), String> {
    let this = env!("CARGO_PKG_VERSION");
    match schema == ours {
        true => Ok(()),
        false => Err(format!(
            "stakesim {version} wrote it in schema {schema}; this is {this} with schema {ours}"
        )),
    }
}

fn run(folder: &Path) -> Result<Stored, String> {
    let of: Manifest = manifest(folder, MANIFEST)?;
    same_version(&of.version, of.schema, RESULT_SCHEMA)?;
    let values = of.metrics.values().map(|value| value.unwrap_or(f64::NAN));
    Ok(Stored {
        name: of.name,
        effective: of.scenario,
        factors: Vec::new(),
        points: vec![Vec::new()],
        runs: vec![StoredRun {
            point: 0,
            seed: of.seed,
            digest: of.digest,
            values: values.collect(),
        }],
        metrics: of.metrics.into_keys().collect(),
    })
}

fn sweep(folder: &Path) -> Result<Stored, String> {
    let of: SweepManifest = manifest(folder, SWEEP)?;
    same_version(&of.version, of.schema, SWEEP_SCHEMA)?;
    let table = Wide::read(folder, "runs").map_err(|error| format!("runs: {error}"))?;
    let damaged = |what: &str| {
        format!("runs: {what}\n  hint: it is damaged, or of another sweep than {SWEEP}")
    };
    if table.rows() != of.runs {
        return Err(damaged(&format!(
            "{} rows, and {} runs in {SWEEP}",
            table.rows(),
            of.runs
        )));
    }
    let numbers = |name: &str| match table.column(name) {
        Some(Values::U64(values)) => Ok(values),
        _ => Err(damaged(&format!(
            "it has no whole numbers in column {name}"
        ))),
    };
    let (points, seeds) = (numbers("point")?, numbers("seed")?);
    let Some(Values::Text(digests)) = table.column("digest") else {
        return Err(damaged("it has no column digest"));
    };
    let columns: Vec<Vec<f64>> = of
        .metrics
        .iter()
        .map(|name| {
            measured(&table, name)
                .ok_or_else(|| damaged(&format!("it has no numbers in column {name}")))
        })
        .collect::<Result<_, _>>()?;
    let run = |row: usize| {
        let point = usize::try_from(points[row])
            .ok()
            .filter(|point| *point < of.points.len());
        Ok(StoredRun {
            point: point.ok_or_else(|| {
                damaged(&format!(
                    "row {}: there is no point {}",
                    row + 1,
                    points[row]
                ))
            })?,
            seed: seeds[row],
            digest: digests[row].clone(),
            values: columns.iter().map(|column| column[row]).collect(),
        })
    };
    Ok(Stored {
        runs: (0..table.rows()).map(run).collect::<Result<_, String>>()?,
        name: of.name,
        effective: of.effective,
        factors: of.factors,
        points: of.points,
        metrics: of.metrics,
    })
}

/// A column of a metric; whole numbers are how a text file writes some of them.
fn measured(table: &Wide, name: &str) -> Option<Vec<f64>> {
    match table.column(name)? {
        Values::F64(values) => Some(values.clone()),
        Values::U64(values) => Some(values.iter().map(|&value| value as f64).collect()),
        Values::Text(_) => None,
    }
}
