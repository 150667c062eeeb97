//! An epoch of Yuma consensus in one subnet: stake and weights in, incentive, dividends, emission and new bonds out.

use alloc::vec::Vec;

use super::bonds::{self, Bonding};
use super::fixed::{I32F32, U64F64};
use super::matrix::{Matrix, normalize, weighted_rows};
use super::median::weighted_median_columns;
use crate::networks::RuleError;

/// A subnet's parameters. Shares are of 65 535 unless they say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Params {
    /// Majority of stake that consensus takes.
    pub kappa: u16,
    /// How far bonds follow clipped weights rather than those that were set.
    pub bonds_penalty: u16,
    /// What bonds keep from epoch to epoch, in millionths.
    pub bonds_moving_average: u64,
    /// How many may be validators.
    pub max_allowed_validators: u16,
    /// How bonds are made.
    pub bonding: Bonding,
}

/// What an epoch is given; lists have an entry for each neuron, the tables a row for each and a column for each.
#[derive(Clone, Copy, Debug)]
pub struct Subnet<'a> {
    /// Stake in base units.
    pub stake: &'a [u64],
    /// Whether it set weights lately enough.
    pub is_active: &'a [bool],
    /// Who may validate, from the last epoch.
    pub permits: &'a [bool],
    /// Weights as set.
    pub weights: &'a [Vec<u16>],
    /// Bonds as stored.
    pub bonds: &'a [Vec<u16>],
}

/// What an epoch leaves, neuron by neuron.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// Normalised stake of active validators.
    pub active_stake: Vec<I32F32>,
    /// Weights that count, each row normalised.
    pub weights: Vec<Vec<I32F32>>,
    /// Stake behind each before clipping.
    pub preranks: Vec<I32F32>,
    /// The median weight.
    pub consensus: Vec<I32F32>,
    /// How much of a validator's weight consensus let stand.
    pub validator_trust: Vec<I32F32>,
    /// Stake behind each after clipping.
    pub ranks: Vec<I32F32>,
    /// Ranks over preranks.
    pub trust: Vec<I32F32>,
    /// Servers' shares.
    pub incentive: Vec<I32F32>,
    /// Validators' shares.
    pub dividends: Vec<I32F32>,
    /// Incentive and dividends as shares of both together.
    pub emission_shares: Vec<I32F32>,
    /// Emission to each, base units, floored; the remainder is not paid.
    pub emission: Vec<u64>,
    /// Of it, to each as a server.
    pub server_emission: Vec<u64>,
    /// Of it, to each as a validator. Each of the two is floored for itself.
    pub validator_emission: Vec<u64>,
    /// New bonds, as they are before they are stored.
    pub bonds: Vec<Vec<I32F32>>,
    /// New bonds as stored; none for those without a permit.
    pub stored_bonds: Vec<Vec<u16>>,
    /// Who may validate from now on.
    pub permits: Vec<bool>,
}

