//! Which nodes have room: intrusive free lists by kind and free GPUs, longest-waiting first, every operation O(1) or O(lists).
//!
//! A node stands in a list while it is up, its provider takes jobs, and it has a free GPU. Wholly idle nodes stand apart
//! from partly used ones, so that small jobs fill what is already broken and leave whole nodes to larger jobs.

use serde::{Deserialize, Serialize};
use units::SimTime;

use crate::node::{NODE_GPUS, NONE, Node};

/// [`Node::list`] of a node in no list.
pub const UNLISTED: u8 = u8::MAX;

const LISTS: usize = 2 * NODE_GPUS;

/// Providers with this many idle GPUs or more are counted together.
const MANY: usize = 64;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct List {
    head: u32,
    tail: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kind {
    /// `[0..8)` partly used by free GPUs (1 to 7), `[8..16)` wholly idle by size (1 to 8).
    lists: [List; LISTS],
    /// GPUs in wholly idle nodes.
    idle_gpus: u32,
    /// The same by how many its provider has, capped at [`MANY`]: says at once whether islands of a size can be had.
    idle_by_provider: Vec<u32>,
}

/// The free lists of all kinds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placement {
    kinds: Vec<Kind>,
    /// GPUs in wholly idle nodes, by provider.
    idle_of: Vec<u32>,
}

fn list_of(node: &Node) -> u8 {
    if node.free == node.gpus {
        NODE_GPUS as u8 + node.gpus - 1
    } else {
        node.free - 1
    }
}

impl Placement {
    /// Empty lists for so many kinds.
    #[must_use]
    pub fn new(kinds: usize) -> Self {
        let empty = Kind {
            lists: [List {
                head: NONE,
                tail: NONE,
            }; LISTS],
            idle_gpus: 0,
            idle_by_provider: vec![0; MANY + 1],
        };
        Self {
            kinds: vec![empty; kinds],
            idle_of: Vec::new(),
        }
    }

    /// GPUs in wholly idle nodes of providers that have at least `island` of them.
    #[must_use]
    pub fn idle_in_islands(&self, kind: u8, island: u32) -> u32 {
        self.kinds[usize::from(kind)].idle_by_provider[(island as usize).min(MANY)..]
            .iter()
            .sum()
    }

    /// GPUs in wholly idle nodes of a provider.
    #[must_use]
    pub fn idle_of(&self, provider: u32) -> u32 {
        self.idle_of.get(provider as usize).copied().unwrap_or(0)
    }

    /// Counts idle GPUs of a node in (`sign` 1) or out (-1).
    fn count_idle(&mut self, node: &Node, sign: i32) {
        let provider = node.provider as usize;
        if self.idle_of.len() <= provider {
            self.idle_of.resize(provider + 1, 0);
        }
        let of_kind = &mut self.kinds[usize::from(node.kind)];
        let old = self.idle_of[provider];
        let new = old
            .checked_add_signed(sign * i32::from(node.gpus))
            .expect("idle GPUs are never negative");
        of_kind.idle_by_provider[(old as usize).min(MANY)] -= old;
        of_kind.idle_by_provider[(new as usize).min(MANY)] += new;
        of_kind.idle_gpus = of_kind.idle_gpus + new - old;
        self.idle_of[provider] = new;
    }

    /// Puts a node where it belongs after any change; `is_open` says whether its provider takes jobs.
    pub fn place(&mut self, nodes: &mut [Node], id: u32, is_open: bool) {
        self.remove(nodes, id);
        let node = &nodes[id as usize];
        if node.is_up && is_open && node.free > 0 {
            let list = list_of(node);
            self.append(nodes, id, list);
        }
    }

    /// Takes a node out of its list, if it stands in one.
    pub fn remove(&mut self, nodes: &mut [Node], id: u32) {
        let Node {
            previous,
            next,
            list,
            kind,
            ..
        } = nodes[id as usize];
        if list == UNLISTED {
            return;
        }
        if usize::from(list) >= NODE_GPUS {
            self.count_idle(&nodes[id as usize], -1);
        }
        let of_kind = &mut self.kinds[usize::from(kind)];
        let ends = &mut of_kind.lists[usize::from(list)];
        if previous == NONE {
            ends.head = next
        } else {
            nodes[previous as usize].next = next
        }
        if next == NONE {
            ends.tail = previous
        } else {
            nodes[next as usize].previous = previous
        }
        nodes[id as usize].list = UNLISTED;
    }

    fn append(&mut self, nodes: &mut [Node], id: u32, list: u8) {
        let kind = nodes[id as usize].kind;
        if usize::from(list) >= NODE_GPUS {
            self.count_idle(&nodes[id as usize], 1);
        }
        let of_kind = &mut self.kinds[usize::from(kind)];
        let ends = &mut of_kind.lists[usize::from(list)];
        let previous = std::mem::replace(&mut ends.tail, id);
        if previous == NONE {
            ends.head = id
        } else {
            nodes[previous as usize].next = id
        }
        let node = &mut nodes[id as usize];
        (node.previous, node.next, node.list) = (previous, NONE, list);
    }

