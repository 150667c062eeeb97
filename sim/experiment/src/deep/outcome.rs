//! What a changed parameter did to the metrics that it is declared to move, from the footprints of paired runs.

use serde::Serialize;

use super::change::Change;
use super::effects::{Direction, Effect};
use super::footprint::Footprint;
use crate::metrics;
use crate::statistics::{Interval, mean, paired_difference};

/// What a change did.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A declared metric moved as declared, and none against it.
    Connected(Moved),
    /// A declared metric moved against its declaration.
    Contrary(Moved),
    /// Rows differ, but no declared metric measurably: the one that came nearest, where one could be measured.
    Acts(Option<Moved>),
    /// Not one row of any table differs under any seed, nor the count of any event.
    Dead,
}

/// A declared metric, and how far it went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// Its name.
    pub metric: &'static str,
    /// Which way it goes when the parameter is raised.
    pub declared: Direction,
    /// Which way it had to go under this change: above zero, below, or either (nothing).
    pub is_to_rise: Option<bool>,
    /// Mean before the change, over the seeds.
    pub before: f64,
    /// Mean difference, changed less unchanged, seed by seed.
    pub difference: f64,
    /// Student's interval of that difference; none with one seed.
    pub interval: Option<Interval>,
    /// Confidence of the interval: so much that all intervals tried for one parameter hold together with that asked for.
    pub confidence: f64,
    /// Seeds.
    pub seeds: usize,
}

/// Which way a metric has to go: above zero (true), below, or either (nothing). `None` where the declaration is silent on
/// this change.
fn expected(direction: Direction, from: &str, change: &Change) -> Option<Option<bool>> {
    match (direction, change.is_raised) {
        (Direction::Either(_), _) => Some(None),
        (Direction::Up, Some(is_raised)) => Some(Some(is_raised)),
        (Direction::Down, Some(is_raised)) => Some(Some(!is_raised)),
        (Direction::Along(order), None) => {
            let place = |name: &str| order.iter().position(|of| *of == name);
            Some(Some(place(&change.value)? > place(from)?))
        }
        _ => None,
    }
}

/// Compares changed runs with unchanged ones, seed by seed, in the metrics declared. Each has an interval with a part of
/// `errors`, so that all of them hold together; a metric moved where its interval leaves zero out. A metric without a value in any of
/// the runs is left out.
pub fn classify(
    effect: &Effect,
    from: &str,
    change: &Change,
    [before, after]: [&[Footprint]; 2],
    errors: f64,
) -> Outcome {
    let digests = |runs: &[Footprint]| runs.iter().map(|run| run.digest).collect::<Vec<_>>();
    if digests(before) == digests(after) {
        return Outcome::Dead;
    }
    let confidence = 1.0 - errors / effect.moves.len().max(1) as f64;
    let measured = |(metric, declared): &(&'static str, Direction)| {
        let is_to_rise = expected(*declared, from, change)?;
        let at = metrics::all().iter().position(|of| of.name == *metric)?;
        let values =
            |runs: &[Footprint]| -> Vec<f64> { runs.iter().map(|run| run.metrics[at]).collect() };
        let (a, b) = (values(before), values(after));
        if !a.iter().chain(&b).all(|value| value.is_finite()) {
            return None;
        }
        let found = paired_difference(&a, &b, confidence)?;
        Some(Moved {
            metric,
            declared: *declared,
            is_to_rise,
            before: mean(&a),
            difference: found.mean,
            interval: found.interval,
            confidence,
            seeds: a.len(),
        })
    };
    let all: Vec<Moved> = effect.moves.iter().filter_map(measured).collect();
    let clearest = |is: fn(&Moved) -> bool| {
        let of = all.iter().filter(|moved| is(moved));
        of.max_by(|a, b| a.clearness().total_cmp(&b.clearness()))
            .cloned()
    };
    if let Some(moved) = clearest(Moved::is_against) {
        return Outcome::Contrary(moved);
    }
    match clearest(Moved::is_as_declared) {
        Some(moved) => Outcome::Connected(moved),
        None => Outcome::Acts(clearest(|_| true)),
    }
}

impl Moved {
    /// Whether it rose (true) or fell beyond doubt.
    fn rose(&self) -> Option<bool> {
        let Interval { low, high } = self.interval?;
        (low > 0.0 || high < 0.0).then_some(low > 0.0)
    }

    fn is_as_declared(&self) -> bool {
        self.rose()
            .is_some_and(|rose| self.is_to_rise.is_none_or(|wanted| wanted == rose))
    }

    fn is_against(&self) -> bool {
        self.rose().is_some() && !self.is_as_declared()
    }

