//! The top of a sweep file, key by key: name, base scenario, confidence and metrics; and which keys belong to which design.

use units::{Quantity, Ratio};

use super::Design;
use super::reader::{Reader, Section};
use crate::data::built_in;
use crate::metrics;
use crate::parameters;
use crate::scenario::Fault;

/// Sweep schema that this version reads.
pub const SWEEP_FILE_SCHEMA: i64 = 1;

/// Keys of a sweep file.
pub const KEYS: [&str; 17] = [
    "schema",
    "name",
    "scenario",
    "design",
    "samples",
    "trajectories",
    "levels",
    "design_seed",
    "seeds",
    "confidence",
    "metrics",
    "set",
    "factors",
    "points",
    "normalise",
    "until",
    "gates",
];

impl Reader<'_> {
    /// Refuses another schema than this version's.
    pub fn schema(&mut self, top: &Section<'_>) {
        let found = top.table.get("schema").map(|item| item.as_integer());
        let fault = match found {
            Some(Some(SWEEP_FILE_SCHEMA)) => return,
            Some(_) => self.fault(top, "schema", "unsupported schema"),
            None => Fault::new(self.file, 1, "missing").at("schema"),
        };
        let legal = Some(SWEEP_FILE_SCHEMA.to_string());
        self.faults
            .push(fault.legal(legal).hint("begin the file with schema = 1"));
    }

    /// The sweep's name, which also names its folder of results.
    pub fn name(&mut self, top: &Section<'_>) -> Option<String> {
        if !top.table.contains_key("name") {
            self.missing(top, "name", "write name = \"slashing\"");
        }
        let name = self.string(top, "name")?;
        if !is_plain(&name) {
            let fault = self.fault(top, "name", "not a legal name");
            self.faults.push(fault.legal(Some(NAME_LEGAL.to_owned())));
            return None;
        }
        Some(name)
    }

    /// The base scenario as written: a file beside this one, or a built-in.
    pub fn scenario(&mut self, top: &Section<'_>) -> Option<String> {
        if !top.table.contains_key("scenario") {
            self.missing(top, "scenario", "write scenario = \"baseline\", or a path");
        }
        let scenario = self.string(top, "scenario")?;
        if self.folder.join(&scenario).is_file() || built_in::scenario(&scenario).is_some() {
            return Some(scenario);
        }
        let names: Vec<_> = built_in::SCENARIOS.iter().map(|(name, _)| *name).collect();
        let legal = format!("{}, or a path relative to this file", names.join(", "));
        let fault = self
            .fault(top, "scenario", "no such scenario")
            .legal(Some(legal));
        self.faults
            .push(match parameters::nearest(&scenario, names.into_iter()) {
                Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
                None => fault,
            });
        None
    }

    /// Keys that another design than the file's would read.
    pub fn refuse_foreign(&mut self, top: &Section<'_>, design: Design) {
        let is_list = design == Design::List;
        let is_morris = matches!(design, Design::Morris { .. });
        let foreign = [
            (
                "samples",
                !design.is_sampled() || is_morris,
                "only latin_hypercube, sobol and saltelli have samples",
            ),
            ("trajectories", !is_morris, "only morris has trajectories"),
            ("levels", !is_morris, "only morris has levels"),
            (
                "design_seed",
                !design.is_sampled(),
                "only latin_hypercube, sobol, morris and saltelli draw",
            ),
            ("factors", is_list, "a list has [[points]]"),
            ("points", !is_list, "only design = \"list\" has points"),
            (
                "normalise",
                !is_list,
                "only design = \"list\" can be normalised",
            ),
        ];
        for (key, is_foreign, message) in foreign {
            if is_foreign && top.table.contains_key(key) {
                let fault = self.fault(top, key, message);
                self.faults.push(fault);
            }
        }
    }

    /// Confidence of intervals and verdicts.
    pub fn confidence(&mut self, top: &Section<'_>) -> Option<f64> {
        if !top.table.contains_key("confidence") {
            return Some(0.95);
        }
        let text = self.string(top, "confidence")?;
        let legal = Ratio::from_percent(50)..=Ratio::from_parts(999_900_000_000);
        let fault = self.fault(top, "confidence", "out of range");
        let told = match Ratio::parse(&text) {
            Ok(ratio) if legal.contains(&ratio) => return Some(fraction(ratio)),
            Ok(_) => fault.legal(Some("50 % to 99.99 %".to_owned())),
            Err(error) => Fault {
                message: error.to_string(),
                ..fault
            }
            .hint(error.hint()),
        };
        self.faults.push(told);
        None
    }

    /// Names of the metrics to keep; none for all.
    pub fn metrics(&mut self, top: &Section<'_>) -> Vec<String> {
        let Some(item) = top.table.get("metrics") else {
            return Vec::new();
        };
        let Some(array) = item.as_array().filter(|array| !array.is_empty()) else {
            let fault = self.fault(top, "metrics", "expected an array of names");
            self.faults
                .push(fault.hint("leave it out to keep all metrics"));
            return Vec::new();
        };
        let mut names: Vec<String> = Vec::new();
        for value in array {
            let line = self.line(value.span());
            let written = self.written(value.span());
            let name = value.as_str().unwrap_or(&written);
            if self.is_metric(name, line, "metrics") && names.iter().any(|known| known == name) {
                let fault = Fault::new(self.file, line, "named twice").at("metrics");
                self.faults.push(fault.value(written));
            } else {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Whether a metric of that name exists; tells it where not.
    pub fn is_metric(&mut self, name: &str, line: usize, key: &str) -> bool {
        let all = metrics::all();
        if all.iter().any(|metric| metric.name == name) {
            return true;
        }
        let fault = Fault::new(self.file, line, "unknown metric").at(key);
        let fault = fault.value(format!("\"{name}\""));
        let near = parameters::nearest(name, all.iter().map(|metric| metric.name));
        self.faults.push(match near {
            Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
            None => fault.hint("stakesim show metrics lists all metrics"),
        });
        false
    }
}

/// What names are made of.
pub const NAME_LEGAL: &str = "a string of 1 to 64 letters, digits, _, - and .";

/// Whether a text may be a name.
pub fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (1..=64).contains(&name.len()) && name.chars().all(is_plain) && !name.starts_with('.')
}

/// A ratio as a float.
pub fn fraction(ratio: Ratio) -> f64 {
    ratio.parts() as f64 / Ratio::ONE.parts() as f64
}
