//! A provider's books in dollars: what came in, what it cost, and the return on what was put in.

use serde::{Deserialize, Serialize};
use units::{Money, Power, Ratio, Span};

use crate::config::{GpuKind, Machine};
use crate::number::{ratio, usd};

/// Dollars over a provider's life in the run, and the cash margin that decides whether it stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Books {
    /// Hardware at entry.
    pub hardware: Money,
    /// Bond at entry.
    pub bond: Money,
    /// Provider share of job fees without its delegators' part, at receipt.
    pub revenue: Money,
    /// Rewards and commission, at receipt.
    pub rewards: Money,
    /// Electricity.
    pub power: Money,
    /// Link, upkeep and space.
    pub other: Money,
    /// Straight-line depreciation.
    pub depreciation: Money,
    /// Slashed from its own bond and lost of its held-back pay, at the price of the day.
    pub slashed: Money,
    /// Fees lost by dealing with itself.
    pub self_deal_cost: Money,
    /// Income of the running epoch that is not yet in the margin.
    pub epoch_income: Money,
    /// Trailing mean of the daily cash margin: an exponential mean with the window of the scenario.
    pub margin: Money,
    /// Epochs in a row with a trailing margin below what the owner asks for.
    pub short_for: u32,
    /// GPU-nanoseconds up over its life.
    pub up_ns: u128,
    /// GPU-nanoseconds held over its life.
    pub held_ns: u128,
    /// Span in business.
    pub in_business: Span,
    /// Job parts settled.
    pub settled: u32,
    /// Job parts failed by its fault.
    pub failed: u32,
    /// Warnings.
    pub warnings: u32,
    /// Slashes.
    pub slashes: u32,
    /// Those that its delegator knows of.
    pub slashes_seen: u32,
}

/// What one GPU of a kind costs an epoch whatever it does, and draws while it does it.
#[derive(Clone, Copy, Debug)]
pub struct KindCosts {
    epoch: Span,
    power_busy: Power,
    power_idle: Power,
    other: Money,
    depreciation: Money,
}

impl KindCosts {
    /// Of a kind.
    #[must_use]
    pub fn new(kind: &GpuKind, epoch: Span) -> Self {
        Self {
            epoch,
            power_busy: kind.power_busy,
            power_idle: kind.power_idle,
            other: kind.other_cost.over(epoch),
            depreciation: depreciation(kind, epoch),
        }
    }

    /// Of the machine of another role, which draws the same whatever it does.
    #[must_use]
    pub fn of_machine(machine: &Machine, epoch: Span) -> Self {
        Self {
            epoch,
            power_busy: machine.power,
            power_idle: machine.power,
            other: machine.other_cost.over(epoch),
            depreciation: wear(machine.capital, machine.life, epoch),
        }
    }
}

impl Books {
    /// Books one epoch's costs: `up_ns` and `held_ns` GPU-nanoseconds, of which `worked_ns` drew full power.
    pub fn cost(
        &mut self,
        kind: &KindCosts,
        gpus: u32,
        use_: Use,
        price: units::EnergyPrice,
    ) -> Money {
        let power = price.of(energy(kind.power_busy, use_.worked_ns)
            + energy(kind.power_idle, use_.up_ns - use_.worked_ns));
        let other = times(kind.other, gpus);
        self.power += power;
        self.other += other;
        self.depreciation += times(kind.depreciation, gpus);
        self.up_ns += u128::from(use_.up_ns);
        self.held_ns += u128::from(use_.held_ns);
        self.in_business += kind.epoch;
        power + other
    }

    /// Moves the trailing margin by one epoch's cash and counts the epochs below what is `required`.
    pub fn close_epoch(&mut self, costs: Money, window: u32, required: Money) {
        let cash = self.epoch_income - costs;
        self.epoch_income = Money::ZERO;
        let step = (cash - self.margin)
            .nano()
            .div_euclid(i128::from(window.max(1)));
        self.margin += Money::from_nano(step);
        self.short_for = if self.margin < required {
            self.short_for + 1
        } else {
            0
        };
    }

    /// What it earned after everything.
    #[must_use]
    pub fn net(&self) -> Money {
        self.revenue + self.rewards
            - self.power
            - self.other
            - self.depreciation
            - self.slashed
            - self.self_deal_cost
    }

    /// Net over hardware and bond, scaled to a year; nothing under 30 days in business.
    #[must_use]
    pub fn return_per_year(&self) -> Option<f64> {
        let put_in = usd(self.hardware + self.bond);
        let years = self.years();
        (self.in_business >= Span::from_days(30) && put_in > 0.0)
            .then(|| usd(self.net()) / put_in / years)
    }

