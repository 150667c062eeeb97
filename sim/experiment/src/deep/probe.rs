//! Tries the parameters of a scenario one at a time: each changed alone with its mechanism switched on, under the same seeds as
//! the scenario with that mechanism and nothing else changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::change::{CHANGES_MAX, Change, changes};
use super::effects::{self, Effect};
use super::finding::{Finding, Report, Verdict};
use super::outcome::{Moved, Outcome, classify};
use super::size::reduction;
use super::trial::Trial;
use crate::parameters::{self, Access, Parameter};
use crate::recording::{Failure, market_dry};
use crate::scenario::{Faults, Overrides, Scenario, Start};

/// How to probe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options<'a> {
    /// Seeds to begin with, counted up from the scenario's; `LOOKS` times as many where the answer stays open.
    pub seeds: u32,
    /// Keep the scenario's size.
    pub is_full: bool,
    /// Confidence of all of a parameter's intervals together.
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

/// How often runs may be compared before the answer stays open: after the first seeds, twice and three times as many. Each
/// look has its part of the error, so that looking again costs precision and not honesty.
pub const LOOKS: usize = 3;

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
    let first = options.seeds as usize;
    let seeds = (0..(first * LOOKS) as u64).map(|at| given.seed.saturating_add(at));
    let probe = Probe {
        file,
        set: overrides.set.iter().chain(&reduced).cloned().collect(),
        seeds: seeds.collect(),
        first,
        errors: 1.0 - options.confidence,
        watch,
        bases: Mutex::default(),
    };
    let chosen = |of: &&Parameter| of.path.starts_with(options.only);
    let chosen: Vec<_> = parameters::all().iter().filter(chosen).collect();
    watch.begin(chosen.len());
    // The scenario as it stands first: where it has no result, none of the others means anything.
    probe.as_it_stands()?;
    let tried = chosen.par_iter().map(|parameter| {
        let finding = probe.parameter(parameter);
        watch.finished();
        finding
    });
    Ok(Report {
        scenario: given.name,
        findings: tried.collect::<Result<_, _>>()?,
        reduced,
        seeds_max: probe.seeds.len(),
        seeds: probe.seeds[..first].to_vec(),
        confidence: options.confidence,
    })
}

/// The unchanged side, shared by all parameters that need the same.
type Base = Arc<Mutex<Option<Trial>>>;

struct Probe<'a> {
    file: &'a Path,
    set: Vec<String>,
    /// All that may be used.
    seeds: Vec<u64>,
    /// How many of them a comparison begins with.
    first: usize,
    errors: f64,
    watch: &'a dyn Watch,
    bases: Mutex<BTreeMap<Vec<String>, Base>>,
}

/// Where a parameter is tried: what is set on both sides, and the unchanged one.
struct Place {
    set: Vec<String>,
    base: Base,
    is_switched_on: bool,
}

impl Place {
    /// The unchanged side, held: whoever needs the same waits, and it is run once.
    fn base(&self) -> MutexGuard<'_, Option<Trial>> {
        self.base
            .lock()
            .expect("nobody panics while running a base")
    }
}

