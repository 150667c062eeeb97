//! Providers bind their self-bond for a time.

use crate::commitment::Commitment;
use crate::error::Error;
use crate::event::ProtocolEvent;
use crate::ids::ProviderId;
use crate::operation::Outcome;
use crate::params::CommitmentTier;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    /// Commits, or ends a commitment that no longer binds (flexible). Nobody gets out of one that runs, nor into a weaker one.
    pub(super) fn commit(
        &mut self,
        id: ProviderId,
        tier: CommitmentTier,
    ) -> Result<Outcome, Error> {
        let standing = self.provider(id)?.standing;
        if standing != Standing::Active {
            return Err(Error::WrongStanding(standing));
        }
        let epochs = self.params.commitment.epochs[tier as usize];
        let multiplier = self.params.commitment.multiplier[tier as usize];
        let until_epoch = self.epoch.saturating_add(epochs);
        if let Some(running) = self.running_commitment(id)
            && (until_epoch < running.until_epoch || multiplier < running.multiplier)
        {
            let until_epoch = running.until_epoch;
            return Err(Error::Committed { until_epoch });
        }
        self.settle_rewards(id);
        let commitment = Commitment {
            tier,
            multiplier,
            until_epoch,
        };
        let provider = &mut self.providers[id.index()];
        let before = provider.commitment;
        provider.commitment = (epochs > 0).then_some(commitment);
        // A rise waits for the close, as every rise of weight does.
        let waits = multiplier > provider.committed && self.epoch > 0;
        if !waits {
            provider.committed = multiplier;
            self.apply_pool_weights(id);
        }
        if epochs > 0 {
            if before.is_none_or(|before| before.until_epoch != until_epoch) {
                self.commitments.entry(until_epoch).or_default().push(id);
            }
            self.events.push(ProtocolEvent::Committed {
                provider: id,
                tier,
                until_epoch,
            });
        } else if before.is_some() {
            self.events
                .push(ProtocolEvent::CommitmentEnded { provider: id });
        }
        if waits {
            self.await_raise(id);
        }
        self.reweigh(id);
        Ok(Outcome::Committed { until_epoch })
    }
}
