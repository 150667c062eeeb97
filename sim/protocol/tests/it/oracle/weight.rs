//! What a provider weighs, and when that changes.

use stakesim_protocol::{
    Account, Asset, BondUnit, MarketShareRule, ProviderId, Standing, WeightRule,
};

use super::number::{ONE, ceil, floor, of, part, parts, root};
use super::state::{DOLLAR, Oracle};

impl Oracle {
    pub fn self_bond(&self, v: usize) -> u128 {
        self.balance(Account::SelfBond(ProviderId(v as u32)))
    }

    pub fn pool(&self, v: usize) -> u128 {
        self.balance(Account::Delegated(ProviderId(v as u32)))
    }

    /// Days of list price in base units, at a token price in 10^-9 USD.
    pub fn size(&self, v: usize, days: u32, price: u128) -> u128 {
        let price = match (self.params.bond.asset, self.params.bond.unit) {
            (Asset::Stable, _) => DOLLAR,
            (_, BondUnit::Usd) => price,
            (_, BondUnit::Native) => self.prices.first,
        };
        let provider = &self.providers[v];
        let list = provider.gpus * self.kinds[provider.kind].list;
        let unit = 10u128.pow(u32::from(self.params.supply.decimals));
        ceil(list * u128::from(days), unit, price)
    }

    /// The smallest self-bond; none before the first price.
    pub fn minimum(&self, v: usize) -> Option<u128> {
        self.prices.oracle?;
        Some(self.size(v, self.params.bond.cover_min, self.prices.smoothed))
    }

    fn compute_base(&self, v: usize) -> u128 {
        let provider = &self.providers[v];
        let bond = self.self_bond(v);
        if provider.standing != Standing::Active || bond == 0 || self.prices.oracle.is_none() {
            return 0;
        }
        let list = provider.gpus * self.kinds[provider.kind].list;
        let full = self.size(v, self.params.bond.cover_full, self.prices.smoothed);
        let staked = bond + self.pool(v);
        let first = match self.params.weight {
            WeightRule::Cover => {
                let without = u128::from(self.params.bond.weight_base.parts());
                let covered = of(staked.min(full), full);
                part(without + part(ONE - without, covered), list)
            }
            WeightRule::Value => list,
            WeightRule::Gpus => provider.gpus * ONE,
            WeightRule::Equal => ONE,
            WeightRule::Stake => staked,
            WeightRule::StakeRoot => root(staked),
        };
        let committed = part(provider.committed, part(self.ramp(v), first));
        let tenured = part(self.tenure_factor(v), committed);
        part(self.market_share(v, tenured), tenured)
    }

    fn tenure_factor(&self, v: usize) -> u128 {
        let tenure = &self.params.tenure;
        let bonus = self.providers[v].tenure * parts(tenure.bonus_per_step);
        ONE + bonus.min(parts(tenure.cap))
    }

    /// The factor of a weight's share of its kind, as the kind was at the last close.
    fn market_share(&self, v: usize, weight: u128) -> u128 {
        let opening = self.kinds[self.providers[v].kind].opening;
        if opening == 0 {
            return ONE;
        }
        let share = of(weight, opening).min(ONE);
        match self.params.market_share {
            MarketShareRule::None => ONE,
            MarketShareRule::Bonus { gain, cap } => ONE + part(parts(gain), share).min(parts(cap)),
            MarketShareRule::Damping { above } if share <= parts(above) => ONE,
            MarketShareRule::Damping { above } => root(of(parts(above), share) * ONE),
        }
    }

    fn ramp(&self, v: usize) -> u128 {
        let epochs = u128::from(self.params.recovery.epochs);
        match self.providers[v].ramp {
            Some(step) if u128::from(step) < epochs => {
                let lowest = u128::from(self.params.recovery.floor.parts());
                lowest + floor(ONE - lowest, u128::from(step), epochs)
            }
            _ => ONE,
        }
    }

    pub fn put_in_force(&mut self, v: usize, base: u128, score: u128) {
        self.settle(v, 0);
        let provider = &mut self.providers[v];
        provider.base = base;
        provider.score = score;
        provider.weight = part(score, base);
        self.set_pools(v);
    }

    /// The weights in the bonus pools, from the weight in force.
    pub fn set_pools(&mut self, v: usize) {
        let provider = &mut self.providers[v];
        let weight = provider.weight;
        let is_new = self.kinds[provider.kind].is_new;
        provider.pools = [
            part(provider.committed - ONE, weight),
            if provider.grows_until.is_some() {
                weight
            } else {
                0
            },
            if is_new { weight } else { 0 },
        ];
    }

    /// A fall counts at once, a rise from the next epoch on.
    pub fn touch(&mut self, v: usize) {
        let base = self.compute_base(v);
        if base <= self.providers[v].base || self.epoch == 0 {
            self.put_in_force(v, base, self.providers[v].score);
        } else {
            self.providers[v].waits = true;
        }
    }

    /// At the close: whatever the base is now.
    pub fn raise(&mut self, v: usize) {
        let commitment = self.providers[v].commitment;
        self.providers[v].committed = commitment.map_or(ONE, |running| running.multiplier);
        let base = self.compute_base(v);
        self.put_in_force(v, base, self.providers[v].score);
    }
}
