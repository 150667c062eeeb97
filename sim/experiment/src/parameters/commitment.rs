//! `[commitment]`: who binds its bond for a time.

use super::{ASSUMPTION, Access::*, Parameter, fixed};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("commitment.monthly", Ratio(|d| &mut d.config.commitment.monthly), "0 %..100 %", "0 %", ASSUMPTION, "Share of providers that commit for a month when they enter, and again when it is over; they cannot leave before."),
        fixed("commitment.annual", Ratio(|d| &mut d.config.commitment.annual), "0 %..100 %", "0 %", ASSUMPTION, "The same for a year."),
    ]);
}
