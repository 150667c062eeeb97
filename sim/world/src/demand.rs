//! What customers ask for: the replayed trace and large training jobs, both thinned from fixed streams of candidates, so that a
//! change of price moves which candidates are taken and nothing else.

use serde::{Deserialize, Serialize};
use units::{SimTime, Span};

use crate::config::{Group, Inputs, Jobs};
use crate::event::EventClass;
use crate::fleet::pick;
use crate::job::{ANY_KIND, Job};
use crate::node::NODE_GPUS;
use crate::number::{hours, ratio, span_of_hours};
use crate::purpose;
use crate::world::World;

const WEEK: Span = Span::from_days(7);

/// Draw entities of large jobs from before the run: apart from those of the run, by group.
const BEFORE: u32 = 16;

/// State of the arrival streams.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demand {
    /// Next candidate of each copy of the trace: a binary heap on (time, copy), root first.
    heap: Vec<(SimTime, u32)>,
    /// Row that each copy submits first.
    first: Vec<u32>,
    /// Candidates that each copy has gone through.
    passed: Vec<u64>,
    /// The candidate that the pending arrival event will submit: copy, its count and its row.
    next: Option<(u32, u64, u32)>,
    /// Candidates of large jobs so far, by group.
    candidates: [u32; 2],
    /// Demand over the reference, by group.
    pub factor: [f64; 2],
    /// Price multiplier that customers have in mind, by group.
    pub price_felt: [f64; 2],
}

/// Copies of the trace that run in parallel: enough for the largest demand, and as many in each week of the trace, so that a
/// quiet week of one is made up for by the others.
fn copies(inputs: &Inputs) -> u32 {
    let weeks = (inputs.config.jobs.trace_loop.ns() / WEEK.ns()).max(1) as u32;
    (libm::ceil(trace_scale(inputs) * ratio(inputs.config.jobs.demand_max)) as u32)
        .next_multiple_of(weeks)
}

/// Copies wanted at reference demand.
fn trace_scale(inputs: &Inputs) -> f64 {
    let fleet = &inputs.config.fleet;
    ratio(inputs.config.jobs.trace_scale) * f64::from(fleet.providers)
        / f64::from(fleet.providers_reference)
}

/// Copies are shifted by whole weeks, so that the rhythm of the week stays, and by odd minutes, so that no two coincide.
fn shift(copy: u32, cycle: Span) -> Span {
    let ns = u128::from(copy) * u128::from(WEEK.ns() + 97_000_000_000) % u128::from(cycle.ns());
    Span::from_ns(ns as u64)
}

/// The row that a shifted copy submits first: the first whose shifted time wraps around.
fn first_row(inputs: &Inputs, copy: u32) -> u32 {
    let cycle = inputs.config.jobs.trace_loop.ns();
    let shift = shift(copy, inputs.config.jobs.trace_loop).ns();
    inputs
        .trace
        .partition_point(|row| row.submit.ns() + shift < cycle) as u32
}

/// When a copy that begins at row `first` submits its `passed`-th candidate, and which row of the trace that is.
fn candidate(inputs: &Inputs, copy: u32, first: u32, passed: u64) -> (SimTime, usize) {
    let cycle = inputs.config.jobs.trace_loop;
    let rows = inputs.trace.len() as u64;
    let row = ((u64::from(first) + passed) % rows) as usize;
    let in_cycle = (inputs.trace[row].submit.ns() + shift(copy, cycle).ns()) % cycle.ns();
    (SimTime::from_ns(passed / rows * cycle.ns() + in_cycle), row)
}

/// Whether a trace job goes to consumer cards.
fn group_of(jobs: &Jobs, gpus: u32) -> Group {
    if gpus <= jobs.trace_consumer_gpus_max {
        Group::Consumer
    } else {
        Group::Datacentre
    }
}

/// Mean of a log-normal length that is cut at `max`, in hours.
fn mean_cut_lognormal(median_h: f64, sigma: f64, max_h: f64) -> f64 {
    let normal = |x: f64| 0.5 * libm::erfc(-x / core::f64::consts::SQRT_2);
    let d = libm::log(max_h / median_h) / sigma;
    median_h * libm::exp(0.5 * sigma * sigma) * normal(d - sigma) + max_h * normal(-d)
}

