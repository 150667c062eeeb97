//! The parameter registry: every number that a scenario can set, once.
//!
//! One table serves parsing, `--set`, checking, the commented baseline, the JSON schema and the assumptions page. Each file
//! here holds the parameters of one table of a scenario, one line a parameter (hence no rustfmt); `access` says how a text
//! reaches its field.

mod access;
#[rustfmt::skip]
mod behaviour;
#[rustfmt::skip]
mod commitment;
#[rustfmt::skip]
mod conduct;
#[rustfmt::skip]
mod contributors;
#[rustfmt::skip]
mod data;
#[rustfmt::skip]
mod decisions;
#[rustfmt::skip]
mod delegation;
mod draft;
#[rustfmt::skip]
mod entry;
#[rustfmt::skip]
mod failures;
#[rustfmt::skip]
mod fleet;
#[rustfmt::skip]
mod governance;
#[rustfmt::skip]
mod gpu;
#[rustfmt::skip]
mod incidents;
mod interpolate;
#[rustfmt::skip]
mod issuance;
#[rustfmt::skip]
mod jobs;
#[rustfmt::skip]
mod links;
#[rustfmt::skip]
mod market;
#[rustfmt::skip]
mod protocol;
#[rustfmt::skip]
mod region;
#[rustfmt::skip]
mod roles;
#[rustfmt::skip]
mod run;
#[rustfmt::skip]
mod scheduler;
#[rustfmt::skip]
mod stake;
#[rustfmt::skip]
mod users;
#[rustfmt::skip]
mod verification;
#[rustfmt::skip]
mod vesting;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use access::{Access, Refused};
pub use draft::{Draft, GANGS, GPUS, REGIONS};
pub use interpolate::{Fraction, RangeRefused};

/// One number, name or file that a scenario can set.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Key path in a scenario, such as `fleet.providers`.
    pub path: &'static str,
    /// Type, and where the value goes.
    pub access: Access,
    /// Legal range `least..most`, both included, in the spelling of a value; empty where the type says it all.
    pub range: &'static str,
    /// Value in the built-in baseline.
    pub default: &'static str,
    /// Where the default comes from.
    pub source: &'static str,
    /// What it is, in one line.
    pub meaning: &'static str,
    /// Whether it may change while a run goes on (by intervention or governance).
    pub is_live: bool,
}

/// The seed as a factor of a sweep; it is no parameter of a scenario, whose results it does not explain.
pub static SEED: Parameter = fixed(
    "seed",
    Access::U64(|draft| &mut draft.seed),
    "0..4611686018427387904",
    "1",
    "",
    "Seed of a point's first replication; the others count up from it.",
);

/// A parameter that holds for a whole run.
const fn fixed(
    path: &'static str,
    access: Access,
    range: &'static str,
    default: &'static str,
    source: &'static str,
    meaning: &'static str,
) -> Parameter {
    Parameter {
        path,
        access,
        range,
        default,
        source,
        meaning,
        is_live: false,
    }
}

/// A parameter that may change while a run goes on.
const fn live(
    path: &'static str,
    access: Access,
    range: &'static str,
    default: &'static str,
    source: &'static str,
    meaning: &'static str,
) -> Parameter {
    let parameter = fixed(path, access, range, default, source, meaning);
    Parameter {
        is_live: true,
        ..parameter
    }
}

/// Stands for a default that nobody published.
const ASSUMPTION: &str = "assumption";

/// All parameters, in the order of `scenarios/baseline.toml`.
#[must_use]
pub fn all() -> &'static [Parameter] {
    static ALL: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
        let mut table = Vec::new();
        for part in [
            run::parameters,
            fleet::parameters,
            region::parameters,
            links::parameters,
            failures::parameters,
            gpu::parameters,
            jobs::parameters,
            scheduler::parameters,
            verification::parameters,
            behaviour::parameters,
            market::parameters,
            delegation::parameters,
            commitment::parameters,
            users::parameters,
            entry::parameters,
            incidents::parameters,
            contributors::parameters,
            governance::parameters,
            roles::parameters,
            protocol::parameters,
            conduct::parameters,
            decisions::parameters,
            stake::parameters,
            vesting::parameters,
            data::parameters,
        ] {
            part(&mut table);
        }
        table
    });
    &ALL
}

/// The parameter of a path.
#[must_use]
pub fn find(path: &str) -> Option<&'static Parameter> {
    static BY_PATH: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
        all()
            .iter()
            .enumerate()
            .map(|(at, parameter)| (parameter.path, at))
            .collect()
    });
    BY_PATH.get(path).map(|&at| &all()[at])
}

/// The known name nearest to a mistyped one, if any is near.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_is_given_twice() {
        let mut paths: Vec<_> = all().iter().map(|parameter| parameter.path).collect();
        paths.sort_unstable();
        let count = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), count);
    }

    #[test]
    fn every_default_is_legal_and_stands_in_its_canonical_spelling() {
        let mut draft = Draft::blank();
        for parameter in all() {
            let printed = parameter.set(&mut draft, parameter.default);
            assert_eq!(
                printed.as_deref(),
                Ok(parameter.default),
                "{}",
                parameter.path
            );
        }
    }

    #[test]
    fn every_parameter_reaches_a_field_of_its_own() {
        let mut changed = 0;
        for parameter in all() {
            let Some(other) = parameter.another_legal_text() else {
                continue;
            };
            let (mut before, mut after) = (Draft::blank(), Draft::blank());
            for draft in [&mut before, &mut after] {
                for each in all() {
                    each.set(draft, each.default).unwrap();
                }
            }
            parameter.set(&mut after, &other).unwrap();
            assert_ne!(
                before, after,
                "{} = {other} changes nothing",
                parameter.path
            );
            parameter.set(&mut after, parameter.default).unwrap();
            assert_eq!(
                before, after,
                "{} writes a field that it does not own",
                parameter.path
            );
            changed += 1;
        }
        assert!(changed > 100, "only {changed} parameters were tried");
    }

    #[test]
    fn a_mistyped_name_finds_its_neighbour_and_nonsense_does_not() {
        let paths = || all().iter().map(|parameter| parameter.path);
        assert_eq!(nearest("fleet.provider", paths()), Some("fleet.providers"));
        assert_eq!(nearest("xyzzy", paths()), None);
    }
}
