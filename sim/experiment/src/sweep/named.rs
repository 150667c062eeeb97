//! Points of a list that have names, and those that stand in scenario files: `from = "livepeer.toml"`. Such a point sets all
//! that its scenario differs in from the sweep's base, so points may set different parameters; the others keep the base's value.

use std::collections::BTreeSet;

use super::check::base_path;
use super::header::{NAME_LEGAL, is_plain};
use super::normalise::PRICE;
use super::reader::{Reader, Section};
use super::settings::Setting;
use crate::data::built_in;
use crate::parameters::nearest;
use crate::scenario::{Fault, Overrides, Scenario, Start};

/// The key that names a point's scenario file.
pub const FROM: &str = "from";

/// A point as its table gives it.
pub struct Given {
    /// Its name: as written, or the stem of its file.
    pub name: Option<String>,
    /// The scenario of its file.
    pub from: Option<Scenario>,
    /// Its own lines, path and canonical text.
    pub settings: Vec<(String, String)>,
}

/// What stands around the points of a list.
pub struct Around<'a> {
    /// The base scenario as its file has it; nothing where that has faults.
    pub base: Option<&'a Scenario>,
    /// What holds at every point, which a point's file does not change.
    pub settings: &'a [Setting],
    /// Whether the sweep normalises, which sets the price.
    pub is_normalised: bool,
}

impl Reader<'_> {
    /// The scenario of a point's file; nothing where the point has none, or a bad one, which is told.
    pub fn from_file(&mut self, section: &Section<'_>) -> Option<Scenario> {
        let file = self.string(section, FROM)?;
        let path = base_path(self.folder, &file);
        if path.is_file() || built_in::scenario(&file).is_some() {
            return match Scenario::load(Start::File(&path), &Overrides::default()) {
                Ok(scenario) => Some(scenario),
                Err(faults) => {
                    // Two points may stand in one file.
                    for fault in faults.0 {
                        if !self.faults.contains(&fault) {
                            self.faults.push(fault);
                        }
                    }
                    None
                }
            };
        }
        let names = self.beside();
        let near = nearest(&file, names.iter().map(String::as_str));
        let fault = self.fault(section, FROM, "no such scenario").legal(Some(
            "a built-in, or a path relative to this file".to_owned(),
        ));
        self.faults.push(match near {
            Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
            None => fault,
        });
        None
    }

    /// What a point's file may be called: the files beside this one, and the built-in scenarios.
    fn beside(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder).into_iter().flatten();
        let names = entries.flatten().map(|entry| entry.file_name());
        let names = names.filter_map(|name| name.into_string().ok());
        let built_in = built_in::SCENARIOS.iter().map(|(name, _)| *name);
        let mut all: Vec<String> = names
            .filter(|name| name.ends_with(".toml"))
            .chain(built_in.map(str::to_owned))
            .collect();
        all.sort_unstable();
        all
    }

    /// A point's name: as written, otherwise the stem of its file.
    pub fn point_name(&mut self, section: &Section<'_>) -> Option<String> {
        let key = [super::NAME, FROM]
            .into_iter()
            .find(|key| section.table.contains_key(key))?;
        let text = section.table.get(key).and_then(|item| item.as_str());
        let Some(text) = text else {
            // A file that is no text is told where it is read.
            return if key == FROM {
                None
            } else {
                self.string(section, key)
            };
        };
        let stem = || std::path::Path::new(text).file_stem()?.to_str();
        let name = if key == FROM {
            stem().unwrap_or("")
        } else {
            text
        };
        if is_plain(name) {
            return Some(name.to_owned());
        }
        let fault = self.fault(section, key, "not a legal name");
        let fault = fault.legal(Some(NAME_LEGAL.to_owned()));
        self.faults.push(match key {
            FROM => fault.hint("give the point a name = \"...\" of its own"),
            _ => fault,
        });
        None
    }

    /// Refuses points without a name where others have one, and names that come twice.
    pub fn refuse_names(&mut self, given: &[Given], sections: &[Section<'_>]) {
        for (at, (point, section)) in given.iter().zip(sections).enumerate() {
            let has_key = |key| section.table.contains_key(key);
            match &point.name {
                None if has_key(super::NAME) || has_key(FROM) => {}
                None => self.missing(section, super::NAME, "all points have names, or none has"),
                Some(name) => {
                    let twin = given[..at]
                        .iter()
                        .position(|other| other.name.as_ref() == Some(name));
                    if let Some(twin) = twin {
                        let message =
                            format!("the name of the point of line {}", sections[twin].line);
                        let fault = Fault::new(self.file, section.line, message);
                        let fault = fault.at("points.name").value(format!("\"{name}\""));
                        self.faults
                            .push(fault.hint("give the point a name = \"...\" of its own"));
                    }
                }
            }
        }
    }
}

/// The points' settings, the same paths in the same order at each, of points some of which stand in files. Nothing where the
/// base scenario cannot be had.
pub fn united(given: &[Given], around: &Around<'_>) -> Option<Vec<Vec<(String, String)>>> {
    let base = around.base?;
    let is_fixed = |path: &str| {
        around.settings.iter().any(|setting| setting.path == path)
            || around.is_normalised && path == PRICE
    };
    let changed = |scenario: &Scenario| -> Vec<String> {
        let all = scenario.effective.iter();
        let differs = all.filter(|(path, value)| base.effective.get(*path) != Some(value));
        differs.map(|(path, _)| path.clone()).collect()
    };
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for point in given {
        paths.extend(
            point
                .from
                .iter()
                .flat_map(changed)
                .filter(|path| !is_fixed(path)),
        );
        paths.extend(point.settings.iter().map(|(path, _)| path.clone()));
    }
    let value = |point: &Given, path: &String| {
        let own = point.settings.iter().find(|(known, _)| known == path);
        let from = point.from.as_ref().unwrap_or(base);
        let text = own
            .map(|(_, text)| text)
            .or_else(|| from.effective.get(path));
        text.map(|text| (path.clone(), text.clone()))
    };
    let settings = |point: &Given| paths.iter().filter_map(|path| value(point, path)).collect();
    Some(given.iter().map(settings).collect())
}
