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
use crate::state::Setup;
use crate::world::World;

const WEEK: Span = Span::from_days(7);

/// Draw entities of large jobs from before the run: apart from those of the run, by group.
const BEFORE: u32 = 16;

/// State of the arrival streams.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demand {
    /// Where each copy stands.
    copies: Vec<Cursor>,
    /// What is still to be submitted in the running epoch, last first.
    due: Vec<Arrival>,
    /// Candidates of large jobs so far, by group.
    candidates: [u32; 2],
    /// Demand over the reference, by group.
    pub factor: [f64; 2],
    /// Price multiplier that customers have in mind, by group.
    pub price_felt: [f64; 2],
}

/// Where a copy of the trace stands: at the row that it submits next.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Cursor {
    /// Row.
    row: u32,
    /// Candidates gone through.
    passed: u64,
    /// What to add to the time of a row, modulo 2^64: the shift, and a cycle each time the last row has passed.
    offset: u64,
}

impl Cursor {
    /// A copy at the first row whose shifted time wraps around, or at row zero where none does.
    fn new(inputs: &Inputs, copy: u32) -> Self {
        let cycle = inputs.config.jobs.trace_loop.ns();
        let shift = shift(copy, inputs.config.jobs.trace_loop).ns();
        let before = |row: &crate::config::TraceJob| row.submit.ns() + shift < cycle;
        let first = inputs.trace.partition_point(before);
        let (row, offset) = if first == inputs.trace.len() {
            (0, shift)
        } else {
            (first as u32, shift.wrapping_sub(cycle))
        };
        Self {
            row,
            passed: 0,
            offset,
        }
    }

    /// When it submits its row.
    fn time(&self, inputs: &Inputs) -> SimTime {
        let submit = inputs.trace[self.row as usize].submit.ns();
        SimTime::from_ns(submit.wrapping_add(self.offset))
    }

    /// On to the next row.
    fn step(&mut self, inputs: &Inputs) {
        self.passed += 1;
        self.row += 1;
        if self.row as usize == inputs.trace.len() {
            self.row = 0;
            let cycle = inputs.config.jobs.trace_loop.ns();
            self.offset = self.offset.wrapping_add(cycle);
        }
    }
}

/// A row of the trace on its way: a candidate that was taken.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Arrival {
    time: SimTime,
    copy: u32,
    row: u32,
    /// Count of the copy's candidates before it: ordinal of its draws.
    number: u64,
}

/// Share of the candidates of all copies that is taken at reference demand.
#[must_use]
pub fn trace_thin(inputs: &Inputs) -> f64 {
    trace_scale(inputs) / f64::from(copies(inputs).max(1))
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
        let copies: Vec<_> = (0..copies).map(|copy| Cursor::new(inputs, copy)).collect();
        Self {
            copies,
            due: Vec::new(),
            candidates: [0; 2],
            factor: [1.0; 2],
            price_felt: [1.0; 2],
        }
    }

    /// Goes through all candidates until `close` and keeps those that are taken: demand does not change within an epoch.
    fn take_until(&mut self, inputs: &Inputs, setup: &Setup, close: SimTime) {
        debug_assert!(self.due.is_empty());
        let taken = self.factor.map(|factor| setup.trace_thin * factor);
        let jobs = &inputs.config.jobs;
        for (cursor, copy) in self.copies.iter_mut().zip(0..) {
            loop {
                let time = cursor.time(inputs);
                if time > close {
                    break;
                }
                let Cursor { row, passed, .. } = *cursor;
                cursor.step(inputs);
                let group = group_of(jobs, inputs.trace[row as usize].gpus);
                let u = setup.draws.unit(purpose::TRACE_THIN, copy, passed);
                self.due.push(Arrival {
                    time,
                    copy,
                    row,
                    number: passed,
                });
                // Put in and taken out again: a branch on the draw would be mispredicted every other time.
                let kept = self.due.len() - usize::from(u >= taken[group as usize]);
                self.due.truncate(kept);
            }
        }
        // Stable, because each copy's part is in order already, and merging is all that is left to do.
        self.due.sort_by_key(|of| (of.time, of.copy));
        self.due.reverse();
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
    /// Jobs that began before the run and still go on: without them the first weeks would look idle.
    pub(crate) fn submit_running_jobs(&mut self) {
        let cycle = self.inputs.config.jobs.trace_loop.ns();
        let thin = self.setup.trace_thin;
        for copy in 0..self.state.demand.copies.len() as u32 {
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

    /// Looks up what the trace submits in the epoch that begins, and schedules the first of it.
    pub(crate) fn open_trace(&mut self) {
        // Whoever comes at the end itself comes too late.
        let close = self.next_close().min(self.end() - Span::from_ns(1));
        let demand = &mut self.state.demand;
        demand.take_until(self.inputs, &self.setup, close);
        self.schedule_trace();
    }

    fn schedule_trace(&mut self) {
        if let Some(next) = self.state.demand.due.last() {
            let at = next.time.max(SimTime::from_ns(1));
            self.state
                .engine
                .schedule(EventClass::TraceArrival.class(), 0, at);
        }
    }

    /// A trace job arrives, and with it all others of the same instant.
    pub(crate) fn trace_arrival(&mut self) {
        let now = self.state.engine.now();
        let is_due = |of: &mut Arrival| of.time <= now;
        while let Some(of) = self.state.demand.due.pop_if(is_due) {
            let duration = self.inputs.trace[of.row as usize].duration;
            self.submit_trace_job(of.copy, of.number, of.row, duration);
        }
        self.schedule_trace();
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
        self.admit(slot);
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
            copies: vec![],
            due: vec![],
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