/// Rate of candidate large jobs by group, a second: what the trace leaves of the target load, at the largest demand.
#[must_use]
pub fn gang_rates(
    inputs: &Inputs,
    kinds: &[std::ops::Range<u8>; 2],
    expected_up: &[f64],
) -> [f64; 2] {
    let jobs = &inputs.config.jobs;
    Group::ALL.map(|group| {
        let g = group as usize;
        let up: f64 = kinds[g]
            .clone()
            .map(|kind| expected_up[usize::from(kind)])
            .sum();
        let rows = inputs
            .trace
            .iter()
            .filter(|row| group_of(jobs, row.gpus) == group);
        let trace_h: f64 = rows
            .map(|row| hours(row.duration) * f64::from(row.gpus))
            .sum();
        let trace_gpus = trace_h / hours(jobs.trace_loop) * trace_scale(inputs);
        let length = mean_cut_lognormal(
            hours(jobs.gang_median[g]),
            ratio(jobs.gang_sigma),
            hours(jobs.gang_max),
        );
        let gpus: f64 = jobs
            .gangs
            .iter()
            .filter(|of| of.group == group)
            .map(|of| ratio(of.weight) * f64::from(of.gpus))
            .sum();
        let wanted = ratio(jobs.load[g]) * up - trace_gpus;
        if wanted > 0.0 && gpus > 0.0 {
            wanted / (gpus * length * 3600.0) * ratio(jobs.demand_max)
        } else {
            0.0
        }
    })
}

impl Demand {
    /// Streams at their start.
    #[must_use]
    pub fn new(inputs: &Inputs) -> Self {
        let copies = if inputs.trace.is_empty() {
            0
        } else {
            copies(inputs)
        };
        let first: Vec<u32> = (0..copies).map(|copy| first_row(inputs, copy)).collect();
        let at = |copy: u32| candidate(inputs, copy, first[copy as usize], 0).0;
        let mut heap: Vec<(SimTime, u32)> = (0..copies).map(|copy| (at(copy), copy)).collect();
        heap.sort_unstable();
        let passed = vec![0; copies as usize];
        Self {
            heap,
            first,
            passed,
            next: None,
            candidates: [0; 2],
            factor: [1.0; 2],
            price_felt: [1.0; 2],
        }
    }

    /// Takes the earliest candidate of all copies: time, copy, its count and its row.
    fn advance(&mut self, inputs: &Inputs) -> Option<(SimTime, u32, u64, usize)> {
        let &(time, copy) = self.heap.first()?;
        let first = self.first[copy as usize];
        let passed = self.passed[copy as usize];
        let row = ((u64::from(first) + passed) % inputs.trace.len() as u64) as usize;
        self.passed[copy as usize] += 1;
        self.heap[0].0 = candidate(inputs, copy, first, passed + 1).0;
        self.sift();
        Some((time, copy, passed, row))
    }

    fn sift(&mut self) {
        let mut at = 0;
        loop {
            let least = (2 * at + 1..(2 * at + 3).min(self.heap.len()))
                .min_by_key(|&child| self.heap[child]);
            match least {
                Some(child) if self.heap[child] < self.heap[at] => self.heap.swap(child, at),
                _ => return,
            }
            at = least.expect("matched above");
        }
    }

    /// Moves the price that customers have in mind towards today's, and their demand with it.
    pub fn feel_price(&mut self, jobs: &Jobs, group: usize, multiplier: f64, epoch: Span) {
        let weight = (hours(epoch) / hours(jobs.elasticity_lag).max(hours(epoch))).min(1.0);
        self.price_felt[group] += weight * (multiplier - self.price_felt[group]);
        self.factor[group] =
            libm::pow(self.price_felt[group], -ratio(jobs.elasticity)).min(ratio(jobs.demand_max));
    }
}

