//! Reward weights: a stored integer for each provider that changes only when it is touched.
//!
//! A weight is what [`WeightRule`] says × recovery ramp × commitment × tenure × market share, and last the score, each product
//! rounded down before the next. `rules/weight.md` has it in full.
//!
//! Rewards of an epoch are divided at its close by the weights then in force. So that nobody earns an epoch by bonding
//! just before its end, a base weight that rises waits for the close; one that falls does not. The genesis set counts at once.

use units::{Amount, Ratio, wide};

use crate::ids::ProviderId;
use crate::params::{MarketShareRule, WeightRule};
use crate::provider::Provider;
use crate::standing::Standing;
use crate::state::Protocol;

fn share(ratio: Ratio, weight: u128) -> u128 {
    ratio.mul_floor(Amount::new(weight)).base_units()
}

impl Protocol {
    /// The rule's weight, then times ramp, commitment, tenure and market share, each rounded down; zero unless active and bonded.
    pub(crate) fn compute_base_weight(&self, id: ProviderId) -> u128 {
        let provider = &self.providers[id.index()];
        let bonded = self.bonded(id);
        let full = self.bond_full(id);
        let (Standing::Active, Some(full), false) = (provider.standing, full, bonded.is_zero())
        else {
            return 0;
        };
        let staked = bonded + self.delegated(id);
        let ruled = match self.params.weight {
            WeightRule::Cover => self.compute_covered(provider, staked, full),
            WeightRule::Value => self.list_value(provider),
            WeightRule::Gpus => u128::from(provider.gpus) * u128::from(Ratio::ONE.parts()),
            WeightRule::Equal => u128::from(Ratio::ONE.parts()),
            WeightRule::Stake => staked.base_units(),
            WeightRule::StakeRoot => staked.base_units().isqrt(),
        };
        let ramped = share(self.compute_ramp(provider), ruled);
        let committed = share(provider.committed, ramped);
        let tenured = share(self.tenure_factor(provider), committed);
        let opening = self.kinds[provider.kind.index()].opening_weight;
        let factor = compute_share_factor(&self.params.market_share, tenured, opening);
        share(factor, tenured)
    }

    /// `⌊list value · (base + (1 − base) · min(1, staked / full))⌋`.
    fn compute_covered(&self, provider: &Provider, staked: Amount, full: Amount) -> u128 {
        // `full` is above zero: there are GPUs, and every list price is.
        let covered = Ratio::of(staked.min(full).base_units(), full.base_units());
        let base = self.params.bond.weight_base;
        let factor = base.saturating_add(base.complement().times(covered));
        share(factor, self.list_value(provider))
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
        } else {
            self.await_raise(id);
        }
    }

    /// Has a provider raised at the close.
    pub(crate) fn await_raise(&mut self, id: ProviderId) {
        let provider = &mut self.providers[id.index()];
        if !provider.is_reweighed {
            provider.is_reweighed = true;
            self.reweighed.push(id);
        }
    }

    /// Puts the present commitment and base weight in force: the epoch has been paid out.
    pub(crate) fn raise(&mut self, id: ProviderId) {
        let provider = &mut self.providers[id.index()];
        let commitment = provider.commitment;
        provider.committed = commitment.map_or(Ratio::ONE, |commitment| commitment.multiplier);
        let multiplier = provider.multiplier;
        let base = self.compute_base_weight(id);
        self.apply_weight(id, base, multiplier);
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
        self.apply_pool_weights(id);
    }

    /// Notes each kind's total weight, against which shares are measured in the next epoch.
    pub(crate) fn note_opening_weights(&mut self) {
        for kind in &mut self.kinds {
            kind.opening_weight = kind.total_weight;
        }
    }
}

/// The factor of a weight's share of what its kind weighed as the epoch opened; one where it weighed nothing.
fn compute_share_factor(rule: &MarketShareRule, weight: u128, opening: u128) -> Ratio {
    if opening == 0 {
        return Ratio::ONE;
    }
    let share = Ratio::of(weight, opening).min(Ratio::ONE);
    match *rule {
        MarketShareRule::None => Ratio::ONE,
        MarketShareRule::Bonus { gain, cap } => {
            Ratio::ONE.saturating_add(gain.times(share).min(cap))
        }
        MarketShareRule::Damping { above } if share > above => compute_root(Ratio::of(
            u128::from(above.parts()),
            u128::from(share.parts()),
        )),
        MarketShareRule::Damping { .. } => Ratio::ONE,
    }
}

/// The square root, rounded down.
pub(crate) fn compute_root(ratio: Ratio) -> Ratio {
    let squared = u128::from(ratio.parts()) * u128::from(Ratio::ONE.parts());
    Ratio::from_parts(squared.isqrt() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_rounds_down() {
        let root = |percent| compute_root(Ratio::from_percent(percent));
        assert_eq!(root(144), Ratio::from_percent(120));
        assert_eq!(root(25), Ratio::from_percent(50));
        assert_eq!(root(100), Ratio::ONE);
        assert_eq!(root(50), Ratio::from_parts(707_106_781_186));
    }

    #[test]
    fn a_share_counts_only_against_an_opening_total() {
        let bonus = MarketShareRule::Bonus {
            gain: Ratio::from_percent(50),
            cap: Ratio::from_percent(20),
        };
        assert_eq!(compute_share_factor(&bonus, 10, 0), Ratio::ONE);
        assert_eq!(
            compute_share_factor(&bonus, 10, 100),
            Ratio::from_percent(105)
        );
        assert_eq!(
            compute_share_factor(&bonus, 60, 100),
            Ratio::from_percent(120)
        );
        assert_eq!(
            compute_share_factor(&bonus, u128::MAX, 1),
            Ratio::from_percent(120)
        );
        let damping = MarketShareRule::Damping {
            above: Ratio::from_percent(25),
        };
        assert_eq!(compute_share_factor(&damping, 25, 100), Ratio::ONE);
        assert_eq!(
            compute_share_factor(&damping, 100, 100),
            Ratio::from_percent(50)
        );
        assert_eq!(
            compute_share_factor(&MarketShareRule::None, 7, 100),
            Ratio::ONE
        );
    }
}
