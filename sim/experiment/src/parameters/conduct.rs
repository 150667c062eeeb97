//! `[protocol.matrix]`, `[protocol.correlation]`, `[protocol.appeal]`: what violations cost beside the ladder. The rows of the
//! graduated and of the immediate kinds are `[protocol.ladder]`.

use ::protocol::{CorrelationRule, MatrixGroup, RecoveryPath, Regime};

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

macro_rules! rung {
    ($path:literal, $field:ident[$at:literal], $default:literal, $meaning:literal) => {
        live($path, Ratio(|d| &mut d.config.protocol.matrix.$field[$at]), "0 %..100 %", $default, ASSUMPTION, $meaning)
    };
}

macro_rules! group {
    ($name:literal, $group:ident, $regime:literal, $tombstone:literal, $correlated:literal, $recovery:literal, $who:literal) => {
        [
            live(concat!("protocol.matrix.", $name, ".regime"), Choice(&["graduated", "immediate", "scaled"], |d, at| d.config.protocol.matrix.groups[MatrixGroup::$group as usize].regime = [Regime::Graduated, Regime::Immediate, Regime::Scaled][at]), "", $regime, REGIMES, concat!("How ", $who, " are judged. graduated: a warning first, then by how many are remembered; immediate: jail at once; scaled: by the report's severity.")),
            live(concat!("protocol.matrix.", $name, ".tombstone_at"), U32(|d| &mut d.config.protocol.matrix.groups[MatrixGroup::$group as usize].tombstone_at), "0..1000000", $tombstone, ASSUMPTION, "Violation of a kind that takes everything for ever; 0: none does."),
            live(concat!("protocol.matrix.", $name, ".correlated"), Choice(&["no", "yes"], |d, at| d.config.protocol.matrix.groups[MatrixGroup::$group as usize].is_correlated = at == 1), "", $correlated, ASSUMPTION, "Whether the slash grows when much stake fails together; see protocol.correlation."),
            live(concat!("protocol.matrix.", $name, ".recovery"), Choice(&["automatic", "review"], |d, at| d.config.protocol.matrix.groups[MatrixGroup::$group as usize].recovery = [RecoveryPath::Automatic, RecoveryPath::Review][at]), "", $recovery, ASSUMPTION, "How a suspension or jail ends: by itself, or when the owner asks after remediation."),
        ]
    };
}

const REGIMES: &str = "Swarm has the regimes, without figures";

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        rung!("protocol.matrix.light.minor", light_slash[0], "0 %", "Share of the exposed stake slashed for under-collateralisation or hoarding of a severity below a third."),
        rung!("protocol.matrix.light.moderate", light_slash[1], "1 %", "Below two thirds."),
        rung!("protocol.matrix.light.major", light_slash[2], "5 %", "From there on."),
        rung!("protocol.matrix.heavy.minor", heavy_slash[0], "2 %", "Share of the exposed stake slashed for a protocol violation, a double claim or market manipulation of a severity below a third."),
        rung!("protocol.matrix.heavy.moderate", heavy_slash[1], "10 %", "Below two thirds; suspends."),
        rung!("protocol.matrix.heavy.major", heavy_slash[2], "50 %", "From there on; suspends for as long as the first malicious result jails."),
        live("protocol.matrix.false_report.slash", Ratio(|d| &mut d.config.protocol.matrix.false_report_slash), "0 %..100 %", "10 %", ASSUMPTION, "Share of the exposed stake slashed for a false report."),
        live("protocol.correlation.rule", Choice(&["multiply", "add"], |d, at| d.config.protocol.correlation.rule = [CorrelationRule::Multiply, CorrelationRule::Add][at]), "", "multiply", "assumption; add: Ethereum", "How the slash of correlated kinds grows with the share of stake that fails together. multiply: times 1 + gain x share, up to the cap; add: plus gain x share, up to everything."),
        live("protocol.correlation.gain", Factor(|d| &mut d.config.protocol.correlation.gain), "0..100", "0", "assumption: off; Ethereum 3", "Growth of the slash of correlated kinds by the share of stake that fails together; see protocol.correlation.rule."),
        live("protocol.correlation.cap", Factor(|d| &mut d.config.protocol.correlation.cap), "1..10", "3", ASSUMPTION, "Largest multiple of such a slash; adding has none."),
        fixed("protocol.correlation.window_epochs", U32(|d| &mut d.config.protocol.correlation.window_epochs), "0..64", "7", ASSUMPTION, "Epochs before this one whose failures count as together."),
        live("protocol.appeal.deposit", Amount(|d| &mut d.config.protocol.appeal.deposit), "", "1 token", ASSUMPTION, "What an appeal costs when it is rejected; it goes to the insurance pool."),
        live("protocol.appeal.max_epochs", U32(|d| &mut d.config.protocol.appeal.max_epochs), "1..3650", "7", ASSUMPTION, "Epochs after which an appeal without a decision counts as rejected."),
    ]);    table.extend(group!("graduated", Graduated, "graduated", "0", "no", "automatic", "downtime, failed jobs, SLA misses and poor performance"));
    table.extend(group!("malicious", Malicious, "immediate", "2", "yes", "automatic", "malicious results and bad gradients"));
    table.extend(group!("security_breach", SecurityBreach, "immediate", "2", "no", "review", "security breaches"));
    table.extend(group!("data_breach", DataBreach, "immediate", "2", "yes", "review", "data breaches"));
    table.extend(group!("light", Light, "scaled", "0", "no", "automatic", "under-collateralisation and hoarding"));
    table.extend(group!("heavy", Heavy, "scaled", "0", "no", "review", "protocol violations, double claims and market manipulation"));
    table.extend(group!("false_report", FalseReport, "scaled", "0", "no", "automatic", "false reports"));
}
