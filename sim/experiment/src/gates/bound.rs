//! The bound of a gate: an op with a value, or a margin to a baseline.

use super::gate::{Op, Relative};
use super::parse::Reads;
use super::reader::{Number, Reader};
use crate::metrics::Metric;
use crate::results::Better;
use crate::statistics::Stat;

impl Reader<'_> {
    /// The comparison.
    pub fn op(&mut self) -> Option<Op> {
        let text = self.required_text("op", "write op = \"<=\"")?;
        let op = Op::ALL.into_iter().find(|op| op.sign() == text);
        if op.is_none() {
            let fault = self.fault("op", "unknown comparison");
            self.faults.push(fault.legal(Some("<=, >=, <, >".into())));
        }
        op
    }

    /// The bound of a gate without a baseline.
    pub fn value(&mut self, metric: Option<Metric>, stat: Option<Stat>) -> Option<Number> {
        let is_probability = matches!(stat, Some(Stat::ProbBelow(_) | Stat::ProbAbove(_)));
        let unit = if is_probability {
            ""
        } else {
            metric.map_or("", |metric| metric.unit)
        };
        let number = self.number("value", unit)?;
        if is_probability && !(0.0..=1.0).contains(&number.value) {
            let fault = self.fault("value", "not a probability");
            self.faults.push(fault.legal(Some("from 0 to 1".into())));
            return None;
        }
        Some(number)
    }

    /// Sign, signed margin and baseline of a gate that hangs on another result.
    pub fn relative(
        &mut self,
        metric: Metric,
        stat: Stat,
    ) -> Option<(Op, Number, Option<Relative>)> {
        let before = self.faults.len();
        if self.source.reads == Reads::OneRun {
            let fault = self.fault("baseline", "a single run has nothing to pair with");
            self.faults
                .push(fault.hint("put the gate into a sweep file"));
        }
        for key in ["op", "value"] {
            if self.table.contains_key(key) {
                let fault = self.fault(key, "a gate against a baseline takes none");
                self.faults.push(fault.hint(
                    "write margin; the sign follows from the better direction of the metric",
                ));
            }
        }
        if matches!(stat, Stat::ProbBelow(_) | Stat::ProbAbove(_)) {
            let fault = self.fault("stat", "a margin has no meaning for a probability");
            self.faults
                .push(fault.legal(Some("mean, median, p01 to p99, min, max".into())));
        }
        let is_scaled = self.flag("margin_relative");
        let unit = if is_scaled { "" } else { metric.unit };
        let margin = self.number("margin", unit);
        if margin.is_some_and(|margin| margin.value < 0.0) {
            let fault = self.fault("margin", "negative");
            self.faults.push(fault.legal(Some("0 and more".into())));
        }
        let sign = match metric.better {
            Better::Higher => Some((Op::AtLeast, -1.0)),
            Better::Lower => Some((Op::AtMost, 1.0)),
            Better::Neither => {
                let fault = self.fault("metric", "neither direction of this metric is better");
                self.faults
                    .push(fault.hint("write op and value instead of baseline and margin"));
                None
            }
        };
        let baseline = self.text("baseline")?;
        if self.faults.len() > before {
            return None;
        }
        let ((op, sign), margin) = (sign?, margin?);
        let bound = Number {
            // Adding zero makes a margin of zero read 0, not -0.
            value: sign * margin.value + 0.0,
            ..margin
        };
        let relative = Relative {
            baseline,
            is_scaled,
        };
        Some((op, bound, Some(relative)))
    }
}
