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
        self.dispatch_but(group, 0);
    }

    /// Starts what can start in every group.
    pub(crate) fn dispatch_all(&mut self) {
        for group in Group::ALL {
            self.dispatch(group as u8);
        }
    }

    /// Starts what can start now that GPUs of a kind have come free: gangs of other kinds gained nothing.
    pub(crate) fn dispatch_kind(&mut self, kind: u8) {
        let group = self.setup.group_of(kind) as u8;
        let stuck = self.state.queues.gang_lines_but(group, kind);
        self.dispatch_but(group, stuck);
    }

    /// Puts a job at the end of its line and starts it if it may. Whoever waits already has been looked at since anything
    /// last came free, so nobody else can start.
    pub(crate) fn admit(&mut self, slot: u32) {
        let job = &self.state.jobs[slot];
        let (group, line) = (job.group, line_of(job));
        let queues = &mut self.state.queues;
        let is_first = queues.occupied(group) == 0;
        let place = queues.place(group, line);
        let before = queues.length(group, place);
        queues.push(group, line, slot, false);
        let looks = match (self.inputs.config.scheduler, line) {
            (SchedulerPolicy::FirstCome, _) => is_first,
            (SchedulerPolicy::Backfill, Line::Single { .. }) => before == 0,
            (SchedulerPolicy::Backfill, Line::Gang { .. }) => before < GANG_DEPTH,
        };
        if looks {
            self.start_at(group, place, before..before + 1);
        }
    }

    /// `stuck` holds the places of lines that cannot start, one bit each.
    fn dispatch_but(&mut self, group: u8, stuck: u64) {
        if self.state.queues.occupied(group) != 0 {
            match self.inputs.config.scheduler {
                SchedulerPolicy::FirstCome => self.first_come(group),
                SchedulerPolicy::Backfill => self.backfill(group, stuck),
            }
        }
    }

    /// Heads in order of submission until one does not fit.
    fn first_come(&mut self, group: u8) {
        while let Some(place) = self.oldest(group, 0) {
            if !self.start_at(group, place, 0..1) {
                return;
            }
        }
    }

    /// Heads in order of submission; a line whose head does not fit is passed over.
    fn backfill(&mut self, group: u8, mut stuck: u64) {
        while let Some(place) = self.oldest(group, stuck) {
            if !self.start_at(group, place, 0..GANG_DEPTH) {
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

    /// Starts the first job that fits of those in some places of a line. All jobs of a single-node line fit alike.
    fn start_at(&mut self, group: u8, place: usize, nths: std::ops::Range<usize>) -> bool {
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
                for nth in nths {
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

    /// Puts a job that comes back from a failure at the head of its line.
    pub(crate) fn enqueue_first(&mut self, slot: u32) {
        let job = &self.state.jobs[slot];
        self.state.queues.push(job.group, line_of(job), slot, true);
    }
}
