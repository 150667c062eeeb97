//! Points written out one by one: `[[points]]`, each a table of paths and values, all with the same paths unless some of them
//! stand in scenario files; and, in a sweep that normalises, each of them twice.

use super::design::{POINTS_MAX, numbered};
use super::named::{Around, FROM, Given, united};
use super::normalise::{Basis, PRICE};
use super::reader::{Reader, Section};
use super::{NAME, NORMALISE, Point};
use crate::scenario::Fault;

/// Points of a list and the lines they begin in.
pub struct Listed {
    /// The points.
    pub points: Vec<Point>,
    /// Their lines.
    pub lines: Vec<usize>,
}

/// Settings of one point.
type Settings = Vec<(String, String)>;

impl Reader<'_> {
    /// All points of the file, the paths in the order of the first one, or sorted where some stand in files.
    pub fn listed_points(
        &mut self,
        sections: &[Section<'_>],
        around: &Around<'_>,
    ) -> Option<Listed> {
        let total = sections.len() * if around.is_normalised { 2 } else { 1 };
        if total > POINTS_MAX as usize {
            let fault = Fault::new(self.file, sections[0].line, format!("{total} points"));
            self.faults.push(
                fault
                    .at("points")
                    .legal(Some(format!("at most {POINTS_MAX}"))),
            );
            return None;
        }
        let before = self.faults.len();
        let given: Vec<Given> = sections
            .iter()
            .map(|section| self.one_point(section, around))
            .collect();
        let has = |key| {
            sections
                .iter()
                .any(|section| section.table.contains_key(key))
        };
        let (in_files, named) = (has(FROM), has(FROM) || has(NAME) || around.is_normalised);
        if named {
            self.refuse_names(&given, sections);
        }
        if !in_files {
            let (first, rest) = given.split_first()?;
            let paths: Vec<_> = first
                .settings
                .iter()
                .map(|(path, _)| path.clone())
                .collect();
            for (point, section) in rest.iter().zip(&sections[1..]) {
                self.refuse_other_paths(&paths, &point.settings, section);
            }
        }
        if self.faults.len() > before {
            return None;
        }
        let mut points = match in_files {
            true => united(&given, around)?,
            false => alike(&given),
        };
        self.refuse_same(&points, sections);
        if named {
            for (settings, point) in points.iter_mut().zip(&given) {
                let name = point.name.clone().unwrap_or_default();
                settings.insert(0, (NAME.to_owned(), name));
            }
        }
        let mut lines: Vec<_> = sections.iter().map(|section| section.line).collect();
        if around.is_normalised {
            points = twice(&points);
            lines.extend_from_within(..);
        }
        Some(Listed {
            points: numbered(points),
            lines,
        })
    }

    fn one_point(&mut self, section: &Section<'_>, around: &Around<'_>) -> Given {
        let mut leaves = Vec::new();
        self.leaves(section.table, "", &mut leaves);
        leaves.retain(|leaf| leaf.path != NAME && leaf.path != FROM);
        let name = self.point_name(section);
        let from = self.from_file(section);
        if leaves.is_empty() && !section.table.contains_key(FROM) {
            let fault = Fault::new(self.file, section.line, "a point without settings");
            self.faults.push(fault.at("points"));
        }
        let mut settings: Settings = Vec::new();
        for leaf in &leaves {
            let Some((path, text)) = self.assignment(leaf) else {
                continue;
            };
            if settings.iter().any(|(known, _)| known == path) {
                let fault = Fault::new(self.file, leaf.line, "set twice");
                self.faults.push(fault.at(path));
            }
            if around.is_normalised && path == PRICE {
                let fault = Fault::new(self.file, leaf.line, "[normalise] sets it");
                self.faults.push(fault.at(path).hint("take it out"));
            }
            settings.push((path.to_owned(), text));
        }
        Given {
            name,
            from,
            settings,
        }
    }

    fn refuse_other_paths(
        &mut self,
        paths: &[String],
        settings: &[(String, String)],
        section: &Section<'_>,
    ) {
        let has = |path: &String| settings.iter().any(|(known, _)| known == path);
        let gone = paths
            .iter()
            .filter(|path| !has(path))
            .map(|path| (path, "missing here"));
        let new = settings.iter().map(|(path, _)| path);
        let new = new
            .filter(|path| !paths.contains(path))
            .map(|path| (path, "not in the first point"));
        for (path, message) in gone.chain(new) {
            let fault = Fault::new(self.file, section.line, message).at(&**path);
            self.faults
                .push(fault.hint("all points set the same parameters"));
        }
    }

    fn refuse_same(&mut self, points: &[Vec<(String, String)>], sections: &[Section<'_>]) {
        let mut order: Vec<_> = (0..points.len()).collect();
        order.sort_by_key(|at| (&points[*at], *at));
        for pair in order.windows(2) {
            if points[pair[0]] == points[pair[1]] {
                let message = format!("the same as the point of line {}", sections[pair[0]].line);
                let fault = Fault::new(self.file, sections[pair[1]].line, message);
                self.faults.push(fault.at("points"));
            }
        }
    }
}

/// Settings with the paths in the order of the first point, which all have.
fn alike(given: &[Given]) -> Vec<Settings> {
    let paths = given.first().map_or(&[][..], |first| &first.settings);
    let in_order = |point: &Given| {
        let own = |path: &String| {
            point
                .settings
                .iter()
                .find(|(other, _)| other == path)
                .cloned()
        };
        paths.iter().filter_map(|(path, _)| own(path)).collect()
    };
    given.iter().map(in_order).collect()
}

/// Every point at equal market value, then every point at equal emission; the names stay in front.
fn twice(points: &[Settings]) -> Vec<Settings> {
    let on = |basis: Basis| {
        points.iter().map(move |settings| {
            let mut settings = settings.clone();
            settings.insert(1, (NORMALISE.to_owned(), basis.name().to_owned()));
            settings
        })
    };
    Basis::ALL.into_iter().flat_map(on).collect()
}
