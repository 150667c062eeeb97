//! The vote in step 10, Govern: counts proposals that are due, ends those whose grace is over, and puts executed
//! parameters in force. It visits the open proposals, which are few, and the voters of those it counts.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use units::Amount;

use crate::account::Account;
use crate::contribution::ContributionKind;
use crate::event::ProtocolEvent;
use crate::governance::{Ballot, Choice, LiveChange, ProposalStatus, Stage, Votes};
use crate::ids::{ParticipantId, ProposalId};
use crate::params::{GovernanceParams, LiveParameter};
use crate::reason::Reason;
use crate::state::Protocol;

/// What a voter earns for a counted vote, points of the next epoch.
const POINTS_PER_VOTE: u64 = 1;

pub(super) fn tally(protocol: &mut Protocol) {
    let ids: Vec<ProposalId> = protocol.governance.proposals.keys().copied().collect();
    for id in &ids {
        tally_one(protocol, *id);
    }
    for id in ids {
        expire(protocol, id);
    }
    for (proposal, change) in core::mem::take(&mut protocol.governance.changes) {
        apply_change(protocol, proposal, change);
    }
}

/// Counts a proposal that is due, gives its deposit back or burns it, and its voters their points.
fn tally_one(protocol: &mut Protocol, id: ProposalId) {
    let epoch = protocol.epoch;
    let rules = protocol.params.governance.clone();
    let Some(proposal) = protocol.governance.proposals.get_mut(&id) else {
        return;
    };
    let (by, snapshot, cause) = (proposal.by, proposal.snapshot, proposal.cause);
    let Stage::Voting {
        due_epoch,
        deposit,
        ballots,
    } = &mut proposal.stage
    else {
        return;
    };
    if *due_epoch > epoch {
        return;
    }
    let (deposit, ballots) = (*deposit, core::mem::take(ballots));
    let from = epoch
        .saturating_add(1)
        .saturating_add(rules.timelock_epochs);
    let until = from.saturating_add(rules.grace_epochs - 1);
    proposal.stage = Stage::Passed { from, until };

    let total = protocol.user_stake_total_at(snapshot);
    let (votes, status) = compute_result(&rules, total, &ballots);
    if status != ProposalStatus::Passed {
        protocol.governance.proposals.remove(&id);
    }
    let (to, reason) = match status {
        ProposalStatus::Vetoed => (Account::Issuance, Reason::DepositBurn),
        _ => (Account::Liquid(by), Reason::DepositReturn),
    };
    protocol.post(Account::ProposalDeposit, to, deposit, reason, cause);
    for voter in ballots.into_keys() {
        let kind = ContributionKind::Governance;
        protocol
            .contributions
            .add_points(kind, voter, POINTS_PER_VOTE);
    }
    protocol.events.push(ProtocolEvent::ProposalTallied {
        proposal: id,
        status,
        votes,
    });
}

/// Weighs the ballots and finds the result. Stake that voted is counted linearly for the quorum, whatever it weighs.
fn compute_result(
    rules: &GovernanceParams,
    total: Amount,
    ballots: &BTreeMap<ParticipantId, Ballot>,
) -> (Votes, ProposalStatus) {
    let (mut votes, mut voted) = (Votes::default(), Amount::ZERO);
    for ballot in ballots.values() {
        voted += ballot.stake;
        let side = match ballot.choice {
            Choice::Yes => &mut votes.yes,
            Choice::No => &mut votes.no,
            Choice::Abstain => &mut votes.abstain,
            Choice::Veto => &mut votes.veto,
        };
        *side += rules.weight.weight(ballot.stake, total);
    }
    let decided = votes.yes + votes.no + votes.veto;
    // `x > share · y` for whole numbers is `x > ⌊share · y⌋`, and `x ≥ share · y` is `x ≥ ⌈share · y⌉`.
    let vetoes = Amount::new(votes.veto)
        > rules
            .veto_share
            .mul_floor(Amount::new(decided + votes.abstain));
    let status = if total.is_zero() || voted < rules.quorum.mul_ceil(total) {
        ProposalStatus::NoQuorum
    } else if vetoes {
        ProposalStatus::Vetoed
    } else if Amount::new(votes.yes) > rules.threshold.mul_floor(Amount::new(decided)) {
        ProposalStatus::Passed
    } else {
        ProposalStatus::Rejected
    };
    (votes, status)
}

/// Ends a passed proposal in the close of its last epoch of grace.
fn expire(protocol: &mut Protocol, id: ProposalId) {
    let proposals = &mut protocol.governance.proposals;
    let is_over = proposals.get(&id).is_some_and(
        |it| matches!(it.stage, Stage::Passed { until, .. } if until <= protocol.epoch),
    );
    if is_over {
        proposals.remove(&id);
        protocol.events.push(ProtocolEvent::ProposalClosed {
            proposal: id,
            status: ProposalStatus::Expired,
        });
    }
}

/// Puts a parameter in force, when it agrees with the others.
fn apply_change(protocol: &mut Protocol, proposal: ProposalId, change: LiveChange) {
    let LiveChange { parameter, value } = change;
    let Some(params) = parameter.changed(&protocol.params, value) else {
        protocol.events.push(ProtocolEvent::ProposalClosed {
            proposal,
            status: ProposalStatus::Failed,
        });
        return;
    };
    protocol.params = params;
    if parameter == LiveParameter::EmissionPerEpoch {
        // The schedule goes on from here.
        protocol.control.scheduled = protocol.params.emission.per_epoch;
    }
    protocol
        .events
        .push(ProtocolEvent::ParameterChanged { proposal, change });
}
