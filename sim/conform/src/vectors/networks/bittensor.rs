//! Bittensor's suites. Fixed-point numbers are answered with all their digits.

use num_bigint::BigInt;
use protocol::networks::bittensor::block_emission::{FIRST_BLOCK_EMISSION, block_emission};
use protocol::networks::bittensor::bonds::{Bonding, LiquidAlpha};
use protocol::networks::bittensor::coinbase::{self, Validator};
use protocol::networks::bittensor::fixed::{I32F32, U64F64, U96F32};
use protocol::networks::bittensor::flows::pow_normalize;
use protocol::networks::bittensor::median::weighted_median;
use protocol::networks::bittensor::yuma::{
    Epoch, Params, Subnet, epoch, normalized_stake, permits,
};
use protocol::networks::ieee::F32;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "bittensor",
    units: &[],
    suites: &[
        Suite {
            name: "yuma2_test_bonds",
            evaluate: yuma2,
        },
        Suite {
            name: "active_stake",
            evaluate: active_stake,
        },
        Suite {
            name: "yuma3",
            evaluate: yuma3,
        },
        Suite {
            name: "weighted_median",
            evaluate: median,
        },
        Suite {
            name: "block_emission",
            evaluate: emission_of_block,
        },
        Suite {
            name: "coinbase_split",
            evaluate: coinbase_split,
        },
        Suite {
            name: "inplace_pow_normalize",
            evaluate: normalized_powers,
        },
    ],
};

/// `units × 2^-places`, every digit.
fn binary(units: impl Into<BigInt>, places: u32) -> Json {
    Decimal::new(units.into() * BigInt::from(5).pow(places), places).into()
}

fn fixed(number: I32F32) -> Json {
    binary(number.bits(), 32)
}

fn fixed_list(numbers: &[I32F32]) -> Json {
    Json::list(numbers.iter().map(|number| fixed(*number)))
}

/// Rows of column and entry, without the zeros.
fn sparse(matrix: &[Vec<I32F32>]) -> Json {
    let entries = |row: &Vec<I32F32>| {
        let entries = row.iter().enumerate();
        let entries = entries.filter(|(_, entry)| **entry != I32F32::ZERO);
        Json::list(entries.map(|(column, entry)| Json::list([column.into(), fixed(*entry)])))
    };
    Json::list(matrix.iter().map(entries))
}

/// What a subnet keeps from epoch to epoch.
struct State {
    permits: Vec<bool>,
    weights: Vec<Vec<u16>>,
    bonds: Vec<Vec<u16>>,
}

impl State {
    /// A subnet after one epoch without weights: stake has its permits.
    fn new(stake: &[u64], params: &Params) -> State {
        let none = vec![vec![0; stake.len()]; stake.len()];
        State {
            permits: permits(&normalized_stake(stake), params.max_allowed_validators),
            weights: none.clone(),
            bonds: none,
        }
    }

    fn epoch(
        &mut self,
        params: &Params,
        stake: &[u64],
        is_active: &[bool],
        emission: u64,
    ) -> Result<Epoch, Problem> {
        let subnet = Subnet {
            stake,
            is_active,
            permits: &self.permits,
            weights: &self.weights,
            bonds: &self.bonds,
        };
        let epoch = epoch(params, &subnet, emission)?;
        self.permits.clone_from(&epoch.permits);
        self.bonds.clone_from(&epoch.stored_bonds);
        Ok(epoch)
    }

    fn set(&mut self, row: usize, column: usize, weight: u16) -> Result<(), Problem> {
        let entry = self
            .weights
            .get_mut(row)
            .and_then(|row| row.get_mut(column));
        *entry.ok_or_else(|| Problem::Malformed("a weight is for no neuron".to_owned()))? = weight;
        Ok(())
    }
}

/// The state of this suite, or a new one where a row begins one.
fn state<'a>(
    carried: &'a mut Carried,
    begins: bool,
    stake: &[u64],
    params: &Params,
) -> &'a mut State {
    let is_other = |carried: &Carried| {
        let state = carried
            .as_ref()
            .and_then(|state| state.downcast_ref::<State>());
        state.is_none_or(|state| state.permits.len() != stake.len())
    };
    if begins || is_other(carried) {
        *carried = Some(Box::new(State::new(stake, params)));
    }
    carried
        .as_mut()
        .and_then(|state| state.downcast_mut::<State>())
        .expect("made above")
}

