//! Who earns: returns, and revenue and costs per GPU-day, by any division of the providers.

use world::rows::ProviderRow;

use crate::review::{CLASSES, HONEST, Review, distinct};
use crate::stats;
use crate::table::{Cell, Table};

const COLUMNS: [&str; 14] = [
    "group",
    "providers",
    "median return",
    "p5",
    "p95",
    "losing money",
    "payback, y",
    "utilisation",
    "fees",
    "rewards",
    "running costs",
    "depreciation",
    "slashed",
    "net",
];

/// By class of provider.
pub fn by_class(review: &Review) -> Table {
    let groups = CLASSES.iter().copied().chain(["all"]);
    table(
        review,
        "Honest providers by class. Returns per year on hardware and bond, before tax; payback is the median; from fees to net in USD per GPU-day in business",
        groups,
        |row, class| is_honest(row) && (class == "all" || row.class == class),
    )
}

/// By GPU kind.
pub fn by_kind(review: &Review) -> Table {
    table(
        review,
        "Honest providers by GPU kind, in the same units",
        review.kinds().into_iter(),
        |row, kind| is_honest(row) && row.kind == kind,
    )
}

/// By region.
pub fn by_region(review: &Review) -> Table {
    let regions = distinct(review.run.providers.iter().map(|row| row.region));
    table(
        review,
        "Honest providers by region, in the same units",
        regions.into_iter(),
        |row, region| is_honest(row) && row.region == region,
    )
}

/// By behaviour, which the simulator knows and the network does not.
pub fn by_behaviour(review: &Review) -> Table {
    let behaviours = distinct(review.run.providers.iter().map(|row| row.behaviour));
    table(
        review,
        "By behaviour, in the same units. The simulator knows it; the network does not",
        behaviours.into_iter(),
        |row, behaviour| row.behaviour == behaviour,
    )
}

fn is_honest(row: &ProviderRow) -> bool {
    row.behaviour == HONEST
}

fn table<'n>(
    review: &Review,
    caption: &'static str,
    names: impl Iterator<Item = &'n str>,
    belongs: impl Fn(&ProviderRow, &str) -> bool,
) -> Table {
    let group = |name: &str| {
        let rows: Vec<&ProviderRow> = review
            .run
            .providers
            .iter()
            .filter(|row| belongs(row, name))
            .collect();
        (!rows.is_empty()).then(|| cells(review, name, &rows))
    };
    Table {
        caption,
        columns: COLUMNS.to_vec(),
        rows: names.filter_map(group).collect(),
    }
}

fn cells(review: &Review, name: &str, rows: &[&ProviderRow]) -> Vec<Cell> {
    let returns = stats::sorted(rows.iter().filter_map(|row| row.return_per_year));
    let paybacks = stats::sorted(rows.iter().filter_map(|row| row.payback_years));
    let sum = |value: fn(&ProviderRow) -> f64| rows.iter().map(|row| value(row)).sum::<f64>();
    let gpu_days: f64 = rows.iter().map(|row| review.gpu_days(row)).sum();
    let up_hours: f64 = rows
        .iter()
        .map(|row| review.gpu_days(row) * 24.0 * row.availability)
        .sum();
    let daily = |value: fn(&ProviderRow) -> f64| Cell::fixed(sum(value) / gpu_days, 2);
    vec![
        Cell::text(name),
        Cell::count(rows.len()),
        Cell::percent(stats::quantile(&returns, 0.5)),
        Cell::percent(stats::quantile(&returns, 0.05)),
        Cell::percent(stats::quantile(&returns, 0.95)),
        Cell::percent(stats::share_negative(&returns)),
        Cell::fixed(stats::quantile(&paybacks, 0.5), 1),
        Cell::percent(sum(|row| row.held_gpu_h) / up_hours),
        daily(|row| row.revenue_usd),
        daily(|row| row.rewards_usd),
        daily(|row| row.power_usd + row.other_usd),
        daily(|row| row.depreciation_usd),
        daily(|row| row.slashed_usd),
        daily(|row| row.net_usd),
    ]
}
