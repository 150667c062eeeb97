//! What participants give besides bonded capacity, and what they earn for it: points, vouching bonds and held-back
//! rewards. It holds the parts; the money itself lies in ledger accounts.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::hold_back::Schedule;
use crate::ids::ParticipantId;
use crate::params::{ContributionParams, Vesting};
use crate::state::Protocol;
use crate::summary::Category;

/// What was contributed. Compute and storage are not here: they earn by bonded weight, not by report.
///
/// Two contributors of contract code share an engagement budget of 2 % of 5 003 = 100 base units by 1 and 2 points:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Ratio};
///
/// let (why, amount) = (Cause(0), Amount::new);
/// let mut params = Params::default();
/// params.emission = EmissionParams { rule: EmissionRule::Fixed, per_epoch: amount(5_003), ..params.emission };
/// params.scaling.staked.gain = Ratio::ZERO;
/// let mut protocol = Protocol::new(params, &[], 1)?;
/// let (first, second) = (protocol.open_participant(), protocol.open_participant());
/// // Half the quality of 3 is 1.5: one point.
/// for (by, utility, percent) in [(first, 3, 50), (second, 2, 100)] {
///     let (kind, quality) = (ContributionKind::ContractDevelopment, Ratio::from_percent(percent));
///     protocol.apply(Tick(0), why, Operation::RecordContribution { by, kind, utility, quality })?;
/// }
/// let summary = protocol.end_epoch(Tick(1), why)?;
/// // 100/3 = 33.3 and 200/3 = 66.7: 33 and 66 are minted, and 1 never is. The treasury has the other 4 903.
/// assert_eq!(summary.by_category[Category::Engagement as usize], amount(99));
/// assert_eq!(summary.minted, amount(4_903 + 99));
/// // A fifth is held back: 6.6 and 13.2, rounded down; the remainder is paid at once.
/// assert_eq!((protocol.claimable_contribution(first), protocol.held_back(first)), (amount(27), amount(6)));
/// assert_eq!((protocol.claimable_contribution(second), protocol.held_back(second)), (amount(53), amount(13)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContributionKind {
    /// Data for training or evaluation. Needs a vouching bond.
    Data,
    /// Training of a model. Needs a vouching bond.
    ModelTraining,
    /// A published model. Needs a vouching bond.
    ModelPublication,
    /// Votes and other work of governance.
    Governance,
    /// Code of the network's contracts.
    ContractDevelopment,
}

impl ContributionKind {
    /// Every kind, in index order.
    pub const ALL: [ContributionKind; 5] = [
        ContributionKind::Data,
        ContributionKind::ModelTraining,
        ContributionKind::ModelPublication,
        ContributionKind::Governance,
        ContributionKind::ContractDevelopment,
    ];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ContributionKind::Data => "data",
            ContributionKind::ModelTraining => "model_training",
            ContributionKind::ModelPublication => "model_publication",
            ContributionKind::Governance => "governance",
            ContributionKind::ContractDevelopment => "contract_development",
        }
    }

    /// The category whose budget rewards it.
    #[must_use]
    pub const fn category(self) -> Category {
        match self {
            ContributionKind::Data => Category::Data,
            ContributionKind::ModelTraining | ContributionKind::ModelPublication => Category::Model,
            ContributionKind::Governance | ContributionKind::ContractDevelopment => {
                Category::Engagement
            }
        }
    }

    /// Whether it has to be vouched for.
    #[must_use]
    pub const fn is_vouched(self) -> bool {
        !matches!(self.category(), Category::Engagement)
    }
}

/// Vouching bond on its way out. Until it is due a forfeiture reaches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Leaving {
    pub(crate) due_epoch: u32,
    pub(crate) amount: Amount,
}

/// One participant's bond and rewards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contributor {
    /// What vouches; what is leaving does not.
    pub(crate) vouched: Amount,
    /// Oldest first.
    pub(crate) leaving: Vec<Leaving>,
    pub(crate) claimable: Amount,
    /// By start.
    pub(crate) schedules: Vec<Schedule>,
}

