//! Each point's whole scenario, checked before anything runs: a rule across parameters may refuse a combination of values
//! that are legal one by one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::settings::Setting;
use super::{Plan, Point};
use crate::scenario::Fault;

/// Points that are checked one by one: a check takes about 10 ms. Of more, the corners and as many spread ones are.
const CHECKED_MAX: usize = 256;
/// Refused points that are told one by one.
const TOLD_MAX: usize = 10;

/// Where the base scenario lies; a built-in's name stays as it is.
pub fn base_path(folder: &Path, scenario: &str) -> PathBuf {
    let beside = folder.join(scenario);
    if beside.is_file() {
        beside
    } else {
        PathBuf::from(scenario)
    }
}

/// What points are checked against.
pub struct Check<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The sweep file's name for people.
    pub file: &'a str,
    /// What `plan.base` was written as.
    pub settings: &'a [Setting],
    /// The line to blame for a parameter's value at a point.
    pub line: &'a dyn Fn(&Point, &str) -> usize,
}

impl Check<'_> {
    /// All faults of all points that are checked.
    pub fn faults(&self) -> Vec<Fault> {
        // What is wrong at every point is told once, where it was set.
        let everywhere = load(self.plan, &[]);
        let (plan, points) = (self.plan, &self.plan.points);
        let load = |at: usize| (&points[at], load(plan, &points[at].settings));
        let found: Vec<_> = checked(points).into_par_iter().map(load).collect();
        let (mut faults, mut refused) = (Vec::new(), 0);
        for (point, found) in found {
            let is_common = |fault: &Fault| {
                let same =
                    |other: &Fault| other.path == fault.path && other.message == fault.message;
                everywhere.iter().any(same)
            };
            let mut of_point = Vec::new();
            for fault in found {
                if is_common(&fault) {
                    let told = self.common(fault);
                    if !faults.contains(&told) {
                        faults.push(told);
                    }
                } else {
                    of_point.push(self.at_point(point, fault));
                }
            }
            refused += usize::from(!of_point.is_empty());
            if refused <= TOLD_MAX {
                faults.append(&mut of_point);
            }
        }
        if refused > TOLD_MAX {
            let message = format!("and {} more points are refused", refused - TOLD_MAX);
            faults.push(Fault::new(self.file, 0, message));
        }
        faults
    }

    /// A fault that every point has, at the setting it is about.
    fn common(&self, fault: Fault) -> Fault {
        let by_line = match &*fault.file {
            "--set" => self.settings.get(fault.line.wrapping_sub(1)),
            _ => None,
        };
        let by_path = || {
            self.settings
                .iter()
                .find(|setting| setting.path == fault.path)
        };
        match by_line.or_else(by_path) {
            Some(setting) => Fault {
                file: setting.file.clone(),
                line: setting.line,
                ..fault
            },
            None => fault,
        }
    }

    fn at_point(&self, point: &Point, fault: Fault) -> Fault {
        let settings = point
            .settings
            .iter()
            .map(|(path, text)| format!("{path} = {text}"));
        let with = settings.collect::<Vec<_>>().join(", ");
        Fault {
            file: self.file.to_owned(),
            line: (self.line)(point, &fault.path),
            message: format!("{}; at the point {with}", fault.message),
            ..fault
        }
    }
}

/// What is wrong with a plan's base scenario under some settings.
fn load(plan: &Plan, settings: &[(String, String)]) -> Vec<Fault> {
    let refused = plan.scenario_with(settings).err();
    refused.map_or(Vec::new(), |faults| faults.0)
}

/// Places of the points to check, in order.
fn checked(points: &[Point]) -> Vec<usize> {
    let all: Vec<_> = (0..points.len()).collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return all;
    };
    if points.len() <= CHECKED_MAX {
        return all;
    }
    // The first point of a grid has the first value of every factor, the last point the last ones.
    let is_corner = |at: &usize| {
        let ends = first.settings.iter().zip(&last.settings);
        let here = points[*at].settings.iter().zip(ends);
        here.into_iter()
            .all(|(here, (first, last))| here == first || here == last)
    };
    let corners: Vec<_> = all.iter().copied().filter(is_corner).collect();
    let chosen: BTreeSet<_> = spread(&corners).chain(spread(&all)).collect();
    chosen.into_iter().collect()
}

/// At most as many as are checked, evenly spread, with both ends.
fn spread(all: &[usize]) -> impl Iterator<Item = usize> {
    let count = all.len().min(CHECKED_MAX);
    (0..count).map(move |at| all[at * (all.len() - 1) / (count - 1).max(1)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::design::numbered;
    use crate::sweep::grid::grid;

    #[test]
    fn of_many_points_the_corners_and_spread_ones_are_checked() {
        let settings = |places: Vec<usize>| {
            let setting = |(factor, place)| (format!("f{factor}"), format!("{place}"));
            places.into_iter().enumerate().map(setting).collect()
        };
        let points = |counts: &[usize]| numbered(grid(counts).into_iter().map(settings).collect());
        assert_eq!(checked(&points(&[16, 16])).len(), 256);
        let many = points(&[7, 13, 100]);
        let found = checked(&many);
        assert!((256..=264).contains(&found.len()), "{}", found.len());
        for corner in [
            0,
            99,
            12 * 100,
            12 * 100 + 99,
            6 * 1_300,
            6 * 1_300 + 99,
            9_099,
        ] {
            assert!(found.contains(&corner), "{corner}");
        }
        let gap = found.windows(2).map(|pair| pair[1] - pair[0]).max();
        assert!(gap <= Some(36), "{gap:?}");
    }
}
