//! `[users]`: customers who may stake for a discount.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("users.customers", U32(|d| &mut d.config.users.customers), "0..1000000", "0", ASSUMPTION, "Customers with an account of their own, at the reference fleet; they weigh discounts against stake. All others share one account and never stake."),
        fixed("users.share", Ratio(|d| &mut d.config.users.share), "0 %..100 %", "100 %", ASSUMPTION, "Share of the jobs that is theirs; half of it comes from a quarter of them."),
        live("users.yield_required", Ratio(|d| &mut d.config.users.yield_required), "0 %..1000 %", "10 %", ASSUMPTION, "Yearly saving over the stake from which a customer stakes for a tier."),
    ]);
}
