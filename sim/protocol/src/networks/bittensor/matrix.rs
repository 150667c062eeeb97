//! Rows and columns of fixed-point numbers. Sums that are zero normalise nothing.

use alloc::vec::Vec;

use super::fixed::I32F32;

/// Rows of columns.
pub(super) type Matrix = Vec<Vec<I32F32>>;

/// The sum of every column.
pub(super) fn column_sums(matrix: &Matrix) -> Vec<I32F32> {
    reduce_columns(matrix, I32F32::plus)
}

/// The greatest of every column, at least zero.
pub(super) fn column_maxima(matrix: &Matrix) -> Vec<I32F32> {
    reduce_columns(matrix, I32F32::max)
}

fn reduce_columns(matrix: &Matrix, reduce: impl Fn(I32F32, I32F32) -> I32F32) -> Vec<I32F32> {
    let mut reduced = alloc::vec![I32F32::ZERO; matrix.first().map_or(0, Vec::len)];
    for row in matrix {
        for (value, entry) in reduced.iter_mut().zip(row) {
            *value = reduce(*value, *entry);
        }
    }
    reduced
}

/// Divides every entry by the divisor of its column, where that is not zero.
#[track_caller]
pub(super) fn divide_columns(matrix: &mut Matrix, divisors: &[I32F32]) {
    for row in matrix {
        for (entry, divisor) in row.iter_mut().zip(divisors) {
            if *divisor != I32F32::ZERO {
                *entry = entry.over(*divisor);
            }
        }
    }
}

/// Divides by the sum.
#[track_caller]
pub(super) fn normalize(vector: &mut [I32F32]) {
    let sum = I32F32::sum(vector.iter().copied());
    if sum != I32F32::ZERO {
        for entry in vector {
            *entry = entry.over(sum);
        }
    }
}

/// `Σ_i vector_i × matrix_ij` for every column `j`.
#[track_caller]
pub(super) fn weighted_rows(matrix: &Matrix, vector: &[I32F32]) -> Vec<I32F32> {
    let mut sums = alloc::vec![I32F32::ZERO; matrix.first().map_or(0, Vec::len)];
    for (row, weight) in matrix.iter().zip(vector) {
        for (sum, entry) in sums.iter_mut().zip(row) {
            *sum = sum.plus(weight.times(*entry));
        }
    }
    sums
}

/// `Σ_j matrix_ij × vector_j` for every row `i`.
#[track_caller]
pub(super) fn weighted_columns(matrix: &Matrix, vector: &[I32F32]) -> Vec<I32F32> {
    let mut sums = Vec::with_capacity(matrix.len());
    for row in matrix {
        let mut sum = I32F32::ZERO;
        for (entry, weight) in row.iter().zip(vector) {
            sum = sum.plus(weight.times(*entry));
        }
        sums.push(sum);
    }
    sums
}
