//! What must be read before a run is trusted: its limits, and where it left the ground that the baseline is tuned for.

use world::rows::EpochRow;

use crate::kit::number;
use crate::review::{CLASSES, Review};
use crate::tables;

/// Fewest members for which quantiles of a class say something.
const CLASS_MIN: usize = 30;
/// Shortest run in days over which entry, exit and the slow controllers show.
const DAYS_MIN: f64 = 180.0;
/// Share of epochs at a clamp above which a controller no longer controls.
const CLAMPED_MAX: f64 = 0.2;
/// Share of bonds that honest providers may lose to slashes in a year.
const HONEST_LOSS_MAX: f64 = 0.001;

/// The warnings of a run. The first holds for every single run; then what went wrong, then what limits the figures.
pub fn warnings(review: &Review) -> Vec<String> {
    let found = [
        interrupted(review),
        honest_loss(review),
        clamps(review),
        queue(review),
        fees(review),
        price(review),
    ];
    let limits = [short(review), small_classes(review), planted(review)];
    [Some(one_seed(review))]
        .into_iter()
        .chain(found)
        .chain(limits)
        .flatten()
        .collect()
}

fn one_seed(review: &Review) -> String {
    let said = match review.verdicts.rulings.is_empty() {
        true => "No verdict is given from one seed; compare several first.",
        false => {
            "Its gates are point checks, which say nothing about other seeds; compare several first."
        }
    };
    format!("One seed: this is one draw of prices, failures and arrivals. {said}")
}

fn interrupted(review: &Review) -> Option<String> {
    let manifest = &review.run.manifest;
    manifest.interrupted.then(|| {
        format!(
            "The run was stopped after {} epochs, before its horizon of {}.",
            manifest.epochs, manifest.horizon
        )
    })
}

fn honest_loss(review: &Review) -> Option<String> {
    let epochs = &review.run.epochs;
    let lost: f64 = epochs
        .iter()
        .map(|row| row.slashed_honest_base_units as f64)
        .sum();
    let bonds: f64 = epochs
        .iter()
        .map(|row| (row.bonded_base_units + row.delegated_base_units) as f64)
        .sum();
    let share = lost / (bonds / epochs.len() as f64) * 365.0 / review.days();
    (share > HONEST_LOSS_MAX).then(|| {
        format!(
            "Honest providers and their delegators lost {} of bonds and delegations to slashes, scaled to a year (at most {} is wanted).",
            number::percent(share),
            number::bound(HONEST_LOSS_MAX)
        )
    })
}

fn clamps(review: &Review) -> Option<String> {
    let clamped = tables::clamped(review, CLAMPED_MAX);
    let named: Vec<String> = clamped
        .iter()
        .map(|(name, share)| format!("{name} ({})", number::percent(*share)))
        .collect();
    (!named.is_empty()).then(|| {
        format!(
            "Controllers at an end of their range for more than {} of the epochs: {}.",
            number::bound(CLAMPED_MAX),
            named.join(", ")
        )
    })
}

fn queue(review: &Review) -> Option<String> {
    let epochs = &review.run.epochs;
    let quarter = epochs.len() / 4;
    let mean = |rows: &[EpochRow]| {
        rows.iter()
            .map(|row| f64::from(row.jobs_waiting))
            .sum::<f64>()
            / rows.len() as f64
    };
    if quarter < 5 {
        return None;
    }
    let (second, last) = (
        mean(&epochs[quarter..2 * quarter]),
        mean(&epochs[epochs.len() - quarter..]),
    );
    (last > 2.0 * second && last > 100.0).then(|| {
        format!(
            "The queue grew from {} waiting jobs in the second quarter of the run to {} in the last: demand may exceed what the fleet carries.",
            number::short(second),
            number::short(last)
        )
    })
}

fn fees(review: &Review) -> Option<String> {
    let epochs = &review.run.epochs;
    let below = epochs
        .iter()
        .filter(|row| row.fee_to_emission < 1.0)
        .count() as f64
        / epochs.len() as f64;
    (below > 0.5).then(|| {
        format!(
            "In {} of the epochs the protocol kept less of the fees than the value it minted.",
            number::percent(below)
        )
    })
}

fn price(review: &Review) -> Option<String> {
    let (first, last) = (review.run.epochs.first()?, review.run.epochs.last()?);
    let ratio = last.token_price_usd / first.token_price_usd;
    (!(0.3..=3.0).contains(&ratio)).then(|| {
        format!("The token price ended at {} times its start: dollar figures of this seed lean on that path.", number::fixed(ratio, 2))
    })
}

fn short(review: &Review) -> Option<String> {
    (review.days() < DAYS_MIN).then(|| {
        format!(
            "{} simulated days: too short for entry, exit and the slow controllers to show; returns are scaled to a year.",
            number::fixed(review.days(), 0)
        )
    })
}

fn small_classes(review: &Review) -> Option<String> {
    let counts = CLASSES.map(|class| {
        (
            class,
            review.honest().filter(|row| row.class == class).count(),
        )
    });
    let small = counts
        .iter()
        .filter(|(_, count)| *count > 0 && *count < CLASS_MIN);
    let named: Vec<String> = small
        .map(|(class, count)| format!("{class} ({count})"))
        .collect();
    (!named.is_empty()).then(|| {
        format!(
            "Few providers in a class, so its quantiles are rough: {}.",
            named.join(", ")
        )
    })
}

fn planted(review: &Review) -> Option<String> {
    let providers = review.run.providers.len();
    let planted = providers - review.honest().count();
    (planted > 0).then(|| {
        format!("{planted} of {providers} providers were planted to cheat. They are in every total; the returns are those of honest providers.")
    })
}
