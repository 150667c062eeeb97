//! A contributor of data or models: what it contributes varies in quality from epoch to epoch.

use units::Ratio;

/// Quality of one contribution: uniform between the least and one.
#[must_use]
pub fn quality(least: f64, draw: f64) -> Ratio {
    let quality = least + (1.0 - least) * draw;
    Ratio::from_parts((quality * Ratio::ONE.parts() as f64) as u64).min(Ratio::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_lies_between_the_least_and_one() {
        assert_eq!(quality(0.5, 0.0), Ratio::from_percent(50));
        assert_eq!(quality(0.5, 0.5), Ratio::from_percent(75));
        assert_eq!(quality(1.0, 0.3), Ratio::ONE);
    }
}