/// Runs an epoch that emits `emission` base units.
///
/// # Errors
/// [`RuleError::Refused`] when lists or tables are not of one size.
pub fn epoch(params: &Params, subnet: &Subnet<'_>, emission: u64) -> Result<Epoch, RuleError> {
    let n = subnet.stake.len();
    let is_square = |table: &[Vec<u16>]| table.len() == n && table.iter().all(|row| row.len() == n);
    if subnet.is_active.len() != n
        || subnet.permits.len() != n
        || !is_square(subnet.weights)
        || !is_square(subnet.bonds)
    {
        return Err(RuleError::Refused("lists of neurons differ in length"));
    }
    let stake = normalized_stake(subnet.stake);
    let active_stake = active_stake(&stake, subnet);
    let weights = counted_weights(subnet);
    let preranks = weighted_rows(&weights, &active_stake);
    // no published number notices: a median moves only where stake ties with the majority
    let consensus = weighted_median_columns(&active_stake, &weights, proportion(params.kappa));
    let clipped: Matrix = clip(&weights, &consensus);
    let validator_trust = clipped.iter().map(|row| I32F32::sum(row.iter().copied()));
    let validator_trust = validator_trust.collect();
    let ranks = weighted_rows(&clipped, &active_stake);
    let trust = ranks
        .iter()
        .zip(&preranks)
        // no published number notices: trust is printed as zero and one
        .map(|(after, before)| after.over(*before));
    let trust = trust.collect();
    let mut incentive = ranks.clone();
    normalize(&mut incentive);
    let weights_for_bonds = interpolate(&weights, &clipped, proportion(params.bonds_penalty));
    let alpha = bonds::alpha(params.bonds_moving_average);
    let bonded = match params.bonding {
        Bonding::Stake => {
            let stored = |share: &u16| I32F32::of((*share).into());
            let old = subnet
                .bonds
                .iter()
                .map(|row| row.iter().map(stored).collect());
            bonds::by_stake(
                &weights_for_bonds,
                old.collect(),
                &active_stake,
                &incentive,
                alpha,
            )
        }
        Bonding::Weight(liquid) => {
            // no published number notices: bonds of Yuma 3 are published within a thousandth
            let stored = |share: &u16| proportion(*share);
            let old = subnet
                .bonds
                .iter()
                .map(|row| row.iter().map(stored).collect());
            bonds::by_weight(
                &weights_for_bonds,
                &old.collect(),
                &active_stake,
                &incentive,
                &consensus,
                alpha,
                liquid,
            )
        }
    };
    let shares = emission_shares(&incentive, &bonded.dividends, &stake, &active_stake);
    let permits = permits(&stake, params.max_allowed_validators);
    let stored_bonds = stored(&bonded.bonds, &permits);
    let amounts = |shares: &[I32F32]| {
        shares
            .iter()
            .map(|share| share.of_amount(emission))
            .collect()
    };
    Ok(Epoch {
        emission: amounts(&shares.combined),
        server_emission: amounts(&shares.server),
        validator_emission: amounts(&shares.validator),
        emission_shares: shares.combined,
        dividends: bonded.dividends,
        bonds: bonded.bonds,
        active_stake,
        weights,
        preranks,
        consensus,
        validator_trust,
        ranks,
        trust,
        incentive,
        stored_bonds,
        permits,
    })
}

/// Who may validate: the `most` largest stakes that are not zero; of equal ones at the edge the later neurons.
#[must_use]
pub fn permits(stake: &[I32F32], most: u16) -> Vec<bool> {
    let mut permits: Vec<bool> = stake.iter().map(|stake| *stake != I32F32::ZERO).collect();
    let mut order: Vec<usize> = (0..stake.len()).collect();
    order.sort_by_key(|neuron| stake[*neuron]);
    let too_many = stake.len().saturating_sub(most.into());
    for neuron in order.into_iter().take(too_many) {
        permits[neuron] = false;
    }
    permits
}

/// Stake as shares of the whole, first with 64 places, then with 32.
#[must_use]
pub fn normalized_stake(stake: &[u64]) -> Vec<I32F32> {
    let sum = stake
        .iter()
        .fold(U64F64::ZERO, |sum, one| sum.plus(U64F64::of(*one)));
    let share = |one: &u64| {
        // no published number notices: thirty-two places are cut off right after
        let share = U64F64::of(*one).over(sum);
        // no published number notices: shares are normalised once more right after
        share.to_signed()
    };
    stake.iter().map(share).collect()
}

fn active_stake(stake: &[I32F32], subnet: &Subnet<'_>) -> Vec<I32F32> {
    let counts = subnet.is_active.iter().zip(subnet.permits);
    let mut active: Vec<I32F32> = stake
        .iter()
        .zip(counts)
        .map(|(stake, (is_active, may))| {
            if *is_active && *may {
                *stake
            } else {
                I32F32::ZERO
            }
        })
        .collect();
    normalize(&mut active);
    active
}

/// Weights of those who may set them, without the one for oneself, normalised by row.
fn counted_weights(subnet: &Subnet<'_>) -> Matrix {
    let mut matrix: Matrix = Vec::with_capacity(subnet.weights.len());
    for (index, (row, may)) in subnet.weights.iter().zip(subnet.permits).enumerate() {
        let counts = |column: usize| *may && column != index;
        let entries = row.iter().enumerate();
        let mut row: Vec<I32F32> = entries
            .map(|(column, weight)| I32F32::of(if counts(column) { (*weight).into() } else { 0 }))
            .collect();
        normalize(&mut row);
        matrix.push(row);
    }
    matrix
}

fn clip(weights: &Matrix, consensus: &[I32F32]) -> Matrix {
    let row = |row: &Vec<I32F32>| {
        let pairs = row.iter().zip(consensus);
        pairs.map(|(weight, most)| *weight.min(most)).collect()
    };
    weights.iter().map(row).collect()
}

