//! A block's emission among subnets, what it injects into each one's pool, and how validators' part of a subnet's own token divides.

use alloc::vec::Vec;

use super::fixed::{U64F64, U96F32};

/// Shares of the emission by moving price; none where no subnet has one.
#[must_use]
pub fn shares_by_price(moving_prices: &[U64F64]) -> Vec<U64F64> {
    let total = moving_prices
        .iter()
        .fold(U64F64::ZERO, |sum, price| sum.plus(*price));
    // no published number notices: published splits are whole numbers, far from the last place
    let share = |price: &U64F64| price.over(total);
    moving_prices.iter().map(share).collect()
}

/// A subnet's part of the block's emission.
#[must_use]
pub fn subnet_emission(block_emission: u64, share: U64F64) -> U96F32 {
    // no published number notices: thirty-two places are cut off right after
    let emission = U64F64::of(block_emission).times(share);
    // no published number notices: published splits are whole numbers, far from the last place
    emission.narrow()
}

/// What a block puts into a subnet's pool, base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Injection {
    /// Tokens of the chain.
    pub tao: u64,
    /// Tokens of the subnet.
    pub alpha: u64,
    /// Tokens of the chain that the cap on `alpha` left over; they buy `alpha` at the pool.
    pub excess_tao: u64,
}

/// Injects an emission at the pool's price, so that the price stays: `emission / price` of the subnet's token, at most `alpha_cap`.
#[must_use]
pub fn inject(emission: U96F32, price: U96F32, alpha_cap: u64) -> Injection {
    let cap = U96F32::of(alpha_cap);
    // no published number notices: the places that fall here are cut off below
    let mut alpha = emission.over(price);
    let mut tao = emission;
    if alpha > cap {
        alpha = cap;
        // no published number notices: the places that fall here are cut off below
        tao = cap.times(price);
    }
    Injection {
        // no published number notices: published splits are whole numbers, far from the last place
        tao: tao.whole(),
        alpha: alpha.whole(),
        excess_tao: emission.minus(tao).whole(),
    }
}

/// Moves a price average towards the spot price, which counts as one at most. The coefficient grows from nothing to `alpha`, of which it
/// has half after `halving_blocks`.
#[must_use]
pub fn moving_price(
    moving: U64F64,
    spot: U64F64,
    alpha: U64F64,
    blocks_since_start: u64,
    halving_blocks: u64,
) -> U64F64 {
    let blocks = U64F64::of(blocks_since_start);
    // no published number notices: the published one has six digits
    let grown = blocks.over(blocks.plus(U64F64::of(halving_blocks)));
    // no published number notices: the published one has six digits
    let alpha = alpha.times(grown);
    // no published number notices: the published one has six digits
    let fresh = alpha.times(spot.min(U64F64::ONE));
    // no published number notices: the published one has six digits
    let kept = U64F64::ONE.minus(alpha).times(moving);
    kept.plus(fresh)
}

/// A validator's stake and what the epoch gave it, base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validator {
    /// Stake in the subnet's token.
    pub alpha_stake: u64,
    /// Stake in the chain's token at the root.
    pub root_stake: u64,
    /// Dividends of the epoch.
    pub dividends: u64,
}

/// What a validator has of the pending amounts, base units of the subnet's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divided {
    /// For its stake in the subnet.
    pub alpha: u64,
    /// For its stake at the root.
    pub root_alpha: u64,
}

