//! Slashes by height, and jail for missed blocks. Heights and times that a row does not name are nought, and an entry without a
//! completion time is not free.

use num_bigint::BigInt;
use protocol::networks::cosmos::Dec;
use protocol::networks::cosmos::liveness::Liveness;
use protocol::networks::cosmos::staking::{
    Entry, Infraction, power_of_tokens, slash as slash_validator, tokens_of_power,
};

use super::{read, read_or, write};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;
use crate::vectors::operations::steps;

const ONE: i64 = 1_000_000_000_000_000_000;

pub(super) fn slash(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    if case.has("ubd") {
        unbonding(case)
    } else if case.has("red") {
        redelegation(case)
    } else if case.has("slashes") {
        series(case)
    } else {
        validator(case)
    }
}

/// Stake that left, and the infraction that asks for it.
fn entry(case: &Case<'_>, key: &str) -> Result<(Entry, Infraction, i64), Problem> {
    let balance: BigInt = case.integer(key)?;
    let completion = case.find("completion").map(|_| case.integer("completion"));
    let entry = Entry {
        creation_height: case.integer_or("creation", 0)?,
        completion_time: completion.transpose()?,
        balance: Dec::from_int(balance.clone()),
        initial_balance: balance,
    };
    let infraction = Infraction {
        height: case.integer_or("infraction", 0)?,
        tokens: BigInt::default(),
        // Rows without a fraction ask about entries that do not answer at all.
        fraction: read_or(case, "f", ONE)?,
    };
    Ok((entry, infraction, case.integer_or("now", 0)?))
}

fn unbonding(case: &Case<'_>) -> Result<Answer, Problem> {
    let (mut entry, infraction, now) = entry(case, "ubd")?;
    let slashed = entry.slash_unbonding(&infraction, now)?;
    Ok(Json::map([
        ("slashed", slashed.into()),
        ("balance", write(&entry.balance)),
        ("initial", entry.initial_balance.into()),
    ])
    .into())
}

fn redelegation(case: &Case<'_>) -> Result<Answer, Problem> {
    let (mut entry, infraction, now) = entry(case, "red")?;
    let bought = entry.balance.clone();
    let slashed = entry.slash_redelegation(&infraction, &bought, now)?;
    Ok(Json::map([
        ("slashed", slashed.into()),
        ("dst_shares", write(&entry.balance)),
    ])
    .into())
}

fn power_reduction(case: &Case<'_>) -> Result<BigInt, Problem> {
    case.integer_or("power_reduction", BigInt::from(1_000_000))
}

fn validator(case: &Case<'_>) -> Result<Answer, Problem> {
    let reduction = power_reduction(case)?;
    let mut tokens = tokens_of_power(&case.integer_or("power", BigInt::default())?, &reduction);
    let before = tokens.clone();
    let height: i64 = case.integer_or("height", 0)?;
    let infraction = Infraction {
        height: case.integer_or("height_offset", height)?,
        tokens: before.clone(),
        fraction: read_or(case, "f", ONE)?,
    };
    let nothing = BigInt::default();
    slash_validator(&infraction, 0, 0, &mut tokens, &mut [], &nothing)?;
    let burned = power_of_tokens(&(before - &tokens), &reduction)?;
    Ok(Json::map([
        ("power", power_of_tokens(&tokens, &reduction)?.into()),
        ("burned_power", burned.into()),
    ])
    .into())
}

/// One validator and one entry through slashes of `[height, height of the infraction, fraction]`.
fn series(case: &Case<'_>) -> Result<Answer, Problem> {
    let reduction = power_reduction(case)?;
    let start = tokens_of_power(&case.integer("power")?, &reduction);
    let left = tokens_of_power(&case.integer("ubd_power")?, &reduction);
    let mut tokens = start.clone();
    let mut entries = [Entry {
        creation_height: case.integer("ubd_height")?,
        completion_time: None,
        balance: Dec::from_int(left.clone()),
        initial_balance: left,
    }];
    let (mut powers, mut balances, mut burned) = (Vec::new(), Vec::new(), Vec::new());
    for slash in case.items("slashes")? {
        let (height, infraction) = read_slash(slash, &start)
            .ok_or_else(|| Problem::Malformed("slashes are no lists of three".to_owned()))?;
        slash_validator(
            &infraction,
            height,
            0,
            &mut tokens,
            &mut entries,
            &BigInt::default(),
        )?;
        powers.push(power_of_tokens(&tokens, &reduction)?);
        balances.push(power_of_tokens(&entries[0].balance.truncate(), &reduction)?);
        burned.push(power_of_tokens(&(&start - &tokens), &reduction)?);
    }
    let is_out = powers
        .last()
        .is_some_and(|power| *power == BigInt::default());
    let status = if is_out { "Unbonding" } else { "Bonded" };
    Ok(Json::map([
        ("power", Json::list(powers)),
        ("ubd_balance_power", Json::list(balances)),
        ("cum_bonded_burn_power", Json::list(burned)),
        ("final_status", status.into()),
    ])
    .into())
}

