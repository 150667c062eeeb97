//! Ethereum's proof of stake: rewards by the square root of all stake, penalties for absence that grow while nothing is final, and
//! slashes that grow with what is slashed beside them. Restated from ethereum/consensus-specs @a08d8a6 (CC0): phase0, altair,
//! bellatrix and electra.
//!
//! Amounts are gwei. Every quotient is cut off; what it leaves is never issued, or never taken.

use super::RuleError;
use super::round::{Rounding, div, mul_div};

/// Which of the upgrades' rules are in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fork {
    /// The beacon chain's beginning.
    Phase0,
    /// Sync committees; stricter slashes.
    Altair,
    /// The merge; the last of the strict slashes. Capella and Deneb changed none of the rules here.
    Bellatrix,
    /// Larger validators; a small initial slash. So does Fulu.
    Electra,
}

impl Fork {
    /// The fork of this name in the specifications.
    #[must_use]
    pub fn of(name: &str) -> Option<Fork> {
        match name {
            "phase0" => Some(Fork::Phase0),
            "altair" => Some(Fork::Altair),
            "bellatrix" | "capella" | "deneb" => Some(Fork::Bellatrix),
            "electra" | "fulu" => Some(Fork::Electra),
            _ => None,
        }
    }
}

/// What a network sets, under the specifications' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constants {
    /// Gwei of one increment of effective balance.
    pub effective_balance_increment: u64,
    /// Scale of all rewards.
    pub base_reward_factor: u64,
    /// Of what the weights of all duties are parts.
    pub weight_denominator: u64,
    /// What an absent target adds to an inactivity score.
    pub inactivity_score_bias: u64,
    /// What an epoch takes from an inactivity score while the chain is final.
    pub inactivity_score_recovery_rate: u64,
    /// Divides scores and balances into inactivity penalties.
    pub inactivity_penalty_quotient: u64,
    /// Divides a balance into its initial slash.
    pub min_slashing_penalty_quotient: u64,
    /// How much faster the correlation penalty grows than what is slashed.
    pub proportional_slashing_multiplier: u64,
    /// Divides a balance into the reward for reporting it.
    pub whistleblower_reward_quotient: u64,
    /// Weight of proposing: phase0's eighth is 8 of 64 too.
    pub proposer_weight: u64,
}

impl Constants {
    /// Mainnet's.
    #[must_use]
    pub const fn mainnet(fork: Fork) -> Constants {
        let (inactivity, slashing, multiplier, whistleblower) = match fork {
            Fork::Phase0 => (1 << 26, 128, 1, 512),
            Fork::Altair => (3 << 24, 64, 2, 512),
            Fork::Bellatrix => (1 << 24, 32, 3, 512),
            Fork::Electra => (1 << 24, 4096, 3, 4096),
        };
        Constants {
            effective_balance_increment: 1_000_000_000,
            base_reward_factor: 64,
            weight_denominator: 64,
            inactivity_score_bias: 4,
            inactivity_score_recovery_rate: 16,
            inactivity_penalty_quotient: inactivity,
            min_slashing_penalty_quotient: slashing,
            proportional_slashing_multiplier: multiplier,
            whistleblower_reward_quotient: whistleblower,
            proposer_weight: 8,
        }
    }

    /// Whole increments of a balance.
    fn increments(&self, gwei: u64) -> Result<u64, RuleError> {
        // no published number notices: effective balances are whole increments.
        cut(div(
            gwei.into(),
            self.effective_balance_increment.into(),
            Rounding::Floor,
        )?)
    }

    /// Reward of an epoch to each increment of effective balance, for all duties together.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake.
    pub fn base_reward_per_increment(&self, total_active: u64) -> Result<u64, RuleError> {
        cut(mul_div(
            self.effective_balance_increment.into(),
            self.base_reward_factor.into(),
            integer_squareroot(total_active).into(),
            Rounding::Floor,
        )?)
    }

