//! Stake that has moved from one provider to another and still answers for the first. The stake itself stands in the
//! second's pool; this remembers where it came from until the unbonding delay is over.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::ids::{ParticipantId, ProviderId, Tick};
use crate::state::Protocol;
use crate::unbonding::count_down;

/// One move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Redelegation {
    pub(crate) delegator: ParticipantId,
    pub(crate) to: ProviderId,
    /// What moved, less what it has been slashed of for the first provider.
    pub(crate) amount: Amount,
    /// The shares that it bought, less what the same slashes took.
    pub(crate) shares: u128,
    pub(crate) created: Tick,
}

/// All moves that have not expired.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transit {
    /// By the provider that was left, and number.
    pub(crate) moves: BTreeMap<(ProviderId, u64), Redelegation>,
    /// By the epoch whose close ends them.
    pub(crate) due: BTreeMap<u32, Vec<(ProviderId, u64)>>,
    /// How many moves of each delegator arrived at each provider.
    pub(crate) counts: BTreeMap<(ProviderId, ParticipantId), u32>,
}

impl Transit {
    /// The moves away from a provider, oldest first.
    pub(crate) fn from(&self, id: ProviderId) -> impl Iterator<Item = (u64, &Redelegation)> {
        let moves = self.moves.range((id, 0)..=(id, u64::MAX));
        moves.map(|((_, number), it)| (*number, it))
    }
}

impl Protocol {
    /// How many of a delegator's moves to a provider still answer for where they came from. While there is one, nothing
    /// of the delegator's moves on from there.
    ///
    /// ```
    /// use stakesim_protocol::*;
    /// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
    ///
    /// // A dollar an hour at a dollar a token, in whole tokens: the minimum bond is 30 · 24.
    /// let mut params = Params::default();
    /// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
    /// params.emission.per_epoch = Amount::ZERO;
    /// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
    /// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
    /// let (why, price) = (Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
    /// protocol.apply(Tick(0), why, Operation::ObservePrice { price })?;
    /// let [owner, delegator] = [0; 2].map(|_| protocol.open_participant());
    /// for to in [owner, delegator].map(Account::Liquid) {
    ///     protocol.apply(Tick(0), why, Operation::Genesis { to, amount: Amount::new(2_000) })?;
    /// }
    /// let (from, to) = (ProviderId(0), ProviderId(1));
    /// for provider in [from, to] {
    ///     let (kind, commission) = (KindId(0), Ratio::ZERO);
    ///     protocol.apply(Tick(0), why, Operation::Register { owner, kind, gpus: 1, tier: 0, commission })?;
    ///     protocol.apply(Tick(0), why, Operation::Bond { provider, amount: Amount::new(1_000) })?;
    /// }
    ///
    /// // 101 tokens stand behind the first provider when it does wrong, and then move to the second.
    /// let amount = Amount::new(101);
    /// protocol.apply(Tick(0), why, Operation::Delegate { delegator, provider: from, amount })?;
    /// protocol.apply(Tick(9), why, Operation::Redelegate { delegator, from, to, amount })?;
    /// assert_eq!(protocol.in_transit(delegator, to), 1);
    ///
    /// // 30 % of the bond of 1000, and of the 101 that moved 30.3, rounded down.
    /// protocol.apply(Tick(9), why, Operation::ReportViolation {
    ///     provider: from, kind: ViolationKind::MaliciousResult, at: Tick(5),
    ///     reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
    /// })?;
    /// assert!(protocol.end_epoch(Tick(86_400), why)?.audit_ok());
    /// assert_eq!(protocol.bonded(from), Amount::new(700));
    /// assert_eq!(protocol.delegation(delegator, to), Amount::new(101 - 30));
    /// assert_eq!(protocol.balance(Asset::Native, Account::SlashEscrow), Amount::new(330));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_transit(&self, delegator: ParticipantId, provider: ProviderId) -> u32 {
        let count = self.transit.counts.get(&(provider, delegator));
        count.copied().unwrap_or(0)
    }

    /// Enters a move, already done, and returns the epoch whose close ends its answering.
    pub(crate) fn note_redelegation(&mut self, from: ProviderId, moved: Redelegation) -> u32 {
        let due_epoch = self.epoch.saturating_add(self.unbonding_epochs(from));
        let number = self.unbonding.next_number();
        let count = (self.transit.counts)
            .entry((moved.to, moved.delegator))
            .or_default();
        *count = count.saturating_add(1);
        self.transit.moves.insert((from, number), moved);
        let due = self.transit.due.entry(due_epoch).or_default();
        due.push((from, number));
        due_epoch
    }

    /// Forgets the moves whose time is over at this close.
    pub(crate) fn expire_redelegations(&mut self) {
        for key in self.transit.due.remove(&self.epoch).unwrap_or_default() {
            if let Some(moved) = self.transit.moves.remove(&key) {
                count_down(&mut self.transit.counts, (moved.to, moved.delegator));
            }
        }
    }
}
