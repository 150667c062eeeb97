//! Tries the parameters of a scenario one at a time: each changed alone, under the same seeds as the unchanged scenario.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::change::{Change, changes};
use super::finding::{Finding, MOVES, Probed, Report};
use super::footprint::{Footprint, footprint};
use super::needs::{NEEDS, Need};
use super::outcome::classify;
use super::size::reduction;
use crate::estimate::estimate;
use crate::parameters::{self, Access, Parameter};
use crate::recording::{Failure, market_dry};
use crate::scenario::{Faults, Overrides, Scenario, Start};

/// How to probe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options<'a> {
    /// Seeds, counted up from the scenario's.
    pub seeds: u32,
    /// Keep the scenario's size.
    pub is_full: bool,
    /// Confidence of each parameter's tests and of the intervals.
    pub confidence: f64,
    /// Beginning of the paths to try; empty: all.
    pub only: &'a str,
}

/// Told what happens; may ask to stop.
pub trait Watch: Sync {
    /// So many parameters will be tried.
    fn begin(&self, parameters: usize);
    /// One has been tried.
    fn finished(&self);
    /// Whether to stop.
    fn is_stopped(&self) -> bool;
}

/// Why there is no report.
#[derive(Debug)]
pub enum Stop {
    /// The scenario has faults, perhaps only at its reduced size.
    Faults(Faults),
    /// A run has no result, with what was set for it.
    Run(Vec<String>, Failure),
}

/// A changed run that is expected to have more than this many times the events of the unchanged one is not made.
const GROWTH_MAX: u64 = 12;

/// Probes the parameters of the scenario in a file (or of that name).
///
/// # Errors
/// See [`Stop`].
pub fn probe(
    file: &Path,
    overrides: &Overrides,
    options: Options<'_>,
    watch: &dyn Watch,
) -> Result<Report, Stop> {
    let load =
        |overrides: &Overrides| Scenario::load(Start::File(file), overrides).map_err(Stop::Faults);
    let given = load(overrides)?;
    let reduced = match options.is_full {
        true => Vec::new(),
        false => reduction(&given),
    };
    let probe = Probe {
        file,
        set: overrides.set.iter().chain(&reduced).cloned().collect(),
        seeds: (0..options.seeds)
            .map(|at| given.seed.saturating_add(at.into()))
            .collect(),
        confidence: options.confidence,
        watch,
        bases: Mutex::default(),
    };
    let chosen = |of: &&Parameter| of.path.starts_with(options.only);
    let chosen: Vec<_> = parameters::all().iter().filter(chosen).collect();
    watch.begin(chosen.len());
    // The unchanged scenario first: where it has no result, none of the others means anything.
    probe.base(None)?;
    let tried = chosen.par_iter().map(|parameter| {
        let finding = probe.parameter(parameter);
        watch.finished();
        finding
    });
    Ok(Report {
        scenario: given.name,
        findings: tried.collect::<Result<_, _>>()?,
        reduced,
        seeds: probe.seeds,
        confidence: options.confidence,
    })
}

/// The unchanged side of a comparison.
#[derive(Clone)]
struct Base {
    effective: BTreeMap<String, String>,
    events: u64,
    runs: Vec<Footprint>,
}

struct Probe<'a> {
    file: &'a Path,
    set: Vec<String>,
    seeds: Vec<u64>,
    confidence: f64,
    watch: &'a dyn Watch,
    /// Unchanged sides by what is switched on; run once each.
    bases: Mutex<BTreeMap<&'static [&'static str], Base>>,
}

