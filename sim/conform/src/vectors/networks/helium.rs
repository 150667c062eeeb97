//! Helium's suites.

use protocol::networks::helium::backstop::{self, Epoch, backstop};
use protocol::networks::helium::delegation::{self, Ends};
use protocol::networks::helium::supplement::{self, Supplement};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "helium",
    units: &[("HNT", "1e8")],
    suites: &[
        Suite {
            name: "hip149_backstop",
            evaluate: hip149_backstop,
        },
        Suite {
            name: "staker_overflow",
            evaluate: staker_overflow,
        },
        Suite {
            name: "supplement_window",
            evaluate: supplement_window,
        },
        Suite {
            name: "council_cut",
            evaluate: council_cut,
        },
        Suite {
            name: "claim_to_epoch",
            evaluate: claim_to_epoch,
        },
    ],
};

fn hip149_backstop(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let paid = backstop(&Epoch {
        emission: case.integer("emission")?,
        smoothed_hnt_burned: case.integer("smoothed_hnt_burned")?,
        net_emissions_cap: case.integer("net_emissions_cap")?,
        mobile_dc_burned: case.integer("mobile_dc_burned")?,
        mobile_share: case.integer("mobile_share")?,
        decimals_factor: case.integer("decimals_factor")?,
        price_floor: case.integer("price_floor")?,
        price_cap: case.integer("price_cap")?,
    })?;
    Ok(Json::map([
        ("existing_re_emit", paid.existing_re_emit.into()),
        ("top_up", paid.top_up.into()),
        ("total_rewards", paid.total_rewards.into()),
        ("deployer_cap_hnt", paid.deployer_cap_hnt.into()),
    ])
    .into())
}

fn staker_overflow(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let overflow = backstop::staker_overflow(
        case.integer("rewards")?,
        case.integer("cap")?,
        case.integer("escrow")?,
    )?;
    Ok(Json::from(overflow).into())
}

fn supplement_window(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let supplement = Supplement {
        start: case.integer("start")?,
        flat_end: case.integer("flat_end")?,
        taper_end: case.integer("taper_end")?,
        flat: case.integer("flat")?,
    };
    Ok(Json::from(supplement.per_subdao(case.integer("now")?)?).into())
}

fn council_cut(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let amount = case.inputs.integer();
    let amount = amount.ok_or_else(|| Problem::Malformed("inputs are not an amount".to_owned()))?;
    Ok(Json::from(supplement::council_cut(amount)?).into())
}

fn claim_to_epoch(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let ends = Ends {
        lockup_end: case.integer("lockup_end")?,
        is_cliff_ended: case.bool("cliff_ended")?,
        expiration: case.integer("expiration")?,
    };
    Ok(Json::from(delegation::claim_to_epoch(case.integer("now")?, &ends)?).into())
}
