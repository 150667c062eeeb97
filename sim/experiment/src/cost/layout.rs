//! How a job is spread over its GPUs: a table of degrees, or the wish for the best.

use toml_edit::{Item, Value};
use training::{Layout, LayoutFault, Recompute, ZeroStage};

use super::hardware::Island;
use super::workload::{Training, Workload};
use crate::scenario::Fault;
use crate::sweep::{Reader, Section};

/// Keys of `[parallelism]`.
const KEYS: [&str; 8] = [
    "tensor",
    "pipeline",
    "data",
    "micro_batch",
    "interleave",
    "recompute",
    "sequence_parallel",
    "zero",
];
/// Largest degree.
const DEGREE_MAX: u32 = 1_000_000;
/// What is recomputed, by its word; the first where the key is left out.
pub const RECOMPUTE: [(&str, Recompute); 3] = [
    ("selective", Recompute::Selective),
    ("none", Recompute::None),
    ("full", Recompute::Full),
];

/// How to spread a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parallelism {
    /// The fastest feasible layout, whichever it is.
    Best,
    /// This one. On islands its `data` is filled up by each island's GPUs.
    Given(Layout),
}

impl Reader<'_> {
    /// Reads `parallelism = "best"` or `[parallelism]`.
    pub fn parallelism(
        &mut self,
        top: &Section<'_>,
        workload: Option<&Workload>,
        training: Option<Training>,
        islands: &[Island],
    ) -> Option<Parallelism> {
        let hint = "write parallelism = \"best\", or begin a table with a line [parallelism]";
        if let Some(Item::Value(Value::String(_))) = top.table.get("parallelism") {
            return self.word(top, "parallelism", &[("best", Parallelism::Best)]);
        }
        let section = self.section(top, "parallelism", hint)?;
        self.refuse_unknown(&section, &KEYS);
        let has_data = section.table.contains_key("data");
        let [tensor, pipeline, data, micro_batch, interleave] =
            ["tensor", "pipeline", "data", "micro_batch", "interleave"]
                .map(|key| self.count_or(&section, key, DEGREE_MAX, 1));
        let recompute = self.word(&section, "recompute", &RECOMPUTE);
        let sequence_parallel = self.truth_or(&section, "sequence_parallel", false);
        let zero = match section.table.contains_key("zero") {
            true => self.whole(&section, "zero", 0..=3),
            false => Some(0),
        };
        let layout = Layout {
            tensor: tensor?,
            pipeline: pipeline?,
            data: data?,
            micro_batch: micro_batch?,
            interleave: interleave?,
            recompute: recompute?,
            sequence_parallel: sequence_parallel?,
            zero: ZERO[zero? as usize],
        };
        let (workload, training) = (workload?, training?);
        let mut filled = None;
        for island in islands {
            let layout = match has_data {
                true => Some(layout),
                false => self.fill(&section, layout, island),
            };
            let layout = layout?;
            self.check_layout(&section, &layout, island, workload, training)?;
            filled = filled.or(Some(layout));
        }
        filled.map(Parallelism::Given)
    }

    /// As many replicas as the GPUs make.
    fn fill(&mut self, section: &Section<'_>, layout: Layout, island: &Island) -> Option<Layout> {
        let filled = with_replicas(layout, island.gpus);
        if filled.is_none() {
            let message = format!(
                "{} GPUs are no multiple of tensor times pipeline",
                island.gpus
            );
            let fault = self.fault(section, "tensor", message);
            self.faults.push(fault);
        }
        filled
    }

    fn check_layout(
        &mut self,
        section: &Section<'_>,
        layout: &Layout,
        island: &Island,
        workload: &Workload,
        training: Training,
    ) -> Option<()> {
        if layout.gpus() != u64::from(island.gpus) {
            let message = format!(
                "tensor times pipeline times data is {}, and there are {} GPUs",
                layout.gpus(),
                island.gpus
            );
            let fault = Fault::new(self.file, section.line, message).at(section.name);
            self.faults
                .push(fault.hint("leave out data, and it is what the GPUs make"));
            return None;
        }
        let Err(fault) = layout.check(&workload.shape, training.batch) else {
            return Some(());
        };
        let key = match fault {
            LayoutFault::UnevenPipeline => "pipeline",
            LayoutFault::UnevenBatch => "micro_batch",
            _ => "tensor",
        };
        let fault = self.fault(section, key, fault.to_string());
        self.faults.push(fault);
        None
    }
}

/// The layout with as many replicas as so many GPUs make; nothing where they do not divide.
pub fn with_replicas(layout: Layout, gpus: u32) -> Option<Layout> {
    let per_replica = layout.tensor.checked_mul(layout.pipeline)?;
    let data = gpus / per_replica;
    (data > 0 && gpus.is_multiple_of(per_replica)).then_some(Layout { data, ..layout })
}

/// The stages of sharding by their number.
pub const ZERO: [ZeroStage; 4] = [
    ZeroStage::Zero,
    ZeroStage::One,
    ZeroStage::Two,
    ZeroStage::Three,
];
