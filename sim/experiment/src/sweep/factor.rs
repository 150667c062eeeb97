//! One factor of a sweep: a parameter and the values it takes.

use toml_edit::{Item, Value};

use super::Design;
use super::design::POINTS_MAX;
use super::reader::{Reader, Section, refusal};
use crate::parameters::{Draft, Fraction, Parameter, RangeRefused};

/// A parameter that a sweep varies.
#[derive(Clone, Debug)]
pub struct Factor {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Its values.
    pub levels: Levels,
    /// The line it begins in.
    pub line: usize,
}

/// The values of a factor.
#[derive(Clone, Debug)]
pub enum Levels {
    /// These, in canonical spelling.
    Listed(Vec<String>),
    /// All between two, for designs that sample.
    Range {
        /// The smallest.
        low: String,
        /// The largest.
        high: String,
        /// Whether equal quotients count as equal steps.
        is_log: bool,
    },
}

impl Factor {
    /// How many values are listed; none for a range.
    pub fn count(&self) -> usize {
        match &self.levels {
            Levels::Listed(values) => values.len(),
            Levels::Range { .. } => 0,
        }
    }

    /// The value at a place in the list.
    pub fn listed(&self, at: usize) -> &str {
        match &self.levels {
            Levels::Listed(values) => &values[at],
            Levels::Range { low, .. } => low,
        }
    }

    /// The value at a fraction of its range or of its list.
    pub fn at(&self, fraction: Fraction, draft: &mut Draft) -> String {
        match &self.levels {
            Levels::Listed(values) => {
                let at = match fraction {
                    Fraction::Sample(unit) => (unit * values.len() as f64) as usize,
                    Fraction::Step { at, .. } => at as usize,
                };
                values[at.min(values.len() - 1)].clone()
            }
            Levels::Range { low, high, is_log } => self
                .parameter
                .between(draft, low, high, fraction, *is_log)
                .expect("the range was tried when it was read"),
        }
    }
}

/// How a range becomes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// As many as its key `steps` says, which must be there.
    Said,
    /// As many as its key `steps` says, else at most so many: equal ones count once.
    Otherwise(u32),
    /// None: the design samples the range.
    Sampled,
}

impl Steps {
    const fn of(design: Design) -> Self {
        if design.is_sampled() {
            Self::Sampled
        } else {
            Self::Said
        }
    }
}

const KEYS: [&str; 6] = ["path", "values", "low", "high", "steps", "scale"];

