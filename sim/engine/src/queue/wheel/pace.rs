//! Whether the slices still hold about as many keys as planned, judged by those that joined the front.
//!
//! The mean of the logarithm is judged, which bursts hardly move. A plan costs time in proportion to the
//! keys held, so it is reconsidered only after as many keys have passed, and less often when it did not help.

use super::plan::Plan;

/// The least number of keys between two plans.
const PATIENCE_MIN: u64 = 1024;
/// How far plans that change nothing may stretch that.
const PATIENCE_GROWTH: u64 = 64;
/// A slice with fewer keys is no burst.
const BURST_MIN: usize = 4096;

/// What was seen since the last plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Pace {
    plan: Option<Plan>,
    slices: u64,
    keys: u64,
    sum_of_logs: u64,
    patience: u64,
}

impl Pace {
    /// Notes that a slice of so many keys joined the front.
    #[inline]
    pub fn note(&mut self, keys: usize) {
        self.slices += 1;
        self.keys += keys as u64;
        self.sum_of_logs += u64::from(keys.max(1).ilog2());
    }

    /// Whether a new plan is due: there is none, or slices have held four times too many keys, or a third.
    #[inline]
    pub fn is_off(&self) -> bool {
        if self.keys < self.patience {
            return false;
        }
        let Some(plan) = self.plan else { return true };
        // In eighths of a doubling. A slice that is met holds a key at least, so the mean of few is above 0.
        let mean = self.sum_of_logs * 8 / self.slices.max(1);
        let wanted = u64::from(plan.fill.ilog2()) * 8;
        mean > wanted + 16 || mean + 13 < wanted
    }

    /// Whether a slice holds so large a part of all keys that a plan is worth its cost before sorting it.
    #[inline]
    pub fn is_burst(&self, keys: usize, all: usize) -> bool {
        if keys < BURST_MIN || keys < all / 8 {
            return false;
        }
        let planned = self.plan.map_or(0, |plan| plan.keys);
        self.keys >= self.patience || all / 4 >= planned
    }

    /// Begins anew under `plan`. A plan that changes nothing makes the next one wait longer.
    pub fn restart(&mut self, plan: Plan, is_new: bool) {
        let patience = PATIENCE_MIN.max(2 * plan.keys as u64);
        let longer = if is_new {
            0
        } else {
            (self.patience * 2).min(patience * PATIENCE_GROWTH)
        };
        *self = Pace {
            plan: Some(plan),
            patience: patience.max(longer),
            ..Pace::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(fill: usize) -> Pace {
        let mut pace = Pace::default();
        pace.restart(
            Plan {
                shift: 0,
                fill,
                keys: 0,
            },
            true,
        );
        pace
    }

    #[test]
    fn a_first_plan_is_due_at_once() {
        assert!(Pace::default().is_off());
    }

    #[test]
    fn slices_as_planned_are_left_alone_and_others_are_not() {
        for (keys, is_off) in [(16, false), (8, false), (32, false), (128, true), (2, true)] {
            let mut pace = pace(16);
            (0..2000).for_each(|_| pace.note(keys));
            assert_eq!(pace.is_off(), is_off, "{keys} keys a slice");
        }
    }

    #[test]
    fn one_burst_changes_nothing() {
        let mut pace = pace(4);
        (0..2000).for_each(|_| pace.note(4));
        pace.note(1_000_000);
        assert!(!pace.is_off());
    }

    #[test]
    fn a_plan_that_did_not_help_waits_longer() {
        let mut pace = pace(4);
        let first = pace.patience;
        pace.restart(
            Plan {
                shift: 0,
                fill: 4,
                keys: 0,
            },
            false,
        );
        assert_eq!(pace.patience, 2 * first);
    }
}