    /// The difference over the half-width of its interval.
    pub(super) fn clearness(&self) -> f64 {
        let width = self.interval.map_or(f64::INFINITY, Interval::half_width);
        match self.difference == 0.0 {
            true => 0.0,
            false => (self.difference / width).abs(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deep::effects;

    /// Runs whose metrics are all 1 but the declared ones of `horizon`, which have these values.
    fn runs(digest: u64, minted: &[f64]) -> Vec<Footprint> {
        let [(metric, Direction::Up)] = effects::of("horizon").moves else {
            panic!("a longer run is declared to mint more, and nothing else");
        };
        let registry = metrics::all();
        let at = registry.iter().position(|of| of.name == *metric).unwrap();
        let run = |value: &f64| {
            let mut metrics = vec![1.0; registry.len()];
            metrics[at] = *value;
            Footprint { digest, metrics }
        };
        minted.iter().map(run).collect()
    }

    fn change(value: &str, is_raised: Option<bool>) -> Change {
        Change {
            value: value.to_owned(),
            is_raised,
            set: Vec::new(),
        }
    }

    const BEFORE: [f64; 4] = [1.0, 2.0, 3.0, 4.0];
    const MORE: [f64; 4] = [2.0, 3.0, 4.01, 5.0];

    fn of_horizon(is_raised: bool, digest: u64, after: &[f64]) -> Outcome {
        let change = change("120 d", Some(is_raised));
        let both = [&runs(7, &BEFORE)[..], &runs(digest, after)[..]];
        classify(effects::of("horizon"), "60 d", &change, both, 0.05)
    }

    #[test]
    fn a_metric_that_moves_as_declared_connects_its_parameter() {
        let Outcome::Connected(moved) = of_horizon(true, 8, &MORE) else {
            panic!();
        };
        assert_eq!((moved.is_to_rise, moved.seeds), (Some(true), 4));
        assert!((moved.difference - 1.0025).abs() < 1e-12);
        assert!(moved.interval.unwrap().low > 0.9);
    }

    #[test]
    fn a_wrong_declaration_is_contrary() {
        // More is minted by what is called a shorter run: the declaration has the wrong sign, or the simulator.
        assert!(matches!(of_horizon(false, 8, &MORE), Outcome::Contrary(_)));
        let less = BEFORE.map(|value| value - 1.0);
        assert!(matches!(of_horizon(true, 8, &less), Outcome::Contrary(_)));
    }

    #[test]
    fn a_parameter_cut_off_from_its_metric_only_acts_and_one_cut_off_from_all_is_dead() {
        let Outcome::Acts(Some(moved)) = of_horizon(true, 8, &BEFORE) else {
            panic!();
        };
        assert_eq!(moved.difference, 0.0);
        assert_eq!(of_horizon(true, 7, &BEFORE), Outcome::Dead);
    }

    #[test]
    fn a_difference_that_the_seeds_explain_decides_nothing() {
        let wild = [9.0, -3.0, 8.0, 2.0];
        assert!(matches!(of_horizon(true, 8, &wild), Outcome::Acts(Some(_))));
    }

    #[test]
    fn a_smaller_error_asks_for_more() {
        let after = [1.5, 2.4, 3.2, 4.6];
        let both = || [runs(7, &BEFORE), runs(8, &after)];
        let under = |errors| {
            let [before, after] = both();
            let change = change("120 d", Some(true));
            classify(
                effects::of("horizon"),
                "60 d",
                &change,
                [&before, &after],
                errors,
            )
        };
        assert!(matches!(under(0.05), Outcome::Connected(_)));
        assert!(matches!(under(0.001), Outcome::Acts(_)));
    }

    #[test]
    fn a_metric_without_a_value_is_left_out() {
        let after = [f64::NAN, 5.0, 6.0, 7.0];
        assert_eq!(of_horizon(true, 8, &after), Outcome::Acts(None));
    }

    #[test]
    fn names_rise_in_the_order_declared_and_unknown_ones_say_nothing() {
        let along = Direction::Along(&["backfill", "first_come"]);
        let to = |name: &str| change(name, None);
        assert_eq!(
            expected(along, "backfill", &to("first_come")),
            Some(Some(true))
        );
        assert_eq!(
            expected(along, "first_come", &to("backfill")),
            Some(Some(false))
        );
        assert_eq!(expected(along, "backfill", &to("lottery")), None);
        let raised = change("1", Some(true));
        assert_eq!(expected(Direction::Down, "0", &raised), Some(Some(false)));
        assert_eq!(
            expected(Direction::Either("no sign"), "0", &raised),
            Some(None)
        );
    }
}
