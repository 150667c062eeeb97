//! `[fleet]`, `[region]`, `[links]`, `[failures]`.

use super::Direction::{Along, Down, Up};
use super::preset::*;
use super::{Effect, Preset, effect};

/// All of a class with one kind of GPU, from which the others take.
macro_rules! all_4090 {
    ($class:literal) => {
        Preset {
            name: concat!("all of ", $class, " with rtx_4090"),
            set: &[
                concat!("fleet.", $class, ".mix.rtx_3090=0 %"), concat!("fleet.", $class, ".mix.rtx_4090=100 %"), concat!("fleet.", $class, ".mix.rtx_5090=0 %"),
                concat!("fleet.", $class, ".mix.l40s=0 %"), concat!("fleet.", $class, ".mix.a100_sxm_80gb=0 %"), concat!("fleet.", $class, ".mix.h100_sxm=0 %"),
            ],
        }
    };
}

const ONLY_EDGE: Preset = Preset { name: "only edge", set: &["fleet.individual.share=0 %", "fleet.edge.share=100 %", "fleet.datacentre.share=0 %"] };

const ONLY_DATACENTRES: Preset = Preset { name: "only data centres", set: &["fleet.individual.share=0 %", "fleet.edge.share=0 %", "fleet.datacentre.share=100 %"] };

/// Synchronous gangs on two nodes of one provider, which fail often.
const TWO_NODES: Preset = Preset {
    name: "gangs of two nodes that fail often",
    set: &["fleet.providers=40", "fleet.node_gpus=4", "fleet.datacentre.gpus_min=32", "failures.datacentre.up_mean=4 d"],
};

const CHEAPER: &str = "a share taken from a dearer GPU makes the mean GPU cheaper";
const DEARER: &str = "a share taken from a cheaper GPU makes the mean GPU dearer";

/// Half the network each.
const HALF_EDGE: Preset = Preset { name: "half individuals, half edge", set: &["fleet.individual.share=50 %", "fleet.edge.share=50 %", "fleet.datacentre.share=0 %"] };

/// A region where business pays more, and no other.
const DEAR_BUSINESS: Preset = Preset {
    name: "one region, dear business tariff",
    set: &["region.north_america.share=0 %", "region.asia.share=0 %", "region.europe.share=100 %", "region.europe.residential=0.1 USD/kWh", "region.europe.business=0.4 USD/kWh"],
};

const DEAR_REGION: &str = "a region with dear electricity takes providers from a cheap one";

const ONE_REGION: Preset = Preset {
    name: "only region *",
    set: &["region.north_america.share=0 %", "region.europe.share=0 %", "region.asia.share=0 %", "region.*.share=100 %"],
};

/// Electricity of one region is dear, that of the others cheap, and another one has all providers.
macro_rules! dear_region {
    ($dear:literal, $other:literal) => {
        Preset {
            name: concat!("dear electricity in ", $dear, ", all providers elsewhere"),
            set: &[
                "region.north_america.residential=0.1 USD/kWh", "region.europe.residential=0.1 USD/kWh", "region.asia.residential=0.1 USD/kWh", concat!("region.", $dear, ".residential=0.4 USD/kWh"),
                "region.north_america.share=0 %", "region.europe.share=0 %", "region.asia.share=0 %", concat!("region.", $other, ".share=100 %"),
            ],
        }
    };
}

/// The more a law's spells vary about one mean, the unluckier the unlucky: at shape 1.5 the squared coefficient of variation
/// is 8.5 for a log-normal, 1 for an exponential and 0.46 for a Weibull.
const VARIED: &[&str] = &["lognormal", "exponential", "weibull"];

const UNLUCKY: &str = "more varied spells about the same mean leave the unluckiest less available";

