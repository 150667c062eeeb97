//! Contributors of data and models: they vouch, contribute every epoch, claim what is not held back, and some are found out.

use protocol::{Category, ContributionKind, EpochSummary, Operation, Outcome, ParticipantId};
use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::actors::contributor::quality;
use crate::number::{base, ratio};
use crate::owners::CLAIM_EVERY;
use crate::purpose;
use crate::rows::ContributionRow;
use crate::state::scaled;
use crate::world::World;

/// What is contributed, in the order of the rows.
const KINDS: [(&str, Category); 3] = [
    ("data", Category::Data),
    ("model", Category::Model),
    ("governance", Category::Engagement),
];

const GOVERNANCE: usize = 2;

/// One contributor.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Contributor {
    who: ParticipantId,
    is_model: bool,
    is_bad: bool,
    /// Was found out, or never could vouch.
    is_out: bool,
}

/// What one kind of contribution came to in the running epoch.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Contributed {
    contributors: u32,
    points: u64,
    claimed: Amount,
    forfeited: Amount,
}

impl World<'_> {
    /// Contributors buy and lock what vouches for an epoch's points at full quality.
    pub(crate) fn found_contributors(&mut self) {
        let config = &self.inputs.config;
        let of = &config.contributors;
        let per_point = config.protocol.contribution.bond_per_point.base_units();
        let bond = Amount::new(per_point * u128::from(of.points));
        for index in 0..scaled(config, u128::from(of.count)) as u32 {
            let who = self.state.rules.open_participant();
            let share = |ordinal| self.setup.draws.unit(purpose::CONTRIBUTOR, index, ordinal);
            let (is_model, is_bad) = (share(0) < ratio(of.models), share(1) < ratio(of.bad));
            let is_covered = bond.is_zero() || self.fund(who, bond);
            if is_covered && !bond.is_zero() {
                self.must(Operation::Vouch {
                    participant: who,
                    amount: bond,
                });
            }
            self.state.society.contributors.push(Contributor {
                who,
                is_model,
                is_bad,
                is_out: !is_covered,
            });
        }
    }

    /// The contributions of the epoch that closes.
    pub(crate) fn contribute(&mut self) {
        let of = &self.inputs.config.contributors;
        let (least, utility) = (ratio(of.quality_min), u64::from(of.points));
        let epoch = u64::from(self.state.epoch);
        self.state.society.contributed = Default::default();
        for index in 0..self.state.society.contributors.len() {
            let one = self.state.society.contributors[index];
            if one.is_out {
                continue;
            }
            let draw = self.setup.draws.unit(purpose::QUALITY, index as u32, epoch);
            // A model is trained in one epoch and published in the next.
            let kind = match (one.is_model, epoch % 2) {
                (false, _) => ContributionKind::Data,
                (true, 0) => ContributionKind::ModelTraining,
                (true, _) => ContributionKind::ModelPublication,
            };
            let Outcome::Contributed { points } = self.must(Operation::RecordContribution {
                by: one.who,
                kind,
                utility,
                quality: quality(least, draw),
            }) else {
                unreachable!("a contribution is recorded")
            };
            let sum = &mut self.state.society.contributed[usize::from(one.is_model)];
            sum.contributors += 1;
            sum.points += points;
        }
        self.count_votes();
    }

    /// Points of those who voted.
    fn count_votes(&mut self) {
        let rules = &self.state.rules;
        let points = |who: &ParticipantId| rules.contribution_points(Category::Engagement, *who);
        let points: Vec<u128> = self.state.society.voters.iter().map(points).collect();
        let sum = &mut self.state.society.contributed[GOVERNANCE];
        sum.contributors = points.iter().filter(|points| **points > 0).count() as u32;
        sum.points = points.iter().sum::<u128>() as u64;
    }

    /// Some bad contributors are found out; the others claim when it is their turn. Then the rows.
    pub(crate) fn reward_contributors(&mut self, summary: &EpochSummary) {
        let found_out = ratio(self.inputs.config.contributors.found_out);
        let epoch = self.state.epoch;
        for index in 0..self.state.society.contributors.len() {
            let one = self.state.society.contributors[index];
            let draw = self
                .setup
                .draws
                .unit(purpose::FOUND_OUT, index as u32, u64::from(epoch));
            if one.is_bad && !one.is_out && draw < found_out {
                self.expel(index);
            }
            if epoch % CLAIM_EVERY == index as u32 % CLAIM_EVERY {
                self.claim_contribution(one.who, usize::from(one.is_model));
            }
        }
        for index in 0..self.state.society.voters.len() {
            if epoch % CLAIM_EVERY == index as u32 % CLAIM_EVERY {
                self.claim_contribution(self.state.society.voters[index], GOVERNANCE);
            }
        }
        self.contribution_rows(summary);
    }

    fn expel(&mut self, index: usize) {
        let one = &mut self.state.society.contributors[index];
        one.is_out = true;
        let (participant, kind) = (one.who, usize::from(one.is_model));
        let Outcome::Forfeited { held_back, vouched } = self.must(Operation::ForfeitContribution {
            participant,
            share: Ratio::ONE,
        }) else {
            unreachable!("a forfeiture forfeits")
        };
        let vouched_worth = self.state.rules.worth_in_tokens(vouched);
        self.state.society.contributed[kind].forfeited += held_back + vouched_worth;
    }

    /// Pays out what is due, and sells the share that providers sell of theirs.
    fn claim_contribution(&mut self, participant: ParticipantId, kind: usize) {
        if self
            .state
            .rules
            .claimable_contribution(participant)
            .is_zero()
        {
            return;
        }
        let Outcome::Claimed(amount) = self.must(Operation::ClaimContribution { participant })
        else {
            unreachable!("claiming claims")
        };
        self.state.society.contributed[kind].claimed += amount;
        self.sell(
            participant,
            self.inputs.config.market.sell_rewards.mul_floor(amount),
        );
    }

    fn contribution_rows(&mut self, summary: &EpochSummary) {
        let society = &self.state.society;
        let are_there = [
            !society.contributors.is_empty(),
            !society.contributors.is_empty(),
            !society.voters.is_empty(),
        ];
        for (place, (kind, category)) in KINDS.into_iter().enumerate() {
            let of = society.contributed[place];
            if are_there[place] {
                self.contribution_rows.push(ContributionRow {
                    epoch: self.state.epoch,
                    kind,
                    contributors: of.contributors,
                    points: of.points,
                    minted_base_units: match place {
                        GOVERNANCE if of.points == 0 => 0,
                        _ => base(summary.by_category[category as usize]),
                    },
                    claimed_base_units: base(of.claimed),
                    forfeited_base_units: base(of.forfeited),
                });
            }
        }
    }
}
