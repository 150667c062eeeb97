//! A lazy provider: claims work that it does not do. The profit that it seeks is the power of its busy GPUs.

use super::{Action, Habits, Observation, honest};

/// Its actions after an epoch: those of an honest provider, whom it imitates.
pub fn act(habits: &Habits, seen: &Observation, actions: &mut Vec<Action>) {
    honest::act(habits, seen, actions);
}

/// It works nothing of what it holds.
#[must_use]
pub fn worked(_held_ns: u64) -> u64 {
    0
}
