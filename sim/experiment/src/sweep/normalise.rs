//! Points made comparable through the price of their coin: every point once at one market value, once at one emission, in dollars.
//!
//! A network that mints a quarter of its supply a year and one that mints a hundredth differ in more than their rules. At equal
//! market value, the price is what makes all coins of genesis worth the amount asked for. At equal emission, it is what makes the
//! run of a seed mint the amount asked for: the run at equal market value says how far away that is, and since bonds, entry and
//! what is minted may follow the price, later prices are found from the runs before, [`TRIES_MAX`] times at most. What a run
//! minted in the end is its metric `emission.usd`, and the price `price.start`: they are always kept.

use serde::{Deserialize, Serialize};
use units::{Amount, Money, Quantity, TokenPrice, wide};
use world::config::Config;

use super::reader::{Reader, Section};
use super::{NORMALISE, Plan, Point};
use crate::scenario::Fault;

/// The parameter that it sets.
pub const PRICE: &str = "market.price";
/// Metric of what a run minted.
pub const EMISSION: &str = "emission.usd";
/// Metric of the price that a run began with.
pub const PRICE_START: &str = "price.start";
/// How far from the emission asked for a run may end, as a share of it, without another try.
pub const TOLERANCE: f64 = 0.01;
/// Most runs of a seed at equal emission, besides the one at equal market value.
pub const TRIES_MAX: usize = 4;
/// Legal prices in 10^-9 USD per token, as the parameter's.
const LEGAL: (f64, f64) = (1e3, 1e15);

/// What points are made equal in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Normalise {
    /// Worth of all coins that exist at genesis, at the reference fleet.
    pub market_value: Money,
    /// Worth of all coins minted in a run.
    pub emission: Money,
}

/// In which of the two a point is equal to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Basis {
    /// All coins of genesis are worth the same.
    MarketValue,
    /// All coins minted are worth the same.
    Emission,
}

impl Basis {
    /// Both, in the order of the points.
    pub const ALL: [Self; 2] = [Self::MarketValue, Self::Emission];

    /// Its name in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MarketValue => "market_value",
            Self::Emission => "emission",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::MarketValue => "equal market value",
            Self::Emission => "equal emission",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.name() == name)
    }
}

impl Point {
    /// In what it is equal to the others, in a sweep that normalises.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        Basis::of_name(self.setting(NORMALISE)?)
    }
}

impl Plan {
    /// The point that is equal to the others in market value where this one is in emission.
    #[must_use]
    pub fn at_market_value(&self, point: &Point) -> Option<&Point> {
        let is_emission = point.basis() == Some(Basis::Emission);
        let before = point.index.checked_sub(self.points.len() as u32 / 2);
        let index = before.filter(|_| is_emission)?;
        self.points.iter().find(|other| other.index == index)
    }
}

impl Normalise {
    /// The price at which all coins of genesis have the market value asked for, half to even; nothing without a coin, and where
    /// the price does not fit.
    pub fn price(&self, config: &Config) -> Option<TokenPrice> {
        let market = &config.market;
        let coins: Amount = market.genesis_circulating
            + market.genesis_locked
            + market.genesis_treasury
            + market.genesis_ecosystem;
        let value = u128::try_from(self.market_value.nano()).ok()?;
        let base_units = 10u128.pow(u32::from(config.protocol.supply.decimals));
        if coins.is_zero() {
            return None;
        }
        let nano = wide::mul_div_half_even(value, base_units, coins.base_units());
        u64::try_from(nano)
            .ok()
            .map(TokenPrice::from_nano_per_token)
    }
}

/// The search for the price at which a run mints the amount asked for.
#[derive(Debug)]
pub struct Approach {
    target: f64,
    /// Price in 10^-9 USD and emission in USD of every run that came to its end.
    runs: Vec<(f64, f64)>,
    /// The highest price at which the market ran dry: bonds took more coins than there are.
    dry: Option<f64>,
    tries: usize,
}

impl Approach {
    /// Begins with the run at equal market value: its price in USD per token, and what it minted in USD.
    pub fn new(target: Money, price: f64, emission: f64) -> Self {
        Self {
            target: target.nano() as f64 / 1e9,
            runs: vec![((price * 1e9).round(), emission)],
            dry: None,
            tries: 0,
        }
    }

