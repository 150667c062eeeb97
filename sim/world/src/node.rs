//! A node: one machine with up to eight GPUs. One cache line, since most events touch exactly one.

use serde::{Deserialize, Serialize};
use units::SimTime;

/// No node, job or list.
pub const NONE: u32 = u32::MAX;

/// Most GPUs in a node.
pub const NODE_GPUS: usize = 8;

/// One machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// Slots of the jobs that hold its GPUs, one a GPU.
    pub jobs: [u32; NODE_GPUS],
    /// Since when it is wholly idle.
    pub idle_since: SimTime,
    /// Its provider.
    pub provider: u32,
    /// Neighbours in its free list.
    pub previous: u32,
    /// Neighbours in its free list.
    pub next: u32,
    /// Which up or down spell it is in: the ordinal of the draws.
    pub spell: u32,
    /// GPUs.
    pub gpus: u8,
    /// GPUs held by nobody.
    pub free: u8,
    /// GPU kind.
    pub kind: u8,
    /// Whether it is up.
    pub is_up: bool,
    /// Whether it failed and no health check has seen it yet.
    pub is_unseen: bool,
    /// Free list it stands in, [`crate::placement::UNLISTED`] for none.
    pub list: u8,
}

impl Node {
    /// A new node, up and idle.
    #[must_use]
    pub fn new(provider: u32, kind: u8, gpus: u8, now: SimTime) -> Self {
        Self {
            jobs: [NONE; NODE_GPUS],
            idle_since: now,
            provider,
            previous: NONE,
            next: NONE,
            spell: 0,
            gpus,
            free: gpus,
            kind,
            is_up: true,
            is_unseen: false,
            list: crate::placement::UNLISTED,
        }
    }

    /// Gives `count` free GPUs to a job.
    pub fn take(&mut self, job: u32, count: u8) {
        debug_assert!(count <= self.free);
        let mut left = count;
        for slot in self.jobs.iter_mut().take(usize::from(self.gpus)) {
            if left == 0 {
                break;
            }
            if *slot == NONE {
                *slot = job;
                left -= 1;
            }
        }
        self.free -= count;
    }

    /// Frees the GPUs that a job holds and says how many.
    pub fn release(&mut self, job: u32) -> u8 {
        let mut freed = 0;
        for slot in &mut self.jobs {
            if *slot == job {
                *slot = NONE;
                freed += 1;
            }
        }
        self.free += freed;
        freed
    }

    /// The distinct jobs on it, in order of their GPUs.
    pub fn distinct_jobs(&self) -> impl Iterator<Item = u32> + use<> {
        let jobs = self.jobs;
        (0..NODE_GPUS)
            .filter(move |&i| jobs[i] != NONE && !jobs[..i].contains(&jobs[i]))
            .map(move |i| jobs[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_one_cache_line() {
        assert!(
            std::mem::size_of::<Node>() <= 64,
            "{}",
            std::mem::size_of::<Node>()
        );
    }

    #[test]
    fn jobs_take_and_release_whole_gpus() {
        let mut node = Node::new(0, 0, 4, SimTime::ZERO);
        node.take(7, 1);
        node.take(9, 2);
        assert_eq!(
            (node.free, node.distinct_jobs().collect::<Vec<_>>()),
            (1, vec![7, 9])
        );
        assert_eq!(node.release(9), 2);
        node.take(5, 3);
        assert_eq!(
            (node.free, node.distinct_jobs().collect::<Vec<_>>()),
            (0, vec![7, 5])
        );
    }
}
