//! Payments of the run from their sources over the pools to those who got them. What stays with its owner is no payment.

use plotters::style::RGBColor;

use crate::kit::{Flow, palette};
use crate::review::Review;

/// A node's name and colour.
type Named = (&'static str, RGBColor);

/// Where payments begin, from the top.
const SOURCES: [Named; 5] = [
    ("New coins", palette::GREEN),
    ("Customers", palette::BLUE),
    ("Slashed, forfeited", palette::VERMILION),
    ("Treasury's grants", palette::ORANGE),
    ("Insurance's payouts", palette::PURPLE),
];

/// What they go through, with the account that is this pool.
const POOLS: [(Named, &str); 3] = [
    (("Reward pool", palette::GREEN), "reward_pool"),
    (("Job escrow", palette::BLUE), "job_escrow"),
    (("Slash escrow", palette::VERMILION), "slash_escrow"),
];

/// Where they end, from the top.
const ENDS: [Named; 12] = [
    ("Delegators", palette::SKY),
    ("Contributors", palette::GREEN),
    ("Providers", palette::BLUE),
    ("Grant holders", palette::PURPLE),
    ("Platform", palette::PURPLE),
    ("Treasury", palette::ORANGE),
    ("Insurance", palette::PURPLE),
    ("Harmed customers", palette::BLUE),
    ("Reporters", palette::SKY),
    ("Burned", palette::VERMILION),
    ("Still in pools", palette::MUTED),
    ("For checks of work", palette::SKY),
];

const NEW: usize = 0;
const CUSTOMERS: usize = 1;
const LOST: usize = 2;
const GRANTS: usize = 3;
const PAYOUTS: usize = 4;

const REWARDS: usize = 0;
const JOBS: usize = 1;
const SLASHES: usize = 2;

const DELEGATORS: usize = 0;
const CONTRIBUTORS: usize = 1;
const PROVIDERS: usize = 2;
const GRANTED: usize = 3;
const PLATFORM: usize = 4;
const TREASURY: usize = 5;
const INSURANCE: usize = 6;
const HARMED: usize = 7;
const REPORTERS: usize = 8;
const BURNED: usize = 9;
const STILL: usize = 10;
const CHECKS: usize = 11;

/// Which part of a payment a reason is. Numbers are places in the lists of sources, pools and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// From a source into a pool.
    In(usize, usize),
    /// From a pool back to a source: it counts against [`Leg::In`].
    Back(usize, usize),
    /// From a pool to an end.
    Out(usize, usize),
    /// From one pool to another, both with one source: the second counts as paid from there, the first not.
    Across(usize, usize, usize),
    /// From a source to an end, past the pools.
    Past(usize, usize),
    /// No payment: it stays with its owner or goes round, or it is genesis.
    Aside,
}

/// The part that a reason is; none for a name that is no reason.
pub fn leg(reason: &str) -> Option<Leg> {
    use Leg::{Across, Aside, Back, In, Out, Past};
    Some(match reason {
        "emission" | "emission_contribution" => In(NEW, REWARDS),
        "emission_treasury" => Past(NEW, TREASURY),
        // What is held back of providers' pay is paid: it only waits.
        "reward_claim" | "reward_hold" => Out(REWARDS, PROVIDERS),
        "delegation_claim" => Out(REWARDS, DELEGATORS),
        "contribution_claim" => Out(REWARDS, CONTRIBUTORS),
        "reward_forfeit" | "contribution_forfeit" => Out(REWARDS, TREASURY),
        "escrow_open" => In(CUSTOMERS, JOBS),
        "escrow_refund" => Back(CUSTOMERS, JOBS),
        "job_provider" | "job_hold" => Out(JOBS, PROVIDERS),
        // Delegators claim it with their rewards.
        "job_delegators" => Across(CUSTOMERS, JOBS, REWARDS),
        "fee_platform" => Out(JOBS, PLATFORM),
        "fee_treasury" => Out(JOBS, TREASURY),
        "fee_insurance" => Out(JOBS, INSURANCE),
        "fee_burn" => Out(JOBS, BURNED),
        // What no verifier has earned yet waits there.
        "fee_verification" => Out(JOBS, CHECKS),
        "slash" | "slash_unbonding" | "slash_redelegated" | "slash_vesting" => In(LOST, SLASHES),
        "slash_return" | "slash_return_unbonded" | "slash_return_vesting" => Back(LOST, SLASHES),
        "slash_compensation" => Out(SLASHES, HARMED),
        "slash_reporter" => Out(SLASHES, REPORTERS),
        "slash_insurance" => Out(SLASHES, INSURANCE),
        "slash_burn" => Out(SLASHES, BURNED),
        "slash_treasury" => Out(SLASHES, TREASURY),
        "appeal_forfeit" | "vouch_forfeit" => Past(LOST, INSURANCE),
        "vesting_forfeit" => Past(LOST, TREASURY),
        "deposit_burn" => Past(LOST, BURNED),
        "grant" => Past(GRANTS, GRANTED),
        "insurance_payout" => Past(PAYOUTS, HARMED),
        "genesis" | "bond" | "unbond" | "delegate" | "undelegate" | "redelegate" | "mature"
        | "withdraw" | "vesting_release" | "trade" | "appeal_deposit" | "appeal_refund"
        | "vouch" | "vouch_mature" | "user_stake" | "user_unstake" | "proposal_deposit"
        | "deposit_return" | "stable_deposit" | "stable_redeem" | "verification_fee" => Aside,
        _ => return None,
    })
}

