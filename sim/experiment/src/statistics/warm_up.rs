//! How much of a series is warm-up: MSER-5 (White 1997; Franklin and White 2008).

/// Observations averaged into one before the rule is applied.
const BATCH: usize = 5;

/// How many observations to drop from the beginning of a series: the truncation after which the standard error of the
/// mean of what remains is least, over batches of five. A multiple of five, at most half of the series: a minimum further
/// back only says that the series is too short. Zero under ten observations.
pub fn mser5(series: &[f64]) -> usize {
    let batches: Vec<f64> = series.chunks_exact(BATCH).map(super::mean).collect();
    // Sums around the mean lose no digits to an offset.
    let centre = super::mean(&batches);
    let (mut sum, mut squares) = (0.0, 0.0);
    let mut best = (f64::INFINITY, 0);
    for (dropped, batch) in batches.iter().enumerate().rev() {
        let gap = batch - centre;
        sum += gap;
        squares += gap * gap;
        let kept = (batches.len() - dropped) as f64;
        let error = (squares - sum * sum / kept) / (kept * kept);
        // Walking backwards, a tie goes to the shorter warm-up.
        if dropped <= batches.len() / 2 && error <= best.0 {
            best = (error, dropped);
        }
    }
    BATCH * best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise without chance: it has no trend and no period of five.
    fn noise(at: u32) -> f64 {
        f64::from((at * 7 + at * at * 3) % 11) / 10.0
    }

    #[test]
    fn a_start_far_off_is_dropped_and_nothing_else() {
        let series: Vec<f64> = (0..200)
            .map(|at| noise(at) + if at < 30 { 50.0 - f64::from(at) } else { 0.0 })
            .collect();
        assert_eq!(mser5(&series), 30);
    }

    #[test]
    fn a_series_at_rest_keeps_nearly_everything() {
        let series: Vec<f64> = (0..500).map(noise).collect();
        assert!(mser5(&series) <= 50, "{}", mser5(&series));
        assert_eq!(mser5(&[3.25; 100]), 0);
    }

    #[test]
    fn never_more_than_half_is_dropped() {
        let series: Vec<f64> = (0..100).map(|at| f64::from(at / 10)).collect();
        assert!(mser5(&series) <= 50);
        assert_eq!(mser5(&[]), 0);
        assert_eq!(mser5(&[9.0, 1.0, 1.0, 1.0]), 0);
    }

    #[test]
    fn an_offset_changes_nothing() {
        let series: Vec<f64> = (0..100)
            .map(|at| noise(at) + if at < 10 { 9.0 } else { 0.0 })
            .collect();
        let shifted: Vec<f64> = series.iter().map(|value| value + 1e6).collect();
        assert_eq!(mser5(&shifted), mser5(&series));
    }
}
