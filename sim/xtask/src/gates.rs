//! The sanity gates of the baseline: which metrics must lie where. One table; the runs and the report read it.

use crate::stakesim::Run;

/// A gate.
pub struct Gate {
    /// Heading of its column.
    pub title: &'static str,
    /// Metric of the registry.
    pub metric: &'static str,
    /// Least good value; minus infinity where less is always better.
    pub least: f64,
    /// Largest good value.
    pub most: f64,
    /// Whether its numbers are shares, shown in per cent.
    is_share: bool,
}

const fn share(title: &'static str, metric: &'static str, least: f64, most: f64) -> Gate {
    Gate {
        title,
        metric,
        least,
        most,
        is_share: true,
    }
}

/// All gates, in the order of columns.
pub const GATES: [Gate; 11] = [
    share(
        "median return a year",
        "providers.return_median",
        -0.20,
        0.60,
    ),
    share("losing money", "providers.losing_share", 0.10, 0.40),
    share("utilisation, consumer", "utilisation.consumer", 0.40, 0.85),
    share(
        "utilisation, data centre",
        "utilisation.datacentre",
        0.40,
        0.85,
    ),
    share("staked ratio, least", "staked_ratio.min", 0.20, 0.70),
    share("staked ratio, most", "staked_ratio.max", 0.20, 0.70),
    share("emission over fees", "emission.share_of_fees", 0.05, 0.40),
    share(
        "honest slashed, of bonds a year",
        "slashes.honest_share_of_bonds",
        f64::NEG_INFINITY,
        0.001,
    ),
    share("exits", "providers.exited_share", 0.05, 0.30),
    Gate {
        title: "year-end price over start",
        metric: "price.year_end_ratio",
        least: 0.3,
        most: 3.0,
        is_share: false,
    },
    share(
        "epochs at a clamp, worst controller",
        "controllers.clamped_share_max",
        f64::NEG_INFINITY,
        0.20,
    ),
];

/// The return of dealing with oneself must not pay. It needs self-dealers, which the baseline has not.
pub const SELF_DEALING: Gate = share(
    "return of self-dealers less that of honest ones",
    "self_dealing.return",
    f64::NEG_INFINITY,
    -f64::MIN_POSITIVE,
);

impl Gate {
    /// What a run has here.
    pub fn measure(&self, run: &Run) -> Option<f64> {
        run.metric(self.metric)
    }

    /// Whether a value passes. A run with nothing to measure does not.
    pub fn passes(&self, value: Option<f64>) -> bool {
        value.is_some_and(|value| (self.least..=self.most).contains(&value))
    }

    /// How far a value is from the nearer end, inside above zero; what has no value is worst.
    pub fn room(&self, value: Option<f64>) -> f64 {
        value.map_or(f64::NEG_INFINITY, |value| {
            (value - self.least).min(self.most - value)
        })
    }

    /// A value as a cell of a table; bold where it fails.
    pub fn cell(&self, value: Option<f64>) -> String {
        let text = value.map_or_else(|| "none".to_owned(), |value| self.number(value));
        if self.passes(value) {
            text
        } else {
            format!("**{text}**")
        }
    }

    /// The legal range in words.
    pub fn range(&self) -> String {
        match (self.least == f64::NEG_INFINITY, self.most < 0.0) {
            (true, true) => "below 0".to_owned(),
            (true, false) => format!("at most {}", self.number(self.most)),
            (false, _) => format!("{} to {}", self.number(self.least), self.number(self.most)),
        }
    }

    fn number(&self, value: f64) -> String {
        match self.is_share {
            // A tenth of a per cent hides what the gate on honest slashes asks for.
            true if (0.0..0.01).contains(&self.most) => format!("{:.4} %", value * 100.0),
            true => format!("{:.1} %", value * 100.0),
            false => format!("{value:.2}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOSING: &Gate = &GATES[1];

    #[test]
    fn both_ends_pass_and_what_lies_outside_does_not() {
        for (value, passes) in [(0.10, true), (0.40, true), (0.0999, false), (0.41, false)] {
            assert_eq!(LOSING.passes(Some(value)), passes, "{value}");
        }
    }

    #[test]
    fn a_value_that_is_missing_or_no_number_fails() {
        assert!(!LOSING.passes(None));
        assert!(!LOSING.passes(Some(f64::NAN)));
    }

    #[test]
    fn self_dealing_that_breaks_even_fails() {
        assert!(SELF_DEALING.passes(Some(-0.01)));
        assert!(!SELF_DEALING.passes(Some(0.0)));
    }

    #[test]
    fn failures_are_bold_and_small_shares_keep_their_digits() {
        assert_eq!(LOSING.cell(Some(0.25)), "25.0 %");
        assert_eq!(LOSING.cell(Some(0.5)), "**50.0 %**");
        let slashed = GATES.iter().find(|gate| gate.most < 0.01).unwrap();
        assert_eq!(slashed.cell(Some(0.000_31)), "0.0310 %");
    }

    #[test]
    fn where_less_is_better_the_largest_value_has_the_least_room() {
        let clamped = &GATES[10];
        assert_eq!(clamped.range(), "at most 20.0 %");
        assert!(clamped.room(Some(0.0)) > clamped.room(Some(0.15)));
        assert_eq!(SELF_DEALING.range(), "below 0");
    }
}
