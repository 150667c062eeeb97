//! A search file read and checked: a sweep's keys but for its design, and `[search]` and `[[objectives]]`. All faults are told
//! at once.

use std::path::Path;

use toml_edit::TableLike;

use super::Search;
use crate::gates::Gate;
use crate::scenario::{Fault, Faults, Overrides};
use crate::sweep::{Check, Design, Factor, Plan, Point, Reader, Section, Setting, Steps, read};

/// Keys of a search file.
const KEYS: [&str; 10] = [
    "schema",
    "name",
    "scenario",
    "seeds",
    "confidence",
    "metrics",
    "set",
    "factors",
    "gates",
    "search",
];
/// With its array of tables that a sweep has not.
const OBJECTIVES: &str = "objectives";
/// Values of a range that does not say how many steps it has: as fine as a result can tell apart, and round.
const STEPS: u32 = 101;
/// Most factors: the fewer the evaluations, the fewer can be searched anyway.
const FACTORS_MAX: usize = 100;
impl Search {
    /// Reads and checks a search file. What the command line sets counts like `[set]` and wins over it.
    ///
    /// # Errors
    /// All faults of the file and of its base scenario.
    pub fn load(path: &Path, overrides: &Overrides) -> Result<Self, Faults> {
        read(path, "search", |reader, table| {
            reader.search(table, overrides)
        })
    }
}

impl Reader<'_> {
    fn search(&mut self, table: &dyn TableLike, overrides: &Overrides) -> Option<Search> {
        let top = &Section {
            table,
            name: "",
            line: 1,
        };
        let keys: Vec<&str> = KEYS.into_iter().chain([OBJECTIVES]).collect();
        self.refuse_unknown(top, &keys);
        self.schema(top);
        let name = self.name(top);
        let scenario = self.scenario(top);
        if let Some(scenario) = &scenario {
            self.base_decimals(scenario);
        }
        let factors = self.ranges(top);
        let is_factor = |path: &str| factors.iter().flatten().any(|(known, _)| known == path);
        let settings = self.settings(top, overrides, &is_factor);
        let confidence = self.confidence(top);
        let mut metrics = self.metrics(top);
        let seeds = self.seeds(top, None, overrides);
        let gates = self.gates_everywhere(top);
        let objectives = self.objectives(top);
        let limits = self.limits(top);
        if !metrics.is_empty() {
            let wanted = objectives.iter().flatten().map(|of| of.metric.to_owned());
            metrics.extend(wanted);
        }
        let (factors, values) = factors?.into_iter().unzip();
        let plan = Plan {
            name: name?,
            scenario: scenario?,
            base: settings
                .iter()
                .map(|it| format!("{}={}", it.path, it.text))
                .collect(),
            factors,
            design: Design::List,
            points: Vec::new(),
            normalise: None,
            seeds: seeds?,
            until: None,
            metrics,
            gates,
            confidence: confidence?,
            text: self.text.to_owned(),
            folder: self.folder.to_owned(),
        };
        if self.faults.is_empty() {
            self.faults = self.base_refused(&plan, &settings);
        }
        let limits = limits?;
        Some(Search {
            values,
            objectives: objectives?,
            evaluations: limits.evaluations,
            population: limits.population,
            seed: limits.seed,
            fresh_seeds: fresh(&plan.seeds, limits.confirm),
            side: limits.side,
            plan,
        })
    }

    /// Faults of the base scenario alone: what a combination is refused for is no fault of the file.
    fn base_refused(&self, plan: &Plan, settings: &[Setting]) -> Vec<Fault> {
        let base = Point {
            index: 0,
            settings: Vec::new(),
        };
        let plan = Plan {
            points: vec![base],
            ..plan.clone()
        };
        Check {
            plan: &plan,
            file: self.file,
            settings,
            line: &|_, _| 0,
        }
        .faults()
    }

    /// Paths of the factors with their values; nothing where one is wrong.
    fn ranges(&mut self, top: &Section<'_>) -> Option<Vec<(String, Vec<String>)>> {
        let sections = self.sections(top, "factors");
        if sections.is_empty() {
            let fault = self.fault(top, "factors", "expected at least one");
            self.faults
                .push(fault.hint("begin each with a line [[factors]]"));
            return None;
        }
        if sections.len() > FACTORS_MAX {
            let fault = self.fault(top, "factors", format!("{} factors", sections.len()));
            self.faults
                .push(fault.legal(Some(format!("at most {FACTORS_MAX}"))));
        }
        let factors: Vec<_> = sections
            .iter()
            .map(|section| self.factor_in(section, Steps::Otherwise(STEPS)))
            .collect();
        self.refuse_twice(&sections);
        let factor = |factor: Factor| {
            let values = (0..factor.count()).map(|at| factor.listed(at).to_owned());
            (factor.parameter.path.to_owned(), values.collect())
        };
        factors.into_iter().map(|of| of.map(factor)).collect()
    }

    /// The gates, of which each is read at every candidate.
    fn gates_everywhere(&mut self, top: &Section<'_>) -> Vec<Gate> {
        let gates = self.all_gates(top);
        for gate in &gates {
            let fault = |message: &str| Fault::new(self.file, gate.line, message);
            if !gate.settings.is_empty() {
                let fault = fault("every candidate of a search has to meet every gate");
                self.faults
                    .push(fault.at("gates.where").hint("take where out"));
            }
            if gate.relative.is_some() {
                let fault = fault("another result has no runs of a search's candidates");
                let hint = "write op and value instead of baseline and margin";
                self.faults.push(fault.at("gates.baseline").hint(hint));
            }
        }
        gates
    }
}

/// So many seeds (as many as there are, where nothing is said) that come after all of these.
fn fresh(seeds: &[u64], count: Option<u64>) -> Vec<u64> {
    let first = seeds.iter().max().map_or(1, |last| last.saturating_add(1));
    let count = count.unwrap_or(seeds.len() as u64);
    (0..count).map(|at| first.saturating_add(at)).collect()
}