    /// Years until cash before depreciation pays back hardware and bond, where it ever does.
    #[must_use]
    pub fn payback_years(&self) -> Option<f64> {
        let cash = usd(self.net() + self.depreciation);
        (cash > 0.0 && self.years() > 0.0)
            .then(|| usd(self.hardware + self.bond) / (cash / self.years()))
    }

    fn years(&self) -> f64 {
        self.in_business.ns() as f64 / Span::from_days(365).ns() as f64
    }
}

/// How the GPUs of a provider were used in an epoch, in GPU-nanoseconds.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// Up.
    pub up_ns: u64,
    /// Held by jobs.
    pub held_ns: u64,
    /// Really at work: what is held, less what a lazy provider only claims.
    pub worked_ns: u64,
}

fn energy(power: units::Power, gpu_ns: u64) -> units::Energy {
    power.over(Span::from_ns(gpu_ns))
}

/// So many times a sum.
#[must_use]
pub fn times(money: Money, count: u32) -> Money {
    Money::from_nano(money.nano() * i128::from(count))
}

/// Straight-line depreciation of one GPU and its host share over `span`, rounded down.
#[must_use]
pub fn depreciation(kind: &GpuKind, span: Span) -> Money {
    let loss = part(kind.capital, Ratio::ONE.saturating_sub(kind.residual));
    wear(loss, kind.life, span)
}

/// What `span` takes of a worth that is gone after `life`, rounded down.
fn wear(worth: Money, life: Span, span: Span) -> Money {
    let (worth, span, life) = (worth.nano().unsigned_abs(), span.ns(), life.ns());
    let worn = units::wide::mul_div_floor(worth, u128::from(span), u128::from(life));
    Money::from_nano(i128::try_from(worn).expect("a price of hardware fits"))
}

/// Return of one GPU a year from what it earns and costs a day: what a candidate for entry computes.
#[must_use]
pub fn expected_return(
    kind: &GpuKind,
    earned_usd_per_day: f64,
    power_usd_per_day: f64,
    bond_usd: f64,
) -> f64 {
    let day = Span::from_days(1);
    let cost = power_usd_per_day + usd(kind.other_cost.over(day)) + usd(depreciation(kind, day));
    (earned_usd_per_day - cost) * 365.0 / (usd(kind.capital) + bond_usd)
}

/// Watts times tariff for a day of one GPU at a utilisation of its up time.
#[must_use]
pub fn power_usd_per_day(
    kind: &GpuKind,
    price: units::EnergyPrice,
    availability: f64,
    utilisation: f64,
) -> f64 {
    let day = Span::from_days(1);
    let busy = usd(price.of(kind.power_busy.over(day)));
    let idle = usd(price.of(kind.power_idle.over(day)));
    availability * (utilisation * busy + (1.0 - utilisation) * idle)
}

/// A ratio's worth of money, rounded down.
#[must_use]
pub fn part(money: Money, of: Ratio) -> Money {
    debug_assert!(money >= Money::ZERO && ratio(of) <= 1.0);
    let nano = of
        .mul_floor(units::Amount::new(money.nano().unsigned_abs()))
        .base_units();
    Money::from_nano(i128::try_from(nano).expect("no more than the whole"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::tests::kind;

    #[test]
    fn a_day_costs_power_space_and_wear_by_hand() {
        let mut books = Books::default();
        let day = Span::from_days(1).ns();
        let use_ = Use {
            up_ns: day,
            held_ns: day / 2,
            worked_ns: day / 2,
        };
        let cash = books.cost(
            &KindCosts::new(&kind(), Span::from_days(1)),
            1,
            use_,
            units::EnergyPrice::from_nano_per_kwh(100_000_000),
        );
        // 12 h at 400 W and 12 h at 100 W are 6 kWh at 0.10 USD; 0.12 USD of space; 1,000 USD less a quarter over 3 years.
        assert_eq!(books.power, Money::from_nano(600_000_000));
        assert_eq!(books.other, Money::from_nano(120_000_000));
        assert_eq!(
            books.depreciation,
            Money::from_nano(750_000_000_000 / (3 * 365))
        );
        assert_eq!(cash, books.power + books.other);
    }

    #[test]
    fn a_lasting_loss_is_counted_epoch_by_epoch() {
        let mut books = Books::default();
        for day in 1..=5 {
            books.close_epoch(Money::from_usd(1), 60, Money::ZERO);
            assert_eq!(books.short_for, day);
        }
        books.epoch_income = Money::from_usd(1000);
        books.close_epoch(Money::ZERO, 60, Money::ZERO);
        assert_eq!(books.short_for, 0);
        books.close_epoch(Money::ZERO, 60, Money::from_usd(1000));
        assert_eq!(
            books.short_for, 1,
            "a small gain is too little for an owner who asks for more"
        );
    }
}
