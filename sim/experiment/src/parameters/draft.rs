//! A configuration under construction: the structure that no scenario changes, with every value still to be filled in.

use ::protocol::MarketShareRule;
use units::{
    BitRate, Bytes, EnergyPrice, FlopRate, Money, MoneyRate, Power, Ratio, Span, TokenPrice,
};
use world::config::{
    Appeals, Behaviours, ClassConfig, Commitment, Config, Contributors, Crash, Delegation,
    EntryExit, Fleet, Gang, GpuKind, Group, Incidents, Jobs, Machine, Market, Region, Roles,
    SchedulerPolicy, Spell, SpellLaw, Users, Verification, Voters,
};

/// GPU kinds and their groups, in the order of [`Config::gpus`].
pub const GPUS: [(&str, Group); 6] = [
    ("rtx_3090", Group::Consumer),
    ("rtx_4090", Group::Consumer),
    ("rtx_5090", Group::Consumer),
    ("l40s", Group::Datacentre),
    ("a100_sxm_80gb", Group::Datacentre),
    ("h100_sxm", Group::Datacentre),
];

/// Regions, in the order of [`Fleet::regions`].
pub const REGIONS: [&str; 3] = ["north_america", "europe", "asia"];

/// Templates of large jobs and their kind groups, in the order of [`Jobs::gangs`].
pub const GANGS: [(&str, Group); 7] = [
    ("consumer_16", Group::Consumer),
    ("consumer_32", Group::Consumer),
    ("consumer_64", Group::Consumer),
    ("datacentre_64", Group::Datacentre),
    ("datacentre_128", Group::Datacentre),
    ("datacentre_256", Group::Datacentre),
    ("datacentre_512", Group::Datacentre),
];

/// What parameters write into.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The configuration; GPU specifications and workloads come from the files below.
    pub config: Config,
    /// Trace of jobs.
    pub trace_file: String,
    /// Specifications of the GPU kinds.
    pub gpus_file: String,
    /// Shapes of the neural networks.
    pub workloads_file: String,
    /// Name of each gang's neural network.
    pub gang_workloads: Vec<String>,
    /// How market share weighs, before its rule joins its figures.
    pub market_share: MarketShare,
    /// Unbonding epochs by role; zero where the role has none of its own.
    pub unbonding_by_role: [u32; ::protocol::Role::ALL.len()],
    /// Seed, where a sweep varies it; a scenario's own stands in its head.
    pub seed: u64,
}

impl Draft {
    /// Every value zero (the protocol's at its own defaults), until the parameters fill them in.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            config: blank_config(),
            trace_file: String::new(),
            gpus_file: String::new(),
            workloads_file: String::new(),
            gang_workloads: vec![String::new(); GANGS.len()],
            market_share: MarketShare::default(),
            unbonding_by_role: [0; ::protocol::Role::ALL.len()],
            seed: 0,
        }
    }

    /// Puts together what several parameters say of one thing.
    pub fn join(&mut self) {
        let MarketShare {
            gain, cap, above, ..
        } = self.market_share;
        let rules = [
            MarketShareRule::None,
            MarketShareRule::Bonus { gain, cap },
            MarketShareRule::Damping { above },
        ];
        self.config.protocol.market_share = rules[self.market_share.rule];
        self.config.protocol.bond.unbonding_epochs_by_role = self
            .unbonding_by_role
            .map(|epochs| (epochs > 0).then_some(epochs));
    }
}

/// The parameters of market share; which of them count is the rule's to say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketShare {
    /// None, bonus, damping.
    pub rule: usize,
    /// Of a bonus.
    pub gain: Ratio,
    /// Of a bonus.
    pub cap: Ratio,
    /// Of damping.
    pub above: Ratio,
}

fn blank_config() -> Config {
    Config {
        name: String::new(),
        horizon: Span::ZERO,
        epoch: Span::ZERO,
        health_check: Span::ZERO,
        fleet: blank_fleet(),
        gpus: GPUS.map(|(name, group)| blank_gpu(name, group)).to_vec(),
        jobs: blank_jobs(),
        scheduler: SchedulerPolicy::FirstCome,
        verification: Verification {
            challenge_rate: Ratio::ZERO,
            false_accept: Ratio::ZERO,
            false_reject: Ratio::ZERO,
            verdict_delay: Span::ZERO,
        },
        behaviours: Behaviours {
            lazy: Ratio::ZERO,
            self_dealing: Ratio::ZERO,
            self_dealing_idle: Ratio::ZERO,
        },
        market: blank_market(),
        delegation: Delegation {
            delegators: 0,
            staked_ratio: Ratio::ZERO,
            commission: Ratio::ZERO,
            yield_required: Ratio::ZERO,
            step: Ratio::ZERO,
            redelegate: Ratio::ZERO,
        },
        commitment: Commitment {
            monthly: Ratio::ZERO,
            annual: Ratio::ZERO,
        },
        users: Users {
            customers: 0,
            share: Ratio::ZERO,
            yield_required: Ratio::ZERO,
        },
        entry_exit: EntryExit {
            candidates_per_month: 0,
            lead_time: Span::ZERO,
            return_required: Ratio::ZERO,
            margin_window: Span::ZERO,
            margin_required: MoneyRate::ZERO,
            patience: Span::ZERO,
        },
        incidents: Incidents {
            per_provider_year: Ratio::ZERO,
            flaws_per_year: Ratio::ZERO,
            flaw_share: Ratio::ZERO,
            reported: Ratio::ZERO,
            remediation_epochs: 0,
        },
        appeals: Appeals {
            share: Ratio::ZERO,
            upheld: Ratio::ZERO,
            delay_epochs: 0,
        },
        contributors: Contributors {
            count: 0,
            models: Ratio::ZERO,
            points: 0,
            quality_min: Ratio::ZERO,
            bad: Ratio::ZERO,
            found_out: Ratio::ZERO,
        },
        voters: blank_voters(),
        crash: Crash {
            at: Span::ZERO,
            fall: Ratio::ZERO,
        },
        roles: blank_roles(),
        protocol: ::protocol::Params {
            valuation: ::protocol::ValuationParams {
                region: vec![Ratio::ONE; REGIONS.len()],
                ..Default::default()
            },
            ..Default::default()
        },
    }
}