impl Contributor {
    /// Moves what has vested to what is claimable. Both lie in the reward pool.
    pub(crate) fn settle(&mut self, params: &ContributionParams, epoch: u32) {
        for schedule in &mut self.schedules {
            let pay = schedule.payable(params, epoch);
            schedule.released += pay;
            self.claimable += pay;
        }
        self.schedules.retain(|schedule| !schedule.held().is_zero());
    }

    /// Adds a reward of an epoch. The part held back joins the schedule of its epochs; the rest, with the remainder of
    /// the division, is claimable at once.
    pub(crate) fn reward(&mut self, params: &ContributionParams, epoch: u32, amount: Amount) {
        self.settle(params, epoch);
        let held = match params.vesting {
            Vesting::None => Amount::ZERO,
            Vesting::LinearWithCliff => params.hold_back.mul_floor(amount),
        };
        self.claimable += amount - held;
        if held.is_zero() {
            return;
        }
        let width = params.schedule_epochs;
        let start = epoch.div_ceil(width).saturating_mul(width);
        match self.schedules.last_mut() {
            Some(last) if last.start == start => last.total += held,
            _ => self.schedules.push(Schedule {
                start,
                total: held,
                forfeited: Amount::ZERO,
                released: Amount::ZERO,
            }),
        }
    }

    pub(crate) fn held_back(&self) -> Amount {
        self.schedules.iter().map(Schedule::held).sum()
    }

    pub(crate) fn is_leaving(&self) -> Amount {
        self.leaving.iter().map(|entry| entry.amount).sum()
    }

    fn is_empty(&self) -> bool {
        self.vouched.is_zero()
            && self.leaving.is_empty()
            && self.claimable.is_zero()
            && self.schedules.is_empty()
    }
}

/// The categories that contributions are rewarded in, in index order.
pub(crate) const CATEGORIES: [Category; 3] =
    [Category::Model, Category::Data, Category::Engagement];

/// Everybody's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contributions {
    /// Points of the open epoch, in the order of [`CATEGORIES`]. An entry is above zero.
    pub(crate) points: [BTreeMap<ParticipantId, u128>; CATEGORIES.len()],
    pub(crate) contributors: BTreeMap<ParticipantId, Contributor>,
    /// Participants with bond due to leave at the close of an epoch.
    pub(crate) dues: BTreeMap<u32, Vec<ParticipantId>>,
}

impl Contributions {
    fn place(category: Category) -> Option<usize> {
        CATEGORIES.iter().position(|other| *other == category)
    }

    /// Whether anybody has points in a category.
    pub(crate) fn has_points(&self, category: Category) -> bool {
        Contributions::place(category).is_some_and(|place| !self.points[place].is_empty())
    }

    pub(crate) fn points_of(&self, category: Category, id: ParticipantId) -> u128 {
        let place = Contributions::place(category);
        place
            .and_then(|place| self.points[place].get(&id))
            .copied()
            .unwrap_or(0)
    }

    pub(crate) fn add_points(&mut self, kind: ContributionKind, id: ParticipantId, points: u64) {
        let place = Contributions::place(kind.category());
        if let (Some(place), true) = (place, points > 0) {
            let sum = self.points[place].entry(id).or_default();
            *sum = sum.saturating_add(u128::from(points));
        }
    }

    /// Hands out a category's points and begins the next epoch's.
    pub(crate) fn take_points(&mut self, category: Category) -> BTreeMap<ParticipantId, u128> {
        match Contributions::place(category) {
            Some(place) => core::mem::take(&mut self.points[place]),
            None => BTreeMap::new(),
        }
    }