impl World<'_> {
    /// Looks for the next candidate of the trace that is taken before the horizon, keeps it, and says when it comes.
    fn next_trace(&mut self) -> Option<SimTime> {
        let thin = trace_scale(self.inputs) / f64::from(copies(self.inputs).max(1));
        while let Some((time, copy, passed, row)) = self.state.demand.advance(self.inputs) {
            if time >= self.end() {
                return None;
            }
            let group = group_of(&self.inputs.config.jobs, self.inputs.trace[row].gpus);
            let u = self.setup.draws.unit(purpose::TRACE_THIN, copy, passed);
            if u < thin * self.state.demand.factor[group as usize] {
                self.state.demand.next = Some((copy, passed, row as u32));
                return Some(time);
            }
        }
        None
    }

    /// Jobs that began before the run and still go on: without them the first weeks would look idle.
    pub(crate) fn submit_running_jobs(&mut self) {
        let cycle = self.inputs.config.jobs.trace_loop.ns();
        let thin = trace_scale(self.inputs) / f64::from(copies(self.inputs).max(1));
        for copy in 0..self.state.demand.passed.len() as u32 {
            let shift = shift(copy, self.inputs.config.jobs.trace_loop).ns();
            for (row, job) in self.inputs.trace.iter().enumerate() {
                let ago = cycle - (job.submit.ns() + shift) % cycle;
                if job.duration.ns() > ago
                    && self
                        .setup
                        .draws
                        .unit(purpose::TRACE_BEFORE, copy, row as u64)
                        < thin
                {
                    let left = job.duration - Span::from_ns(ago);
                    self.submit_trace_job(copy, row as u64, row as u32, left);
                }
            }
        }
        for group in Group::ALL {
            self.submit_running_gangs(group);
        }
    }

    /// Large jobs that arrived at the reference rate before the run and are not through.
    fn submit_running_gangs(&mut self, group: Group) {
        let longest = self.inputs.config.jobs.gang_max;
        let rate = self.setup.gang_rate[group as usize] / ratio(self.inputs.config.jobs.demand_max);
        let mut ago = longest;
        for number in 0.. {
            let unit = |purpose| {
                self.setup
                    .draws
                    .unit(purpose, BEFORE + group as u32, number)
            };
            if rate <= 0.0 {
                return;
            }
            let gap = span_of_hours(
                engine::sample::exponential(unit(purpose::GANG_GAP), 1.0 / rate) / 3600.0,
            );
            if gap >= ago {
                return;
            }
            ago -= gap;
            if let Some((template, kind, work)) = self.draw_gang(group, unit)
                && work > ago
            {
                self.submit(
                    template as u8 + 1,
                    group,
                    kind,
                    self.inputs.config.jobs.gangs[template].gpus,
                    work - ago,
                    Span::ZERO,
                );
            }
        }
    }

    /// Schedules the first arrival of the trace.
    pub(crate) fn schedule_trace(&mut self) {
        if let Some(time) = self.next_trace() {
            self.state.engine.schedule(
                EventClass::TraceArrival.class(),
                0,
                time.max(SimTime::from_ns(1)),
            );
        }
    }

    /// A trace job arrives, and with it all others of the same instant.
    pub(crate) fn trace_arrival(&mut self) {
        let now = self.state.engine.now();
        loop {
            let (copy, passed, row) = self
                .state
                .demand
                .next
                .take()
                .expect("an arrival was pending");
            let duration = self.inputs.trace[row as usize].duration;
            self.submit_trace_job(copy, passed, row, duration);
            match self.next_trace() {
                Some(time) if time <= now => {}
                Some(time) => {
                    return self
                        .state
                        .engine
                        .schedule(EventClass::TraceArrival.class(), 0, time);
                }
                None => return,
            }
        }
    }

    fn submit_trace_job(&mut self, copy: u32, passed: u64, row: u32, work: Span) {
        let row = self.inputs.trace[row as usize];
        let group = group_of(&self.inputs.config.jobs, row.gpus);
        let kind = if row.gpus as usize <= NODE_GPUS {
            ANY_KIND
        } else {
            self.kind_by_capacity(
                group,
                self.setup.draws.unit(purpose::TRACE_KIND, copy, passed),
                |_| true,
            )
        };
        self.submit(
            0,
            group,
            kind,
            row.gpus,
            work,
            self.inputs.config.jobs.trace_checkpoint,
        );
    }

    /// A kind of the group by the capacity of the first fleet, among those that `suits`.
    fn kind_by_capacity(&self, group: Group, u: f64, suits: impl Fn(u8) -> bool) -> u8 {
        let kinds = self.setup.kinds[group as usize].clone();
        let weight = |kind: u8| {
            if suits(kind) {
                self.setup.expected_up[usize::from(kind)]
            } else {
                0.0
            }
        };
        let total: f64 = kinds.clone().map(weight).sum();
        kinds.start + pick(u, kinds.map(|kind| weight(kind) / total)) as u8
    }

    /// Schedules the next candidate large job of a group.
    pub(crate) fn schedule_gang(&mut self, group: u32) {
        let rate = self.setup.gang_rate[group as usize];
        if rate > 0.0 {
            let candidate = u64::from(self.state.demand.candidates[group as usize]);
            let u = self.setup.draws.unit(purpose::GANG_GAP, group, candidate);
            let gap = span_of_hours(engine::sample::exponential(u, 1.0 / rate) / 3600.0);
            let at = self.state.engine.now() + gap;
            if at < self.end() {
                self.state
                    .engine
                    .schedule(EventClass::GangArrival.class(), group, at);
            }
        }
    }

    /// A candidate large job arrives, and is taken or not.
    pub(crate) fn gang_arrival(&mut self, group: u32) {
        let g = group as usize;
        let candidate = u64::from(self.state.demand.candidates[g]);
        self.state.demand.candidates[g] += 1;
        let unit = |purpose| self.setup.draws.unit(purpose, group, candidate);
        if unit(purpose::GANG_THIN) * ratio(self.inputs.config.jobs.demand_max)
            < self.state.demand.factor[g]
            && let Some((template, kind, work)) = self.draw_gang(Group::ALL[g], unit)
        {
            let gpus = self.inputs.config.jobs.gangs[template].gpus;
            self.submit(
                template as u8 + 1,
                Group::ALL[g],
                kind,
                gpus,
                work,
                Span::ZERO,
            );
        }
        self.schedule_gang(group);
    }

    /// A large job: template, kind and planned length; nothing where its workload fits no kind of the group.
    fn draw_gang(
        &self,
        group: Group,
        unit: impl Fn(engine::Purpose) -> f64,
    ) -> Option<(usize, u8, Span)> {
        let jobs = &self.inputs.config.jobs;
        let shares = jobs.gangs.iter().map(|of| {
            if of.group == group {
                ratio(of.weight)
            } else {
                0.0
            }
        });
        let template = pick(unit(purpose::GANG_TEMPLATE), shares);
        let median = hours(jobs.gang_median[group as usize]);
        let length = engine::sample::lognormal(
            unit(purpose::GANG_LENGTH),
            libm::log(median),
            ratio(jobs.gang_sigma),
        );
        let fits = |kind| self.setup.fits.on(template, kind).is_some();
        let kinds = self.setup.kinds[group as usize].clone();
        kinds.into_iter().any(fits).then(|| {
            let kind = self.kind_by_capacity(group, unit(purpose::GANG_KIND), fits);
            (
                template,
                kind,
                span_of_hours(length.min(hours(jobs.gang_max))),
            )
        })
    }

    /// A job is submitted: it starts at once if it may, or waits.
    fn submit(
        &mut self,
        source: u8,
        group: Group,
        kind: u8,
        gpus: u32,
        work: Span,
        checkpoint: Span,
    ) {
        let now = self.state.engine.now();
        self.state.tally.submitted += 1;
        let mut job = Job::new(
            self.state.jobs.next_id(),
            source,
            group as u8,
            kind,
            gpus,
            work,
            now,
        );
        job.checkpoint = checkpoint;
        let too_large = kind == ANY_KIND && {
            let kinds = self.setup.kinds[group as usize].clone();
            kinds
                .map(|kind| self.state.fleet.largest_node[usize::from(kind)])
                .max()
                .is_none_or(|largest| u32::from(largest) < gpus)
        };
        let slot = self.state.jobs.add(job);
        if too_large {
            self.state.tally.abandoned += 1;
            self.state.jobs.remove(slot);
            return;
        }
        self.enqueue(slot, false);
        self.dispatch(group as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_a_cut_lognormal_matches_a_sum() {
        let (median, sigma, max) = (120.0, 1.0, 1440.0);
        let n = 100_000;
        let at = |i: u32| {
            let u = (f64::from(i) + 0.5) / f64::from(n);
            engine::sample::lognormal(u, libm::log(median), sigma).min(max)
        };
        let mean = (0..n).map(at).sum::<f64>() / f64::from(n);
        assert!((mean_cut_lognormal(median, sigma, max) / mean - 1.0).abs() < 1e-3);
    }

    #[test]
    fn demand_falls_as_the_price_that_customers_feel_rises() {
        let mut demand = Demand {
            heap: vec![],
            first: vec![],
            passed: vec![],
            next: None,
            candidates: [0; 2],
            factor: [1.0; 2],
            price_felt: [1.0; 2],
        };
        let mut last = 1.0;
        for _ in 0..30 {
            demand.feel_price(&crate::testing::jobs(), 0, 1.5, Span::from_days(1));
            assert!(demand.factor[0] < last);
            last = demand.factor[0];
        }
        assert!((last - 1.0 / 1.5).abs() < 0.01, "at elasticity one, {last}");
    }
}
