//! Voters and their proposals: at fixed epochs one of them proposes to change a parameter, to pay a grant, or to say something;
//! all vote when it opens; what has passed is executed as soon as it may be.

use protocol::{
    Action, Error, LiveParameter, Operation, Outcome, ParticipantId, ProposalId, ProposalStatus,
    Votes,
};
use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::actors::voter::vote;
use crate::number::{base, ratio, share};
use crate::purpose;
use crate::rows::ProposalRow;
use crate::state::scaled;
use crate::world::World;

/// A proposal under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Motion {
    action: Action,
    opened: u32,
    /// The epoch whose close tallied.
    tallied: Option<u32>,
    status: ProposalStatus,
    ballots: u32,
    /// Stake that voted, and all stake.
    stake: [Amount; 2],
    /// Fewest voters that together outweigh all others who voted.
    deciders: u32,
    votes: Votes,
}

/// Fewest weights that together are more than half of all.
fn deciders(mut weights: Vec<u128>) -> u32 {
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let all: u128 = weights.iter().sum();
    let mut sum = 0;
    let place = weights.iter().position(|weight| {
        sum += weight;
        sum > all / 2
    });
    place.map_or(0, |place| place as u32 + 1)
}

/// The value a proposal asks for: the present one, more or less by a share; at least one unit of the parameter away.
fn moved(value: u128, by: Ratio, is_up: bool) -> u128 {
    let step = by.mul_floor(Amount::new(value)).base_units().max(1);
    if is_up {
        value.saturating_add(step)
    } else {
        value.saturating_sub(step)
    }
}

impl World<'_> {
    /// Voters buy and lock their stake.
    pub(crate) fn found_voters(&mut self) {
        let config = &self.inputs.config;
        let of = &config.voters;
        let median = of.stake_median.base_units() as f64;
        for index in 0..scaled(config, u128::from(of.count)) as u32 {
            let who = self.state.rules.open_participant();
            let draw = self.setup.draws.unit(purpose::VOTER_STAKE, index, 0);
            let times = engine::sample::lognormal(draw, 0.0, ratio(of.stake_sigma));
            let amount = Amount::new(libm::round(median * times) as u128);
            if !amount.is_zero() && self.buy(who, amount) {
                self.must(Operation::UserStake {
                    participant: who,
                    amount,
                });
            }
            self.state.society.voters.push(who);
        }
    }

    /// Executes what may be executed; makes the proposal of the epoch that opens and votes on it.
    pub(crate) fn assemble(&mut self) {
        let passed: Vec<u32> = self
            .state
            .society
            .motions
            .iter()
            .filter(|(_, motion)| motion.status == ProposalStatus::Passed)
            .map(|(id, _)| *id)
            .collect();
        for id in passed {
            self.execute(ProposalId(id));
        }
        let opening = self.state.epoch + 1;
        let every = self.inputs.config.voters.proposal_epochs;
        let is_due = every > 0 && opening.is_multiple_of(every);
        if is_due && !self.state.society.voters.is_empty() {
            self.propose(opening);
        }
    }

    fn execute(&mut self, proposal: ProposalId) {
        match self.rule(Operation::Execute { proposal }) {
            Ok(_) => {
                let action = self.state.society.motions[&proposal.0].action;
                if let Action::Grant { to, amount } = action {
                    self.sell(to, self.inputs.config.market.sell_rewards.mul_floor(amount));
                    self.state.tally.grants += amount;
                }
            }
            // It is tried again until its grace is over.
            Err(
                Error::TimeLocked { .. } | Error::GrantsPaused | Error::InsufficientBalance { .. },
            ) => {}
            Err(error) => panic!("{proposal:?} was refused: {error}"),
        }
    }

    fn propose(&mut self, epoch: u32) {
        let voters = self.state.society.voters.len() as u32;
        let by = self.lot(0, epoch, voters);
        let by = self.state.society.voters[by as usize];
        let action = self.motion_of(epoch, by);
        let deposit = self.state.rules.params().governance.deposit;
        if self.liquid(by) < deposit && !self.buy(by, deposit) {
            return;
        }
        let proposal = match self.rule(Operation::Propose { by, action }) {
            Ok(Outcome::Proposed(proposal)) => proposal,
            Ok(_) => unreachable!("a proposal is proposed"),
            Err(Error::TooManyProposals) => return,
            Err(error) => panic!("{action:?} was refused: {error}"),
        };
        let mut motion = Motion {
            action,
            opened: epoch,
            tallied: None,
            status: ProposalStatus::Voting,
            ballots: 0,
            stake: [Amount::ZERO, self.state.rules.user_stake_total_at(epoch)],
            deciders: 0,
            votes: Votes::default(),
        };
        self.poll(proposal, epoch, &mut motion);
        self.state.society.motions.insert(proposal.0, motion);
    }

    /// A lot for the proposal of an epoch.
    fn lot(&self, which: u32, epoch: u32, of: u32) -> u32 {
        let draws = &self.setup.draws;
        draws.index(purpose::PROPOSAL, which, u64::from(epoch), of)
    }

    fn motion_of(&self, epoch: u32, by: ParticipantId) -> Action {
        let of = &self.inputs.config.voters;
        let treasury = protocol::Account::Treasury;
        let treasury = self.state.rules.balance(protocol::Asset::Native, treasury);
        let grant = of.grant.mul_floor(treasury);
        match self.lot(1, epoch, 3) {
            0 => {
                let count = LiveParameter::ALL.len() as u32;
                let parameter = LiveParameter::ALL[self.lot(2, epoch, count) as usize];
                let value = parameter.value(self.state.rules.params());
                let value = moved(value, of.change, self.lot(3, epoch, 2) == 1);
                Action::Set { parameter, value }
            }
            1 if !grant.is_zero() => Action::Grant {
                to: by,
                amount: grant,
            },
            _ => Action::Text,
        }
    }

    /// Everybody with stake votes or does not.
    fn poll(&mut self, proposal: ProposalId, epoch: u32, motion: &mut Motion) {
        let rule = self.state.rules.params().governance.weight;
        let of = &self.inputs.config.voters;
        let (turnout, choices) = (ratio(of.turnout), of.choices.map(ratio));
        let mut weights = Vec::new();
        for index in 0..self.state.society.voters.len() {
            let voter = self.state.society.voters[index];
            let stake = self.state.rules.user_stake_at(voter, epoch);
            let draw = |purpose| {
                self.setup
                    .draws
                    .unit(purpose, index as u32, u64::from(epoch))
            };
            let draws = [draw(purpose::TURNOUT), draw(purpose::CHOICE)];
            if let (Some(choice), false) = (vote(turnout, choices, draws), stake.is_zero()) {
                self.must(Operation::Vote {
                    voter,
                    proposal,
                    choice,
                });
                motion.ballots += 1;
                motion.stake[0] += stake;
                weights.push(rule.weight(stake, motion.stake[1]));
            }
        }
        motion.deciders = deciders(weights);
    }

    /// The protocol has tallied.
    pub(crate) fn note_tally(
        &mut self,
        proposal: ProposalId,
        status: ProposalStatus,
        votes: Votes,
    ) {
        let epoch = self.state.epoch;
        if let Some(motion) = self.state.society.motions.get_mut(&proposal.0) {
            motion.tallied = Some(epoch);
            motion.status = status;
            motion.votes = votes;
        }
    }

    /// The protocol has done with it.
    pub(crate) fn note_end(&mut self, proposal: ProposalId, status: ProposalStatus) {
        if let Some(motion) = self.state.society.motions.get_mut(&proposal.0) {
            motion.status = status;
        }
    }

    /// Rows of what is over.
    pub(crate) fn tell_proposals(&mut self) {
        let is_open = |status| matches!(status, ProposalStatus::Voting | ProposalStatus::Passed);
        let motions = std::mem::take(&mut self.state.society.motions);
        let (open, over) = motions
            .into_iter()
            .partition(|(_, motion)| is_open(motion.status));
        self.state.society.motions = open;
        self.proposal_rows.extend(rows(over));
    }

    /// Rows of what a run leaves open.
    pub(crate) fn tell_open_proposals(&mut self) {
        let motions = self.state.society.motions.clone();
        self.proposal_rows.extend(rows(motions));
    }
}

