//! Reward weights: a stored integer for each provider that changes only when it is touched.
//!
//! Rewards of an epoch are divided at its close by the weights then in force. So that nobody earns an epoch by bonding
//! just before its end, a base weight that rises waits for the close; one that falls does not. The genesis set counts at once.

use units::{Amount, Ratio, wide};

use crate::ids::ProviderId;
use crate::provider::Provider;
use crate::standing::Standing;
use crate::state::Protocol;

fn share(ratio: Ratio, weight: u128) -> u128 {
    ratio.mul_floor(Amount::new(weight)).base_units()
}

impl Protocol {
    /// `⌊⌊list value · (base + (1 − base) · min(1, collateral / full))⌋ · ramp⌋`, zero unless active and bonded.
    pub(crate) fn compute_base_weight(&self, id: ProviderId) -> u128 {
        let provider = &self.providers[id.index()];
        let bonded = self.bonded(id);
        let full = self.bond_full(id);
        let (Standing::Active, Some(full), false) = (provider.standing, full, bonded.is_zero())
        else {
            return 0;
        };
        let collateral = (bonded + self.delegated(id)).min(full);
        // `full` is above zero: there are GPUs, and every list price is.
        let covered = Ratio::of(collateral.base_units(), full.base_units());
        let base = self.params.bond.weight_base;
        let factor = base.saturating_add(base.complement().times(covered));
        share(
            self.compute_ramp(provider),
            share(factor, self.list_value(provider)),
        )
    }

    /// `floor + (1 − floor) · step / epochs`, rounded down; one when the provider is not recovering.
    fn compute_ramp(&self, provider: &Provider) -> Ratio {
        let recovery = &self.params.recovery;
        match provider.ramp_step {
            Some(step) if step < recovery.epochs => {
                let rise = wide::mul_div_floor(
                    u128::from(recovery.floor.complement().parts()),
                    u128::from(step),
                    u128::from(recovery.epochs),
                );
                recovery
                    .floor
                    .saturating_add(Ratio::from_parts(rise as u64))
            }
            _ => Ratio::ONE,
        }
    }

    /// Puts the base weight right after stake or standing has changed: at once when it falls, at the close when it rises.
    pub(crate) fn reweigh(&mut self, id: ProviderId) {
        let base = self.compute_base_weight(id);
        let provider = &mut self.providers[id.index()];
        if base <= provider.base_weight || self.epoch == 0 {
            let multiplier = provider.multiplier;
            self.apply_weight(id, base, multiplier);
        } else if !provider.is_reweighed {
            provider.is_reweighed = true;
            self.reweighed.push(id);
        }
    }

    /// Puts a base weight and a multiplier in force.
    pub(crate) fn apply_weight(&mut self, id: ProviderId, base: u128, multiplier: Ratio) {
        self.settle_rewards(id);
        let provider = &mut self.providers[id.index()];
        let kind = &mut self.kinds[provider.kind.index()];
        let weight = share(multiplier, base);
        kind.total_weight = kind.total_weight - provider.weight + weight;
        provider.base_weight = base;
        provider.multiplier = multiplier;
        provider.weight = weight;
    }
}
