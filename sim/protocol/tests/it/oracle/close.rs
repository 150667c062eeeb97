//! The close: the twelve steps in their order, and those of them that only reckon.

use num_bigint::BigUint;
use stakesim_protocol::{Account, Controller, EmissionRule, Error, Standing, Tick};
use units::Ratio;

use super::number::{ONE, ceil, floor, half_even, held, of, part, root};
use super::state::Oracle;

/// What a close did, for comparison with the summary.
#[derive(Debug, Default)]
pub struct Closed {
    pub measured: usize,
    pub scheduled: u128,
    pub ceiling: u128,
    pub budget: u128,
    pub minted: u128,
    pub by_category: [u128; 9],
    pub product: u128,
    pub utilisation: Option<u128>,
    pub staked_ratio: u128,
    pub slashed: Vec<u128>,
    pub violations: Vec<u32>,
    pub forfeited: u128,
    pub released: [u128; 5],
    pub matured: u128,
    pub reinstated: u32,
    pub burned: u128,
    pub fee_to_emission: Option<u128>,
    pub runway: Option<u128>,
    pub breaker_tripped: bool,
}

fn parts(ratio: Ratio) -> u128 {
    u128::from(ratio.parts())
}

impl Oracle {
    pub fn close(&mut self, now: Tick) -> Result<Closed, Error> {
        if now.0 < self.now {
            return Err(Error::TimeWentBack { last: self.tick() });
        }
        self.now = now.0;
        let mut closed = Closed::default();
        let measured = std::mem::take(&mut self.measured);
        closed.measured = measured.len();
        self.measure(&measured);
        self.ceil(&mut closed);
        self.scale(&mut closed);
        self.distribute(&mut closed);
        let verdicts = self.judge(&measured, &mut closed);
        self.penalise(verdicts, &mut closed);
        self.recover(&mut closed);
        self.release(&mut closed);
        let before = self.prices.oracle;
        self.govern();
        self.guard(before, &mut closed);
        for moved in self.moved.values_mut() {
            moved.1 = 0;
        }
        for kind in &mut self.kinds {
            kind.is_observed = false;
            kind.load = None;
        }
        self.began = self.now;
        self.epoch += 1;
        Ok(closed)
    }

    fn measure(&mut self, measured: &[usize]) {
        for &v in measured {
            let seen = self.providers[v].measured.take().expect("it is listed");
            let score = &self.params.score;
            let cap = parts(score.cap);
            let error = if seen.jobs == 0 {
                ONE
            } else {
                let good = of(seen.jobs - seen.failed, seen.jobs);
                of(good, ONE - parts(score.benchmark_error))
            };
            let uptime = of(
                seen.up,
                parts(score.benchmark_uptime[self.providers[v].tier]),
            );
            let values = [uptime, error, seen.response, seen.rating].map(|value| value.min(cap));
            let weights = [
                score.weight_uptime,
                score.weight_error,
                score.weight_response,
                score.weight_rating,
            ]
            .map(u128::from);
            let sum: u128 = values.iter().zip(weights).map(|(value, w)| value * w).sum();
            let mean = sum / weights.iter().sum::<u128>();
            let zero = parts(score.zero_below);
            let score = if mean < zero {
                0
            } else {
                cap.min(floor(mean - zero, ONE, ONE - zero))
            };
            if self.providers[v].standing == Standing::Active {
                self.see(v, seen);
            }
            self.put_in_force(v, self.providers[v].base, score);
        }
    }

    fn ceil(&mut self, closed: &mut Closed) {
        let cap = parts(self.params.scaling.product_cap);
        let factor = if self.is_tripped {
            cap.min(parts(self.params.guard.tripped_ceiling))
        } else {
            cap
        };
        closed.scheduled = self.scheduled;
        closed.ceiling = part(factor, self.scheduled).min(self.balance(Account::Issuance));
        if self.params.emission.rule == EmissionRule::Decaying {
            let kept = ONE - parts(self.params.emission.decay_per_epoch);
            self.scheduled = part(kept, self.scheduled);
        }
    }

    fn scale(&mut self, closed: &mut Closed) {
        let params = self.params.scaling.clone();
        let target = parts(self.params.price.target) as i128;
        let (busy, capacity) = (self.scale.busy, self.scale.capacity);
        (self.scale.busy, self.scale.capacity) = (0, 0);
        if capacity > 0 {
            let used = of(busy, capacity);
            closed.utilisation = Some(used);
            step(
                &params.demand,
                &mut self.scale.demand,
                used as i128 - target,
            );
        }
        for kind in &mut self.kinds {
            if let Some((busy, capacity)) = kind.load.filter(|load| load.1 > 0) {
                let gap = of(busy, capacity) as i128 - target;
                step(&params.scarcity, &mut kind.scarcity, gap);
            }
        }
        if let Some(price) = self.prices.oracle {
            let gap = root(of(self.prices.reference, price) * ONE) as i128 - ONE as i128;
            step(&params.market, &mut self.scale.market, gap);
        }
        closed.staked_ratio = match self.circulating() {
            0 => 0,
            circulating => of(self.staked(), circulating).min(ONE),
        };
        let gap = parts(params.staked_target) as i128 - closed.staked_ratio as i128;
        step(&params.staked, &mut self.scale.staked, gap);
        let product = part(
            part(self.scale.demand, self.scale.market),
            self.scale.staked,
        );
        closed.product = product.clamp(parts(params.product_floor), parts(params.product_cap));
        closed.budget = part(closed.product, closed.scheduled).min(closed.ceiling);
    }

