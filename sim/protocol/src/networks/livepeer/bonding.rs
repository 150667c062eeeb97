//! A transcoder through its rounds: its commission on rewards and fees, what its own earned rewards earn, and its delegators' shares.
//!
//! Stake that comes in a round counts from the next one. A transcoder's commission does not enter the factors: it is kept apart
//! until the transcoder claims it, and earns as if it were staked.

use super::super::RuleError;
use super::super::uint256::Uint256;
use super::earnings_pool::{Factors, fees_at, stake_at};
use super::percent::{BONDING, PRECISE};

/// A transcoder's commission, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Commission {
    /// The transcoder's share of rewards.
    pub reward_cut: Uint256,
    /// The delegators' share of fees.
    pub fee_share: Uint256,
}

/// A transcoder in a round. Amounts in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transcoder {
    /// Its commission.
    pub commission: Commission,
    /// Stake that counts this round.
    pub total_stake: Uint256,
    /// Stake that will count next round.
    pub next_stake: Uint256,
    /// Rewards it earned beyond its bond and did not claim.
    pub cumulative_rewards: Uint256,
    /// Fees it earned beyond its bond and did not claim.
    pub cumulative_fees: Uint256,
    /// Its factors, as of the last round that changed them.
    pub factors: Factors,
    /// Unclaimed rewards that earn this round, once it has called for its reward.
    active_rewards: Uint256,
    /// Its factors at the end of the last round.
    previous: Factors,
    /// What its delegators got of this round's reward.
    rewarded: Option<Uint256>,
}

/// The treasury's part of a reward, `points` of [`PRECISE`], in base units; the rest is the transcoder's and its delegators'.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn treasury_part(reward: Uint256, points: Uint256) -> Result<Uint256, RuleError> {
    PRECISE.of(reward, points)
}

/// When stake that unbonds in a round can be withdrawn.
#[must_use]
pub const fn withdraw_round(round: u64, unbonding_period: u64) -> u64 {
    round.saturating_add(unbonding_period)
}

impl Transcoder {
    /// A transcoder with so much stake, its own and its delegators', from this round on.
    #[must_use]
    pub fn new(commission: Commission, stake: Uint256) -> Transcoder {
        Transcoder {
            commission,
            total_stake: stake,
            next_stake: stake,
            ..Transcoder::default()
        }
    }

    /// A transcoder in the round after its first reward, which made `stake` into `total_stake` and left it `cumulative_rewards` of its
    /// own.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when the reward is less than what it left, [`RuleError::ZeroDivisor`] without stake.
    pub fn after_reward(
        commission: Commission,
        stake: Uint256,
        total_stake: Uint256,
        cumulative_rewards: Uint256,
    ) -> Result<Transcoder, RuleError> {
        let reward = total_stake.minus(stake);
        let delegators = reward.and_then(|reward| reward.minus(cumulative_rewards));
        let delegators =
            delegators.map_err(|_| RuleError::Refused("a commission of more than the reward"))?;
        let start = Factors::default();
        let factors = start.with_rewards(&start, delegators, stake)?;
        Ok(Transcoder {
            cumulative_rewards,
            factors,
            previous: factors,
            ..Transcoder::new(commission, total_stake)
        })
    }

    /// Stake that came in this round, in base units.
    #[must_use]
    pub fn incoming(&self) -> Uint256 {
        self.next_stake.minus(self.total_stake).unwrap_or_default()
    }

    /// The next round begins.
    pub const fn next_round(&mut self) {
        self.total_stake = self.next_stake;
        self.previous = self.factors;
        self.rewarded = None;
    }

    /// The round's reward comes in, the treasury's part already taken.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for a second one in a round, [`RuleError::ZeroDivisor`] without stake.
    pub fn reward(&mut self, reward: Uint256) -> Result<(), RuleError> {
        if self.rewarded.is_some() {
            let why = "caller has already called reward for the current round";
            return Err(RuleError::Refused(why));
        }
        let cut = BONDING.of(reward, self.commission.reward_cut)?;
        let delegators = reward.minus(cut)?;
        let own = PRECISE.fraction_of(delegators, self.cumulative_rewards, self.total_stake)?;
        let factors = self
            .factors
            .with_rewards(&self.factors, delegators, self.total_stake)?;
        self.active_rewards = self.cumulative_rewards;
        self.cumulative_rewards = self.cumulative_rewards.plus(own)?.plus(cut)?;
        self.next_stake = self.next_stake.plus(reward)?;
        self.factors = factors;
        self.rewarded = Some(delegators);
        Ok(())
    }

