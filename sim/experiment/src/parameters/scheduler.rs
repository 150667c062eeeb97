//! `[scheduler]`: how jobs are placed.

use world::config::SchedulerPolicy;

use super::{ASSUMPTION, Access::*, Parameter, fixed};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.push(fixed("scheduler.policy", Choice(&["first_come", "backfill"], |d, at| d.config.scheduler = [SchedulerPolicy::FirstCome, SchedulerPolicy::Backfill][at]), "", "backfill", ASSUMPTION, "first_come: strict order, the head of the queue blocks; backfill: a job that fits may pass one that does not."));
}
