//! Random parameters of contributions and votes: quick ones, with quorums that are met.

use stakesim_protocol::*;
use units::Amount;

use super::super::random::Random;

pub fn contribution(random: &mut Random, params: &mut Params) {
    let decimals = params.supply.decimals;
    params.contribution = ContributionParams {
        bond_per_point: Amount::new(
            u128::from(random.below(2_000)) * 10u128.pow(u32::from(decimals)) / 1_000,
        ),
        hold_back: random.ratio(0, 1_000),
        vesting: random.one_of(&[
            Vesting::None,
            Vesting::LinearWithCliff,
            Vesting::LinearWithCliff,
        ]),
        hold_back_epochs: random.below(20) as u32,
        cliff_epochs: random.below(6) as u32,
        schedule_epochs: random.between(1, 6) as u32,
    };
}

pub fn governance(random: &mut Random, params: &mut Params) {
    params.governance = GovernanceParams {
        deposit: Amount::from_tokens(random.below(50), params.supply.decimals),
        voting_epochs: random.between(1, 6) as u32,
        weight: match random.below(3) {
            0 => VotingRule::Linear,
            1 => VotingRule::Capped {
                share: random.ratio(1, 300),
            },
            _ => VotingRule::Quadratic,
        },
        quorum: random.ratio(0, 300),
        threshold: random.ratio(0, 600),
        veto_share: random.ratio(0, 900),
        timelock_epochs: random.below(3) as u32,
        grace_epochs: random.between(1, 5) as u32,
        open_max: random.between(2, 10) as u32,
    };
}
