//! Software stacks that measurements were made with, and what is declared about each group where its source is silent.

use serde::Serialize;
use training::{Recompute, ZeroStage};

/// Software and cluster of a set of measurements: what one calibration stands for, with the kind of GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stack {
    /// vTrain's one-node measurements.
    VtrainSingle,
    /// vTrain's measurements on many nodes.
    VtrainMulti,
    /// Megatron-LM as its authors and MegaScale's ran it.
    Megatron,
    /// MosaicML's llm-foundry: fully sharded, fused attention.
    Mosaic,
}

impl Stack {
    /// Every stack.
    pub const ALL: [Stack; 4] = [
        Stack::VtrainSingle,
        Stack::VtrainMulti,
        Stack::Megatron,
        Stack::Mosaic,
    ];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stack::VtrainSingle => "vtrain_single",
            Stack::VtrainMulti => "vtrain_multi",
            Stack::Megatron => "megatron",
            Stack::Mosaic => "mosaic",
        }
    }

    /// The stack whose name this is.
    #[must_use]
    pub fn named(name: &str) -> Option<Stack> {
        Stack::ALL.into_iter().find(|stack| stack.name() == name)
    }

    /// The stack behind a group of rows that are timed; nothing for groups of identities.
    #[must_use]
    pub fn of_group(group: &str) -> Option<Stack> {
        match group {
            "vtrain_single" => Some(Stack::VtrainSingle),
            "vtrain_multi" => Some(Stack::VtrainMulti),
            "throughput" | "iteration" | "ratio" => Some(Stack::Megatron),
            "mosaic" => Some(Stack::Mosaic),
            _ => None,
        }
    }
}

/// What is taken for a group where a row does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub recompute: Recompute,
    pub sequence_parallel: bool,
    pub micro_batch: Option<u32>,
    pub zero: ZeroStage,
}

/// One choice for each group.
pub(super) fn declared(group: &str) -> Declared {
    let full = Declared {
        recompute: Recompute::Full,
        sequence_parallel: false,
        micro_batch: None,
        zero: ZeroStage::Zero,
    };
    match group {
        // vTrain does not say what was recomputed. Its 175-billion-parameter rows with six sequences a micro-batch fit 80 GB only with
        // all of it, so all rows of the stack are taken to.
        "vtrain_single" | "vtrain_multi" => full,
        // Narayanan et al. state full recomputation and choose micro-batches per model; one sequence is what their largest took.
        "throughput" => Declared {
            micro_batch: Some(1),
            ..full
        },
        // MegaScale does not state its baseline's recomputation; selective is Megatron-LM's advice since Korthikanti et al.
        "iteration" | "ratio" => Declared {
            recompute: Recompute::Selective,
            sequence_parallel: true,
            micro_batch: Some(1),
            ..full
        },
        _ => Declared {
            recompute: Recompute::None,
            zero: ZeroStage::Three,
            ..full
        },
    }
}
