//! What a job costs: the document that is printed.

use serde::Serialize;
use training::{
    Checkpointing, Draw, Layout, MemoryPerGpu, Recompute, capital_rate, checkpoint_size,
    memory_per_gpu, run_cost, run_energy,
};
use units::{Ratio, Span};

use super::best::{Timed, best};
use super::hardware::Island;
use super::layout::{RECOMPUTE, with_replicas};
use super::{Assumed, COST_SCHEMA, Job, LocalSgd, Overlap, Parallelism, Uneven};

/// How many of the fastest layouts are told.
const CANDIDATES: usize = 8;

/// Everything that is told of a job.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Number of the schema.
    pub schema: u32,
    /// Version of the program.
    pub version: &'static str,
    /// Name of the job.
    pub name: String,
    /// Name of the workload.
    pub workload: String,
    /// Parameters.
    pub params: u64,
    /// Model operations of a training token, in FLOP.
    pub flop_per_token: f64,
    /// Training tokens of the whole run.
    pub training_tokens: u64,
    /// GPUs in use.
    pub gpus: u64,
    /// Each kind of island; one where everything is on one fabric.
    pub groups: Vec<Group>,
    /// The exchange between islands.
    pub round: Option<Round>,
    /// Training tokens a second while nothing fails.
    pub tokens_per_s: f64,
    /// Model operations over peak.
    pub mfu: f64,
    /// The same with recomputed operations counted.
    pub hfu: f64,
    /// Whether it fits the memory everywhere.
    pub fits: bool,
    /// Checkpoints and failures.
    pub checkpoint: Checkpoint,
    /// Days from the first step to the last, failures and checkpoints included.
    pub days: f64,
    /// Hours that GPUs are held.
    pub gpu_hours: f64,
    /// Energy at the meter.
    pub energy_kwh: f64,
    /// What is paid.
    pub money: Money,
    /// Values that the file leaves out.
    pub assumed: Vec<Assumed>,
}

/// Islands of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Islands like this one.
    pub count: u32,
    /// GPU kind.
    pub gpu: String,
    /// GPUs of each in use.
    pub gpus: u64,
    /// GPUs that each has.
    pub gpus_held: u32,
    /// Sequences of an (inner) step of each.
    pub batch: u64,
    /// How the job is spread over each.
    pub layout: LayoutUsed,
    /// One (inner) step.
    pub step: StepTimes,
    /// Memory of the fullest GPU.
    pub memory: Memory,
    /// The fastest feasible layouts, the best first.
    pub candidates: Vec<Candidate>,
}

/// A layout that might have been used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Layout.
    pub layout: LayoutUsed,
    /// One step.
    pub step: StepTimes,
}

/// A layout in words and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayoutUsed {
    /// GPUs that share each matrix.
    pub tensor: u32,
    /// Pipeline stages.
    pub pipeline: u32,
    /// Replicas.
    pub data: u32,
    /// Sequences of a pass.
    pub micro_batch: u32,
    /// Model chunks of a stage.
    pub interleave: u32,
    /// What is recomputed.
    pub recompute: &'static str,
    /// Whether norms and dropouts are split along the sequence.
    pub sequence_parallel: bool,
    /// ZeRO stage.
    pub zero: u8,
}

/// Seconds of a step by cause.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepTimes {
    /// Arithmetic.
    pub compute_s: f64,
    /// Stages waiting for the pipeline to fill and drain.
    pub bubble_s: f64,
    /// Tensor-parallel collectives.
    pub tensor_s: f64,
    /// Activations passed between stages.
    pub stages_s: f64,
    /// Exchange between replicas that nothing hides.
    pub exposed_s: f64,
    /// Host launches.
    pub launch_s: f64,
    /// All of it.
    pub total_s: f64,
    /// Training tokens a second.
    pub tokens_per_s: f64,
    /// Model operations over peak.
    pub mfu: f64,
    /// The same with recomputed operations counted.
    pub hfu: f64,
}

/// Memory of one GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Memory {
    /// Weights, gradients, optimiser state.
    pub states_bytes: u64,
    /// Activations kept.
    pub activations_bytes: u64,
    /// What the device has.
    pub device_bytes: u64,
    /// Whether both fit in what is usable of it.
    pub fits: bool,
}

/// One round of local SGD.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Round {
    /// Islands of all kinds.
    pub islands: u32,
    /// Inner steps of the slowest.
    pub inner_steps: u32,
    /// Seconds of its inner steps.
    pub inner_s: f64,
    /// What each island sends.
    pub payload_bytes: u64,
    /// Seconds of the exchange.
    pub sync_s: f64,
    /// Seconds of a round.
    pub total_s: f64,
    /// Share of a round that the slowest island trains.
    pub utilisation: f64,
}

