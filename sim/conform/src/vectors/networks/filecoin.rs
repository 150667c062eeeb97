//! Filecoin's suites.

mod formula;

use num_bigint::BigInt;
use protocol::networks::filecoin::exponential::exp_neg;
use protocol::networks::filecoin::reward::{RewardParams, as_double, effective_network_time};
use protocol::networks::filecoin::vesting::{VestSpec, VestingFunds};

use self::formula::Powers;
use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::float::number;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "filecoin",
    units: &[],
    suites: &[
        Suite {
            name: "simple_reward",
            evaluate: simple_reward,
        },
        Suite {
            name: "baseline_reward",
            evaluate: baseline_reward,
        },
        Suite {
            name: "expneg",
            evaluate: expneg,
        },
        Suite {
            name: "vesting_table",
            evaluate: vesting_table,
        },
        Suite {
            name: "compute_r_theta",
            evaluate: compute_r_theta,
        },
    ],
};

/// The row's parameters, in place of the main network's where it has some.
fn reward_params(case: &Case<'_>) -> Result<RewardParams, Problem> {
    let mut params = RewardParams::mainnet();
    for (key, field) in [
        ("lambda_q128", &mut params.lambda),
        ("exp_lambda_minus_1_q128", &mut params.exp_lambda_minus_1),
    ] {
        *field = case.integer_or(key, field.clone())?;
    }
    for (key, field) in [
        ("simple_total_fil", &mut params.simple_total),
        ("baseline_total_fil", &mut params.baseline_total),
    ] {
        if case.find(key).is_some() {
            *field = case.scaled(key, 18)?;
        }
    }
    Ok(params)
}

fn simple_reward(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let still = BigInt::ZERO;
    let reward = reward_params(case)?.reward(case.integer("epoch")?, &still, &still)?;
    Ok(Json::map([("reward_atto", reward.into())]).into())
}

fn baseline_reward(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let before = case.integer("prev_theta_q128")?;
    let reward = reward_params(case)?.baseline_reward(&before, &case.integer("theta_q128")?)?;
    Ok(Json::map([("baseline_reward_atto", reward.into())]).into())
}

fn expneg(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let y = exp_neg(&case.integer("x_q128")?)?;
    Ok(Json::map([("y_q128", y.into())]).into())
}

/// Locks the sum, then unlocks at each of the epochs asked for.
fn vesting_table(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let spec = VestSpec {
        initial_delay: case.integer("initial_delay")?,
        vest_period: case.integer("vest_period")?,
        step_duration: case.integer("step_duration")?,
        quantization: case.integer("quantization")?,
    };
    let period_start: i64 = case.integer("period_start")?;
    let delay: i64 = case.integer_or("vest_start_delay", 10)?;
    let start = period_start.checked_add(delay);
    let start = start.ok_or_else(|| Problem::Malformed("no such epoch".to_owned()))?;
    let mut funds = VestingFunds::default();
    funds.add_locked(start, case.integer("vest_sum")?, period_start, &spec)?;
    let asked = case.expected.at("unlocked_per_epoch").and_then(Json::items);
    let unlocked = (start..).take(asked.map_or(0, <[Json]>::len));
    let unlocked = Json::list(unlocked.map(|epoch| funds.unlock_vested(epoch)));
    Ok(Json::map([("unlocked_per_epoch", unlocked)]).into())
}

/// Powers are numbers, or formulas of the baseline's power by epoch.
fn compute_r_theta(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let time: u64 = case.integer("effective_network_time")?;
    let powers = match case.find("baseline_power_fn") {
        Some(_) => Some(Powers::new(case.text("baseline_power_fn")?)),
        None => None,
    };
    let power = |key: &str| match case.value(key)?.big() {
        Some(power) => Ok(power),
        None => Powers::of(powers.as_ref(), case.text(key)?),
    };
    let baseline_power = match &powers {
        Some(powers) => powers.baseline(time)?,
        None => power("baseline_power")?,
    };
    let theta = effective_network_time(
        time,
        &baseline_power,
        &power("cumsum_realized")?,
        &power("cumsum_baseline")?,
    )?;
    Ok(Json::map([("theta", number(as_double(&theta)?)?)]).into())
}
