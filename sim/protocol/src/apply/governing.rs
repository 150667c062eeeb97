//! Proposals are made, voted on and executed. A parameter that was executed comes into force at the close.

use alloc::collections::BTreeMap;

use units::Amount;

use super::{require_range, require_some};
use crate::account::Account;
use crate::error::Error;
use crate::event::ProtocolEvent;
use crate::governance::{Action, Ballot, Choice, LiveChange, Proposal, ProposalStatus, Stage};
use crate::ids::{Cause, ParticipantId, ProposalId};
use crate::operation::Outcome;
use crate::reason::Reason;
use crate::state::Protocol;

impl Protocol {
    pub(super) fn propose(
        &mut self,
        cause: Cause,
        by: ParticipantId,
        action: Action,
    ) -> Result<Outcome, Error> {
        if !self.knows(by) {
            return Err(Error::UnknownParticipant);
        }
        self.check_action(action)?;
        let rules = &self.params.governance;
        let deposit = rules.deposit;
        let due_epoch = self.epoch.saturating_add(rules.voting_epochs);
        let is_full = self.governance.proposals.len() >= rules.open_max as usize;
        // Ids are never used again, so that the last one ends governance.
        let next = self.governance.next.checked_add(1);
        let (false, Some(next)) = (is_full, next) else {
            return Err(Error::TooManyProposals);
        };
        self.require_balance(Account::Liquid(by), deposit)?;
        let proposal = ProposalId(self.governance.next);
        self.governance.next = next;
        let (from, to) = (Account::Liquid(by), Account::ProposalDeposit);
        self.post(from, to, deposit, Reason::ProposalDeposit, cause);
        let opened = Proposal {
            by,
            action,
            snapshot: self.epoch,
            stage: Stage::Voting {
                due_epoch,
                deposit,
                ballots: BTreeMap::new(),
            },
            cause,
        };
        self.governance.proposals.insert(proposal, opened);
        self.events.push(ProtocolEvent::Proposed { proposal, by });
        Ok(Outcome::Proposed(proposal))
    }

    /// That an action could be done in some state.
    fn check_action(&self, action: Action) -> Result<(), Error> {
        match action {
            Action::Set { parameter, value } => require_range(parameter.accepts(value)),
            Action::Grant { to, .. } if !self.knows(to) => Err(Error::UnknownParticipant),
            Action::Grant { amount, .. } => require_some(amount),
            Action::Text => Ok(()),
        }
    }

    pub(super) fn vote(
        &mut self,
        voter: ParticipantId,
        id: ProposalId,
        choice: Choice,
    ) -> Result<Outcome, Error> {
        if !self.knows(voter) {
            return Err(Error::UnknownParticipant);
        }
        let open = self.governance.proposals.get(&id);
        let stake = self.user_stake_at(voter, open.ok_or(Error::UnknownProposal)?.snapshot);
        let open = self.governance.proposals.get_mut(&id);
        let Stage::Voting { ballots, .. } = &mut open.ok_or(Error::UnknownProposal)?.stage else {
            return Err(Error::NotVoting);
        };
        if stake.is_zero() {
            return Err(Error::NoVotingPower);
        }
        ballots.insert(voter, Ballot { choice, stake });
        Ok(Outcome::Done)
    }

    pub(super) fn execute(&mut self, cause: Cause, id: ProposalId) -> Result<Outcome, Error> {
        let open = self.governance.proposals.get(&id);
        let open = open.ok_or(Error::UnknownProposal)?;
        let Stage::Passed { from, .. } = open.stage else {
            return Err(Error::NotPassed);
        };
        if self.epoch < from {
            return Err(Error::TimeLocked { until_epoch: from });
        }
        match open.action {
            Action::Set { parameter, value } => {
                let change = LiveChange { parameter, value };
                self.governance.changes.push((id, change));
            }
            Action::Grant { to, amount } => self.grant(cause, to, amount)?,
            Action::Text => {}
        }
        self.governance.proposals.remove(&id);
        self.events.push(ProtocolEvent::ProposalClosed {
            proposal: id,
            status: ProposalStatus::Executed,
        });
        Ok(Outcome::Done)
    }

    fn grant(&mut self, cause: Cause, to: ParticipantId, amount: Amount) -> Result<(), Error> {
        if self.guards.are_grants_paused {
            return Err(Error::GrantsPaused);
        }
        self.require_balance(Account::Treasury, amount)?;
        let (from, to) = (Account::Treasury, Account::Liquid(to));
        self.post(from, to, amount, Reason::Grant, cause);
        Ok(())
    }
}
