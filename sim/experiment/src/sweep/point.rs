//! Points written out one by one: `[[points]]`, each a table of paths and values, all with the same paths.

use super::Point;
use super::design::{POINTS_MAX, numbered};
use super::reader::{Reader, Section};
use crate::scenario::Fault;

/// Points of a list and the lines they begin in.
pub struct Listed {
    /// The points.
    pub points: Vec<Point>,
    /// Their lines.
    pub lines: Vec<usize>,
}

impl Reader<'_> {
    /// All points of the file, the paths in the order of the first one.
    pub fn listed_points(&mut self, sections: &[Section<'_>]) -> Option<Listed> {
        if sections.len() > POINTS_MAX as usize {
            let message = format!("{} points", sections.len());
            let fault = Fault::new(self.file, sections[0].line, message).at("points");
            self.faults
                .push(fault.legal(Some(format!("at most {POINTS_MAX}"))));
            return None;
        }
        let before = self.faults.len();
        let all: Vec<_> = sections
            .iter()
            .map(|section| self.one_point(section))
            .collect();
        let (first, rest) = all.split_first()?;
        let paths: Vec<_> = first.iter().map(|(path, _)| path.clone()).collect();
        for (settings, section) in rest.iter().zip(&sections[1..]) {
            self.refuse_other_paths(&paths, settings, section);
        }
        if self.faults.len() > before {
            return None;
        }
        let in_order = |settings: &Vec<(String, String)>| {
            let value = |path: &String| settings.iter().find(|(other, _)| other == path).cloned();
            paths.iter().filter_map(value).collect::<Vec<_>>()
        };
        let points: Vec<_> = all.iter().map(in_order).collect();
        self.refuse_same(&points, sections);
        let lines = sections.iter().map(|section| section.line).collect();
        Some(Listed {
            points: numbered(points),
            lines,
        })
    }

    fn one_point(&mut self, section: &Section<'_>) -> Vec<(String, String)> {
        let mut leaves = Vec::new();
        self.leaves(section.table, "", &mut leaves);
        if leaves.is_empty() {
            let fault = Fault::new(self.file, section.line, "a point without settings");
            self.faults.push(fault.at("points"));
        }
        let mut settings: Vec<(String, String)> = Vec::new();
        for leaf in &leaves {
            let Some((path, text)) = self.assignment(leaf) else {
                continue;
            };
            if settings.iter().any(|(known, _)| known == path) {
                let fault = Fault::new(self.file, leaf.line, "set twice");
                self.faults.push(fault.at(path));
            }
            settings.push((path.to_owned(), text));
        }
        settings
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
