//! The summary of a close, number by number.

use stakesim_protocol::EpochSummary;
use units::Amount;

use super::close::Closed;
use super::compare::{Pair, differ};
use super::number::parts;

impl Pair {
    pub fn summaries(&self, tested: &EpochSummary, naive: &Closed) -> Result<(), String> {
        let amount = Amount::base_units;
        let released = &tested.released;
        self.scaling(tested, naive)?;
        differ("measured", tested.measured as usize, naive.measured)?;
        differ("scheduled", amount(tested.scheduled), naive.scheduled)?;
        differ("ceiling", amount(tested.ceiling), naive.ceiling)?;
        differ("budget", amount(tested.budget), naive.budget)?;
        differ(
            "categories",
            tested.by_category.map(amount),
            naive.by_category,
        )?;
        differ("minted", amount(tested.minted), naive.minted)?;
        differ("violations", &tested.violations[..], &naive.violations[..])?;
        let slashed: Vec<u128> = tested.slashed.iter().map(|a| a.base_units()).collect();
        differ("slashed", &slashed[..], &naive.slashed[..])?;
        differ("forfeited", amount(tested.forfeited), naive.forfeited)?;
        let places = [
            released.compensation,
            released.reporter,
            released.insurance,
            released.burned,
            released.treasury,
        ];
        differ("released", places.map(amount), naive.released)?;
        differ("matured", amount(tested.matured), naive.matured)?;
        differ("reinstated", tested.reinstated, naive.reinstated)?;
        differ("burned", amount(tested.burned), naive.burned)?;
        let fees = tested.fee_to_emission.map(parts);
        differ("fees to emission", fees, naive.fee_to_emission)?;
        let runway = tested.treasury_runway_epochs.map(u128::from);
        differ("runway", runway, naive.runway)?;
        differ("breaker", tested.breaker_tripped, naive.breaker_tripped)?;
        let held = [
            tested.grants,
            tested.insurance_payouts,
            tested.treasury,
            tested.insurance,
        ];
        let ours = [naive.grants, naive.payouts, naive.treasury, naive.insurance];
        differ(
            "grants, payouts, treasury, insurance",
            held.map(amount),
            ours,
        )?;
        let verifiers = amount(tested.verification_fees);
        differ("verification", verifiers, naive.verification_fees)?;
        differ("guards", tested.guard_actions, naive.actions)?;
        differ("halt", tested.is_halted, self.oracle.is_halted())
    }

    /// What was seen of the network, and the factors that follow from it.
    fn scaling(&self, tested: &EpochSummary, naive: &Closed) -> Result<(), String> {
        let scale = &self.oracle.scale;
        let factors = [
            tested.factors.demand,
            tested.factors.market,
            tested.factors.staked,
            tested.factors.growth,
            tested.factors.product,
        ];
        let ours = [
            scale.demand,
            scale.market,
            scale.staked,
            scale.growth,
            naive.product,
        ];
        differ("factors", factors.map(parts), ours)?;
        differ(
            "utilisation",
            tested.utilisation.map(parts),
            naive.utilisation,
        )?;
        differ(
            "staked ratio",
            parts(tested.staked_ratio),
            naive.staked_ratio,
        )
    }
}
