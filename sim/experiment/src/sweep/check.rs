//! Each point's whole scenario, checked before anything runs: a rule across parameters may refuse a combination of values
//! that are legal one by one.

use std::path::{Path, PathBuf};

use super::settings::Setting;
use super::{Plan, Point};
use crate::scenario::{Fault, Overrides, Scenario, Start};

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
    /// All faults of all points.
    pub fn faults(&self) -> Vec<Fault> {
        // What is wrong at every point is told once, where it was set.
        let everywhere = self.load(&[]);
        let (mut faults, mut refused) = (Vec::new(), 0);
        for point in &self.plan.points {
            let found = self.load(&point.settings);
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

    fn load(&self, settings: &[(String, String)]) -> Vec<Fault> {
        let settings = settings.iter().map(|(path, text)| format!("{path}={text}"));
        let set = self.plan.base.iter().cloned().chain(settings).collect();
        let overrides = Overrides { set, seed: None };
        let path = base_path(&self.plan.folder, &self.plan.scenario);
        match Scenario::load(Start::File(&path), &overrides) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.0,
        }
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
