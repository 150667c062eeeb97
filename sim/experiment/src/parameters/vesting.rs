//! `[protocol.vesting]`: what is held back of providers' pay.

use ::protocol::{VestingCover, VestingLiability, VestingRule};

use super::{ASSUMPTION, Access::*, Parameter, fixed};

const COVERS: [VestingCover; 2] = [VestingCover::Rewards, VestingCover::RewardsAndJobs];

const RULES: [VestingRule; 2] = [VestingRule::Linear, VestingRule::AtAge];

const LIABILITIES: [VestingLiability; 3] = [VestingLiability::None, VestingLiability::Tombstone, VestingLiability::Slashes];

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("protocol.vesting.share", Ratio(|d| &mut d.config.protocol.vesting.share), "0 %..100 %", "0 %", "off; Gonka 100 %, Filecoin and Storj 75 %", "Share of a newcomer's pay that is held back; delegators are paid in full. 0 %: nothing is held back, of anybody's."),
        fixed("protocol.vesting.share_step", Ratio(|d| &mut d.config.protocol.vesting.share_step), "0 %..100 %", "0 %", ASSUMPTION, "By how much that share falls at each step of a provider's age, to nothing."),
        fixed("protocol.vesting.step_epochs", U32(|d| &mut d.config.protocol.vesting.step_epochs), "1..3650", "90", "Storj: a quarter", "Epochs after registration from one such step to the next."),
        fixed("protocol.vesting.covers", Choice(&["rewards", "rewards_and_jobs"], |d, at| d.config.protocol.vesting.covers = COVERS[at]), "", "rewards", ASSUMPTION, "Which pay is held back: rewards when they are claimed, or those and the provider's share of job fees."),
        fixed("protocol.vesting.rule", Choice(&["linear", "at_age"], |d, at| d.config.protocol.vesting.rule = RULES[at]), "", "linear", ASSUMPTION, "How it comes free: linear: in equal steps; at_age: a share of it from an age on, all of it when the provider leaves."),
        fixed("protocol.vesting.epochs", U32(|d| &mut d.config.protocol.vesting.epochs), "1..3650", "180", "Gonka, Filecoin", "Steps under the linear rule, one an epoch; the first has the remainder of the division."),
        fixed("protocol.vesting.age_epochs", U32(|d| &mut d.config.protocol.vesting.age_epochs), "0..3650", "450", "Storj: fifteen months", "That age under the at_age rule, in epochs after registration."),
        fixed("protocol.vesting.age_share", Ratio(|d| &mut d.config.protocol.vesting.age_share), "0 %..100 %", "50 %", "Storj", "That share, of all that was ever held back."),
        fixed("protocol.vesting.liability", Choice(&["none", "tombstone", "slashes"], |d, at| d.config.protocol.vesting.liability = LIABILITIES[at]), "", "none", ASSUMPTION, "What answers before it has vested: none: nothing; tombstone: a tombstone takes it to the treasury; slashes: it pays for slashes before the bond, under the linear rule."),
    ]);
}
