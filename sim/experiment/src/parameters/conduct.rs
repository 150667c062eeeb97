//! `[protocol.matrix]`, `[protocol.correlation]`, `[protocol.appeal]`: what violations cost beside the ladder. The rows of the
//! graduated and of the immediate kinds are `[protocol.ladder]`.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

macro_rules! rung {
    ($path:literal, $field:ident[$at:literal], $default:literal, $meaning:literal) => {
        live($path, Ratio(|d| &mut d.config.protocol.matrix.$field[$at]), "0 %..100 %", $default, ASSUMPTION, $meaning)
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        rung!("protocol.matrix.light.minor", light_slash[0], "0 %", "Share of the exposed stake slashed for under-collateralisation or hoarding of a severity below a third."),
        rung!("protocol.matrix.light.moderate", light_slash[1], "1 %", "Below two thirds."),
        rung!("protocol.matrix.light.major", light_slash[2], "5 %", "From there on."),
        rung!("protocol.matrix.heavy.minor", heavy_slash[0], "2 %", "Share of the exposed stake slashed for a protocol violation, a double claim or market manipulation of a severity below a third."),
        rung!("protocol.matrix.heavy.moderate", heavy_slash[1], "10 %", "Below two thirds; suspends."),
        rung!("protocol.matrix.heavy.major", heavy_slash[2], "50 %", "From there on; suspends for as long as the first malicious result jails."),
        live("protocol.matrix.false_report.slash", Ratio(|d| &mut d.config.protocol.matrix.false_report_slash), "0 %..100 %", "10 %", ASSUMPTION, "Share of the exposed stake slashed for a false report."),
        live("protocol.correlation.gain", Factor(|d| &mut d.config.protocol.correlation.gain), "0..100", "0", "assumption: off; Ethereum 3", "Growth of the slash of correlated kinds by the share of stake that fails together: times 1 + gain x share."),
        live("protocol.correlation.cap", Factor(|d| &mut d.config.protocol.correlation.cap), "1..10", "3", ASSUMPTION, "Largest multiple of such a slash."),
        fixed("protocol.correlation.window_epochs", U32(|d| &mut d.config.protocol.correlation.window_epochs), "0..64", "7", ASSUMPTION, "Epochs before this one whose failures count as together."),
        live("protocol.appeal.deposit", Amount(|d| &mut d.config.protocol.appeal.deposit), "", "1 token", ASSUMPTION, "What an appeal costs when it is rejected; it goes to the insurance pool."),
        live("protocol.appeal.max_epochs", U32(|d| &mut d.config.protocol.appeal.max_epochs), "1..3650", "7", ASSUMPTION, "Epochs after which an appeal without a decision counts as rejected."),
    ]);
}