/// Checkpoints and failures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Checkpoint {
    /// Size of one.
    pub size_bytes: u64,
    /// Time that training stands still for one.
    pub blocking_s: f64,
    /// Mean time between failures of the whole job.
    pub mtbf_s: f64,
    /// Training between two: Daly's interval on one fabric, a round between islands.
    pub interval_s: f64,
    /// Expected share of the time spent on steps that count.
    pub effective_time_ratio: f64,
}

/// What is paid, in dollars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Money {
    /// For rented GPUs; nothing where a rent is unknown.
    pub rent_usd: Option<f64>,
    /// For one's own; nothing where a purchase price is unknown.
    pub owned: Option<Owned>,
}

/// What one's own machines cost, in dollars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Owned {
    /// Value that servers and network lose meanwhile.
    pub capital_usd: f64,
    /// Electricity.
    pub energy_usd: f64,
    /// Both.
    pub total_usd: f64,
}

/// No layout of a job fits an island's memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// GPUs of the island.
    pub gpus: u32,
    /// Their kind.
    pub kind: String,
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "no layout fits the memory of {} {}\n  hint: more GPUs, GPUs with more memory, or a larger batch that splits over more replicas",
            self.gpus, self.kind
        )
    }
}

/// An island with the layout that was chosen for it.
struct Placed<'a> {
    island: &'a Island,
    chosen: Timed,
    memory: MemoryPerGpu,
    candidates: Vec<Timed>,
}

impl Job {
    /// Works it all out.
    ///
    /// # Errors
    /// The first island on which no layout fits, when the best is wished for.
    pub fn answer(&self) -> Result<Answer, Misfit> {
        let placed: Vec<Placed<'_>> = self
            .islands
            .iter()
            .map(|island| self.place(island))
            .collect::<Result<_, _>>()?;
        let pace = self.pace(&placed);
        let shape = &self.workload.shape;
        let gpus = |it: &Placed<'_>| it.chosen.layout.gpus() * u64::from(it.island.count);
        let peak: f64 = placed
            .iter()
            .map(|it| gpus(it) as f64 * it.island.gpu.peak.flop_per_s() as f64)
            .sum();
        let sequences_per_s = pace.tokens_per_s / f64::from(shape.seq);
        let model = shape.model_flop(1).flop() as f64;
        let hardware: f64 = placed
            .iter()
            .zip(&pace.shares)
            .map(|(it, share)| {
                share * shape.hardware_flop(1, it.chosen.layout.recompute).flop() as f64
            })
            .sum();
        let checkpoint = self.checkpoint(&placed, pace.round.as_ref());
        let trained_s = self.training.training_tokens as f64 / pace.tokens_per_s;
        let days = trained_s / checkpoint.effective_time_ratio / 86_400.0;
        let bill = Bill {
            job: self,
            placed: &placed,
            trained_hours: trained_s / 3600.0,
            overhead: 1.0 / checkpoint.effective_time_ratio - 1.0,
        };
        Ok(Answer {
            schema: COST_SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            name: self.name.clone(),
            workload: self.workload.name.clone(),
            params: shape.params(),
            flop_per_token: model / f64::from(shape.seq),
            training_tokens: self.training.training_tokens,
            gpus: placed.iter().map(gpus).sum(),
            tokens_per_s: pace.tokens_per_s,
            mfu: sequences_per_s * model / peak,
            hfu: sequences_per_s * hardware / peak,
            fits: placed.iter().all(|it| it.memory.fits(&it.island.gpu)),
            checkpoint,
            days,
            gpu_hours: bill.gpu_hours(),
            energy_kwh: bill.energy_kwh(),
            money: bill.money(),
            round: pace.round,
            groups: placed.iter().map(|it| self.group(it)).collect(),
            assumed: self.assumed.clone(),
        })
    }

