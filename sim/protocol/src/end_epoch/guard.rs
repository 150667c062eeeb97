//! Step 11, Guard: the circuit breaker bounds the next epoch's emission after a large move of the token price; the guards
//! of sustainability follow in `sustain`.

use units::{Amount, Ratio, TokenPrice};

use super::{Close, sustain};
use crate::account::{Account, Asset};
use crate::event::ProtocolEvent;
use crate::ledger::Scope;
use crate::reason::Reason;
use crate::state::Protocol;

pub(super) fn guard(protocol: &mut Protocol, close: &mut Close) {
    let moved = |reason| protocol.tally(Asset::Native, reason, Scope::Epoch);
    let fees = moved(Reason::FeePlatform)
        + moved(Reason::FeeTreasury)
        + moved(Reason::FeeInsurance)
        + moved(Reason::FeeBurn)
        + moved(Reason::FeeVerification);
    close.summary.burned =
        moved(Reason::FeeBurn) + moved(Reason::SlashBurn) + moved(Reason::DepositBurn);
    let minted = close.summary.minted;
    close.summary.fee_to_emission =
        (!minted.is_zero()).then(|| Ratio::of(fees.base_units(), minted.base_units()));

    let treasury = protocol.native(Account::Treasury);
    let before = core::mem::replace(&mut protocol.control.treasury_at_close, treasury);
    close.summary.treasury_runway_epochs = compute_runway(before, treasury);

    let is_far = is_far_move(
        close.price_before,
        protocol.oracle.price,
        protocol.params.guard.price_move_max,
    );
    let control = &mut protocol.control;
    // After its longest run it lets one epoch pass, so that a market that keeps moving does not stop the network.
    control.is_tripped = is_far && control.trips_in_a_row < protocol.params.guard.trips_max;
    control.trips_in_a_row = if control.is_tripped {
        control.trips_in_a_row + 1
    } else {
        0
    };
    close.summary.breaker_tripped = control.is_tripped;
    if control.is_tripped {
        let in_a_row = control.trips_in_a_row;
        protocol
            .events
            .push(ProtocolEvent::BreakerTripped { in_a_row });
    }
    sustain::sustain(protocol, close);
}

/// How many more epochs of this outflow a treasury lasts, rounded down; none when it did not shrink.
fn compute_runway(before: Amount, now: Amount) -> Option<u64> {
    let outflow = before
        .checked_sub(now)
        .filter(|outflow| !outflow.is_zero())?;
    Some(u64::try_from(now.base_units() / outflow.base_units()).unwrap_or(u64::MAX))
}

/// Whether a price moved by more than a share of what it was.
fn is_far_move(before: TokenPrice, now: TokenPrice, most: Ratio) -> bool {
    if before.is_zero() {
        return false;
    }
    let (before, now) = (before.nano_per_token(), now.nano_per_token());
    let moved = u128::from(before.abs_diff(now)) * u128::from(Ratio::ONE.parts());
    moved > u128::from(before) * u128::from(most.parts())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runway_is_what_is_left_over_what_went() {
        assert_eq!(compute_runway(Amount::new(110), Amount::new(100)), Some(10));
        assert_eq!(compute_runway(Amount::new(100), Amount::new(100)), None);
        assert_eq!(compute_runway(Amount::new(100), Amount::new(110)), None);
    }

    #[test]
    fn a_move_counts_from_where_the_price_was() {
        let price = TokenPrice::from_nano_per_token;
        let most = Ratio::from_percent(25);
        assert!(!is_far_move(price(100), price(75), most));
        assert!(is_far_move(price(100), price(74), most));
        assert!(is_far_move(price(100), price(126), most));
        assert!(!is_far_move(TokenPrice::ZERO, price(100), most));
    }
}
