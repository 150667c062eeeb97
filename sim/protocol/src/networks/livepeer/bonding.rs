//! A transcoder through its rounds: its commission on rewards and fees, what its own earned rewards earn, and its delegators' shares.
//!
//! Stake that comes in a round counts from the next one. A transcoder's commission does not enter the factors: it is kept apart
//! until the transcoder claims it, and earns as if it were staked.

use super::super::RuleError;
use super::earnings_pool::{Factors, fees_at, stake_at};
use super::percent::{BONDING, PRECISE};

/// A transcoder's commission, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Commission {
    /// The transcoder's share of rewards.
    pub reward_cut: u128,
    /// The delegators' share of fees.
    pub fee_share: u128,
}

/// A transcoder in a round. Amounts in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transcoder {
    /// Its commission.
    pub commission: Commission,
    /// Stake that counts this round.
    pub total_stake: u128,
    /// Stake that will count next round.
    pub next_stake: u128,
    /// Rewards it earned beyond its bond and did not claim.
    pub cumulative_rewards: u128,
    /// Fees it earned beyond its bond and did not claim.
    pub cumulative_fees: u128,
    /// Its factors, as of the last round that changed them.
    pub factors: Factors,
    /// Unclaimed rewards that earn this round, once it has called for its reward.
    active_rewards: u128,
    /// Its factors at the end of the last round.
    previous: Factors,
    /// What its delegators got of this round's reward.
    rewarded: Option<u128>,
}

/// The treasury's part of a reward, `points` of [`PRECISE`], in base units; the rest is the transcoder's and its delegators'.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn treasury_part(reward: u128, points: u128) -> Result<u128, RuleError> {
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
    pub fn new(commission: Commission, stake: u128) -> Transcoder {
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
        stake: u128,
        total_stake: u128,
        cumulative_rewards: u128,
    ) -> Result<Transcoder, RuleError> {
        let reward = total_stake.checked_sub(stake);
        let delegators = reward.and_then(|reward| reward.checked_sub(cumulative_rewards));
        let delegators =
            delegators.ok_or(RuleError::Refused("a commission of more than the reward"))?;
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
    pub const fn incoming(&self) -> u128 {
        self.next_stake.saturating_sub(self.total_stake)
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
    pub fn reward(&mut self, reward: u128) -> Result<(), RuleError> {
        if self.rewarded.is_some() {
            let why = "caller has already called reward for the current round";
            return Err(RuleError::Refused(why));
        }
        let cut = BONDING.of(reward, self.commission.reward_cut)?;
        let delegators = reward.checked_sub(cut).ok_or(RuleError::Overflow)?;
        let own = PRECISE.fraction_of(delegators, self.cumulative_rewards, self.total_stake)?;
        let factors = self
            .factors
            .with_rewards(&self.factors, delegators, self.total_stake)?;
        self.active_rewards = self.cumulative_rewards;
        self.cumulative_rewards = sum([self.cumulative_rewards, own, cut])?;
        self.next_stake = sum([self.next_stake, reward, 0])?;
        self.factors = factors;
        self.rewarded = Some(delegators);
        Ok(())
    }

    /// Fees come in.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake.
    pub fn fees(&mut self, fees: u128) -> Result<(), RuleError> {
        let mut previous = self.previous;
        let mut active = self.cumulative_rewards;
        if let Some(delegators) = self.rewarded {
            active = self.active_rewards;
            if previous.reward == 0 {
                // The first reward came this round: the factor before it, worked back from the one after it.
                let after = sum([delegators, self.total_stake, 0])?;
                previous.reward =
                    PRECISE.fraction_of(self.factors.reward, self.total_stake, after)?;
            }
        }
        let delegators = BONDING.of(fees, self.commission.fee_share)?;
        let cut = fees.checked_sub(delegators).ok_or(RuleError::Overflow)?;
        let own = PRECISE.fraction_of(delegators, active, self.total_stake)?;
        // The fee factor of this round starts at the last one's, so the first fees of a round and later ones add up alike.
        let factors = self
            .factors
            .with_fees(&previous, delegators, self.total_stake)?;
        self.cumulative_fees = sum([self.cumulative_fees, own, cut])?;
        self.factors = factors;
        Ok(())
    }

    /// The transcoder claims its earnings: gives its unclaimed rewards and fees.
    pub const fn claim(&mut self) -> (u128, u128) {
        let claimed = (self.cumulative_rewards, self.cumulative_fees);
        (self.cumulative_rewards, self.cumulative_fees) = (0, 0);
        claimed
    }

    /// Stake and fees that a delegator who bonded `stake` at the factors `start` has now.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn delegator(&self, stake: u128, start: &Factors) -> Result<(u128, u128), RuleError> {
        let stake_now = stake_at(stake, start, &self.factors)?;
        Ok((stake_now, fees_at(stake, start, &self.factors)?))
    }
}

