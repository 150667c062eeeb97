//! Gonka's suites.

use num_bigint::BigInt;
use protocol::networks::RuleError;
use protocol::networks::gonka::distribution::{Participant, settle};
use protocol::networks::gonka::price::Pricing;
use protocol::networks::gonka::reward::fixed_epoch_reward;
use protocol::networks::gonka::share_work::share_work;
use protocol::networks::gonka::slash;
use protocol::networks::gonka::subsidy::{self, Subsidy};
use protocol::networks::gonka::vesting::Schedule;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "gonka",
    units: &[],
    suites: &[
        Suite {
            name: "bitcoin_reward_distribution",
            evaluate: distribution,
        },
        Suite {
            name: "fixed_epoch_reward",
            evaluate: epoch_reward,
        },
        Suite {
            name: "legacy_subsidy",
            evaluate: legacy_subsidy,
        },
        Suite {
            name: "collateral_slash",
            evaluate: collateral_slash,
        },
        Suite {
            name: "stream_vesting",
            evaluate: stream_vesting,
        },
        Suite {
            name: "dynamic_pricing",
            evaluate: dynamic_pricing,
        },
        Suite {
            name: "share_work",
            evaluate: shares_of_work,
        },
    ],
};

/// What the network calls work below zero.
const NEGATIVE_BALANCE: &str = "ErrNegativeCoinBalance";

/// An input, or a parameter of the file that goes by another name there.
fn named<'a>(case: &Case<'a>, key: &str, param: &str) -> Option<&'a Json> {
    case.find(key).or_else(|| case.find(param))
}

/// The epoch's reward from initial reward, decay and epochs; a decay of `null` is none.
fn reward(case: &Case<'_>, epochs: u64) -> Result<u64, Problem> {
    let initial = named(case, "initial", "initial_epoch_reward");
    let initial = initial
        .and_then(Json::integer)
        .ok_or_else(|| Problem::Malformed("input initial is not a whole number".to_owned()))?;
    let is_none = case.inputs.at("decay") == Some(&Json::Null);
    let decay = named(case, "decay", "decay_rate").filter(|_| !is_none);
    let decay = decay.and_then(Json::decimal);
    let parts = decay.as_ref().map(Decimal::parts);
    Ok(fixed_epoch_reward(epochs, initial, parts)?)
}

/// Epochs since genesis, as the row counts them: from the first epoch, or from genesis, or genesis itself.
fn epochs(case: &Case<'_>) -> Result<u64, Problem> {
    if case.has("epoch") {
        let genesis = case.integer_or("genesis_epoch", 0u64)?;
        Ok(case.integer::<u64>("epoch")?.saturating_sub(genesis))
    } else {
        case.integer_or("epochs_since_genesis", 0)
    }
}

fn distribution(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let list = |key: &str| -> Result<Vec<i64>, Problem> {
        if case.has(key) {
            case.integers(key)
        } else {
            Ok(Vec::new())
        }
    };
    let (weights, work) = (list("weights")?, list("work")?);
    let status = if case.has("status") {
        case.items("status")?
    } else {
        &[]
    };
    let participants: Vec<Participant> = (0..weights.len().max(work.len()))
        .map(|index| Participant {
            weight: weights.get(index).copied().unwrap_or(0),
            work: work.get(index).copied().unwrap_or(0),
            is_invalid: status.get(index).and_then(Json::text) == Some("INVALID"),
        })
        .collect();
    let epoch_reward = if case.has("epoch_reward") {
        case.integer("epoch_reward")?
    } else {
        reward(case, epochs(case)?)?
    };
    let cap = named(case, "supply_cap", "standard_reward_supply");
    let cap = cap.and_then(Json::integer).unwrap_or(u64::MAX);
    let paid = case.integer_or("subsidy_paid", 0)?;
    let settlement = settle(epoch_reward, &participants, paid, cap)?;
    let rewards = Json::list(settlement.settled.iter().map(|one| one.reward));
    let mut answer = vec![
        ("minted".to_owned(), settlement.minted.into()),
        ("rewards_derived".to_owned(), rewards.clone()),
        ("rewards".to_owned(), rewards),
        (
            "work".to_owned(),
            Json::list(settlement.settled.iter().map(|one| one.work)),
        ),
    ];
    for (index, one) in settlement.settled.iter().enumerate() {
        answer.push((format!("reward{index}"), one.reward.into()));
    }
    if settlement
        .settled
        .iter()
        .any(|one| one.has_negative_balance)
    {
        answer.push(("error".to_owned(), NEGATIVE_BALANCE.into()));
    }
    Ok(Json::Map(answer).into())
}

