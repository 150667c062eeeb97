//! Bisection between a place that passes and one that fails, with places that say neither. It knows no parameter and runs nothing.

use crate::gates::Verdict;

/// Places of a whole range: 0 is its low end, this its high end.
pub const WHOLE: u32 = 1 << 20;

/// What is known so far. A single flip is assumed: where verdicts go to and fro, one of the flips is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bisection {
    /// The place known to pass that is nearest to `fail`.
    pub pass: u32,
    /// The place known to fail that is nearest to `pass`.
    pub fail: u32,
    /// The undecided places between them that are nearest to `pass` and to `fail`.
    undecided: Option<(u32, u32)>,
}

impl Bisection {
    /// From a place that passes and one that fails, on either side.
    pub const fn new(pass: u32, fail: u32) -> Self {
        Self {
            pass,
            fail,
            undecided: None,
        }
    }

    /// Where to look next: in the middle of the wider gap; nothing when no gap is wider than the tolerance.
    pub fn next(&self, tolerance: u32) -> Option<u32> {
        let (near, far) = self.undecided.unwrap_or((self.fail, self.pass));
        let gaps = match self.undecided {
            Some(_) => [(self.pass, near), (far, self.fail)],
            None => [(self.pass, self.fail); 2],
        };
        let width = |(one, other): (u32, u32)| one.abs_diff(other);
        let wider = if width(gaps[1]) > width(gaps[0]) {
            gaps[1]
        } else {
            gaps[0]
        };
        (width(wider) > tolerance.max(1)).then(|| wider.0.midpoint(wider.1))
    }

    /// Takes in the verdict of a place that [`Self::next`] gave.
    pub fn learn(&mut self, at: u32, verdict: Verdict) {
        match verdict {
            Verdict::Pass => self.pass = at,
            Verdict::Fail => self.fail = at,
            Verdict::Undecided => {
                let reach = |at: u32| at.abs_diff(self.pass);
                let (near, far) = self.undecided.unwrap_or((at, at));
                let near = if reach(at) < reach(near) { at } else { near };
                let far = if reach(at) > reach(far) { at } else { far };
                self.undecided = Some((near, far));
            }
        }
        self.undecided = self
            .undecided
            .filter(|(near, far)| self.holds(*near) && self.holds(*far));
    }

    /// Whether a place lies between the two.
    pub fn holds(&self, at: u32) -> bool {
        let (low, high) = (self.pass.min(self.fail), self.pass.max(self.fail));
        low < at && at < high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Looks until the gaps are narrow, and tells after how many looks.
    fn find(
        mut known: Bisection,
        tolerance: u32,
        verdict: impl Fn(u32) -> Verdict,
    ) -> (Bisection, u32) {
        let mut looks = 0;
        while let Some(at) = known.next(tolerance) {
            known.learn(at, verdict(at));
            looks += 1;
        }
        (known, looks)
    }

    proptest! {
        #[test]
        fn a_flip_is_bracketed_within_the_tolerance_from_either_side(edge in 1..WHOLE, is_turned: bool) {
            let verdict = |at| if (at < edge) == is_turned { Verdict::Fail } else { Verdict::Pass };
            let start = if is_turned { Bisection::new(WHOLE, 0) } else { Bisection::new(0, WHOLE) };
            let (found, looks) = find(start, WHOLE / 100, verdict);
            prop_assert!(verdict(found.pass) == Verdict::Pass && verdict(found.fail) == Verdict::Fail);
            prop_assert!(found.pass.abs_diff(found.fail) <= WHOLE / 100);
            prop_assert!(looks <= 7);
        }

        #[test]
        fn an_undecided_stretch_has_both_its_edges_bracketed(one in 1..WHOLE, other in 1..WHOLE) {
            let (low, high) = (one.min(other), one.max(other));
            let verdict = |at| match at {
                at if at < low => Verdict::Pass,
                at if at >= high => Verdict::Fail,
                _ => Verdict::Undecided,
            };
            let (found, _) = find(Bisection::new(0, WHOLE), WHOLE / 100, verdict);
            prop_assert!(found.pass < low && high <= found.fail);
            let width = found.fail - found.pass;
            prop_assert!(width <= (high - low) + 2 * (WHOLE / 100), "{found:?}");
        }

        #[test]
        fn verdicts_to_and_fro_still_end_at_a_flip(wave in 2..40u32) {
            let verdict = |at: u32| match (at / (WHOLE / wave + 1)) % 3 {
                0 => Verdict::Pass,
                1 => Verdict::Undecided,
                _ => Verdict::Fail,
            };
            let start = Bisection::new(0, WHOLE);
            let (found, looks) = find(start, WHOLE / 100, |at| if at == WHOLE { Verdict::Fail } else { verdict(at) });
            prop_assert!(verdict(found.pass) == Verdict::Pass);
            prop_assert!(found.fail == WHOLE || verdict(found.fail) == Verdict::Fail);
            prop_assert!(looks < 40);
        }
    }

    #[test]
    fn a_pass_beyond_undecided_places_leaves_them_behind() {
        let mut known = Bisection::new(0, 1_000);
        known.learn(500, Verdict::Undecided);
        known.learn(750, Verdict::Pass);
        assert_eq!(known, Bisection::new(750, 1_000));
    }
}
