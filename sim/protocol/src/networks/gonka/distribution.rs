//! Who gets an epoch's reward: shares by weight, the whole remainder to the first who is paid, and a cap on what is ever minted.

use alloc::vec::Vec;

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::float::Double;
use crate::networks::round::{Rounding, mul_div};

/// Who takes part in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Proof-of-compute weight; below zero counts as none.
    pub weight: i64,
    /// Fees earned from users, base units.
    pub work: i64,
    /// Excluded for invalid results: neither work nor reward is paid, and the weight does not count.
    pub is_invalid: bool,
}

/// What one participant is paid, base units. A negative balance of work is an error of its owner: nothing of this is paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Fees.
    pub work: u64,
    /// Share of the epoch's reward.
    pub reward: u64,
    /// The network's `ErrNegativeCoinBalance`.
    pub has_negative_balance: bool,
}

/// What an epoch pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What is minted, base units, whether or not somebody has weight.
    pub minted: u64,
    /// In the order of the participants.
    pub settled: Vec<Settled>,
}

/// Settles an epoch that may mint `epoch_reward` base units, after `subsidy_paid` of at most `supply_cap` were minted.
///
/// Shares are `⌊weight × reward / total⌋`. In the epoch that would pass the cap each of them is multiplied by the double
/// ratio of what is left, truncated, and what that leaves over goes to the first who is paid, too.
///
/// # Errors
/// [`RuleError::Overflow`] when weights pass 64 bits.
pub fn settle(
    epoch_reward: u64,
    participants: &[Participant],
    subsidy_paid: u64,
    supply_cap: u64,
) -> Result<Settlement, RuleError> {
    let weight = |participant: &Participant| {
        if participant.is_invalid {
            0
        } else {
            u64::try_from(participant.weight).unwrap_or(0)
        }
    };
    let mut total = 0u64;
    for participant in participants {
        total = total
            .checked_add(weight(participant))
            .ok_or(RuleError::Overflow)?;
    }
    let mut settled = Vec::with_capacity(participants.len());
    for participant in participants {
        let reward = match weight(participant) {
            0 => 0,
            weight => mul_div(
                weight.into(),
                epoch_reward.into(),
                total.into(),
                Rounding::Floor,
            )?,
        };
        let work = u64::try_from(participant.work).unwrap_or(0);
        settled.push(Settled {
            work: if participant.is_invalid { 0 } else { work },
            reward: u64::try_from(reward).map_err(|_| RuleError::Overflow)?,
            has_negative_balance: participant.work < 0,
        });
    }
    remainder_to_first(epoch_reward, &mut settled, |_| true);
    let minted = epoch_reward.min(supply_cap.saturating_sub(subsidy_paid));
    if minted == 0 {
        settled.iter_mut().for_each(|one| one.reward = 0);
    } else if minted < epoch_reward {
        scale(minted, epoch_reward, &mut settled)?;
    }
    Ok(Settlement { minted, settled })
}

/// Multiplies every reward by `minted / epoch_reward` as the chain does in the epoch of the cap.
fn scale(minted: u64, epoch_reward: u64, settled: &mut [Settled]) -> Result<(), RuleError> {
    let ratio = Double::of(minted)?.over(Double::of(epoch_reward)?)?;
    for one in settled.iter_mut().filter(|one| !one.has_negative_balance) {
        let reduced: BigInt = Double::of(one.reward)?
            .times(ratio)?
            .whole(Rounding::TowardZero)?;
        one.reward = u64::try_from(reduced).map_err(|_| RuleError::Overflow)?;
    }
    remainder_to_first(minted, settled, |one| !one.has_negative_balance);
    Ok(())
}

/// Gives what `rewards` of those who count leave of `amount` to the first who is paid. A ratio that was rounded up may leave less
/// than nothing, which the first then owes.
fn remainder_to_first(amount: u64, settled: &mut [Settled], counts: impl Fn(&Settled) -> bool) {
    let counted = settled.iter().filter(|one| counts(one));
    let distributed = counted.fold(0u64, |sum, one| sum.wrapping_add(one.reward));
    let is_paid = |one: &&mut Settled| !one.has_negative_balance && one.reward > 0;
    if let Some(first) = settled.iter_mut().find(is_paid) {
        first.reward = first.reward.wrapping_add(amount.wrapping_sub(distributed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(weights: &[i64]) -> Vec<Participant> {
        let participant = |weight: &i64| Participant {
            weight: *weight,
            work: 10,
            is_invalid: false,
        };
        weights.iter().map(participant).collect()
    }

    fn rewards(settlement: &Settlement) -> Vec<u64> {
        settlement.settled.iter().map(|one| one.reward).collect()
    }

    #[test]
    fn the_first_who_is_paid_has_the_remainder() {
        let settlement = settle(100, &of(&[0, 1, 1, 1]), 0, 1000).unwrap();
        assert_eq!(rewards(&settlement), [0, 34, 33, 33]);
        assert_eq!(settlement.minted, 100);
    }

    /// 30 of 100 are left: 34 × 0.3 = 10.2, 33 × 0.3 = 9.9, and the two that are missing go to the first.
    #[test]
    fn the_last_epoch_pays_what_the_cap_leaves() {
        let settlement = settle(100, &of(&[1, 1, 1]), 970, 1000).unwrap();
        assert_eq!(rewards(&settlement), [12, 9, 9]);
        assert_eq!(settlement.minted, 30);
        assert_eq!(
            rewards(&settle(100, &of(&[1, 1]), 1000, 1000).unwrap()),
            [0, 0]
        );
    }

    #[test]
    fn a_negative_balance_is_an_error_and_never_takes_the_remainder() {
        let mut participants = of(&[1, 1, 1]);
        participants[0].work = -1;
        let settlement = settle(100, &participants, 0, 1000).unwrap();
        assert_eq!(rewards(&settlement), [33, 34, 33]);
        assert!(settlement.settled[0].has_negative_balance);
        assert_eq!(settlement.settled[0].work, 0);
    }

    #[test]
    fn weights_past_sixty_four_bits_are_refused() {
        let participants = of(&[i64::MAX, i64::MAX, 2]);
        assert_eq!(
            settle(1, &participants, 0, 1).unwrap_err(),
            RuleError::Overflow
        );
    }
}