fn params(case: &Case<'_>, bonding: Bonding) -> Result<Params, Problem> {
    Ok(Params {
        kappa: case.integer_or("kappa", 32_767)?,
        bonds_penalty: case.integer_or("bonds_penalty", u16::MAX)?,
        bonds_moving_average: case.integer_or("bonds_moving_average", 900_000)?,
        max_allowed_validators: case.integer_or("max_allowed_validators", u16::MAX)?,
        bonding,
    })
}

fn yuma2(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    let params = params(case, Bonding::Stake)?;
    let stake: Vec<u64> = case.integers("stakes")?;
    let state = state(carried, false, &stake, &params);
    for (row, set) in case.items("weights_u16_by_validator")?.iter().enumerate() {
        let list = |key: &str| set.at(key).and_then(Json::items).unwrap_or_default();
        if let Some(weights) = state.weights.get_mut(row) {
            weights.fill(0);
        }
        for (uid, weight) in list("uids").iter().zip(list("w")) {
            let pair = uid.integer::<usize>().zip(weight.integer::<u16>());
            let (uid, weight) =
                pair.ok_or_else(|| Problem::Malformed(format!("{uid}: {weight} is no weight")))?;
            state.set(row, uid, weight)?;
        }
    }
    let active = vec![true; stake.len()];
    let epoch = state.epoch(&params, &stake, &active, case.integer("rao_emission")?)?;
    let mut bonds = Vec::new();
    for (row, entries) in epoch.stored_bonds.iter().enumerate() {
        for (column, bond) in entries.iter().enumerate() {
            bonds.push((format!("bonds[{row}][{column}]"), (*bond).into()));
        }
    }
    Ok(Json::map([
        ("asserted_bonds_u16", Json::Map(bonds)),
        ("trace_I32F32", trace(&epoch)),
    ])
    .into())
}

fn trace(epoch: &Epoch) -> Json {
    Json::map([
        ("S", fixed_list(&epoch.active_stake)),
        ("W (mask+norm)", sparse(&epoch.weights)),
        ("R (before)", fixed_list(&epoch.preranks)),
        ("C", fixed_list(&epoch.consensus)),
        ("Tv", fixed_list(&epoch.validator_trust)),
        ("R (after)", fixed_list(&epoch.ranks)),
        ("T", fixed_list(&epoch.trust)),
        ("I (=R)", fixed_list(&epoch.incentive)),
        ("D", fixed_list(&epoch.dividends)),
        ("nE", fixed_list(&epoch.emission_shares)),
        ("E", Json::list(epoch.emission.iter().copied())),
        ("emaB_last_upscaled", sparse(&epoch.bonds)),
    ])
}

/// Two validators and two servers, all with weights; then the second validator stays silent until it is inactive; then it is back.
fn active_stake(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    let stake = [1, 1, 0, 0];
    let params = params(case, Bonding::Stake)?;
    let begins = case.has("all_weights_equal");
    if !begins && carried.is_none() {
        let why = "a row of a story in words, without its first row";
        return Err(Problem::NotApplicable(why.to_owned()));
    }
    let state = state(carried, begins, &stake, &params);
    for (row, column) in [(0, 2), (0, 3), (1, 2), (1, 3)] {
        state.set(row, column, u16::MAX)?;
    }
    let is_silent = !begins && !case.asks("dividends1_u16");
    let epoch = state.epoch(
        &params,
        &stake,
        &[true, !is_silent, true, true],
        1_000_000_000,
    )?;
    let mut answer = vec![
        (
            "dividends_u16".to_owned(),
            epoch.dividends[0].to_u16_proportion().into(),
        ),
        ("bond_u16".to_owned(), epoch.stored_bonds[0][2].into()),
    ];
    for validator in 0..2 {
        let dividends = epoch.dividends[validator].to_u16_proportion();
        answer.push((format!("dividends{validator}_u16"), dividends.into()));
        answer.push((
            format!("bond{validator}_u16"),
            epoch.stored_bonds[validator][2].into(),
        ));
    }
    Ok(Json::Map(answer).into())
}

