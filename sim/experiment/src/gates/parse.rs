//! Gates from the array of tables `[[gates]]` of a scenario or of a sweep file. All faults are told at once.

use toml_edit::{Item, TableLike, Value};

use super::gate::Gate;
use super::reader::Reader;
use crate::metrics::{self, Metric};
use crate::parameters;
use crate::scenario::{Fault, Lines};
use crate::statistics::Stat;

/// What the gates of a file are read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// One run of a scenario: no baseline, no points.
    OneRun,
    /// The points of a sweep.
    Sweep {
        /// Decimal places of the coin, for amounts under `where`.
        decimals: u8,
    },
}

/// The file that gates stand in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its name for people.
    pub file: &'a str,
    /// Its text: spans of the item point into it.
    pub text: &'a str,
    /// What its gates are read on.
    pub reads: Reads,
}

const KEYS: [&str; 9] = [
    "metric",
    "stat",
    "op",
    "value",
    "why",
    "baseline",
    "margin",
    "margin_relative",
    "where",
];

/// The statistics that there are, for people.
pub const STATS: &str =
    "mean, median, p01 to p99, min, max, prob_below(x), prob_above(x) with x in the metric's unit";

/// Reads all gates of an item.
///
/// # Errors
/// Every fault of every gate.
pub fn parse(item: &Item, source: &Source<'_>) -> Result<Vec<Gate>, Vec<Fault>> {
    let mut tables: Vec<&dyn TableLike> = Vec::new();
    let mut starts = Vec::new();
    let start_of = |span: Option<std::ops::Range<usize>>| span.map_or(0, |span| span.start);
    let lines = Lines::of(source.text);
    match item {
        Item::ArrayOfTables(array) => {
            for table in array {
                starts.push(start_of(table.span()));
                tables.push(table);
            }
        }
        Item::Value(Value::Array(array)) if array.iter().all(Value::is_inline_table) => {
            for table in array.iter().filter_map(Value::as_inline_table) {
                starts.push(start_of(table.span()));
                tables.push(table);
            }
        }
        other => {
            let line = lines.number(start_of(other.span()));
            let fault = Fault::new(source.file, line, "expected an array of tables")
                .at("gates")
                .hint("begin each gate with a line [[gates]]");
            return Err(vec![fault]);
        }
    }
    let (mut gates, mut faults) = (Vec::new(), Vec::new());
    for (table, start) in tables.into_iter().zip(starts) {
        let mut reader = Reader {
            table,
            line: lines.number(start),
            lines: &lines,
            source,
            faults: Vec::new(),
        };
        let gate = reader.gate();
        match gate {
            Some(gate) if reader.faults.is_empty() => gates.push(gate),
            _ => faults.append(&mut reader.faults),
        }
    }
    if faults.is_empty() {
        Ok(gates)
    } else {
        Err(faults)
    }
}

impl Reader<'_> {
    /// The gate, where enough of it is readable. It counts only if no fault was told.
    fn gate(&mut self) -> Option<Gate> {
        self.refuse_unknown_keys();
        let metric = self.metric();
        let stat = self.stat();
        let why = self.text("why").unwrap_or_default();
        let settings = self.settings();
        let is_relative = self.table.contains_key("baseline");
        for key in ["margin", "margin_relative"] {
            if !is_relative && self.table.contains_key(key) {
                let fault = self.fault(key, "a margin without a baseline");
                self.faults
                    .push(fault.hint("write baseline = \"FOLDER\", or value instead of margin"));
            }
        }
        let (op, bound, relative) = match is_relative {
            true => self.relative(metric?, stat?)?,
            false => {
                let (op, bound) = (self.op(), self.value(metric, stat));
                (op?, bound?, None)
            }
        };
        let metric = metric?;
        Some(Gate {
            metric: metric.name,
            unit: metric.unit,
            stat: stat?,
            op,
            value: bound.value,
            is_percent: bound.is_percent,
            why,
            relative,
            settings,
            file: self.source.file.to_owned(),
            line: self.line,
        })
    }

    fn refuse_unknown_keys(&mut self) {
        for (key, _) in self.table.iter() {
            if !KEYS.contains(&key) {
                let fault = self.fault(key, "unknown key");
                self.faults
                    .push(match parameters::nearest(key, KEYS.into_iter()) {
                        Some(near) => fault.hint(format!("did you mean {near}?")),
                        None => fault.legal(Some(KEYS.join(", "))),
                    });
            }
        }
    }

    fn metric(&mut self) -> Option<Metric> {
        let name = self.required_text("metric", "write metric = \"providers.return_median\"")?;
        let all = metrics::all();
        if let Some(metric) = all.iter().find(|metric| metric.name == name) {
            return Some(*metric);
        }
        let fault = self.fault("metric", "unknown metric");
        let near = parameters::nearest(&name, all.iter().map(|metric| metric.name));
        self.faults.push(match near {
            Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
            None => fault.hint("stakesim show metrics lists all metrics"),
        });
        None
    }

    fn stat(&mut self) -> Option<Stat> {
        if !self.table.contains_key("stat") {
            return Some(Stat::Mean);
        }
        let text = self.text("stat")?;
        let stat = Stat::parse(&text);
        if stat.is_none() {
            let fault = self.fault("stat", "unknown statistic");
            self.faults.push(fault.legal(Some(STATS.to_owned())));
        }
        stat
    }
}
