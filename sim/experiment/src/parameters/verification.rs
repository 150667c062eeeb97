//! `[verification]`: sampled checks of work.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        live("verification.challenge_rate", Ratio(|d| &mut d.config.verification.challenge_rate), "0 %..100 %", "20 %", ASSUMPTION, "Probability that a provider is challenged in an epoch."),
        live("verification.false_accept", Ratio(|d| &mut d.config.verification.false_accept), "0 %..100 %", "5 %", ASSUMPTION, "Probability that one check passes bad work."),
        live("verification.false_reject", Ratio(|d| &mut d.config.verification.false_reject), "0 %..100 %", "0.01 %", ASSUMPTION, "Probability that one check fails good work; a second, independent check decides."),
        fixed("verification.verdict_delay", Span(|d| &mut d.config.verification.verdict_delay), "1 min..90 d", "1 d", ASSUMPTION, "Time from challenge to verdict."),
    ]);
}
