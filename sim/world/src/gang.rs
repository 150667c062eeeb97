//! A gang: the nodes of a job that spans several, and the speed that `training` gives them.

use protocol::ProviderId;
use serde::{Deserialize, Serialize};
use training::{Calibration, Checkpointing, Island, Joined, LocalSgd, island_gpus_min};
use units::{BitRate, Ratio, SimTime, Span};

use crate::config::{Class, Config, Gang as Template, GpuKind};
use crate::job::FULL_SPEED;
use crate::node::NONE;
use crate::number::ratio;

/// One node of a gang.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Member {
    /// Node.
    pub node: u32,
    /// GPUs held on it.
    pub gpus: u8,
    /// Whether it works; a failed member waits for detection.
    pub works: bool,
    /// Class of its provider.
    pub class: Class,
    /// Its provider's name at the protocol.
    pub rules: ProviderId,
    /// Until when `unpaid_ns` is exact.
    pub integrated: SimTime,
    /// GPU-nanoseconds worked and not yet settled.
    pub unpaid_ns: u64,
}

impl Member {
    /// Brings `unpaid_ns` up to `now`.
    pub fn integrate(&mut self, now: SimTime) {
        if self.works {
            self.unpaid_ns += u64::from(self.gpus) * now.saturating_sub(self.integrated).ns();
        }
        self.integrated = self.integrated.max(now);
    }
}

/// The nodes of one job.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Gang {
    /// Slot of the job.
    pub job: u32,
    /// Members, in the order in which they joined.
    pub members: Vec<Member>,
}

impl Gang {
    /// GPUs that work.
    #[must_use]
    pub fn working(&self) -> u32 {
        self.members
            .iter()
            .filter(|member| member.works)
            .map(|member| u32::from(member.gpus))
            .sum()
    }

    /// GPUs held, working or not.
    #[must_use]
    pub fn held(&self) -> u32 {
        self.members
            .iter()
            .map(|member| u32::from(member.gpus))
            .sum()
    }

    /// Hands out class and working GPUs of each provider that has any. `gpus_of` is a column over providers, all zero before
    /// and after.
    fn for_each_island(&self, gpus_of: &mut Vec<u32>, mut take_in: impl FnMut(Class, u32)) {
        let working = || self.members.iter().filter(|member| member.works);
        for member in working() {
            let provider = member.rules.0 as usize;
            if gpus_of.len() <= provider {
                gpus_of.resize(provider + 1, 0);
            }
            gpus_of[provider] += u32::from(member.gpus);
        }
        for member in working() {
            let gpus = std::mem::take(&mut gpus_of[member.rules.0 as usize]);
            if gpus > 0 {
                take_in(member.class, gpus);
            }
        }
    }

    /// Whether the members belong to more than one provider: then they train by local SGD, and survive a loss.
    #[must_use]
    pub fn spans_providers(&self) -> bool {
        self.members
            .iter()
            .any(|member| member.rules != self.members[0].rules)
    }
}

/// Gangs by index, reused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Gangs {
    all: Vec<Gang>,
    vacant: Vec<u32>,
}

impl Gangs {
    /// Adds a gang and returns its index.
    pub fn add(&mut self, gang: Gang) -> u32 {
        if let Some(index) = self.vacant.pop() {
            self.all[index as usize] = gang;
            return index;
        }
        self.all.push(gang);
        self.all.len() as u32 - 1
    }

    /// Number of indices ever used.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.all.len() as u32
    }

    /// Slot of the job of a gang that lives.
    #[must_use]
    pub fn job_of(&self, index: u32) -> Option<u32> {
        let gang = &self.all[index as usize];
        (!gang.members.is_empty()).then_some(gang.job)
    }

    /// Takes a gang out.
    pub fn remove(&mut self, index: u32) -> Gang {
        self.vacant.push(index);
        std::mem::take(&mut self.all[index as usize])
    }
}

impl std::ops::Index<u32> for Gangs {
    type Output = Gang;
    fn index(&self, index: u32) -> &Gang {
        debug_assert_ne!(index, NONE);
        &self.all[index as usize]
    }
}

impl std::ops::IndexMut<u32> for Gangs {
    fn index_mut(&mut self, index: u32) -> &mut Gang {
        &mut self.all[index as usize]
    }
}

/// What one template is on one GPU kind: constant over a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Fewest GPUs of one provider on which the workload fits; nothing where it fits nowhere.
    pub island_min: u32,
    /// Training tokens a second of the undisturbed reference gang.
    pub reference: u64,
    /// Seconds of an inner step on an island, by class and GPUs, up to [`TABLE_GPUS`]; infinite where the workload does not fit.
    step_s: [Vec<f64>; Class::ALL.len()],
}

/// Islands up to this size have their step times worked out once: membership changes far too often to do it anew.
const TABLE_GPUS: u32 = 256;

/// The training model's view of the scenario: GPUs, and each template on each kind.
#[derive(Clone, Debug)]
pub struct Fits {
    gpus: Vec<(training::Gpu, Calibration)>,
    /// `[template][kind]`.
    fits: Vec<Vec<Option<Fit>>>,
}

fn training_gpu(kind: &GpuKind) -> training::Gpu {
    training::Gpu {
        peak: kind.peak,
        memory: kind.memory,
        memory_bandwidth: kind.memory_bandwidth,
        link: kind.link,
        tdp: kind.tdp,
    }
}

fn calibration(kind: &GpuKind) -> Calibration {
    Calibration {
        matmul: ratio(kind.efficiency),
        ..kind.calibration
    }
}

