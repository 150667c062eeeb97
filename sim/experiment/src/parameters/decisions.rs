//! `[protocol.contribution]` and `[protocol.governance]`: rewards for data and models, proposals and votes.

use ::protocol::{Vesting, VotingRule};

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

/// Under the capped rule the cap is a parameter of its own; the world puts it in.
const RULES: [VotingRule; 3] = [VotingRule::Linear, VotingRule::Capped { share: units::Ratio::ONE }, VotingRule::Quadratic];

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.contribution.bond_per_point", Amount(|d| &mut d.config.protocol.contribution.bond_per_point), "", "1 token", ASSUMPTION, "Bond that vouches for each point of data or models in an epoch."),
        live("protocol.contribution.hold_back", Ratio(|d| &mut d.config.protocol.contribution.hold_back), "0 %..100 %", "20 %", ASSUMPTION, "Share of rewards for contributions that is held back."),
        fixed("protocol.contribution.vesting", Choice(&["none", "linear_with_cliff"], |d, at| d.config.protocol.contribution.vesting = [Vesting::None, Vesting::LinearWithCliff][at]), "", "linear_with_cliff", ASSUMPTION, "none: nothing is held back; linear_with_cliff: nothing comes free until the cliff is over, then in a line."),
        fixed("protocol.contribution.hold_back_epochs", U32(|d| &mut d.config.protocol.contribution.hold_back_epochs), "0..3650", "180", ASSUMPTION, "Length of that line, in epochs."),
        fixed("protocol.contribution.cliff_epochs", U32(|d| &mut d.config.protocol.contribution.cliff_epochs), "0..3650", "30", ASSUMPTION, "Epochs before anything comes free."),
        fixed("protocol.contribution.schedule_epochs", U32(|d| &mut d.config.protocol.contribution.schedule_epochs), "1..3650", "7", ASSUMPTION, "Epochs whose hold-backs share a schedule."),
        live("protocol.governance.deposit", Amount(|d| &mut d.config.protocol.governance.deposit), "", "1000 token", ASSUMPTION, "What a proposer sets aside; burned when the proposal is vetoed."),
        fixed("protocol.governance.voting_epochs", U32(|d| &mut d.config.protocol.governance.voting_epochs), "1..3650", "7", ASSUMPTION, "Epochs from a proposal to its tally."),
        fixed("protocol.governance.weight", Choice(&["linear", "capped", "quadratic"], |d, at| d.config.protocol.governance.weight = RULES[at]), "", "linear", ASSUMPTION, "What stake weighs: all of it; at most a share of all stake; its square root."),
        fixed("protocol.governance.cap", Ratio(|d| &mut d.config.voters.cap), "0.1 %..100 %", "5 %", ASSUMPTION, "That share, under the capped rule."),
        live("protocol.governance.quorum", Ratio(|d| &mut d.config.protocol.governance.quorum), "0 %..100 %", "33.4 %", "Cosmos SDK", "Share of all user stake that has to vote."),
        live("protocol.governance.threshold", Ratio(|d| &mut d.config.protocol.governance.threshold), "0 %..99 %", "50 %", "Cosmos SDK", "Share of yes, no and veto that yes has to pass."),
        live("protocol.governance.veto_share", Ratio(|d| &mut d.config.protocol.governance.veto_share), "0 %..100 %", "33.4 %", "Cosmos SDK", "Share of all votes from which veto rejects and burns the deposit."),
        live("protocol.governance.timelock_epochs", U32(|d| &mut d.config.protocol.governance.timelock_epochs), "0..3650", "2", ASSUMPTION, "Whole epochs between the tally and the first in which a proposal may be executed."),
        live("protocol.governance.grace_epochs", U32(|d| &mut d.config.protocol.governance.grace_epochs), "1..3650", "14", ASSUMPTION, "Epochs in which it may be executed."),
        live("protocol.governance.open_max", U32(|d| &mut d.config.protocol.governance.open_max), "0..256", "16", ASSUMPTION, "How many proposals may be open at once."),
    ]);
}
