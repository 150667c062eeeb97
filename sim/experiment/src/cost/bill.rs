//! What a run consumes: GPU-hours, energy, and the money for both, rented or owned.

use training::{Draw, capital_rate, run_cost, run_energy};
use units::Ratio;

use super::Job;
use super::answer::{Money, Owned};
use super::course::Placed;

/// What the run consumes.
pub struct Bill<'a> {
    /// The job.
    pub job: &'a Job,
    /// Its islands.
    pub placed: &'a [Placed<'a>],
    /// Hours of steps that count.
    pub trained_hours: f64,
    /// Hours lost for each of them.
    pub overhead: f64,
}

impl Bill<'_> {
    /// Hours of an island kind's GPUs that train.
    fn trained(&self, placed: &Placed<'_>) -> f64 {
        let gpus = placed.chosen.layout.gpus() * u64::from(placed.island.count);
        gpus as f64 * self.trained_hours
    }

    fn held(&self, placed: &Placed<'_>) -> f64 {
        self.trained(placed) * (1.0 + self.overhead)
    }

    /// Hours that all GPUs are held.
    pub fn gpu_hours(&self) -> f64 {
        self.placed.iter().map(|it| self.held(it)).sum()
    }

    fn energy(&self, placed: &Placed<'_>) -> units::Energy {
        let prices = &self.job.prices;
        run_energy(
            self.held(placed),
            &Draw {
                tdp: placed.island.gpu.tdp,
                server_per_chip: fraction(placed.island.server_power),
                load: fraction(prices.load),
                pue: fraction(prices.pue),
            },
        )
    }

    /// Energy of all at the meter.
    pub fn energy_kwh(&self) -> f64 {
        let mj: f64 = self
            .placed
            .iter()
            .map(|it| self.energy(it).mj() as f64)
            .sum();
        mj / units::Energy::KWH.mj() as f64
    }

    /// What is paid for it.
    pub fn money(&self) -> Money {
        let rent = |it: &Placed<'_>| {
            let paid = run_cost(self.trained(it), self.overhead, it.island.rent?);
            Some(usd(paid))
        };
        Money {
            rent_usd: self.placed.iter().map(rent).sum(),
            owned: self.owned(),
        }
    }

    fn owned(&self) -> Option<Owned> {
        let prices = &self.job.prices;
        let of_cluster = fraction(prices.server_price) / (1.0 - fraction(prices.network_share));
        let capital = |it: &Placed<'_>| {
            let lost = run_cost(
                self.trained(it),
                self.overhead,
                capital_rate(it.island.purchase?),
            );
            Some(usd(lost) * of_cluster)
        };
        let energy = |it: &Placed<'_>| usd(prices.electricity.of(self.energy(it)));
        let capital_usd = self.placed.iter().map(capital).sum::<Option<f64>>()?;
        let energy_usd = self.placed.iter().map(energy).sum();
        Some(Owned {
            capital_usd,
            energy_usd,
            total_usd: capital_usd + energy_usd,
        })
    }
}

fn usd(money: units::Money) -> f64 {
    money.nano() as f64 / 1e9
}

fn fraction(ratio: Ratio) -> f64 {
    ratio.parts() as f64 / Ratio::ONE.parts() as f64
}

#[cfg(test)]
mod tests {
    use crate::cost::testing::{ISLANDS, NODE, load};

    #[test]
    fn rent_energy_and_capital_follow_the_hours() {
        let text = format!(
            "{NODE}rent = \"2 USD/h\"\npurchase = \"10000 USD\"\nserver_power = \"2\"\n[prices]\npue = \"1.5\"\nload = \"50 %\"\n\
             electricity = \"0.1 USD/kWh\"\nserver_price = \"1.62\"\nnetwork_share = \"19 %\"\n"
        );
        let it = load(&text).unwrap().answer().unwrap();
        let near = |one: f64, other: f64| (one / other - 1.0).abs() < 1e-6;
        assert!(near(it.money.rent_usd.unwrap(), 2.0 * it.gpu_hours));
        // 400 W, twice that for the server, at half load, half as much again for the building.
        assert!(near(it.energy_kwh, it.gpu_hours * 0.6));
        let owned = it.money.owned.unwrap();
        assert!(near(owned.energy_usd, it.energy_kwh * 0.1));
        let per_hour = 10_000.0 * 2.0 * 0.14 * std::f64::consts::LN_10 / 8_766.0;
        assert!(near(owned.capital_usd, it.gpu_hours * per_hour));
        assert!(near(owned.total_usd, owned.capital_usd + owned.energy_usd));
    }

    #[test]
    fn a_price_that_nobody_knows_leaves_its_sum_out() {
        let it = load(&ISLANDS.replace("rtx_4090", "l40s"));
        let money = it.unwrap().answer().unwrap().money;
        assert!(money.rent_usd.is_some() && money.owned.is_none());
    }
}
