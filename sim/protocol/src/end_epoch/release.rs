//! Step 9, Release: hands out slashes whose hold is over, lets matured entries out of the unbonding queue and stake out of
//! transit, and pays verifiers.

use alloc::vec::Vec;

use units::Amount;

use super::Close;
use super::mature::mature;
use super::verify::pay_verifiers;
use crate::account::Account;
use crate::case::Case;
use crate::event::ProtocolEvent;
use crate::ids::ParticipantId;
use crate::params::SlashReleaseParams;
use crate::reason::Reason;
use crate::state::Protocol;
use crate::summary::Released;

pub(super) fn release(protocol: &mut Protocol, close: &mut Close) {
    let epoch = protocol.epoch;
    protocol.reject_overdue_appeals();
    for id in protocol.slash_holds.remove(&epoch).unwrap_or_default() {
        // One that was returned is gone; one under appeal waits for its verdict.
        if protocol.cases.get(&id).is_some_and(|it| !it.is_appealed())
            && let Some(case) = protocol.cases.remove(&id)
        {
            apply_release(protocol, &case, &mut close.summary.released);
        }
    }
    mature(protocol, close);
    protocol.expire_redelegations();
    // The open epoch's start and those before it, as many as are remembered.
    let oldest = epoch
        .saturating_add(1)
        .saturating_sub(protocol.params.users.history_epochs);
    protocol.keep_user_stake_from(oldest);
    close.summary.matured += protocol.release_vouched(close.cause);
    pay_verifiers(protocol, close);
}

/// What those who were harmed get: their loss, or when the slash is smaller than all losses together, its share of
/// them, rounded down.
fn compute_compensation(amount: Amount, losses: Amount, loss: Amount) -> Amount {
    if losses <= amount {
        return loss;
    }
    let (amount, loss) = (amount.base_units(), loss.base_units());
    Amount::new(units::wide::mul_div_floor(
        amount,
        loss,
        losses.base_units(),
    ))
}

/// Divides what is left after compensation. Shares round down; the treasury has the remainder, and the insurance pool
/// the reporter's share when nobody reported.
fn compute_release(params: &SlashReleaseParams, rest: Amount, is_reported: bool) -> Released {
    let reward = params.reporter.mul_floor(rest);
    let (reporter, unreported) = if is_reported {
        (reward, Amount::ZERO)
    } else {
        (Amount::ZERO, reward)
    };
    let insurance = params.insurance.mul_floor(rest) + unreported;
    let burned = params.burn.mul_floor(rest);
    let treasury = rest - reporter - insurance - burned;
    Released {
        compensation: Amount::ZERO,
        reporter,
        insurance,
        burned,
        treasury,
    }
}

fn apply_release(protocol: &mut Protocol, hold: &Case, total: &mut Released) {
    // Losses are claimed in tokens and made good in what was slashed.
    let worth = |(victim, loss): &(ParticipantId, Amount)| {
        let loss = protocol.worth_in_bond_asset(*loss);
        (*victim, loss)
    };
    let harmed: Vec<(ParticipantId, Amount)> = hold.losses.iter().map(worth).collect();
    let losses: Amount = harmed.iter().map(|(_, loss)| *loss).sum();
    let held = hold.amount();
    let mut rest = held;
    let mut pay =
        |to, amount, reason| protocol.post(Account::SlashEscrow, to, amount, reason, hold.cause);
    for (victim, loss) in &harmed {
        let amount = compute_compensation(held, losses, *loss);
        pay(Account::Liquid(*victim), amount, Reason::SlashCompensation);
        rest -= amount;
    }
    let params = protocol.params.slash_release.clone();
    let parts = compute_release(&params, rest, hold.reporter.is_some());
    let mut pay =
        |to, amount, reason| protocol.post(Account::SlashEscrow, to, amount, reason, hold.cause);
    if let Some(reporter) = hold.reporter {
        pay(
            Account::Liquid(reporter),
            parts.reporter,
            Reason::SlashReporter,
        );
    }
    pay(Account::Insurance, parts.insurance, Reason::SlashInsurance);
    pay(Account::Issuance, parts.burned, Reason::SlashBurn);
    pay(Account::Treasury, parts.treasury, Reason::SlashTreasury);
    if let Some(reporter) = hold.reporter.filter(|_| !parts.reporter.is_zero()) {
        protocol.events.push(ProtocolEvent::ReporterPaid {
            provider: hold.provider,
            reporter,
            amount: parts.reporter,
        });
    }
    total.compensation += held - rest;
    total.reporter += parts.reporter;
    total.insurance += parts.insurance;
    total.burned += parts.burned;
    total.treasury += parts.treasury;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_made_good_before_anybody_else_is_paid() {
        let amount = Amount::new;
        assert_eq!(
            compute_compensation(amount(100), amount(30), amount(30)),
            amount(30)
        );
        // 100 for losses of 300: a third each, rounded down.
        assert_eq!(
            compute_compensation(amount(100), amount(300), amount(200)),
            amount(66)
        );
        assert_eq!(
            compute_compensation(amount(100), amount(300), amount(100)),
            amount(33)
        );
    }

    #[test]
    fn the_rest_is_divided_and_nothing_of_it_is_lost() {
        // 10, 40, 30 and 20 % of 999: 99.9, 399.6, 299.7, and what is left.
        let params = SlashReleaseParams::default();
        let parts = compute_release(&params, Amount::new(999), true);
        let amounts = [
            parts.reporter,
            parts.insurance,
            parts.burned,
            parts.treasury,
        ];
        assert_eq!(amounts, [99, 399, 299, 202].map(Amount::new));
        let parts = compute_release(&params, Amount::new(999), false);
        let amounts = [
            parts.reporter,
            parts.insurance,
            parts.burned,
            parts.treasury,
        ];
        assert_eq!(amounts, [0, 498, 299, 202].map(Amount::new));
    }
}