    /// Whether a bond covers the points of the open epoch that need one, and `more` of them.
    pub(crate) fn is_covered(
        &self,
        id: ParticipantId,
        more: u64,
        bond: Amount,
        bond_per_point: Amount,
    ) -> bool {
        let points = self
            .points_of(Category::Data, id)
            .saturating_add(self.points_of(Category::Model, id))
            .saturating_add(u128::from(more));
        // More than can be counted is more than anybody can bond.
        points
            .checked_mul(bond_per_point.base_units())
            .is_some_and(|needed| needed <= bond.base_units())
    }

    /// What vouches for a participant.
    pub(crate) fn vouched(&self, id: ParticipantId) -> Amount {
        self.contributors
            .get(&id)
            .map(|it| it.vouched)
            .unwrap_or_default()
    }

    /// Forgets a contributor with nothing left.
    pub(crate) fn drop_empty(&mut self, id: ParticipantId) {
        if self
            .contributors
            .get(&id)
            .is_some_and(Contributor::is_empty)
        {
            self.contributors.remove(&id);
        }
    }

    /// All that the reward pool owes to contributors.
    pub(crate) fn promised(&self) -> Amount {
        let each = self.contributors.values();
        each.map(|it| it.claimable + it.held_back()).sum()
    }
}

impl Protocol {
    /// A participant's points of the open epoch in a category.
    #[must_use]
    pub fn contribution_points(&self, category: Category, participant: ParticipantId) -> u128 {
        self.contributions.points_of(category, participant)
    }

    /// What vouches for a participant's contributions, without what is leaving.
    #[must_use]
    pub fn vouched(&self, participant: ParticipantId) -> Amount {
        self.contributions.vouched(participant)
    }

    /// What a claim would pay a contributor now.
    #[must_use]
    pub fn claimable_contribution(&self, participant: ParticipantId) -> Amount {
        let Some(contributor) = self.contributions.contributors.get(&participant) else {
            return Amount::ZERO;
        };
        let params = &self.params.contribution;
        let vested = contributor.schedules.iter();
        let vested: Amount = vested.map(|it| it.payable(params, self.epoch)).sum();
        contributor.claimable + vested
    }

    /// What is held back from a contributor and has not vested.
    #[must_use]
    pub fn held_back(&self, participant: ParticipantId) -> Amount {
        let Some(contributor) = self.contributions.contributors.get(&participant) else {
            return Amount::ZERO;
        };
        let params = &self.params.contribution;
        let held = contributor.schedules.iter();
        held.map(|it| it.held() - it.payable(params, self.epoch))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use units::Ratio;

    use super::*;

    fn params() -> ContributionParams {
        ContributionParams {
            hold_back: Ratio::from_percent(50),
            hold_back_epochs: 4,
            cliff_epochs: 2,
            schedule_epochs: 3,
            ..ContributionParams::default()
        }
    }

    #[test]
    fn a_schedule_holds_the_epochs_that_round_up_to_its_start() {
        let mut contributor = Contributor::default();
        for epoch in 0..=4 {
            contributor.reward(&params(), epoch, Amount::new(10));
        }
        let starts: Vec<(u32, u128)> = contributor
            .schedules
            .iter()
            .map(|it| (it.start, it.total.base_units()))
            .collect();
        assert_eq!(starts, [(0, 5), (3, 15), (6, 5)]);
    }

    #[test]
    fn open_schedules_stay_within_their_bound_however_often_somebody_is_rewarded() {
        let mut contributor = Contributor::default();
        let params = params();
        for epoch in 0..100 {
            contributor.reward(&params, epoch, Amount::new(10));
            assert!(contributor.schedules.len() <= 6 / 3 + 2);
        }
    }

    #[test]
    fn the_last_epoch_there_is_overflows_nothing() {
        let mut contributor = Contributor::default();
        contributor.reward(&params(), u32::MAX, Amount::new(10));
        contributor.settle(&params(), u32::MAX);
        assert_eq!(contributor.held_back(), Amount::new(5));
    }
}