    fn place<'a>(&self, island: &'a Island) -> Result<Placed<'a>, Misfit> {
        let candidates = best(self, island, CANDIDATES);
        let chosen = match self.parallelism {
            Parallelism::Best => candidates.first().copied().ok_or_else(|| Misfit {
                gpus: island.gpus,
                kind: island.kind.clone(),
            })?,
            Parallelism::Given(layout) => {
                let layout = with_replicas(layout, island.gpus).expect("checked when it was read");
                Timed {
                    layout,
                    step: self.step(island, &layout),
                }
            }
        };
        Ok(Placed {
            island,
            chosen,
            memory: memory_per_gpu(&self.workload.shape, &chosen.layout),
            candidates,
        })
    }

    /// How fast all islands train together.
    fn pace(&self, placed: &[Placed<'_>]) -> Pace {
        let Some(sgd) = &self.local_sgd else {
            return Pace {
                tokens_per_s: placed[0].chosen.step.tokens_per_s,
                shares: vec![1.0],
                round: None,
            };
        };
        let round = self.round(sgd, placed);
        let step_s = |it: &Placed<'_>| it.chosen.step.total;
        let steps = |it: &Placed<'_>| match sgd.uneven {
            Uneven::Wait => f64::from(sgd.inner_steps),
            // The slowest island's own steps fill its time exactly; rounding must not take one away.
            Uneven::Window => (round.inner_s / step_s(it) * (1.0 + 1e-12)).floor(),
        };
        let sequences: Vec<f64> = placed
            .iter()
            .map(|it| steps(it) * self.training.batch as f64 * f64::from(it.island.count))
            .collect();
        let all: f64 = sequences.iter().sum();
        Pace {
            tokens_per_s: all * f64::from(self.workload.shape.seq) / round.total_s,
            shares: sequences.iter().map(|of| of / all).collect(),
            round: Some(round),
        }
    }

    /// The slowest island and the slowest links set the pace of a round.
    fn round(&self, sgd: &LocalSgd, placed: &[Placed<'_>]) -> Round {
        let islands = || self.islands.iter();
        let inner_step_s = placed
            .iter()
            .map(|it| it.chosen.step.total)
            .fold(0.0, f64::max);
        let peers = islands().map(|island| island.count).sum();
        let round = training::Round {
            inner_steps: sgd.inner_steps,
            payload: sgd.payload.bytes(self.workload.shape.params()),
            up: islands().map(|island| island.up).min().expect("an island"),
            down: islands()
                .map(|island| island.down)
                .min()
                .expect("an island"),
            latency: sgd.latency,
            peers,
        };
        let inner_s = f64::from(sgd.inner_steps) * inner_step_s;
        let utilisation = match sgd.overlap {
            Overlap::Blocking => round.utilisation(inner_step_s),
            Overlap::Streaming => round.streaming_utilisation(inner_step_s, 0.0),
        };
        Round {
            islands: peers,
            inner_steps: sgd.inner_steps,
            inner_s,
            payload_bytes: round.payload.bytes(),
            sync_s: round.sync_s(),
            total_s: inner_s / utilisation,
            utilisation,
        }
    }

    /// On one fabric a failure costs all work since the last checkpoint; between islands one loses its part of a round.
    fn checkpoint(&self, placed: &[Placed<'_>], round: Option<&Round>) -> Checkpoint {
        let nodes = |it: &Placed<'_>| {
            let per_node = u64::from(it.island.network.gpus_per_node);
            it.chosen.layout.gpus().div_ceil(per_node)
        };
        let all: u64 = placed
            .iter()
            .map(|it| nodes(it) * u64::from(it.island.count))
            .sum();
        let mtbf = |nodes: u64| Span::from_ns(self.failures.node_mtbf.ns() / nodes.max(1));
        let failures = |nodes: u64, blocking| Checkpointing {
            blocking,
            mtbf: mtbf(nodes),
            restart: self.failures.restart,
        };
        let blocking = self.failures.checkpoint_blocking;
        let (interval, ratio) = match round {
            None => {
                let job = failures(all, blocking);
                let interval = job.daly_interval();
                (interval, job.effective_time_ratio(interval))
            }
            Some(round) => {
                let interval = Span::from_ns((round.total_s * 1e9) as u64);
                let of_island = |it: &Placed<'_>| {
                    let job = failures(nodes(it), Span::ZERO);
                    job.effective_time_ratio(interval) * f64::from(it.island.count)
                };
                let sum: f64 = placed.iter().map(of_island).sum();
                (interval, sum / f64::from(round.islands))
            }
        };
        Checkpoint {
            size_bytes: checkpoint_size(self.workload.shape.params()).bytes(),
            blocking_s: if round.is_some() {
                0.0
            } else {
                seconds(blocking)
            },
            mtbf_s: seconds(mtbf(all)),
            interval_s: seconds(interval),
            effective_time_ratio: ratio,
        }
    }

    fn group(&self, placed: &Placed<'_>) -> Group {
        let island = placed.island;
        let told = |timed: &Timed| Candidate {
            layout: LayoutUsed::of(&timed.layout),
            step: StepTimes::of(timed),
        };
        let chosen = told(&placed.chosen);
        Group {
            count: island.count,
            gpu: island.kind.clone(),
            gpus: placed.chosen.layout.gpus(),
            gpus_held: island.gpus,
            batch: self.training.batch,
            layout: chosen.layout,
            step: chosen.step,
            memory: Memory {
                states_bytes: placed.memory.states.bytes(),
                activations_bytes: placed.memory.activations.bytes(),
                device_bytes: island.gpu.memory.bytes(),
                fits: placed.memory.fits(&island.gpu),
            },
            candidates: placed.candidates.iter().map(told).collect(),
        }
    }
}

