//! Things to switch on, by name: so that the one mechanism works on most of the network and little else stirs.

/// Settings under a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Name, in reports.
    pub name: &'static str,
    /// `path=value`, in order; a `*` is the family's word.
    pub set: &'static [&'static str],
}

/// Settings that need no other name than themselves.
macro_rules! only {
    ($set:literal) => {
        $crate::deep::effects::Preset {
            name: $set,
            set: &[$set],
        }
    };
}
pub(super) use only;

/// Coins dear enough that a fleet of any size finds its bonds on the market, with the same dollars of emission.
pub(super) const DEAR_COINS: Preset = Preset {
    name: "dear coins",
    set: &[
        "market.price=30 USD/token",
        "protocol.emission.per_epoch=1000 token",
    ],
};

/// One class of providers, the family's word.
pub(super) const ONLY_CLASS: Preset = Preset {
    name: "only class *",
    set: &[
        "fleet.providers=60",
        "market.price=30 USD/token",
        "protocol.emission.per_epoch=1000 token",
        "fleet.individual.share=0 %",
        "fleet.edge.share=0 %",
        "fleet.datacentre.share=0 %",
        "fleet.*.share=100 %",
    ],
};

pub(super) const ONLY_INDIVIDUALS: Preset = Preset {
    name: "only individuals",
    set: &[
        "fleet.individual.share=100 %",
        "fleet.edge.share=0 %",
        "fleet.datacentre.share=0 %",
    ],
};

/// Individuals with the GPU kind that is the family's word.
pub(super) const ONLY_KIND: Preset = Preset {
    name: "only kind *",
    set: &[
        "fleet.individual.mix.rtx_3090=0 %",
        "fleet.individual.mix.rtx_4090=0 %",
        "fleet.individual.mix.rtx_5090=0 %",
        "fleet.individual.mix.l40s=0 %",
        "fleet.individual.mix.a100_sxm_80gb=0 %",
        "fleet.individual.mix.h100_sxm=0 %",
        "fleet.individual.mix.*=100 %",
    ],
};

/// Individuals who differ in nothing but luck.
pub(super) const EQUALS: Preset = Preset {
    name: "equal individuals",
    set: &[
        "fleet.individual.share=100 %",
        "fleet.edge.share=0 %",
        "fleet.datacentre.share=0 %",
        "fleet.individual.gpus_min=1",
        "fleet.individual.gpus_mean=1",
        "fleet.individual.mix.rtx_3090=0 %",
        "fleet.individual.mix.rtx_4090=100 %",
        "fleet.individual.mix.rtx_5090=0 %",
        "fleet.individual.mix.l40s=0 %",
        "fleet.individual.mix.a100_sxm_80gb=0 %",
        "fleet.individual.mix.h100_sxm=0 %",
    ],
};

/// Large jobs that nearly any fleet can hold.
pub(super) const SMALL_GANGS: Preset = Preset {
    name: "small gangs",
    set: &[
        "jobs.gang.consumer_16.weight=100 %",
        "jobs.gang.consumer_16.gpus=8",
        "jobs.gang.consumer_16.workload=tinyllama_1b",
        "jobs.gang.consumer_32.weight=0 %",
        "jobs.gang.consumer_64.weight=0 %",
        "jobs.gang.datacentre_64.weight=100 %",
        "jobs.gang.datacentre_64.gpus=8",
        "jobs.gang.datacentre_64.workload=tinyllama_1b",
        "jobs.gang.datacentre_128.weight=0 %",
        "jobs.gang.datacentre_256.weight=0 %",
        "jobs.gang.datacentre_512.weight=0 %",
        "jobs.gang_median.consumer=1 d",
        "jobs.gang_median.datacentre=1 d",
    ],
};

/// Nothing but gangs across providers, at a load that is theirs alone to raise: they exchange weights every few steps.
pub(super) const EXCHANGE: Preset = Preset {
    name: "frequent exchange",
    set: &[
        "jobs.trace_scale=0",
        "jobs.load.consumer=10 %",
        "jobs.load.datacentre=10 %",
        "jobs.elasticity=0",
        "jobs.inner_steps=20",
        "jobs.gang.consumer_16.gpus=16",
        "jobs.gang.datacentre_64.gpus=16",
    ],
};

pub(super) const NO_TRACE: Preset = only!("jobs.trace_scale=0");

/// The trace alone.
pub(super) const NO_GANGS: Preset = Preset {
    name: "no large jobs",
    set: &[
        "jobs.trace_scale=12",
        "jobs.load.consumer=0 %",
        "jobs.load.datacentre=0 %",
    ],
};

/// More work than GPUs, whatever it costs.
pub(super) const HOT: Preset = Preset {
    name: "more demand than GPUs",
    set: &[
        "jobs.elasticity=0",
        "jobs.load.consumer=150 %",
        "jobs.load.datacentre=150 %",
    ],
};

/// Hardly any work, however cheap.
pub(super) const COLD: Preset = Preset {
    name: "hardly any demand",
    set: &[
        "jobs.elasticity=0",
        "jobs.trace_scale=0",
        "jobs.load.consumer=5 %",
        "jobs.load.datacentre=5 %",
    ],
};

pub(super) const LAZY: Preset = only!("behaviour.lazy=20 %");

/// Spells short enough for many of them in a run.
pub(super) const SHORT_SPELLS: Preset = Preset {
    name: "short spells",
    set: &[
        "fleet.providers=120",
        "failures.*.up_mean=4 d",
        "failures.*.down_mean=12 h",
    ],
};

/// Ordinary downtime is a violation, the first is penalised, and none is severe.
pub(super) const PENALTIES: Preset = Preset {
    name: "many penalties",
    set: &[
        "protocol.ladder.downtime_allowance.individual=10 %",
        "protocol.ladder.penalty_at=1",
        "protocol.ladder.severe_at=100",
    ],
};

/// The same, and the second is severe.
pub(super) const SEVERE: Preset = Preset {
    name: "many severe violations",
    set: &[
        "protocol.ladder.downtime_allowance.individual=10 %",
        "protocol.ladder.penalty_at=1",
        "protocol.ladder.severe_at=2",
    ],
};

/// A coin that jumps, and a breaker that lets it.
pub(super) const VOLATILE: Preset = Preset {
    name: "a volatile coin",
    set: &[
        "market.volatility=300 %",
        "protocol.guard.price_move_max=1000 %",
    ],
};

/// Comings and goings within the run.
pub(super) const QUICK_ENTRY: Preset = Preset {
    name: "quick entry and exit",
    set: &[
        "entry.candidates_per_month=1000",
        "entry.lead_time=5 d",
        "entry.margin_window=5 d",
        "entry.patience=5 d",
    ],
};

/// Returns of survivors only would say what the mechanism did to the weak: they stay.
pub(super) const NOBODY_LEAVES: Preset = only!("entry.patience=730 d");
