//! The cost model's measured constants for kinds of the GPU catalogue.

use std::sync::LazyLock;

use conform::measured::{Calibrated, Calibrations, Stack};
use units::FlopRate;

/// The committed constants, read once.
static COMMITTED: LazyLock<Calibrations> = LazyLock::new(Calibrations::built_in);

/// The constants of a software stack on a kind of the catalogue, and whether they were measured on that kind. One that nobody measured
/// takes those of the kind nearest in peak, as shares of what its own data sheet says.
#[must_use]
pub fn of(stack: Stack, kind: &str, peak: FlopRate) -> (&'static Calibrated, bool) {
    let key = |gpu: &str| gpu.to_lowercase().replace(' ', "_");
    let mut sets = COMMITTED.all().iter();
    match sets.find(|set| set.stack == stack && key(&set.gpu) == kind) {
        Some(own) => (own, true),
        None => {
            let nearest = COMMITTED.nearest(stack, peak);
            (
                nearest.expect("every stack was measured on some kind"),
                false,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measured_kind_has_its_own_and_another_the_nearest() {
        let of = |kind, teraflops: u64| {
            let peak = FlopRate::new(teraflops * 1_000_000_000_000);
            let (set, is_own) = of(Stack::Mosaic, kind, peak);
            (set.gpu.as_str(), is_own)
        };
        assert_eq!(of("h100_sxm", 989), ("H100 SXM", true));
        assert_eq!(of("a100_sxm_80gb", 312), ("A100 SXM 80GB", true));
        assert_eq!(of("rtx_4090", 165), ("A100 SXM 80GB", false));
        assert_eq!(of("b200_sxm", 2250), ("H100 SXM", false));
    }
}
