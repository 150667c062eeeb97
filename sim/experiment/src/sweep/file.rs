//! A sweep file read into a plan. Everything is checked before anything runs, and all faults are told at once.

use std::path::Path;

use toml_edit::{Document, Item, TableLike, Value};

use super::check::{Check, base_path};
use super::factor::Factor;
use super::header::KEYS;
use super::named::{Around, FROM};
use super::normalise::PRICE;
use super::reader::{Reader, Section};
use super::settings::Setting;
use super::{Design, NAME, NORMALISE, Plan, Point};
use crate::gates::{self, Gate, Reads, Source};
use crate::parameters::Draft;
use crate::scenario::{Fault, Faults, Lines, Overrides, Scenario, Start};

impl Plan {
    /// Reads and checks a sweep file. What the command line sets counts like `[set]` and wins over it; its seed is the first
    /// of the replications'.
    ///
    /// # Errors
    /// All faults of the file, of its base scenario, and of the scenarios of its points.
    pub fn load(path: &Path, overrides: &Overrides) -> Result<Self, Faults> {
        read(path, "sweep", |reader, table| reader.plan(table, overrides))
    }
}

/// Reads a file of this family (`what` it is, for people) with a function that takes its keys apart.
///
/// # Errors
/// That it cannot be read, or all faults that the function told.
pub fn read<T>(
    path: &Path,
    what: &str,
    take: impl FnOnce(&mut Reader<'_>, &dyn TableLike) -> Option<T>,
) -> Result<T, Faults> {
    let file = path.to_string_lossy().into_owned();
    let whole = |fault: Fault| Faults(vec![fault]);
    let text = std::fs::read_to_string(path).map_err(|error| {
        whole(Fault::new(
            &*file,
            0,
            format!("the {what} file cannot be read: {error}"),
        ))
    })?;
    let lines = Lines::of(&text);
    let toml = Document::parse(&*text).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.number(span.start));
        let message = error.message().replace('\n', "; ");
        whole(Fault::new(&*file, line, format!("not TOML: {message}")))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader {
        file: &file,
        text: &text,
        folder,
        lines,
        draft: Draft::blank(),
        faults: Vec::new(),
    };
    let found = take(&mut reader, toml.as_table());
    let mut faults = reader.faults;
    match found {
        Some(found) if faults.is_empty() => Ok(found),
        _ => {
            faults.sort_by_key(|fault| (fault.file != file, fault.line == 0, fault.line));
            Err(Faults(faults))
        }
    }
}

/// The points of a plan, and the lines that are to blame for their values.
struct Layout {
    factors: Vec<String>,
    points: Vec<Point>,
    /// Of each factor, or of each point of a list.
    lines: Vec<usize>,
}

impl Layout {
    fn line(&self, design: Design, point: &Point, path: &str) -> usize {
        let at = match design {
            Design::List => point.index as usize,
            _ => self
                .factors
                .iter()
                .position(|known| known == path)
                .unwrap_or(0),
        };
        self.lines.get(at).copied().unwrap_or(0)
    }
}

