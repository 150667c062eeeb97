//! What verifiers, operators and providers of storage owed, earned and lost, and their return.

use world::rows::RoleRow;

use crate::review::{HONEST, Review, distinct};
use crate::stats;
use crate::table::{Cell, Table};

/// Those of one role and behaviour.
pub struct RoleGroup<'a> {
    rows: Vec<&'a RoleRow>,
    days: f64,
}

impl<'a> RoleGroup<'a> {
    /// Every role and behaviour that somebody has, in the order of the table.
    pub fn all(review: &Review<'a>) -> Vec<Self> {
        let rows = &review.run.roles;
        let roles = distinct(rows.iter().map(|row| row.role));
        let behaviours = distinct(rows.iter().map(|row| row.behaviour));
        let pairs = roles.into_iter().flat_map(|role| {
            let behaviours = behaviours.iter();
            behaviours.map(move |behaviour| (role, *behaviour))
        });
        let groups = pairs.map(|(role, behaviour)| {
            let is_one = |row: &&RoleRow| row.role == role && row.behaviour == behaviour;
            let rows: Vec<_> = rows.iter().filter(is_one).collect();
            let days = rows.iter().map(|row| days(review, row)).sum();
            RoleGroup { rows, days }
        });
        groups.filter(|group| !group.rows.is_empty()).collect()
    }

    /// Role, and the behaviour where it is not the honest one.
    pub fn name(&self) -> String {
        let (role, behaviour) = (self.rows[0].role, self.rows[0].behaviour);
        if behaviour == HONEST {
            role.to_owned()
        } else {
            format!("{role}, {behaviour}")
        }
    }

    /// Median yearly return.
    pub fn median_return(&self) -> f64 {
        let returns = self.rows.iter().filter_map(|row| row.return_per_year);
        stats::quantile(&stats::sorted(returns), 0.5)
    }

    /// A sum a day in business.
    pub fn daily(&self, value: fn(&RoleRow) -> f64) -> f64 {
        self.rows.iter().map(|row| value(row)).sum::<f64>() / self.days
    }
}

fn days(review: &Review, row: &RoleRow) -> f64 {
    row.exited_epoch.map_or(review.days(), |at| review.day(at))
}

/// The table.
pub fn table(review: &Review) -> Table {
    Table {
        caption: "Verifiers, operators and providers of storage by role and behaviour. Returns per year on hardware and bond, before tax; asked are \
                  verdicts owed or proofs asked for; from fees to net in USD a day for each in business",
        columns: vec![
            "role",
            "providers",
            "left",
            "availability",
            "asked",
            "not given",
            "found false",
            "median return",
            "fees",
            "share of slashes",
            "rewards",
            "running costs",
            "depreciation",
            "slashed",
            "net",
        ],
        rows: RoleGroup::all(review).iter().map(cells).collect(),
    }
}

fn cells(group: &RoleGroup) -> Vec<Cell> {
    let rows = &group.rows;
    let count = |value: fn(&RoleRow) -> u64| rows.iter().map(|row| value(row)).sum::<u64>();
    let (asked, missed) = (count(|row| row.asked), count(|row| row.missed));
    let up = rows.iter().map(|row| row.availability).sum::<f64>() / rows.len() as f64;
    let daily = |value| Cell::fixed(group.daily(value), 2);
    vec![
        Cell::text(group.name()),
        Cell::count(rows.len()),
        Cell::count(rows.iter().filter(|row| row.exited_epoch.is_some()).count()),
        Cell::percent(up),
        Cell::count(asked as usize),
        Cell::percent(missed as f64 / asked as f64),
        Cell::count(count(|row| u64::from(row.false_verdicts)) as usize),
        Cell::percent(group.median_return()),
        daily(|row| row.fees_usd),
        daily(|row| row.finds_usd),
        daily(|row| row.rewards_usd),
        daily(|row| row.power_usd + row.other_usd),
        daily(|row| row.depreciation_usd),
        daily(|row| row.slashed_usd),
        daily(|row| row.net_usd),
    ]
}
