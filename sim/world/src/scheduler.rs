//! Who starts next when GPUs are free: two policies, each a few lines over the same queues.

use crate::config::{Group, SchedulerPolicy};
use crate::job::{ANY_KIND, Job};
use crate::node::NODE_GPUS;
use crate::queues::Line;
use crate::world::World;

/// How far down a line of gangs the backfill looks: gangs of one line differ in size.
const GANG_DEPTH: usize = 16;

/// The queue in which a job waits.
#[must_use]
pub fn line_of(job: &Job) -> Line {
    if job.kind == ANY_KIND {
        debug_assert!(job.gpus as usize <= NODE_GPUS);
        Line::Single {
            gpus: job.gpus as u8,
        }
    } else {
        Line::Gang { kind: job.kind }
    }
}

impl World<'_> {
    /// Starts what can start in a group, by the policy of the scenario.
    pub(crate) fn dispatch(&mut self, group: u8) {
        if self.state.queues.occupied(group) != 0 {
            match self.inputs.config.scheduler {
                SchedulerPolicy::FirstCome => self.first_come(group),
                SchedulerPolicy::Backfill => self.backfill(group),
            }
        }
    }

    /// Starts what can start in every group.
    pub(crate) fn dispatch_all(&mut self) {
        for group in Group::ALL {
            self.dispatch(group as u8);
        }
    }

    /// Heads in order of submission until one does not fit.
    fn first_come(&mut self, group: u8) {
        while let Some(place) = self.oldest(group, 0) {
            if !self.start_at(group, place, 1) {
                return;
            }
        }
    }

    /// Heads in order of submission; a line whose head does not fit is passed over.
    fn backfill(&mut self, group: u8) {
        let mut stuck = 0;
        while let Some(place) = self.oldest(group, stuck) {
            if !self.start_at(group, place, GANG_DEPTH) {
                stuck |= 1 << place;
            }
        }
    }

    /// Place of the line whose head was submitted first; `stuck` holds the places to leave out, one bit each.
    fn oldest(&self, group: u8, stuck: u64) -> Option<usize> {
        let queues = &self.state.queues;
        let mut left = queues.occupied(group) & !stuck;
        let mut oldest = None;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            let head = queues.job(group, place, 0).expect("the line is occupied");
            let id = self.state.jobs[head].id;
            if oldest.is_none_or(|(first, _)| id < first) {
                oldest = Some((id, place));
            }
        }
        oldest.map(|(_, place)| place)
    }

    /// Starts the first of a line's first `depth` jobs that fits. All jobs of a single-node line fit alike.
    fn start_at(&mut self, group: u8, place: usize, depth: usize) -> bool {
        match self.state.queues.line_at(group, place) {
            Line::Single { gpus } => {
                let kinds = self.setup.kinds[usize::from(group)].clone();
                let Some(node) =
                    self.state
                        .fleet
                        .placement
                        .fit(&self.state.fleet.nodes, kinds, gpus)
                else {
                    return false;
                };
                let slot = self
                    .state
                    .queues
                    .job(group, place, 0)
                    .expect("the line is occupied");
                let starts = self.start_single(slot, node);
                if starts {
                    self.state.queues.take(group, place, 0);
                }
                starts
            }
            Line::Gang { .. } => {
                for nth in 0..depth {
                    let Some(slot) = self.state.queues.job(group, place, nth) else {
                        return false;
                    };
                    if let Some(nodes) = self.find_gang(slot) {
                        let starts = self.start_gang(slot, &nodes);
                        if starts {
                            self.state.queues.take(group, place, nth);
                        }
                        return starts;
                    }
                }
                false
            }
        }
    }

    /// Puts a job at the end of its line, or at the head when it comes back from a failure.
    pub(crate) fn enqueue(&mut self, slot: u32, at_head: bool) {
        let job = &self.state.jobs[slot];
        self.state
            .queues
            .push(job.group, line_of(job), slot, at_head);
    }
}
