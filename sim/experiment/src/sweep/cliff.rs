//! Cliffs: the value of one factor at which the gates stop passing, between the largest value known to be on one side and the
//! smallest known to be on the other. Every value looked at is run under all seeds of the sweep.

use std::path::Path;

use super::bisection::{Bisection, WHOLE};
use super::factor_range::FactorRange;
use super::{
    Design, Journal, JournalError, Outcome, Plan, Point, Shard, Stop, Watch, carry_out, judge,
};
use crate::gates::{Ruling, Verdict};
use crate::scenario::Faults;

/// How far to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Width of the bracket to be reached, as a share of the range (of its logarithm on a logarithmic scale).
    pub tolerance: f64,
    /// Most values looked at, both ends included.
    pub steps: u32,
}

/// A value of the factor with what the gates said there.
#[derive(Clone, Debug)]
pub struct Look {
    /// The value, in canonical spelling.
    pub value: String,
    /// Fails where a gate fails, else undecided where one is, else passes. Each look is judged by itself: the correction counts
    /// its gates, not the looks.
    pub verdict: Verdict,
    /// The verdict of each gate.
    pub rulings: Vec<Ruling>,
    /// Where in the range it lies.
    place: u32,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Cliff {
    /// The factor and its range.
    pub range: FactorRange,
    /// All values looked at, in their order.
    pub looks: Vec<Look>,
    /// The answer.
    pub finding: Finding,
}

/// The answer, by places in [`Cliff::looks`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Gates flip between two values.
    Between {
        /// The value known to pass that is nearest to `fail`.
        pass: usize,
        /// The value known to fail that is nearest to `pass`.
        fail: usize,
        /// Values between them at which the runs do not tell.
        undecided: Vec<usize>,
        /// Whether the tolerance was reached: the stretches around undecided values are as narrow as asked for.
        is_narrow: bool,
    },
    /// Both ends have this verdict: no flip, or an even number of them.
    Same(Verdict),
    /// The runs do not tell at one of the ends.
    EndUndecided,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum CliffError {
    /// The sweep file asks for something else.
    Plan(String),
    /// A scenario has faults.
    Faults(Faults),
    /// A run did not come to its end.
    Stop(Stop),
    /// A journal of finished runs cannot be used.
    Journal(JournalError),
}

impl Cliff {
    /// Finds the cliff of a plan with one factor that has a range, and gates. Finished runs are kept in the folder `journals`,
    /// one journal a value, and those that are there already are not repeated.
    ///
    /// # Errors
    /// See [`CliffError`].
    pub fn find(
        plan: &Plan,
        limits: Limits,
        journals: &Path,
        watch: &dyn Watch,
    ) -> Result<Self, CliffError> {
        let range = FactorRange::of(plan)?;
        let mut search = Search {
            plan,
            range,
            looks: Vec::new(),
            journals,
            watch,
        };
        let (low, high) = (search.look(0)?, search.look(WHOLE)?);
        let mut known = match (low, high) {
            (Verdict::Pass, Verdict::Fail) => Bisection::new(0, WHOLE),
            (Verdict::Fail, Verdict::Pass) => Bisection::new(WHOLE, 0),
            (Verdict::Undecided, _) | (_, Verdict::Undecided) => {
                return Ok(search.ended(Finding::EndUndecided));
            }
            (both, _) => return Ok(search.ended(Finding::Same(both))),
        };
        let tolerance = (limits.tolerance * f64::from(WHOLE)) as u32;
        let is_narrow = loop {
            let Some(place) = known.next(tolerance) else {
                break true;
            };
            if search.looks.len() >= limits.steps as usize && search.known(place).is_none() {
                break false;
            }
            known.learn(place, search.look(place)?);
        };
        Ok(search.bracket(known, is_narrow))
    }

    /// Whether the gates flip inside the range.
    #[must_use]
    pub const fn is_found(&self) -> bool {
        matches!(self.finding, Finding::Between { .. })
    }

    /// The rulings that fail on the failing side of the cliff: the gates that flip first.
    pub fn first_to_fail(&self) -> impl Iterator<Item = &Ruling> {
        let rulings = match self.finding {
            Finding::Between { fail, .. } => &self.looks[fail].rulings[..],
            _ => &[],
        };
        rulings
            .iter()
            .filter(|ruling| ruling.verdict == Verdict::Fail)
    }
}

/// A search on its way.
struct Search<'a> {
    plan: &'a Plan,
    range: FactorRange,
    looks: Vec<Look>,
    journals: &'a Path,
    watch: &'a dyn Watch,
}

impl Search<'_> {
    /// The look at the value of a place, if there was one: whole numbers have many places each.
    fn known(&self, place: u32) -> Option<usize> {
        let value = self.range.value(place);
        self.looks.iter().position(|look| look.value == value)
    }

    fn look(&mut self, place: u32) -> Result<Verdict, CliffError> {
        if let Some(at) = self.known(place) {
            return Ok(self.looks[at].verdict);
        }
        let value = self.range.value(place);
        let settings = vec![(self.range.factor.clone(), value.clone())];
        let plan = Plan {
            points: vec![Point { index: 0, settings }],
            design: Design::List,
            ..self.plan.clone()
        };
        let identity = plan.identity().map_err(CliffError::Faults)?;
        let journal = Journal::open(&self.journals.join(&identity), &identity);
        let (journal, finished) = journal.map_err(CliffError::Journal)?;
        let runs = carry_out(&plan, Shard::WHOLE, journal, finished, self.watch)
            .map_err(CliffError::Stop)?;
        let rulings = judge(&Outcome::new(plan, identity, runs)).map_err(CliffError::Plan)?;
        let has = |verdict| rulings.iter().any(|ruling| ruling.verdict == verdict);
        let worst = [Verdict::Fail, Verdict::Undecided]
            .into_iter()
            .find(|verdict| has(*verdict));
        let verdict = worst.unwrap_or(Verdict::Pass);
        self.looks.push(Look {
            value,
            verdict,
            rulings,
            place,
        });
        Ok(verdict)
    }

    fn bracket(self, known: Bisection, is_narrow: bool) -> Cliff {
        let (pass, fail) = (self.range.value(known.pass), self.range.value(known.fail));
        let cliff = self.ended(Finding::EndUndecided);
        let at = |value: &str| {
            cliff
                .looks
                .iter()
                .position(|look| look.value == value)
                .unwrap_or(0)
        };
        let is_between =
            |look: &Look| look.verdict == Verdict::Undecided && known.holds(look.place);
        let undecided = (0..cliff.looks.len())
            .filter(|at| is_between(&cliff.looks[*at]))
            .collect();
        let (pass, fail) = (at(&pass), at(&fail));
        let finding = Finding::Between {
            pass,
            fail,
            undecided,
            is_narrow,
        };
        Cliff { finding, ..cliff }
    }

    fn ended(mut self, finding: Finding) -> Cliff {
        self.looks.sort_by_key(|look| look.place);
        Cliff {
            range: self.range,
            looks: self.looks,
            finding,
        }
    }
}
