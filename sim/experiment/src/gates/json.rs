//! `gates.json`: verdicts for machines, with full numbers.

use serde::Serialize;

use super::rule::{Ruling, Verdict, interval_level};
use super::verdicts::Verdicts;

/// Number of the schema of `gates.json` written by this version.
pub const GATES_SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    name: &'a str,
    confidence: f64,
    /// Level of the intervals: each end alone has the confidence above.
    interval_level: f64,
    is_green: bool,
    gates: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    verdict: Verdict,
    metric: &'a str,
    unit: &'a str,
    stat: String,
    op: &'a str,
    bound: f64,
    why: &'a str,
    baseline: Option<&'a str>,
    point: Option<usize>,
    at: Option<&'a str>,
    runs: usize,
    /// `null` where it cannot be measured.
    estimate: f64,
    low: Option<f64>,
    high: Option<f64>,
    /// Whether the verdict speaks of other seeds too, or only of the runs observed.
    is_inference: bool,
    p_adjusted: Option<f64>,
    reason: &'a str,
}

impl Verdicts {
    /// The document, ending in a newline.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            schema: GATES_SCHEMA,
            name: &self.name,
            confidence: self.confidence,
            interval_level: interval_level(self.confidence),
            is_green: self.is_green(),
            gates: self.rulings.iter().map(|ruling| self.row(ruling)).collect(),
        };
        serde_json::to_string_pretty(&document).expect("our values have plain keys") + "\n"
    }

    fn row<'a>(&'a self, ruling: &'a Ruling) -> Row<'a> {
        let (gate, evidence) = (&ruling.gate, &ruling.evidence);
        Row {
            verdict: ruling.verdict,
            metric: gate.metric,
            unit: gate.unit,
            stat: gate.stat.name(),
            op: gate.op.sign(),
            bound: ruling.bound,
            why: &gate.why,
            baseline: gate.relative.as_ref().map(|it| it.baseline.as_str()),
            point: ruling.point,
            at: ruling.point.map(|_| self.point(ruling)),
            runs: evidence.n,
            estimate: evidence.estimate,
            low: evidence.interval.as_ref().map(|it| it.low),
            high: evidence.interval.as_ref().map(|it| it.high),
            is_inference: evidence.is_inference,
            p_adjusted: ruling.p_adjusted,
            reason: &ruling.reason,
        }
    }
}
