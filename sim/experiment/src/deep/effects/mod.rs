//! What each parameter is for, declared once: the metrics that it moves and which way, what has to be switched on for that,
//! and why. The signs come from what a mechanism means, never from what a run printed.
//!
//! Declared by tables of a scenario, a line a family (hence no rustfmt). How a declaration is put to the test is [`super::probe`]'s.

#[rustfmt::skip]
mod fleet;
#[rustfmt::skip]
mod hardware;
#[rustfmt::skip]
mod issuance;
#[rustfmt::skip]
mod jobs;
#[rustfmt::skip]
mod ladder;
#[rustfmt::skip]
mod market;
mod preset;
#[rustfmt::skip]
mod protocol;
#[rustfmt::skip]
mod roles;
#[rustfmt::skip]
mod scaling;
#[rustfmt::skip]
mod society;
#[rustfmt::skip]
mod stake;
#[rustfmt::skip]
mod vesting;

use serde::Serialize;

pub use preset::Preset;

/// Which way a metric goes when its parameter is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up with it.
    Up,
    /// Down.
    Down,
    /// Theory gives no sign, and why.
    Either(&'static str),
    /// The parameter is a name: the metric rises along this list.
    Along(&'static [&'static str]),
}

/// The declaration of a family of parameters.
#[derive(Clone, Copy, Debug)]
pub struct Effect {
    /// Paths; a `*` stands for one word, which `active` may repeat.
    pub paths: &'static [&'static str],
    /// What the mechanism needs, set on both sides; later ones win.
    pub active: &'static [Preset],
    /// Values to try in place of the usual steps: those at which the mechanism shows.
    pub to: &'static [&'static str],
    /// Metrics that move.
    pub moves: &'static [(&'static str, Direction)],
    /// The theory, in one line.
    pub because: &'static str,
    /// Why none of this can be measured in a run of this size, and how it could be seen; nothing where it can.
    pub unseen: Option<&'static str>,
    /// Whether the reason is that the simulated world has nobody whom the parameter concerns: it then may change nothing.
    pub is_idle: bool,
}

const fn effect(
    paths: &'static [&'static str],
    moves: &'static [(&'static str, Direction)],
    because: &'static str,
) -> Effect {
    Effect {
        paths,
        active: &[],
        to: &[],
        moves,
        because,
        unseen: None,
        is_idle: false,
    }
}

impl Effect {
    const fn with(self, active: &'static [Preset]) -> Self {
        Self { active, ..self }
    }

    const fn to(self, to: &'static [&'static str]) -> Self {
        Self { to, ..self }
    }

    /// The word of a path that the `*` stands for; empty where there is none.
    fn word(&self, path: &str) -> Option<&'static str> {
        let path = crate::parameters::find(path)?.path;
        self.paths.iter().find_map(|pattern| word(pattern, path))
    }

    /// `path=value` of all that has to be set for a parameter of the family.
    #[must_use]
    pub fn set(&self, path: &str) -> Vec<String> {
        let word = self.word(path).unwrap_or_default();
        let all = self.active.iter().flat_map(|preset| preset.set);
        all.map(|text| text.replace('*', word)).collect()
    }

    /// What is switched on, in words.
    #[must_use]
    pub fn switched_on(&self, path: &str) -> Vec<String> {
        let word = self.word(path).unwrap_or_default();
        let names = self.active.iter();
        names.map(|preset| preset.name.replace('*', word)).collect()
    }
}

const fn unseen(
    paths: &'static [&'static str],
    because: &'static str,
    reason: &'static str,
) -> Effect {
    let mut of = effect(paths, &[], because);
    of.unseen = Some(reason);
    of
}

const fn idle(
    paths: &'static [&'static str],
    because: &'static str,
    reason: &'static str,
) -> Effect {
    let mut of = unseen(paths, because, reason);
    of.is_idle = true;
    of
}

