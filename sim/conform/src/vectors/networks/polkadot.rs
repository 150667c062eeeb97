//! Polkadot's suites.

use num_bigint::BigInt;
use protocol::networks::polkadot::curve::{CurveParameters, PiecewiseLinear};
use protocol::networks::polkadot::falloff::adjustment_in_floats;
use protocol::networks::polkadot::payout::{FixedIssuance, by_curve};

use super::{Network, Suite};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::float::number;
use crate::vectors::json::Json;

pub const NETWORK: Network = Network {
    id: "polkadot",
    units: &[],
    suites: &[
        Suite {
            name: "compute_total_payout_piecewise",
            evaluate: compute_total_payout_piecewise,
        },
        Suite {
            name: "polkadot_era_payout_2024",
            evaluate: polkadot_era_payout_2024,
        },
        Suite {
            name: "compute_inflation_property",
            evaluate: compute_inflation_property,
        },
    ],
};

/// Decimal places of DOT.
const DOT: u32 = 10;

/// The curve that a file sets, in millionths or as ratios; else the example of the generator's documentation. Rows of a suite
/// mostly share one, and its pieces take a while to find.
fn curve<'a>(case: &Case<'_>, carried: &'a mut Carried) -> Result<&'a PiecewiseLinear, Problem> {
    let mut curve = CurveParameters::default();
    for (key, millionths) in [
        ("min_inflation", &mut curve.min_inflation),
        ("max_inflation", &mut curve.max_inflation),
        ("ideal_stake", &mut curve.ideal_stake),
        ("falloff", &mut curve.falloff),
    ] {
        if case.find(key).is_some() {
            let is_ratio = case.decimal(key)? <= Decimal::new(1, 0);
            *millionths = case.scaled(key, if is_ratio { 6 } else { 0 })?;
        }
    }
    curve.max_piece_count = case.integer_or("max_piece_count", curve.max_piece_count)?;
    type Kept = (CurveParameters, PiecewiseLinear);
    let kept = carried.take().and_then(|kept| kept.downcast::<Kept>().ok());
    let kept = match kept.filter(|kept| kept.0 == curve) {
        Some(kept) => kept,
        None => Box::new((curve, PiecewiseLinear::new(&curve)?)),
    };
    let kept = carried.insert(kept).downcast_ref::<Kept>();
    Ok(&kept.expect("it was put there as this").1)
}

fn compute_total_payout_piecewise(
    case: &Case<'_>,
    carried: &mut Carried,
) -> Result<Answer, Problem> {
    let (staked, issuance) = (case.integer("staked")?, case.integer("issuance")?);
    let (payout, maximum) = by_curve(
        curve(case, carried)?,
        &staked,
        &issuance,
        case.integer("era_ms")?,
    )?;
    Ok(Json::map([("payout", payout.into()), ("maximum", maximum.into())]).into())
}

fn polkadot_era_payout_2024(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let mut rule = FixedIssuance::polkadot();
    rule.total_issuance = case.integer_or("fixed_total_issuance", rule.total_issuance)?;
    let era = rule.era(case.integer("era_ms")?)?;
    let dot = |planck: BigInt| Json::from(Decimal::new(planck, DOT));
    let issuance = case.integer_or("initial_issuance", BigInt::from(rule.total_issuance))?;
    Ok(Json::map([
        ("to_stakers_dot", dot(era.stakers.into())),
        ("to_treasury_dot", dot(era.treasury.into())),
        (
            "derived_exact_planck",
            Json::list([era.stakers, era.treasury]),
        ),
        (
            "projected_issuance_dot",
            dot(issuance + era.stakers + era.treasury),
        ),
    ])
    .into())
}

fn compute_inflation_property(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let adjustment = adjustment_in_floats(
        case.integer("stake_pct")?,
        case.integer("ideal_pct")?,
        case.integer("falloff_pct")?,
    )?;
    Ok(Json::map([("adjustment_f64", number(adjustment)?)]).into())
}