/// One class, whose providers have four GPUs each.
macro_rules! only_of_four {
    ($class:literal) => {
        Preset {
            name: concat!("only ", $class, " with four rtx_4090 each"),
            set: &[
                "fleet.individual.share=0 %", "fleet.edge.share=0 %", "fleet.datacentre.share=0 %", concat!("fleet.", $class, ".share=100 %"),
                concat!("fleet.", $class, ".gpus_min=4"), concat!("fleet.", $class, ".gpus_mean=4"),
                concat!("fleet.", $class, ".mix.rtx_3090=0 %"), concat!("fleet.", $class, ".mix.rtx_4090=100 %"), concat!("fleet.", $class, ".mix.rtx_5090=0 %"),
                concat!("fleet.", $class, ".mix.l40s=0 %"), concat!("fleet.", $class, ".mix.a100_sxm_80gb=0 %"), concat!("fleet.", $class, ".mix.h100_sxm=0 %"),
            ],
        }
    };
}

const NODES_OF_TWO: Preset = only!("fleet.node_gpus=2");

const SLOW_INSIDE: &str = "a faster fabric brings providers with several nodes nearer to the speed that customers plan with";

const CLASS_4090_OF_FOUR: Preset = Preset {
    name: "four rtx_4090 each",
    set: &["fleet.*.gpus_min=4", "fleet.*.gpus_mean=4", "fleet.*.mix.rtx_3090=0 %", "fleet.*.mix.rtx_4090=100 %", "fleet.*.mix.rtx_5090=0 %", "fleet.*.mix.l40s=0 %", "fleet.*.mix.a100_sxm_80gb=0 %", "fleet.*.mix.h100_sxm=0 %"],
};

