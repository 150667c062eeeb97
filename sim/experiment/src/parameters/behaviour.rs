//! `[behaviour]`: shares of providers that are not honest.

use super::{ASSUMPTION, Access::*, Parameter, fixed};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("behaviour.lazy", Ratio(|d| &mut d.config.behaviours.lazy), "0 %..100 %", "1 %", ASSUMPTION, "Share of providers that claim work they do not do."),
        fixed("behaviour.self_dealing", Ratio(|d| &mut d.config.behaviours.self_dealing), "0 %..100 %", "0 %", ASSUMPTION, "Share of providers that buy their own idle time to look busy."),
        fixed("behaviour.self_dealing_idle", Ratio(|d| &mut d.config.behaviours.self_dealing_idle), "0 %..100 %", "100 %", ASSUMPTION, "Share of its idle time that a self-dealer buys."),
    ]);
}
