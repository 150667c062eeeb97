//! Penalise: rewards lost, more for those who fail together, and stake taken from where it was when the violation took place.

use std::collections::BTreeMap;

use stakesim_protocol::{Account, CorrelationRule, ProviderId, SlashOrder};

use super::close::Closed;
use super::judge::Verdict;
use super::number::{ONE, ceil, floor, of, part, parts};
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
        let growth = self.correlation(&verdicts);
        for verdict in verdicts {
            self.carry_out(verdict, growth, closed);
        }
    }

    fn carry_out(&mut self, verdict: Verdict, growth: u128, closed: &mut Closed) {
        let (v, kind, at) = (
            verdict.report.provider,
            verdict.report.kind,
            verdict.report.at,
        );
        let slash = match verdict.is_correlated {
            true => self.grown(verdict.slash, growth),
            false => verdict.slash,
        };
        self.settle(v, 0);
        let [own, pool, moved] = self.owed(v, at, slash);
        let mut taken = self.slash_moved(v, at, moved);
        taken.extend(self.slash_side(v, at, own, true));
        taken.extend(self.slash_side(v, at, pool, false));
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

    /// A correlated slash with what it grows by.
    fn grown(&self, slash: u128, growth: u128) -> u128 {
        let params = &self.params.correlation;
        let grown = match params.rule {
            CorrelationRule::Multiply => part(slash, (ONE + growth).min(parts(params.cap))),
            CorrelationRule::Add => slash + growth,
        };
        grown.min(ONE)
    }

    /// By how much correlated slashes grow at this close.
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
        part(parts(params.gain), share)
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

    /// What the owner, the delegators who are still there and those who have moved owe.
    fn owed(&self, v: usize, at: u64, slash: u128) -> [Owed; 3] {
        let own = self.exposure(v, at, true);
        let pool = self.exposure(v, at, false);
        let moved = self.moved_exposure(v, at);
        if self.params.ladder.slash_order != SlashOrder::OwnFirst {
            return [own, pool, moved].map(|exposed| Owed {
                due: part(slash, exposed),
                of: [slash, ONE],
            });
        }
        let all = part(slash, own + pool + moved);
        let (first, second) = match all.checked_sub(own) {
            Some(rest) => (own, rest),
            None => (all, 0),
        };
        let others = [second, (pool + moved).max(1)];
        let due_of_moved = floor(moved, others[0], others[1]);
        [
            Owed {
                due: first,
                of: [first, own.max(1)],
            },
            Owed {
                due: second - due_of_moved,
                of: others,
            },
            Owed {
                due: due_of_moved,
                of: others,
            },
        ]
    }

    fn slash_side(&mut self, v: usize, at: u64, owed: Owed, is_self: bool) -> Vec<(Taken, u128)> {
        let id = ProviderId(v as u32);
        let (account, source, present) = match is_self {
            true => (Account::SelfBond(id), Taken::Bond, self.self_bond(v)),
            false => (Account::Delegated(id), Taken::Pool, self.pool(v)),
        };
        let (order, [share, whole]) = (self.params.ladder.slash_order, owed.of);
        let mut wanted = owed.due;
        let mut staked = match order {
            SlashOrder::StakeAlone if present < owed.due => 0,
            SlashOrder::StakeAlone => owed.due,
            SlashOrder::UnbondingFirst => 0,
            SlashOrder::Proportional | SlashOrder::OwnFirst => {
                floor(present, share, whole).min(owed.due)
            }
        };
        wanted -= staked;
        let (mut all, mut queued) = (Vec::new(), 0);
        for entry in &mut self.providers[v].entries {
            if entry.is_self == is_self && entry.created >= at {
                let most = match order {
                    SlashOrder::StakeAlone => entry.amount,
                    SlashOrder::UnbondingFirst => floor(entry.amount, share, whole),
                    SlashOrder::Proportional | SlashOrder::OwnFirst => {
                        ceil(entry.amount, share, whole)
                    }
                };
                let amount = most.min(wanted);
                entry.amount -= amount;
                wanted -= amount;
                queued += amount;
                all.push((Taken::Left(entry.owner), amount));
            }
        }
        staked += wanted.min(present - staked);
        let spared = match is_self {
            true => self.slash_held(v, staked),
            false => 0,
        };
        all.extend([(Taken::Held, spared), (source, staked - spared)]);
        self.post(account, Account::SlashEscrow, staked - spared, "slash");
        let queue = Account::Unbonding(id);
        self.post(queue, Account::SlashEscrow, queued, "slash_unbonding");
        all
    }
}

/// What somebody owes of a slash, and as which part of what it has, `a / b`.
#[derive(Clone, Copy)]
pub struct Owed {
    pub due: u128,
    pub of: [u128; 2],
}