impl Probe<'_> {
    fn load(&self, need: Option<&Need>, change: &[String]) -> Result<Scenario, Faults> {
        let need = need.map_or(&[][..], |need| need.set);
        let need = need.iter().map(|&text| text.to_owned());
        let set = self
            .set
            .iter()
            .cloned()
            .chain(need)
            .chain(change.iter().cloned());
        let overrides = Overrides {
            set: set.collect(),
            seed: None,
        };
        Scenario::load(Start::File(self.file), &overrides)
    }

    fn runs(&self, scenario: &mut Scenario) -> Result<Vec<Footprint>, Failure> {
        let run = |seed: &u64| {
            scenario.seed = *seed;
            footprint(scenario, &|| self.watch.is_stopped())
        };
        self.seeds.iter().map(run).collect()
    }

    /// The unchanged runs, made once for each need.
    fn base(&self, need: Option<&'static Need>) -> Result<Base, Stop> {
        let key = need.map_or(&[][..], |need| need.set);
        // Held while it runs: whoever needs the same waits, and it is run once.
        let mut bases = self
            .bases
            .lock()
            .expect("nobody panics while running a base");
        if let Some(known) = bases.get(key) {
            return Ok(known.clone());
        }
        let mut scenario = self.load(need, &[]).map_err(Stop::Faults)?;
        let set = || key.iter().map(|&text| text.to_owned()).collect();
        let base = Base {
            events: estimate(&scenario.inputs).events,
            runs: self
                .runs(&mut scenario)
                .map_err(|failure| Stop::Run(set(), failure))?,
            effective: scenario.effective,
        };
        bases.insert(key, base.clone());
        Ok(base)
    }

    /// A parameter as the scenario stands, and where that moves no metric with its mechanism switched on.
    fn parameter(&self, parameter: &'static Parameter) -> Result<Finding, Stop> {
        let plain = self.under(parameter, None)?;
        let need = NEEDS.iter().find(|need| need.is_for(parameter.path));
        let Some(need) = need.filter(|_| plain.strength() < MOVES) else {
            return Ok(plain);
        };
        let active = match self.under(parameter, Some(need)) {
            // What it needs does not fit into this scenario.
            Err(Stop::Faults(_) | Stop::Run(_, Failure::MarketDry { .. })) => return Ok(plain),
            active => active?,
        };
        match active.strength() > plain.strength() {
            true => Ok(active),
            false => Ok(plain),
        }
    }

    /// The changes of a parameter until one moves a metric; otherwise the first that did more than another.
    fn under(
        &self,
        parameter: &'static Parameter,
        need: Option<&'static Need>,
    ) -> Result<Finding, Stop> {
        let base = self.base(need)?;
        let finding = |to, result| Finding {
            path: parameter.path,
            from: base.effective[parameter.path].clone(),
            to,
            need,
            result,
        };
        let mut best = match parameter.access {
            Access::File(_) => {
                return Ok(finding(
                    None,
                    Probed::Skipped("a file: there is no other value to try"),
                ));
            }
            _ => finding(
                None,
                Probed::Skipped("no other value is legal in this scenario"),
            ),
        };
        // Errors are spent by halves on each attempt, so that all of them together keep the confidence.
        let mut errors = 1.0 - self.confidence;
        for change in changes(parameter, &base.effective) {
            let Some(result) = self.attempt(need, &change, &base, errors / 2.0)? else {
                continue;
            };
            errors /= 2.0;
            let tried = finding(Some(change.value), result);
            if tried.strength() > best.strength() {
                best = tried;
            }
            if best.strength() == MOVES {
                break;
            }
        }
        Ok(best)
    }

    /// One change; nothing where the scenario's rules refuse it or it would take too long.
    fn attempt(
        &self,
        need: Option<&Need>,
        change: &Change,
        base: &Base,
        errors: f64,
    ) -> Result<Option<Probed>, Stop> {
        let Ok(mut scenario) = self.load(need, &change.set) else {
            return Ok(None);
        };
        if estimate(&scenario.inputs).events > base.events.saturating_mul(GROWTH_MAX) {
            return Ok(None);
        }
        match self.runs(&mut scenario) {
            Ok(runs) => Ok(Some(Probed::Compared(classify(
                &base.runs,
                &runs,
                errors,
                self.confidence,
            )))),
            Err(Failure::MarketDry { epoch }) => Ok(Some(Probed::Stopped(market_dry(epoch)))),
            Err(failure) => Err(Stop::Run(change.set.clone(), failure)),
        }
    }
}
