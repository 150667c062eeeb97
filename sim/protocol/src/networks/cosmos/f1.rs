//! F1 distribution: rewards of a validator's delegators by a cumulative ratio of rewards to tokens, a period for each change of
//! stake, and the fraction of every slash beside the period that it ended: `x/distribution`.
//!
//! Everything is cut off towards nought, so that no delegator can draw more than there is; what whole coins leave over goes to the
//! community pool. Times are the order of calls: rewards of a block come before its slashes, as in the SDK, and a delegation
//! answers for slashes after it only.

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::{BigInt, Sign};

use super::Dec;
use crate::networks::RuleError;

/// How far a stake followed through slashes may stand above what its shares are worth, in units of 1e-18.
const STAKE_ERROR_MAX: i64 = 3;

/// A validator's rewards and what they are shared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validator {
    tokens: BigInt,
    shares: Dec,
    commission_rate: Dec,
    commission: Dec,
    current_rewards: Dec,
    outstanding: Dec,
    /// Cumulative rewards to a token at the end of each period.
    ratios: Vec<Dec>,
    slashes: Vec<SlashEvent>,
}

/// The fraction that ended a period.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SlashEvent {
    period: usize,
    fraction: Dec,
}

/// A delegator's stake with a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    shares: Dec,
    /// The period that ended when the rewards began to count.
    previous_period: usize,
    stake: Dec,
}

/// What a withdrawal pays, in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Whole coins to who withdraws.
    pub paid: BigInt,
    /// The rest of a coin, to the community pool (of a commission: it stays as commission).
    pub dust: Dec,
}

impl Validator {
    /// A validator without stake that keeps `commission_rate` of its rewards.
    #[must_use]
    pub fn new(commission_rate: Dec) -> Validator {
        Validator {
            tokens: BigInt::default(),
            shares: Dec::default(),
            commission_rate,
            commission: Dec::default(),
            current_rewards: Dec::default(),
            outstanding: Dec::default(),
            ratios: vec![Dec::default()],
            slashes: Vec::new(),
        }
    }

    /// Commission that was not withdrawn yet.
    #[must_use]
    pub fn commission(&self) -> &Dec {
        &self.commission
    }

    /// Rewards of the running period for delegators.
    #[must_use]
    pub fn current_rewards(&self) -> &Dec {
        &self.current_rewards
    }

    /// Everything that was allocated and not withdrawn.
    #[must_use]
    pub fn outstanding(&self) -> &Dec {
        &self.outstanding
    }

    /// A new delegation of `amount` base units, at the present worth of a share.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] where a slash took all tokens and left shares.
    pub fn delegate(&mut self, amount: &BigInt) -> Result<Delegation, RuleError> {
        let ended = self.end_period()?;
        let shares = if self.shares.is_zero() {
            Dec::from_int(amount.clone())
        } else {
            // no published number notices: nobody joins after a slash there.
            self.shares.mul_int(amount)?.quo_int(&self.tokens)?
        };
        self.tokens += amount;
        self.shares = self.shares.add(&shares)?;
        self.start(shares, ended)
    }

