//! All rulings of one run or sweep, and what they come to. Each face of it is a file of its own.

use super::rule::{Ruling, Verdict, interval_level};

/// Rulings that were read together.
#[derive(Clone, Debug)]
pub struct Verdicts {
    /// Name of the scenario or the sweep.
    pub name: String,
    /// Confidence of the verdicts.
    pub confidence: f64,
    /// What to call each point of a sweep; empty for a single run.
    pub points: Vec<String>,
    /// The rulings, by gate and point.
    pub rulings: Vec<Ruling>,
    /// Whether an undecided gate is let through.
    pub allows_undecided: bool,
}

impl Verdicts {
    /// How many gates have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        let is_it = |ruling: &&Ruling| ruling.verdict == verdict;
        self.rulings.iter().filter(is_it).count()
    }

    /// Whether nothing stands in the way: no gate failed, and none is undecided unless that is allowed.
    #[must_use]
    pub fn is_green(&self) -> bool {
        self.rulings.iter().all(|ruling| self.lets_through(ruling))
    }

    /// Whether one ruling stands in nobody's way.
    #[must_use]
    pub fn lets_through(&self, ruling: &Ruling) -> bool {
        match ruling.verdict {
            Verdict::Pass => true,
            Verdict::Fail => false,
            Verdict::Undecided => self.allows_undecided,
        }
    }

    /// The sum in words, such as "2 pass, 1 fails, 1 is undecided".
    #[must_use]
    pub fn sum(&self) -> String {
        let said = |verdict, one: &str, many: &str| match self.count(verdict) {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        let parts = [
            said(Verdict::Pass, "passes", "pass"),
            said(Verdict::Fail, "fails", "fail"),
            said(Verdict::Undecided, "is undecided", "are undecided"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(", ")
    }

    /// What a ruling's point is called, where it has one.
    pub(super) fn point(&self, ruling: &Ruling) -> &str {
        let name = ruling.point.and_then(|at| self.points.get(at));
        name.map_or("", String::as_str)
    }

    /// Head of the column of intervals, such as "90 % interval".
    pub(super) fn interval_name(&self) -> String {
        let percent = super::number::percent(interval_level(self.confidence));
        format!("{percent} interval")
    }

    /// Whether any ruling is an inference and not merely observed.
    pub(super) fn has_inference(&self) -> bool {
        let mut rulings = self.rulings.iter();
        rulings.any(|ruling| ruling.evidence.is_inference)
    }
}

impl Verdict {
    /// In capitals, as it stands in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::Undecided => "UNDECIDED",
        }
    }
}

impl Ruling {
    /// The estimate in the form of the bound.
    #[must_use]
    pub fn estimate(&self) -> String {
        self.gate.number(self.evidence.estimate)
    }

    /// Both ends of the interval; empty where there is none.
    #[must_use]
    pub fn interval(&self) -> String {
        self.evidence.interval.as_ref().map_or(String::new(), |it| {
            format!(
                "{} to {}",
                self.gate.number(it.low),
                self.gate.number(it.high)
            )
        })
    }

    /// Sign and bound.
    #[must_use]
    pub fn bound(&self) -> String {
        format!("{} {}", self.gate.op.sign(), self.gate.number(self.bound))
    }
}
