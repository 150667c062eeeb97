//! The audit of contributors, user stake and proposals: each account against the parts that are kept beside it.

use units::Amount;

use super::audit::{AuditFault, require};
use crate::account::Account;
use crate::governance::Stage;
use crate::ids::ParticipantId;
use crate::state::Protocol;

impl Protocol {
    /// Vouching accounts, and that no hold-back was released before it had vested.
    pub(super) fn audit_contributors(&self) -> Result<(), AuditFault> {
        let params = &self.params.contribution;
        for id in (0..self.participants).map(ParticipantId) {
            let contributor = self.contributions.contributors.get(&id);
            let locked = contributor.map_or(Amount::ZERO, |it| it.vouched + it.is_leaving());
            // What was due before has left: the queue forgot nobody.
            let leaving = contributor.into_iter().flat_map(|it| &it.leaving);
            let is_queued = leaving.into_iter().all(|it| it.due_epoch >= self.epoch);
            let holds = is_queued && self.in_bond_asset(Account::Vouched(id)) == locked;
            require(holds, AuditFault::Vouched(id))?;
            for schedule in contributor.into_iter().flat_map(|it| &it.schedules) {
                let gone = schedule.released + schedule.forfeited;
                let vested = schedule.vested(schedule.total, params, self.epoch);
                require(
                    gone <= schedule.total && schedule.released <= vested,
                    AuditFault::ReleasedEarly(id),
                )?;
            }
        }
        Ok(())
    }

    /// Deposits against proposals, ballots against the snapshot.
    pub(super) fn audit_governance(&self) -> Result<(), AuditFault> {
        let mut deposits = Amount::ZERO;
        for (id, proposal) in &self.governance.proposals {
            let Stage::Voting {
                deposit, ballots, ..
            } = &proposal.stage
            else {
                continue;
            };
            deposits += *deposit;
            let is_true = ballots.iter().all(|(voter, ballot)| {
                ballot.stake == self.user_stake_at(*voter, proposal.snapshot)
            });
            require(is_true, AuditFault::VotingPower(*id))?;
        }
        require(
            deposits == self.native(Account::ProposalDeposit),
            AuditFault::ProposalDeposit,
        )
    }
}

#[cfg(test)]
mod tests {
    use units::Ratio;

    use super::*;
    use crate::{
        Action, Cause, Choice, ContributionKind, Operation, Params, ProposalId, Protocol, Tick,
    };

    const ID: ParticipantId = ParticipantId(0);

    /// One participant with a vouching bond, held-back rewards, a stake and a vote.
    fn protocol() -> Protocol {
        let mut params = Params::default();
        params.contribution.bond_per_point = Amount::new(1);
        let mut protocol = Protocol::new(params, &[], 1).unwrap();
        let participant = protocol.open_participant();
        let amount = Amount::from_tokens(2_000, 9);
        for operation in [
            Operation::Genesis {
                to: Account::Liquid(participant),
                amount: Amount::from_tokens(10_000, 9),
            },
            Operation::Vouch {
                participant,
                amount,
            },
            Operation::UserStake {
                participant,
                amount,
            },
            Operation::RecordContribution {
                by: participant,
                kind: ContributionKind::Data,
                utility: 7,
                quality: Ratio::ONE,
            },
        ] {
            protocol.apply(Tick(0), Cause(0), operation).unwrap();
        }
        assert_eq!(
            protocol.end_epoch(Tick(1), Cause(0)).unwrap().audit_fault,
            None
        );
        let propose = Operation::Propose {
            by: participant,
            action: Action::Text,
        };
        protocol.apply(Tick(1), Cause(0), propose).unwrap();
        let vote = Operation::Vote {
            voter: participant,
            proposal: ProposalId(0),
            choice: Choice::Yes,
        };
        protocol.apply(Tick(1), Cause(0), vote).unwrap();
        assert_eq!(protocol.audit(), Ok(()));
        protocol
    }

    fn plant_power(protocol: &mut Protocol) {
        let proposal = protocol.governance.proposals.get_mut(&ProposalId(0));
        if let Stage::Voting { ballots, .. } = &mut proposal.unwrap().stage {
            ballots.get_mut(&ID).unwrap().stake += Amount::new(1);
        }
    }

    fn plant_deposit(protocol: &mut Protocol) {
        let proposal = protocol.governance.proposals.get_mut(&ProposalId(0));
        if let Stage::Voting { deposit, .. } = &mut proposal.unwrap().stage {
            *deposit += Amount::new(1);
        }
    }

    #[test]
    fn each_planted_fault_is_found_and_named() {
        type Plant = fn(&mut Protocol);
        fn contributor(protocol: &mut Protocol) -> &mut crate::contribution::Contributor {
            protocol.contributions.contributors.get_mut(&ID).unwrap()
        }
        let plants: [(Plant, AuditFault); 5] = [
            (
                |it| contributor(it).vouched += Amount::new(1),
                AuditFault::Vouched(ID),
            ),
            (
                |it| contributor(it).schedules[0].released = Amount::new(1),
                AuditFault::ReleasedEarly(ID),
            ),
            (
                |it| contributor(it).claimable += Amount::new(1),
                AuditFault::RewardPool,
            ),
            (plant_power, AuditFault::VotingPower(ProposalId(0))),
            (plant_deposit, AuditFault::ProposalDeposit),
        ];
        for (plant, fault) in plants {
            let mut protocol = protocol();
            plant(&mut protocol);
            assert_eq!(protocol.audit(), Err(fault));
        }
    }
}
