//! Tenure: how long a provider has been active without a break, in steps. Steps that are due wait in a queue by epoch; whoever
//! is at the cap waits for nothing, and a bonus of zero is not counted at all.

use units::Ratio;

use crate::ids::ProviderId;
use crate::provider::Provider;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    /// What so many steps add to the multiplier.
    fn tenure_bonus(&self, steps: u32) -> Ratio {
        let tenure = &self.params.tenure;
        let parts = tenure.bonus_per_step.parts();
        Ratio::from_parts(parts.saturating_mul(u64::from(steps))).min(tenure.cap)
    }

    /// `1 + min(cap, steps · bonus)`.
    pub(crate) fn tenure_factor(&self, provider: &Provider) -> Ratio {
        Ratio::ONE.saturating_add(self.tenure_bonus(provider.tenure_steps))
    }

    /// Counts from now on: the provider has become active.
    pub(crate) fn begin_tenure(&mut self, id: ProviderId) {
        self.providers[id.index()].tenure_steps = 0;
        self.await_tenure(id);
    }

    /// Counts no more: the provider is not active.
    pub(crate) fn end_tenure(&mut self, id: ProviderId) {
        let provider = &mut self.providers[id.index()];
        provider.tenure_steps = 0;
        // The entry in the queue finds nobody waiting for it.
        provider.tenure_due = None;
    }

    /// Begins again after a penalty that an active provider stays active under; one that sets it aside has ended its tenure
    /// with its standing. The weight is not touched.
    pub(crate) fn reset_tenure(&mut self, id: ProviderId) {
        if self.providers[id.index()].standing == Standing::Active {
            self.begin_tenure(id);
        } else {
            self.end_tenure(id);
        }
    }

    /// Enters the next step into the queue, unless no step adds anything any more.
    fn await_tenure(&mut self, id: ProviderId) {
        let steps = self.providers[id.index()].tenure_steps;
        let has_more = !self.params.tenure.bonus_per_step.is_zero()
            && self.tenure_bonus(steps) < self.params.tenure.cap;
        let due = self.epoch.saturating_add(self.params.tenure.step_epochs);
        self.providers[id.index()].tenure_due = has_more.then_some(due);
        if has_more {
            self.tenures.entry(due).or_default().push(id);
        }
    }

    /// Takes the steps that are due at the close of this epoch.
    pub(crate) fn advance_tenures(&mut self) {
        for id in self.tenures.remove(&self.epoch).unwrap_or_default() {
            let provider = &mut self.providers[id.index()];
            // The count may have begun again since, and a provider may be entered twice.
            if provider.tenure_due != Some(self.epoch) {
                continue;
            }
            provider.tenure_steps = provider.tenure_steps.saturating_add(1);
            self.await_tenure(id);
            self.raise(id);
        }
    }
}
