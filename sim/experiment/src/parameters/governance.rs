//! `[governance]`: voters, and what they are asked. The rules of voting are `[protocol.governance]`.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("governance.voters", U32(|d| &mut d.config.voters.count), "0..1000000", "0", "assumption: off", "Voters at the reference fleet, with user stake bought at genesis."),
        fixed("governance.stake_median", Amount(|d| &mut d.config.voters.stake_median), "", "5000 token", ASSUMPTION, "Median of a voter's stake, which is log-normal."),
        fixed("governance.stake_sigma", Factor(|d| &mut d.config.voters.stake_sigma), "0..5", "1.5", ASSUMPTION, "Standard deviation of the logarithm of a voter's stake: how unequal voters are."),
        live("governance.turnout", Ratio(|d| &mut d.config.voters.turnout), "0 %..100 %", "40 %", ASSUMPTION, "Probability that a voter votes on a proposal."),
        live("governance.vote.yes", Ratio(|d| &mut d.config.voters.choices[0]), "0 %..100 %", "60 %", ASSUMPTION, "Share of votes for a proposal. The four shares sum to 100 %."),
        live("governance.vote.no", Ratio(|d| &mut d.config.voters.choices[1]), "0 %..100 %", "25 %", ASSUMPTION, "Against it."),
        live("governance.vote.abstain", Ratio(|d| &mut d.config.voters.choices[2]), "0 %..100 %", "10 %", ASSUMPTION, "Neither; they count for the quorum."),
        live("governance.vote.veto", Ratio(|d| &mut d.config.voters.choices[3]), "0 %..100 %", "5 %", ASSUMPTION, "Against its having been proposed."),
        live("governance.proposal_epochs", U32(|d| &mut d.config.voters.proposal_epochs), "0..3650", "14", ASSUMPTION, "Epochs from one proposal to the next, by lot a change of a live parameter, a grant or a text; 0: none are made."),
        live("governance.change", Ratio(|d| &mut d.config.voters.change), "0 %..100 %", "10 %", ASSUMPTION, "By how much a proposal would move a parameter, up or down."),
        live("governance.grant", Ratio(|d| &mut d.config.voters.grant), "0 %..100 %", "1 %", ASSUMPTION, "Share of the treasury that a proposed grant asks for."),
    ]);
}
