//! Waiting jobs: one queue a group and size for jobs on one node, one a kind for jobs on several.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::node::NODE_GPUS;

/// Waiting jobs, by slot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Queues {
    /// `[group][gpus - 1]`.
    single: Vec<[VecDeque<u32>; NODE_GPUS]>,
    /// `[kind]`.
    gangs: Vec<VecDeque<u32>>,
}

/// Which queue a job waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// One node: group and GPUs.
    Single {
        /// Kind group.
        group: u8,
        /// GPUs.
        gpus: u8,
    },
    /// Several nodes: kind.
    Gang {
        /// GPU kind.
        kind: u8,
    },
}

impl Queues {
    /// Empty queues.
    #[must_use]
    pub fn new(groups: usize, kinds: usize) -> Self {
        Self { single: vec![Default::default(); groups], gangs: vec![VecDeque::new(); kinds] }
    }

    /// The queue itself.
    pub fn line(&mut self, line: Line) -> &mut VecDeque<u32> {
        match line {
            Line::Single { group, gpus } => &mut self.single[usize::from(group)][usize::from(gpus) - 1],
            Line::Gang { kind } => &mut self.gangs[usize::from(kind)],
        }
    }

    /// The lines of a group that hold somebody: single-node lines by size, then gangs by kind.
    pub fn occupied(&self, group: u8, kinds: std::ops::Range<u8>) -> impl Iterator<Item = Line> + '_ {
        let single = (1..=NODE_GPUS as u8)
            .filter(move |&gpus| !self.single[usize::from(group)][usize::from(gpus) - 1].is_empty())
            .map(move |gpus| Line::Single { group, gpus });
        let gangs = kinds.filter(|&kind| !self.gangs[usize::from(kind)].is_empty()).map(|kind| Line::Gang { kind });
        single.chain(gangs)
    }

    /// Number of waiting jobs.
    #[must_use]
    pub fn len(&self) -> usize {
        let single: usize = self.single.iter().flatten().map(VecDeque::len).sum();
        single + self.gangs.iter().map(VecDeque::len).sum::<usize>()
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether nobody waits in a group.
    #[must_use]
    pub fn is_clear(&self, group: u8, kinds: std::ops::Range<u8>) -> bool {
        self.single[usize::from(group)].iter().all(VecDeque::is_empty)
            && kinds.into_iter().all(|kind| self.gangs[usize::from(kind)].is_empty())
    }

    /// All waiting jobs, in order of line and place, for those who give up.
    pub fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        let lines = self.single.iter_mut().flatten().chain(self.gangs.iter_mut());
        for line in lines {
            line.retain(|&slot| keep(slot));
        }
    }
}