    pub fn staked(&self) -> u128 {
        (0..self.providers.len())
            .map(|v| self.self_bond(v) + self.pool(v))
            .sum()
    }

    pub fn minted(&self) -> u128 {
        self.params.supply.max.base_units() - self.balance(Account::Issuance)
    }

    pub fn circulating(&self) -> u128 {
        let kept = [Account::Treasury, Account::Insurance, Account::Locked];
        self.minted()
            - kept
                .map(|account| self.balance(account))
                .iter()
                .sum::<u128>()
    }

    /// Split and Distribute: performance by weight, all else to the treasury.
    fn distribute(&mut self, closed: &mut Closed) {
        for provider in &mut self.providers {
            provider.accrued.last = BigUint::ZERO;
        }
        let totals: Vec<u128> = (0..self.kinds.len())
            .map(|k| self.total_weight(k))
            .collect();
        let sum: u128 = totals.iter().sum();
        let performance = if sum > 0 {
            part(parts(self.params.split.performance), closed.budget)
        } else {
            0
        };
        let treasury = closed.budget - performance;
        self.post(
            Account::Issuance,
            Account::Treasury,
            treasury,
            "emission_treasury",
        );
        closed.by_category[2] = treasury;
        if performance > 0 {
            self.divide_exactly(performance);
            closed.by_category[0] = self.pay_kinds(performance, &totals);
            let paid = closed.by_category[0];
            self.post(Account::Issuance, Account::RewardPool, paid, "emission");
        }
        closed.minted = closed.by_category.iter().sum();
    }

    pub fn total_weight(&self, kind: usize) -> u128 {
        let of_kind = self.providers.iter().filter(|p| p.kind == kind);
        of_kind.map(|provider| provider.weight).sum()
    }

    fn pay_kinds(&mut self, performance: u128, totals: &[u128]) -> u128 {
        let sum: u128 = totals.iter().sum();
        let shift = (128 - sum.leading_zeros()).saturating_sub(84);
        let values: Vec<u128> = totals
            .iter()
            .zip(&self.kinds)
            .map(|(total, kind)| (total >> shift) * kind.scarcity)
            .collect();
        let whole: u128 = values.iter().sum();
        let mut all = 0;
        for k in 0..totals.len() {
            if totals[k] == 0 || whole == 0 {
                continue;
            }
            let amount = floor(performance, values[k], whole);
            let step = held(&((BigUint::from(amount) << 64u32) / totals[k]))
                .min(u128::MAX - self.kinds[k].index);
            self.kinds[k].index += step;
            for provider in self.providers.iter_mut().filter(|p| p.kind == k) {
                provider.accrued.last = BigUint::from(provider.weight) * step;
                let last = provider.accrued.last.clone();
                provider.accrued.sum += last;
            }
            all += ceil(totals[k], step, 1 << 64);
        }
        all
    }

    fn govern(&mut self) {
        if let Some(price) = self.prices.pending.take() {
            self.prices.oracle = Some(price);
        }
        let Some(price) = self.prices.oracle else {
            return;
        };
        let towards = |from: u128, epochs: u32| {
            let by = half_even(2 * price.abs_diff(from), u128::from(epochs) + 1);
            if price > from { from + by } else { from - by }
        };
        self.prices.smoothed = towards(self.prices.smoothed, self.params.bond.price_ema_epochs);
        self.prices.reference =
            towards(self.prices.reference, self.params.scaling.market_ema_epochs);
    }

    fn guard(&mut self, before: Option<u128>, closed: &mut Closed) {
        let fees: u128 = ["fee_platform", "fee_treasury", "fee_insurance", "fee_burn"]
            .map(|reason| self.in_epoch(reason))
            .iter()
            .sum();
        closed.burned = self.in_epoch("fee_burn") + self.in_epoch("slash_burn");
        closed.fee_to_emission = (closed.minted > 0).then(|| of(fees, closed.minted));
        let treasury = self.balance(Account::Treasury);
        let lost = self.treasury_before.saturating_sub(treasury);
        closed.runway = (lost > 0).then(|| treasury / lost.max(1));
        self.treasury_before = treasury;
        let limit = parts(self.params.guard.price_move_max);
        let is_far = match (before, self.prices.oracle) {
            (Some(before), Some(price)) => price.abs_diff(before) * ONE > before * limit,
            _ => false,
        };
        self.is_tripped = is_far && self.trips < self.params.guard.trips_max;
        self.trips = if self.is_tripped { self.trips + 1 } else { 0 };
        closed.breaker_tripped = self.is_tripped;
    }
}

/// One step of a controller towards its aim.
fn step(controller: &Controller, value: &mut u128, gap: i128) {
    let (floor, cap) = (
        parts(controller.floor) as i128,
        parts(controller.cap) as i128,
    );
    let step = parts(controller.step_max) as i128;
    let one = ONE as i128;
    let aim = (one + parts(controller.gain) as i128 * gap / one).clamp(floor, cap);
    let now = *value as i128;
    *value = aim.clamp(now - step, now + step) as u128;
}
