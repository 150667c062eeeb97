//! Proposals: a deposit, votes by the stake of when it was made, and what is done with the result.

use stakesim_protocol::{
    Account, Action, Category, Choice, Error, LiveParameter, Outcome, ParticipantId, ProposalId,
    ProposalStatus, VotingRule,
};

use super::live::{changed, most_of};
use super::number::{ONE, ceil, part, parts, root};
use super::stake::lacks;
use super::state::Oracle;
use super::things::{Proposal, Stage};

impl Oracle {
    /// A participant's user stake as an epoch began.
    pub fn stake_at(&self, person: u32, epoch: u64) -> u128 {
        match epoch {
            0 => 0,
            _ => self.stakes_at[epoch as usize - 1][person as usize],
        }
    }

    pub fn propose(&mut self, by: u32, action: Action) -> Result<Outcome, Error> {
        match action {
            Action::Text => {}
            Action::Grant { to, .. } if to.0 >= self.people => {
                return Err(Error::UnknownParticipant);
            }
            Action::Grant { amount, .. } if amount.is_zero() => return Err(Error::ZeroAmount),
            Action::Grant { .. } => {}
            Action::Set { parameter, value } => {
                if value > most_of(parameter) {
                    return Err(Error::OutOfRange);
                }
            }
        }
        let open = self
            .proposals
            .iter()
            .filter(|proposal| proposal.status().is_some());
        if open.count() >= self.params.governance.open_max as usize {
            return Err(Error::TooManyProposals);
        }
        let deposit = self.params.governance.deposit.base_units();
        let liquid = Oracle::liquid(by);
        if self.balance(liquid) < deposit {
            return Err(lacks(self.balance(liquid)));
        }
        self.post(
            liquid,
            Account::ProposalDeposit,
            deposit,
            "proposal_deposit",
        );
        let id = ProposalId(self.proposals.len() as u32);
        self.proposals.push(Proposal {
            by,
            action,
            deposit,
            snapshot: self.epoch,
            due: self.epoch + u64::from(self.params.governance.voting_epochs),
            ballots: Default::default(),
            stage: Stage::Voting,
        });
        Ok(Outcome::Proposed(id))
    }

    fn open_proposal(&self, id: ProposalId) -> Result<usize, Error> {
        let place = id.0 as usize;
        let proposal = self.proposals.get(place).ok_or(Error::UnknownProposal)?;
        proposal
            .status()
            .map(|_| place)
            .ok_or(Error::UnknownProposal)
    }

    pub fn vote(&mut self, voter: u32, id: ProposalId, choice: Choice) -> Result<Outcome, Error> {
        let place = self.open_proposal(id)?;
        let proposal = &self.proposals[place];
        if !matches!(proposal.stage, Stage::Voting) {
            return Err(Error::NotVoting);
        }
        if self.stake_at(voter, proposal.snapshot) == 0 {
            return Err(Error::NoVotingPower);
        }
        self.proposals[place].ballots.insert(voter, choice);
        Ok(Outcome::Done)
    }

    pub fn execute(&mut self, id: ProposalId) -> Result<Outcome, Error> {
        let place = self.open_proposal(id)?;
        let Stage::Passed { from, .. } = self.proposals[place].stage else {
            return Err(Error::NotPassed);
        };
        if self.epoch < from {
            let until_epoch = from as u32;
            return Err(Error::TimeLocked { until_epoch });
        }
        match self.proposals[place].action {
            Action::Text => {}
            Action::Grant { to, amount } => {
                if self.guards.pauses_grants {
                    return Err(Error::GrantsPaused);
                }
                let held = self.balance(Account::Treasury);
                if held < amount.base_units() {
                    return Err(lacks(held));
                }
                let amount = amount.base_units();
                self.post(Account::Treasury, Account::Liquid(to), amount, "grant");
            }
            Action::Set { parameter, value } => self.changes.push((parameter, value)),
        }
        self.proposals[place].stage = Stage::Over;
        Ok(Outcome::Done)
    }

    /// Govern but for the prices: tally, expire, change.
    pub fn decide(&mut self) {
        for place in 0..self.proposals.len() {
            let proposal = &self.proposals[place];
            if matches!(proposal.stage, Stage::Voting) && proposal.due <= self.epoch {
                self.tally(place);
            }
        }
        for proposal in &mut self.proposals {
            if matches!(proposal.stage, Stage::Passed { until, .. } if until <= self.epoch) {
                proposal.stage = Stage::Over;
            }
        }
        for (parameter, value) in std::mem::take(&mut self.changes) {
            if let Some(changed) = changed(&self.params, parameter, value) {
                self.params = changed;
                if parameter == LiveParameter::EmissionPerEpoch {
                    self.scheduled = value;
                }
            }
        }
    }

    fn tally(&mut self, place: usize) {
        let proposal = self.proposals[place].clone();
        let total = (0..self.people)
            .map(|person| self.stake_at(person, proposal.snapshot))
            .sum::<u128>();
        let (mut voted, mut counts) = (0, [0u128; 4]);
        for (voter, choice) in &proposal.ballots {
            let stake = self.stake_at(*voter, proposal.snapshot);
            voted += stake;
            counts[*choice as usize] += match self.params.governance.weight {
                VotingRule::Linear => stake,
                VotingRule::Capped { share } => stake.min(part(parts(share), total)),
                VotingRule::Quadratic => root(stake),
            };
            let point = (Category::Engagement as usize, *voter);
            *self.points.entry(point).or_default() += 1;
        }
        let governance = &self.params.governance;
        let all: u128 = counts.iter().sum();
        let [yes, no, _, veto] = counts;
        let has_quorum = total > 0 && voted >= ceil(parts(governance.quorum), total, ONE);
        let is_vetoed = has_quorum && veto > part(parts(governance.veto_share), all);
        let passes = yes > part(parts(governance.threshold), yes + no + veto);
        let from = self.epoch + 1 + u64::from(governance.timelock_epochs);
        let until = from + u64::from(governance.grace_epochs) - 1;
        self.proposals[place].stage = match has_quorum && !is_vetoed && passes {
            true => Stage::Passed { from, until },
            false => Stage::Over,
        };
        let deposit = Account::ProposalDeposit;
        if is_vetoed {
            self.post(deposit, Account::Issuance, proposal.deposit, "deposit_burn");
        } else {
            let to = Account::Liquid(ParticipantId(proposal.by));
            self.post(deposit, to, proposal.deposit, "deposit_return");
        }
    }
}

impl Proposal {
    /// None when it is over.
    pub fn status(&self) -> Option<ProposalStatus> {
        match self.stage {
            Stage::Voting => Some(ProposalStatus::Voting),
            Stage::Passed { .. } => Some(ProposalStatus::Passed),
            Stage::Over => None,
        }
    }
}
