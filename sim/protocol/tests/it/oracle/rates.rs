//! What a GPU-hour costs: list price, the group's hourly controller, and the hour, region and priority of a job.

use stakesim_protocol::{Error, Outcome, PriceParams, Tick};
use units::Ratio;

use super::number::{ONE, floor, of, part, parts};
use super::state::Oracle;

impl Oracle {
    /// What a GPU-hour of a kind costs now.
    pub fn rate(&self, kind: usize) -> Option<u128> {
        let price = self.prices.oracle?;
        let kind = &self.kinds[kind];
        let unit = 10u128.pow(u32::from(self.params.supply.decimals));
        let scaled = kind.list * self.groups[kind.group].multiplier;
        Some(floor(scaled, unit, price * 24 * ONE))
    }

    /// What a GPU-hour costs a job now.
    pub fn rate_of(&self, kind: usize, region: usize, priority: usize) -> Option<u128> {
        let valuation = &self.params.valuation;
        let hour = (self.now / self.params.hour_ticks % 24) as usize;
        let rate = part(parts(valuation.hour[hour]), self.rate(kind)?);
        let rate = part(parts(*valuation.region.get(region)?), rate);
        Some(part(parts(*valuation.priority.get(priority)?), rate))
    }

    pub fn observe_load(
        &mut self,
        now: Tick,
        group: usize,
        busy: u64,
        capacity: u64,
    ) -> Result<Outcome, Error> {
        let hour = self.params.hour_ticks;
        let Some(seen) = self.groups.get_mut(group) else {
            return Err(Error::UnknownGroup);
        };
        if busy > capacity {
            return Err(Error::OutOfRange);
        }
        if seen.seen.is_some_and(|tick| now.0 - tick < hour) {
            return Err(Error::TooSoon);
        }
        seen.seen = Some(now.0);
        let (busy, capacity) = (u128::from(busy), u128::from(capacity));
        self.scale.busy += busy;
        self.scale.capacity += capacity;
        if let Some(used) = (capacity > 0).then(|| of(busy, capacity)) {
            seen.multiplier = stepped(&self.params.price, seen.multiplier, used);
        }
        let multiplier = Ratio::from_parts(seen.multiplier as u64);
        Ok(Outcome::Priced(multiplier))
    }
}

fn stepped(price: &PriceParams, multiplier: u128, used: u128) -> u128 {
    let [target, band, gain, step_max, floor, cap] = [
        price.target,
        price.band,
        price.gain,
        price.step_max,
        price.floor,
        price.cap,
    ]
    .map(|ratio| u128::from(ratio.parts()));
    let above = used.saturating_sub(target + band);
    let below = (target - band).saturating_sub(used);
    let step = part(gain, above.max(below)).min(step_max);
    let change = part(step, multiplier);
    let moved = if above > 0 {
        multiplier + change
    } else {
        multiplier - change
    };
    moved.clamp(floor, cap)
}
