//! Step 4, Split: divides the budget among the reward categories. Every share rounds down; the treasury has the
//! remainder, and the share of every category that has no participants.

use units::{Amount, Ratio};

use super::Close;
use crate::params::SplitParams;
use crate::pools::BonusPool;
use crate::state::Protocol;
use crate::summary::Category;

pub(super) fn split(protocol: &mut Protocol, close: &mut Close) {
    let has_participants = |category| {
        has_bonded(protocol, category)
            || has_contributors(protocol, category)
            || BonusPool::of(category)
                .is_some_and(|pool| protocol.pools[pool as usize].total_weight > 0)
    };
    close.split = compute_split(
        &protocol.params.split,
        close.summary.budget,
        has_participants,
    );
}

/// Whether bonded weight earns from a category.
fn has_bonded(protocol: &Protocol, category: Category) -> bool {
    let mut kinds = protocol.kinds.iter();
    kinds.any(|kind| kind.role.category() == category && kind.total_weight > 0)
}

/// Whether contributions earn from a category at this close.
fn has_contributors(protocol: &Protocol, category: Category) -> bool {
    protocol.contributions.has_points(category)
}

/// What of a category's budget goes to bonded weight, and what to contributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) bonded: Amount,
    /// The contribution part.
    pub(super) contributed: Amount,
}

/// Divides the budget of a category between its two sides.
pub(super) fn compute_category_sides(
    protocol: &Protocol,
    category: Category,
    budget: Amount,
) -> Sides {
    compute_sides(
        protocol.params.engagement.operator_share,
        budget,
        has_bonded(protocol, category),
        has_contributors(protocol, category),
    )
}

/// A side without participants leaves everything to the other; between two, the operators' share rounds down and the rest is
/// the contributors'. Engagement is the only category with both sides.
fn compute_sides(
    operator_share: Ratio,
    budget: Amount,
    has_bonded: bool,
    has_contributors: bool,
) -> Sides {
    let bonded = match (has_bonded, has_contributors) {
        (false, _) => Amount::ZERO,
        (true, false) => budget,
        (true, true) => operator_share.mul_floor(budget),
    };
    Sides {
        bonded,
        contributed: if has_contributors {
            budget - bonded
        } else {
            Amount::ZERO
        },
    }
}

fn share(split: &SplitParams, category: Category) -> Ratio {
    match category {
        Category::Performance => split.performance,
        Category::Commitment => split.commitment,
        Category::Treasury => split.treasury,
        Category::Growth => split.growth,
        Category::Model => split.model,
        Category::Storage => split.storage,
        Category::Data => split.data,
        Category::Innovation => split.innovation,
        Category::Engagement => split.engagement,
    }
}

fn compute_split(
    split: &SplitParams,
    budget: Amount,
    has_participants: impl Fn(Category) -> bool,
) -> [Amount; Category::COUNT] {
    let mut parts = Category::ALL.map(|category| {
        if has_participants(category) {
            share(split, category).mul_floor(budget)
        } else {
            Amount::ZERO
        }
    });
    let given: Amount = parts.iter().copied().sum();
    parts[Category::Treasury as usize] += budget - given;
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_earn_and_every_remainder_is_the_treasury_s() {
        // 60 % of 1001 is 600.6.
        let parts = compute_split(&SplitParams::default(), Amount::new(1_001), |it| {
            it == Category::Performance
        });
        assert_eq!(parts[Category::Performance as usize], Amount::new(600));
        assert_eq!(parts[Category::Treasury as usize], Amount::new(401));
        assert_eq!(parts.into_iter().sum::<Amount>(), Amount::new(1_001));
    }

    #[test]
    fn a_side_without_participants_leaves_its_part_to_the_other() {
        let sides = |has_bonded, has_contributors| {
            let half = Ratio::from_percent(50);
            let sides = compute_sides(half, Amount::new(1_001), has_bonded, has_contributors);
            (sides.bonded.base_units(), sides.contributed.base_units())
        };
        assert_eq!(sides(true, true), (500, 501));
        assert_eq!(sides(true, false), (1_001, 0));
        assert_eq!(sides(false, true), (0, 1_001));
        assert_eq!(sides(false, false), (0, 0));
    }

    #[test]
    fn a_category_with_participants_has_its_share() {
        let parts = compute_split(&SplitParams::default(), Amount::new(10_000), |_| true);
        let expected = [6_000, 1_000, 1_200, 400, 400, 300, 300, 200, 200].map(Amount::new);
        assert_eq!(parts, expected);
    }
}
