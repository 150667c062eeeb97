//! Waiting jobs: one queue a group and size for jobs on one node, one a kind for jobs on several.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::node::NODE_GPUS;

/// Waiting jobs, by slot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Queues {
    /// By group: its single-node lines by size, then its gang lines by kind.
    groups: Vec<Vec<VecDeque<u32>>>,
    /// By group: the lines that hold somebody, one bit each.
    occupied: Vec<u64>,
    /// First kind of each group.
    first_kind: Vec<u8>,
}

/// Which queue a job waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// One node: GPUs.
    Single {
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
    /// Empty queues for groups of these kinds.
    #[must_use]
    pub fn new(kinds: &[std::ops::Range<u8>]) -> Self {
        let lines = |of: &std::ops::Range<u8>| vec![VecDeque::new(); NODE_GPUS + of.len()];
        Self {
            groups: kinds.iter().map(lines).collect(),
            occupied: vec![0; kinds.len()],
            first_kind: kinds.iter().map(|of| of.start).collect(),
        }
    }

    /// Place of a line in its group.
    #[must_use]
    pub fn place(&self, group: u8, line: Line) -> usize {
        match line {
            Line::Single { gpus } => usize::from(gpus) - 1,
            Line::Gang { kind } => {
                NODE_GPUS + usize::from(kind - self.first_kind[usize::from(group)])
            }
        }
    }

    /// Places of a group's gang lines but for one kind, one bit each.
    #[must_use]
    pub fn gang_lines_but(&self, group: u8, kind: u8) -> u64 {
        let gangs = (1 << self.groups[usize::from(group)].len()) - (1 << NODE_GPUS);
        gangs & !(1 << self.place(group, Line::Gang { kind }))
    }

    /// Jobs in the line at a place.
    #[must_use]
    pub fn length(&self, group: u8, place: usize) -> usize {
        self.groups[usize::from(group)][place].len()
    }

    /// The line at a place.
    #[must_use]
    pub fn line_at(&self, group: u8, place: usize) -> Line {
        match place.checked_sub(NODE_GPUS) {
            None => Line::Single {
                gpus: place as u8 + 1,
            },
            Some(kind) => Line::Gang {
                kind: self.first_kind[usize::from(group)] + kind as u8,
            },
        }
    }

    /// Puts a job at the end of its line, or at the head when it comes back from a failure.
    pub fn push(&mut self, group: u8, line: Line, slot: u32, at_head: bool) {
        let place = self.place(group, line);
        let queue = &mut self.groups[usize::from(group)][place];
        if at_head {
            queue.push_front(slot)
        } else {
            queue.push_back(slot)
        }
        self.occupied[usize::from(group)] |= 1 << place;
    }

    /// The `nth` job of the line at a place.
    #[must_use]
    pub fn job(&self, group: u8, place: usize, nth: usize) -> Option<u32> {
        self.groups[usize::from(group)][place].get(nth).copied()
    }

    /// Takes the `nth` job out of the line at a place.
    pub fn take(&mut self, group: u8, place: usize, nth: usize) {
        let queue = &mut self.groups[usize::from(group)][place];
        queue.remove(nth).expect("the job was looked up there");
        if queue.is_empty() {
            self.occupied[usize::from(group)] &= !(1 << place);
        }
    }

    /// Places of the group's lines that hold somebody, one bit each.
    #[must_use]
    pub fn occupied(&self, group: u8) -> u64 {
        self.occupied[usize::from(group)]
    }

    /// Number of waiting jobs.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.groups.iter().flatten().map(VecDeque::len).sum()
    }

    /// All waiting jobs, in order of line and place, for those who give up.
    pub fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        for (lines, occupied) in self.groups.iter_mut().zip(&mut self.occupied) {
            for (place, line) in lines.iter_mut().enumerate() {
                line.retain(|&slot| keep(slot));
                if line.is_empty() {
                    *occupied &= !(1 << place);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_occupied_while_it_holds_somebody() {
        let mut queues = Queues::new(&[0..3, 3..6]);
        let (single, gang) = (Line::Single { gpus: 8 }, Line::Gang { kind: 5 });
        queues.push(1, single, 7, false);
        queues.push(1, gang, 8, false);
        queues.push(1, gang, 9, true);
        assert_eq!(
            (queues.occupied(0), queues.occupied(1), queues.waiting()),
            (0, 1 << 7 | 1 << 10, 3)
        );
        assert_eq!(
            (queues.line_at(1, 7), queues.line_at(1, 10)),
            (single, gang)
        );
        assert_eq!(
            (queues.job(1, 10, 0), queues.job(1, 10, 1)),
            (Some(9), Some(8))
        );
        queues.take(1, 7, 0);
        queues.retain(|slot| slot == 9);
        assert_eq!((queues.occupied(1), queues.waiting()), (1 << 10, 1));
    }
}
