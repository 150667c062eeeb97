//! Providers that rent out no GPUs: verifiers, operators, providers of storage. They bond, fail, earn and leave as all providers
//! do; here is what they owe, and what came of it. There are none in the baseline.

use protocol::{Operation, ParticipantId, ProtocolEvent, Role};
use serde::{Deserialize, Serialize};
use units::{Amount, Money, Ratio, Span, TokenPrice};

use crate::books::times;
use crate::closing::standing;
use crate::config::{Config, Machine, ROLES, Spell, SpellLaw};
use crate::fleet::Blueprint;
use crate::number::{gpu_hours, hours, share, usd};
use crate::provider::Provider;
use crate::purpose;
use crate::rows::RoleRow;
use crate::spell::Lengths;
use crate::state::scaled;
use crate::world::World;

/// What one of them owed and served, and what it was paid for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Duty {
    /// Verdicts owed, or proofs of storage asked for, since it was last measured.
    pub asked: u32,
    /// Of those, not given.
    pub missed: u32,
    /// Checks really done since the last close.
    pub checks: u32,
    asked_ever: u64,
    missed_ever: u64,
    /// Verdicts found to be false.
    pub false_verdicts: u32,
    fees: Money,
    finds: Money,
}

impl Duty {
    /// One more thing asked of it.
    pub fn ask(&mut self, is_served: bool) {
        self.asked += 1;
        self.missed += u32::from(!is_served);
        self.asked_ever += 1;
        self.missed_ever += u64::from(!is_served);
    }
}

/// Everybody's duties: one range of provider numbers for each role, in the order of [`ROLES`], one after the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Duties {
    first: u32,
    counts: [u32; ROLES.len()],
    duties: Vec<Duty>,
}

impl Duties {
    /// The duty of a provider, where it has one.
    pub fn of(&mut self, id: u32) -> Option<&mut Duty> {
        let place = id.checked_sub(self.first)?;
        self.duties.get_mut(place as usize)
    }

    /// Numbers of the providers of a role.
    #[must_use]
    pub fn range(&self, role: Role) -> std::ops::Range<u32> {
        let place = ROLES.iter().position(|of| *of == role);
        let place = place.expect("compute has no duties");
        let first = self.first + self.counts[..place].iter().sum::<u32>();
        first..first + self.counts[place]
    }
}

/// Kind of a role's machines: they follow the GPU kinds.
#[must_use]
pub fn kind_of(config: &Config, place: usize) -> u8 {
    (config.gpus.len() + place) as u8
}

/// The place in [`ROLES`] of a kind's role; none for a GPU kind.
#[must_use]
pub fn place_of(config: &Config, kind: u8) -> Option<usize> {
    usize::from(kind).checked_sub(config.gpus.len())
}

/// Those of the first day, in the order of roles.
#[must_use]
pub fn blueprints(config: &Config, draws: &engine::Draws) -> Vec<Blueprint> {
    let of = config.roles.machines.iter().enumerate();
    of.flat_map(|(place, machine)| {
        let count = scaled(config, machine.count.into()) as u32;
        (0..count).map(move |number| Blueprint::of_role(config, draws, place, number))
    })
    .collect()
}

