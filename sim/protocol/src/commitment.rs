//! Commitments: a self-bond bound until an epoch, and the multiplier it earns. How one is made is in `apply`.

use serde::{Deserialize, Serialize};
use units::Ratio;

use crate::error::Error;
use crate::event::ProtocolEvent;
use crate::ids::ProviderId;
use crate::params::CommitmentTier;
use crate::state::Protocol;

/// A provider's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Commitment {
    pub(crate) tier: CommitmentTier,
    /// As it was promised on the day.
    pub(crate) multiplier: Ratio,
    /// The epoch in which the stake is free again and whose close ends the multiplier.
    pub(crate) until_epoch: u32,
}

impl Protocol {
    /// The commitment that binds a provider in the open epoch.
    pub(crate) fn running_commitment(&self, id: ProviderId) -> Option<Commitment> {
        self.providers[id.index()]
            .commitment
            .filter(|commitment| self.epoch < commitment.until_epoch)
    }

    /// That no commitment binds the self-bond.
    pub(crate) fn require_uncommitted(&self, id: ProviderId) -> Result<(), Error> {
        match self.running_commitment(id) {
            Some(Commitment { until_epoch, .. }) => Err(Error::Committed { until_epoch }),
            None => Ok(()),
        }
    }

    /// Ends the commitments whose last epoch closes.
    pub(crate) fn end_commitments(&mut self) {
        for id in self.commitments.remove(&self.epoch).unwrap_or_default() {
            let provider = &mut self.providers[id.index()];
            // A later commitment may have taken the place of the one that was entered here.
            let ends = |commitment: &Commitment| commitment.until_epoch == self.epoch;
            if !provider.commitment.as_ref().is_some_and(ends) {
                continue;
            }
            provider.commitment = None;
            self.events
                .push(ProtocolEvent::CommitmentEnded { provider: id });
            self.raise(id);
        }
    }
}
