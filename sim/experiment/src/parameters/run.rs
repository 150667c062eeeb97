//! Top level: how long is simulated.

use super::{ASSUMPTION, Access::*, Parameter, fixed};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.push(fixed("horizon", Span(|d| &mut d.config.horizon), "1 h..3650 d", "365 d", ASSUMPTION, "Simulated time; a whole number of epochs."));
}
