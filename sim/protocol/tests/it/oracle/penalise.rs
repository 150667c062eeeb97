//! Penalise: rewards lost, more for those who fail together, and stake taken from where it was when the violation took place.

use std::collections::BTreeMap;

use stakesim_protocol::{Account, ProviderId};

use super::close::Closed;
use super::judge::Verdict;
use super::number::{ONE, ceil, of, part, parts};
use super::records::{Case, Objection, Taken};
use super::state::Oracle;

impl Oracle {
    pub fn penalise(&mut self, verdicts: Vec<Verdict>, closed: &mut Closed) {
        for v in 0..self.providers.len() {
            let of_provider = (verdicts.iter()).filter(|verdict| verdict.report.provider == v);
            if let Some(forfeit) = of_provider.map(|verdict| verdict.forfeit).max() {
                closed.forfeited += self.settle(v, forfeit);
            }
        }
        let factor = self.correlation(&verdicts);
        for verdict in verdicts {
            self.carry_out(verdict, factor, closed);
        }
    }

    fn carry_out(&mut self, verdict: Verdict, factor: u128, closed: &mut Closed) {
        let (v, kind, at) = (
            verdict.report.provider,
            verdict.report.kind,
            verdict.report.at,
        );
        let slash = match verdict.is_correlated {
            true => part(verdict.slash, factor).min(ONE),
            false => verdict.slash,
        };
        self.settle(v, 0);
        let mut taken = self.slash_moved(v, at, slash);
        for is_self in [true, false] {
            taken.extend(self.slash_side(v, at, slash, is_self));
        }
        taken.retain(|(_, amount)| *amount > 0);
        let amount: u128 = taken.iter().map(|(_, amount)| amount).sum();
        closed.slashed[kind as usize] += amount;
        let case = self.cases.len();
        self.cases.push(Case {
            provider: v,
            kind: kind as usize,
            epoch: self.epoch,
            due: self.epoch + u64::from(self.params.slash_release.hold_epochs),
            taken,
            reporter: verdict.report.reporter,
            losses: verdict.losses,
            judged: [verdict.judged_before, Some(self.now)],
            objection: Objection::None,
            is_closed: false,
        });
        if let Some((standing, term)) = verdict.standing {
            closed.forfeited += self.set_aside(v, case, standing, term, verdict.needs_review);
        }
        self.touch(v);
    }

    /// How much more a correlated slash takes at this close.
    fn correlation(&mut self, verdicts: &[Verdict]) -> u128 {
        let mut exposed: BTreeMap<usize, u128> = BTreeMap::new();
        for verdict in verdicts.iter().filter(|verdict| verdict.is_correlated) {
            let (v, at) = (verdict.report.provider, verdict.report.at);
            let sides = self.exposure(v, at, true) + self.exposure(v, at, false);
            let largest = exposed.entry(v).or_default();
            *largest = sides.max(*largest);
        }
        self.exposed.push((self.epoch, exposed.values().sum()));
        let params = &self.params.correlation;
        let window = u64::from(params.window_epochs);
        self.exposed
            .retain(|(epoch, _)| epoch + window >= self.epoch);
        let kept: u128 = self.exposed.iter().map(|(_, exposed)| exposed).sum();
        let share = of(kept, self.staked().max(1)).min(ONE);
        (ONE + part(parts(params.gain), share)).min(parts(params.cap))
    }

    /// Stake of one side that was there when a violation took place.
    fn exposure(&self, v: usize, at: u64, is_self: bool) -> u128 {
        let present = if is_self {
            self.self_bond(v)
        } else {
            self.pool(v)
        };
        (present + self.queued(v, at, is_self)).saturating_sub(self.added(v, at, is_self))
    }

    pub fn queued(&self, v: usize, at: u64, is_self: bool) -> u128 {
        let entries = self.providers[v].entries.iter();
        let entries = entries.filter(|entry| entry.is_self == is_self && entry.created >= at);
        entries.map(|entry| entry.amount).sum()
    }

    pub fn added(&self, v: usize, at: u64, is_self: bool) -> u128 {
        let additions = self.providers[v].additions.iter();
        let additions =
            additions.filter(|addition| addition.is_self == is_self && addition.tick > at);
        additions.map(|addition| addition.amount).sum()
    }

    fn slash_side(&mut self, v: usize, at: u64, slash: u128, is_self: bool) -> Vec<(Taken, u128)> {
        let id = ProviderId(v as u32);
        let (account, source, present) = match is_self {
            true => (Account::SelfBond(id), Taken::Bond, self.self_bond(v)),
            false => (Account::Delegated(id), Taken::Pool, self.pool(v)),
        };
        let due = part(slash, self.exposure(v, at, is_self));
        let first = part(slash, present).min(due);
        let mut wanted = due - first;
        let spared = match is_self {
            true => self.slash_held(v, first),
            false => 0,
        };
        let mut all = vec![(Taken::Held, spared), (source, first - spared)];
        self.post(account, Account::SlashEscrow, first - spared, "slash");
        let mut queued = 0;
        for entry in &mut self.providers[v].entries {
            if entry.is_self == is_self && entry.created >= at {
                let amount = ceil(slash, entry.amount, ONE).min(wanted);
                entry.amount -= amount;
                wanted -= amount;
                queued += amount;
                all.push((Taken::Left(entry.owner), amount));
            }
        }
        let queue = Account::Unbonding(id);
        self.post(queue, Account::SlashEscrow, queued, "slash_unbonding");
        all
    }
}
