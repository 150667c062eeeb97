//! Rules that span several parameters: shares that make a whole, orders, whole multiples, what the coin's integers hold.

use std::collections::BTreeSet;

use units::{Amount, Ratio};
use world::config::{Class, Config, Group};
use world::provider::ProviderKey;

use super::Fault;
use super::chain::Flat;
use crate::parameters::{GANGS, GPUS, REGIONS};

/// Holds a filled draft against the rules. A rule is silent where one of its parameters was already refused.
pub fn check(
    config: &Config,
    flat: &Flat,
    refused: &BTreeSet<&'static str>,
    faults: &mut Vec<Fault>,
) {
    let before = faults.len();
    let mut rules = Rules {
        config,
        flat,
        refused,
        faults,
    };
    rules.times();
    rules.wholes();
    rules.classes();
    rules.nodes();
    rules.verdicts();
    rules.behaviours();
    rules.coins();
    if faults.len() == before && refused.is_empty() {
        rules_of_protocol(config, flat, faults);
    }
}

struct Rules<'a> {
    config: &'a Config,
    flat: &'a Flat,
    refused: &'a BTreeSet<&'static str>,
    faults: &'a mut Vec<Fault>,
}

impl Rules<'_> {
    /// Tells a fault unless one of the parameters was already refused. It stands where the last of them was written.
    fn require(
        &mut self,
        holds: bool,
        name: &str,
        paths: &[String],
        fault: impl FnOnce(Fault) -> Fault,
    ) {
        if holds
            || paths
                .iter()
                .any(|path| self.refused.contains(path.as_str()))
        {
            return;
        }
        self.faults.push(fault(at(self.flat, name, paths)));
    }

    fn wholes(&mut self) {
        let c = self.config;
        let classes = Class::ALL.map(|class| format!("fleet.{}.share", class.name()));
        self.whole(
            "fleet.<class>.share",
            &classes,
            &c.fleet.classes.each_ref().map(|class| class.share),
        );
        for (class, config) in Class::ALL.iter().zip(&c.fleet.classes) {
            let table = format!("fleet.{}.mix", class.name());
            let paths: Vec<_> = GPUS
                .iter()
                .map(|(gpu, _)| format!("{table}.{gpu}"))
                .collect();
            self.whole(&format!("{table}.<gpu>"), &paths, &config.mix);
        }
        let regions: Vec<_> = REGIONS
            .iter()
            .map(|region| format!("region.{region}.share"))
            .collect();
        let shares: Vec<_> = c.fleet.regions.iter().map(|region| region.share).collect();
        self.whole("region.<region>.share", &regions, &shares);
        for group in Group::ALL {
            let gangs = || {
                GANGS
                    .iter()
                    .zip(&c.jobs.gangs)
                    .filter(|(gang, _)| gang.1 == group)
            };
            let paths: Vec<_> = gangs()
                .map(|(gang, _)| format!("jobs.gang.{}.weight", gang.0))
                .collect();
            let weights: Vec<_> = gangs().map(|(_, gang)| gang.weight).collect();
            self.whole(
                &format!("jobs.gang.{}_<gpus>.weight", group.name()),
                &paths,
                &weights,
            );
        }
        self.protocol_wholes();
    }

    fn protocol_wholes(&mut self) {
        let (s, f, r) = (
            &self.config.protocol.split,
            &self.config.protocol.fees,
            &self.config.protocol.slash_release,
        );
        let split = [
            ("performance", s.performance),
            ("commitment", s.commitment),
            ("treasury", s.treasury),
            ("growth", s.growth),
            ("model", s.model),
            ("storage", s.storage),
            ("data", s.data),
            ("innovation", s.innovation),
            ("engagement", s.engagement),
        ];
        let fees = [
            ("provider", f.provider),
            ("platform", f.platform),
            ("treasury", f.treasury),
            ("burn", f.burn),
            ("insurance", f.insurance),
            ("verification", f.verification),
        ];
        let release = [
            ("reporter", r.reporter),
            ("insurance", r.insurance),
            ("burn", r.burn),
            ("treasury", r.treasury),
        ];
        let c = &self.config.voters.choices;
        let votes = [
            ("yes", c[0]),
            ("no", c[1]),
            ("abstain", c[2]),
            ("veto", c[3]),
        ];
        for (table, members) in [
            ("protocol.split", &split[..]),
            ("protocol.fees", &fees),
            ("protocol.slash_release", &release),
            ("governance.vote", &votes),
        ] {
            let paths: Vec<_> = members
                .iter()
                .map(|(name, _)| format!("{table}.{name}"))
                .collect();
            let shares: Vec<_> = members.iter().map(|(_, share)| *share).collect();
            self.whole(&format!("{table}.*"), &paths, &shares);
        }
    }

    fn whole(&mut self, name: &str, paths: &[String], shares: &[Ratio]) {
        let sum: u128 = shares.iter().map(|share| u128::from(share.parts())).sum();
        let one = u128::from(Ratio::ONE.parts());
        let printed = u64::try_from(sum).map_or_else(
            |_| "too much".to_owned(),
            |sum| Ratio::from_parts(sum).to_string(),
        );
        self.require(sum == one, name, paths, |fault| {
            Fault {
                message: format!("the shares sum to {printed}, not to 100 %"),
                ..fault
            }
            .hint(format!("they are {}", paths.join(", ")))
        });
    }

    fn times(&mut self) {
        let c = self.config;
        let second = 1_000_000_000;
        let paths = ["horizon", "protocol.epoch", "failures.health_check"].map(str::to_owned);
        let (horizon, epoch, check) = (c.horizon.ns(), c.epoch.ns(), c.health_check.ns());
        self.require(
            epoch > 0 && horizon.is_multiple_of(epoch.max(1)),
            "horizon",
            &paths[..2],
            |fault| {
                Fault {
                    message: "not a whole number of epochs".to_owned(),
                    ..fault.value(c.horizon.to_string())
                }
                .hint(format!("protocol.epoch is {}", c.epoch))
            },
        );
        let is_aligned = epoch.is_multiple_of(check.max(1)) && epoch.is_multiple_of(second);
        self.require(is_aligned, "protocol.epoch", &paths[1..], |fault| {
            let message = "not a whole number of seconds and of health checks".to_owned();
            Fault {
                message,
                ..fault.value(c.epoch.to_string())
            }
            .hint(format!("failures.health_check is {}", c.health_check))
        });
    }

    fn classes(&mut self) {
        for (class, config) in Class::ALL.iter().zip(&self.config.fleet.classes) {
            let paths = ["gpus_min", "gpus_mean", "gpus_max"]
                .map(|key| format!("fleet.{}.{key}", class.name()));
            let parts = |count: u32| u128::from(count) * u128::from(Ratio::ONE.parts());
            let mean = u128::from(config.gpus_mean.parts());
            let in_order = parts(config.gpus_min) <= mean && mean <= parts(config.gpus_max);
            self.require(in_order, &paths[1], &paths, |fault| {
                let (least, most) = (config.gpus_min, config.gpus_max);
                fault.legal(Some(format!("gpus_min ({least}) to gpus_max ({most})")))
            });
        }
    }

    /// Draws are keyed by provider and node, with eight bits for the node.
    fn nodes(&mut self) {
        for (class, config) in Class::ALL.iter().zip(&self.config.fleet.classes) {
            let paths = [
                format!("fleet.{}.gpus_max", class.name()),
                "fleet.node_gpus".to_owned(),
            ];
            let node_gpus = self.config.fleet.node_gpus.max(1);
            let most = node_gpus * ProviderKey::NODES_MAX;
            self.require(config.gpus_max <= most, &paths[0], &paths, |fault| {
                let fault = fault.value(config.gpus_max.to_string());
                fault.legal(Some(format!(
                    "at most {most}: 256 nodes of {node_gpus} GPUs"
                )))
            });
        }
    }

    /// Evidence must reach the protocol before what it would slash has left.
    fn verdicts(&mut self) {
        let c = self.config;
        let paths = [
            "verification.verdict_delay",
            "protocol.bond.unbonding_epochs",
            "protocol.bond.unbonding_epochs_by_role.compute",
            "protocol.epoch",
        ]
        .map(str::to_owned);
        let bond = &c.protocol.bond;
        let of_compute = bond.unbonding_epochs_by_role[protocol::Role::Compute as usize];
        let epochs = of_compute.unwrap_or(bond.unbonding_epochs);
        let unbonding = u128::from(epochs) * u128::from(c.epoch.ns());
        let delay = c.verification.verdict_delay;
        self.require(
            u128::from(delay.ns()) <= unbonding,
            &paths[0],
            &paths,
            |fault| {
                let fault = fault.value(delay.to_string());
                fault.legal(Some(format!(
                    "at most the unbonding delay, {epochs} epochs"
                )))
            },
        );
    }

    fn behaviours(&mut self) {
        let behaviours = &self.config.behaviours;
        let paths = ["behaviour.lazy", "behaviour.self_dealing"].map(str::to_owned);
        let sum = behaviours.lazy.saturating_add(behaviours.self_dealing);
        self.require(sum <= Ratio::ONE, "behaviour.*", &paths, |fault| Fault {
            message: format!("the shares sum to {sum}, above 100 %"),
            ..fault
        });
        let commitment = &self.config.commitment;
        let paths = ["commitment.monthly", "commitment.annual"].map(str::to_owned);
        let sum = commitment.monthly.saturating_add(commitment.annual);
        self.require(sum <= Ratio::ONE, "commitment.*", &paths, |fault| Fault {
            message: format!("the shares sum to {sum}, above 100 %"),
            ..fault
        });
    }

    fn coins(&mut self) {
        let c = self.config;
        let max = c.protocol.supply.max;
        let decimals = c.protocol.supply.decimals;
        let scale = |amount: Amount| {
            units::wide::mul_div_ceil(
                amount.base_units(),
                u128::from(c.fleet.providers),
                u128::from(c.fleet.providers_reference.max(1)),
            )
        };
        let is_small = max.base_units() <= 1 << 96 && scale(max) <= i64::MAX as u128;
        let scaled = [
            "protocol.supply.max",
            "protocol.supply.decimals",
            "fleet.providers",
            "fleet.providers_reference",
        ];
        self.require(
            is_small,
            "protocol.supply.max",
            &scaled.map(str::to_owned),
            |fault| {
                let message =
                    "the supply, scaled to the fleet, passes 2^63 - 1 base units".to_owned();
                Fault {
                    message,
                    ..fault.value(max.print_tokens(decimals))
                }
                .hint("lower protocol.supply.decimals")
            },
        );
        let m = &c.market;
        let genesis = [
            m.genesis_circulating,
            m.genesis_locked,
            m.genesis_treasury,
            m.genesis_ecosystem,
        ];
        let sum = genesis
            .iter()
            .try_fold(Amount::ZERO, |sum, amount| sum.checked_add(*amount));
        let paths = ["circulating", "locked", "treasury", "ecosystem"]
            .map(|name| format!("market.genesis.{name}"));
        self.require(
            sum.is_some_and(|sum| sum <= max),
            "market.genesis.*",
            &paths,
            |fault| {
                Fault {
                    message: "the amounts sum to more than the supply can hold".to_owned(),
                    ..fault
                }
                .hint(format!(
                    "protocol.supply.max is {}",
                    max.print_tokens(decimals)
                ))
            },
        );
    }
}

/// The rules that the protocol itself states.
fn rules_of_protocol(config: &Config, flat: &Flat, faults: &mut Vec<Fault>) {
    if let Err(fault) = config.protocol.check() {
        let path = format!("protocol.{}", fault.path);
        let members: Vec<_> = flat
            .entries
            .keys()
            .filter(|key| key.starts_with(&path))
            .cloned()
            .collect();
        faults.push(Fault {
            message: format!("must be: {}", fault.rule),
            ..at(flat, &path, &members)
        });
    }
}

/// A fault that stands where the user last wrote one of the parameters: in the first file of the chain, if any is there.
fn at(flat: &Flat, name: &str, paths: &[String]) -> Fault {
    let places = || {
        paths
            .iter()
            .filter_map(|path| flat.entries.get(path))
            .map(|entry| &entry.place)
    };
    let latest = places()
        .filter(|place| *place.file == *flat.first || &*place.file == "--set")
        .max_by_key(|place| place.line);
    match latest.or_else(|| places().next()) {
        Some(place) => place.fault("out of order").at(name),
        None => Fault::new(&*flat.first, 1, "out of order").at(name),
    }
}
