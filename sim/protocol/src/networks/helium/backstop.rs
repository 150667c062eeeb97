//! HIP 149: an epoch's emission is topped up until data deployers have half of what carriers paid, and what they would have above three
//! times that goes to the delegators. The top-up never passes the burn that net emissions have not re-emitted already.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, div, mul_div};

/// Percent of the Mobile network's emission that data deployers have.
const DATA_BUCKET_PERCENT: u128 = 70;
/// The ceiling, in times of what carriers paid.
const CAP_MULTIPLE: u128 = 3;
/// A share of one.
const SHARE_UNIT: u128 = u32::MAX as u128;

/// What the backstop looks at in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// The schedule's emission, bones.
    pub emission: u64,
    /// Smoothed burn, bones.
    pub smoothed_hnt_burned: u64,
    /// The most of it that net emissions re-emit, bones.
    pub net_emissions_cap: u64,
    /// Data credits burned on the Mobile network; one is 1e-5 USD.
    pub mobile_dc_burned: u64,
    /// The Mobile network's share of emissions, in units of `1/(2^32 − 1)`.
    pub mobile_share: u32,
    /// Bones times price units of one data credit.
    pub decimals_factor: u128,
    /// The price, cautious, that the floor is converted at.
    pub price_floor: u64,
    /// The price that the ceiling is converted at.
    pub price_cap: u64,
}

/// What an epoch emits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backstop {
    /// Burn re-emitted, bones.
    pub existing_re_emit: u64,
    /// On top of that for the floor, bones.
    pub top_up: u64,
    /// In all, bones.
    pub total_rewards: u64,
    /// The ceiling of data deployers' earnings, bones.
    pub deployer_cap_hnt: u64,
}

/// An epoch's emission. Quotients are floored and amounts stop at the largest `u64`, but a demand beyond it is none: the network fails
/// safe to no top-up. Without a price there is neither floor nor ceiling.
///
/// # Errors
/// [`RuleError::Overflow`] where a product passes 128 bits by so much that its quotient does.
pub fn backstop(epoch: &Epoch) -> Result<Backstop, RuleError> {
    let existing_re_emit = epoch.smoothed_hnt_burned.min(epoch.net_emissions_cap);
    let base = epoch.emission.saturating_add(existing_re_emit);
    let cap = epoch.dc_to_hnt(
        u128::from(epoch.mobile_dc_burned) * CAP_MULTIPLE,
        epoch.price_cap,
    )?;
    let top_up = if epoch.mobile_share == 0 {
        0
    } else {
        let budget = epoch
            .smoothed_hnt_burned
            .saturating_sub(epoch.net_emissions_cap);
        epoch.top_up_demand(base)?.min(budget)
    };
    Ok(Backstop {
        existing_re_emit,
        top_up,
        total_rewards: base.saturating_add(top_up),
        deployer_cap_hnt: cap,
    })
}

impl Epoch {
    /// Data credits in bones at a price.
    fn dc_to_hnt(&self, data_credits: u128, price: u64) -> Result<u64, RuleError> {
        if price == 0 {
            return Ok(0);
        }
        let product = data_credits.saturating_mul(self.decimals_factor);
        // no published number notices: the published prices divide what was burned
        let hnt = div(product, price.into(), Rounding::Floor)?;
        Ok(u64::try_from(hnt).unwrap_or(u64::MAX))
    }

    /// What the whole network would have to emit on top of `base` for deployers to have half of what carriers paid.
    fn top_up_demand(&self, base: u64) -> Result<u64, RuleError> {
        let share = u128::from(self.mobile_share);
        // no published number notices: what was burned is even
        let half = div(self.mobile_dc_burned.into(), 2, Rounding::Floor)?;
        let target = self.dc_to_hnt(half, self.price_floor)?;
        let mobile = mul_div(base.into(), share, SHARE_UNIT, Rounding::Floor)?;
        let deployers = mul_div(mobile, DATA_BUCKET_PERCENT, 100, Rounding::Floor)?;
        let shortfall = u128::from(target).saturating_sub(deployers);
        let demand = mul_div(
            shortfall,
            SHARE_UNIT * 100,
            share * DATA_BUCKET_PERCENT,
            Rounding::Floor,
        )?;
        Ok(u64::try_from(demand).unwrap_or(0))
    }
}

/// What of the deployers' bucket of `rewards` (the Mobile network's emission) is above the ceiling and goes to the delegators, at most
/// what is in escrow. A ceiling of zero is none.
///
/// # Errors
/// [`RuleError::Overflow`]: none in practice.
pub fn staker_overflow(rewards: u64, cap: u64, escrow: u64) -> Result<u64, RuleError> {
    if cap == 0 {
        return Ok(0);
    }
    // no published number notices: it is asserted within 5 HNT
    let bucket = mul_div(rewards.into(), DATA_BUCKET_PERCENT, 100, Rounding::Floor)?;
    let bucket = u64::try_from(bucket).map_err(|_| RuleError::Overflow)?;
    Ok(bucket.saturating_sub(cap).min(escrow))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EPOCH: Epoch = Epoch {
        emission: 1_000,
        smoothed_hnt_burned: 700,
        net_emissions_cap: 100,
        mobile_dc_burned: 1_801,
        mobile_share: u32::MAX / 3,
        decimals_factor: 1,
        price_floor: 3,
        price_cap: 7,
    };

    #[test]
    fn the_floor_is_topped_up_within_the_burn() {
        // A third of 1,100 is 366, 70 % of that 256; half of 1,801 at 3 is 300: 44 are short, and 44 × 3 / 0.7 is 188.
        let topped = backstop(&EPOCH).unwrap();
        assert_eq!(topped.existing_re_emit, 100);
        assert_eq!(topped.top_up, 188);
        assert_eq!(topped.total_rewards, 1_288);
        assert_eq!(topped.deployer_cap_hnt, 771);
        let thin = Epoch {
            smoothed_hnt_burned: 150,
            ..EPOCH
        };
        assert_eq!(backstop(&thin).unwrap().top_up, 50);
    }

    #[test]
    fn a_demand_past_sixty_four_bits_is_none() {
        let vast = Epoch {
            mobile_dc_burned: u64::MAX,
            price_floor: 1,
            ..EPOCH
        };
        assert_eq!(backstop(&vast).unwrap().top_up, 0);
    }

    #[test]
    fn without_a_price_there_is_neither_floor_nor_ceiling() {
        let blind = Epoch {
            price_floor: 0,
            price_cap: 0,
            ..EPOCH
        };
        let bare = backstop(&blind).unwrap();
        assert_eq!((bare.top_up, bare.deployer_cap_hnt), (0, 0));
        assert_eq!(staker_overflow(1_000, 0, 1_000), Ok(0));
    }

    #[test]
    fn what_is_above_the_ceiling_is_at_most_what_is_in_escrow() {
        assert_eq!(staker_overflow(1_001, 600, 1_001), Ok(100));
        assert_eq!(staker_overflow(1_001, 600, 40), Ok(40));
        assert_eq!(staker_overflow(1_001, 701, 1_001), Ok(0));
    }
}