fn yuma3(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    if case.has("schedule") {
        let why = "its weights are a schedule in words";
        return Err(Problem::NotApplicable(why.to_owned()));
    }
    let liquid = if case.bool("liquid_alpha")? {
        Some(LiquidAlpha {
            low: number(case.value("alpha_low")?)?,
            high: number(case.value("alpha_high")?)?,
            steepness: case.integer("alpha_sigmoid_steepness")?,
        })
    } else {
        None
    };
    let params = params(case, Bonding::Weight(liquid))?;
    let stake: Vec<u64> = case.integers("stakes")?;
    let begins = case.integer::<u64>("epoch")? == 0;
    let state = state(carried, begins, &stake, &params);
    let first: usize = case.integer("servers_first_uid")?;
    if case.has("set_weights_u16") {
        for (row, set) in case.items("set_weights_u16")?.iter().enumerate() {
            for (column, weight) in set.items().unwrap_or_default().iter().enumerate() {
                let weight = weight.integer();
                let weight = weight.ok_or_else(|| {
                    Problem::Malformed("a weight is not one of 16 bits".to_owned())
                })?;
                state.set(row, first.saturating_add(column), weight)?;
            }
        }
    }
    let active = vec![true; stake.len()];
    let epoch = state.epoch(&params, &stake, &active, FIRST_BLOCK_EMISSION)?;
    // no published number notices: published within a thousandth
    let share = |stored: u16| fixed(I32F32::of(stored.into()).over(I32F32::of(u16::MAX.into())));
    // Some tables show a column before the servers' own; they are as wide as they are.
    let asked = case
        .expected
        .at("bonds")
        .and_then(|bonds| bonds.items()?.first()?.items());
    let columns = asked.map_or(stake.len().saturating_sub(first), <[Json]>::len);
    let rows = case
        .expected
        .at("bonds")
        .and_then(Json::items)
        .map_or(first, <[Json]>::len);
    let bonds = epoch.stored_bonds.iter().take(rows).map(|row| {
        let from = row.len().saturating_sub(columns);
        Json::list(row[from..].iter().map(|bond| share(*bond)))
    });
    let dividends = epoch
        .dividends
        .iter()
        // no published number notices: published within a thousandth
        .map(|one| share(one.to_u16_proportion()));
    Ok(Json::map([
        ("bonds", Json::list(bonds)),
        ("dividends", Json::list(dividends)),
    ])
    .into())
}

/// A number as the runtime's tests give it: a `float32`, then the fixed-point number nearest to that.
fn number(value: &Json) -> Result<I32F32, Problem> {
    let decimal = value
        .decimal()
        .ok_or_else(|| Problem::Malformed(format!("{value} is not a number")))?;
    let (mantissa, places) = decimal.parts();
    let (a, d) = F32::of_decimal(mantissa, places)?.ratio();
    Ok(I32F32::nearest(&a, &d)?)
}

fn numbers(case: &Case<'_>, key: &str) -> Result<Vec<I32F32>, Problem> {
    case.items(key)?.iter().map(number).collect()
}

/// The median is one of the scores; it is answered as that score was written.
fn median(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (stake, score) = (numbers(case, "stake")?, numbers(case, "score")?);
    if stake.len() != score.len() {
        return Err(Problem::Malformed(
            "stake and score differ in length".to_owned(),
        ));
    }
    let majority = number(case.value("majority")?)?;
    let total = I32F32::sum(stake.iter().copied());
    let median = weighted_median(&stake, &score, I32F32::ONE.minus(majority), total);
    let written = score.iter().position(|score| *score == median);
    let written = written.and_then(|index| case.items("score").ok()?.get(index).cloned());
    Ok(Json::map([("median", written.unwrap_or_else(|| fixed(median)))]).into())
}

fn emission_of_block(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
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

fn coinbase_split(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
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

fn normalized_powers(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let flows = case
        .items("x")?
        .iter()
        .map(wide)
        .collect::<Result<Vec<_>, _>>()?;
    let shares = pow_normalize(&flows, wide(case.value("p")?)?);
    let shares = shares.into_iter().map(|share| binary(share.bits(), 64));
    Ok(Json::map([("shares", Json::list(shares))]).into())
}
