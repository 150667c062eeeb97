//! The runs of a search: points carried out like a sweep's, where a point without a scenario or without a result is a candidate
//! that is no good, and no reason to stop.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::candidate::Unmeasured;
use crate::recording::Failure;
use crate::scenario::Faults;
use crate::sweep::{Journal, Plan, Point, RunRecord, Shard, Stop, Watch, carry_out};

/// All finished runs, the journal that they stand in, and who watches.
pub struct Runs<'a> {
    journal: Journal,
    finished: BTreeMap<(u32, u32), RunRecord>,
    watch: &'a dyn Watch,
}

/// How far a search has come, for whoever watches.
#[derive(Clone, Copy)]
pub struct Progress {
    /// Runs of candidates that a plan does not hold.
    pub elsewhere: usize,
    /// Runs that the whole search is known to take.
    pub wanted: usize,
}

impl<'a> Runs<'a> {
    /// With the runs that the journal held.
    pub fn new(journal: Journal, finished: Vec<RunRecord>, watch: &'a dyn Watch) -> Self {
        let place = |run: RunRecord| ((run.point, run.replication), run);
        Self {
            journal,
            finished: finished.into_iter().map(place).collect(),
            watch,
        }
    }

    /// The finished runs of a point, in order of replication.
    pub fn of(&self, point: u32) -> impl Iterator<Item = &RunRecord> {
        let range = (point, 0)..=(point, u32::MAX);
        self.finished.range(range).map(|(_, run)| run)
    }

    /// All runs of each point of a plan, or why it has none.
    ///
    /// # Errors
    /// See [`Stop`].
    pub fn carry_out(
        &mut self,
        plan: &Plan,
        progress: Progress,
    ) -> Result<Vec<Result<Vec<RunRecord>, Unmeasured>>, Stop> {
        let refusal = |point: &Point| plan.scenario_at(point).err().map(refused);
        let mut failed: Vec<Option<Unmeasured>> = plan.points.par_iter().map(refusal).collect();
        loop {
            let points = plan.points.iter().zip(&failed);
            let open = points.filter(|(_, failed)| failed.is_none());
            let open = Plan {
                points: open.map(|(point, _)| point.clone()).collect(),
                ..plan.clone()
            };
            match self.attempt(&open, progress) {
                Ok(()) => break,
                Err(Stop::Run {
                    settings,
                    failure: Failure::MarketDry { .. },
                    ..
                }) => {
                    let label = settings.join(" ");
                    let at = plan.points.iter().position(|point| point.label() == label);
                    // Which of its runs was the first to end early hangs on the threads, and is not told.
                    let why = "in a run somebody wanted to buy more coins than the market holds";
                    failed[at.expect("it is one of these points")] =
                        Some(Unmeasured::Failed(why.to_owned()));
                }
                Err(stop) => return Err(stop),
            }
        }
        let count = plan.seeds.len();
        let runs = |(point, failed): (&Point, Option<Unmeasured>)| match failed {
            Some(why) => Err(why),
            None => Ok(self.of(point.index).take(count).cloned().collect()),
        };
        Ok(plan.points.iter().zip(failed).map(runs).collect())
    }

    /// Carries out a plan and keeps whatever finished, even when it is stopped.
    fn attempt(&mut self, plan: &Plan, progress: Progress) -> Result<(), Stop> {
        let keeper = Keeper {
            watch: self.watch,
            kept: Mutex::new(Vec::new()),
            progress,
        };
        let known = plan.points.iter().flat_map(|point| self.of(point.index));
        let known: Vec<RunRecord> = known.cloned().collect();
        let journal = self.journal.again().map_err(Stop::Journal)?;
        let ended = carry_out(plan, Shard::WHOLE, journal, known, &keeper);
        let kept = keeper.kept.into_inner();
        let place = |run: RunRecord| ((run.point, run.replication), run);
        self.finished.extend(
            kept.expect("nobody panics while pushing")
                .into_iter()
                .map(place),
        );
        ended.map(|_| ())
    }
}

/// A scenario's faults in one line.
fn refused(faults: Faults) -> Unmeasured {
    let told = |fault: &crate::scenario::Fault| match fault.path.is_empty() {
        true => fault.message.clone(),
        false => format!("{}: {}", fault.path, fault.message),
    };
    let all: Vec<String> = faults.0.iter().map(told).collect();
    Unmeasured::Refused(all.join("; "))
}

/// Passes on what it is told and keeps the runs.
struct Keeper<'a> {
    watch: &'a dyn Watch,
    kept: Mutex<Vec<RunRecord>>,
    progress: Progress,
}

impl Watch for Keeper<'_> {
    fn begin(&self, _wanted: usize, finished: usize) {
        let Progress { elsewhere, wanted } = self.progress;
        self.watch.begin(wanted, elsewhere + finished);
    }

    fn finished(&self, run: &RunRecord) {
        let mut kept = self.kept.lock().expect("nobody panics while pushing");
        kept.push(run.clone());
        drop(kept);
        self.watch.finished(run);
    }

    fn is_stopped(&self) -> bool {
        self.watch.is_stopped()
    }
}
