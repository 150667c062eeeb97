//! Damped Gauss-Newton on residuals, near a start, inside a range.

/// Residuals beyond this count linearly, not squared: a few strange rows must not bend the rest. Logarithm of a ratio, so about 10 %.
const ROBUST: f64 = 0.1;
const ROUNDS: usize = 200;
/// Step of the difference quotients.
const NUDGE: f64 = 1e-4;

/// The values that make `residuals` small, each kept within its range and drawn to where it began: a distance of one from there costs as
/// much as one residual of `stiffness`.
pub(super) fn descend(
    start: &[f64],
    range: &[(f64, f64)],
    stiffness: f64,
    residuals: &dyn Fn(&[f64]) -> Vec<f64>,
) -> Vec<f64> {
    let mut at = start.to_vec();
    let mut errors = residuals(&at);
    let mut best = cost(&errors, &at, start, stiffness);
    let mut damping = 1e-3;
    for _ in 0..ROUNDS {
        let (matrix, slope) = normal_equations(&at, &errors, start, range, stiffness, residuals);
        let mut gained = 0.0;
        while damping < 1e9 {
            let step = solve(&matrix, &slope, damping);
            let tried: Vec<f64> = at
                .iter()
                .zip(&step)
                .zip(range)
                .map(|((value, step), (min, max))| (value - step).clamp(*min, *max))
                .collect();
            let tried_errors = residuals(&tried);
            let tried_cost = cost(&tried_errors, &tried, start, stiffness);
            if tried_cost < best {
                gained = best - tried_cost;
                (at, errors, best) = (tried, tried_errors, tried_cost);
                damping = (damping / 3.0).max(1e-9);
                break;
            }
            damping *= 4.0;
        }
        if gained <= 1e-10 * best {
            break;
        }
    }
    at
}

fn cost(errors: &[f64], at: &[f64], start: &[f64], stiffness: f64) -> f64 {
    let robust = |error: f64| {
        let ratio = error / ROBUST;
        2.0 * ROBUST * ROBUST * ((1.0 + ratio * ratio).sqrt() - 1.0)
    };
    let from_rows: f64 = errors.iter().map(|error| robust(*error)).sum();
    let from_start: f64 = at
        .iter()
        .zip(start)
        .map(|(at, start)| (at - start) * (at - start))
        .sum();
    from_rows + stiffness * stiffness * from_start
}

/// The Gauss-Newton matrix and the slope, row by row in order.
fn normal_equations(
    at: &[f64],
    errors: &[f64],
    start: &[f64],
    range: &[(f64, f64)],
    stiffness: f64,
    residuals: &dyn Fn(&[f64]) -> Vec<f64>,
) -> (Vec<Vec<f64>>, Vec<f64>) {
    let columns: Vec<Vec<f64>> = (0..at.len())
        .map(|index| {
            let mut nudged = at.to_vec();
            let nudge = if at[index] + NUDGE > range[index].1 {
                -NUDGE
            } else {
                NUDGE
            };
            nudged[index] += nudge;
            residuals(&nudged)
                .iter()
                .zip(errors)
                .map(|(nudged, error)| (nudged - error) / nudge)
                .collect()
        })
        .collect();
    let weights: Vec<f64> = errors
        .iter()
        .map(|error| 1.0 / (1.0 + (error / ROBUST) * (error / ROBUST)).sqrt())
        .collect();
    let weighted = |left: &[f64], right: &[f64]| -> f64 {
        left.iter()
            .zip(right)
            .zip(&weights)
            .map(|((left, right), weight)| left * right * weight)
            .sum()
    };
    let pull = stiffness * stiffness;
    let matrix = (0..at.len())
        .map(|row| {
            (0..at.len())
                .map(|column| {
                    let own = if row == column { pull } else { 0.0 };
                    weighted(&columns[row], &columns[column]) + own
                })
                .collect()
        })
        .collect();
    let slope = (0..at.len())
        .map(|index| weighted(&columns[index], errors) + pull * (at[index] - start[index]))
        .collect();
    (matrix, slope)
}

/// Solves the damped equations by elimination with the largest pivot of each column.
fn solve(matrix: &[Vec<f64>], slope: &[f64], damping: f64) -> Vec<f64> {
    let count = slope.len();
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let mut row = row.clone();
            row[index] *= 1.0 + damping;
            row.push(slope[index]);
            row
        })
        .collect();
    for pivot in 0..count {
        let largest = (pivot..count)
            .max_by(|a, b| rows[*a][pivot].abs().total_cmp(&rows[*b][pivot].abs()))
            .unwrap_or(pivot);
        rows.swap(pivot, largest);
        let head = rows[pivot].clone();
        for row in rows.iter_mut().skip(pivot + 1) {
            let factor = row[pivot] / head[pivot];
            for (value, above) in row.iter_mut().zip(&head).skip(pivot) {
                *value -= factor * above;
            }
        }
    }
    let mut found = vec![0.0; count];
    for pivot in (0..count).rev() {
        let known: f64 = (pivot + 1..count)
            .map(|column| rows[pivot][column] * found[column])
            .sum();
        found[pivot] = (rows[pivot][count] - known) / rows[pivot][pivot];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of `exp(a) · x + exp(b)`.
    fn line_residuals(at: &[f64]) -> Vec<f64> {
        (1..20)
            .map(f64::from)
            .map(|x| libm::log((libm::exp(at[0]) * x + libm::exp(at[1])) / (2.0 * x + 5.0)))
            .collect()
    }

    #[test]
    fn known_constants_are_found_again() {
        let found = descend(&[0.0, 0.0], &[(-9.0, 9.0); 2], 1e-6, &line_residuals);
        assert!((libm::exp(found[0]) - 2.0).abs() < 1e-4, "{found:?}");
        assert!((libm::exp(found[1]) - 5.0).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn a_stiff_fit_stays_where_it_began_and_a_range_is_kept() {
        let stiff = descend(&[0.0, 0.0], &[(-9.0, 9.0); 2], 1e6, &line_residuals);
        assert!(stiff.iter().all(|value| value.abs() < 1e-6), "{stiff:?}");
        let bounded = descend(&[0.0, 0.0], &[(-9.0, 0.5); 2], 1e-6, &line_residuals);
        assert!(bounded.iter().all(|value| *value <= 0.5), "{bounded:?}");
    }
}
