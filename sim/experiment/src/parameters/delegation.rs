//! `[delegation]`: holders who stake behind providers.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("delegation.delegators", U32(|d| &mut d.config.delegation.delegators), "0..1000000", "500", ASSUMPTION, "Delegators at the reference fleet."),
        fixed("delegation.staked_ratio", Ratio(|d| &mut d.config.delegation.staked_ratio), "0 %..100 %", "38 %", "assumption; Livepeer 50 %, Cosmos Hub 67 %", "Staked ratio at the start, bonds included."),
        fixed("delegation.commission", Ratio(|d| &mut d.config.delegation.commission), "0 %..100 %", "20 %", ASSUMPTION, "Commission of providers on their delegators' rewards."),
        live("delegation.yield_required", Ratio(|d| &mut d.config.delegation.yield_required), "0 %..1000 %", "10 %", ASSUMPTION, "Yearly yield below which delegators withdraw and above which they add."),
        live("delegation.step", Ratio(|d| &mut d.config.delegation.step), "0 %..100 %", "2 %", ASSUMPTION, "Share of a position moved at a weekly decision."),
        live("delegation.redelegate", Ratio(|d| &mut d.config.delegation.redelegate), "0 %..100 %", "0 %", ASSUMPTION, "Share of a position that its delegator moves to another of the providers it backs after the provider was slashed."),
    ]);
}
