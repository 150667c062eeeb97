//! How often each point is run: `seeds` and `[until]`.

use toml_edit::{Item, TableLike, Value};
use units::{Quantity, Ratio};

use super::Until;
use super::header::fraction;
use super::reader::{Reader, Section};
use crate::scenario::Overrides;

/// Most replications of a point.
const REPLICATIONS_MAX: u64 = 100_000;

impl Reader<'_> {
    /// The seeds of the replications; with `until` as many as it may take.
    pub fn seeds(
        &mut self,
        top: &Section<'_>,
        until: Option<&Until>,
        overrides: &Overrides,
    ) -> Option<Vec<u64>> {
        match top.table.get("seeds") {
            None => {
                self.missing(top, "seeds", "write seeds = { first = 1, count = 8 }");
                None
            }
            Some(Item::Value(Value::Array(array))) => {
                let seed =
                    |value: &Value| value.as_integer().and_then(|seed| u64::try_from(seed).ok());
                let seeds: Option<Vec<_>> = array.iter().map(seed).collect();
                self.listed_seeds(top, seeds.unwrap_or_default(), until, overrides)
            }
            Some(item) => match item.as_table_like() {
                Some(table) => self.counted_seeds(top, table, until, overrides),
                None => {
                    let fault = self.fault(top, "seeds", "expected a table or an array");
                    self.faults
                        .push(fault.hint("write seeds = { first = 1, count = 8 }"));
                    None
                }
            },
        }
    }

    fn listed_seeds(
        &mut self,
        top: &Section<'_>,
        seeds: Vec<u64>,
        until: Option<&Until>,
        overrides: &Overrides,
    ) -> Option<Vec<u64>> {
        let mut sorted = seeds.clone();
        sorted.sort_unstable();
        let message = if seeds.is_empty() {
            "not a list of whole numbers from 0".to_owned()
        } else if let Some(twins) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            format!("{} comes twice: the same run, counted as two", twins[0])
        } else if overrides.seed.is_some() {
            "a list of seeds, and --seed says where others begin".to_owned()
        } else if let Some(until) = until.filter(|until| seeds.len() < until.max as usize) {
            format!("{} seeds, but until.max is {}", seeds.len(), until.max)
        } else {
            return Some(seeds);
        };
        let fault = self.fault(top, "seeds", message);
        self.faults.push(fault);
        None
    }

    fn counted_seeds(
        &mut self,
        top: &Section<'_>,
        table: &dyn TableLike,
        until: Option<&Until>,
        overrides: &Overrides,
    ) -> Option<Vec<u64>> {
        let line = self.line_of(top, "seeds");
        let section = Section {
            table,
            name: "seeds",
            line,
        };
        self.refuse_unknown(&section, &["first", "count"]);
        let highest = i64::MAX as u64 - REPLICATIONS_MAX;
        let first = match table.contains_key("first") {
            true => self.whole(&section, "first", 0..=highest),
            false => Some(1),
        };
        let most = until.map_or(REPLICATIONS_MAX, |until| until.max.into());
        let count = match (table.contains_key("count"), until) {
            (true, _) => self.whole(&section, "count", 1..=most),
            (false, Some(until)) => Some(until.max.into()),
            (false, None) => {
                self.missing(&section, "count", "how many replications: write count = 8");
                None
            }
        };
        let (first, count) = (overrides.seed.or(first)?, count?);
        let count = until.map_or(count, |until| until.max.into());
        Some((0..count).map(|at| first.saturating_add(at)).collect())
    }

    /// `[until]`; nothing where the file has none.
    pub fn until(&mut self, top: &Section<'_>) -> Option<Until> {
        let item = top.table.get("until")?;
        let Some(table) = item.as_table_like() else {
            let fault = self.fault(top, "until", "expected a table");
            self.faults.push(fault);
            return None;
        };
        let section = Section {
            table,
            name: "until",
            line: self.line_of(top, "until"),
        };
        self.refuse_unknown(&section, &["metric", "half_width", "max", "batch"]);
        for (key, hint) in [
            (
                "metric",
                "whose interval: write metric = \"providers.return_median\"",
            ),
            (
                "half_width",
                "how narrow: write half_width = \"0.5 %\", or a number",
            ),
            ("max", "most replications: write max = 64"),
            ("batch", "replications between two looks: write batch = 8"),
        ] {
            if !table.contains_key(key) {
                self.missing(&section, key, hint);
            }
        }
        let metric = self.string(&section, "metric");
        let line = self.line_of(&section, "metric");
        let metric = metric.filter(|name| self.is_metric(name, line, "until.metric"));
        let half_width = self.half_width(&section);
        let max = self.whole(&section, "max", 2..=REPLICATIONS_MAX);
        let batch = self.whole(&section, "batch", 2..=max.unwrap_or(REPLICATIONS_MAX));
        Some(Until {
            metric: metric?,
            half_width: half_width?,
            max: u32::try_from(max?).ok()?,
            batch: u32::try_from(batch?).ok()?,
        })
    }

    fn half_width(&mut self, section: &Section<'_>) -> Option<f64> {
        let found = match section.table.get("half_width")? {
            Item::Value(Value::Integer(value)) => Some(*value.value() as f64),
            Item::Value(Value::Float(value)) => Some(*value.value()),
            Item::Value(Value::String(text)) => Ratio::parse(text.value()).ok().map(fraction),
            _ => None,
        };
        let found = found.filter(|width| width.is_finite() && *width > 0.0);
        if found.is_none() {
            let fault = self.fault(section, "half_width", "not a width");
            let legal = "a number above 0 in the metric's unit, or a string such as \"0.5 %\"";
            self.faults.push(fault.legal(Some(legal.to_owned())));
        }
        found
    }
}
