//! Who starts next when GPUs are free: two policies, each a few lines over the same queues.

use crate::config::{Group, SchedulerPolicy};
use crate::job::{ANY_KIND, Job};
use crate::node::NODE_GPUS;
use crate::queues::{Line, lines};
use crate::world::World;

/// How far down a line of gangs the backfill looks: gangs of one line differ in size.
const GANG_DEPTH: usize = 16;

/// The queue in which a job waits.
#[must_use]
pub fn line_of(job: &Job) -> Line {
    if job.kind == ANY_KIND {
        debug_assert!(job.gpus as usize <= NODE_GPUS);
        Line::Single { group: job.group, gpus: job.gpus as u8 }
    } else {
        Line::Gang { kind: job.kind }
    }
}

impl World<'_> {
    /// Starts what can start in a group, by the policy of the scenario.
    pub(crate) fn dispatch(&mut self, group: u8) {
        let kinds = self.setup.kinds[usize::from(group)].clone();
        if self.state.queues.is_clear(group, kinds) {
            return;
        }
        match self.inputs.config.scheduler {
            SchedulerPolicy::FirstCome => self.first_come(group),
            SchedulerPolicy::Backfill => self.backfill(group),
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
        while let Some((_, line)) = self.oldest(group, 0) {
            if !self.start_in(line, 1) {
                return;
            }
        }
    }

    /// Heads in order of submission; a line whose head does not fit is passed over.
    fn backfill(&mut self, group: u8) {
        let mut stuck = 0;
        while let Some((place, line)) = self.oldest(group, stuck) {
            if !self.start_in(line, GANG_DEPTH) {
                stuck |= 1 << place;
            }
        }
    }

    /// The line whose head was submitted first, with its place among the group's lines; `stuck` is a set of places to leave out.
    fn oldest(&self, group: u8, stuck: u64) -> Option<(usize, Line)> {
        let of = lines(group, self.setup.kinds[usize::from(group)].clone()).enumerate();
        of.filter(|(place, _)| stuck & (1 << place) == 0)
            .filter_map(|(place, line)| self.state.queues.head(line).map(|slot| (self.state.jobs[slot].id, place, line)))
            .min_by_key(|&(id, _, _)| id)
            .map(|(_, place, line)| (place, line))
    }

    /// Starts the first of the line's first `depth` jobs that fits.
    fn start_in(&mut self, line: Line, depth: usize) -> bool {
        match line {
            Line::Single { group, gpus } => {
                let kinds = self.setup.kinds[usize::from(group)].clone();
                let Some(node) = self.state.fleet.placement.fit(&self.state.fleet.nodes, kinds, gpus) else { return false };
                let slot = self.state.queues.line(line).pop_front().expect("the line is occupied");
                self.start_single(slot, node);
                true
            }
            Line::Gang { .. } => {
                let depth = depth.min(self.state.queues.line(line).len());
                for place in 0..depth {
                    let slot = self.state.queues.line(line)[place];
                    if let Some(nodes) = self.find_gang(slot) {
                        self.state.queues.line(line).remove(place);
                        self.start_gang(slot, &nodes);
                        return true;
                    }
                }
                false
            }
        }
    }

    /// Puts a job at the end of its line, or at the head when it comes back from a failure.
    pub(crate) fn enqueue(&mut self, slot: u32, at_head: bool) {
        let line = self.state.queues.line(line_of(&self.state.jobs[slot]));
        if at_head { line.push_front(slot) } else { line.push_back(slot) }
    }
}
