//! `[contributors]`: those who contribute data and models.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("contributors.count", U32(|d| &mut d.config.contributors.count), "0..1000000", "0", "assumption: off", "Contributors of data and models at the reference fleet; each vouches for an epoch's points."),
        fixed("contributors.models", Ratio(|d| &mut d.config.contributors.models), "0 %..100 %", "50 %", ASSUMPTION, "Share of them that contribute models; the others contribute data."),
        fixed("contributors.points", U32(|d| &mut d.config.contributors.points), "0..1000000", "10", ASSUMPTION, "Points that each contributes in an epoch at full quality."),
        live("contributors.quality_min", Ratio(|d| &mut d.config.contributors.quality_min), "0 %..100 %", "40 %", ASSUMPTION, "Smallest quality of a contribution; quality is uniform from there to 100 %."),
        fixed("contributors.bad", Ratio(|d| &mut d.config.contributors.bad), "0 %..100 %", "5 %", ASSUMPTION, "Share of them whose contributions are bad."),
        live("contributors.found_out", Ratio(|d| &mut d.config.contributors.found_out), "0 %..100 %", "2 %", ASSUMPTION, "Probability that a bad contributor is found out in an epoch: it loses what is held back and what it vouched with, and contributes no more."),
    ]);
}