fn rows(motions: std::collections::BTreeMap<u32, Motion>) -> impl Iterator<Item = ProposalRow> {
    let weight = |weight: u128| u64::try_from(weight).unwrap_or(u64::MAX);
    motions.into_iter().map(move |(proposal, of)| {
        let (action, parameter) = match of.action {
            Action::Set { parameter, .. } => ("set", parameter.path()),
            Action::Grant { .. } => ("grant", ""),
            Action::Text => ("text", ""),
        };
        let [voted, all] = of.stake.map(|stake| base(stake) as f64);
        ProposalRow {
            proposal,
            opened_epoch: of.opened,
            tallied_epoch: of.tallied,
            action,
            parameter,
            yes_weight: weight(of.votes.yes),
            no_weight: weight(of.votes.no),
            abstain_weight: weight(of.votes.abstain),
            veto_weight: weight(of.votes.veto),
            ballots: of.ballots,
            turnout: share(voted, all),
            deciders: of.deciders,
            status: of.status.name(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_who_outweigh_all_others_are_counted() {
        assert_eq!(deciders(vec![]), 0);
        assert_eq!(deciders(vec![1, 10, 1]), 1);
        assert_eq!(deciders(vec![5, 5]), 2);
        assert_eq!(deciders(vec![3, 3, 3, 3]), 3);
    }

    #[test]
    fn a_proposal_asks_for_another_value() {
        let tenth = Ratio::from_percent(10);
        assert_eq!(moved(1000, tenth, true), 1100);
        assert_eq!(moved(1000, tenth, false), 900);
        assert_eq!(moved(7, tenth, false), 6);
        assert_eq!(moved(0, tenth, true), 1);
    }
}