/// The word of `path` under the `*` of a pattern, empty without a `*`; nothing where the pattern is for others.
fn word<'a>(pattern: &str, path: &'a str) -> Option<&'a str> {
    let Some((begin, end)) = pattern.split_once('*') else {
        return (pattern == path).then_some("");
    };
    let word = path.strip_prefix(begin)?.strip_suffix(end)?;
    (!word.is_empty() && !word.contains('.')).then_some(word)
}

/// All declarations.
pub fn all() -> impl Iterator<Item = &'static Effect> {
    let tables = [
        fleet::EFFECTS,
        hardware::EFFECTS,
        jobs::EFFECTS,
        market::EFFECTS,
        protocol::EFFECTS,
        issuance::EFFECTS,
        scaling::EFFECTS,
        ladder::EFFECTS,
        society::EFFECTS,
        stake::EFFECTS,
        roles::EFFECTS,
        vesting::EFFECTS,
    ];
    tables.into_iter().flatten()
}

/// The declaration of a parameter.
///
/// # Panics
/// Where there is none: a test holds that each parameter has exactly one.
#[must_use]
pub fn of(path: &str) -> &'static Effect {
    all()
        .find(|effect| effect.word(path).is_some())
        .unwrap_or_else(|| panic!("{path} has no declared effect"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::deep::size::reduction;
    use crate::deep::testing::load;
    use crate::metrics;
    use crate::parameters::{self, Access};

    #[test]
    fn each_parameter_is_declared_exactly_once() {
        for parameter in parameters::all() {
            let count = all().filter(|of| of.word(parameter.path).is_some()).count();
            assert_eq!(count, 1, "{}", parameter.path);
        }
        for pattern in all().flat_map(|of| of.paths) {
            let is_for_one = |of: &&parameters::Parameter| word(pattern, of.path).is_some();
            assert!(
                parameters::all().iter().any(|of| is_for_one(&of)),
                "{pattern}"
            );
        }
    }

    #[test]
    fn each_declared_metric_is_registered_and_each_reason_given() {
        let names: Vec<_> = metrics::all().iter().map(|of| of.name).collect();
        for effect in all() {
            assert!(!effect.because.is_empty(), "{effect:?}");
            assert!(effect.moves.len() <= 3, "{effect:?}");
            assert_eq!(
                effect.moves.is_empty(),
                effect.unseen.is_some(),
                "{effect:?}"
            );
            for (metric, direction) in effect.moves {
                assert!(names.contains(metric), "{metric}");
                if let Direction::Either(reason) = direction {
                    assert!(!reason.is_empty(), "{effect:?}");
                }
            }
        }
    }

    #[test]
    fn names_rise_along_a_list_and_numbers_do_not() {
        for parameter in parameters::all() {
            let is_name = matches!(parameter.access, Access::Choice(..) | Access::Name(_));
            for (_, direction) in of(parameter.path).moves {
                let is_along = matches!(direction, Direction::Along(_));
                assert_eq!(is_along, is_name, "{}", parameter.path);
                if let (Direction::Along(order), Access::Choice(names, _)) =
                    (direction, parameter.access)
                {
                    // Where only some names are tried, the others need no place.
                    let tried = of(parameter.path).to;
                    let is_tried = |name: &&&str| tried.is_empty() || tried.contains(name);
                    assert!(
                        (names.iter().filter(is_tried)).all(|name| order.contains(name)),
                        "{}",
                        parameter.path
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_switched_on_is_legal_in_the_built_in_scenarios() {
        for name in ["minimal", "baseline"] {
            let reduced = reduction(&load(name, &[]).unwrap());
            let mut known: BTreeSet<Vec<String>> = BTreeSet::new();
            for parameter in parameters::all() {
                let set = of(parameter.path).set(parameter.path);
                if known.insert(set.clone()) {
                    let loaded = load(name, &[&reduced[..], &set].concat());
                    assert!(loaded.is_ok(), "{} in {name}: {loaded:?}", parameter.path);
                }
            }
        }
    }
}