impl Fits {
    /// Works out every template on every kind of its group.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let measured = |kind| (training_gpu(kind), calibration(kind));
        let gpus: Vec<_> = config.gpus.iter().map(measured).collect();
        let fits = config.jobs.gangs.iter().map(|template| {
            let on = |kind: usize| {
                let of_group = config.gpus[kind].group == template.group;
                of_group
                    .then(|| fit(config, &gpus[kind], template))
                    .flatten()
            };
            (0..gpus.len()).map(on).collect()
        });
        let fits = fits.collect();
        Self { gpus, fits }
    }

    /// A template on a kind, where it fits.
    #[must_use]
    pub fn on(&self, template: usize, kind: u8) -> Option<&Fit> {
        self.fits[template][usize::from(kind)].as_ref()
    }

    /// Speed of a gang as it stands, in parts per million of its reference. `gpus_of` is room to count in.
    #[must_use]
    pub fn speed(
        &self,
        config: &Config,
        gang: &Gang,
        template: usize,
        kind: u8,
        gpus_of: &mut Vec<u32>,
    ) -> u64 {
        let Some(fit) = self.on(template, kind) else {
            return 0;
        };
        let sgd = local_sgd(
            config,
            &self.gpus[usize::from(kind)],
            &config.jobs.gangs[template],
        );
        let mut joined = Joined::NONE;
        gang.for_each_island(gpus_of, |class, gpus| {
            // An island that has shrunk below what the workload needs sits out until it has a replacement.
            if gpus >= fit.island_min {
                let island = island(config, class, gpus);
                let known = fit.step_s[class as usize].get(gpus as usize).copied();
                joined.join(&island, known.unwrap_or_else(|| step_s(&sgd, &island)));
            }
        });
        if joined.islands == 0 {
            return 0;
        }
        sgd.joined_rate(&joined).tokens_per_s * FULL_SPEED / fit.reference
    }
}

fn step_s(sgd: &LocalSgd<'_>, island: &Island) -> f64 {
    sgd.island_step_s(island).unwrap_or(f64::INFINITY)
}

fn island(config: &Config, class: Class, gpus: u32) -> Island {
    let of_class = &config.fleet.classes[class as usize];
    Island {
        gpus,
        gpus_per_node: config.fleet.node_gpus,
        fabric: of_class.fabric,
        up: of_class.link_up,
        down: of_class.link_down,
    }
}

fn local_sgd<'a>(
    config: &'a Config,
    (gpu, calibration): &'a (training::Gpu, Calibration),
    template: &'a Template,
) -> LocalSgd<'a> {
    LocalSgd {
        workload: &template.workload,
        gpu,
        calibration,
        inner_steps: config.jobs.inner_steps,
        payload_bits_per_param: config.jobs.payload_bits_per_param,
        latency: config.fleet.latency,
        tokens_per_gpu_step: config.jobs.training_tokens_per_gpu_step,
    }
}

/// The reference gang is what a customer plans with: one provider that has all the GPUs on a data-centre fabric.
fn fit(
    config: &Config,
    measured: &(training::Gpu, Calibration),
    template: &Template,
) -> Option<Fit> {
    let island_min = island_gpus_min(
        &template.workload,
        &measured.0,
        config.jobs.training_tokens_per_gpu_step,
    );
    let fabric = config
        .fleet
        .classes
        .iter()
        .map(|class| class.fabric)
        .max()
        .unwrap_or(BitRate::ZERO);
    let whole = Island {
        gpus: template.gpus,
        gpus_per_node: config.fleet.node_gpus,
        fabric,
        up: fabric,
        down: fabric,
    };
    let sgd = local_sgd(config, measured, template);
    let reference = sgd.rate(&[whole]).map_or(0, |rate| rate.tokens_per_s);
    let steps = |class: Class| {
        let sizes = 0..=template.gpus.min(TABLE_GPUS);
        sizes
            .map(|gpus| step_s(&sgd, &island(config, class, gpus)))
            .collect()
    };
    (island_min <= template.gpus && reference > 0).then(|| Fit {
        island_min,
        reference,
        step_s: Class::ALL.map(steps),
    })
}

/// How a gang inside one provider saves its weights: the optimal interval, and the share of time left for work.
#[must_use]
pub fn checkpointing(
    config: &Config,
    template: &Template,
    node_mtbf: Span,
    nodes: u32,
    gpus: u32,
) -> (Span, Ratio) {
    let bandwidth =
        BitRate::new(config.jobs.checkpoint_bandwidth.bit_per_s() * u64::from(gpus.max(1)));
    let blocking = training::checkpoint_size(template.workload.params())
        .time_at(bandwidth)
        .unwrap_or(Span::ZERO);
    let mtbf = Span::from_ns(node_mtbf.ns() / u64::from(nodes.max(1)));
    let interval = Checkpointing {
        blocking,
        mtbf,
        restart: config.jobs.restart,
    }
    .young_interval();
    (
        interval,
        Ratio::of(
            u128::from(interval.ns()),
            u128::from((interval + blocking).ns()),
        ),
    )
}

/// Length of one round of local SGD: inner steps and exchange.
#[must_use]
pub fn round_length(config: &Config, fit: &Fit, speed: u64, gpus: u32) -> Span {
    let tokens = u128::from(config.jobs.inner_steps)
        * u128::from(config.jobs.training_tokens_per_gpu_step)
        * u128::from(gpus);
    let per_s = u128::from(fit.reference) * u128::from(speed) / u128::from(FULL_SPEED);
    Span::from_ns(u64::try_from(tokens * 1_000_000_000 / per_s.max(1)).unwrap_or(u64::MAX))
}