fn sum(parts: [u128; 3]) -> Result<u128, RuleError> {
    let add = |sum: u128, part| sum.checked_add(part);
    parts
        .into_iter()
        .try_fold(0, add)
        .ok_or(RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half() -> Commission {
        Commission {
            reward_cut: 500_000,
            fee_share: 250_000,
        }
    }

    #[test]
    fn a_commission_earns_like_stake_until_it_is_claimed() {
        let mut transcoder = Transcoder::new(half(), 1000);
        transcoder.reward(1000).unwrap();
        assert_eq!(transcoder.cumulative_rewards, 500);
        transcoder.next_round();
        transcoder.reward(1000).unwrap();
        // 500 of the delegators' part go by stake, a quarter of that to the unclaimed 500 of 2000.
        assert_eq!(transcoder.cumulative_rewards, 500 + 500 + 125);
        assert_eq!(transcoder.claim(), (1125, 0));
        assert_eq!(transcoder.cumulative_rewards, 0);
        assert!(matches!(transcoder.reward(1), Err(RuleError::Refused(_))));
    }

    #[test]
    fn fees_go_by_the_stake_of_the_round_before_its_reward() {
        let mut transcoder = Transcoder::new(half(), 1000);
        transcoder.reward(1000).unwrap();
        transcoder.fees(1000).unwrap();
        assert_eq!(transcoder.cumulative_fees, 750);
        // Working the factor back loses its last digit, and with it a whole base unit of 250.
        assert_eq!(
            transcoder.delegator(1000, &Factors::default()),
            Ok((1500, 249))
        );
        transcoder.next_round();
        transcoder.fees(1000).unwrap();
        // By the factor 1.5 over 2000 staked, and a quarter of the delegators' part to the unclaimed 500.
        assert_eq!(
            transcoder.delegator(1000, &Factors::default()),
            Ok((1500, 437))
        );
        assert_eq!(transcoder.cumulative_fees, 750 + 750 + 62);
    }

    #[test]
    fn a_transcoder_told_after_its_reward_is_the_one_that_had_it() {
        let mut transcoder = Transcoder::new(half(), 1000);
        transcoder.reward(1000).unwrap();
        assert_eq!(transcoder.incoming(), 1000);
        transcoder.next_round();
        let told = Transcoder::after_reward(half(), 1000, 2000, 500).unwrap();
        assert_eq!(
            (told.factors, told.previous),
            (transcoder.factors, transcoder.previous)
        );
        assert_eq!(told.total_stake, transcoder.total_stake);
        assert!(Transcoder::after_reward(half(), 1000, 1100, 500).is_err());
    }

    #[test]
    fn the_treasury_is_paid_on_its_own_scale_and_stake_unbonds_by_rounds() {
        assert_eq!(treasury_part(1009, PRECISE.0 / 10), Ok(100));
        assert_eq!(withdraw_round(100, 7), 107);
        let mut empty = Transcoder::default();
        assert_eq!(empty.reward(1), Err(RuleError::ZeroDivisor));
        assert_eq!(empty.fees(1), Err(RuleError::ZeroDivisor));
    }
}
