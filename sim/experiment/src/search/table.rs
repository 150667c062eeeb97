//! A search as rows of text, for a terminal and a page alike: the front, and how far each gate is from its bound.

use super::candidate::Measured;
use super::confirmation::Confirmation;
use super::distance::Distance;
use super::objective::Objective;
use super::outcome::Outcome;
use crate::gates::{Gate, Ruling, Verdict, significant};

/// What stands where there is nothing to say.
const NOTHING: &str = "-";

impl Outcome {
    /// Head of [`Self::front_rows`].
    #[must_use]
    pub fn front_header(&self) -> Vec<String> {
        let mut header = vec!["candidate".to_owned()];
        header.extend(self.search.plan.factors.iter().cloned());
        for objective in &self.search.objectives {
            header.push(objective.title());
            header.push("fresh seeds".to_owned());
        }
        header.push("gates, fresh seeds".to_owned());
        header
    }

    /// One row a member of the front, from good to bad in the first objective.
    #[must_use]
    pub fn front_rows(&self) -> Vec<Vec<String>> {
        let row = |at: usize| {
            let candidate = &self.candidates[self.front[at]];
            let confirmation = &self.confirmations[at];
            let mut row = vec![candidate.point.index.to_string()];
            row.extend(
                candidate
                    .point
                    .settings
                    .iter()
                    .map(|(_, value)| value.clone()),
            );
            let (found, fresh) = (
                candidate.found.as_ref().ok(),
                confirmation.found.as_ref().ok(),
            );
            for (at, objective) in self.search.objectives.iter().enumerate() {
                row.extend([found, fresh].map(|of| estimate(objective, at, of)));
            }
            row.push(verdict(confirmation));
            row
        };
        self.front_in_order().into_iter().map(row).collect()
    }

    /// Head of [`Self::gate_rows`].
    #[must_use]
    pub fn gate_header(&self) -> [&'static str; 8] {
        [
            "candidate",
            "gate",
            "estimate",
            "distance",
            "share of bound",
            "fresh estimate",
            "fresh distance",
            "fresh verdict",
        ]
    }

    /// One row a gate of each member of the front; without a front, of the candidate that is nearest to one. Distances are above
    /// zero on the good side.
    #[must_use]
    pub fn gate_rows(&self) -> Vec<Vec<String>> {
        let mut places: Vec<usize> = self.front_in_order();
        places.iter_mut().for_each(|at| *at = self.front[*at]);
        if places.is_empty() {
            places.extend(self.nearest);
        }
        places
            .into_iter()
            .flat_map(|at| self.gates_of(at))
            .collect()
    }

    fn gates_of(&self, candidate: usize) -> Vec<Vec<String>> {
        let Ok(found) = &self.candidates[candidate].found else {
            return Vec::new();
        };
        let fresh = self.confirmation(candidate);
        let fresh = fresh.and_then(|of| of.found.as_ref().ok());
        let row = |(at, ruling): (usize, &Ruling)| {
            let gate = &ruling.gate;
            let far = Distance::of(ruling);
            let share = far
                .relative
                .map(|share| format!("{} %", significant(share * 100.0)));
            let mut row = vec![
                candidate.to_string(),
                format!("{} {}", gate.subject(), ruling.bound()),
                ruling.estimate(),
                signed(gate, far.of_estimate),
                share.unwrap_or(NOTHING.to_owned()),
            ];
            let fresh = fresh.and_then(|of| of.rulings.get(at));
            row.extend(match fresh {
                Some(of) => [
                    of.estimate(),
                    signed(gate, Distance::of(of).of_estimate),
                    of.verdict.word().to_owned(),
                ],
                None => [NOTHING; 3].map(str::to_owned),
            });
            row
        };
        found.rulings.iter().enumerate().map(row).collect()
    }

    /// What came of it in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let looked = match self.candidates.len() {
            1 => "1 candidate".to_owned(),
            count => format!("{count} candidates"),
        };
        if self.front.is_empty() {
            return format!("NONE: none of {looked} meets all gates under the search's seeds.");
        }
        let (front, passing) = (self.front.len(), self.confirmed().count());
        let word = if passing > 0 { "FOUND" } else { "UNCONFIRMED" };
        let what = match self.search.plan.gates.len() {
            0 => "with a value",
            _ => "passing all gates",
        };
        format!("{word}: on the front {front} of {looked}; {what} under fresh seeds: {passing}.")
    }
}

fn estimate(objective: &Objective, at: usize, found: Option<&Measured>) -> String {
    found.map_or(NOTHING.to_owned(), |found| {
        objective.number(found.objectives[at].value)
    })
}

fn signed(gate: &Gate, distance: f64) -> String {
    let plus = if distance > 0.0 { "+" } else { "" };
    format!("{plus}{}", gate.number(distance))
}

/// The worst verdict of all gates.
fn verdict(confirmation: &Confirmation) -> String {
    let Ok(found) = &confirmation.found else {
        return "no value".to_owned();
    };
    let has = |verdict| found.rulings.iter().any(|ruling| ruling.verdict == verdict);
    let mut bad = [Verdict::Fail, Verdict::Undecided].into_iter();
    match bad.find(|verdict| has(*verdict)) {
        Some(verdict) => verdict.word().to_owned(),
        None if found.rulings.is_empty() => "no gate".to_owned(),
        None => Verdict::Pass.word().to_owned(),
    }
}
