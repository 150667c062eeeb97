//! What must be read before the result of a search is trusted.

use experiment::gates::Verdict;
use experiment::search::{Ended, Outcome};
use experiment::statistics::REPLICATIONS_MIN;

/// All warnings.
pub fn cautions(outcome: &Outcome) -> Vec<String> {
    let all = [
        few(outcome),
        undecided(outcome),
        refused(outcome),
        early(outcome),
    ];
    let mut all: Vec<String> = all.into_iter().flatten().collect();
    all.push(
        "The search's own estimates are too good on average: the same runs chose the front and rate it. Only what fresh seeds say was not \
         chosen for being good."
            .to_owned(),
    );
    all.push(
        "An optimiser that draws finds good candidates, with no proof that there is none better; more evaluations, or another seed of the \
         optimiser, may find one."
            .to_owned(),
    );
    all
}

fn few(outcome: &Outcome) -> Option<String> {
    let count = outcome.search.fresh_seeds.len();
    let least = REPLICATIONS_MIN;
    (count < least).then(|| {
        format!("{count} fresh seeds, under {least}: verdicts and intervals hold if runs are about normally distributed.")
    })
}

fn undecided(outcome: &Outcome) -> Option<String> {
    let is_undecided = |of: &&experiment::search::Confirmation| {
        of.found.as_ref().is_ok_and(|found| {
            let mut rulings = found.rulings.iter();
            rulings.any(|ruling| ruling.verdict == Verdict::Undecided)
        })
    };
    let count = outcome.confirmations.iter().filter(is_undecided).count();
    (count > 0).then(|| {
        format!(
            "Undecided is no pass: at {count} members of the front the fresh runs do not tell on which side of a bound the truth lies. More of them \
             (confirm) tell more; so does a margin, by feasible_by = \"interval\". All gates of all members are judged together."
        )
    })
}

fn refused(outcome: &Outcome) -> Option<String> {
    let count = outcome.unmeasured();
    (count > 0).then(|| {
        format!("{count} candidates have no value and count as infeasible; search.json says why.")
    })
}

fn early(outcome: &Outcome) -> Option<String> {
    (outcome.ended == Ended::AtRest).then(|| {
        format!(
            "The search came to rest after {} of {} candidates: finer steps or a larger population would give it more to try.",
            outcome.candidates.len(),
            outcome.search.evaluations
        )
    })
}
