//! The file of constants: one [`Calibration`] for each software stack and kind of GPU, with where each value is from.

use std::collections::{BTreeMap, BTreeSet};

use training::Calibration;
use units::FlopRate;

use super::fault::{Fault, did_you_mean};
use super::hardware::machine;
use super::stack::Stack;

/// The committed constants, and the rows that they were fitted on.
const CONSTANTS: &str = include_str!("../../../../scenarios/data/calibration.csv");
const ROWS: &str = include_str!("../../../../scenarios/data/calibration_rows.csv");

const COLUMNS: [&str; 9] = [
    "stack", "gpu", "constant", "value", "unit", "min", "max", "meaning", "origin",
];

/// The constants of one stack on one kind of GPU.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// Software and cluster.
    pub stack: Stack,
    /// Kind of GPU.
    pub gpu: String,
    /// Its constants.
    pub calibration: Calibration,
    /// Where each constant is from, in the order of [`Calibration::CONSTANTS`].
    pub origins: Vec<String>,
    /// Names of the rows it was fitted on, in the file's order.
    pub fitted: Vec<String>,
}

/// All constants that are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrations {
    all: Vec<Calibrated>,
    fitted: BTreeSet<String>,
}

impl Calibrations {
    /// Puts sets together.
    #[must_use]
    pub fn new(all: Vec<Calibrated>) -> Calibrations {
        let fitted = all
            .iter()
            .flat_map(|set| set.fitted.iter().cloned())
            .collect();
        Calibrations { all, fitted }
    }

    /// The constants that are compiled in. Panics when the committed files are broken, which a test would notice.
    #[must_use]
    pub fn built_in() -> Calibrations {
        match Calibrations::parse(CONSTANTS, ROWS) {
            Ok(calibrations) => calibrations,
            Err(faults) => panic!("the committed constants: {}: a bug", faults[0]),
        }
    }

    /// Every set, in the file's order.
    #[must_use]
    pub fn all(&self) -> &[Calibrated] {
        &self.all
    }

    /// The constants of a stack on a kind of GPU.
    #[must_use]
    pub fn of(&self, stack: Stack, gpu: &str) -> Option<&Calibrated> {
        self.all
            .iter()
            .find(|set| set.stack == stack && set.gpu == gpu)
    }

    /// The constants of a stack on the kind of GPU that is nearest in peak to one it was not measured on, the first of equals.
    #[must_use]
    pub fn nearest(&self, stack: Stack, peak: FlopRate) -> Option<&Calibrated> {
        let distance = |set: &&Calibrated| {
            machine(&set.gpu).map_or(f64::INFINITY, |machine| {
                let known = machine.gpu.peak.flop_per_s() as f64;
                libm::log(peak.flop_per_s() as f64 / known).abs()
            })
        };
        self.all
            .iter()
            .filter(|set| set.stack == stack)
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// Whether a constant was fitted on the row of this name.
    #[must_use]
    pub fn is_fitted(&self, id: &str) -> bool {
        self.fitted.contains(id)
    }

    /// Reads the file of constants and the file of fitted rows.
    ///
    /// # Errors
    /// All faults: unknown names, constants that are missing, stand twice or lie outside their range.
    pub fn parse(constants: &str, rows: &str) -> Result<Calibrations, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut sets = read_constants(constants, &mut faults);
        for (line, record) in records(rows, &["stack", "gpu", "id"], &mut faults) {
            let set = sets
                .iter_mut()
                .find(|set| set.stack.name() == record[0] && set.gpu == record[1]);
            match set {
                Some(set) => set.fitted.push(record[2].clone()),
                None => faults.push(Fault::new(
                    line,
                    "stack",
                    &record[0],
                    "has no constants for this GPU",
                )),
            }
        }
        if faults.is_empty() {
            Ok(Calibrations::new(sets))
        } else {
            Err(faults)
        }
    }

