//! `[data]`: catalogues that scenarios share.

use super::{Access::*, Parameter, fixed};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("data.gpus_file", File(|d| &mut d.gpus_file), "", "data/gpus.csv", "vendors' data sheets", "Specifications of the GPU kinds."),
        fixed("data.workloads_file", File(|d| &mut d.workloads_file), "", "data/workloads.csv", "model cards and papers", "Shapes of the neural networks."),
    ]);
}
