//! Other values of one parameter, each legal by its own range: what a probe sets instead of the scenario's value. Whether a
//! value fits the rest of the scenario is for its check to say.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use units::{Quantity, Ratio};

use crate::parameters::{self, Access, Draft, Fraction, Parameter};

/// Steps of a number, the gentle ones first: a bound that does not bind when it is raised may bind when it is lowered.
const STEPS: [(u32, u32); 4] = [(2, 1), (1, 2), (16, 1), (1, 16)];

/// Most changes of one parameter that are tried.
pub const CHANGES_MAX: usize = 4;

/// A change: the new value's text, and all that is set for it as `path=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Canonical text of the parameter's new value.
    pub value: String,
    /// Whether a number was raised; nothing for a name.
    pub is_raised: Option<bool>,
    /// The parameter, and where shares make a whole the sibling that gives or takes.
    pub set: Vec<String>,
}

/// Changes of a parameter away from its value in `effective` (canonical texts by path), in the order to try them: those
/// of the values `chosen` that are others of it, or steps where none is.
pub fn changes(
    parameter: &Parameter,
    effective: &BTreeMap<String, String>,
    chosen: &[&str],
) -> Vec<Change> {
    let Some(now) = effective.get(parameter.path) else {
        return Vec::new();
    };
    let mut draft = draft(effective);
    let decimals = draft.config.protocol.supply.decimals;
    let chosen = chosen.iter();
    let chosen = chosen.filter_map(|text| parameter.set(&mut draft, text).ok());
    let chosen: Vec<_> = chosen.filter(|value| value != now).collect();
    let values = match parameter.access {
        Access::File(_) => Vec::new(),
        _ if !chosen.is_empty() => chosen,
        Access::Choice(names, _) => names.iter().map(|name| (*name).to_owned()).collect(),
        Access::Name(_) => other_names(effective),
        _ if whole_of(parameter).is_some() => return shifts(parameter, now, effective),
        _ => numbers(parameter, now, &mut draft),
    };
    let mut changes: Vec<Change> = Vec::new();
    for value in values {
        let order = parameter.compare(&value, now, decimals);
        let change = Change {
            set: vec![format!("{}={value}", parameter.path)],
            is_raised: order.map(Ordering::is_gt),
            value,
        };
        if change.value != *now && !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}

/// A draft with the scenario's decimals: they decide what an amount's text stands for.
fn draft(effective: &BTreeMap<String, String>) -> Draft {
    const DECIMALS: &str = "protocol.supply.decimals";
    let mut draft = Draft::blank();
    if let (Some(decimals), Some(text)) = (parameters::find(DECIMALS), effective.get(DECIMALS)) {
        decimals
            .set(&mut draft, text)
            .expect("a checked scenario's own value");
    }
    draft
}

/// Names that parameters of the same type have in this scenario.
fn other_names(effective: &BTreeMap<String, String>) -> Vec<String> {
    let is_name = |of: &&Parameter| matches!(of.access, Access::Name(_));
    let names = parameters::all().iter().filter(is_name);
    names
        .filter_map(|of| effective.get(of.path).cloned())
        .collect()
}

fn numbers(parameter: &Parameter, now: &str, draft: &mut Draft) -> Vec<String> {
    let times = STEPS.map(|(over, under)| parameter.times(draft, now, over, under));
    // No multiple of zero is another value: the range says what is much and what is little.
    let part = |of| Fraction::Step { at: 1, of };
    let mut along = |of| {
        let (least, most) = parameter.range_ends()?;
        parameter.between(draft, least, most, part(of), false).ok()
    };
    let parts = [2, 16].map(&mut along);
    let is_zero = times.iter().flatten().all(|text| text == now);
    let values = times.into_iter().flatten();
    match is_zero {
        true => values.chain(parts.into_iter().flatten()).collect(),
        false => values.collect(),
    }
}

/// Families of shares that sum to 100 %, by the beginning and the end of their paths.
const WHOLES: [(&str, &str); 11] = [
    ("fleet.individual.mix.", ""),
    ("fleet.edge.mix.", ""),
    ("fleet.datacentre.mix.", ""),
    ("fleet.", ".share"),
    ("region.", ".share"),
    ("jobs.gang.consumer_", ".weight"),
    ("jobs.gang.datacentre_", ".weight"),
    ("protocol.split.", ""),
    ("protocol.fees.", ""),
    ("protocol.slash_release.", ""),
    ("governance.vote.", ""),
];

fn is_member(parameter: &Parameter, (begin, end): (&str, &str)) -> bool {
    let path = parameter.path;
    matches!(parameter.access, Access::Ratio(_)) && path.starts_with(begin) && path.ends_with(end)
}

/// The members of the whole that a parameter is a share of.
fn whole_of(parameter: &Parameter) -> Option<Vec<&'static str>> {
    let family = WHOLES
        .into_iter()
        .find(|family| is_member(parameter, *family))?;
    let members = parameters::all()
        .iter()
        .filter(|other| is_member(other, family));
    Some(members.map(|other| other.path).collect())
}