impl World<'_> {
    /// Whether a provider rents out GPUs.
    pub(crate) fn is_compute(&self, id: u32) -> bool {
        self.machine_of(id).is_none()
    }

    /// The machine of a provider that rents out none.
    pub(crate) fn machine_of(&self, id: u32) -> Option<&Machine> {
        let kind = self.state.fleet.providers[id as usize].kind;
        let place = place_of(&self.inputs.config, kind)?;
        Some(&self.inputs.config.roles.machines[place])
    }

    /// What a unit of a kind costs to buy.
    pub(crate) fn capital_of(&self, kind: u8) -> Money {
        let config = &self.inputs.config;
        match place_of(config, kind) {
            Some(place) => config.roles.machines[place].capital,
            None => config.gpus[usize::from(kind)].capital,
        }
    }

    /// Whether a provider with one machine is there now.
    pub(crate) fn is_reachable(&self, id: u32) -> bool {
        let of = &self.state.fleet.providers[id as usize];
        of.in_business && self.state.fleet.nodes[of.first_node as usize].is_up
    }

    /// They register and bond behind the first fleet.
    pub(crate) fn found_roles(&mut self) {
        let plans = self.setup.role_blueprints.clone();
        let mut counts = [0; ROLES.len()];
        let first = self.state.fleet.providers.len() as u32;
        for plan in &plans {
            self.found(plan);
            let place = place_of(&self.inputs.config, plan.kind);
            counts[place.expect("a role's blueprint")] += 1;
        }
        let duties = vec![Duty::default(); plans.len()];
        self.state.duties = Duties {
            first,
            counts,
            duties,
        };
    }

    /// Asks every provider of storage for a proof: one that is down serves none.
    pub(crate) fn ask_for_proofs(&mut self) {
        for id in self.state.duties.range(Role::Storage) {
            let is_served = self.is_reachable(id);
            if self.state.fleet.providers[id as usize].in_business
                && let Some(duty) = self.state.duties.of(id)
            {
                duty.ask(is_served);
            }
        }
    }

    /// Whether the checkpoints of a running job can be read now: one of those that keep them is there. Without providers of
    /// storage they always can.
    pub(crate) fn is_checkpoint_kept(&self, job: u32) -> bool {
        let keepers = self.state.duties.range(Role::Storage);
        let count = keepers.len() as u32;
        let copies = u64::from(self.inputs.config.roles.copies);
        let keeper =
            |copy| keepers.start + self.setup.draws.index(purpose::KEEPER, job, copy, count);
        count == 0 || (0..copies).any(|copy| self.is_reachable(keeper(copy)))
    }

    /// The record of the epoch of one that rents out no GPUs, and a clean slate.
    pub(crate) fn duty_record(&mut self, id: u32, epoch: Span) -> Option<Operation> {
        let duty = self.state.duties.of(id)?;
        let (jobs, failed) = (duty.asked, duty.missed);
        (duty.asked, duty.missed) = (0, 0);
        let of = &self.state.fleet.providers[id as usize];
        let whole = u128::from(of.gpus) * u128::from(epoch.ns());
        Some(Operation::RecordMeasurement {
            provider: of.rules,
            up: Ratio::of(u128::from(of.up_ns), whole),
            jobs,
            failed,
            response: Ratio::ONE,
            rating: Ratio::ONE,
        })
    }

    /// What the checks of the epoch cost a verifier.
    pub(crate) fn check_costs(&mut self, id: u32) -> Money {
        let cost = self.inputs.config.roles.check_cost;
        let duty = self.state.duties.of(id);
        duty.map_or(Money::ZERO, |duty| {
            times(cost, std::mem::take(&mut duty.checks))
        })
    }

    /// Fees for verdicts, and the share of a slash for whoever found the violation.
    pub(crate) fn tell_roles(&mut self, event: &ProtocolEvent, price: TokenPrice) {
        match *event {
            ProtocolEvent::VerdictsPaid { provider, amount } => {
                let worth = self.earn(provider.0, amount, price);
                if let Some(duty) = self.state.duties.of(provider.0) {
                    duty.fees += worth;
                }
            }
            ProtocolEvent::ReporterPaid {
                reporter, amount, ..
            } => {
                if let Some(id) = self.verifier_of(reporter) {
                    let worth = self.earn(id, amount, price);
                    if let Some(duty) = self.state.duties.of(id) {
                        duty.finds += worth;
                    }
                }
            }
            _ => {}
        }
    }

    fn verifier_of(&self, owner: ParticipantId) -> Option<u32> {
        let providers = &self.state.fleet.providers;
        let mut verifiers = self.state.duties.range(Role::Verifier);
        verifiers.find(|id| providers[*id as usize].owner == owner)
    }

    /// Income that joins the fees of the epoch.
    fn earn(&mut self, id: u32, amount: Amount, price: TokenPrice) -> Money {
        self.state.fleet.providers[id as usize].fees += amount;
        price.of(amount, self.inputs.config.protocol.supply.decimals)
    }

    /// The whole story of one that rents out no GPUs, at the end.
    pub(crate) fn role_row(&self, id: u32) -> RoleRow {
        let of: &Provider = &self.state.fleet.providers[id as usize];
        let books = &self.state.fleet.books[id as usize];
        let duty = &self.state.duties.duties[(id - self.state.duties.first) as usize];
        let lived = f64::from(of.gpus) * hours(books.in_business);
        RoleRow {
            provider: id,
            role: self.role_name(id),
            behaviour: of.behaviour.name(),
            standing: standing(self.state.rules.standing(of.rules)),
            exited_epoch: of.exited,
            availability: share(gpu_hours(books.up_ns), lived),
            asked: duty.asked_ever,
            missed: duty.missed_ever,
            false_verdicts: duty.false_verdicts,
            hardware_usd: usd(books.hardware),
            bond_usd: usd(books.bond),
            fees_usd: usd(duty.fees),
            finds_usd: usd(duty.finds),
            rewards_usd: usd(books.rewards),
            power_usd: usd(books.power),
            other_usd: usd(books.other),
            depreciation_usd: usd(books.depreciation),
            slashed_usd: usd(books.slashed),
            net_usd: usd(books.net()),
            return_per_year: books.return_per_year(),
            warnings: books.warnings,
            slashes: books.slashes,
        }
    }

    /// Name of a provider's role.
    pub(crate) fn role_name(&self, id: u32) -> &'static str {
        let kind = self.state.fleet.providers[id as usize].kind;
        let place = place_of(&self.inputs.config, kind);
        place.map_or(Role::Compute, |place| ROLES[place]).name()
    }
}

/// Lengths of the spells of each role's machines.
#[must_use]
pub fn spells(config: &Config) -> [[Lengths; 2]; ROLES.len()] {
    let lengths = |mean| {
        Lengths::new(&Spell {
            law: SpellLaw::Exponential,
            mean,
            shape: Ratio::ONE,
        })
    };
    let machines = config.roles.machines.each_ref();
    machines.map(|machine| [lengths(machine.up), lengths(machine.down)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_a_range_of_its_own_behind_the_fleet() {
        let mut duties = Duties {
            first: 10,
            counts: [2, 0, 3],
            duties: vec![Duty::default(); 5],
        };
        assert_eq!(duties.range(Role::Verifier), 10..12);
        assert_eq!(duties.range(Role::Operator), 12..12);
        assert_eq!(duties.range(Role::Storage), 12..15);
        assert!(duties.of(9).is_none() && duties.of(15).is_none());
        duties.of(14).unwrap().ask(false);
        duties.of(14).unwrap().ask(true);
        let duty = duties.of(14).unwrap();
        assert_eq!((duty.asked, duty.missed), (2, 1));
    }
}
