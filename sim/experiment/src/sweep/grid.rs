//! Designs over listed values: every combination, or value by value. Points are told by places in the factors' lists.

/// Every place of every list with every other; the last list changes fastest.
pub fn grid(counts: &[usize]) -> Vec<Vec<usize>> {
    let total = counts.iter().product();
    (0..total)
        .map(|point: usize| {
            let mut rest = point;
            let mut places = vec![0; counts.len()];
            for (place, count) in places.iter_mut().zip(counts).rev() {
                *place = rest % count;
                rest /= count;
            }
            places
        })
        .collect()
}

/// The first places of all lists, then the second ones, and so on.
pub fn zip(counts: &[usize]) -> Vec<Vec<usize>> {
    let total = counts.iter().copied().min().unwrap_or(0);
    (0..total).map(|place| vec![place; counts.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_counts_up_with_its_last_factor_fastest() {
        assert_eq!(
            grid(&[2, 3]),
            [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
        );
    }

    #[test]
    fn a_zip_walks_all_lists_at_once() {
        assert_eq!(zip(&[2, 2, 2]), [[0, 0, 0], [1, 1, 1]]);
    }
}