/// `a + ratio × (b − a)`; at the ends exactly `a` and `b`.
fn interpolate(a: &Matrix, b: &Matrix, ratio: I32F32) -> Matrix {
    if ratio == I32F32::ZERO {
        return a.clone();
    }
    if ratio == I32F32::ONE {
        return b.clone();
    }
    let entry = |(a, b): (&I32F32, &I32F32)| a.plus(ratio.times(b.minus(*a)));
    let row = |(a, b): (&Vec<I32F32>, &Vec<I32F32>)| a.iter().zip(b).map(entry).collect();
    a.iter().zip(b).map(row).collect()
}

/// A share of 65 535.
#[track_caller]
fn proportion(share: u16) -> I32F32 {
    I32F32::of(share.into()).over(I32F32::of(u16::MAX.into()))
}

/// Shares of an epoch's emission.
struct Shares {
    server: Vec<I32F32>,
    validator: Vec<I32F32>,
    combined: Vec<I32F32>,
}

/// Where nobody has incentive or dividends, validators are paid by active stake, or by stake.
fn emission_shares(
    incentive: &[I32F32],
    dividends: &[I32F32],
    stake: &[I32F32],
    active_stake: &[I32F32],
) -> Shares {
    let pairs = incentive.iter().zip(dividends);
    let mut combined: Vec<I32F32> = pairs
        .map(|(server, validator)| server.plus(*validator))
        .collect();
    let sum = I32F32::sum(combined.iter().copied());
    if sum == I32F32::ZERO {
        let is_active = I32F32::sum(active_stake.iter().copied()) != I32F32::ZERO;
        let by_stake = if is_active { active_stake } else { stake }.to_vec();
        return Shares {
            server: incentive.to_vec(),
            combined: by_stake.clone(),
            validator: by_stake,
        };
    }
    // no published number notices: only the sum of both emissions is printed, within one unit
    let of_sum = |shares: &[I32F32]| shares.iter().map(|share| share.over(sum)).collect();
    normalize(&mut combined);
    Shares {
        server: of_sum(incentive),
        validator: of_sum(dividends),
        combined,
    }
}

/// Bonds as shares of 65 535, for those who may validate.
fn stored(bonds: &Matrix, permits: &[bool]) -> Vec<Vec<u16>> {
    let row = |(row, may): (&Vec<I32F32>, &bool)| {
        let stored = |bond: &I32F32| if *may { bond.to_u16_proportion() } else { 0 };
        row.iter().map(stored).collect()
    };
    bonds.iter().zip(permits).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(bonding: Bonding) -> Params {
        Params {
            kappa: 32_767,
            bonds_penalty: u16::MAX,
            bonds_moving_average: 900_000,
            max_allowed_validators: 4,
            bonding,
        }
    }

    /// Two validators of equal stake give all weight to one server. It has all the incentive, each of them half of the dividends:
    /// emission is a quarter, a quarter and a half.
    #[test]
    fn two_who_agree_share_half_of_the_emission() {
        for bonding in [Bonding::Stake, Bonding::Weight(None)] {
            let weights = [[0, 0, 9].to_vec(), [0, 0, 9].to_vec(), [0; 3].to_vec()];
            let bonds = [[0; 3].to_vec(), [0; 3].to_vec(), [0; 3].to_vec()];
            let subnet = Subnet {
                stake: &[5, 5, 0],
                is_active: &[true; 3],
                permits: &[true, true, false],
                weights: &weights,
                bonds: &bonds,
            };
            let epoch = epoch(&params(bonding), &subnet, 1000).unwrap();
            assert_eq!(epoch.emission, [250, 250, 500]);
            assert_eq!(epoch.server_emission, [0, 0, 500]);
            assert_eq!(epoch.validator_emission, [250, 250, 0]);
            assert_eq!(epoch.permits, [true, true, false]);
        }
    }

    #[test]
    fn without_weights_stake_alone_is_paid() {
        let none = [[0; 2].to_vec(), [0; 2].to_vec()];
        let subnet = Subnet {
            stake: &[3, 1],
            is_active: &[true, true],
            permits: &[true, true],
            weights: &none,
            bonds: &none,
        };
        let paid = epoch(&params(Bonding::Stake), &subnet, 1000).unwrap();
        assert_eq!(paid.emission, [750, 250]);
        assert!(
            epoch(
                &params(Bonding::Stake),
                &Subnet {
                    stake: &[3],
                    ..subnet
                },
                1
            )
            .is_err()
        );
    }

    #[test]
    fn permits_go_to_the_largest_stakes_and_never_to_none() {
        let stake = normalized_stake(&[1, 4, 0, 3, 4]);
        assert_eq!(permits(&stake, 2), [false, true, false, false, true]);
        assert_eq!(permits(&stake, 9), [true, true, false, true, true]);
    }
}