    /// Both files as text: the constants, and the rows that they were fitted on.
    #[must_use]
    pub fn to_csv(&self) -> (String, String) {
        let mut constants = csv::Writer::from_writer(Vec::new());
        let mut rows = csv::Writer::from_writer(Vec::new());
        write(&mut constants, COLUMNS.iter().copied());
        write(&mut rows, ["stack", "gpu", "id"].into_iter());
        for set in &self.all {
            let mut calibration = set.calibration;
            for (constant, origin) in Calibration::CONSTANTS.iter().zip(&set.origins) {
                let [value, min, max] =
                    [*(constant.of)(&mut calibration), constant.min, constant.max]
                        .map(|number| number.to_string());
                write(
                    &mut constants,
                    [
                        set.stack.name(),
                        &set.gpu,
                        constant.name,
                        &value,
                        constant.unit,
                        &min,
                        &max,
                        constant.meaning,
                        origin,
                    ]
                    .into_iter(),
                );
            }
            for id in &set.fitted {
                write(&mut rows, [set.stack.name(), &set.gpu, id].into_iter());
            }
        }
        (text(constants), text(rows))
    }
}

fn write<'a>(file: &mut csv::Writer<Vec<u8>>, record: impl Iterator<Item = &'a str>) {
    file.write_record(record)
        .expect("memory takes every record");
}

fn text(file: csv::Writer<Vec<u8>>) -> String {
    let bytes = file.into_inner().expect("memory takes every record");
    String::from_utf8(bytes).expect("records are text")
}

/// Records of a file with these columns, each with its line.
fn records(text: &str, columns: &[&str], faults: &mut Vec<Fault>) -> Vec<(u64, Vec<String>)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header_is_right = reader
        .headers()
        .is_ok_and(|header| header.iter().eq(columns.iter().copied()));
    if !header_is_right {
        faults.push(Fault::new(
            1,
            "",
            "",
            format!("the columns are {}, in this order", columns.join(", ")),
        ));
        return Vec::new();
    }
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                found.push((line, record.iter().map(str::to_owned).collect()));
            }
            Err(error) => faults.push(Fault::new(
                error.position().map_or(0, csv::Position::line),
                "",
                "",
                error.to_string(),
            )),
        }
    }
    found
}

fn read_constants(text: &str, faults: &mut Vec<Fault>) -> Vec<Calibrated> {
    let names = Calibration::CONSTANTS.map(|constant| constant.name);
    let mut sets: Vec<Calibrated> = Vec::new();
    let mut given: BTreeMap<(Stack, String), BTreeSet<usize>> = BTreeMap::new();
    for (line, record) in records(text, &COLUMNS, faults) {
        let Some(stack) = Stack::named(&record[0]) else {
            let hint = did_you_mean(&record[0], Stack::ALL.map(Stack::name));
            faults.push(Fault::new(
                line,
                "stack",
                &record[0],
                format!("unknown stack{hint}"),
            ));
            continue;
        };
        let Some(at) = names.iter().position(|name| *name == record[2]) else {
            let hint = did_you_mean(&record[2], names);
            faults.push(Fault::new(
                line,
                "constant",
                &record[2],
                format!("unknown constant{hint}"),
            ));
            continue;
        };
        let constant = &Calibration::CONSTANTS[at];
        let legal = format!("a number from {} to {}", constant.min, constant.max);
        let value = record[3].parse::<f64>().ok();
        let Some(value) = value.filter(|value| (constant.min..=constant.max).contains(value))
        else {
            faults.push(Fault::new(line, "value", &record[3], legal));
            continue;
        };
        if !given
            .entry((stack, record[1].clone()))
            .or_default()
            .insert(at)
        {
            faults.push(Fault::new(
                line,
                "constant",
                &record[2],
                "stands twice for this stack and GPU",
            ));
            continue;
        }
        let known = sets
            .iter()
            .position(|set| set.stack == stack && set.gpu == record[1]);
        let index = known.unwrap_or_else(|| {
            sets.push(Calibrated {
                stack,
                gpu: record[1].clone(),
                calibration: Calibration::TUNED,
                origins: vec![String::new(); names.len()],
                fitted: Vec::new(),
            });
            sets.len() - 1
        });
        *(constant.of)(&mut sets[index].calibration) = value;
        sets[index].origins[at].clone_from(&record[8]);
    }
    for ((stack, gpu), present) in &given {
        for (at, name) in names.iter().enumerate() {
            if !present.contains(&at) {
                faults.push(Fault::new(
                    0,
                    "constant",
                    name,
                    format!("missing for stack {} on {gpu}", stack.name()),
                ));
            }
        }
    }
    sets
}
