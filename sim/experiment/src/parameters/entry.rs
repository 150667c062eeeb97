//! `[entry]`: who joins and who leaves.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        live("entry.candidates_per_month", U32(|d| &mut d.config.entry_exit.candidates_per_month), "0..1000000", "100", ASSUMPTION, "Candidates a month at the reference fleet."),
        fixed("entry.lead_time", Span(|d| &mut d.config.entry_exit.lead_time), "0 ns..730 d", "45 d", ASSUMPTION, "Time from the decision to being in business."),
        live("entry.return_required", Ratio(|d| &mut d.config.entry_exit.return_required), "0 %..1000 %", "15 %", ASSUMPTION, "Yearly return that a candidate asks for."),
        fixed("entry.margin_window", Span(|d| &mut d.config.entry_exit.margin_window), "1 d..730 d", "60 d", ASSUMPTION, "Window of the trailing cash margin."),
        fixed("entry.margin_required", PerDay(|d| &mut d.config.entry_exit.margin_required), "0 USD/d..1000 USD/d", "0.3 USD/d", "assumption: what running a rig at home is worth the trouble for", "Cash margin that a GPU must leave its owner."),
        fixed("entry.patience", Span(|d| &mut d.config.entry_exit.patience), "0 ns..730 d", "30 d", ASSUMPTION, "How long the margin stays below that before a provider leaves."),
    ]);
}
