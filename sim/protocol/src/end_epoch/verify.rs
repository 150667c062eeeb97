//! The last of step 9, Release: the fees for checks go to the verifiers who gave verdicts. What a verdict says is the host's
//! business; a false one is a violation like any other.

use units::{Amount, wide};

use super::Close;
use crate::account::Account;
use crate::event::ProtocolEvent;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::Protocol;

/// Divides the verification pool by verdicts given, each part rounded down; the rest waits for the next close. Who was set
/// aside at this close has no part.
pub(super) fn pay_verifiers(protocol: &mut Protocol, close: &mut Close) {
    let mut given = core::mem::take(&mut close.verdicts_given);
    given.retain(|(id, _)| protocol.providers[id.index()].standing == Standing::Active);
    let all: u128 = given.iter().map(|(_, count)| u128::from(*count)).sum();
    if all == 0 {
        return;
    }
    let pool = protocol.native(Account::VerificationPool);
    for (provider, count) in given {
        let part = wide::mul_div_floor(pool.base_units(), u128::from(count), all);
        let amount = Amount::new(part);
        if amount.is_zero() {
            continue;
        }
        let owner = Account::Liquid(protocol.providers[provider.index()].owner);
        let (from, reason) = (Account::VerificationPool, Reason::VerificationFee);
        protocol.post(from, owner, amount, reason, close.cause);
        close.summary.verification_fees += amount;
        let event = ProtocolEvent::VerdictsPaid { provider, amount };
        protocol.events.push(event);
    }
}
