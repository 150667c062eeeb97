//! An owner who has been punished: objects with a probability that is the same for all verdicts.

/// Whether it appeals.
#[must_use]
pub fn appeals(share: f64, draw: f64) -> bool {
    draw < share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_appeals_at_a_share_of_nothing_and_everybody_at_one() {
        assert!(!appeals(0.0, 0.0));
        assert!(appeals(1.0, 0.999_999));
    }
}