impl Reader<'_> {
    /// One table of `[[factors]]`.
    pub fn factor(&mut self, section: &Section<'_>, design: Design) -> Option<Factor> {
        if design.is_for_sensitivity() && section.table.contains_key("values") {
            let message = "this design needs a range: effects are counted over all of it";
            let fault = self.fault(section, "values", message);
            self.faults.push(fault.hint("write low = ..., high = ..."));
            return None;
        }
        self.factor_in(section, Steps::of(design))
    }

    /// One table of `[[factors]]`, whose range becomes values like that.
    pub fn factor_in(&mut self, section: &Section<'_>, steps: Steps) -> Option<Factor> {
        self.refuse_unknown(section, &KEYS);
        if !section.table.contains_key("path") {
            self.missing(section, "path", "write path = \"protocol.price.gain\"");
            return None;
        }
        let path = self.string(section, "path")?;
        let parameter = self.parameter(&path, self.line_of(section, "path"))?;
        let has = |key| section.table.contains_key(key);
        let levels = match (has("values"), has("low") || has("high")) {
            (true, false) => self.listed(section, parameter),
            (false, true) => self.range(section, parameter, steps),
            (is_both, _) => {
                let key = if is_both { "values" } else { "path" };
                let message = "give either values, or low and high";
                let fault = self.fault(section, key, message);
                self.faults
                    .push(fault.hint("write values = [...], or low = ..., high = ..."));
                None
            }
        }?;
        if let Levels::Listed(values) = &levels {
            self.refuse_twins(section, values);
        }
        let line = section.line;
        Some(Factor {
            parameter,
            levels,
            line,
        })
    }

    fn listed(&mut self, section: &Section<'_>, parameter: &Parameter) -> Option<Levels> {
        for key in ["steps", "scale"] {
            if section.table.contains_key(key) {
                let fault = self.fault(section, key, "belongs to low and high, not to values");
                self.faults.push(fault);
            }
        }
        let array = match section.table.get("values") {
            Some(Item::Value(Value::Array(array))) if !array.is_empty() => array,
            _ => {
                let fault = self.fault(section, "values", "expected an array with a value or more");
                let hint = format!("write {}", parameter.access.example());
                self.faults.push(fault.hint(hint));
                return None;
            }
        };
        let values: Vec<_> = array
            .iter()
            .map(|value| self.value(parameter, value, parameter.path, self.line(value.span())))
            .collect();
        values
            .into_iter()
            .collect::<Option<_>>()
            .map(Levels::Listed)
    }

    fn range(
        &mut self,
        section: &Section<'_>,
        parameter: &Parameter,
        asked: Steps,
    ) -> Option<Levels> {
        let scales = [("linear", false), ("log", true)];
        let is_log = self.word(section, "scale", &scales);
        let steps = self.steps(section, asked);
        let (low, high) = (
            self.end(section, "low", parameter),
            self.end(section, "high", parameter),
        );
        let (is_log, steps, low, high) = (is_log?, steps?, low?, high?);
        let at = |at| Fraction::Step { at, of: steps - 1 };
        let mut value = |at| parameter.between(&mut self.draft, &low, &high, at, is_log);
        let tried = match steps {
            0 => value(Fraction::Sample(0.5)).map(|_| Vec::new()),
            steps => (0..steps).map(|step| value(at(step))).collect(),
        };
        match tried {
            Ok(_) if steps == 0 => Some(Levels::Range { low, high, is_log }),
            Ok(mut values) => {
                if !section.table.contains_key("steps") {
                    values.dedup();
                }
                Some(Levels::Listed(values))
            }
            Err(refused) => {
                self.tell_range(section, parameter, refused);
                None
            }
        }
    }

    /// How many values a range stands for; 0 where the design samples it.
    fn steps(&mut self, section: &Section<'_>, asked: Steps) -> Option<u32> {
        let is_given = section.table.contains_key("steps");
        match asked {
            Steps::Sampled if is_given => {
                let fault = self.fault(section, "steps", "this design samples the range");
                self.faults
                    .push(fault.hint("take steps out, or write design = \"grid\""));
                None
            }
            Steps::Sampled => Some(0),
            Steps::Otherwise(steps) if !is_given => Some(steps),
            _ if is_given => {
                let steps = self.whole(section, "steps", 2..=u64::from(POINTS_MAX))?;
                u32::try_from(steps).ok()
            }
            _ => {
                self.missing(
                    section,
                    "steps",
                    "how many values from low to high: write steps = 4",
                );
                None
            }
        }
    }

    fn end(&mut self, section: &Section<'_>, key: &str, parameter: &Parameter) -> Option<String> {
        let Some(item) = section.table.get(key) else {
            self.missing(section, key, "a range has low and high");
            return None;
        };
        let line = self.line_of(section, key);
        match item {
            Item::Value(value) => self.value(parameter, value, parameter.path, line),
            _ => {
                let fault = self.fault(section, key, "expected a value");
                self.faults.push(fault);
                None
            }
        }
    }

    fn tell_range(&mut self, section: &Section<'_>, parameter: &Parameter, refused: RangeRefused) {
        let (key, message) = match refused {
            RangeRefused::Low(why) | RangeRefused::High(why) => {
                let fault = self.fault(section, "low", "");
                self.faults.push(refusal(fault, parameter, why));
                return;
            }
            RangeRefused::NotNumeric => ("low", "it has no range: list its values"),
            RangeRefused::NotRising => ("high", "not above low"),
            RangeRefused::LogOfZero => ("low", "a logarithmic scale begins above zero"),
        };
        let fault = self.fault(section, key, message);
        self.faults.push(fault.legal(parameter.legal()));
    }

    /// Two equal values would run the same points twice and count them as different ones.
    fn refuse_twins(&mut self, section: &Section<'_>, values: &[String]) {
        let mut sorted: Vec<_> = values.iter().collect();
        sorted.sort_unstable();
        if let Some(twins) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            let (key, message) = match section.table.contains_key("steps") {
                true => (
                    "steps",
                    format!("more steps than values: {} comes twice", twins[0]),
                ),
                false => ("values", format!("{} comes twice", twins[0])),
            };
            let fault = self.fault(section, key, message);
            self.faults.push(fault);
        }
    }
}
