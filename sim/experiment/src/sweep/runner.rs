//! Carries out a plan: all runs of all points on one pool of threads, each finished one into the journal at once.
//!
//! What comes out depends on the plan alone: not on the number of threads, not on how often it was killed on the way.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::journal::{Journal, RunRecord};
use super::normalise::Basis;
use super::task::{Task, carry_out_task};
use super::{Plan, Point, Shard};
use crate::recording::Failure;
use crate::scenario::Faults;
use crate::statistics::is_precise;

/// Told what happens; may ask to stop at any epoch boundary of any run.
pub trait Watch: Sync {
    /// So many runs are known to be wanted, of which so many are finished already.
    fn begin(&self, wanted: usize, finished: usize);
    /// A run has finished.
    fn finished(&self, run: &RunRecord);
    /// Whether to stop.
    fn is_stopped(&self) -> bool;
}

/// Why a sweep did not come to its end. What had finished stands in the journal.
#[derive(Debug)]
pub enum Stop {
    /// It was asked to.
    Interrupted,
    /// A point's scenario has faults after all: a file changed meanwhile.
    Faults(Faults),
    /// A run has no result.
    Run {
        /// What was set at its point, as `path=value`.
        settings: Vec<String>,
        /// Its seed.
        seed: u64,
        /// Why.
        failure: Failure,
    },
    /// The journal cannot be written.
    Journal(io::Error),
}

/// Finished runs by point and replication.
type Finished = BTreeMap<(u32, u32), RunRecord>;

/// Runs all that is not finished yet and gives the records of the plan (or of a shard of it) in order of point and replication.
///
/// # Errors
/// See [`Stop`].
pub fn carry_out(
    plan: &Plan,
    shard: Shard,
    journal: Journal,
    finished: Vec<RunRecord>,
    watch: &dyn Watch,
) -> Result<Vec<RunRecord>, Stop> {
    let mut finished: Finished = by_place(finished);
    let journal = Mutex::new(journal);
    let points: Vec<&Point> = plan
        .points
        .iter()
        .filter(|of| shard.has(of.index))
        .collect();
    loop {
        let wanted: Vec<Task<'_>> = points
            .iter()
            .flat_map(|&point| (0..replications(plan, point, &finished)).map(move |n| (point, n)))
            .collect();
        let is_open = |(point, n): &Task<'_>| !finished.contains_key(&(point.index, *n));
        let open: Vec<Task<'_>> = wanted.iter().copied().filter(is_open).collect();
        watch.begin(wanted.len(), wanted.len() - open.len());
        if open.is_empty() {
            // A journal may hold more, where a run to a coarser precision was asked for first.
            let place = |(point, n): &Task<'_>| (point.index, *n);
            let records = wanted
                .iter()
                .filter_map(|task| finished.remove(&place(task)));
            return Ok(records.collect());
        }
        let done = Mutex::new(Vec::new());
        let known = &finished;
        next(open).par_iter().try_for_each_init(
            || None,
            |last, &task| {
                let run = carry_out_task(plan, task, last, first(plan, task, known), watch)?;
                let mut journal = journal.lock().expect("nobody panics while writing");
                journal.append(&run).map_err(Stop::Journal)?;
                drop(journal);
                watch.finished(&run);
                done.lock().expect("nobody panics while pushing").push(run);
                Ok(())
            },
        )?;
        finished.extend(by_place(
            done.into_inner().expect("nobody panics while pushing"),
        ));
    }
}

/// Of the open tasks those to be done now. Runs at equal emission come after all others, because they begin where the runs at
/// equal market value end.
fn next(open: Vec<Task<'_>>) -> Vec<Task<'_>> {
    let is_later = |(point, _): &Task<'_>| point.basis() == Some(Basis::Emission);
    let (later, now): (Vec<_>, Vec<_>) = open.into_iter().partition(is_later);
    if now.is_empty() { later } else { now }
}

/// The run that a task at equal emission begins with, where this part of the sweep has it.
fn first<'a>(plan: &Plan, (point, n): Task<'_>, known: &'a Finished) -> Option<&'a RunRecord> {
    let other = plan.at_market_value(point)?;
    known.get(&(other.index, n))
}

fn by_place(records: Vec<RunRecord>) -> Finished {
    let placed = records
        .into_iter()
        .map(|run| ((run.point, run.replication), run));
    placed.collect()
}

/// How many replications a point needs as far as is known. A precision is looked at only at the ends of batches, when
/// all of a batch is there: so the number does not depend on which run was faster.
fn replications(plan: &Plan, point: &Point, finished: &Finished) -> u32 {
    let Some(until) = &plan.until else {
        return plan.seeds.len() as u32;
    };
    let names = plan.metric_names();
    let at = names.iter().position(|name| *name == until.metric);
    let at = at.expect("the metric of a precision is always kept");
    let cap = until.max.min(plan.seeds.len() as u32);
    let mut count = until.batch.min(cap);
    loop {
        let runs = (0..count).map(|n| finished.get(&(point.index, n)));
        let Some(values) = runs
            .map(|run| run.map(|of| of.values[at]))
            .collect::<Option<Vec<_>>>()
        else {
            return count;
        };
        if count == cap || is_precise(&values, until.half_width, plan.confidence) {
            return count;
        }
        count = (count + until.batch).min(cap);
    }
}
