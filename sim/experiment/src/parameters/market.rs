//! `[market]`: the coin's price and who holds the coin at the start.

use super::{ASSUMPTION, Access::*, Parameter, fixed};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("market.price", TokenPrice(|d| &mut d.config.market.price), "0.000001 USD/token..1000000 USD/token", "0.3 USD/token", ASSUMPTION, "Price of the coin at the start."),
        fixed("market.volatility", Ratio(|d| &mut d.config.market.volatility), "0 %..500 %", "80 %", ASSUMPTION, "Standard deviation of the log price over a year, without reversion."),
        fixed("market.half_life", Span(|d| &mut d.config.market.half_life), "1 d..3650 d", "60 d", ASSUMPTION, "Half-life of the reversion to the starting price."),
        fixed("market.sell_fees", Ratio(|d| &mut d.config.market.sell_fees), "0 %..100 %", "100 %", ASSUMPTION, "Share of fee income that providers sell at receipt."),
        fixed("market.sell_rewards", Ratio(|d| &mut d.config.market.sell_rewards), "0 %..100 %", "70 %", ASSUMPTION, "Share of rewards that providers and delegators sell."),
        fixed("market.genesis.circulating", Amount(|d| &mut d.config.market.genesis_circulating), "", "300000000 token", ASSUMPTION, "Circulating at the start, at the reference fleet."),
        fixed("market.genesis.locked", Amount(|d| &mut d.config.market.genesis_locked), "", "240000000 token", ASSUMPTION, "Team and investors, locked for the whole run."),
        fixed("market.genesis.treasury", Amount(|d| &mut d.config.market.genesis_treasury), "", "150000000 token", ASSUMPTION, "Treasury."),
        fixed("market.genesis.ecosystem", Amount(|d| &mut d.config.market.genesis_ecosystem), "", "50000000 token", ASSUMPTION, "Ecosystem fund, locked for the whole run."),
        fixed("market.crash.at", Span(|d| &mut d.config.crash.at), "0 ns..36500 d", "180 d", ASSUMPTION, "When the coin's price falls for good; the oracle sees it at the close of that epoch."),
        fixed("market.crash.fall", Ratio(|d| &mut d.config.crash.fall), "0 %..99 %", "0 %", "assumption: off", "Share of its price that it loses then."),
    ]);
}
