//! Which statistic over replications a gate speaks of: the words in a file, and what they stand for.

/// A statistic over replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stat {
    /// The mean.
    Mean,
    /// The quantile at this many percent, 1 to 99.
    Quantile(u8),
    /// The smallest value observed.
    Min,
    /// The largest value observed.
    Max,
    /// The probability of a value strictly below this one.
    ProbBelow(f64),
    /// The probability of a value strictly above this one.
    ProbAbove(f64),
}

impl Stat {
    /// Reads `mean`, `min`, `max`, `median`, `p05` (two digits, p01 to p99), `prob_below(0.1)` or `prob_above(0.1)`.
    pub fn parse(text: &str) -> Option<Stat> {
        match text {
            "mean" => return Some(Stat::Mean),
            "min" => return Some(Stat::Min),
            "max" => return Some(Stat::Max),
            "median" => return Some(Stat::Quantile(50)),
            _ => {}
        }
        if let Some(digits) = text.strip_prefix('p') {
            let is_percent = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_percent {
                return digits.parse().ok().filter(|&p| p > 0).map(Stat::Quantile);
            }
        }
        let (name, rest) = text.strip_suffix(')')?.split_once('(')?;
        let threshold = rest.trim().parse().ok().filter(|x: &f64| x.is_finite())?;
        match name {
            "prob_below" => Some(Stat::ProbBelow(threshold)),
            "prob_above" => Some(Stat::ProbAbove(threshold)),
            _ => None,
        }
    }

    /// The one spelling of it, which [`Stat::parse`] reads back.
    pub fn name(&self) -> String {
        match self {
            Stat::Mean => "mean".to_owned(),
            Stat::Quantile(percent) => format!("p{percent:02}"),
            Stat::Min => "min".to_owned(),
            Stat::Max => "max".to_owned(),
            Stat::ProbBelow(threshold) => format!("prob_below({threshold})"),
            Stat::ProbAbove(threshold) => format!("prob_above({threshold})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        let names = [
            "mean",
            "min",
            "max",
            "p01",
            "p05",
            "p50",
            "p95",
            "p99",
            "prob_below(0.1)",
            "prob_above(-2500)",
        ];
        for name in names {
            assert_eq!(
                Stat::parse(name).map(|stat| stat.name()).as_deref(),
                Some(name)
            );
        }
        assert_eq!(Stat::parse("median"), Some(Stat::Quantile(50)));
        assert_eq!(Stat::parse("prob_above( 1e3 )"), Some(Stat::ProbAbove(1e3)));
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for text in [
            "",
            "p",
            "p5",
            "p00",
            "p100",
            "p+5",
            "avg",
            "Mean",
            "prob_below",
            "prob_below()",
            "prob_below(x)",
            "prob_below(nan)",
            "prob_above(inf)",
            "prob(1)",
            "prob_below(1",
        ] {
            assert_eq!(Stat::parse(text), None, "{text:?}");
        }
    }
}
