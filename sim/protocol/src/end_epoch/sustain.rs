//! The guards of sustainability in step 11, Guard. Each decides at every close, for the next epoch only.

use units::Amount;

use super::Close;
use crate::account::{Account, Asset};
use crate::event::ProtocolEvent;
use crate::guards::GuardAction;
use crate::ledger::Scope;
use crate::params::GuardParams;
use crate::reason::Reason;
use crate::state::Protocol;

pub(super) fn sustain(protocol: &mut Protocol, close: &mut Close) {
    guard_fees(protocol, close);
    guard_runway(protocol, close);
    guard_insurance(protocol, close);
    guard_inflation(protocol, close);
    guard_trading(protocol, close);

    let moved = |reason| protocol.tally(Asset::Native, reason, Scope::Epoch);
    close.summary.grants = moved(Reason::Grant);
    close.summary.insurance_payouts = moved(Reason::InsurancePayout);
    close.summary.treasury = protocol.native(Account::Treasury);
    close.summary.insurance = protocol.native(Account::Insurance);
    close.summary.is_halted = protocol.guards.is_halted(protocol.epoch.saturating_add(1));
}

/// Tells of an action that was decided. Returns whether it was.
fn announce(protocol: &mut Protocol, close: &mut Close, acts: bool, action: GuardAction) -> bool {
    if acts {
        close.summary.guard_actions |= action.bit();
        protocol.events.push(ProtocolEvent::GuardActed { action });
    }
    acts
}

fn guard_fees(protocol: &mut Protocol, close: &mut Close) {
    let params = &protocol.params.guard;
    let is_low = (close.summary.fee_to_emission).is_some_and(|ratio| ratio < params.fee_floor);
    let low_epochs = if is_low {
        protocol.guards.low_epochs.saturating_add(1)
    } else {
        0
    };
    let acts = is_low && low_epochs >= params.fee_patience;
    protocol.guards.low_epochs = low_epochs;
    protocol.guards.is_fee_cut = announce(protocol, close, acts, GuardAction::FeeCut);
}

fn guard_runway(protocol: &mut Protocol, close: &mut Close) {
    let least = protocol.params.guard.runway_min;
    let runway = close.summary.treasury_runway_epochs;
    let acts = runway.is_some_and(|epochs| epochs < least);
    protocol.guards.are_grants_paused = announce(protocol, close, acts, GuardAction::GrantsPaused);
}

fn guard_insurance(protocol: &mut Protocol, close: &mut Close) {
    let escrow = protocol.native(Account::JobEscrow);
    // Rounded up, so that a pool below the exact share is below this.
    let needed = protocol.params.guard.solvency_min.mul_ceil(escrow);
    let acts = protocol.native(Account::Insurance) < needed;
    protocol.guards.is_insurance_first =
        announce(protocol, close, acts, GuardAction::InsuranceFirst);
}

fn guard_inflation(protocol: &mut Protocol, close: &mut Close) {
    let params = &protocol.params.guard;
    let ring = &mut protocol.guards.minted;
    while ring.len() >= params.year_epochs as usize {
        ring.pop_front();
    }
    ring.push_back(close.summary.minted);
    let minted: Amount = ring.iter().copied().sum();
    let cap = compute_cap(&protocol.params.guard, minted, protocol.circulating());
    protocol.guards.inflation_cap = cap;
    announce(protocol, close, cap.is_some(), GuardAction::InflationCapped);
}

/// An epoch's part of what a year may mint, rounded down; none while the year has not minted more, or without a bound.
fn compute_cap(params: &GuardParams, minted: Amount, circulating: Amount) -> Option<Amount> {
    let year = params.inflation_max.mul_floor(circulating);
    let part = Amount::new(year.base_units() / u128::from(params.year_epochs));
    (!params.inflation_max.is_zero() && minted > year).then_some(part)
}

fn guard_trading(protocol: &mut Protocol, close: &mut Close) {
    let params = &protocol.params.guard;
    let acts = close.summary.breaker_tripped && params.halts_trading;
    if acts {
        let until = protocol.epoch.saturating_add(params.halt_epochs);
        protocol.guards.halted_until = protocol.guards.halted_until.max(Some(until));
    }
    announce(protocol, close, acts, GuardAction::TradingHalted);
}

#[cfg(test)]
mod tests {
    use units::Ratio;

    use super::*;

    #[test]
    fn a_year_that_minted_as_much_as_it_may_is_not_bound() {
        let params = GuardParams {
            inflation_max: Ratio::from_percent(10),
            year_epochs: 7,
            ..GuardParams::default()
        };
        let cap = |minted| compute_cap(&params, Amount::new(minted), Amount::new(1_009));
        assert_eq!(cap(100), None);
        // ⌊100.9⌋ / 7 = 14.3.
        assert_eq!(cap(101), Some(Amount::new(14)));
    }
}
