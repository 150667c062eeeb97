//! The range of a sweep's only factor, and the values along it.

use toml_edit::{Document, Item, TableLike, Value};

use super::Plan;
use super::bisection::WHOLE;
use super::cliff::CliffError;
use crate::parameters::{Draft, Fraction, Parameter, find};

/// A factor with the two ends between which a cliff is looked for.
#[derive(Clone, Debug)]
pub struct FactorRange {
    /// Path of the factor.
    pub factor: String,
    /// Low end, in canonical spelling.
    pub low: String,
    /// High end.
    pub high: String,
    /// Whether equal quotients count as equal steps.
    pub is_log: bool,
    parameter: &'static Parameter,
    draft: Draft,
}

impl FactorRange {
    /// The range of a plan's factor. How many steps a design takes on it does not matter here.
    ///
    /// # Errors
    /// When there is another number of factors than one, when it lists its values, when there is no gate, or one that is read at
    /// some values only; and the faults of the base scenario.
    pub fn of(plan: &Plan) -> Result<Self, CliffError> {
        let refused = |message: &str| Err(CliffError::Plan(message.to_owned()));
        let [factor] = &plan.factors[..] else {
            let message = format!(
                "a cliff has one factor, and the file has {}",
                plan.factors.len()
            );
            return refused(&format!(
                "{message}\n  hint: hold the others still under [set]"
            ));
        };
        if plan.gates.is_empty() {
            return refused("the file has no gate\n  hint: begin one with a line [[gates]]");
        }
        if let Some(gate) = plan.gates.iter().find(|gate| !gate.settings.is_empty()) {
            let message = format!(
                "{}:{}: the gate is read at some values only",
                gate.file, gate.line
            );
            return refused(&message);
        }
        let ends = ends(&plan.text).zip(find(factor));
        let Some(((low, high, is_log), parameter)) = ends else {
            return refused("the factor lists its values\n  hint: write low = ..., high = ...");
        };
        let base = plan.base_scenario().map_err(CliffError::Faults)?;
        let mut draft = Draft::blank();
        draft.config.protocol.supply.decimals = base.inputs.config.protocol.supply.decimals;
        let mut range = Self {
            factor: factor.clone(),
            low,
            high,
            is_log,
            parameter,
            draft,
        };
        (range.low, range.high) = (range.value(0), range.value(WHOLE));
        Ok(range)
    }

    /// Canonical text of the value at a place of the range.
    #[must_use]
    pub fn value(&self, place: u32) -> String {
        let at = Fraction::Step {
            at: place,
            of: WHOLE,
        };
        let value = self.parameter.between(
            &mut self.draft.clone(),
            &self.low,
            &self.high,
            at,
            self.is_log,
        );
        value.expect("the range was tried when it was read")
    }
}

/// Low end, high end and whether the scale is logarithmic, of the first factor of a sweep file that was found legal.
fn ends(text: &str) -> Option<(String, String, bool)> {
    let document = Document::parse(text).ok()?;
    let factor: &dyn TableLike = match document.get("factors")? {
        Item::ArrayOfTables(tables) => tables.get(0)?,
        Item::Value(Value::Array(tables)) => tables.get(0)?.as_inline_table()?,
        _ => return None,
    };
    let written = |key| match factor.get(key)? {
        Item::Value(Value::Integer(count)) => Some(count.value().to_string()),
        other => other.as_str().map(ToOwned::to_owned),
    };
    let is_log = written("scale").is_some_and(|scale| scale == "log");
    Some((written("low")?, written("high")?, is_log))
}
