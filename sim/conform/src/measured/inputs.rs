//! The inputs of one row, without those that are its answer.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::fault::did_you_mean;
use super::hardware::{Machine, machine, machines};

/// Inputs of published rows that say something about them. Those that an evaluation does not read are no fault.
const KNOWN: [&str; 45] = [
    "H",
    "activation_checkpointing",
    "batch",
    "bytes_per_param",
    "days",
    "density",
    "dp",
    "events",
    "gpu",
    "gpu_hours",
    "gpus",
    "grad_accum",
    "heads",
    "hidden",
    "index_bits",
    "inner_s",
    "interleave",
    "iter_s",
    "layers",
    "method",
    "mfu",
    "microbatch",
    "model",
    "nodes",
    "params",
    "params_B",
    "pp",
    "precision",
    "pue",
    "recompute",
    "rf_per_1000_node_days",
    "run",
    "scheme",
    "seq",
    "sharding",
    "size_TB",
    "sync_s",
    "tdp_W",
    "tflops",
    "tokens",
    "tp",
    "usd_h",
    "value_bits",
    "vocab",
    "write_s",
];

/// Inputs that are the answer to a metric, or the answer in other words.
pub(super) fn answers(metric: &str) -> &'static [&'static str] {
    match metric {
        "iter_s" | "hardware_tflops_per_gpu" | "tokens_per_s_per_gpu" => &[
            "iter_s",
            "step_s",
            "tflops",
            "hardware_tflops_per_gpu",
            "tokens_per_s",
            "tokens_per_s_per_gpu",
            "mfu",
            "mfu_pct",
            "hfu",
            "days",
        ],
        "full/selective" => &["full/selective", "iter_s", "full_s", "selective_s", "ratio"],
        "mfu_pct" => &["mfu_pct", "mfu", "hfu", "tflops"],
        "parameters_B" => &["parameters_B", "params_B", "params"],
        "days" => &["days"],
        "gpu_hours" => &["gpu_hours", "days"],
        "MWh" => &["MWh", "kWh"],
        "compute_util_pct" => &["compute_util_pct", "utilisation"],
        "compression vs fp32" => &["compression", "compression vs fp32"],
        "mttf_h" | "mtbf_h" => &["mttf_h", "mtbf_h"],
        "checkpoint_TB" => &["checkpoint_TB", "size_TB"],
        "write GB/s" => &["write GB/s", "write_GB_s"],
        "usd" => &["usd", "cost_usd"],
        _ => &[],
    }
}

/// What an evaluation may read of a row.
pub(super) struct Inputs<'a> {
    all: &'a Map<String, Value>,
    hidden: &'static [&'static str],
    read: RefCell<BTreeSet<&'a str>>,
}

impl<'a> Inputs<'a> {
    /// The inputs of a row whose answer is this metric.
    pub fn new(all: &'a Map<String, Value>, metric: &str) -> Inputs<'a> {
        Inputs {
            all,
            hidden: answers(metric),
            read: RefCell::new(BTreeSet::new()),
        }
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        if self.hidden.contains(&name) {
            return None;
        }
        let (name, value) = self.all.get_key_value(name)?;
        self.read.borrow_mut().insert(name);
        Some(value)
    }

    /// A finite number that is not negative, where it is given.
    pub fn optional(&self, name: &str) -> Result<Option<f64>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_f64() {
                Some(number) if number.is_finite() && number >= 0.0 => Ok(Some(number)),
                _ => Err(format!("input {name}: `{value}`: a number from 0")),
            },
        }
    }

    /// A number that has to be given.
    pub fn number(&self, name: &str) -> Result<f64, String> {
        self.optional(name)?.ok_or_else(|| self.missing(name))
    }

    /// A count of at least 1, where it is given.
    pub fn optional_count(&self, name: &str) -> Result<Option<u32>, String> {
        let Some(number) = self.optional(name)? else {
            return Ok(None);
        };
        let is_count =
            number >= 1.0 && number <= f64::from(u32::MAX) && libm::rint(number) == number;
        if is_count {
            Ok(Some(number as u32))
        } else {
            Err(format!(
                "input {name}: `{number}`: a whole number from 1 to {}",
                u32::MAX
            ))
        }
    }

    /// A count that has to be given.
    pub fn count(&self, name: &str) -> Result<u32, String> {
        self.optional_count(name)?.ok_or_else(|| self.missing(name))
    }

    /// A text, where it is given.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.value(name)?.as_str()
    }

    /// Yes or no, where it is given.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.as_bool() {
                Some(flag) => Ok(Some(flag)),
                None => Err(format!("input {name}: `{value}`: true or false")),
            },
        }
    }

    /// The machine that the input `gpu` names.
    pub fn machine(&self) -> Result<&'static Machine, String> {
        let name = self.text("gpu").ok_or_else(|| self.missing("gpu"))?;
        machine(name).ok_or_else(|| {
            let known: Vec<&str> = machines().iter().map(|machine| machine.name).collect();
            let hint = did_you_mean(name, known.iter().copied());
            format!(
                "input gpu: unknown `{name}`: one of {}{hint}",
                known.join(", ")
            )
        })
    }

    /// Inputs that no evaluation knows, as a note; nothing when there are none.
    pub fn unknown(&self) -> Option<String> {
        let read = self.read.borrow();
        let unknown: Vec<String> = self
            .all
            .keys()
            .filter(|name| {
                let name = name.as_str();
                !read.contains(name) && !KNOWN.contains(&name) && !self.hidden.contains(&name)
            })
            .map(|name| {
                format!(
                    "input `{name}` is unknown and was not used{}",
                    did_you_mean(name, KNOWN)
                )
            })
            .collect();
        (!unknown.is_empty()).then(|| unknown.join(", "))
    }

    fn missing(&self, name: &str) -> String {
        if self.hidden.contains(&name) {
            return format!("input {name} is the answer and is not read");
        }
        let given = self.all.keys().map(String::as_str);
        format!("input {name} is missing{}", did_you_mean(name, given))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(text: &str) -> Map<String, Value> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn an_input_that_is_the_answer_cannot_be_read() {
        let all = inputs(r#"{"iter_s": 1.5, "batch": 8}"#);
        assert!(Inputs::new(&all, "iter_s").number("iter_s").is_err());
        assert_eq!(Inputs::new(&all, "mfu_pct").number("iter_s"), Ok(1.5));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named_with_a_hint() {
        let all = inputs(r#"{"micro_batch": 2, "gpus": 0}"#);
        let inputs = Inputs::new(&all, "iter_s");
        assert!(
            inputs
                .count("microbatch")
                .unwrap_err()
                .contains("did you mean `micro_batch`?")
        );
        assert!(
            inputs
                .count("gpus")
                .unwrap_err()
                .contains("a whole number from 1")
        );
        assert!(
            inputs
                .unknown()
                .unwrap()
                .contains("`micro_batch` is unknown")
        );
    }
}