fn epoch_reward(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let reward = reward(case, case.integer("epochs")?)?;
    let keys = ["reward", "derived_exact", "range"];
    Ok(Json::map(keys.map(|key| (key, reward.into()))).into())
}

/// The stages' parameters that rows leave out are the network's: a fifth less after each twentieth.
fn legacy_subsidy(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    if case.has("start") {
        let (start, reduction) = (case.decimal("start")?, case.decimal("reduction")?);
        let rates = subsidy::rates(start.parts(), reduction.parts(), case.integer("steps")?)?;
        let rates = rates.into_iter().map(|rate| Decimal::new(rate, 4));
        return Ok(Json::map([("series_f32", Json::list(rates))]).into());
    }
    let schedule = Subsidy {
        rate: case.float_or("rate", "0.9")?,
        stage_cutoff: case.float_or("cutoff", "0.05")?,
        stage_decrease: case.float_or("decrease", "0.2")?,
        supply: case.integer("supply")?,
    };
    let paid = case.integer_or("paid", 0)?;
    let (work, total): (Vec<i64>, i64) = if case.value("work")?.items().is_some() {
        let work = case.integers("work")?;
        let total = subsidy::total_work(&work)?;
        (work, total)
    } else {
        // The total itself.
        let total = case.integer("work")?;
        (vec![total], total)
    };
    let subsidy = schedule.pay(paid, total)?;
    let rewards = subsidy::rewards(subsidy.amount, &work)?;
    let mut answer = vec![
        ("amount".to_owned(), subsidy.amount.into()),
        ("crossed".to_owned(), subsidy.has_crossed.into()),
        ("minted".to_owned(), subsidy.amount.into()),
        ("rewards".to_owned(), Json::list(rewards)),
    ];
    if work.iter().any(|part| *part < 0) {
        answer.push(("error".to_owned(), NEGATIVE_BALANCE.into()));
    }
    Ok(Json::Map(answer).into())
}