    /// Reward of an epoch to a validator, for all duties together (altair).
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake, [`RuleError::Overflow`].
    pub fn base_reward(&self, total_active: u64, effective: u64) -> Result<u64, RuleError> {
        let each = self.base_reward_per_increment(total_active)?;
        let increments = self.increments(effective)?;
        increments.checked_mul(each).ok_or(RuleError::Overflow)
    }

    /// Reward for a duty of this weight well done, when `participating` of `total_active` did it; nothing in an inactivity leak. Both are
    /// balances as the specification counts them, which is one increment where there is less: the caller's part.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake, [`RuleError::Overflow`].
    pub fn flag_reward(
        &self,
        effective: u64,
        weight: u64,
        participating: u64,
        total_active: u64,
        is_in_leak: bool,
    ) -> Result<u64, RuleError> {
        if is_in_leak {
            return Ok(0);
        }
        let base = self.base_reward(total_active, effective)?;
        let weighted = u128::from(base) * u128::from(weight);
        let active = self.increments(total_active)?;
        cut(mul_div(
            weighted,
            self.increments(participating)?.into(),
            u128::from(active) * u128::from(self.weight_denominator),
            Rounding::Floor,
        )?)
    }

    /// Penalty for a duty of this weight left out. The head vote has none: its caller does not ask.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake, [`RuleError::Overflow`].
    pub fn flag_penalty(
        &self,
        effective: u64,
        weight: u64,
        total_active: u64,
    ) -> Result<u64, RuleError> {
        let base = self.base_reward(total_active, effective)?;
        cut(mul_div(
            base.into(),
            weight.into(),
            self.weight_denominator.into(),
            Rounding::Floor,
        )?)
    }

    /// Penalty of an epoch for an inactivity score.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`].
    pub fn inactivity_penalty(&self, effective: u64, score: u64) -> Result<u64, RuleError> {
        let quotient =
            u128::from(self.inactivity_score_bias) * u128::from(self.inactivity_penalty_quotient);
        cut(mul_div(
            effective.into(),
            score.into(),
            quotient,
            Rounding::Floor,
        )?)
    }

    /// The inactivity score after an epoch: one less for a timely target, a bias more without; and recovery while the chain is
    /// final.
    #[must_use]
    pub const fn inactivity_score(&self, score: u64, has_target: bool, is_in_leak: bool) -> u64 {
        let score = if has_target {
            score.saturating_sub(1)
        } else {
            score.saturating_add(self.inactivity_score_bias)
        };
        if is_in_leak {
            score
        } else {
            score.saturating_sub(self.inactivity_score_recovery_rate)
        }
    }

    /// Penalty half-way to withdrawal of a slashed validator, when `slashed` was slashed in the same window: a multiple of
    /// the slashed part of all stake, in whole increments. Electra cuts the penalty of one increment off before it multiplies, the
    /// forks before it cut the whole penalty to increments.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake, [`RuleError::Overflow`].
    pub fn correlation_penalty(
        &self,
        fork: Fork,
        total_active: u64,
        slashed: u64,
        effective: u64,
    ) -> Result<u64, RuleError> {
        let total = u128::from(total_active);
        let multiplied = u128::from(slashed) * u128::from(self.proportional_slashing_multiplier);
        let adjusted = multiplied.min(total);
        let increments = u128::from(self.increments(effective)?);
        if fork >= Fork::Electra {
            let of_increment = div(
                adjusted,
                self.increments(total_active)?.into(),
                Rounding::Floor,
            )?;
            return cut(of_increment
                .checked_mul(increments)
                .ok_or(RuleError::Overflow)?);
        }
        let penalty = mul_div(increments, adjusted, total, Rounding::Floor)?;
        let increment = u128::from(self.effective_balance_increment);
        cut(penalty.checked_mul(increment).ok_or(RuleError::Overflow)?)
    }