/// Divides pending amounts among validators. Each one's dividends are split by its two stakes, the root's weighted by `tao_weight`; then each
/// pending amount follows the parts. Every step is floored; the remainders are not paid.
#[must_use]
pub fn divide_dividends(
    validators: &[Validator],
    pending_alpha: u64,
    pending_root_alpha: u64,
    tao_weight: U96F32,
) -> Vec<Divided> {
    let split = |validator: &Validator| {
        // no published number notices: the published sums hold within a thousand
        let root = U96F32::of(validator.root_stake).times(tao_weight);
        // no published number notices: the published sums hold within a thousand
        let share = root.over(U96F32::of(validator.alpha_stake).plus(root));
        let dividends = U96F32::of(validator.dividends);
        // no published number notices: the published sums hold within a thousand
        let root = dividends.times(share);
        (dividends.minus(root), root)
    };
    let parts: Vec<(U96F32, U96F32)> = validators.iter().map(split).collect();
    let totals = parts
        .iter()
        .fold((U96F32::ZERO, U96F32::ZERO), |sum, part| {
            (sum.0.plus(part.0), sum.1.plus(part.1))
        });
    let of = |pending: u64, part: U96F32, total: U96F32| {
        // no published number notices: the published sums hold within a thousand
        let share = part.over(total);
        // no published number notices: the published sums hold within a thousand
        U96F32::of(pending).times(share).whole()
    };
    let divided = |part: &(U96F32, U96F32)| Divided {
        alpha: of(pending_alpha, part.0, totals.0),
        root_alpha: of(pending_root_alpha, part.1, totals.1),
    };
    parts.iter().map(divided).collect()
}

/// What a block's new token of a subnet becomes, base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlphaSplit {
    /// The subnet's owner.
    pub owner: u64,
    /// Servers.
    pub servers: u64,
    /// Validators, for stake in the subnet.
    pub validators: u64,
    /// Validators, for stake at the root.
    pub root: u64,
}

/// Splits a block's new token: the owner's cut first, half of the rest to servers, of the validators' half the root's proportion to the root.
#[must_use]
pub fn split_alpha(alpha: u64, owner_cut: U96F32, root_proportion: U96F32) -> AlphaSplit {
    let half = U96F32::ONE.over(U96F32::of(2));
    let alpha = U96F32::of(alpha);
    let owner = alpha.times(owner_cut);
    let rest = alpha.minus(owner);
    let root = root_proportion.times(rest).times(half);
    let servers = rest.times(half);
    let validators = rest.minus(servers).minus(root);
    AlphaSplit {
        owner: owner.whole(),
        servers: servers.whole(),
        validators: validators.whole(),
        root: root.whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 18 % of 1 000 to the owner; of 820 half to servers, and a tenth of the other half to the root.
    #[test]
    fn new_tokens_split_in_four() {
        let hundredths = |x: u64| U96F32::of(x).over(U96F32::of(100));
        let split = split_alpha(1_000, hundredths(18), hundredths(10));
        // Eighteen hundredths are cut to 32 places, so that 180 is a little less, and 820 a little more.
        assert_eq!((split.owner, split.servers), (179, 410));
        assert_eq!((split.validators, split.root), (369, 40));
    }

    /// 600 at a price of 2 are 300; at a cap of 100 only 200 go in and 400 are left over.
    #[test]
    fn injection_keeps_the_price_and_the_cap() {
        let (emission, price) = (U96F32::of(600), U96F32::of(2));
        let injected = inject(emission, price, 1_000);
        assert_eq!(
            (injected.tao, injected.alpha, injected.excess_tao),
            (600, 300, 0)
        );
        let injected = inject(emission, price, 100);
        assert_eq!(
            (injected.tao, injected.alpha, injected.excess_tao),
            (200, 100, 400)
        );
    }

    /// One has 100 at the root weighing 50 beside 50 of its own: half of its 100 dividends are the root's. The other has all its own.
    #[test]
    fn dividends_follow_the_two_stakes() {
        let validator = |alpha_stake, root_stake| Validator {
            alpha_stake,
            root_stake,
            dividends: 100,
        };
        let half = U96F32::ONE.over(U96F32::of(2));
        let validators = [validator(50, 100), validator(9, 0)];
        let divided = divide_dividends(&validators, 3_000, 10, half);
        let pairs: Vec<_> = divided
            .iter()
            .map(|one| (one.alpha, one.root_alpha))
            .collect();
        assert_eq!(pairs, [(999, 10), (1_999, 0)]);
    }

    #[test]
    fn an_average_reaches_the_price_in_the_end() {
        let half = U64F64::ONE.over(U64F64::of(2));
        let moved = moving_price(U64F64::ZERO, U64F64::of(9), half, 1_000, 1_000);
        assert_eq!(moved, half.times(half));
    }
}
