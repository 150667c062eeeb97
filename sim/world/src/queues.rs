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

    /// First job of a line.
    #[must_use]
    pub fn head(&self, line: Line) -> Option<u32> {
        match line {
            Line::Single { group, gpus } => self.single[usize::from(group)][usize::from(gpus) - 1].front(),
            Line::Gang { kind } => self.gangs[usize::from(kind)].front(),
        }
        .copied()
    }

    /// Number of waiting jobs.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let single: usize = self.single.iter().flatten().map(VecDeque::len).sum();
        single + self.gangs.iter().map(VecDeque::len).sum::<usize>()
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

/// The lines of a group: single-node lines by size, then gangs by kind.
pub fn lines(group: u8, kinds: std::ops::Range<u8>) -> impl Iterator<Item = Line> {
    (1..=NODE_GPUS as u8).map(move |gpus| Line::Single { group, gpus }).chain(kinds.map(|kind| Line::Gang { kind }))
}
