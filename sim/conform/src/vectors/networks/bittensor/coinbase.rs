//! Bittensor's suites of a block: what it mints, which subnets and validators have it.

use num_bigint::BigInt;
use protocol::networks::bittensor::block_emission::{FIRST_BLOCK_EMISSION, block_emission};
use protocol::networks::bittensor::coinbase::{self, Validator};
use protocol::networks::bittensor::fixed::{U64F64, U96F32};
use protocol::networks::bittensor::flows::pow_normalize;

use super::binary;
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub fn emission_of_block(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let emission = block_emission(case.integer("issuance_rao")?)?;
    Ok(Json::map([("emission_rao", emission.into())]).into())
}

/// A number of the row with 64 binary places, or one of a list.
fn wide(value: &Json) -> Result<U64F64, Problem> {
    let decimal = value.decimal();
    let decimal = decimal.ok_or_else(|| Problem::Malformed(format!("{value} is not a number")))?;
    let (mantissa, places) = decimal.parts();
    // no published number notices: published within 1 % or a thousand units
    Ok(U64F64::nearest(mantissa, &BigInt::from(10).pow(places))?)
}

pub fn coinbase_split(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    if case.has("emission") {
        emission_of_subnets(case)
    } else if case.has("steps") {
        moving_price(case)
    } else if case.has("stake_map") {
        dividends_of_validators(case)
    } else {
        let [dividends, incentive]: [u64; 2] =
            [case.integer("dividends")?, case.integer("incentive")?];
        let total = u128::from(dividends) + u128::from(incentive);
        Ok(Json::map([("total", total.into())]).into())
    }
}

/// Subnets of these prices, or of equal ones, and what a block puts into their pools.
fn emission_of_subnets(case: &Case<'_>) -> Result<Answer, Problem> {
    let prices: Vec<U64F64> = if case.has("prices") {
        case.items("prices")?
            .iter()
            .map(wide)
            .collect::<Result<_, _>>()?
    } else {
        vec![U64F64::ONE; case.integer::<u16>("subnets")?.into()]
    };
    let emission: u64 = case.integer("emission")?;
    let reserves = |key: &str| -> Result<Vec<u64>, Problem> {
        if case.has(key) {
            case.integers(key)
        } else {
            Ok(vec![case.integer_or("initial", 0)?; prices.len()])
        }
    };
    let alpha_reserves = reserves("initial_alpha")?;
    let shares = coinbase::shares_by_price(&prices);
    let mut injections = Vec::new();
    for (price, share) in prices.iter().zip(shares) {
        let emission = coinbase::subnet_emission(emission, share);
        injections.push(coinbase::inject(
            emission,
            price.narrow(),
            FIRST_BLOCK_EMISSION,
        ));
    }
    let tao: u128 = injections.iter().map(|one| u128::from(one.tao)).sum();
    let excess: u128 = injections
        .iter()
        .map(|one| u128::from(one.excess_tao))
        .sum();
    let alpha = injections.iter().zip(alpha_reserves);
    let each = injections.first().map_or(0, |one| one.tao);
    Ok(Json::map([
        ("subnet_tao_delta", each.into()),
        ("each", each.into()),
        ("total_issuance_delta", (tao + excess).into()),
        ("total_stake_delta", tao.into()),
        (
            "alpha_in",
            Json::list(alpha.map(|(one, reserve)| u128::from(one.alpha) + u128::from(reserve))),
        ),
    ])
    .into())
}

fn moving_price(case: &Case<'_>) -> Result<Answer, Problem> {
    let mut moving = wide(case.value("initial")?)?;
    let (spot, alpha) = (wide(case.value("price")?)?, wide(case.value("alpha")?)?);
    for _ in 0..case.integer::<u16>("steps")? {
        moving = coinbase::moving_price(
            moving,
            spot,
            alpha,
            case.integer("blocks_since_start")?,
            case.integer("halving_blocks")?,
        );
    }
    Ok(Json::map([("moving_price", binary(moving.bits(), 64))]).into())
}

fn dividends_of_validators(case: &Case<'_>) -> Result<Answer, Problem> {
    let mut validators = Vec::new();
    let dividends: Vec<u64> = case.integers("dividends")?;
    for (stake, dividends) in case.items("stake_map")?.iter().zip(dividends) {
        let part = |index: usize| stake.items().and_then(|pair| pair.get(index)?.integer());
        let (alpha_stake, root_stake) = part(0)
            .zip(part(1))
            .ok_or_else(|| Problem::Malformed(format!("{stake} is no pair of stakes")))?;
        validators.push(Validator {
            alpha_stake,
            root_stake,
            dividends,
        });
    }
    let decimal = case.decimal("tao_weight")?;
    let (mantissa, places) = decimal.parts();
    let divided = coinbase::divide_dividends(
        &validators,
        case.integer("pending_validator_alpha")?,
        case.integer("pending_root_alpha")?,
        // no published number notices: published within 1 % or a thousand units
        U96F32::nearest(mantissa, &BigInt::from(10).pow(places))?,
    );
    let sum = |part: fn(&coinbase::Divided) -> u64| -> u128 {
        divided.iter().map(|one| u128::from(part(one))).sum()
    };
    Ok(Json::map([
        ("sum_alpha_dividends", sum(|one| one.alpha).into()),
        ("sum_root_alpha_dividends", sum(|one| one.root_alpha).into()),
        (
            "alpha_dividends",
            Json::list(divided.iter().map(|one| one.alpha)),
        ),
        (
            "root_alpha_dividends",
            Json::list(divided.iter().map(|one| one.root_alpha)),
        ),
    ])
    .into())
}

pub fn normalized_powers(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let flows = case
        .items("x")?
        .iter()
        .map(wide)
        .collect::<Result<Vec<_>, _>>()?;
    let shares = pow_normalize(&flows, wide(case.value("p")?)?);
    let shares = shares.into_iter().map(|share| binary(share.bits(), 64));
    Ok(Json::map([("shares", Json::list(shares))]).into())
}

#[cfg(test)]
mod tests {
    use crate::vectors::run;

    /// Three subnets at prices of 1, 2 and 5: an eighth, a quarter and the rest of 80, at these prices 10, 10 and 10 of their own tokens.
    #[test]
    fn emission_goes_by_price() {
        let text = r#"{"network":"Bittensor","suites":[{"name":"coinbase_split","cases":[
          {"inputs":{"emission":80,"prices":[1,2,5],"initial":100},"expected":{"alpha_in":[110,110,110],"total_issuance_delta":80}},
          {"inputs":{"emission":9,"subnets":2},"expected":{"each":4}}]}]}"#;
        let report = run([("bittensor.json", text)]).expect("a well-formed file");
        assert!(report.is_ok() && report.evaluated() == 2, "{report}");
    }
}
