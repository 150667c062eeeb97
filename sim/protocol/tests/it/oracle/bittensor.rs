//! The schedule of Bittensor's rule: a day of blocks, one by one.

use stakesim_protocol::EmissionParams;

use super::number::floor;

const BLOCKS: u128 = 7_200;

/// What the day's blocks mint, the first of them after `supply`.
pub fn scheduled(emission: &EmissionParams, supply: u128, max: u128) -> u128 {
    let first = emission.per_epoch.base_units() / BLOCKS;
    let at_once = block(first, supply, max);
    // Where the last block mints what the first does, so do all between.
    if block(first, supply + (BLOCKS - 1) * at_once, max) == at_once {
        return BLOCKS * at_once;
    }
    let mut issued = supply;
    for _ in 0..BLOCKS {
        issued += block(first, issued, max);
    }
    issued - supply
}

fn block(first: u128, issued: u128, max: u128) -> u128 {
    if issued >= max {
        return 0;
    }
    let one = 1u128 << 32;
    let mut v = one * one / (one - floor(issued, one, max));
    let mut minted = first;
    while v >= 2 * one {
        v = v.div_ceil(2);
        minted /= 2;
    }
    minted
}