    /// Rewards of a block, before its slashes: commission first, the rest to the running period.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn allocate(&mut self, rewards: &Dec) -> Result<(), RuleError> {
        let commission = rewards.mul(&self.commission_rate)?;
        let shared = rewards.sub(&commission)?;
        self.commission = self.commission.add(&commission)?;
        self.current_rewards = self.current_rewards.add(&shared)?;
        self.outstanding = self.outstanding.add(rewards)?;
        Ok(())
    }

    /// A slash that burns `burned` base units of the tokens: the period ends, and stakes of before it are worth the rest.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for more than there is, [`RuleError::ZeroDivisor`] without tokens.
    pub fn slash(&mut self, burned: &BigInt) -> Result<(), RuleError> {
        if *burned > self.tokens {
            return Err(RuleError::Refused("a slash of more than the tokens"));
        }
        let tokens = Dec::from_int(self.tokens.clone());
        let fraction = Dec::from_int(burned.clone()).quo_round_up(&tokens)?;
        let fraction = fraction.min(Dec::one());
        let period = self.end_period()?;
        self.slashes.push(SlashEvent { period, fraction });
        self.tokens -= burned;
        Ok(())
    }

    /// Rewards of a delegation up to now, with 18 places. The running period ends.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when the stake stands above what its shares are worth by more than rounding explains.
    pub fn rewards(&mut self, delegation: &Delegation) -> Result<Dec, RuleError> {
        let ended = self.end_period()?;
        let mut from = delegation.previous_period;
        let mut stake = delegation.stake.clone();
        let mut rewards = Dec::default();
        for slash in &self.slashes {
            if slash.period > from {
                rewards = rewards.add(&self.between(from, slash.period, &stake)?)?;
                let left = Dec::one().sub(&slash.fraction)?;
                stake = stake.mul_truncate(&left)?;
                from = slash.period;
            }
        }
        let worth = self.worth_nearest(&delegation.shares)?;
        if stake > worth {
            if stake > worth.add(&Dec::from_units(STAKE_ERROR_MAX))? {
                return Err(RuleError::Refused(
                    "the stake is above what its shares are worth",
                ));
            }
            stake = worth;
        }
        rewards.add(&self.between(from, ended, &stake)?)
    }

    /// Pays a delegation's rewards; it begins anew from here.
    ///
    /// # Errors
    /// Those of [`Validator::rewards`].
    pub fn withdraw(&mut self, delegation: &mut Delegation) -> Result<Withdrawn, RuleError> {
        // The last digits may pass what is outstanding, by the order of multiplications.
        let rewards = self.rewards(delegation)?.min(self.outstanding.clone());
        let paid = rewards.truncate();
        self.outstanding = self.outstanding.sub(&rewards)?;
        let ended = self.ratios.len() - 1;
        *delegation = self.start(delegation.shares.clone(), ended)?;
        let dust = rewards.sub(&Dec::from_int(paid.clone()))?;
        Ok(Withdrawn { paid, dust })
    }

    /// Pays the commission in whole coins; the rest of a coin stays.
    ///
    /// # Errors
    /// None in practice.
    pub fn withdraw_commission(&mut self) -> Result<Withdrawn, RuleError> {
        let paid = self.commission.truncate();
        let coins = Dec::from_int(paid.clone());
        self.outstanding = self.outstanding.sub(&coins)?;
        self.commission = self.commission.sub(&coins)?;
        let dust = self.commission.clone();
        Ok(Withdrawn { paid, dust })
    }

    /// Ends the running period and returns its number. Rewards of a period without tokens belong to the community pool: they leave
    /// the ratio as it is.
    fn end_period(&mut self) -> Result<usize, RuleError> {
        let mut ratio = self.ratios.last().cloned().unwrap_or_default();
        if self.tokens.sign() == Sign::Plus {
            let tokens = Dec::from_int(self.tokens.clone());
            ratio = ratio.add(&self.current_rewards.quo_truncate(&tokens)?)?;
        } else {
            self.outstanding = self.outstanding.sub(&self.current_rewards)?;
        }
        self.current_rewards = Dec::default();
        self.ratios.push(ratio);
        Ok(self.ratios.len() - 1)
    }

    fn between(&self, from: usize, to: usize, stake: &Dec) -> Result<Dec, RuleError> {
        self.ratios[to].sub(&self.ratios[from])?.mul_truncate(stake)
    }

    fn start(&self, shares: Dec, previous_period: usize) -> Result<Delegation, RuleError> {
        let stake = if self.shares.is_zero() {
            Dec::default()
        } else {
            shares.mul_int(&self.tokens)?.quo_truncate(&self.shares)?
        };
        Ok(Delegation {
            shares,
            previous_period,
            stake,
        })
    }

    fn worth_nearest(&self, shares: &Dec) -> Result<Dec, RuleError> {
        if self.shares.is_zero() {
            return Ok(Dec::default());
        }
        shares.mul_int(&self.tokens)?.quo(&self.shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(whole: i64) -> BigInt {
        BigInt::from(whole)
    }

    /// Without commission, `stake` of its own.
    fn validator(stake: i64) -> (Validator, Delegation) {
        let mut validator = Validator::new(Dec::default());
        let delegation = validator.delegate(&int(stake)).unwrap();
        (validator, delegation)
    }

    #[test]
    fn rewards_count_from_the_period_in_which_a_delegator_joined() {
        let (mut validator, mut first) = validator(100);
        validator.allocate(&Dec::from_int(20)).unwrap();
        let mut second = validator.delegate(&int(100)).unwrap();
        validator.allocate(&Dec::from_int(20)).unwrap();
        assert_eq!(validator.withdraw(&mut first).unwrap().paid, int(30));
        assert_eq!(validator.withdraw(&mut second).unwrap().paid, int(10));
        assert!(validator.outstanding().is_zero());
        assert_eq!(validator.withdraw(&mut first).unwrap().paid, int(0));
    }

    #[test]
    fn a_slash_leaves_a_stake_rounded_down_and_its_rewards_before_it_whole() {
        // A third of 3 is burned: 0.333333333333333334 rounded up, so 3 becomes 1.999999999999999998.
        let (mut validator, delegation) = validator(3);
        validator.allocate(&Dec::from_int(3)).unwrap();
        validator.slash(&int(1)).unwrap();
        validator.allocate(&Dec::from_int(2)).unwrap();
        let rewards = validator.rewards(&delegation).unwrap();
        assert_eq!(rewards, Dec::from_units(4_999_999_999_999_999_998i64));
        assert!(validator.slash(&int(3)).is_err());
    }

    #[test]
    fn dust_of_a_withdrawal_is_cut_and_given_to_the_community() {
        // 1/3 to a token, cut; twice that is 0.666666666666666666.
        let (mut validator, mut first) = validator(2);
        let mut second = validator.delegate(&int(1)).unwrap();
        validator.allocate(&Dec::from_int(1)).unwrap();
        let withdrawn = validator.withdraw(&mut first).unwrap();
        assert_eq!(withdrawn.paid, int(0));
        assert_eq!(withdrawn.dust, Dec::from_units(666_666_666_666_666_666i64));
        let withdrawn = validator.withdraw(&mut second).unwrap();
        assert_eq!(withdrawn.dust, Dec::from_units(333_333_333_333_333_333i64));
        assert_eq!(*validator.outstanding(), Dec::from_units(1));
    }

    #[test]
    fn shares_after_a_slash_are_bought_at_what_they_are_worth() {
        // A quarter of 4 burned: 5 tokens buy 5 × 4/3 shares, cut, which are worth 4.999999999999999999.
        let (mut validator, _) = validator(4);
        validator.slash(&int(1)).unwrap();
        let joined = validator.delegate(&int(5)).unwrap();
        assert_eq!(joined.shares, Dec::from_units(6_666_666_666_666_666_666i64));
        assert_eq!(joined.stake, Dec::from_units(4_999_999_999_999_999_999i64));
    }

    #[test]
    fn rewards_while_there_are_no_tokens_are_nobodys_here() {
        let (mut validator, mut all) = validator(4);
        validator.slash(&int(4)).unwrap();
        validator.allocate(&Dec::from_int(7)).unwrap();
        assert_eq!(validator.withdraw(&mut all).unwrap().paid, int(0));
        assert!(validator.outstanding().is_zero());
        assert_eq!(validator.delegate(&int(1)), Err(RuleError::ZeroDivisor));
    }

    #[test]
    fn commission_is_paid_in_whole_coins() {
        let mut validator = Validator::new(Dec::from_units(250_000_000_000_000_000i64));
        validator.delegate(&int(10)).unwrap();
        validator.allocate(&Dec::from_int(6)).unwrap();
        let half = Dec::from_units(500_000_000_000_000_000i64);
        assert_eq!(
            validator.withdraw_commission(),
            Ok(Withdrawn {
                paid: int(1),
                dust: half.clone()
            })
        );
        assert_eq!(*validator.commission(), half);
    }
}
