//! The schedules of Olas and Ocean, from `rules/emission.md`.

use num_bigint::BigUint;
use stakesim_protocol::EmissionParams;

use super::number::{floor, held};

/// Tokens at Olas' launch, and what each of the ten years adds.
const LAUNCH: u64 = 526_500_000;
const YEARS: [u64; 10] = [
    0, 17_148_331, 24_524_294, 25_260_023, 26_017_823, 26_798_358, 27_602_309, 28_430_378,
    29_283_289, 30_161_788,
];

/// An epoch of an Olas year.
pub fn of_a_year(emission: &EmissionParams, epoch: u64) -> u128 {
    let length = u64::from(emission.inflation.epochs_per_year);
    let day = u64::from(emission.allocation.first_epoch) + epoch;
    let unit = BigUint::from(10u64).pow(18);
    let cap = BigUint::from(LAUNCH + YEARS.iter().sum::<u64>()) * &unit;
    let added = match YEARS.get((day / length) as usize) {
        Some(tokens) => BigUint::from(*tokens) * &unit,
        None => {
            let mut supply = cap.clone();
            let mut added = &supply / 50u32;
            for _ in YEARS.len() as u64..day / length {
                supply += &added;
                added = &supply / 50u32;
                // The network keeps a cap in 128 bits.
                if supply.bits() > 128 {
                    return 0;
                }
            }
            added
        }
    };
    let year = held(&(added * emission.allocation.total.base_units() / cap));
    daily(year, day % length, length)
}

/// A day of an Ocean week; the count of weeks begins with the fifth.
pub fn of_a_week(emission: &EmissionParams, epoch: u64) -> u128 {
    const VESTING: u128 = 503_370_000;
    let total = emission.allocation.total.base_units();
    let day = u64::from(emission.allocation.first_epoch) + epoch;
    let amount = match day / 7 + 4 {
        ..28 => 0,
        28..80 => floor(150_000, total, VESTING),
        80..106 => floor(300_000, total, VESTING),
        106..132 => floor(600_000, total, VESTING),
        week => vested(total, week - 131) - vested(total, week - 132),
    };
    daily(amount, day % 7, 7)
}

/// What has vested after so many weeks: half of the rest in 1,460 days.
fn vested(total: u128, weeks: u64) -> u128 {
    let (halvings, days) = (weeks * 7 / 1_460, weeks * 7 % 1_460);
    let mut rest = total;
    for _ in 0..halvings.min(128) {
        // Half of an odd number, and half of that: one cut is as good as two.
        rest /= 2;
    }
    total - rest + floor(rest, days.into(), 1_460) / 2
}

fn daily(amount: u128, day: u64, days: u64) -> u128 {
    let until = |day: u64| floor(amount, day.into(), days.into());
    until(day + 1) - until(day)
}