fn collateral_slash(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let mut active: u128 = case.integer("active")?;
    let mut unbonding: Vec<u128> = if case.has("unbonding") {
        case.integers("unbonding")?
    } else {
        Vec::new()
    };
    let fractions = if case.has("fractions") {
        case.items("fractions")?
    } else {
        std::slice::from_ref(case.value("fraction")?)
    };
    let (mut slashed, mut has_failed) = (0u128, false);
    for fraction in fractions {
        let scaled = fraction.decimal().and_then(|number| number.scaled(18));
        let scaled = scaled.and_then(|number| i128::try_from(number).ok());
        let scaled = scaled.ok_or_else(|| {
            Problem::Malformed(format!("{fraction} is not a number of at most 18 decimals"))
        })?;
        match slash::slash(&mut active, &mut unbonding, scaled) {
            Ok(taken) => slashed += taken,
            Err(RuleError::Refused(_)) => has_failed = true,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Json::map([
        ("slashed", slashed.into()),
        ("active", active.into()),
        ("unbonding", Json::list(unbonding)),
        ("error", has_failed.into()),
    ])
    .into())
}

fn stream_vesting(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let mut schedule = Schedule::default();
    for add in case.items("adds")? {
        let pair = |index: usize| add.items().and_then(|pair| pair.get(index)?.big());
        let malformed = || Problem::Malformed(format!("{add} is no pair of amount and epochs"));
        let (amount, epochs) = (
            pair(0).ok_or_else(malformed)?,
            pair(1).ok_or_else(malformed)?,
        );
        let amount = u128::try_from(amount).map_err(|_| malformed())?;
        let epochs = u64::try_from(epochs).map_err(|_| malformed())?;
        match schedule.add(amount, epochs) {
            Err(RuleError::Refused(why)) if epochs == 0 => {
                return Ok(Json::map([("error", why.into())]).into());
            }
            other => other?,
        }
    }
    let all = Json::list(schedule.epochs());
    let unlocks: u32 = case.integer_or("unlock", 0)?;
    let mut paid = 0u128;
    for _ in 0..unlocks {
        if schedule.epochs().len() == 0 {
            break;
        }
        paid += schedule.unlock();
    }
    Ok(Json::map([
        ("schedule", all),
        ("paid", paid.into()),
        ("remaining_len", schedule.epochs().len().into()),
        ("remaining", Json::list(schedule.epochs())),
    ])
    .into())
}

fn dynamic_pricing(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let pricing = Pricing {
        lower: case.float_or("lower", "0.4")?,
        upper: case.float_or("upper", "0.6")?,
        elasticity: case.float_or("elasticity", "0.05")?,
        min_price: case.integer_or("min_price", 1)?,
        base_price: case.integer_or("base_price", 100)?,
    };
    let utilization = case.float_or("utilization", "0")?;
    let (old, new) = pricing.update(case.integer("current_price")?, utilization)?;
    Ok(Json::map([
        ("old_price", old.into()),
        ("new_price", new.into()),
        ("changed", (old != new).into()),
    ])
    .into())
}

fn shares_of_work(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let adjustments = share_work(
        case.integer("existing")?,
        case.integer("new")?,
        case.integer("cost")?,
    )?;
    let adjustments = adjustments.into_iter().map(BigInt::from);
    Ok(Json::map([("adj", Json::list(adjustments))]).into())
}

#[cfg(test)]
mod tests {
    use crate::vectors::run;

    /// Forms of rows that no file here has, with numbers worked by hand.
    #[test]
    fn rows_of_other_forms_are_answered() {
        let text = r#"{"network":"Gonka","suites":[
          {"name":"legacy_subsidy","cases":[
            {"inputs":{"rate":0.9,"paid":5000,"cutoff":0.05,"decrease":0.2,"supply":200000,"work":1000},"expected":{"amount":6785,"crossed":true}},
            {"inputs":{"start":0.5,"reduction":0.2,"steps":3},"expected":{"series_f32":[0.4,0.32,0.256]}}]},
          {"name":"collateral_slash","cases":[
            {"inputs":{"active":1000,"fractions":["0.1","0.5"]},"expected":{"slashed":550,"active":450,"error":false}}]},
          {"name":"bitcoin_reward_distribution","cases":[
            {"inputs":{"epoch_reward":100,"weights":[1,1,1],"work":[1,2,3],"subsidy_paid":970,"supply_cap":1000},"expected":{"minted":30,"rewards":[12,9,9]}},
            {"inputs":{"weights":[5],"work":[1],"epoch":1},"expected":{"reward0":285000000000000}}]},
          {"name":"dynamic_pricing","cases":[
            {"inputs":{"utilization":0.7,"current_price":1000,"lower":0.4,"upper":0.6,"elasticity":0.5},"expected":{"changed":true,"new_price":1050}}]},
          {"name":"stream_vesting","cases":[
            {"inputs":{"adds":[[10,4],[7,2]],"unlock":2},"expected":{"paid":13,"remaining_len":2}}]}],
          "params":{"initial_epoch_reward":285000000000000,"decay_rate":"-0.000475","genesis_epoch":1}}"#;
        let report = run([("gonka.json", text)]).expect("a well-formed file");
        assert!(report.is_ok() && report.evaluated() == 7, "{report}");
    }
}