    /// Fees come in.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake.
    pub fn fees(&mut self, fees: Uint256) -> Result<(), RuleError> {
        let mut previous = self.previous;
        let mut active = self.cumulative_rewards;
        if let Some(delegators) = self.rewarded {
            active = self.active_rewards;
            if previous.reward == 0 {
                // The first reward came this round: the factor before it, worked back from the one after it.
                let after = delegators.plus(self.total_stake)?;
                previous.reward =
                    PRECISE.fraction_of(self.factors.reward, self.total_stake, after)?;
            }
        }
        let delegators = BONDING.of(fees, self.commission.fee_share)?;
        let cut = fees.minus(delegators)?;
        let own = PRECISE.fraction_of(delegators, active, self.total_stake)?;
        // The fee factor of this round starts at the last one's, so the first fees of a round and later ones add up alike.
        let factors = self
            .factors
            .with_fees(&previous, delegators, self.total_stake)?;
        self.cumulative_fees = self.cumulative_fees.plus(own)?.plus(cut)?;
        self.factors = factors;
        Ok(())
    }

    /// The transcoder claims its earnings: gives its unclaimed rewards and fees.
    pub const fn claim(&mut self) -> (Uint256, Uint256) {
        let claimed = (self.cumulative_rewards, self.cumulative_fees);
        (self.cumulative_rewards, self.cumulative_fees) = (Uint256::ZERO, Uint256::ZERO);
        claimed
    }

    /// Stake and fees that a delegator who bonded `stake` at the factors `start` has now.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn delegator(
        &self,
        stake: Uint256,
        start: &Factors,
    ) -> Result<(Uint256, Uint256), RuleError> {
        let stake_now = stake_at(stake, start, &self.factors)?;
        Ok((stake_now, fees_at(stake, start, &self.factors)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half() -> Commission {
        Commission {
            reward_cut: 500_000.into(),
            fee_share: 250_000.into(),
        }
    }

    #[test]
    fn a_commission_earns_like_stake_until_it_is_claimed() {
        let mut transcoder = Transcoder::new(half(), 1000.into());
        transcoder.reward(1000.into()).unwrap();
        assert_eq!(transcoder.cumulative_rewards, 500);
        transcoder.next_round();
        transcoder.reward(1000.into()).unwrap();
        // 500 of the delegators' part go by stake, a quarter of that to the unclaimed 500 of 2000.
        assert_eq!(transcoder.cumulative_rewards, 500 + 500 + 125);
        assert_eq!(transcoder.claim(), (1125.into(), 0.into()));
        assert_eq!(transcoder.cumulative_rewards, 0);
        assert!(matches!(
            transcoder.reward(1.into()),
            Err(RuleError::Refused(_))
        ));
    }

    #[test]
    fn fees_go_by_the_stake_of_the_round_before_its_reward() {
        let mut transcoder = Transcoder::new(half(), 1000.into());
        transcoder.reward(1000.into()).unwrap();
        transcoder.fees(1000.into()).unwrap();
        assert_eq!(transcoder.cumulative_fees, 750);
        // Working the factor back loses its last digit, and with it a whole base unit of 250.
        assert_eq!(
            transcoder.delegator(1000.into(), &Factors::default()),
            Ok((1500.into(), 249.into()))
        );
        transcoder.next_round();
        transcoder.fees(1000.into()).unwrap();
        // By the factor 1.5 over 2000 staked, and a quarter of the delegators' part to the unclaimed 500.
        assert_eq!(
            transcoder.delegator(1000.into(), &Factors::default()),
            Ok((1500.into(), 437.into()))
        );
        assert_eq!(transcoder.cumulative_fees, 750 + 750 + 62);
    }

    #[test]
    fn a_transcoder_told_after_its_reward_is_the_one_that_had_it() {
        let mut transcoder = Transcoder::new(half(), 1000.into());
        transcoder.reward(1000.into()).unwrap();
        assert_eq!(transcoder.incoming(), 1000);
        transcoder.next_round();
        let told = Transcoder::after_reward(half(), 1000.into(), 2000.into(), 500.into()).unwrap();
        assert_eq!(
            (told.factors, told.previous),
            (transcoder.factors, transcoder.previous)
        );
        assert_eq!(told.total_stake, transcoder.total_stake);
        assert!(Transcoder::after_reward(half(), 1000.into(), 1100.into(), 500.into()).is_err());
    }

    #[test]
    fn the_treasury_is_paid_on_its_own_scale_and_stake_unbonds_by_rounds() {
        let tenth = PRECISE.0.over(10.into()).unwrap();
        assert_eq!(treasury_part(1009.into(), tenth), Ok(100.into()));
        assert_eq!(withdraw_round(100, 7), 107);
        let mut empty = Transcoder::default();
        assert_eq!(empty.reward(1.into()), Err(RuleError::ZeroDivisor));
        assert_eq!(empty.fees(1.into()), Err(RuleError::ZeroDivisor));
    }
}
