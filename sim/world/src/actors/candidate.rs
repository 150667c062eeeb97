//! Somebody who thinks of becoming a provider: enters when what providers like it earned lately promises the return it asks for.

/// What a candidate sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospect {
    /// Yearly return on hardware and bond, from what the same kind of GPU in the same class earned lately and its own power price.
    pub return_per_year: f64,
}

/// Whether it enters.
#[must_use]
pub fn enters(seen: &Prospect, return_required: f64) -> bool {
    seen.return_per_year > return_required
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_enters_above_its_hurdle_only() {
        assert!(enters(
            &Prospect {
                return_per_year: 0.16
            },
            0.15
        ));
        assert!(!enters(
            &Prospect {
                return_per_year: 0.15
            },
            0.15
        ));
    }
}
