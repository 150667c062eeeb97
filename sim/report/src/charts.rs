//! The charts of a review, one file each: tables in, a figure out. How a figure looks is the kit's business.

mod capacity;
mod commitment;
mod conduct;
mod fees;
mod flows;
mod gpu_market;
mod insurance;
mod jobs;
mod lorenz;
mod providers;
mod reliability;
mod returns;
mod roles;
mod scaling;
mod slashes;
mod stake;
mod supply;
mod token_price;
mod treasury;
mod unbonding;
mod users;
mod votes;

pub use flows::{Leg, leg};

use crate::kit::Figure;
use crate::review::Review;

/// A chart's name and the function that makes it.
type Chart = fn(&Review) -> Figure;

/// All charts in the order of the review.
const CHARTS: [Chart; 15] = [
    supply::figure,
    token_price::figure,
    flows::figure,
    returns::figure,
    providers::figure,
    capacity::figure,
    reliability::figure,
    jobs::figure,
    gpu_market::figure,
    scaling::figure,
    stake::figure,
    slashes::figure,
    lorenz::figure,
    fees::figure,
    treasury::figure,
];

/// Whether a run has what a chart shows.
type IsThere = fn(&Review) -> bool;

/// Charts of what not every run has.
const WHERE_THERE: [(IsThere, Chart); 7] = [
    (conduct::is_there, conduct::figure),
    (votes::is_there, votes::figure),
    (commitment::is_there, commitment::figure),
    (users::is_there, users::figure),
    (unbonding::is_there, unbonding::figure),
    (insurance::is_there, insurance::figure),
    (roles::is_there, roles::figure),
];

/// The figures of a run, in the order of the review.
#[must_use]
pub fn figures(review: &Review) -> Vec<Figure> {
    let always = CHARTS.iter();
    let sometimes = WHERE_THERE.iter().filter(|(is_there, _)| is_there(review));
    let charts = always.chain(sometimes.map(|(_, chart)| chart));
    charts.map(|chart| chart(review)).collect()
}
