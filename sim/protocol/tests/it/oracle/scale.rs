//! Ceil and Scale: how much may be minted, and how much is to be.

use std::cmp::Ordering;

use stakesim_protocol::{Account, Asset, Controller, EmissionRule, ProviderId, Role, Standing};

use super::close::Closed;
use super::number::{ONE, floor, of, part, parts, root};
use super::state::{DOLLAR, Oracle};
use super::{bittensor, calendar, gonka};

impl Oracle {
    pub fn ceil(&mut self, closed: &mut Closed) {
        let cap = parts(self.params.scaling.product_cap);
        let factor = if self.guards.is_tripped {
            cap.min(parts(self.params.guard.tripped_ceiling))
        } else {
            cap
        };
        let emission = self.params.emission.clone();
        if emission.rule == EmissionRule::StableValue {
            let unit = 10u128.pow(u32::from(self.params.supply.decimals));
            let value = emission.value_usd.nano().unsigned_abs();
            let most = self.params.supply.max.base_units();
            self.scheduled =
                (self.prices.oracle).map_or(0, |price| floor(value, unit, price).min(most));
        }
        if emission.rule == EmissionRule::PerGpu {
            let most = self.params.supply.max.base_units();
            let minted = emission.per_gpu.base_units() * self.active_gpus();
            self.scheduled = minted.min(most);
        }
        let minted = match emission.rule {
            EmissionRule::BondingStep => Some(self.bonding_step()),
            EmissionRule::BondingController => Some(self.bonding_controller()),
            EmissionRule::Disinflation => Some(self.disinflation()),
            EmissionRule::IdealStake => Some(self.ideal_stake()),
            EmissionRule::Exponential => Some(gonka::scheduled(&emission, self.epoch)),
            EmissionRule::IssuanceHalving => {
                let max = self.params.supply.max.base_units();
                Some(bittensor::scheduled(&emission, self.minted(), max))
            }
            EmissionRule::Taper => Some(self.taper()),
            EmissionRule::SimpleAndBaseline => Some(self.simple_and_baseline()),
            EmissionRule::NetOfBurn => Some(self.net_of_burn()),
            EmissionRule::YearlyCaps => Some(calendar::of_a_year(&emission, self.epoch)),
            EmissionRule::WeeklyHalves => Some(calendar::of_a_week(&emission, self.epoch)),
            _ => None,
        };
        if let Some(minted) = minted {
            self.scheduled = minted.min(self.params.supply.max.base_units());
        }
        closed.scheduled = self.scheduled;
        let mut ceiling = part(factor, self.scheduled);
        if self.guards.cuts {
            ceiling = part(parts(self.params.guard.fee_cut), ceiling);
        }
        if let Some(cap) = self.guards.inflation_cap {
            ceiling = ceiling.min(cap);
        }
        closed.ceiling = ceiling.min(self.balance(Account::Issuance));
        self.scheduled = match emission.rule {
            EmissionRule::Decaying => part(ONE - parts(emission.decay_per_epoch), self.scheduled),
            EmissionRule::Halving
                if (self.epoch + 1).is_multiple_of(u64::from(emission.halving_epochs)) =>
            {
                self.scheduled / 2
            }
            _ => self.scheduled,
        };
    }

    pub fn scale(&mut self, closed: &mut Closed) {
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
            circulating => of(self.staked_worth(), circulating).min(ONE),
        };
        let gap = parts(params.staked_target) as i128 - closed.staked_ratio as i128;
        step(&params.staked, &mut self.scale.staked, gap);
        let gap = match u128::from(self.params.growth.target_gpus) {
            0 => 0,
            target => ONE.saturating_sub(of(self.active_gpus(), target)),
        };
        step(&params.growth, &mut self.scale.growth, gap as i128);
        let product = part(
            part(self.scale.demand, self.scale.market),
            self.scale.staked,
        );
        let product = part(product, self.scale.growth);
        closed.product = product.clamp(parts(params.product_floor), parts(params.product_cap));
        closed.budget = part(closed.product, closed.scheduled).min(closed.ceiling);
    }

    /// Livepeer's minter, in points of a thousand parts: a step, then the round's tokens.
    fn bonding_step(&mut self) -> u128 {
        const POINTS: u128 = 1_000_000_000;
        let inflation = &self.params.emission.inflation;
        let points = |ratio| parts(ratio) / 1_000;
        let (change, target) = (points(inflation.change), points(inflation.target));
        let before = self.inflation.unwrap_or(points(inflation.start));
        let rate = match (self.staked_worth(), self.minted()) {
            (_, 0) => 0,
            (staked, supply) => floor(staked, POINTS, supply),
        };
        let after = match rate.cmp(&target) {
            Ordering::Less => before + change,
            Ordering::Equal => before,
            Ordering::Greater => before.saturating_sub(change),
        };
        let held = after.max(points(inflation.min)).min(points(inflation.max));
        self.inflation = Some(held);
        floor(self.minted(), held, POINTS)
    }

    pub fn staked(&self) -> u128 {
        (0..self.providers.len())
            .map(|v| self.self_bond(v) + self.pool(v))
            .sum()
    }

    /// The tokens that the staked total is, or would buy.
    pub fn staked_worth(&self) -> u128 {
        match (self.params.bond.asset, self.prices.oracle) {
            (Asset::Native, _) => self.staked(),
            (_, None) => 0,
            (_, Some(price)) => floor(self.staked(), DOLLAR, price).min(1 << 96),
        }
    }

    pub fn minted(&self) -> u128 {
        self.params.supply.max.base_units() - self.balance(Account::Issuance)
    }

    pub fn circulating(&self) -> u128 {
        let kept = [Account::Treasury, Account::Insurance, Account::Locked];
        let vesting = (0..self.providers.len() as u32).map(|id| Account::Vesting(ProviderId(id)));
        let kept = kept.into_iter().chain(vesting);
        self.minted() - kept.map(|account| self.balance(account)).sum::<u128>()
    }

    /// GPUs of active compute providers.
    pub fn active_gpus(&self) -> u128 {
        self.providers
            .iter()
            .filter(|provider| provider.standing == Standing::Active)
            .filter(|provider| self.kinds[provider.kind].role == Role::Compute)
            .map(|provider| provider.gpus)
            .sum()
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
