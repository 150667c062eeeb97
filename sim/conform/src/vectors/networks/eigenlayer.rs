//! EigenLayer's suites.

use protocol::networks::eigenlayer::{Allocation, WAD, slashed_shares};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "eigenlayer",
    units: &[],
    suites: &[
        Suite {
            name: "allocation_slash",
            evaluate: allocation_slash,
        },
        Suite {
            name: "calc_slashed_amount",
            evaluate: calc_slashed_amount,
        },
    ],
};

fn allocation_slash(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let mut allocation = Allocation {
        current_magnitude: case.integer("magnitude")?,
        max_magnitude: case.integer_or("max_magnitude", WAD)?,
        pending_deallocation: case.integer_or("pending", 0)?,
    };
    let now = |allocation: &Allocation| {
        Json::list([allocation.current_magnitude, allocation.max_magnitude])
    };
    let mut series = vec![now(&allocation)];
    for wads in case.integers("wads")? {
        allocation.slash(wads)?;
        series.push(now(&allocation));
    }
    // A row may list what each slash leaves, or that and the beginning.
    let asked = case
        .expected
        .at("current_and_max_series")
        .and_then(Json::items);
    if asked.is_none_or(|asked| asked.len() < series.len()) {
        series.remove(0);
    }
    Ok(Json::map([
        ("current_and_max_series", Json::List(series)),
        ("current", allocation.current_magnitude.into()),
        ("max", allocation.max_magnitude.into()),
        ("pending", allocation.pending_deallocation.into()),
    ])
    .into())
}

fn calc_slashed_amount(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let shares = case.integer("operator_shares")?;
    let slashed = slashed_shares(&shares, case.integer("prev")?, case.integer("new")?)?;
    Ok(Json::map([("slashed", slashed.into())]).into())
}
