//! `[incidents]` and `[appeals]`: violations that nobody in the world brings about by what it does, and objections to verdicts.

use super::{ASSUMPTION, Access::*, Parameter, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        live("incidents.per_provider_year", Factor(|d| &mut d.config.incidents.per_provider_year), "0..1000", "0", "assumption: off", "Incidents of a provider in a year, each of one of the eleven kinds of violation that the world does not bring about by itself, with a severity by lot."),
        live("incidents.flaws_per_year", Factor(|d| &mut d.config.incidents.flaws_per_year), "0..1000", "0", "assumption: off", "Flaws in a year that providers of one GPU kind share; each is a data breach or a bad gradient, kinds whose slash grows by correlation."),
        live("incidents.flaw_share", Ratio(|d| &mut d.config.incidents.flaw_share), "0 %..100 %", "50 %", ASSUMPTION, "Share of the providers of that kind that such a flaw hits."),
        live("incidents.reported", Ratio(|d| &mut d.config.incidents.reported), "0 %..100 %", "50 %", ASSUMPTION, "Share of incidents that another provider reports for the reporter's share; the others are found by the network."),
        live("incidents.remediation_epochs", U32(|d| &mut d.config.incidents.remediation_epochs), "0..3650", "7", ASSUMPTION, "Epochs that an owner takes to put things right when a term is over that needs review."),
        live("appeals.share", Ratio(|d| &mut d.config.appeals.share), "0 %..100 %", "0 %", "assumption: off", "Share of verdicts that the owner appeals."),
        live("appeals.upheld", Ratio(|d| &mut d.config.appeals.upheld), "0 %..100 %", "30 %", ASSUMPTION, "Probability that an appeal is upheld."),
        live("appeals.delay_epochs", U32(|d| &mut d.config.appeals.delay_epochs), "1..3650", "3", ASSUMPTION, "Epochs until an appeal is decided; one not decided within protocol.appeal.max_epochs is rejected."),
    ]);
}