impl Probe<'_> {
    fn load(&self, set: &[String]) -> Result<Scenario, Faults> {
        let overrides = Overrides {
            set: self.set.iter().chain(set).cloned().collect(),
            seed: None,
        };
        Scenario::load(Start::File(self.file), &overrides)
    }

    /// Runs a trial under so many seeds; nothing where the market runs dry.
    fn run<'t>(
        &self,
        trial: &'t mut Trial,
        seeds: usize,
        set: &[String],
    ) -> Result<Option<&'t [super::footprint::Footprint]>, Stop> {
        trial
            .under(&self.seeds[..seeds], &|| self.watch.is_stopped())
            .map_err(|failure| Stop::Run(set.to_vec(), failure))
    }

    /// The scenario with this set; nothing where that is illegal or has no result.
    fn place(&self, set: Vec<String>, is_switched_on: bool) -> Result<Option<Place>, Stop> {
        let mut bases = self.bases.lock().expect("nobody panics while looking up");
        let base = bases.entry(set.clone()).or_default().clone();
        drop(bases);
        let place = Place {
            set,
            base,
            is_switched_on,
        };
        let mut held = place.base();
        if held.is_none() {
            let Ok(scenario) = self.load(&place.set) else {
                return Ok(None);
            };
            *held = Some(Trial::new(scenario));
        }
        let trial = held.as_mut().expect("it was put there");
        let has_result = self.run(trial, self.first, &place.set)?.is_some();
        drop(held);
        Ok(has_result.then_some(place))
    }

    fn as_it_stands(&self) -> Result<Place, Stop> {
        self.load(&[]).map_err(Stop::Faults)?;
        match self.place(Vec::new(), false)? {
            Some(place) => Ok(place),
            None => {
                let mut trial = Trial::new(self.load(&[]).map_err(Stop::Faults)?);
                self.run(&mut trial, self.first, &[])?;
                let epoch = trial.dry().unwrap_or_default();
                Err(Stop::Run(Vec::new(), Failure::MarketDry { epoch }))
            }
        }
    }

    /// Tries a parameter with its mechanism switched on; as the scenario stands where what that takes does not fit.
    fn parameter(&self, parameter: &'static Parameter) -> Result<Finding, Stop> {
        let effect = effects::of(parameter.path);
        let place = match self.place(effect.set(parameter.path), true)? {
            Some(place) => place,
            None => self.as_it_stands()?,
        };
        let from = {
            let base = place.base();
            let trial = base.as_ref().expect("a place has been run");
            trial.effective()[parameter.path].clone()
        };
        let (to, result) = match (parameter.access, effect.unseen) {
            (Access::File(_), Some(reason)) => (None, Verdict::Explained { reason }),
            _ => self.tried(parameter, effect, &place, &from)?,
        };
        let on = place.is_switched_on;
        Ok(Finding {
            path: parameter.path,
            from,
            to,
            is_switched_on: on,
            switched_on: effect.switched_on(parameter.path),
            set: place.set,
            because: effect.because,
            result,
        })
    }

    /// The first changes that the scenario's rules allow and that do not take too long.
    fn trials(
        &self,
        parameter: &Parameter,
        effect: &Effect,
        place: &Place,
    ) -> Vec<(Change, Trial)> {
        let (effective, events) = {
            let base = place.base();
            let trial = base.as_ref().expect("a place has been run");
            (trial.effective().clone(), trial.events())
        };
        let legal = |change: Change| {
            let set = [&place.set[..], &change.set].concat();
            let trial = Trial::new(self.load(&set).ok()?);
            let is_short = trial.events() <= events.saturating_mul(GROWTH_MAX);
            is_short.then_some((change, trial))
        };
        let all = changes(parameter, &effective, effect.to).into_iter();
        all.filter_map(legal).take(CHANGES_MAX).collect()
    }

    /// Compares until a change decides: all changes under the first seeds, then those that act under more.
    fn tried(
        &self,
        parameter: &Parameter,
        effect: &Effect,
        place: &Place,
        from: &str,
    ) -> Result<(Option<String>, Verdict), Stop> {
        let mut trials = self.trials(parameter, effect, place);
        let errors = self.errors / (LOOKS * trials.len().max(1)) as f64;
        let mut open = Open::default();
        for look in 1..=LOOKS {
            let seeds = self.first * look;
            let mut acting = Vec::new();
            for (change, mut trial) in trials {
                let Some(after) = self.run(&mut trial, seeds, &change.set)? else {
                    let epoch = trial.dry().unwrap_or_default();
                    open.note(&change, market_dry(epoch));
                    continue;
                };
                let mut base = place.base();
                let base = base.as_mut().expect("a place has been run");
                let Some(before) = self.run(base, seeds, &place.set)? else {
                    continue;
                };
                match classify(effect, from, &change, [before, after], errors) {
                    Outcome::Connected(moved) => {
                        return Ok((Some(change.value), Verdict::Connected(moved)));
                    }
                    Outcome::Contrary(moved) => {
                        return Ok((Some(change.value), Verdict::Contrary(moved)));
                    }
                    Outcome::Acts(nearest) => {
                        if let Some(reason) = effect.unseen {
                            return Ok((Some(change.value), Verdict::Explained { reason }));
                        }
                        open.acts(&change, nearest);
                        acting.push((change, trial));
                    }
                    Outcome::Dead => open.dead(&change),
                }
            }
            trials = acting;
        }
        let (to, verdict) = open.verdict();
        Ok(match (verdict, effect.unseen) {
            (Verdict::Dead, Some(reason)) if effect.is_idle => (to, Verdict::Explained { reason }),
            (verdict, _) => (to, verdict),
        })
    }
}

/// What is known of a parameter that no change has decided.
#[derive(Default)]
struct Open {
    to: Option<String>,
    nearest: Option<Moved>,
    note: Option<String>,
    is_live: bool,
}

impl Open {
    fn dead(&mut self, change: &Change) {
        self.to.get_or_insert_with(|| change.value.clone());
    }

    fn acts(&mut self, change: &Change, nearest: Option<Moved>) {
        let is_nearer = match (&nearest, &self.nearest) {
            (Some(new), Some(old)) => new.clearness() > old.clearness(),
            (Some(_), None) => true,
            (None, _) => !self.is_live,
        };
        if is_nearer {
            (self.to, self.nearest) = (Some(change.value.clone()), nearest);
        }
        self.is_live = true;
    }

    /// A changed run came to no result, which the unchanged one did.
    fn note(&mut self, change: &Change, why: String) {
        self.note
            .get_or_insert(format!("at {}: {why}", change.value));
    }

    fn verdict(self) -> (Option<String>, Verdict) {
        let Self {
            to,
            nearest,
            note,
            is_live,
        } = self;
        let is_untried = to.is_none() && note.is_none();
        if !is_live && note.is_none() && !is_untried {
            return (to, Verdict::Dead);
        }
        let untried = || "no other value is legal in this scenario".to_owned();
        let note = note.or_else(|| is_untried.then(untried));
        (to, Verdict::Unmoved { nearest, note })
    }
}
