//! Contributions, proposals, votes and halts.

use stakesim_protocol::*;
use units::Ratio;

use super::super::number::ONE;
use super::super::state::Oracle;
use super::super::things::{Proposal, Stage};
use super::Generator;

/// A grant that could be paid if grants did not wait: rare, and so asked for whenever there is one.
fn paused_grant(oracle: &Oracle) -> Option<ProposalId> {
    let waits = |proposal: &Proposal| {
        let is_due = matches!(proposal.stage, Stage::Passed { from, .. } if from <= oracle.epoch);
        is_due && matches!(proposal.action, Action::Grant { .. })
    };
    let place = oracle.proposals.iter().position(waits);
    let place = place.filter(|_| oracle.guards.pauses_grants);
    place.map(|place| ProposalId(place as u32))
}

impl Generator {
    /// Contributions, votes and halts.
    pub fn give(&mut self, oracle: &Oracle) -> Operation {
        let person = self.person();
        let free = oracle.to_bond(person.0);
        let count = oracle.contributors.len();
        let vouched = oracle
            .contributors
            .get(person.0 as usize % count)
            .map_or(0, |c| c.vouched);
        let each = oracle
            .params
            .contribution
            .bond_per_point
            .base_units()
            .max(1);
        match self.random.below(30) {
            0..=4 => {
                let most = u64::try_from(vouched / each)
                    .unwrap_or(u64::MAX)
                    .min(1 << 40);
                Operation::RecordContribution {
                    by: person,
                    kind: self.random.one_of(&[
                        ContributionKind::Data,
                        ContributionKind::ModelTraining,
                        ContributionKind::ModelPublication,
                        ContributionKind::Governance,
                        ContributionKind::ContractDevelopment,
                    ]),
                    utility: self.random.below(most + 10),
                    quality: self.random.ratio(0, 1_030),
                }
            }
            5..=6 => Operation::Vouch {
                participant: person,
                amount: self.amount(free / 16),
            },
            7 => Operation::Unvouch {
                participant: person,
                amount: self.amount(vouched),
            },
            8..=9 => Operation::ClaimContribution {
                participant: person,
            },
            10 if self.random.once_in(2) => Operation::ForfeitContribution {
                participant: person,
                share: match self.random.below(6) {
                    0 => Ratio::ONE,
                    _ => self
                        .random
                        .ratio(0, 300)
                        .max(Ratio::from_parts(self.random.below(1_030_000_000_000) / 4)),
                },
            },
            10 => Operation::ForfeitContribution {
                participant: person,
                share: self.random.ratio(990, 1_010),
            },
            _ => self.govern(oracle, person),
        }
    }

    /// Proposals, votes and halts.
    fn govern(&mut self, oracle: &Oracle, person: ParticipantId) -> Operation {
        match self.random.below(19) {
            0 if self.random.once_in(2) => Operation::HaltTrading,
            0..=1 => Operation::ResumeTrading,
            2..=5 => Operation::Propose {
                by: person,
                action: self.action(oracle),
            },
            6..=11 => Operation::Vote {
                voter: person,
                proposal: self.proposal(oracle, ProposalStatus::Voting),
                choice: self.random.one_of(&[
                    Choice::Yes,
                    Choice::Yes,
                    Choice::Yes,
                    Choice::No,
                    Choice::Abstain,
                    Choice::Veto,
                ]),
            },
            _ => {
                let proposal = self.proposal(oracle, ProposalStatus::Passed);
                let proposal = paused_grant(oracle).unwrap_or(proposal);
                Operation::Execute { proposal }
            }
        }
    }

    pub fn proposal(&mut self, oracle: &Oracle, status: ProposalStatus) -> ProposalId {
        let count = oracle.proposals.len() as u64;
        let of_status: Vec<usize> = (0..oracle.proposals.len())
            .filter(|id| oracle.proposals[*id].status() == Some(status))
            .collect();
        if of_status.is_empty() || self.random.once_in(6) {
            let back = self.random.below(count.min(6) + 1);
            return ProposalId((count - back) as u32);
        }
        ProposalId(self.random.one_of(&of_status) as u32)
    }

    pub fn action(&mut self, oracle: &Oracle) -> Action {
        let treasury = oracle.balance(Account::Treasury);
        match self.random.below(8) {
            0 => Action::Text,
            1..=5 => Action::Grant {
                to: self.person(),
                amount: self.amount(treasury / 4),
            },
            _ => {
                let parameter = self.random.one_of(&LiveParameter::ALL);
                let value = self.value(oracle, parameter);
                Action::Set { parameter, value }
            }
        }
    }

    /// Near what is legal, so that most changes are.
    pub fn value(&mut self, oracle: &Oracle, parameter: LiveParameter) -> u128 {
        let unit = 10u128.pow(u32::from(oracle.params.supply.decimals));
        let random = &mut self.random;
        if random.once_in(20) {
            return u128::from(random.next()) << random.below(64);
        }
        let mut share = |most: u64| u128::from(random.ratio(0, most).parts());
        match parameter {
            LiveParameter::EmissionPerEpoch => share(1_000) * 50_000 * unit / ONE,
            LiveParameter::SlashHoldEpochs => u128::from(random.below(5)),
            LiveParameter::UnbondingEpochs => u128::from(random.below(7)),
            LiveParameter::PenaltySlash => share(20),
            LiveParameter::SevereSlash => share(60),
            LiveParameter::MaliciousSlash | LiveParameter::PriceBand => share(400),
            LiveParameter::EmissionDecay => share(5),
            LiveParameter::ProductCap => share(3_000),
            LiveParameter::BurnFee | LiveParameter::PriceStepMax => share(300),
            _ => share(1_000),
        }
    }
}