fn read_slash(slash: &Json, tokens: &BigInt) -> Option<(i64, Infraction)> {
    let [height, infraction, fraction] = slash.items()? else {
        return None;
    };
    let infraction = Infraction {
        height: infraction.integer()?,
        tokens: tokens.clone(),
        fraction: Dec::from_units(fraction.decimal()?.scaled(18)?),
    };
    Some((height.integer()?, infraction))
}

/// Blocks that a validator signs or misses, from its first one on.
pub(super) fn liveness(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let window = ["window", "signed_blocks_window"].map(|key| case.find(key).map(|_| key));
    let window = window.into_iter().flatten().next();
    let rule = Liveness {
        signed_blocks_window: window.map_or(Ok(100), |key| steps(case, key))?,
        min_signed_per_window: read_or(case, "min_signed", ONE / 2)?,
    };
    let mut height: i64 = case.integer_or("start", 0)?;
    let mut info = rule.bonded(height);
    let is_signed = |item: &Json| {
        item.bool().ok_or_else(|| {
            Problem::Malformed("signed holds something else than true and false".to_owned())
        })
    };
    let listed = case
        .find("signed")
        .and_then(Json::items)
        .unwrap_or_default();
    let some = |key: &str| case.find(key).map_or(Ok(0), |_| steps(case, key));
    let signed = case.find("signed_ok").map_or("ok", |_| "signed_ok");
    let (signed, missed) = (some(signed)?, some("missed")?);
    let blocks = listed.iter().map(is_signed);
    let blocks = blocks.chain((0..signed).map(|_| Ok(true)));
    let blocks = blocks.chain((0..missed).map(|_| Ok(false)));
    let mut slashes = 0;
    for is_signed in blocks {
        slashes += u32::from(rule.observe(&mut info, height, is_signed?)?);
        height += 1;
    }
    if case.has("gap") {
        height += case.integer::<i64>("gap")?;
        rule.rejoin(&mut info, height);
        let mut left = absence(case, rule.signed_blocks_window)?;
        while left > 0 && !info.is_jailed {
            slashes += u32::from(rule.observe(&mut info, height, false)?);
            (height, left) = (height + 1, left - 1);
        }
    } else if case.has("height") {
        rule.rejoin(&mut info, case.integer("height")?);
    }
    Ok(Json::map([
        ("index_offset", info.index_offset.into()),
        ("missed", info.missed_blocks_counter.into()),
        ("missed_counter", info.missed_blocks_counter.into()),
        ("jailed", info.is_jailed.into()),
        ("start_height", info.start_height.into()),
        ("tokens", tokens(case, slashes)?.into()),
    ])
    .into())
}

/// How many blocks `then_missed` names, in words. A whole window or more, or no number at all, means until jail.
fn absence(case: &Case<'_>, window: u32) -> Result<u64, Problem> {
    let until_jail = 2 * u64::from(window) + 2;
    let value = case.value("then_missed")?;
    let in_words = |text: &str| {
        let numbers = text.split(|c: char| !c.is_ascii_digit());
        let named = numbers.filter_map(|number| number.parse().ok()).max();
        named.filter(|_| !text.contains("window"))
    };
    let named = value.integer().or(value.text().and_then(in_words));
    Ok(named
        .filter(|named| *named < u64::from(window))
        .unwrap_or(until_jail))
}

/// What is left of a validator's tokens after slashes for downtime.
fn tokens(case: &Case<'_>, slashes: u32) -> Result<BigInt, Problem> {
    let power = case.integer_or("power", BigInt::default())?;
    let mut tokens = tokens_of_power(&power, &power_reduction(case)?);
    let infraction = Infraction {
        height: 0,
        tokens: tokens.clone(),
        fraction: fraction(case, "slash_downtime", "0.01")?,
    };
    for _ in 0..slashes {
        slash_validator(&infraction, 0, 0, &mut tokens, &mut [], &BigInt::default())?;
    }
    Ok(tokens)
}

/// A ratio, which may be written as "1/100".
fn fraction(case: &Case<'_>, key: &str, otherwise: &str) -> Result<Dec, Problem> {
    let wrong = || Problem::Malformed(format!("{key} is no ratio"));
    let Some(text) = case.find(key).map_or(Some(otherwise), Json::text) else {
        return read(case, key);
    };
    let (dividend, divisor) = text.split_once('/').unwrap_or((text, "1"));
    let dec = |text: &str| Decimal::parse(text)?.scaled(18).map(Dec::from_units);
    let (dividend, divisor) = dec(dividend).zip(dec(divisor)).ok_or_else(wrong)?;
    Ok(dividend.quo(&divisor)?)
}
