//! The sets of constants in the order in which they are fitted, with their starts and what is free.
//!
//! A start is what a constant should be before any row is looked at; how firmly the fit holds on to it is the stage's stiffness.

use training::Calibration;

use super::super::calibrations::Calibrated;
use super::super::stack::Stack;

/// One set of constants to fit.
pub(super) struct Stage {
    pub stack: Stack,
    pub gpu: &'static str,
    /// The group whose rows are fitted on.
    pub group: &'static str,
    /// The set that its other constants are taken from, where that is an earlier one.
    pub after: Option<Stack>,
    /// What is declared: its start, on top of the set before.
    pub declare: fn(Calibration) -> Calibration,
    /// Names of the declared constants, apart from the free ones.
    pub declared: &'static [&'static str],
    /// Names of the fitted constants.
    pub free: &'static [&'static str],
    pub stiffness: f64,
}

/// Before any measurement: plain kernels at seven tenths of the peak, half of every link.
const UNMEASURED: Calibration = Calibration {
    matmul: 0.7,
    narrow_half: 50.0,
    attention: 0.5,
    activation_traffic: 60.0,
    // Counted over the unfused kernels of one score, forward 13 and backward 19: product, scaled masked softmax, dropout.
    attention_traffic: 32.0,
    logit_traffic: 40.0,
    optimiser_traffic: 40.0,
    launch_s: 2e-3,
    tensor_launch_s: 1e-4,
    launch_overlap: 2.0,
    pass_s: 1e-3,
    step_s: 5e-3,
    intra: 0.5,
    inter: 0.5,
    // Gradients are summed after the last backward pass.
    data_overlap: 0.0,
    gradient_bytes: 2.0,
};

/// Everything fused, gathered ahead, and launched from a graph or nearly so.
fn fully_sharded(_: Calibration) -> Calibration {
    Calibration {
        matmul: 0.6,
        attention: 0.4,
        attention_traffic: 0.0,
        launch_s: 5e-4,
        data_overlap: 0.4,
        ..UNMEASURED
    }
}

const FULLY_SHARDED_FREE: &[&str] = &[
    "matmul",
    "attention",
    "activation_traffic",
    "logit_traffic",
    "data_overlap",
];

const fn fully_sharded_on(gpu: &'static str) -> Stage {
    Stage {
        stack: Stack::Mosaic,
        gpu,
        group: "mosaic",
        after: None,
        declare: fully_sharded,
        declared: &[],
        free: FULLY_SHARDED_FREE,
        stiffness: 0.1,
    }
}

/// In order.
pub(super) const STAGES: [Stage; 6] = [
    Stage {
        stack: Stack::VtrainSingle,
        gpu: "A100 SXM 80GB",
        group: "vtrain_single",
        after: None,
        declare: |_| UNMEASURED,
        declared: &[],
        free: &[
            "matmul",
            "narrow_half",
            "attention",
            "activation_traffic",
            "logit_traffic",
            "optimiser_traffic",
            "launch_s",
            "tensor_launch_s",
            "launch_overlap",
            "pass_s",
            "step_s",
            "intra",
        ],
        stiffness: 0.2,
    },
    // The same software on other machines: only the links differ.
    Stage {
        stack: Stack::VtrainMulti,
        gpu: "A100 SXM 80GB",
        group: "vtrain_multi",
        after: Some(Stack::VtrainSingle),
        declare: |single| single,
        declared: &[],
        free: &["intra", "inter"],
        stiffness: 0.2,
    },
    // The same kernels, tuned: their launches hidden, gradients summed in 4 bytes.
    Stage {
        stack: Stack::Megatron,
        gpu: "A100 SXM 80GB",
        group: "iteration",
        after: Some(Stack::VtrainSingle),
        declare: |single| Calibration {
            launch_s: 5e-4,
            tensor_launch_s: 0.0,
            pass_s: 0.0,
            step_s: 1e-3,
            inter: 0.6,
            gradient_bytes: 4.0,
            ..single
        },
        declared: &[
            "launch_s",
            "tensor_launch_s",
            "pass_s",
            "step_s",
            "inter",
            "gradient_bytes",
        ],
        free: &["matmul"],
        stiffness: 0.2,
    },
    fully_sharded_on("A100 SXM 80GB"),
    fully_sharded_on("A100 SXM 40GB"),
    fully_sharded_on("H100 SXM"),
];

impl Stage {
    /// The constants to begin with.
    pub fn start(&self, sets: &[Calibrated]) -> Calibration {
        let before = sets.iter().find(|set| Some(set.stack) == self.after);
        (self.declare)(before.map_or(UNMEASURED, |set| set.calibration))
    }

    /// Places of the fitted constants in [`Calibration::CONSTANTS`].
    pub fn free_constants(&self) -> impl Iterator<Item = usize> {
        let is_free = |name| self.free.contains(&name);
        (0..Calibration::CONSTANTS.len())
            .filter(move |at| is_free(Calibration::CONSTANTS[*at].name))
    }

    /// Where each constant is from, in words.
    pub fn origins(&self, rows: usize) -> Vec<String> {
        Calibration::CONSTANTS
            .iter()
            .map(|constant| match self.after {
                _ if self.free.contains(&constant.name) => {
                    format!("fitted on {rows} rows of {}", self.group)
                }
                Some(before) if !self.declared.contains(&constant.name) => {
                    format!("as {}", before.name())
                }
                _ => "declared".to_owned(),
            })
            .collect()
    }
}
