//! Bittensor's suites. Fixed-point numbers are answered with all their digits.

mod coinbase;
mod schedule;

use num_bigint::BigInt;
use protocol::networks::bittensor::block_emission::FIRST_BLOCK_EMISSION;
use protocol::networks::bittensor::bonds::{Bonding, LiquidAlpha, reset};
use protocol::networks::bittensor::fixed::I32F32;
use protocol::networks::bittensor::median::weighted_median;
use protocol::networks::bittensor::yuma::{
    Epoch, Params, Subnet, epoch, normalized_stake, permits,
};
use protocol::networks::float::Single;

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::float::float;
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
            evaluate: coinbase::emission_of_block,
        },
        Suite {
            name: "coinbase_split",
            evaluate: coinbase::coinbase_split,
        },
        Suite {
            name: "inplace_pow_normalize",
            evaluate: coinbase::normalized_powers,
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

/// Lower and upper alpha of the published rows, as units and decimal places, and their steepness: for rows whose suite says nothing of them.
const ALPHA: [(u32, u32); 2] = [(1, 1), (3, 1)];
const STEEPNESS: i16 = 1000;
/// Majority of the published medians.
const MAJORITY: (u32, u32) = (51, 2);

/// A number of the row or its suite, or so many of `10^-places`.
fn number_or(case: &Case<'_>, key: &str, (units, places): (u32, u32)) -> Result<I32F32, Problem> {
    let otherwise = || Json::from(Decimal::new(units, places));
    number(&case.find(key).cloned().unwrap_or_else(otherwise))
}

/// Yuma 3 with liquid alpha, unless the row turns that off.
fn yuma3_params(case: &Case<'_>) -> Result<Params, Problem> {
    let is_liquid = !case.has("liquid_alpha") || case.bool("liquid_alpha")?;
    let liquid = if is_liquid {
        Some(LiquidAlpha {
            low: number_or(case, "alpha_low", ALPHA[0])?,
            high: number_or(case, "alpha_high", ALPHA[1])?,
            steepness: case.integer_or("alpha_sigmoid_steepness", STEEPNESS)?,
        })
    } else {
        None
    };
    params(case, Bonding::Weight(liquid))
}

/// A stored share of 65 535.
fn share(stored: u16) -> Json {
    // no published number notices: published within a thousandth
    fixed(I32F32::of(stored.into()).over(I32F32::of(u16::MAX.into())))
}

/// Bonds of the first `rows` neurons to the last `columns`, and all dividends.
fn shares(epoch: &Epoch, rows: usize, columns: usize) -> (Json, Json) {
    let bonds = epoch.stored_bonds.iter().take(rows).map(|row| {
        let from = row.len().saturating_sub(columns);
        Json::list(row[from..].iter().map(|bond| share(*bond)))
    });
    let dividends = epoch.dividends.iter().map(|one| {
        // no published number notices: published within a thousandth
        share(one.to_u16_proportion())
    });
    (Json::list(bonds), Json::list(dividends))
}

fn yuma3(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    if case.has("schedule") {
        return yuma3_schedule(case);
    }
    let params = yuma3_params(case)?;
    let stake: Vec<u64> = case.integers("stakes")?;
    let begins = case.integer::<u64>("epoch")? == 0;
    let state = state(carried, begins, &stake, &params);
    let first: usize = case.integer("servers_first_uid")?;
    if case.has("set_weights_u16") {
        for (row, set) in case.items("set_weights_u16")?.iter().enumerate() {
            for (column, weight) in set.items().unwrap_or_default().iter().enumerate() {
                let weight = weight.integer().ok_or_else(|| {
                    Problem::Malformed(format!("weight {weight} is not one of 16 bits"))
                })?;
                state.set(row, first.saturating_add(column), weight)?;
            }
        }
    }
    let active = vec![true; stake.len()];
    let epoch = state.epoch(&params, &stake, &active, FIRST_BLOCK_EMISSION)?;
    // Some tables show a column before the servers' own; they are as wide as they are.
    let asked = case.expected.at("bonds").and_then(Json::items);
    let columns = asked.and_then(|rows| Some(rows.first()?.items()?.len()));
    let (bonds, dividends) = shares(
        &epoch,
        asked.map_or(first, <[Json]>::len),
        columns.unwrap_or(stake.len().saturating_sub(first)),
    );
    Ok(Json::map([("bonds", bonds), ("dividends", dividends)]).into())
}

/// A whole run in one row: results by epoch. Servers are the neurons without stake.
fn yuma3_schedule(case: &Case<'_>) -> Result<Answer, Problem> {
    let Some(epochs) = schedule::read(case.text("schedule")?) else {
        let why = "its weights are a schedule in words that are not known here";
        return Err(Problem::NotApplicable(why.to_owned()));
    };
    let params = yuma3_params(case)?;
    let stake: Vec<u64> = case.integers("stakes")?;
    let first = stake
        .iter()
        .position(|one| *one == 0)
        .unwrap_or(stake.len());
    let mut state = State::new(&stake, &params);
    let may_reset = case.has("bonds_reset") && case.bool("bonds_reset")?;
    let (mut bonds, mut dividends) = (Vec::new(), Vec::new());
    for (index, changes) in epochs.iter().enumerate() {
        for (validator, server) in &changes.moves {
            for row in validator.map_or(0..first, |row| row..row + 1) {
                for column in first..stake.len() {
                    let weight = if column - first == *server {
                        u16::MAX
                    } else {
                        0
                    };
                    state.set(row, column, weight)?;
                }
            }
        }
        if let Some(neuron) = changes.reset.filter(|_| may_reset) {
            reset(&mut state.bonds, neuron.unwrap_or(first));
        }
        let active = vec![true; stake.len()];
        let epoch = state.epoch(&params, &stake, &active, FIRST_BLOCK_EMISSION)?;
        let (held, paid) = shares(&epoch, first, stake.len() - first);
        bonds.push((index.to_string(), held));
        dividends.push((index.to_string(), paid));
    }
    Ok(Json::map([
        ("bonds", Json::Map(bonds)),
        ("dividends", Json::Map(dividends)),
    ])
    .into())
}

/// A number as the runtime's tests give it: in single precision, then the fixed-point number nearest to that.
fn number(value: &Json) -> Result<I32F32, Problem> {
    let decimal = value
        .decimal()
        .ok_or_else(|| Problem::Malformed(format!("{value} is not a number")))?;
    let single: Single = float(&decimal)?;
    let (a, d) = single.ratio();
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
    let majority = number_or(case, "majority", MAJORITY)?;
    let total = I32F32::sum(stake.iter().copied());
    let median = weighted_median(&stake, &score, I32F32::ONE.minus(majority), total);
    let written = score.iter().position(|score| *score == median);
    let written = written.and_then(|index| case.items("score").ok()?.get(index).cloned());
    Ok(Json::map([("median", written.unwrap_or_else(|| fixed(median)))]).into())
}

#[cfg(test)]
mod tests {
    use crate::vectors::run;

    /// The three rows of a story that the published file has in words only, in numbers. The last: of 0.55 and 0.45 of the bonds nine tenths
    /// stay and half of the new tenth comes to each.
    #[test]
    fn a_silent_validator_loses_bonds_and_wins_them_back() {
        let text = r#"{"network":"Bittensor","suites":[{"name":"active_stake","cases":[
          {"inputs":{"validators":"two of equal stake","all_weights_equal":true},"expected":{"dividends_u16":32767,"bond_u16":65535}},
          {"inputs":{},"expected":{"dividends0_u16":36044,"bond0_u16":65535,"bond1_u16":53619}},
          {"inputs":{},"expected":{"dividends0_u16":35716,"bond0_u16":65535,"dividends1_u16":29818,"bond1_u16":54712}}]}]}"#;
        let report = run([("bittensor.json", text)]).expect("a well-formed file");
        assert!(report.is_ok() && report.evaluated() == 3, "{report}");
    }

    /// The whole of a run in one row is what its epochs are one by one; the two published epochs are the first of this suite.
    #[test]
    fn a_schedule_in_words_runs_epoch_by_epoch() {
        let text = r#"{"network":"Bittensor","suites":[{"name":"yuma3","kind":"asserted_approx","tolerance":0.001,
          "params":{"kappa":32767,"bonds_penalty":0,"alpha_low":0.1,"alpha_high":0.3,"alpha_sigmoid_steepness":1000,"bonds_moving_average":975000,"max_allowed_validators":3},
          "cases":[
          {"inputs":{"stakes":[8,1,1,0,0],"bonds_reset":true,"schedule":"e0: all->s1; e1: A->s2; e2: all->s1, reset uid 3"},
           "expected":{"dividends":{"0":[0.8,0.1,0.1,0,0],"1":[1,0,0,0,0]},
             "bonds":{"1":[[0.0908,0.1013],[0.3697,0],[0.3697,0]],"2":[[0.1013,0.0908],[0.1013,0],[0.1013,0]]}}},
          {"inputs":{"stakes":[1,0],"bonds_reset":true,"schedule":"as the test has it"},"expected":{}}]}]}"#;
        let report = run([("bittensor.json", text)]).expect("a well-formed file");
        assert!(report.is_ok() && report.evaluated() == 1, "{report}");
    }
}