    /// The next price to run at; nothing when a run is close enough, none can be, or there were enough.
    pub fn next(&self) -> Option<TokenPrice> {
        let (price, emission) = self.runs[self.closest()];
        let is_hopeless = emission.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater);
        let is_met = (emission / self.target - 1.0).abs() <= TOLERANCE;
        if self.tries == TRIES_MAX || is_hopeless || is_met {
            return None;
        }
        let gap = libm::log(self.target / emission);
        let ideal = price * libm::exp(gap / self.elasticity());
        let wet = match self.dry {
            Some(dry) if ideal <= dry => (price * dry).sqrt(),
            _ => ideal,
        };
        let next = wet.clamp(LEGAL.0, LEGAL.1).round();
        let is_tried = self.dry == Some(next) || self.runs.iter().any(|(price, _)| *price == next);
        (!is_tried).then(|| TokenPrice::from_nano_per_token(next as u64))
    }

    /// How emission follows the price between the last two runs, both in logarithms; one before there are two.
    fn elasticity(&self) -> f64 {
        let [.., before, last] = self.runs.as_slice() else {
            return 1.0;
        };
        let found = libm::log(last.1 / before.1) / libm::log(last.0 / before.0);
        if found.is_finite() {
            found.clamp(0.25, 4.0)
        } else {
            1.0
        }
    }

    /// A run at a price came to its end.
    pub fn ran(&mut self, price: TokenPrice, emission: f64) {
        self.tries += 1;
        self.runs.push((price.nano_per_token() as f64, emission));
    }

    /// The market ran dry at a price.
    pub fn ran_dry(&mut self, price: TokenPrice) {
        self.tries += 1;
        let price = price.nano_per_token() as f64;
        self.dry = Some(self.dry.map_or(price, |dry| dry.max(price)));
    }

    /// Which of the runs that came to their ends is closest, the first of equals; number 0 is the one at equal market value.
    pub fn closest(&self) -> usize {
        let distance = |emission: f64| libm::log(emission / self.target).abs();
        let far = |at: &usize| distance(self.runs[*at].1);
        let all = 0..self.runs.len();
        all.min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0)
    }
}

impl Reader<'_> {
    /// `[normalise]`; nothing where the file has none.
    pub fn normalise(&mut self, top: &Section<'_>) -> Option<Normalise> {
        let item = top.table.get(NORMALISE)?;
        let Some(table) = item.as_table_like() else {
            let fault = self.fault(top, NORMALISE, "expected a table");
            self.faults
                .push(fault.hint("begin it with a line [normalise]"));
            return None;
        };
        let section = Section {
            table,
            name: NORMALISE,
            line: self.line_of(top, NORMALISE),
        };
        self.refuse_unknown(&section, &Basis::ALL.map(Basis::name));
        let market_value = self.dollars(&section, Basis::MarketValue.name(), "222000000 USD");
        let emission = self.dollars(&section, Basis::Emission.name(), "1000000 USD");
        Some(Normalise {
            market_value: market_value?,
            emission: emission?,
        })
    }

    fn dollars(&mut self, section: &Section<'_>, key: &str, example: &str) -> Option<Money> {
        if !section.table.contains_key(key) {
            self.missing(section, key, &format!("write {key} = \"{example}\""));
        }
        let text = self.string(section, key)?;
        let legal = Money::from_usd(1)..=Money::from_usd(1_000_000_000_000_000);
        let told: Fault = match Money::parse(&text) {
            Ok(value) if legal.contains(&value) => return Some(value),
            Ok(_) => {
                let fault = self.fault(section, key, "out of range");
                fault.legal(Some("1 USD to 10^15 USD".to_owned()))
            }
            Err(error) => self
                .fault(section, key, error.to_string())
                .hint(error.hint()),
        };
        self.faults.push(told);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nano(price: Option<TokenPrice>) -> Option<u64> {
        price.map(TokenPrice::nano_per_token)
    }

    #[test]
    fn emission_in_proportion_to_the_price_takes_one_try() {
        let mut approach = Approach::new(Money::from_usd(3_000), 0.3, 1_000.0);
        let next = approach.next().unwrap();
        assert_eq!(next.nano_per_token(), 900_000_000);
        approach.ran(next, 3_010.0);
        assert_eq!((approach.next(), approach.closest()), (None, 1));
    }

    #[test]
    fn emission_that_follows_the_price_less_than_fully_is_reached_by_its_elasticity() {
        let emission = |price: f64| 1_000.0 * libm::sqrt(price / 0.3);
        let mut approach = Approach::new(Money::from_usd(3_000), 0.3, 1_000.0);
        while let Some(next) = approach.next() {
            approach.ran(next, emission(next.nano_per_token() as f64 / 1e9));
        }
        assert_eq!(approach.tries, 2);
        let (price, _) = approach.runs[approach.closest()];
        assert!((price / 2.7e9 - 1.0).abs() < 1e-6, "{price}");
    }

    #[test]
    fn emission_that_no_price_moves_ends_when_nothing_new_is_left_to_try() {
        let mut approach = Approach::new(Money::from_usd(3_000), 0.3, 1_000.0);
        while let Some(next) = approach.next() {
            approach.ran(next, 1_000.0);
        }
        assert_eq!((approach.tries, approach.closest()), (2, 0));
        let nothing = Approach::new(Money::from_usd(3_000), 0.3, 0.0);
        assert_eq!(nano(nothing.next()), None);
    }

    #[test]
    fn a_market_that_runs_dry_is_kept_away_from() {
        let mut approach = Approach::new(Money::from_usd(100), 0.4, 1_600.0);
        let dry = approach.next().unwrap();
        assert_eq!(dry.nano_per_token(), 25_000_000);
        approach.ran_dry(dry);
        assert_eq!(nano(approach.next()), Some(100_000_000));
        approach.ran(approach.next().unwrap(), 400.0);
        assert_eq!(nano(approach.next()), Some(50_000_000));
        assert_eq!(approach.closest(), 1);
    }
}
