//! Checks of work: a sampled challenge each epoch, a verdict that takes time, a second independent check before anybody is accused.

use std::collections::BTreeMap;

use protocol::{Operation, Standing, Tick, ViolationKind};
use serde::{Deserialize, Serialize};
use units::Amount;

use crate::event::EventClass;
use crate::number::ratio;
use crate::provider::Behaviour;
use crate::purpose;
use crate::rows::VerdictRow;
use crate::state::tick;
use crate::world::World;

/// A failed first check on its way to a verdict.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Check {
    provider: u32,
    epoch: u32,
    challenged: Tick,
    loss: Amount,
}

/// Checks under way, by verdict number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Checks {
    pending: BTreeMap<u32, Check>,
    next: u32,
}

impl World<'_> {
    /// Challenges a sample of the providers on the work of the epoch that closes. `fees` holds what each was paid in it.
    pub(crate) fn challenge(&mut self, fees: &[Amount]) {
        let rate = ratio(self.inputs.config.verification.challenge_rate);
        for id in 0..self.state.fleet.providers.len() as u32 {
            let provider = &self.state.fleet.providers[id as usize];
            let is_active = provider.in_business
                && self.state.rules.standing(provider.rules) == Standing::Active;
            let epoch = self.state.epoch;
            let key = provider.key.0;
            if is_active
                && self
                    .setup
                    .draws
                    .unit(purpose::CHALLENGE, key, u64::from(epoch))
                    < rate
            {
                let first_failed = self.fails(id, purpose::CHECK_FIRST, epoch);
                if first_failed {
                    self.expect_verdict(id, epoch, fees[id as usize]);
                } else {
                    self.record_verdict(id, epoch, false, false);
                }
            }
        }
    }

    /// Whether one check of a provider fails.
    fn fails(&self, id: u32, purpose: engine::Purpose, epoch: u32) -> bool {
        let of = &self.inputs.config.verification;
        let provider = &self.state.fleet.providers[id as usize];
        let chance = if provider.behaviour == Behaviour::Lazy {
            1.0 - ratio(of.false_accept)
        } else {
            ratio(of.false_reject)
        };
        self.setup
            .draws
            .unit(purpose, provider.key.0, u64::from(epoch))
            < chance
    }

    fn expect_verdict(&mut self, provider: u32, epoch: u32, loss: Amount) {
        let now = self.state.engine.now();
        let number = self.state.checks.next;
        self.state.checks.next += 1;
        self.state.checks.pending.insert(
            number,
            Check {
                provider,
                epoch,
                challenged: tick(now),
                loss,
            },
        );
        let at = now + self.inputs.config.verification.verdict_delay;
        if at < self.end() {
            self.state
                .engine
                .schedule(EventClass::Verdict.class(), number, at);
        } else {
            // A run that ends first still shows the failed check; the second one is not known yet.
            self.record_verdict(provider, epoch, true, false);
        }
    }

    /// A verdict arrives: the second check decides.
    pub(crate) fn verdict(&mut self, number: u32) {
        let Check {
            provider,
            epoch,
            challenged,
            loss,
        } = self
            .state
            .checks
            .pending
            .remove(&number)
            .expect("it was pending");
        let confirmed = self.fails(provider, purpose::CHECK_SECOND, epoch);
        self.record_verdict(provider, epoch, true, confirmed);
        let rules = self.state.fleet.providers[provider as usize].rules;
        if confirmed
            && !matches!(
                self.state.rules.standing(rules),
                Standing::Exited | Standing::Tombstoned
            )
        {
            let victim = Some(self.state.accounts.customers);
            let kind = ViolationKind::MaliciousResult;
            self.must(Operation::ReportViolation {
                provider: rules,
                kind,
                at: challenged,
                reporter: None,
                victim,
                loss,
                severity: units::Ratio::ONE,
            });
        }
    }

    fn record_verdict(&mut self, provider: u32, epoch: u32, first_failed: bool, confirmed: bool) {
        let delay = self.inputs.config.verification.verdict_delay;
        // The first failed check is decided when its verdict arrives; a passed one as long after its challenge.
        let epoch_end = u64::from(epoch + 1) * self.inputs.config.epoch.ns();
        self.verdict_rows.push(VerdictRow {
            epoch,
            provider,
            behaviour: self.state.fleet.providers[provider as usize]
                .behaviour
                .name(),
            first_failed,
            confirmed,
            decided_s: (epoch_end + delay.ns()) / 1_000_000_000,
        });
    }
}
