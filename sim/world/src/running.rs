//! Jobs start and end: on one node, or on the nodes of a gang.

use units::{SimTime, Span};

use crate::event::EventClass;
use crate::gang::{Gang, Member, checkpointing};
use crate::job::{FULL_SPEED, Phase};
use crate::node::{NODE_GPUS, NONE};
use crate::number::{gpu_hours, ratio, share};
use crate::purpose;
use crate::rows::JobRow;
use crate::world::World;

/// Jobs shorter than this do not blow up the slowdown.
const SLOWDOWN_BOUND: Span = Span::from_secs(600);

impl World<'_> {
    /// Takes a job out of the queue's books: waiting ends, a stretch begins.
    fn begin(&mut self, slot: u32, holds: u32) -> SimTime {
        let now = self.integrate_job(slot);
        let restart = self.inputs.config.jobs.restart;
        let job = &mut self.state.jobs[slot];
        if job.started.is_none() {
            let waited = now - job.submitted;
            job.started = Some(now);
            self.state.tally.started += 1;
            self.state.tally.wait += u128::from(waited.ns());
            self.state.tally.wait_max = self.state.tally.wait_max.max(waited);
            job.from = now;
        } else {
            job.from = now + restart;
        }
        job.phase = Phase::Running;
        job.attempt += 1;
        job.holds = holds;
        now
    }

    /// (Re)schedules the end of a running job, or takes it off the calendar where the job stands still.
    pub(crate) fn schedule_end(&mut self, slot: u32) {
        let job = &self.state.jobs[slot];
        let (id, end) = (job.id, job.end().filter(|_| job.phase == Phase::Running));
        match end {
            Some(at) => self
                .state
                .engine
                .schedule(EventClass::JobEnd.class(), id, at),
            None => {
                self.state.engine.cancel(EventClass::JobEnd.class(), id);
            }
        }
    }

    /// Starts a job on one node; false when its customer cannot pay.
    pub(crate) fn start_single(&mut self, slot: u32, node: u32) -> bool {
        let gpus = self.state.jobs[slot].gpus;
        let kind = self.state.fleet.nodes[node as usize].kind;
        let left = self.state.jobs[slot].left();
        if !self.open_escrow(slot, kind, u128::from(left.ns()) * u128::from(gpus)) {
            return false;
        }
        let now = self.begin(slot, gpus);
        self.state.jobs[slot].node = node;
        self.state.fleet.take(node, slot, gpus as u8, now);
        self.schedule_end(slot);
        true
    }

    /// Nodes for a waiting gang, with the GPUs to take on each; nothing while there is no room.
    pub(crate) fn find_gang(&self, slot: u32) -> Option<Vec<(u32, u8)>> {
        let job = &self.state.jobs[slot];
        if self
            .state
            .fleet
            .placement
            .idle_in_islands(job.kind, self.island_min(slot))
            < job.gpus
        {
            return None;
        }
        let nodes = self.gather(slot, job.gpus, &Gang::default());
        let found: u32 = nodes.iter().map(|&(_, gpus)| u32::from(gpus)).sum();
        (found >= job.gpus).then_some(nodes)
    }

    /// Fewest GPUs of one provider on which a job's workload fits.
    fn island_min(&self, slot: u32) -> u32 {
        let job = &self.state.jobs[slot];
        job.template()
            .and_then(|of| self.setup.fits.on(of, job.kind))
            .map_or(1, |fit| fit.island_min)
    }

    /// Idle nodes for up to `need` GPUs. Nodes too small to be an island are left alone, unless islands span nodes. Where a node alone is an island, the longest idle come first; else providers with
    /// the most idle GPUs, as long as what they hold or gain fits the workload.
    pub(crate) fn gather(&self, slot: u32, need: u32, gang: &Gang) -> Vec<(u32, u8)> {
        if need == 0 {
            return Vec::new();
        }
        let job = &self.state.jobs[slot];
        let fleet = &self.state.fleet;
        let island_min = self.island_min(slot);
        let gpus_of = |node: u32| (node, fleet.nodes[node as usize].gpus);
        if island_min <= 1 {
            return take_until(
                need,
                fleet.placement.idle(&fleet.nodes, job.kind).map(gpus_of),
            );
        }
        let held = |provider: u32| -> u32 {
            let of = gang
                .members
                .iter()
                .filter(|member| fleet.nodes[member.node as usize].provider == provider);
            of.map(|member| u32::from(member.gpus)).sum()
        };
        let mut fitting: Vec<(std::cmp::Reverse<u32>, u32, u32)> = fleet
            .placement
            .idle_unordered(
                &fleet.nodes,
                job.kind,
                island_min.min(NODE_GPUS as u32) as u8,
            )
            .map(|node| (node, fleet.nodes[node as usize].provider))
            .map(|(node, provider)| {
                (
                    std::cmp::Reverse(fleet.placement.idle_of(provider)),
                    provider,
                    node,
                )
            })
            .filter(|&(std::cmp::Reverse(idle), provider, _)| {
                idle >= island_min || idle + held(provider) >= island_min
            })
            .collect();
        fitting.sort_unstable();
        let mut taken = Vec::new();
        let mut left = need;
        for island in fitting.chunk_by(|a, b| a.1 == b.1) {
            if left == 0 {
                break;
            }
            // The last island is never cut below what the workload needs, so a gang may hold a few GPUs more.
            let here = left.max(island_min.saturating_sub(held(island[0].1)));
            let part = take_until(here, island.iter().map(|&(_, _, node)| gpus_of(node)));
            left = left.saturating_sub(part.iter().map(|&(_, gpus)| u32::from(gpus)).sum());
            taken.extend(part);
        }
        taken
    }

    /// Starts a gang on the nodes that were found for it; false when its customer cannot pay.
    pub(crate) fn start_gang(&mut self, slot: u32, nodes: &[(u32, u8)]) -> bool {
        let holds = nodes.iter().map(|&(_, gpus)| u32::from(gpus)).sum();
        let until_close = self.next_close() - self.state.engine.now();
        let kind = self.state.jobs[slot].kind;
        if !self.open_escrow(slot, kind, u128::from(until_close.ns()) * u128::from(holds)) {
            return false;
        }
        self.begin(slot, holds);
        let gang = Gang {
            job: slot,
            ..Gang::default()
        };
        self.state.jobs[slot].gang = self.state.gangs.add(gang);
        self.join(slot, nodes);
        self.set_speed(slot);
        self.schedule_end(slot);
        true
    }

    /// Adds nodes to a gang.
    pub(crate) fn join(&mut self, slot: u32, nodes: &[(u32, u8)]) {
        let now = self.state.engine.now();
        let job = &self.state.jobs[slot];
        let (index, from) = (job.gang, job.from.max(now));
        for &(node, gpus) in nodes {
            self.state.fleet.take(node, slot, gpus, now);
            let owner = self.state.fleet.owner_of(node);
            let (class, rules) = (owner.class, owner.rules);
            let member = Member {
                node,
                gpus,
                works: true,
                class,
                rules,
                integrated: from,
                unpaid_ns: 0,
            };
            self.state.gangs[index].members.push(member);
        }
    }

    /// Sets speed and checkpoints from the members that work now.
    pub(crate) fn set_speed(&mut self, slot: u32) {
        let config = &self.inputs.config;
        let job = &self.state.jobs[slot];
        let gang = &self.state.gangs[job.gang];
        let Some(template) = job.template() else {
            self.state.jobs[slot].speed = FULL_SPEED;
            return;
        };
        let speed = self
            .setup
            .fits
            .speed(config, gang, template, job.kind, &mut self.gpus_of);
        let (checkpoint, speed) = if gang.spans_providers() {
            (Span::ZERO, speed)
        } else {
            let mtbf = config.fleet.classes[gang.members[0].class as usize].up.mean;
            let nodes = gang.members.len() as u32;
            let (every, works) = checkpointing(
                config,
                &config.jobs.gangs[template],
                mtbf,
                nodes,
                gang.working(),
            );
            (every, (speed as f64 * ratio(works)) as u64)
        };
        let job = &mut self.state.jobs[slot];
        job.speed = speed;
        job.checkpoint = checkpoint;
    }

    /// A job reaches its end.
    pub(crate) fn job_end(&mut self, id: u32) {
        let slot = self.state.jobs.slot(id);
        let job = &self.state.jobs[slot];
        let kind = if job.gang == NONE {
            self.state.fleet.nodes[job.node as usize].kind
        } else {
            job.kind
        };
        if job.gang == NONE {
            self.end_single(slot);
        } else {
            self.pay_gang(slot);
            self.leave_gang(slot);
            self.complete(slot);
        }
        self.dispatch_kind(kind);
    }

    /// A job on one node is through: it is paid, unless it failed by the provider's fault and loses its last stretch.
    fn end_single(&mut self, slot: u32) {
        let now = self.state.engine.now();
        let job = &mut self.state.jobs[slot];
        let (node, gpus) = (job.node, u64::from(job.gpus));
        let u = self
            .setup
            .draws
            .unit(purpose::FAULT, job.id, u64::from(job.attempt));
        let failed = u < ratio(self.inputs.config.jobs.fault_share);
        let left = job.left();
        let kept = if failed {
            job.saved(left.saturating_sub(Span::from_ns(1)))
        } else {
            left
        };
        job.done += kept;
        let rules = self.state.fleet.owner_of(node).rules;
        self.pay(slot, rules, kept.ns() * gpus);
        let lost_ns = u128::from((left - kept).ns()) * u128::from(gpus);
        if failed {
            let kind = self.state.fleet.nodes[node as usize].kind;
            self.fail_escrow(slot, kind, rules, lost_ns);
        } else {
            self.close_escrow(slot);
        }
        self.leave_node(slot, now);
        if failed {
            self.state.fleet.providers[rules.0 as usize].failed += 1;
            self.lose(slot, lost_ns);
            self.requeue(slot);
        } else {
            self.complete(slot);
        }
    }

    /// Brings a job's books of GPU time up to now, which it returns.
    pub(crate) fn integrate_job(&mut self, slot: u32) -> SimTime {
        let now = self.state.engine.now();
        self.state.tally.lost_ns += self.state.jobs[slot].integrate(now);
        now
    }

    /// Counts GPU time whose work is lost.
    pub(crate) fn lose(&mut self, slot: u32, gpu_ns: u128) {
        self.state.jobs[slot].lost_ns += gpu_ns;
        self.state.tally.lost_ns += gpu_ns;
    }

    /// A job lets go of its node.
    pub(crate) fn leave_node(&mut self, slot: u32, now: SimTime) {
        self.integrate_job(slot);
        let job = &mut self.state.jobs[slot];
        job.holds = 0;
        let node = std::mem::replace(&mut job.node, NONE);
        self.state.fleet.release(node, slot, now);
    }

    /// A gang dissolves and its escrow closes; pay it first.
    pub(crate) fn leave_gang(&mut self, slot: u32) {
        let now = self.integrate_job(slot);
        self.close_escrow(slot);
        let job = &mut self.state.jobs[slot];
        job.holds = 0;
        let gang = self
            .state
            .gangs
            .remove(std::mem::replace(&mut job.gang, NONE));
        for member in gang.members {
            self.state.fleet.release(member.node, slot, now);
        }
    }

    /// A job goes back to the head of its line.
    pub(crate) fn requeue(&mut self, slot: u32) {
        let job = &mut self.state.jobs[slot];
        job.phase = Phase::Waiting;
        job.waiting_since = self.state.engine.now();
        job.interruptions += 1;
        self.state.tally.interrupted += 1;
        self.enqueue_first(slot);
    }

    /// A job is done: its row is written and it is forgotten.
    fn complete(&mut self, slot: u32) {
        self.state.tally.finished += 1;
        let job = &self.state.jobs[slot];
        debug_assert_eq!(
            job.held_ns,
            job.settled_ns + job.lost_ns,
            "what was held is paid or lost: {job:?}"
        );
        if self.wants_jobs {
            self.job_rows.push(self.job_row(slot));
        }
        self.state.jobs.remove(slot);
    }

    fn job_row(&self, slot: u32) -> JobRow {
        let job = &self.state.jobs[slot];
        let finished = self.state.engine.now();
        let started = job.started.expect("it ran");
        let turnaround = (finished - job.submitted).ns() as f64;
        let source = job
            .template()
            .map_or("trace", |of| self.inputs.config.jobs.gangs[of].name);
        JobRow {
            job: job.id,
            source,
            group: crate::config::Group::ALL[usize::from(job.group)].name(),
            gpus: job.gpus,
            submitted_s: job.submitted.ns() / 1_000_000_000,
            started_s: started.ns() / 1_000_000_000,
            finished_s: finished.ns() / 1_000_000_000,
            wait_s: (started - job.submitted).as_secs_floor(),
            ideal_s: job.work.as_secs_floor(),
            bounded_slowdown: (turnaround / job.work.max(SLOWDOWN_BOUND).ns() as f64).max(1.0),
            interruptions: job.interruptions,
            held_gpu_h: gpu_hours(job.held_ns),
            lost_gpu_h: gpu_hours(job.lost_ns),
            paid_base_units: crate::number::base(job.paid),
            delivered: 1.0 - share(gpu_hours(job.untrue_ns), gpu_hours(job.held_ns)).min(1.0),
        }
    }
}

/// Nodes until `need` GPUs are found; the last one may be used in part.
fn take_until(need: u32, nodes: impl Iterator<Item = (u32, u8)>) -> Vec<(u32, u8)> {
    let mut found = 0;
    let mut taken = Vec::new();
    for (node, gpus) in nodes {
        if found >= need {
            break;
        }
        let part = u32::from(gpus).min(need - found);
        taken.push((node, part as u8));
        found += part;
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_node_is_used_in_part() {
        let nodes = [(3, 8), (5, 8), (9, 8)];
        assert_eq!(take_until(12, nodes.into_iter()), vec![(3, 8), (5, 4)]);
        assert_eq!(take_until(99, nodes.into_iter()).len(), 3);
        assert!(take_until(0, nodes.into_iter()).is_empty());
    }
}
