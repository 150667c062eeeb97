//! The schedules of Solana, Filecoin and Helium, from `rules/emission.md`.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;

use super::double::{double, power, q128};
use super::number::{floor, held, part, parts};
use super::state::Oracle;

/// How far capacity has followed its baseline: powers are units of 2^-32 GPUs.
#[derive(Clone, Debug)]
pub struct Followed {
    baseline: BigUint,
    /// `k`, `B(k)`, and the sum of `B(1)` to `B(k)`.
    steps: u64,
    step: BigUint,
    steps_sum: BigUint,
    realized: BigUint,
}

/// `ln 2` in units of 2^-128.
const LN_2: u128 = 235_865_763_225_513_294_137_944_142_764_154_484_399;

/// Coefficients of the quotient that stands for `e^-x`, highest powers first; the last, one, is not listed.
const OVER: [i128; 7] = [
    -648_770_010_757_830_093_818_553_637_600,
    67_469_480_939_593_786_226_847_644_286_976,
    -3_197_587_544_499_098_424_029_388_939_001_856,
    89_244_641_121_992_890_118_377_641_805_348_864,
    -1_579_656_163_641_440_567_800_982_336_819_953_664,
    17_685_496_037_279_256_458_459_817_590_917_169_152,
    -115_682_590_513_835_356_866_803_355_398_940_131_328,
];
const UNDER: [u128; 13] = [
    1_225_524_182_432_722_209_606_361,
    114_095_592_300_906_098_243_859_450,
    5_665_570_424_063_336_070_530_214_243,
    194_450_132_448_609_991_765_137_938_448,
    5_068_267_641_632_683_791_026_134_915_072,
    104_716_890_604_972_796_896_895_427_629_056,
    1_748_338_658_439_454_459_487_681_798_864_896,
    23_704_654_329_841_312_470_660_182_937_960_448,
    259_380_097_567_996_910_282_699_886_670_381_056,
    2_250_336_698_853_390_384_720_606_936_038_375_424,
    14_978_272_436_876_548_034_486_263_159_246_028_800,
    72_144_088_983_913_131_323_343_765_784_380_833_792,
    224_599_776_407_103_106_596_571_252_037_123_047_424,
];

impl Oracle {
    pub fn taper(&self) -> u128 {
        let inflation = &self.params.emission.inflation;
        let epochs = f64::from(inflation.epochs_per_year);
        let kept = 1.0 - double(inflation.change);
        let tapered = double(inflation.start) * power(kept, self.epoch as f64 / epochs);
        let rate = tapered.max(double(inflation.min));
        (rate * self.minted() as f64 * (1.0 / epochs)) as u128
    }

    pub fn simple_and_baseline(&mut self) -> u128 {
        let emission = self.params.emission.clone();
        let allocation = emission.allocation;
        let year = 1.0 / f64::from(emission.inflation.epochs_per_year);
        let yearly = (1_000_000_000_000 + parts(allocation.baseline_growth)) as f64 / 1e12;
        let growth = q128(power(yearly, year));
        let gpus = BigUint::from(self.active_gpus()) << 32u32;
        let first = BigUint::from(allocation.baseline_gpus) << 32u32;
        let mut followed = self.followed.clone().unwrap_or_else(|| Followed {
            baseline: (&first << 128u32) / &growth,
            steps: 0,
            step: first,
            steps_sum: BigUint::ZERO,
            realized: BigUint::ZERO,
        });
        let before = followed.time();
        followed.advance(gpus, &growth);
        if followed.is_too_large() {
            return 0;
        }
        let simple = part(
            parts(allocation.simple_share),
            allocation.total.base_units(),
        );
        let rest = allocation.total.base_units() - simple;
        let lambda = BigInt::from(LN_2 / u128::from(allocation.half_life_epochs));
        let supply = |time: &BigInt| {
            let one = BigInt::from(1) << 128u32;
            (one - exp_neg(&((time * &lambda) >> 128u32))) * rest
        };
        let decay = exp_neg(&(&lambda * (self.epoch + 1)));
        let by_time = (BigInt::from(simple) * exp_less_one(&lambda) * decay) >> 128u32;
        let minted: BigInt = (by_time + supply(&followed.time()) - supply(&before)) >> 128u32;
        self.followed = Some(followed);
        minted.to_biguint().map_or(0, |minted| held(&minted))
    }

    pub fn net_of_burn(&mut self) -> u128 {
        let emission = self.params.emission.clone();
        let most = u128::from(u64::MAX);
        let n = u128::from(emission.allocation.smoothing_epochs);
        let (first, burned) = (emission.per_epoch.base_units(), self.in_epoch("fee_burn"));
        let before = match self.smoothed_burn {
            0 => 300,
            burn => burn,
        };
        let smoothed = floor(before, n - 1, n) + burned / n;
        let halvings = self.epoch / u64::from(emission.halving_epochs);
        let mut schedule = first;
        for _ in 0..halvings {
            schedule /= 2;
        }
        let minted = schedule + smoothed.min(emission.allocation.net_cap.base_units());
        if first.max(burned).max(smoothed).max(minted) > most {
            return 0;
        }
        self.smoothed_burn = smoothed;
        minted
    }
}

impl Followed {
    /// θ in units of 2^-128.
    fn time(&self) -> BigInt {
        if self.steps == 0 {
            return BigInt::ZERO;
        }
        let short = BigInt::from((&self.steps_sum - &self.realized) << 128u32);
        (BigInt::from(self.steps) << 128u32) - short.div_floor(&self.step.clone().into())
    }

    /// The network keeps these in 128 bits.
    fn is_too_large(&self) -> bool {
        let kept = [&self.baseline, &self.step, &self.steps_sum, &self.realized];
        kept.iter().any(|number| number.bits() > 128)
    }

    fn advance(&mut self, gpus: BigUint, growth: &BigUint) {
        self.baseline = (&self.baseline * growth) >> 128u32;
        self.realized += gpus.min(self.baseline.clone());
        while self.realized > self.steps_sum {
            self.steps += 1;
            self.step = (&self.step * growth) >> 128u32;
            self.steps_sum += &self.step;
        }
    }
}

/// The quotient that stands for `e^-x`, both in units of 2^-128.
fn exp_neg(x: &BigInt) -> BigInt {
    let value = |coefficients: &[BigInt]| {
        let mut sum = BigInt::ZERO;
        for coefficient in coefficients {
            sum = ((sum * x) >> 128u32) + coefficient;
        }
        sum
    };
    let one = BigInt::from(1) << 128u32;
    let mut over = OVER.map(BigInt::from).to_vec();
    let mut under = UNDER.map(BigInt::from).to_vec();
    over.push(one.clone());
    under.push(one);
    (value(&over) << 128u32).div_floor(&value(&under))
}

/// `e^x - 1` in units of 2^-128: each term is floored.
fn exp_less_one(x: &BigInt) -> BigInt {
    let (mut sum, mut term) = (BigInt::ZERO, x.clone());
    let mut k = 1u32;
    while term > BigInt::ZERO {
        sum += &term;
        k += 1;
        term = (term * x) / (BigInt::from(k) << 128u32);
    }
    sum
}
