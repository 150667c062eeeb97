//! What a job pays beyond its kind's rate: factors of the hour of the day, of the region and of the priority.

use units::{Amount, Ratio};

use crate::error::Error;
use crate::ids::KindId;
use crate::state::Protocol;

impl Protocol {
    /// The factor of a region.
    pub(crate) fn region_factor(&self, region: u8) -> Result<Ratio, Error> {
        let regions = &self.params.valuation.region;
        let factor = regions.get(usize::from(region));
        factor.copied().ok_or(Error::UnknownRegion)
    }

    /// `⌊⌊⌊rate · hour⌋ · region⌋ · priority⌋` at the present hour. The priority is in its range.
    #[inline]
    pub(crate) fn compute_valuation(&self, rate: Amount, of_region: Ratio, priority: u8) -> Amount {
        let valuation = &self.params.valuation;
        let hour = (self.now.0 / self.params.hour_ticks) % valuation.hour.len() as u64;
        let of_hour = valuation.hour[hour as usize];
        let of_priority = valuation.priority[usize::from(priority)];
        of_priority.mul_floor(of_region.mul_floor(of_hour.mul_floor(rate)))
    }

    /// What a GPU-hour of a kind costs a job that is opened or funded at the tick of the last operation, base units. None
    /// before the first price, in a region that is not listed, and above priority 3. Panics when there is no such kind.
    #[must_use]
    pub fn job_rate_of(&self, kind: KindId, region: u8, priority: u8) -> Option<Amount> {
        let rate = self.job_rate(kind)?;
        let of_region = self.region_factor(region).ok()?;
        let is_known = usize::from(priority) < self.params.valuation.priority.len();
        is_known.then(|| self.compute_valuation(rate, of_region, priority))
    }
}
