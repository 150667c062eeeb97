//! A job: what it asked for, how far it is, and what it cost. Work is counted in nanoseconds at reference speed.

use std::collections::VecDeque;

use protocol::JobId;
use serde::{Deserialize, Serialize};
use units::{Amount, SimTime, Span, wide};

use crate::node::NONE;

/// Speed of a job that works exactly as planned, in parts per million.
pub const FULL_SPEED: u64 = 1_000_000;

/// [`Job::kind`] of a job that takes any kind of its group.
pub const ANY_KIND: u8 = u8::MAX;

/// Where a job is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// In the queue.
    Waiting,
    /// Holding GPUs and working.
    Running,
    /// Holding GPUs, but a failure that nobody has seen yet stopped it.
    Stalled,
}

/// One job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Number in order of submission; the engine's entity and the draws'.
    pub id: u32,
    /// 0 for the trace, 1 + index for a template of large jobs.
    pub source: u8,
    /// Kind group.
    pub group: u8,
    /// GPU kind asked for, or [`ANY_KIND`].
    pub kind: u8,
    /// Where it is in its life.
    pub phase: Phase,
    /// How often it has started: ordinal of its draws.
    pub attempt: u32,
    /// Interruptions so far.
    pub interruptions: u32,
    /// GPUs asked for.
    pub gpus: u32,
    /// Node, for a job on one node.
    pub node: u32,
    /// Index into the gangs, for a job on several nodes.
    pub gang: u32,
    /// Submitted.
    pub submitted: SimTime,
    /// First started.
    pub started: Option<SimTime>,
    /// In the queue since.
    pub waiting_since: SimTime,
    /// From when the present stretch advances (later than now while it restarts).
    pub from: SimTime,
    /// Speed of the present stretch, parts per million of the reference.
    pub speed: u64,
    /// Whole work.
    pub work: Span,
    /// Work that no failure can take any more.
    pub done: Span,
    /// Work between checkpoints, at reference speed.
    pub checkpoint: Span,
    /// Work saved in a stretch that a failure ended, and not yet paid for.
    pub unsettled: Span,
    /// Escrow at the protocol while it holds GPUs.
    pub escrow: Option<JobId>,
    /// GPUs held now.
    pub holds: u32,
    /// Until when `held_ns` is exact.
    pub integrated: SimTime,
    /// GPU-nanoseconds held.
    pub held_ns: u128,
    /// GPU-nanoseconds of work lost.
    pub lost_ns: u128,
    /// GPU-nanoseconds settled: always what was held less what was lost.
    pub settled_ns: u128,
    /// GPU-nanoseconds claimed by lazy providers.
    pub untrue_ns: u128,
    /// Paid by the customer.
    pub paid: Amount,
}

impl Job {
    /// A new job at the end of its queue.
    #[must_use]
    pub fn new(
        id: u32,
        source: u8,
        group: u8,
        kind: u8,
        gpus: u32,
        work: Span,
        now: SimTime,
    ) -> Self {
        Self {
            id,
            source,
            group,
            kind,
            phase: Phase::Waiting,
            attempt: 0,
            interruptions: 0,
            gpus,
            node: NONE,
            gang: NONE,
            submitted: now,
            started: None,
            waiting_since: now,
            from: now,
            speed: FULL_SPEED,
            work,
            done: Span::ZERO,
            checkpoint: Span::ZERO,
            unsettled: Span::ZERO,
            escrow: None,
            holds: 0,
            integrated: now,
            held_ns: 0,
            lost_ns: 0,
            settled_ns: 0,
            untrue_ns: 0,
            paid: Amount::ZERO,
        }
    }

    /// Work of the present stretch until `now`, at most what is left.
    #[must_use]
    pub fn progress(&self, now: SimTime) -> Span {
        if self.phase != Phase::Running {
            return Span::ZERO;
        }
        let elapsed = now.saturating_sub(self.from);
        if self.speed == FULL_SPEED {
            return elapsed.min(self.left());
        }
        let done = wide::mul_div_floor_by::<FULL_SPEED>(elapsed.ns().into(), self.speed.into());
        Span::from_ns(done.min(self.left().ns().into()) as u64)
    }

    /// Work left when the present stretch began.
    #[must_use]
    pub fn left(&self) -> Span {
        self.work - self.done
    }

    /// When it ends if nothing happens; `None` where it stands still.
    #[must_use]
    pub fn end(&self) -> Option<SimTime> {
        if self.speed == FULL_SPEED {
            return Some(self.from + self.left().max(Span::from_ns(1)));
        }
        (self.speed > 0).then(|| {
            let ns = (u128::from(self.left().ns()) * u128::from(FULL_SPEED))
                .div_ceil(u128::from(self.speed));
            self.from + Span::from_ns(u64::try_from(ns).unwrap_or(u64::MAX / 4).max(1))
        })
    }

    /// The part of `progress` that checkpoints have saved.
    #[must_use]
    pub fn saved(&self, progress: Span) -> Span {
        match self.checkpoint.ns() {
            0 => progress,
            every => Span::from_ns(progress.ns() / every * every),
        }
    }

