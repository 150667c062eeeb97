//! Sensitivities as rows of a table, the factors that matter most first. Whoever prints them writes the numbers.

use super::{Index, Sensitivity};

/// One row: a metric, a factor and its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Name of the metric.
    pub metric: &'a str,
    /// Path of the factor.
    pub factor: &'a str,
    /// A number for each of [`columns`]; NaN where there is none.
    pub numbers: [f64; 6],
}

/// Heads of the numbers.
#[must_use]
pub fn columns(found: &[Sensitivity]) -> [&'static str; 6] {
    let first = found.first().and_then(|of| of.factors.first());
    match first.map(|of| of.index) {
        Some(Index::Sobol(_)) => [
            "total",
            "total low",
            "total high",
            "first",
            "first low",
            "first high",
        ],
        _ => ["mu*", "mu* low", "mu* high", "mu", "sigma", "sigma / mu*"],
    }
}

/// A row a metric and factor: metrics in their order, in each the factors by falling mu* or total index.
#[must_use]
pub fn rows(found: &[Sensitivity]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for of in found {
        let factors = of.factors.iter();
        let mut factors: Vec<_> = factors
            .map(|factor| (numbers(factor.index), factor))
            .collect();
        let weight = |number: f64| {
            if number.is_nan() {
                f64::NEG_INFINITY
            } else {
                number
            }
        };
        factors.sort_by(|one, other| weight(other.0[0]).total_cmp(&weight(one.0[0])));
        rows.extend(factors.into_iter().map(|(numbers, factor)| Row {
            metric: of.metric,
            factor: &factor.factor,
            numbers,
        }));
    }
    rows
}

fn numbers(index: Index) -> [f64; 6] {
    let ends = |interval: Option<crate::statistics::Interval>| {
        interval.map_or((f64::NAN, f64::NAN), |of| (of.low, of.high))
    };
    match index {
        Index::Morris(of) => {
            let (low, high) = ends(of.mu_star_interval);
            [
                of.mu_star,
                low,
                high,
                of.mu,
                of.sigma,
                of.sigma / of.mu_star,
            ]
        }
        Index::Sobol(of) => {
            let (low, high) = ends(of.total_interval);
            let (first_low, first_high) = ends(of.first_interval);
            [of.total, low, high, of.first, first_low, first_high]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FactorIndex, MorrisIndex};
    use super::*;

    fn factor(name: &str, mu_star: f64) -> FactorIndex {
        FactorIndex {
            factor: name.to_owned(),
            index: Index::Morris(MorrisIndex {
                mu: 0.0,
                mu_star,
                mu_star_interval: None,
                sigma: 1.0,
            }),
        }
    }

    #[test]
    fn what_matters_most_comes_first_and_what_has_no_number_last() {
        let found = [Sensitivity {
            metric: "jobs.goodput",
            factors: vec![
                factor("none", f64::NAN),
                factor("small", 1.0),
                factor("large", 2.0),
            ],
        }];
        let rows = rows(&found);
        let order: Vec<_> = rows.iter().map(|row| row.factor).collect();
        assert_eq!(order, ["large", "small", "none"]);
        assert_eq!((columns(&found)[0], rows[0].numbers[0]), ("mu*", 2.0));
    }
}
