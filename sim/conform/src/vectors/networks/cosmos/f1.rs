//! F1 distribution and the allocation of a block's fees. Where a row names no commission it is a half, and no stake, 100 tokens.

use num_bigint::BigInt;
use protocol::networks::RuleError;
use protocol::networks::cosmos::Dec;
use protocol::networks::cosmos::f1::{Delegation, Validator};
use protocol::networks::cosmos::fees::FeeSplit;
use protocol::networks::cosmos::staking::tokens_of_power;

use super::{read, read_or, write};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

const HALF: i64 = 500_000_000_000_000_000;

pub(super) fn distribution(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    if case.has("fees") {
        allocation(case)
    } else if case.has("ops") {
        operations(case)
    } else if case.has("balance") {
        withdrawal(case)
    } else {
        rewards(case)
    }
}

/// One delegator, perhaps a slash, some blocks of rewards.
fn rewards(case: &Case<'_>) -> Result<Answer, Problem> {
    let mut validator = Validator::new(read_or(case, "commission", HALF)?);
    let tokens = if case.has("power") {
        tokens_of_power(&case.integer("power")?, &power_reduction(case)?)
    } else {
        case.integer_or("self_stake", BigInt::from(100))?
    };
    let delegation = validator.delegate(&tokens)?;
    if case.has("slash") {
        let burned = read(case, "slash")?.mul_int(&tokens)?.truncate();
        validator.slash(&burned)?;
    }
    for key in ["allocate", "alloc", "then_allocate"] {
        for rewards in blocks(case, key)? {
            validator.allocate(&rewards)?;
        }
    }
    let current = write(validator.current_rewards());
    Ok(Json::map([
        ("current_rewards", current),
        ("delegator", write(&validator.rewards(&delegation)?)),
        ("commission", write(validator.commission())),
    ])
    .into())
}

/// Rewards of each block: a list, or one number.
fn blocks(case: &Case<'_>, key: &str) -> Result<Vec<Dec>, Problem> {
    match case.find(key) {
        None => Ok(Vec::new()),
        Some(Json::List(_)) => {
            let rewards = case.integers::<BigInt>(key)?;
            Ok(rewards.into_iter().map(Dec::from_int).collect())
        }
        Some(_) => Ok(vec![read(case, key)?]),
    }
}

/// A delegator's account: its stake leaves it, rewards and commission come back.
fn withdrawal(case: &Case<'_>) -> Result<Answer, Problem> {
    let stake: BigInt = case.integer("self")?;
    let mut validator = Validator::new(read_or(case, "commission", HALF)?);
    let mut delegation = validator.delegate(&stake)?;
    for rewards in blocks(case, "alloc")? {
        validator.allocate(&rewards)?;
    }
    let mut balance = case.integer::<BigInt>("balance")? - stake;
    balance += validator.withdraw(&mut delegation)?.paid;
    let after_rewards = balance.clone();
    balance += validator.withdraw_commission()?.paid;
    Ok(Json::map([
        ("after_rewards", after_rewards.into()),
        ("after_commission", balance.into()),
    ])
    .into())
}

/// A block's fees among validators.
fn allocation(case: &Case<'_>) -> Result<Answer, Problem> {
    let split = FeeSplit {
        community_tax: read(case, "community_tax")?,
        base_proposer: read_or(case, "base_proposer", 0)?,
        bonus_proposer: read_or(case, "bonus_proposer", 0)?,
    };
    let powers: Vec<BigInt> = case.integers("powers")?;
    let total = case.integer_or("total_power", powers.iter().sum())?;
    let proposer = case.integer_or("proposer", 0usize)?;
    let allocated = split.allocate(&read(case, "fees")?, &powers, &total, proposer)?;
    let mut entries = vec![
        (
            "outstanding".to_owned(),
            Json::list(allocated.validators.iter().map(write)),
        ),
        ("community".to_owned(), write(&allocated.community)),
    ];
    let rates = case
        .find("commissions")
        .and_then(Json::items)
        .unwrap_or_default();
    for (index, (rate, rewards)) in rates.iter().zip(&allocated.validators).enumerate() {
        let rate = rate.decimal().and_then(|rate| rate.scaled(18));
        let rate =
            rate.ok_or_else(|| Problem::Malformed("commissions are no ratios".to_owned()))?;
        let mut validator = Validator::new(Dec::from_units(rate));
        validator.allocate(rewards)?;
        entries.push((format!("commission{index}"), write(validator.commission())));
        entries.push((
            format!("current{index}"),
            write(validator.current_rewards()),
        ));
    }
    Ok(Json::Map(entries).into())
}

/// Operations in a few words: `slash .5`, `alloc 10e6`, `d2=100 joins`, between commas or semicolons.
fn operations(case: &Case<'_>) -> Result<Answer, Problem> {
    let words =
        || Problem::NotApplicable("operations in words that are no operations here".to_owned());
    let mut validator = Validator::new(read_or(case, "commission", HALF)?);
    let mut tokens = BigInt::default();
    let mut delegations: Vec<(String, Delegation)> = Vec::new();
    for operation in case.text("ops")?.split([',', ';']) {
        let first = operation.split_whitespace().next().ok_or_else(words)?;
        if let Some((name, amount)) = first.split_once('=') {
            let amount = number(amount)
                .and_then(|amount| amount.whole())
                .ok_or_else(words)?;
            delegations.push((name.to_owned(), validator.delegate(&amount)?));
            tokens += amount;
            continue;
        }
        if delegations.is_empty() {
            tokens = tokens_of_power(&BigInt::from(100), &power_reduction(case)?);
            delegations.push(("delegator".to_owned(), validator.delegate(&tokens)?));
        }
        let operand = operation.split_whitespace().nth(1).and_then(number);
        let operand = operand
            .and_then(|operand| operand.scaled(18))
            .map(Dec::from_units);
        match (first, operand) {
            ("alloc", Some(rewards)) => validator.allocate(&rewards)?,
            ("slash", Some(fraction)) => {
                let burned = fraction.mul_int(&tokens)?.truncate();
                validator.slash(&burned)?;
                tokens -= burned;
            }
            _ => return Err(words()),
        }
    }
    let mut entries = vec![("commission".to_owned(), write(validator.commission()))];
    for (name, delegation) in delegations {
        let rewards: Result<Dec, RuleError> = validator.rewards(&delegation);
        entries.push((name, write(&rewards?)));
    }
    Ok(Json::Map(entries).into())
}

fn number(text: &str) -> Option<Decimal> {
    Decimal::parse(text)
}

fn power_reduction(case: &Case<'_>) -> Result<BigInt, Problem> {
    case.integer_or("power_reduction", BigInt::from(1_000_000))
}