    /// Brings `held_ns` up to `now`, and with it `lost_ns` by what was held while restarting or standing still; call before
    /// any change of `holds`, `from` or `phase`. Returns what was lost.
    pub fn integrate(&mut self, now: SimTime) -> u128 {
        let span = now - self.integrated;
        let idle = match self.phase {
            Phase::Waiting => Span::ZERO,
            Phase::Running => self.from.min(now).saturating_sub(self.integrated),
            Phase::Stalled => span,
        };
        let lost = u128::from(self.holds) * u128::from(idle.ns());
        self.held_ns += u128::from(self.holds) * u128::from(span.ns());
        self.lost_ns += lost;
        self.integrated = now;
        lost
    }

    /// Whether it is a large training job, whose speed `training` gives.
    #[must_use]
    pub fn template(&self) -> Option<usize> {
        usize::from(self.source).checked_sub(1)
    }

    /// Ends a stretch at `now` by a failure: what checkpoints saved stays where somebody kept them, the rest is returned as
    /// lost.
    pub fn roll_back(&mut self, now: SimTime, is_kept: bool) -> Span {
        let progress = self.progress(now);
        let saved = if is_kept {
            self.saved(progress)
        } else {
            Span::ZERO
        };
        self.done += saved;
        self.unsettled += saved;
        self.phase = Phase::Stalled;
        progress - saved
    }
}

/// All live jobs, by slot; ids are never reused, slots are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Jobs {
    slots: Vec<Job>,
    vacant: Vec<u32>,
    /// Slots of the jobs from number `first` on; [`NONE`] for those that have ended.
    slot_of: VecDeque<u32>,
    /// All jobs before this number have ended.
    first: u32,
}

impl Jobs {
    /// Id of the next job.
    #[must_use]
    pub fn next_id(&self) -> u32 {
        self.first + self.slot_of.len() as u32
    }

    /// Adds a job and returns its slot. Its id must be [`Jobs::next_id`].
    pub fn add(&mut self, job: Job) -> u32 {
        assert_eq!(job.id, self.next_id(), "job ids are dense");
        let slot = match self.vacant.pop() {
            Some(slot) => {
                self.slots[slot as usize] = job;
                slot
            }
            None => {
                self.slots.push(job);
                self.slots.len() as u32 - 1
            }
        };
        self.slot_of.push_back(slot);
        slot
    }

    /// Forgets a job.
    pub fn remove(&mut self, slot: u32) {
        let id = self[slot].id;
        self.slot_of[(id - self.first) as usize] = NONE;
        self.vacant.push(slot);
        while self.slot_of.front() == Some(&NONE) {
            self.slot_of.pop_front();
            self.first += 1;
        }
    }

    /// Slot of a live job.
    #[must_use]
    pub fn slot(&self, id: u32) -> u32 {
        self.slot_of[(id - self.first) as usize]
    }
}

impl std::ops::Index<u32> for Jobs {
    type Output = Job;
    fn index(&self, slot: u32) -> &Job {
        &self.slots[slot as usize]
    }
}

impl std::ops::IndexMut<u32> for Jobs {
    fn index_mut(&mut self, slot: u32) -> &mut Job {
        &mut self.slots[slot as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(hours: u64) -> Job {
        let mut job = Job::new(0, 0, 0, ANY_KIND, 1, Span::from_hours(hours), SimTime::ZERO);
        job.phase = Phase::Running;
        job
    }

    #[test]
    fn a_job_at_half_speed_takes_twice_its_time() {
        let mut job = running(3);
        job.speed = FULL_SPEED / 2;
        assert_eq!(job.end(), Some(SimTime::ZERO + Span::from_hours(6)));
        assert_eq!(
            job.progress(SimTime::ZERO + Span::from_hours(4)),
            Span::from_hours(2)
        );
        assert_eq!(
            job.progress(SimTime::ZERO + Span::from_hours(99)),
            Span::from_hours(3)
        );
    }

    #[test]
    fn a_failure_takes_what_no_checkpoint_saved() {
        let mut job = running(10);
        job.checkpoint = Span::from_hours(2);
        let progress = job.progress(SimTime::ZERO + Span::from_hours(5));
        assert_eq!(job.saved(progress), Span::from_hours(4));
    }

    #[test]
    fn time_held_while_restarting_or_standing_still_is_lost() {
        let mut job = running(10);
        job.holds = 2;
        job.from = SimTime::from_ns(30);
        assert_eq!(job.integrate(SimTime::from_ns(20)), 40);
        assert_eq!(job.integrate(SimTime::from_ns(50)), 20);
        job.phase = Phase::Stalled;
        assert_eq!(job.integrate(SimTime::from_ns(55)), 10);
        assert_eq!((job.held_ns, job.lost_ns), (110, 70));
    }

    #[test]
    fn a_job_whose_speed_is_nothing_has_no_end() {
        let mut job = running(1);
        job.speed = 0;
        assert_eq!(job.end(), None);
    }

    #[test]
    fn slots_are_reused_and_ids_are_not() {
        let mut jobs = Jobs::default();
        let first = jobs.add(running(1));
        jobs.remove(first);
        let mut next = running(1);
        next.id = jobs.next_id();
        assert_eq!(
            (jobs.add(next), jobs.next_id(), jobs.slot(1)),
            (first, 2, first)
        );
    }
}
