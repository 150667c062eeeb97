//! Checks of work: a sampled challenge each epoch, a verdict that takes time, a second independent check before anybody is
//! accused. Where there are verifiers they check, and what they say counts; without them the network checks by itself.

use std::collections::BTreeMap;

use protocol::{Operation, Role, Standing, Tick, ViolationKind};
use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

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
    /// Who found it; none where the network checks by itself.
    verifier: Option<u32>,
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
        let verifiers = self.verifiers_at_work();
        for id in 0..self.state.fleet.providers.len() as u32 {
            let provider = &self.state.fleet.providers[id as usize];
            let is_active = provider.in_business
                && self.state.rules.standing(provider.rules) == Standing::Active
                && self.is_compute(id);
            let epoch = self.state.epoch;
            let key = provider.key.0;
            if is_active
                && self
                    .setup
                    .draws
                    .unit(purpose::CHALLENGE, key, u64::from(epoch))
                    < rate
            {
                let loss = fees[id as usize];
                match &verifiers {
                    None => {
                        let failed = self.fails(id, purpose::CHECK_FIRST, epoch);
                        self.follow_up(id, loss, failed, None);
                    }
                    Some(verifiers) => self.first_check(id, loss, verifiers),
                }
            }
        }
    }

    /// Verifiers that checks can be given to; none where the scenario has no verifiers.
    fn verifiers_at_work(&self) -> Option<Vec<u32>> {
        let mut all = self.state.duties.range(Role::Verifier).peekable();
        all.peek()?;
        let is_at_work = |id: &u32| {
            let of = &self.state.fleet.providers[*id as usize];
            of.in_business && self.state.rules.standing(of.rules) == Standing::Active
        };
        Some(all.filter(is_at_work).collect())
    }

    /// A verifier drawn for a check of a provider; none where nobody is at work.
    fn draw_verifier(&self, provider: u32, ordinal: u64, verifiers: &[u32]) -> Option<u32> {
        let key = self.state.fleet.providers[provider as usize].key.0;
        let count = verifiers.len() as u32;
        (count > 0).then(|| {
            let draws = &self.setup.draws;
            verifiers[draws.index(purpose::VERIFIER, key, ordinal, count) as usize]
        })
    }

    /// The first check of a challenge by a verifier. One who is down gives no verdict, and nothing follows.
    fn first_check(&mut self, id: u32, loss: Amount, verifiers: &[u32]) {
        let epoch = self.state.epoch;
        let Some(verifier) = self.draw_verifier(id, 2 * u64::from(epoch), verifiers) else {
            return;
        };
        let key = self.state.fleet.providers[id as usize].key.0;
        let draw = self
            .setup
            .draws
            .unit(purpose::PLANTED, key, u64::from(epoch));
        if draw < ratio(self.inputs.config.roles.planted) {
            return self.planted_check(verifier);
        }
        if let Some(failed) = self.opinion(verifier, id, purpose::CHECK_FIRST, epoch) {
            self.follow_up(id, loss, failed, Some(verifier));
        }
    }

    /// A check of work that is known to be bad: whoever checks sees it, and whoever passes it has not checked.
    fn planted_check(&mut self, verifier: u32) {
        let now = self.state.engine.now();
        let is_reachable = self.is_reachable(verifier);
        let of = &self.state.fleet.providers[verifier as usize];
        let (rules, is_lazy) = (of.rules, of.behaviour == Behaviour::Lazy);
        if let Some(duty) = self.state.duties.of(verifier) {
            duty.ask(is_reachable);
            duty.checks += u32::from(is_reachable && !is_lazy);
            duty.false_verdicts += u32::from(is_reachable && is_lazy);
        }
        if is_reachable && is_lazy {
            self.must(Operation::ReportViolation {
                provider: rules,
                kind: ViolationKind::FalseReport,
                at: tick(now),
                reporter: None,
                victim: None,
                loss: Amount::ZERO,
                severity: Ratio::ONE,
            });
        }
    }

    /// Whether a verifier says that a provider's work is bad; none when it is down. A lazy one signs without checking.
    fn opinion(
        &mut self,
        verifier: u32,
        id: u32,
        purpose: engine::Purpose,
        epoch: u32,
    ) -> Option<bool> {
        let is_reachable = self.is_reachable(verifier);
        let behaviour = self.state.fleet.providers[verifier as usize].behaviour;
        let checks = is_reachable && behaviour != Behaviour::Lazy;
        if let Some(duty) = self.state.duties.of(verifier) {
            duty.ask(is_reachable);
            duty.checks += u32::from(checks);
        }
        is_reachable.then(|| checks && self.fails(id, purpose, epoch))
    }

    /// What follows from a first check.
    fn follow_up(&mut self, id: u32, loss: Amount, failed: bool, verifier: Option<u32>) {
        let check = Check {
            provider: id,
            epoch: self.state.epoch,
            challenged: tick(self.state.engine.now()),
            loss,
            verifier,
        };
        if failed {
            self.expect_verdict(check);
        } else {
            self.record_verdict(&check, false, false);
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

    fn expect_verdict(&mut self, check: Check) {
        let number = self.state.checks.next;
        self.state.checks.next += 1;
        let at = self.state.engine.now() + self.inputs.config.verification.verdict_delay;
        if at < self.end() {
            self.state
                .engine
                .schedule(EventClass::Verdict.class(), number, at);
        } else {
            // A run that ends first still shows the failed check; the second one is not known yet.
            self.record_verdict(&check, true, false);
        }
        self.state.checks.pending.insert(number, check);
    }

    /// A verdict arrives: the second check decides.
    pub(crate) fn verdict(&mut self, number: u32) {
        let check = self.state.checks.pending.remove(&number);
        let check = check.expect("it was pending");
        let confirmed = match check.verifier {
            None => self.fails(check.provider, purpose::CHECK_SECOND, check.epoch),
            Some(first) => self.second_check(&check, first),
        };
        self.record_verdict(&check, true, confirmed);
        let rules = self.state.fleet.providers[check.provider as usize].rules;
        let found_by = |id: u32| self.state.fleet.providers[id as usize].owner;
        if confirmed
            && !matches!(
                self.state.rules.standing(rules),
                Standing::Exited | Standing::Tombstoned
            )
        {
            self.must(Operation::ReportViolation {
                provider: rules,
                kind: ViolationKind::MaliciousResult,
                at: check.challenged,
                reporter: check.verifier.map(found_by),
                victim: Some(self.state.accounts.customers),
                loss: check.loss,
                severity: Ratio::ONE,
            });
        }
    }

    /// The second check by another verifier. Nobody is accused where there is none, or it is down.
    fn second_check(&mut self, check: &Check, first: u32) -> bool {
        let mut others = self.verifiers_at_work().unwrap_or_default();
        others.retain(|id| *id != first);
        let ordinal = 2 * u64::from(check.epoch) + 1;
        let second = self.draw_verifier(check.provider, ordinal, &others);
        let purpose = purpose::CHECK_SECOND;
        second
            .and_then(|second| self.opinion(second, check.provider, purpose, check.epoch))
            .unwrap_or(false)
    }

    fn record_verdict(&mut self, check: &Check, first_failed: bool, confirmed: bool) {
        let (provider, epoch) = (check.provider, check.epoch);
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
            verifier: check.verifier,
        });
    }
}
