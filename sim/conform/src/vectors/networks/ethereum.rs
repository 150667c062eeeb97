//! Ethereum's suites. A file may set the specifications' constants, by fork where they changed; mainnet's stand in for the rest.

use protocol::networks::RuleError;
use protocol::networks::ethereum::{Constants, Fork, integer_squareroot as root};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "ethereum",
    units: &[],
    suites: &[
        Suite {
            name: "integer_squareroot",
            evaluate: integer_squareroot,
        },
        Suite {
            name: "base_reward",
            evaluate: base_reward,
        },
        Suite {
            name: "flag_deltas",
            evaluate: flag_deltas,
        },
        Suite {
            name: "inactivity_penalty",
            evaluate: inactivity_penalty,
        },
        Suite {
            name: "inactivity_score_update",
            evaluate: inactivity_score_update,
        },
        Suite {
            name: "correlation_slashing",
            evaluate: correlation_slashing,
        },
        Suite {
            name: "initial_slash",
            evaluate: initial_slash,
        },
    ],
};

/// Names of forks, in their order.
const FORKS: [&str; 7] = [
    "phase0",
    "altair",
    "bellatrix",
    "capella",
    "deneb",
    "electra",
    "fulu",
];

/// The duty whose penalty is none: the head vote.
const TIMELY_HEAD: usize = 2;

/// The row's fork, or the last one before a row had to name it, and its constants.
fn fork(case: &Case<'_>) -> Result<(Fork, Constants), Problem> {
    let name = case
        .find("fork")
        .map_or(Ok("bellatrix"), |_| case.text("fork"))?;
    let fork = Fork::of(name).ok_or_else(|| {
        Problem::Malformed(format!("fork {name} is none of {}", FORKS.join(", ")))
    })?;
    let mut constants = Constants::mainnet(fork);
    for (key, constant) in [
        ("BASE_REWARD_FACTOR", &mut constants.base_reward_factor),
        (
            "EFFECTIVE_BALANCE_INCREMENT",
            &mut constants.effective_balance_increment,
        ),
        ("WEIGHT_DENOMINATOR", &mut constants.weight_denominator),
        (
            "INACTIVITY_SCORE_BIAS",
            &mut constants.inactivity_score_bias,
        ),
        (
            "RECOVERY_RATE",
            &mut constants.inactivity_score_recovery_rate,
        ),
        (
            "INACTIVITY_PENALTY_QUOTIENT",
            &mut constants.inactivity_penalty_quotient,
        ),
        (
            "MIN_SLASHING_PENALTY_QUOTIENT",
            &mut constants.min_slashing_penalty_quotient,
        ),
        (
            "PROPORTIONAL_SLASHING_MULTIPLIER",
            &mut constants.proportional_slashing_multiplier,
        ),
        (
            "WHISTLEBLOWER",
            &mut constants.whistleblower_reward_quotient,
        ),
    ] {
        let set = case.find(key).map(|value| by_fork(value, name));
        let Some(value) = set.flatten() else { continue };
        *constant = value
            .integer()
            .ok_or_else(|| Problem::Malformed(format!("{key} = {value} is no count")))?;
    }
    Ok((fork, constants))
}

/// A constant as it stands at a fork: set there, or at the last fork before that set it. `pre` is before all that are named.
fn by_fork<'a>(value: &'a Json, fork: &str) -> Option<&'a Json> {
    if !matches!(value, Json::Map(_)) {
        return Some(value);
    }
    let at = FORKS.iter().position(|name| *name == fork)?;
    let set = FORKS[..=at].iter().rev().find_map(|name| value.at(name));
    set.or(value.at("pre"))
}

fn integer_squareroot(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    Ok(Json::map([("isqrt", root(case.integer("n")?).into())]).into())
}

fn base_reward(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (_, constants) = fork(case)?;
    let total: u64 = case.integer("total_active_gwei")?;
    let effective: u64 = case.integer("effective_gwei")?;
    Ok(Json::map([
        (
            "per_increment",
            constants.base_reward_per_increment(total)?.into(),
        ),
        (
            "base_reward",
            constants.base_reward(total, effective)?.into(),
        ),
    ])
    .into())
}

fn flag_deltas(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (_, constants) = fork(case)?;
    let (total, effective) = (case.integer("total")?, case.integer("eff")?);
    let flag: usize = case.integer("flag")?;
    let weights = if case.find("weights").is_some() {
        case.integers::<u64>("weights")?
    } else {
        vec![14, 26, 14, 2, 8]
    };
    let weight = *weights
        .get(flag)
        .ok_or_else(|| Problem::Malformed(format!("flag {flag} has no weight")))?;
    let participating = case.integer("participating")?;
    let is_in_leak = case.bool("leak")?;
    let reward = constants.flag_reward(effective, weight, participating, total, is_in_leak)?;
    let penalty = if flag == TIMELY_HEAD {
        0
    } else {
        constants.flag_penalty(effective, weight, total)?
    };
    Ok(Json::map([
        ("reward_participant", reward.into()),
        ("penalty_absent", penalty.into()),
    ])
    .into())
}

fn inactivity_penalty(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (_, constants) = fork(case)?;
    let effective = case.integer("effective_gwei")?;
    let penalty = constants.inactivity_penalty(effective, case.integer("score")?)?;
    Ok(Json::map([("penalty", penalty.into())]).into())
}

fn inactivity_score_update(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (_, constants) = fork(case)?;
    let has_target = case.bool("target_participated")?;
    let score = constants.inactivity_score(case.integer("score")?, has_target, case.bool("leak")?);
    Ok(Json::map([("score", score.into())]).into())
}

fn correlation_slashing(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (fork, constants) = fork(case)?;
    let penalty = constants.correlation_penalty(
        fork,
        case.integer("total_active_gwei")?,
        case.integer("slashed_sum_gwei")?,
        case.integer("effective_gwei")?,
    )?;
    Ok(Json::map([("penalty", penalty.into())]).into())
}

fn initial_slash(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (_, constants) = fork(case)?;
    let slash = constants.initial_slash(case.integer("effective_gwei")?)?;
    let total = slash.proposer.checked_add(slash.whistleblower);
    Ok(Json::map([
        ("initial_penalty", slash.penalty.into()),
        (
            "whistleblower_total",
            total.ok_or(RuleError::Overflow)?.into(),
        ),
        ("proposer", slash.proposer.into()),
        ("whistleblower", slash.whistleblower.into()),
    ])
    .into())
}
