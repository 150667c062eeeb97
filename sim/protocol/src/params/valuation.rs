//! Parameters of jobs beyond the load controller: what hour, region and priority are worth, and what failed jobs are paid.

use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Ratio;

/// Factors of a job's price, each above zero and at most 10.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuationParams {
    /// By hour of the day, where hour 0 begins at tick 0.
    pub hour: [Ratio; 24],
    /// By region, 1 to 16 of them.
    pub region: Vec<Ratio>,
    /// By priority.
    pub priority: [Ratio; 4],
}

impl Default for ValuationParams {
    fn default() -> ValuationParams {
        ValuationParams {
            hour: [Ratio::ONE; 24],
            region: vec![Ratio::ONE],
            priority: [Ratio::ONE; 4],
        }
    }
}

/// What the insurance pool pays when a job fails by a provider's fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsuranceParams {
    /// Covered share of the loss.
    pub cover: Ratio,
    /// Largest share of the pool that one claim may take.
    pub claim_max: Ratio,
}

impl Default for InsuranceParams {
    fn default() -> InsuranceParams {
        InsuranceParams {
            cover: Ratio::ONE,
            claim_max: Ratio::from_percent(10),
        }
    }
}
