//! How a job goes: layouts, the pace of all islands together, checkpoints; put together into its [`Answer`].

use training::{Checkpointing, MemoryPerGpu, checkpoint_size, memory_per_gpu};
use units::Span;

use super::answer::{
    Answer, Candidate, Checkpoint, Group, LayoutUsed, Memory, Misfit, Round, StepTimes,
};
use super::best::{Timed, best};
use super::bill::Bill;
use super::hardware::Island;
use super::layout::with_replicas;
use super::{COST_SCHEMA, Exchange, Job, LocalSgd, Overlap, Parallelism, Uneven};

/// How many of the fastest layouts are told.
const CANDIDATES: usize = 8;

/// An island with the layout that was chosen for it.
pub struct Placed<'a> {
    /// The island.
    pub island: &'a Island,
    /// Its layout and step.
    pub chosen: Timed,
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
        let sync_s = match sgd.exchange {
            Exchange::Ring => round.sync_s(),
            Exchange::Hub => round.hub_sync_s(peers - 1),
        };
        let total_s = match sgd.overlap {
            Overlap::Blocking => inner_s + sync_s,
            Overlap::Streaming => inner_s.max(sync_s),
        };
        Round {
            islands: peers,
            inner_steps: sgd.inner_steps,
            inner_s,
            payload_bytes: round.payload.bytes(),
            sync_s,
            total_s,
            utilisation: inner_s / total_s,
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
            blocking_s: seconds(blocking),
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

fn seconds(span: Span) -> f64 {
    span.ns() as f64 / 1e9
}

#[cfg(test)]
mod tests {
    use crate::cost::Answer;
    use crate::cost::testing::{ISLANDS, NODE, load};

    fn answer(text: &str) -> Answer {
        load(text).unwrap().answer().unwrap()
    }

    fn near(one: f64, other: f64) -> bool {
        (one / other - 1.0).abs() < 1e-9
    }

    #[test]
    fn the_days_are_the_tokens_over_the_pace_and_what_failures_leave() {
        let it = answer(NODE);
        let expected = 1e9 / it.tokens_per_s / it.checkpoint.effective_time_ratio / 86_400.0;
        assert!(near(it.days, expected));
        assert!(near(it.gpu_hours, it.days * 24.0 * it.gpus as f64));
        assert!(near(it.mfu, it.groups[0].step.mfu) && near(it.hfu, it.groups[0].step.hfu));
        let frail = answer(&format!("{NODE}[failures]\nnode_mtbf = \"12 h\"\n"));
        assert!(frail.days > it.days * 1.03, "{} {}", frail.days, it.days);
        assert!(frail.checkpoint.interval_s < it.checkpoint.interval_s);
        assert_eq!(frail.tokens_per_s, it.tokens_per_s);
    }

    #[test]
    fn faster_islands_wait_or_take_more_steps() {
        let window = answer(ISLANDS);
        let wait = answer(&ISLANDS.replace("uneven = \"window\"\n", ""));
        let seq = 2048.0;
        let round = wait.round.unwrap();
        assert!(near(
            wait.tokens_per_s,
            4.0 * 50.0 * 64.0 * seq / round.total_s
        ));
        assert!(window.tokens_per_s > wait.tokens_per_s);
        assert_eq!(window.round, wait.round);
        let fast = (round.inner_s / window.groups[1].step.total_s).floor();
        let slow = 3.0 * 50.0;
        assert!(near(
            window.tokens_per_s,
            (slow + fast) * 64.0 * seq / round.total_s
        ));
    }

    #[test]
    fn the_slowest_link_decides_the_exchange_and_streaming_hides_it() {
        let it = answer(ISLANDS).round.unwrap();
        // Four bytes a parameter around a ring of four over 50 Mbit/s, and six hops.
        let payload = it.payload_bytes as f64 * 8.0;
        assert!(near(it.sync_s, 1.5 * payload / 50e6 + 6.0 * 0.075));
        assert!(near(it.total_s, it.inner_s + it.sync_s));
        let hub = ISLANDS.replace("uneven", "exchange = \"hub\"\nuneven");
        let hub = answer(&hub).round.unwrap();
        // Up once, down those of three others over 300 Mbit/s, and two latencies.
        assert!(near(
            hub.sync_s,
            payload / 50e6 + 3.0 * payload / 300e6 + 0.15
        ));
        let streaming = ISLANDS.replace("uneven", "overlap = \"streaming\"\nuneven");
        let streaming = answer(&streaming).round.unwrap();
        assert!(near(streaming.total_s, it.inner_s.max(it.sync_s)));
    }

    #[test]
    fn a_layout_that_does_not_fit_is_told_so() {
        let text = NODE
            .replace("parallelism = \"best\"\n", "")
            .replace("layers = 12", "layers = 96");
        let it = answer(&format!("{text}[parallelism]\ntensor = 1\n"));
        assert!(!it.fits && !it.groups[0].memory.fits);
        assert!(!it.groups[0].candidates.is_empty());
    }
}
