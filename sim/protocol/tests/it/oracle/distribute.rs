//! Split and Distribute: the budget among categories, each category among those who weigh in it.

use num_bigint::BigUint;
use stakesim_protocol::{Account, Category, Role};

use super::close::Closed;
use super::number::{ceil, floor, held, part, parts};
use super::records::POOLS;
use super::state::Oracle;

/// The categories that are paid, in the order of payment.
const PAID: [Category; 8] = [
    Category::Performance,
    Category::Commitment,
    Category::Growth,
    Category::Model,
    Category::Storage,
    Category::Data,
    Category::Innovation,
    Category::Engagement,
];

impl Oracle {
    pub fn distribute(&mut self, closed: &mut Closed) {
        if let Some(exact) = &mut self.exact {
            exact.last.clear();
        }
        for provider in &mut self.providers {
            for accrued in &mut provider.accrued {
                accrued.last = BigUint::ZERO;
            }
        }
        let mut treasury = closed.budget;
        let mut budgets = [0; 9];
        for category in PAID {
            if self.has_participants(category) {
                let budget = part(self.share_of(category), closed.budget);
                budgets[category as usize] = budget;
                treasury -= budget;
            }
        }
        let issuance = Account::Issuance;
        self.post(issuance, Account::Treasury, treasury, "emission_treasury");
        closed.by_category[Category::Treasury as usize] = treasury;
        for category in PAID {
            let budget = budgets[category as usize];
            let paid = match pool_of(category) {
                Some(pool) => self.pay_pool(pool, budget),
                None => self.pay_kinds(category, self.bonded_part(category, budget)),
            };
            self.post(issuance, Account::RewardPool, paid, "emission");
            let rest = budget - self.bonded_part(category, budget);
            let given = match pool_of(category) {
                None if rest > 0 => self.pay_points(category, rest),
                _ => 0,
            };
            closed.by_category[category as usize] = paid + given;
        }
        self.points.clear();
        closed.minted = closed.by_category.iter().sum();
    }

    fn share_of(&self, category: Category) -> u128 {
        let split = &self.params.split;
        parts(match category {
            Category::Performance => split.performance,
            Category::Commitment => split.commitment,
            Category::Treasury => split.treasury,
            Category::Growth => split.growth,
            Category::Model => split.model,
            Category::Storage => split.storage,
            Category::Data => split.data,
            Category::Innovation => split.innovation,
            Category::Engagement => split.engagement,
        })
    }

    fn has_participants(&self, category: Category) -> bool {
        match pool_of(category) {
            Some(pool) => self.pool_total(pool) > 0,
            None => self.has_weight(category) || self.all_points(category) > 0,
        }
    }

    fn has_weight(&self, category: Category) -> bool {
        (0..self.kinds.len())
            .any(|k| pays(category, self.kinds[k].role) && self.total_weight(k) > 0)
    }

    /// What of a category's budget goes to bonded weight; the rest is for contributions.
    fn bonded_part(&self, category: Category, budget: u128) -> u128 {
        let share = parts(self.params.engagement.operator_share);
        match (self.has_weight(category), self.all_points(category) > 0) {
            (true, true) => part(share, budget),
            (true, false) => budget,
            (false, _) => 0,
        }
    }

    pub fn total_weight(&self, kind: usize) -> u128 {
        let of_kind = self.providers.iter().filter(|p| p.kind == kind);
        of_kind.map(|provider| provider.weight).sum()
    }

    fn pool_total(&self, pool: usize) -> u128 {
        self.providers.iter().map(|p| p.pools[pool]).sum()
    }

    fn pay_pool(&mut self, pool: usize, budget: u128) -> u128 {
        let total = self.pool_total(pool);
        if total == 0 {
            return 0;
        }
        let weights = self.providers.iter().map(|p| p.pools[pool].into());
        self.divide_exactly(budget, weights.collect());
        let step = step(budget, total, self.pool_index[pool]);
        self.pool_index[pool] += step;
        for provider in &mut self.providers {
            let amount = BigUint::from(provider.pools[pool]) * step;
            provider.accrued[pool + 1].earn(amount);
        }
        ceil(total, step, 1 << 64)
    }

    fn pay_kinds(&mut self, category: Category, budget: u128) -> u128 {
        let value = |k: usize, total: u128| {
            let is_paid = pays(category, self.kinds[k].role);
            if is_paid { total } else { 0 }
        };
        let totals: Vec<u128> = (0..self.kinds.len())
            .map(|k| value(k, self.total_weight(k)))
            .collect();
        let sum: u128 = totals.iter().sum();
        if sum == 0 {
            return 0;
        }
        self.divide_exactly(budget, self.exact_weights(category));
        let shift = (128 - sum.leading_zeros()).saturating_sub(84);
        let values: Vec<u128> = (totals.iter().zip(&self.kinds))
            .map(|(total, kind)| (total >> shift) * kind.scarcity)
            .collect();
        let whole: u128 = values.iter().sum();
        let mut paid = 0;
        for k in (0..totals.len()).filter(|k| totals[*k] > 0) {
            let amount = floor(budget, values[k], whole);
            let step = step(amount, totals[k], self.kinds[k].index);
            self.kinds[k].index += step;
            for provider in self.providers.iter_mut().filter(|p| p.kind == k) {
                let amount = BigUint::from(provider.weight) * step;
                provider.accrued[0].earn(amount);
            }
            paid += ceil(totals[k], step, 1 << 64);
        }
        paid
    }

    fn exact_weights(&self, category: Category) -> Vec<BigUint> {
        let weight = |provider: &super::records::Provider| {
            let kind = &self.kinds[provider.kind];
            match pays(category, kind.role) {
                true => BigUint::from(provider.weight) * kind.scarcity,
                false => BigUint::ZERO,
            }
        };
        self.providers.iter().map(weight).collect()
    }
}

/// What a unit of weight earns, in parts of 2^-64, held where the sum of all such steps would pass 128 bits.
fn step(amount: u128, total: u128, index: u128) -> u128 {
    held(&((BigUint::from(amount) << 64u32) / total)).min(u128::MAX - index)
}

fn pays(category: Category, role: Role) -> bool {
    category
        == match role {
            Role::Compute => Category::Performance,
            Role::Storage => Category::Storage,
            Role::Verifier | Role::Operator => Category::Engagement,
        }
}

fn pool_of(category: Category) -> Option<usize> {
    POOLS.iter().position(|pool| *pool == category)
}