fn blank_roles() -> Roles {
    let machine = Machine {
        count: 0,
        list_price: MoneyRate::ZERO,
        capital: Money::ZERO,
        life: Span::ZERO,
        power: Power::ZERO,
        other_cost: MoneyRate::ZERO,
        up: Span::ZERO,
        down: Span::ZERO,
    };
    Roles {
        machines: [machine.clone(), machine.clone(), machine],
        lazy: Ratio::ZERO,
        planted: Ratio::ZERO,
        check_cost: Money::ZERO,
        copies: 0,
    }
}

fn blank_voters() -> Voters {
    Voters {
        count: 0,
        stake_median: units::Amount::ZERO,
        stake_sigma: Ratio::ZERO,
        turnout: Ratio::ZERO,
        cap: Ratio::ZERO,
        choices: [Ratio::ZERO; 4],
        proposal_epochs: 0,
        change: Ratio::ZERO,
        grant: Ratio::ZERO,
    }
}

fn blank_fleet() -> Fleet {
    let spell = Spell {
        law: SpellLaw::Exponential,
        mean: Span::ZERO,
        shape: Ratio::ZERO,
    };
    let class = ClassConfig {
        share: Ratio::ZERO,
        gpus_min: 0,
        gpus_mean: Ratio::ZERO,
        gpus_max: 0,
        mix: vec![Ratio::ZERO; GPUS.len()],
        up: spell,
        down: spell,
        link_up: BitRate::ZERO,
        link_down: BitRate::ZERO,
        fabric: BitRate::ZERO,
        is_business_tariff: false,
        power_factor: Ratio::ZERO,
    };
    let region = |name| Region {
        name,
        share: Ratio::ZERO,
        residential: EnergyPrice::ZERO,
        business: EnergyPrice::ZERO,
    };
    Fleet {
        providers: 0,
        providers_reference: 0,
        node_gpus: 0,
        classes: [class.clone(), class.clone(), class],
        regions: REGIONS.map(region).to_vec(),
        power_price_sigma: Ratio::ZERO,
        latency: Span::ZERO,
    }
}

fn blank_gpu(name: &'static str, group: Group) -> GpuKind {
    GpuKind {
        name,
        group,
        peak: FlopRate::ZERO,
        memory: Bytes::ZERO,
        memory_bandwidth: BitRate::ZERO,
        link: BitRate::ZERO,
        tdp: Power::ZERO,
        efficiency: Ratio::ZERO,
        calibration: training::Calibration::TUNED,
        list_price: MoneyRate::ZERO,
        capital: Money::ZERO,
        life: Span::ZERO,
        residual: Ratio::ZERO,
        power_busy: Power::ZERO,
        power_idle: Power::ZERO,
        other_cost: MoneyRate::ZERO,
        is_new: false,
    }
}

fn blank_jobs() -> Jobs {
    let gang = |(name, group)| Gang {
        name,
        group,
        gpus: 0,
        weight: Ratio::ZERO,
        workload: crate::data::workloads::BLANK,
    };
    Jobs {
        trace_scale: Ratio::ZERO,
        trace_loop: Span::ZERO,
        trace_consumer_gpus_max: 0,
        trace_checkpoint: Span::ZERO,
        load: [Ratio::ZERO; 2],
        gang_median: [Span::ZERO; 2],
        gang_sigma: Ratio::ZERO,
        gang_max: Span::ZERO,
        gangs: GANGS.map(gang).to_vec(),
        inner_steps: 0,
        payload_bits_per_param: 0,
        training_tokens_per_gpu_step: 0,
        checkpoint_bandwidth: BitRate::ZERO,
        restart: Span::ZERO,
        fault_share: Ratio::ZERO,
        loss_claimed: Ratio::ZERO,
        higher_priority: Ratio::ZERO,
        patience: Span::ZERO,
        elasticity: Ratio::ZERO,
        elasticity_lag: Span::ZERO,
        demand_max: Ratio::ZERO,
    }
}

fn blank_market() -> Market {
    Market {
        price: TokenPrice::ZERO,
        volatility: Ratio::ZERO,
        half_life: Span::ZERO,
        sell_fees: Ratio::ZERO,
        sell_rewards: Ratio::ZERO,
        genesis_circulating: units::Amount::ZERO,
        genesis_locked: units::Amount::ZERO,
        genesis_treasury: units::Amount::ZERO,
        genesis_ecosystem: units::Amount::ZERO,
    }
}