    /// What a slash takes at once, and what it pays to those who brought it into a block.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    pub fn initial_slash(&self, effective: u64) -> Result<InitialSlash, RuleError> {
        let penalty = div(
            effective.into(),
            self.min_slashing_penalty_quotient.into(),
            Rounding::Floor,
        )?;
        let reward = div(
            effective.into(),
            self.whistleblower_reward_quotient.into(),
            Rounding::Floor,
        )?;
        let proposer = mul_div(
            reward,
            self.proposer_weight.into(),
            self.weight_denominator.into(),
            Rounding::Floor,
        )?;
        Ok(InitialSlash {
            penalty: cut(penalty)?,
            proposer: cut(proposer)?,
            whistleblower: cut(reward.checked_sub(proposer).ok_or(RuleError::Overflow)?)?,
        })
    }
}

/// A slash at its beginning, in gwei. The rewards are newly issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitialSlash {
    /// Taken from the validator and burned.
    pub penalty: u64,
    /// To the proposer of the block.
    pub proposer: u64,
    /// To the whistleblower; the proposer again, unless the report names somebody.
    pub whistleblower: u64,
}

/// The largest integer whose square is at most `n`.
#[must_use]
pub const fn integer_squareroot(n: u64) -> u64 {
    // Digit by digit in base two, from the highest that 64 bits can have.
    let (mut root, mut bit) = (0u64, 1u64 << 31);
    while bit > 0 {
        let tried = root | bit;
        if tried <= n / tried {
            root = tried;
        }
        bit >>= 1;
    }
    root
}

fn cut(gwei: u128) -> Result<u64, RuleError> {
    u64::try_from(gwei).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETH: u64 = 1_000_000_000;

    #[test]
    fn square_roots_are_the_largest_that_fit() {
        for n in (0..2_000).chain([
            u64::MAX,
            u64::MAX - 1,
            1 << 63,
            4_294_967_295 * 4_294_967_295,
        ]) {
            let root = u128::from(integer_squareroot(n));
            assert!(
                root * root <= n.into() && (root + 1) * (root + 1) > n.into(),
                "{n}"
            );
        }
        assert_eq!(
            integer_squareroot(4_294_967_295 * 4_294_967_295),
            4_294_967_295
        );
    }

    #[test]
    fn a_part_of_an_increment_earns_and_answers_for_nothing() {
        let constants = Constants::mainnet(Fork::Bellatrix);
        assert_eq!(constants.base_reward(1_000 * ETH, ETH - 1), Ok(0));
        let penalty =
            constants.correlation_penalty(Fork::Bellatrix, 100 * ETH, 50 * ETH, 2 * ETH - 1);
        assert_eq!(penalty, Ok(ETH));
    }

    #[test]
    fn electra_cuts_the_penalty_of_one_increment() {
        // Three times a seventh of 7 ETH that are slashed: 3/7 of an increment, for two: 857,142,856 and not ...857.
        let constants = Constants::mainnet(Fork::Electra);
        let penalty = constants.correlation_penalty(Fork::Electra, 7 * ETH, ETH, 2 * ETH);
        assert_eq!(penalty, Ok(857_142_856));
        let before = Constants::mainnet(Fork::Bellatrix);
        let penalty = before.correlation_penalty(Fork::Bellatrix, 7 * ETH, ETH, 3 * ETH);
        assert_eq!(penalty, Ok(ETH));
    }

    #[test]
    fn nothing_is_divided_by_stake_that_is_not_there() {
        let constants = Constants::mainnet(Fork::Electra);
        let none = Err(RuleError::ZeroDivisor);
        assert_eq!(constants.base_reward(0, ETH), none);
        assert_eq!(constants.flag_reward(ETH, 14, 0, ETH - 1, false), none);
        assert_eq!(
            constants.correlation_penalty(Fork::Electra, 0, 0, ETH),
            none
        );
        assert_eq!(Fork::of("capella"), Some(Fork::Bellatrix));
        assert_eq!(Fork::of("byzantium"), None);
    }
}
