//! Step 4, Split: divides the budget among the reward categories. Every share rounds down; the treasury has the
//! remainder, and the share of every category that has no participants.

use units::{Amount, Ratio};

use super::Close;
use crate::params::SplitParams;
use crate::state::Protocol;
use crate::summary::Category;

pub(super) fn split(protocol: &mut Protocol, close: &mut Close) {
    // The categories of which nobody keeps weights or points have no participants yet.
    let works = protocol.kinds.iter().any(|kind| kind.total_weight > 0);
    let has_participants = |category| match category {
        Category::Performance => works,
        _ => protocol.contributions.has_points(category),
    };
    close.split = compute_split(
        &protocol.params.split,
        close.summary.budget,
        has_participants,
    );
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
    fn a_category_with_participants_has_its_share() {
        let parts = compute_split(&SplitParams::default(), Amount::new(10_000), |_| true);
        let expected = [6_000, 1_000, 1_200, 400, 400, 300, 300, 200, 200].map(Amount::new);
        assert_eq!(parts, expected);
    }
}