/// What moved of the coin for a reason, base units.
pub fn amount(review: &Review, reason: &str) -> u128 {
    let rows = review.run.flows.iter();
    let rows = rows.filter(|row| row.asset == "native" && row.reason == reason);
    rows.map(|row| u128::from(row.amount_base_units)).sum()
}

/// The payments as a flow of three columns.
pub fn flow(review: &Review) -> Flow {
    let mut flow = Flow::default();
    let sources = SOURCES.map(|(name, color)| flow.node(0, name, color));
    // What passes a pool stands at the height of its source.
    let mut middle = Vec::new();
    for (index, ((name, color), _)) in POOLS.iter().enumerate() {
        let (_, past) = SOURCES[index];
        middle.push((
            flow.node(1, name, *color),
            flow.passing(1, SOURCES[index].0, past),
        ));
    }
    let ends = ENDS.map(|(name, color)| flow.node(2, name, color));
    let mut paid_in = [[0u128; SOURCES.len()]; POOLS.len()];
    let mut paid_back = paid_in;
    let mut left = [0u128; POOLS.len()];
    for row in review.run.flows.iter().filter(|row| row.asset == "native") {
        let amount = u128::from(row.amount_base_units);
        match leg(row.reason) {
            Some(Leg::In(source, pool)) => paid_in[pool][source] += amount,
            Some(Leg::Back(source, pool)) => paid_back[pool][source] += amount,
            Some(Leg::Across(source, from, to)) => {
                paid_back[from][source] += amount;
                paid_in[to][source] += amount;
            }
            Some(Leg::Out(pool, end)) => {
                flow.add(middle[pool].0, ends[end], amount);
                left[pool] += amount;
            }
            Some(Leg::Past(source, end)) => {
                let (name, color) = SOURCES[source];
                let past = flow.passing(1, name, color);
                flow.add(sources[source], past, amount);
                flow.add(past, ends[end], amount);
            }
            Some(Leg::Aside) | None => {}
        }
    }
    for pool in 0..POOLS.len() {
        let mut got = 0;
        for source in 0..SOURCES.len() {
            let net = paid_in[pool][source].saturating_sub(paid_back[pool][source]);
            flow.add(sources[source], middle[pool].0, net);
            got += net;
        }
        let still = got.saturating_sub(left[pool]);
        flow.add(middle[pool].0, ends[STILL], still);
    }
    flow
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_of_the_ledger_has_its_part() {
        for reason in protocol::Reason::ALL {
            assert!(leg(reason.name()).is_some(), "{}", reason.name());
        }
        assert_eq!(leg("nothing"), None);
    }

    #[test]
    fn what_goes_into_a_pool_and_out_of_it_is_what_the_ledger_says() {
        for reason in protocol::Reason::ALL {
            let (from, to) = (reason.from().name(), reason.to().map(|to| to.name()));
            match leg(reason.name()) {
                Some(Leg::In(_, pool)) => assert_eq!(to, Some(POOLS[pool].1)),
                Some(Leg::Back(_, pool) | Leg::Out(pool, _)) => assert_eq!(from, POOLS[pool].1),
                Some(Leg::Across(_, left, entered)) => {
                    assert_eq!((from, to), (POOLS[left].1, Some(POOLS[entered].1)));
                }
                _ => {
                    let touches = POOLS
                        .iter()
                        .any(|(_, pool)| *pool == from || Some(*pool) == to);
                    assert!(!touches, "{} moves a pool", reason.name());
                }
            }
        }
    }
}
