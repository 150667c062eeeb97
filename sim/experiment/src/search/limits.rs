//! How far a search goes: `[search]` of its file.

use super::Side;
use crate::sweep::{Reader, Section};

/// Keys of `[search]`.
const KEYS: [&str; 5] = [
    "evaluations",
    "population",
    "seed",
    "confirm",
    "feasible_by",
];

/// Combinations of a generation where the file does not say.
const POPULATION: u32 = 20;
/// Fewest and most combinations of a generation.
const POPULATION_MIN: u32 = 4;
const POPULATION_MAX: u32 = 1_000;
/// Most combinations of a search.
const EVALUATIONS_MAX: u32 = 100_000;
/// Most runs of a candidate of the front under fresh seeds.
const CONFIRM_MAX: u64 = 100_000;

/// `[search]` as it was written.
pub struct Limits {
    /// Most combinations that are run.
    pub evaluations: u32,
    /// Combinations of a generation.
    pub population: u32,
    /// Seed of the optimiser's draws.
    pub seed: u64,
    /// Fresh seeds, where it says how many.
    pub confirm: Option<u64>,
    /// What must lie on the good side of a gate's bound.
    pub side: Side,
}

impl Reader<'_> {
    /// `[search]`; nothing where it is wrong.
    pub fn limits(&mut self, top: &Section<'_>) -> Option<Limits> {
        let hint = "how far to look: write [search] and evaluations = 200";
        let Some(item) = top.table.get("search") else {
            self.missing(top, "search", hint);
            return None;
        };
        let Some(table) = item.as_table_like() else {
            let fault = self.fault(top, "search", "expected a table");
            self.faults.push(fault.hint(hint));
            return None;
        };
        let section = &Section {
            table,
            name: "search",
            line: self.line_of(top, "search"),
        };
        self.refuse_unknown(section, &KEYS);
        if !table.contains_key("evaluations") {
            let hint = "most combinations to run: write evaluations = 200";
            self.missing(section, "evaluations", hint);
        }
        let least = u64::from(POPULATION_MIN);
        let evaluations = self.whole(section, "evaluations", least..=EVALUATIONS_MAX.into());
        let most = evaluations.unwrap_or(u64::MAX).min(POPULATION_MAX.into());
        let population = match table.contains_key("population") {
            true => self.whole(section, "population", least..=most),
            false => Some(most.min(POPULATION.into())),
        };
        let seed = match table.contains_key("seed") {
            true => self.whole(section, "seed", 0..=i64::MAX as u64),
            false => Some(1),
        };
        let confirm = match table.contains_key("confirm") {
            true => self.whole(section, "confirm", 1..=CONFIRM_MAX).map(Some),
            false => Some(None),
        };
        let sides = [("estimate", Side::Estimate), ("interval", Side::Interval)];
        let side = self.word(section, "feasible_by", &sides);
        Some(Limits {
            evaluations: u32::try_from(evaluations?).ok()?,
            population: u32::try_from(population?).ok()?,
            seed: seed?,
            confirm: confirm?,
            side: side?,
        })
    }
}