impl Reader<'_> {
    fn plan(&mut self, table: &dyn TableLike, overrides: &Overrides) -> Option<Plan> {
        let top = &Section {
            table,
            name: "",
            line: 1,
        };
        self.refuse_unknown(top, &KEYS);
        self.schema(top);
        let name = self.name(top);
        let scenario = self.scenario(top);
        let base = scenario
            .as_ref()
            .and_then(|scenario| self.base_decimals(scenario));
        let design = self.design(top);
        let normalise = self.normalise(top);
        let varied = self.varied(top);
        let settings = self.settings(top, overrides, &|path| varied.iter().any(|it| it == path));
        let around = Around {
            base: base.as_ref(),
            settings: &settings,
            is_normalised: top.table.contains_key(NORMALISE),
        };
        self.refuse_price(&around);
        let layout = design.and_then(|design| self.layout(top, design, &around));
        let confidence = self.confidence(top);
        let metrics = self.metrics(top);
        let until = self.until(top);
        let seeds = self.seeds(top, until.as_ref(), overrides);
        let gates = self.gates(top, layout.as_ref());
        let (design, mut layout) = (design?, layout?);
        let plan = Plan {
            name: name?,
            scenario: scenario?,
            base: settings
                .iter()
                .map(|it| format!("{}={}", it.path, it.text))
                .collect(),
            factors: layout.factors.clone(),
            design,
            points: std::mem::take(&mut layout.points),
            normalise,
            seeds: seeds?,
            until,
            metrics,
            gates,
            confidence: confidence?,
            text: self.text.to_owned(),
            folder: self.folder.to_owned(),
        };
        if self.faults.is_empty() {
            self.faults = self.points_refused(&plan, &settings, &layout);
        }
        Some(plan)
    }

    /// Refuses a price for all points where their normalisation sets it.
    fn refuse_price(&mut self, around: &Around<'_>) {
        let set = around.settings.iter().find(|setting| setting.path == PRICE);
        if let Some(setting) = set.filter(|_| around.is_normalised) {
            let fault = Fault::new(&*setting.file, setting.line, "[normalise] sets it");
            self.faults.push(fault.at(PRICE).hint("take it out"));
        }
    }

    /// Reads the base scenario, and the decimals of its coin for what comes; its own faults are told as they are.
    pub fn base_decimals(&mut self, scenario: &str) -> Option<Scenario> {
        let path = base_path(self.folder, scenario);
        match Scenario::load(Start::File(&path), &Overrides::default()) {
            Ok(scenario) => {
                let decimals = scenario.inputs.config.protocol.supply.decimals;
                self.draft.config.protocol.supply.decimals = decimals;
                Some(scenario)
            }
            Err(faults) => {
                self.faults.extend(faults.0);
                None
            }
        }
    }

    /// Paths that factors or points name, known ones or not.
    fn varied(&self, top: &Section<'_>) -> Vec<String> {
        let mut paths = Vec::new();
        for section in self.sections(top, "factors") {
            let path = section.table.get("path").and_then(Item::as_str);
            paths.extend(path.map(ToOwned::to_owned));
        }
        for section in self.sections(top, "points") {
            let mut leaves = Vec::new();
            self.leaves(section.table, "", &mut leaves);
            let paths_of = leaves.into_iter().map(|leaf| leaf.path);
            paths.extend(paths_of.filter(|path| path != NAME && path != FROM));
        }
        paths
    }

    /// The tables of an array of tables, in either of its spellings.
    pub fn sections<'t>(&self, top: &Section<'t>, name: &'t str) -> Vec<Section<'t>> {
        let section = |table: &'t dyn TableLike, span| Section {
            table,
            name,
            line: self.line(span),
        };
        match top.table.get(name) {
            Some(Item::ArrayOfTables(array)) => array
                .iter()
                .map(|table| section(table, table.span()))
                .collect(),
            Some(Item::Value(Value::Array(array))) => {
                let tables = array.iter().filter_map(Value::as_inline_table);
                tables.map(|table| section(table, table.span())).collect()
            }
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, top: &Section<'_>, design: Design, around: &Around<'_>) -> Option<Layout> {
        self.refuse_foreign(top, design);
        let name = if design == Design::List {
            "points"
        } else {
            "factors"
        };
        let sections = self.sections(top, name);
        if sections.is_empty() {
            let message = "expected at least one";
            let fault = self.fault(top, name, message);
            self.faults
                .push(fault.hint(format!("begin each with a line [[{name}]]")));
            return None;
        }
        if design == Design::List {
            let listed = self.listed_points(&sections, around)?;
            let paths = listed.points[0]
                .settings
                .iter()
                .map(|(path, _)| path.clone());
            return Some(Layout {
                factors: paths.collect(),
                points: listed.points,
                lines: listed.lines,
            });
        }
        let factors: Vec<_> = sections
            .iter()
            .map(|section| self.factor(section, design))
            .collect();
        self.refuse_twice(&sections);
        let factors: Vec<Factor> = factors.into_iter().collect::<Option<_>>()?;
        let points = self.lay_out(top, design, &factors)?;
        let lines = factors.iter().map(|factor| factor.line).collect();
        let paths = factors
            .iter()
            .map(|factor| factor.parameter.path.to_owned());
        Some(Layout {
            factors: paths.collect(),
            points,
            lines,
        })
    }

    /// Refuses a parameter that two factors vary.
    pub fn refuse_twice(&mut self, sections: &[Section<'_>]) {
        let mut known: Vec<&str> = Vec::new();
        for section in sections {
            let Some(path) = section.table.get("path").and_then(Item::as_str) else {
                continue;
            };
            if known.contains(&path) {
                let fault = self.fault(section, "path", "a factor already");
                self.faults.push(fault);
            }
            known.push(path);
        }
    }

    fn gates(&mut self, top: &Section<'_>, layout: Option<&Layout>) -> Vec<Gate> {
        let gates = self.all_gates(top);
        for gate in &gates {
            let is_read = |layout: &Layout| {
                layout
                    .points
                    .iter()
                    .any(|point| gate.is_read_at(&point.settings))
            };
            if !layout.is_none_or(is_read) {
                let fault = Fault::new(self.file, gate.line, "no point has these values");
                self.faults.push(fault.at("gates.where"));
            }
        }
        gates
    }

    /// The gates as they are written, wherever they are read.
    pub fn all_gates(&mut self, top: &Section<'_>) -> Vec<Gate> {
        let Some(item) = top.table.get("gates") else {
            return Vec::new();
        };
        let source = Source {
            file: self.file,
            text: self.text,
            reads: Reads::Sweep {
                decimals: self.draft.config.protocol.supply.decimals,
            },
        };
        gates::parse(item, &source).unwrap_or_else(|faults| {
            self.faults.extend(faults);
            Vec::new()
        })
    }

    fn points_refused(&self, plan: &Plan, settings: &[Setting], layout: &Layout) -> Vec<Fault> {
        let line = |point: &Point, path: &str| layout.line(plan.design, point, path);
        Check {
            plan,
            file: self.file,
            settings,
            line: &line,
        }
        .faults()
    }
}
