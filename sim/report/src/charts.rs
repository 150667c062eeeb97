//! The charts of a review, one file each: tables in, a figure out. How a figure looks is the kit's business.

mod capacity;
mod fees;
mod flows;
mod gpu_market;
mod jobs;
mod lorenz;
mod providers;
mod reliability;
mod returns;
mod scaling;
mod slashes;
mod stake;
mod supply;
mod token_price;
mod treasury;

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

/// The figures of a run, in the order of the review.
#[must_use]
pub fn figures(review: &Review) -> Vec<Figure> {
    CHARTS.iter().map(|chart| chart(review)).collect()
}