/// Half and all of the largest sibling's share taken, half and all of the own one given to it.
fn shifts(parameter: &Parameter, now: &str, effective: &BTreeMap<String, String>) -> Vec<Change> {
    let parts = |text: &str| Ratio::parse(text).map_or(0, Ratio::parts);
    let siblings = whole_of(parameter).unwrap_or_default();
    let largest = siblings
        .into_iter()
        .filter(|path| *path != parameter.path)
        .filter_map(|path| Some((parts(effective.get(path)?), path)))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((other, sibling)) = largest else {
        return Vec::new();
    };
    let own = parts(now);
    [(other / 2, 0), (0, own / 2), (other, 0), (0, own)]
        .into_iter()
        .filter(|shift| *shift != (0, 0))
        .map(|(take, give)| {
            let value = Ratio::from_parts(own + take - give).print();
            let rest = Ratio::from_parts(other + give - take).print();
            let set = vec![
                format!("{}={value}", parameter.path),
                format!("{sibling}={rest}"),
            ];
            Change {
                value,
                is_raised: Some(take > 0),
                set,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deep::{effects, testing};
    use crate::scenario::Scenario;

    fn minimal(set: &[String]) -> Option<Scenario> {
        testing::load("minimal", set).ok()
    }

    fn values(path: &str, effective: &BTreeMap<String, String>) -> Vec<String> {
        let changes = changes(parameters::find(path).unwrap(), effective, &[]);
        changes.into_iter().map(|change| change.value).collect()
    }

    #[test]
    fn numbers_step_gently_first_and_stay_in_their_range() {
        let effective = minimal(&[]).unwrap().effective;
        assert_eq!(
            values("horizon", &effective),
            ["80 d", "20 d", "640 d", "60 h"]
        );
        assert_eq!(values("fleet.node_gpus", &effective), ["4", "1"]);
        assert_eq!(values("scheduler.policy", &effective), ["first_come"]);
        assert_eq!(
            values("behaviour.self_dealing", &effective),
            ["50 %", "6.25 %"]
        );
        assert!(values("jobs.trace_file", &effective).is_empty());
    }

    #[test]
    fn a_share_takes_from_its_largest_sibling_and_the_whole_stays_whole() {
        let effective = minimal(&[]).unwrap().effective;
        let fees = parameters::find("protocol.fees.burn").unwrap();
        let set: Vec<_> = changes(fees, &effective, &[])
            .into_iter()
            .map(|change| change.set)
            .collect();
        assert_eq!(
            set[0],
            ["protocol.fees.burn=45 %", "protocol.fees.provider=40 %"]
        );
        assert_eq!(
            set[1],
            ["protocol.fees.burn=2.5 %", "protocol.fees.provider=82.5 %"]
        );
        assert!(set.iter().all(|set| minimal(set).is_some()));
    }

    #[test]
    fn every_parameter_but_a_file_has_a_change_that_the_whole_scenario_allows() {
        for parameter in parameters::all() {
            let effect = effects::of(parameter.path);
            let set = effect.set(parameter.path);
            let effective = minimal(&set).unwrap().effective;
            let legal = |change: Change| minimal(&[&set[..], &change.set].concat()).is_some();
            let is_tried = changes(parameter, &effective, effect.to)
                .into_iter()
                .any(legal);
            let is_file = matches!(parameter.access, Access::File(_));
            assert_ne!(is_tried, is_file, "{}", parameter.path);
        }
    }

    #[test]
    fn values_worth_trying_stand_for_the_steps_and_know_whether_they_raise() {
        let effective = minimal(&[]).unwrap().effective;
        let horizon = parameters::find("horizon").unwrap();
        let found = changes(horizon, &effective, &["1 d", "90 d", "nonsense", "40 d"]);
        let known: Vec<_> = found
            .iter()
            .map(|of| (of.value.as_str(), of.is_raised))
            .collect();
        assert_eq!(known, [("1 d", Some(false)), ("90 d", Some(true))]);
        assert_eq!(changes(horizon, &effective, &["40 d"])[0].value, "80 d");
    }
}