    /// A node with `gpus` free GPUs among `kinds`: the tightest partly used one, else the wholly idle one that has waited longest.
    #[must_use]
    pub fn fit(&self, nodes: &[Node], kinds: std::ops::Range<u8>, gpus: u8) -> Option<u32> {
        for free in gpus..NODE_GPUS as u8 {
            for kind in kinds.clone() {
                let head = self.kinds[usize::from(kind)].lists[usize::from(free - 1)].head;
                if head != NONE {
                    return Some(head);
                }
            }
        }
        let sizes = usize::from(gpus) - 1 + NODE_GPUS..LISTS;
        kinds
            .flat_map(|kind| sizes.clone().map(move |list| (kind, list)))
            .map(|(kind, list)| self.kinds[usize::from(kind)].lists[list].head)
            .filter(|&head| head != NONE)
            .min_by_key(|&head| (nodes[head as usize].idle_since, head))
    }

    /// Wholly idle nodes of a kind with at least so many GPUs, in no order that means anything.
    pub fn idle_unordered<'a>(
        &'a self,
        nodes: &'a [Node],
        kind: u8,
        gpus_min: u8,
    ) -> impl Iterator<Item = u32> + 'a {
        self.kinds[usize::from(kind)].lists[NODE_GPUS + usize::from(gpus_min) - 1..]
            .iter()
            .flat_map(move |list| {
                std::iter::successors((list.head != NONE).then_some(list.head), move |&id| {
                    let next = nodes[id as usize].next;
                    (next != NONE).then_some(next)
                })
            })
    }

    /// Wholly idle nodes of a kind, longest idle first.
    pub fn idle<'a>(&'a self, nodes: &'a [Node], kind: u8) -> impl Iterator<Item = u32> + 'a {
        let lists = &self.kinds[usize::from(kind)].lists[NODE_GPUS..];
        let mut heads: [u32; NODE_GPUS] = std::array::from_fn(|list| lists[list].head);
        std::iter::from_fn(move || {
            let live = heads.iter_mut().filter(|head| **head != NONE);
            let oldest = live.min_by_key(|head| (nodes[**head as usize].idle_since, **head))?;
            let id = *oldest;
            *oldest = nodes[id as usize].next;
            Some(id)
        })
    }
}

/// Marks a node as idle from `now` when nothing holds it any more.
pub fn note_idle(node: &mut Node, now: SimTime) {
    if node.free == node.gpus {
        node.idle_since = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> (Placement, Vec<Node>) {
        let mut nodes: Vec<Node> = [1, 4, 8]
            .iter()
            .map(|&gpus| Node::new(0, 0, gpus, SimTime::ZERO))
            .collect();
        let mut placement = Placement::new(1);
        for id in 0..3 {
            placement.place(&mut nodes, id, true);
        }
        (placement, nodes)
    }

    #[test]
    fn small_jobs_fill_broken_nodes_first() {
        let (mut placement, mut nodes) = three();
        assert_eq!(placement.idle_in_islands(0, 1), 13);
        nodes[1].take(0, 1);
        placement.place(&mut nodes, 1, true);
        assert_eq!(placement.fit(&nodes, 0..1, 1), Some(1));
        assert_eq!(placement.fit(&nodes, 0..1, 4), Some(2));
        assert_eq!(placement.idle_in_islands(0, 1), 9);
    }

    #[test]
    fn islands_are_counted_by_provider() {
        let mut nodes: Vec<Node> = [0, 0, 1]
            .iter()
            .map(|&provider| Node::new(provider, 0, 8, SimTime::ZERO))
            .collect();
        let mut placement = Placement::new(1);
        for id in 0..3 {
            placement.place(&mut nodes, id, true);
        }
        let islands = [1, 8, 9, 16, 17].map(|island| placement.idle_in_islands(0, island));
        assert_eq!(islands, [24, 24, 16, 16, 0]);
        placement.remove(&mut nodes, 1);
        assert_eq!(placement.idle_in_islands(0, 9), 0);
    }

    #[test]
    fn a_node_that_is_down_or_closed_is_never_offered() {
        let (mut placement, mut nodes) = three();
        nodes[2].is_up = false;
        placement.place(&mut nodes, 2, true);
        placement.place(&mut nodes, 1, false);
        assert_eq!(placement.fit(&nodes, 0..1, 4), None);
        assert_eq!(placement.idle(&nodes, 0).collect::<Vec<_>>(), vec![0]);
    }

    #[test]
    fn the_longest_idle_node_is_taken_first() {
        let (mut placement, mut nodes) = three();
        placement.remove(&mut nodes, 0);
        nodes[0].idle_since = SimTime::from_ns(5);
        nodes[1].idle_since = SimTime::from_ns(9);
        placement.place(&mut nodes, 0, true);
        placement.place(&mut nodes, 1, true);
        assert_eq!(placement.fit(&nodes, 0..1, 1), Some(2));
        placement.remove(&mut nodes, 2);
        assert_eq!(placement.fit(&nodes, 0..1, 1), Some(0));
    }
}