/// How fast all islands train together.
struct Pace {
    tokens_per_s: f64,
    /// Each kind's share of the tokens.
    shares: Vec<f64>,
    round: Option<Round>,
}

/// What the run consumes.
struct Bill<'a> {
    job: &'a Job,
    placed: &'a [Placed<'a>],
    /// Hours of steps that count.
    trained_hours: f64,
    /// Hours lost for each of them.
    overhead: f64,
}

impl Bill<'_> {
    /// Hours of an island kind's GPUs that train.
    fn trained(&self, placed: &Placed<'_>) -> f64 {
        let gpus = placed.chosen.layout.gpus() * u64::from(placed.island.count);
        gpus as f64 * self.trained_hours
    }

    fn held(&self, placed: &Placed<'_>) -> f64 {
        self.trained(placed) * (1.0 + self.overhead)
    }

    fn gpu_hours(&self) -> f64 {
        self.placed.iter().map(|it| self.held(it)).sum()
    }

    fn energy(&self, placed: &Placed<'_>) -> units::Energy {
        let prices = &self.job.prices;
        run_energy(
            self.held(placed),
            &Draw {
                tdp: placed.island.gpu.tdp,
                server_per_chip: fraction(placed.island.server_power),
                load: fraction(prices.load),
                pue: fraction(prices.pue),
            },
        )
    }

    fn energy_kwh(&self) -> f64 {
        let mj: f64 = self
            .placed
            .iter()
            .map(|it| self.energy(it).mj() as f64)
            .sum();
        mj / units::Energy::KWH.mj() as f64
    }

    fn money(&self) -> Money {
        let rent = |it: &Placed<'_>| {
            let paid = run_cost(self.trained(it), self.overhead, it.island.rent?);
            Some(usd(paid))
        };
        Money {
            rent_usd: self.placed.iter().map(rent).sum(),
            owned: self.owned(),
        }
    }

    fn owned(&self) -> Option<Owned> {
        let prices = &self.job.prices;
        let of_cluster = fraction(prices.server_price) / (1.0 - fraction(prices.network_share));
        let capital = |it: &Placed<'_>| {
            let lost = run_cost(
                self.trained(it),
                self.overhead,
                capital_rate(it.island.purchase?),
            );
            Some(usd(lost) * of_cluster)
        };
        let energy = |it: &Placed<'_>| usd(prices.electricity.of(self.energy(it)));
        let capital_usd = self.placed.iter().map(capital).sum::<Option<f64>>()?;
        let energy_usd = self.placed.iter().map(energy).sum();
        Some(Owned {
            capital_usd,
            energy_usd,
            total_usd: capital_usd + energy_usd,
        })
    }
}

impl LayoutUsed {
    fn of(layout: &Layout) -> Self {
        let word = |wanted: Recompute| {
            let found = RECOMPUTE.iter().find(|(_, known)| *known == wanted);
            found.map_or("", |(word, _)| word)
        };
        Self {
            tensor: layout.tensor,
            pipeline: layout.pipeline,
            data: layout.data,
            micro_batch: layout.micro_batch,
            interleave: layout.interleave,
            recompute: word(layout.recompute),
            sequence_parallel: layout.sequence_parallel,
            zero: layout.zero as u8,
        }
    }
}

impl StepTimes {
    /// The parts of the step, with their names.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, f64); 6] {
        [
            ("compute", self.compute_s),
            ("bubble", self.bubble_s),
            ("tensor", self.tensor_s),
            ("stages", self.stages_s),
            ("exposed", self.exposed_s),
            ("launch", self.launch_s),
        ]
    }

    fn of(timed: &Timed) -> Self {
        let step = &timed.step;
        Self {
            compute_s: step.compute,
            bubble_s: step.bubble,
            tensor_s: step.tensor,
            stages_s: step.stages,
            exposed_s: step.data_exposed,
            launch_s: step.launch,
            total_s: step.total,
            tokens_per_s: step.tokens_per_s,
            mfu: step.mfu,
            hfu: step.hfu,
        }
    }
}

fn usd(money: units::Money) -> f64 {
    money.nano() as f64 / 1e9
}

fn fraction(ratio: Ratio) -> f64 {
    ratio.parts() as f64 / Ratio::ONE.parts() as f64
}

fn seconds(span: Span) -> f64 {
    span.ns() as f64 / 1e9
}
