//! Questions about user stake: tiers, discounts, and what stood at the start of past epochs.

use units::{Amount, Ratio};

use crate::account::Account;
use crate::ids::ParticipantId;
use crate::state::Protocol;

impl Protocol {
    /// What a participant has staked as a user, base units.
    #[must_use]
    pub fn user_stake(&self, participant: ParticipantId) -> Amount {
        self.native(Account::UserStake(participant))
    }

    /// A participant's tier by its present user stake, 1 to 3, or 0 below the first threshold. A host that serves some
    /// customers first goes by it.
    ///
    /// ```
    /// use stakesim_protocol::*;
    /// use units::{Amount, Ratio};
    ///
    /// let mut protocol = Protocol::new(Params::default(), &[], 0)?;
    /// let ann = protocol.open_participant();
    /// let (now, why, token) = (Tick(0), Cause(0), |count| Amount::from_tokens(count, 9));
    /// protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(ann), amount: token(6_000) })?;
    /// assert_eq!(protocol.user_tier(ann), 0);
    ///
    /// // 5,000 tokens reach the second tier: 5 % off. A token less is the first: 2 % off.
    /// protocol.apply(now, why, Operation::UserStake { participant: ann, amount: token(5_000) })?;
    /// assert_eq!((protocol.user_tier(ann), protocol.user_discount(ann)), (2, Ratio::from_percent(5)));
    /// protocol.apply(now, why, Operation::UserUnstake { participant: ann, amount: token(1) })?;
    /// assert_eq!((protocol.user_tier(ann), protocol.user_discount(ann)), (1, Ratio::from_percent(2)));
    ///
    /// // Votes count what stood at an epoch's start: nothing in epoch 0, 4,999 in epoch 1.
    /// assert_eq!(protocol.user_stake_at(ann, 0), Amount::ZERO);
    /// protocol.end_epoch(Tick(86_400), why)?;
    /// assert_eq!(protocol.user_stake_at(ann, 1), token(4_999));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn user_tier(&self, participant: ParticipantId) -> u8 {
        let stake = self.user_stake(participant);
        let reached = self.params.users.thresholds.iter();
        reached.filter(|threshold| **threshold <= stake).count() as u8
    }

    /// The discount of a participant's tier on job revenue.
    #[must_use]
    pub fn user_discount(&self, participant: ParticipantId) -> Ratio {
        // Every settlement asks, and where nobody stakes there is nothing to look up.
        if self.user_stakes.last_total().is_zero() {
            return Ratio::ZERO;
        }
        match usize::from(self.user_tier(participant)) {
            0 => Ratio::ZERO,
            tier => self.params.users.discounts[tier - 1],
        }
    }

    /// A participant's user stake at the start of an epoch, of the open one or of one that is still remembered
    /// ([`UserParams::history_epochs`](crate::UserParams::history_epochs)). An older one may read as zero.
    #[must_use]
    pub fn user_stake_at(&self, participant: ParticipantId, epoch: u32) -> Amount {
        self.user_stakes.at(participant, epoch)
    }

    /// All user stake at the start of an epoch, as far back as [`Protocol::user_stake_at`].
    #[must_use]
    pub fn user_stake_total_at(&self, epoch: u32) -> Amount {
        self.user_stakes.total_at(epoch)
    }

    /// Lets go of user stake at the start of epochs before this one. It never goes back.
    pub(crate) fn keep_user_stake_from(&mut self, epoch: u32) {
        self.user_stakes.keep_from(epoch);
    }
}