const LINKED: &[Preset] = &[ONLY_CLASS, CLASS_4090_OF_FOUR, SMALL_GANGS, EXCHANGE];

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["horizon"], &[("emission.minted", Up)], "each further epoch mints"),
    effect(&["fleet.providers"], &[("capacity.gpus_up", Up)], "more providers own more GPUs"),
    effect(&["fleet.providers_reference"], &[("emission.minted", Down)], "emission scales with providers over the reference"),
    effect(&["fleet.node_gpus"], &[("jobs.abandoned_share", Down)], "a job of the trace runs on one node, and larger nodes hold larger jobs").to(&["4", "2"]),
    effect(&["fleet.power_price_sigma"], &[("providers.return_p05", Down), ("providers.return_p95", Up)], "prices of electricity that lie further apart put returns further apart")
        .with(&[EQUALS, only!("fleet.individual.power_factor=2"), NOBODY_LEAVES]),
    effect(&["fleet.individual.share"], &[("capacity.gpus_up", Down)], "an individual has fewer GPUs than the edge provider whose place it takes").with(&[HALF_EDGE]),
    effect(&["fleet.edge.share"], &[("capacity.gpus_up", Up)], "an edge provider has more GPUs than the individual whose place it takes").with(&[ONLY_INDIVIDUALS]),
    effect(&["fleet.datacentre.share"], &[("capacity.gpus_up", Up)], "a data centre has more GPUs than the individual whose place it takes").with(&[ONLY_INDIVIDUALS, DEAR_COINS]),
    effect(&["fleet.*.gpus_min"], &[("hhi.capacity", Down)], "with the mean fixed, a larger minimum makes providers more equal")
        .with(&[ONLY_CLASS, only!("fleet.*.gpus_min=2"), only!("fleet.*.gpus_mean=12"), only!("fleet.*.gpus_max=64")]).to(&["8"]),
    effect(&["fleet.*.gpus_mean"], &[("capacity.gpus_up", Up)], "larger providers own more GPUs").with(&[ONLY_CLASS]),
    effect(&["fleet.*.gpus_max"], &[("capacity.gpus_up", Up)], "a higher cap cuts fewer GPUs off")
        .with(&[ONLY_CLASS, only!("fleet.*.gpus_min=1"), only!("fleet.*.gpus_mean=8"), only!("fleet.*.gpus_max=8")]),
    effect(&["fleet.*.tariff"], &[("providers.return_median", Along(&["business", "residential"]))], "a dearer tariff costs more").with(&[ONLY_CLASS, DEAR_BUSINESS, NOBODY_LEAVES]),
    effect(&["fleet.*.power_factor"], &[("providers.return_median", Down)], "dearer electricity costs more").with(&[ONLY_CLASS, NOBODY_LEAVES]),
    effect(&["fleet.individual.mix.rtx_3090"], &[("capacity.hardware_per_gpu", Down)], CHEAPER).with(&[ONLY_INDIVIDUALS, all_4090!("individual")]),
    effect(&["fleet.individual.mix.rtx_4090"], &[("capacity.hardware_per_gpu", Up)], DEARER).with(&[ONLY_INDIVIDUALS, all_4090!("individual"), only!("fleet.individual.mix.rtx_4090=0 %"), only!("fleet.individual.mix.rtx_3090=100 %")]),
    effect(&["fleet.individual.mix.rtx_5090", "fleet.individual.mix.l40s", "fleet.individual.mix.a100_sxm_80gb", "fleet.individual.mix.h100_sxm"], &[("capacity.hardware_per_gpu", Up)], DEARER).with(&[ONLY_INDIVIDUALS, all_4090!("individual")]),
    effect(&["fleet.edge.mix.rtx_3090"], &[("capacity.hardware_per_gpu", Down)], CHEAPER).with(&[ONLY_EDGE, DEAR_COINS, all_4090!("edge")]),
    effect(&["fleet.edge.mix.rtx_4090"], &[("capacity.hardware_per_gpu", Up)], DEARER).with(&[ONLY_EDGE, DEAR_COINS, all_4090!("edge"), only!("fleet.edge.mix.rtx_4090=0 %"), only!("fleet.edge.mix.rtx_3090=100 %")]),
    effect(&["fleet.edge.mix.rtx_5090", "fleet.edge.mix.l40s", "fleet.edge.mix.a100_sxm_80gb", "fleet.edge.mix.h100_sxm"], &[("capacity.hardware_per_gpu", Up)], DEARER).with(&[ONLY_EDGE, DEAR_COINS, all_4090!("edge")]),
    effect(&["fleet.datacentre.mix.rtx_3090"], &[("capacity.hardware_per_gpu", Down)], CHEAPER).with(&[ONLY_DATACENTRES, DEAR_COINS, all_4090!("datacentre")]),
    effect(&["fleet.datacentre.mix.rtx_4090"], &[("capacity.hardware_per_gpu", Up)], DEARER).with(&[ONLY_DATACENTRES, DEAR_COINS, all_4090!("datacentre"), only!("fleet.datacentre.mix.rtx_4090=0 %"), only!("fleet.datacentre.mix.rtx_3090=100 %")]),
    effect(&["fleet.datacentre.mix.rtx_5090", "fleet.datacentre.mix.l40s", "fleet.datacentre.mix.a100_sxm_80gb", "fleet.datacentre.mix.h100_sxm"], &[("capacity.hardware_per_gpu", Up)], DEARER).with(&[ONLY_DATACENTRES, DEAR_COINS, all_4090!("datacentre")]),
    effect(&["region.north_america.share"], &[("providers.return_median", Down)], DEAR_REGION).with(&[ONLY_INDIVIDUALS, dear_region!("north_america", "europe"), NOBODY_LEAVES]),
    effect(&["region.europe.share"], &[("providers.return_median", Down)], DEAR_REGION).with(&[ONLY_INDIVIDUALS, dear_region!("europe", "north_america"), NOBODY_LEAVES]),
    effect(&["region.asia.share"], &[("providers.return_median", Down)], DEAR_REGION).with(&[ONLY_INDIVIDUALS, dear_region!("asia", "north_america"), NOBODY_LEAVES]),
    effect(&["region.*.residential"], &[("providers.return_median", Down)], "dearer electricity costs more").with(&[ONLY_INDIVIDUALS, only!("fleet.individual.tariff=residential"), ONE_REGION, NOBODY_LEAVES]),
    effect(&["region.*.business"], &[("providers.return_median", Down)], "dearer electricity costs more").with(&[ONLY_INDIVIDUALS, only!("fleet.individual.tariff=business"), ONE_REGION, NOBODY_LEAVES]),

    // A gang is held the longer the more of its time goes into exchanges, and planned as if it were one data centre.
    effect(&["links.latency"], &[("utilisation.consumer", Up)], "slower exchanges hold GPUs longer").with(&[ONLY_INDIVIDUALS, SMALL_GANGS, EXCHANGE]).to(&["10 s", "1 s"]),
    effect(&["links.*.up"], &[("utilisation.consumer", Down)], "faster exchanges let GPUs go sooner").with(LINKED),
    effect(&["links.*.down"], &[("utilisation.consumer", Down)], "faster exchanges let GPUs go sooner").with(LINKED).to(&["10 Mbit/s"]),
    effect(&["links.individual.fabric"], &[("utilisation.consumer", Down)], SLOW_INSIDE).with(&[only_of_four!("individual"), NODES_OF_TWO, SMALL_GANGS, EXCHANGE]).to(&["1 Gbit/s"]),
    effect(&["links.edge.fabric"], &[("utilisation.consumer", Down)], SLOW_INSIDE).with(&[only_of_four!("edge"), NODES_OF_TWO, SMALL_GANGS, EXCHANGE]).to(&["1 Gbit/s"]),
    effect(&["links.datacentre.fabric"], &[("utilisation.consumer", Up)], "customers plan with the fastest fabric of any class: the faster it is, the more exchanges between providers fall behind the plan").with(&[only_of_four!("individual"), NODES_OF_TWO, SMALL_GANGS, EXCHANGE, only!("links.edge.fabric=1 Gbit/s"), only!("links.individual.fabric=1 Gbit/s")]).to(&["2 Gbit/s", "10 Gbit/s"]),

    effect(&["failures.health_check"], &[("jobs.goodput", Down)], "a gang inside one provider stands still, and holds its other nodes, until a failure is seen").with(&[ONLY_DATACENTRES, DEAR_COINS, NO_TRACE, SMALL_GANGS, TWO_NODES]).to(&["12 h"]),
    effect(&["failures.*.up_law"], &[("providers.availability_p05", Along(VARIED))], UNLUCKY).with(&[ONLY_CLASS, SHORT_SPELLS, only!("failures.*.up_shape=1.5")]).to(&["weibull", "lognormal"]),
    effect(&["failures.*.down_law"], &[("providers.availability_p05", Along(VARIED))], UNLUCKY).with(&[ONLY_CLASS, SHORT_SPELLS, only!("failures.*.down_shape=1.5")]).to(&["weibull", "lognormal"]),
    effect(&["failures.*.up_mean"], &[("providers.availability", Up)], "longer up spells").with(&[ONLY_CLASS, SHORT_SPELLS]),
    effect(&["failures.*.down_mean"], &[("providers.availability", Down)], "longer down spells").with(&[ONLY_CLASS, SHORT_SPELLS]),
    effect(&["failures.*.up_shape"], &[("providers.availability_p05", Down)], UNLUCKY).with(&[ONLY_CLASS, SHORT_SPELLS, only!("failures.*.up_law=lognormal"), only!("failures.*.up_shape=0.5")]).to(&["1.5"]),
    effect(&["failures.*.down_shape"], &[("providers.availability_p05", Down)], UNLUCKY).with(&[ONLY_CLASS, SHORT_SPELLS, only!("failures.*.down_law=lognormal"), only!("failures.*.down_shape=0.5")]).to(&["1.5"]),
];
