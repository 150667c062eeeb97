//! What is punished and how: the window, Judge, Penalise, and the way back.

use stakesim_protocol::{Account, ProviderId, Standing};

use super::close::Closed;
use super::number::{ONE, ceil, floor, part, parts};
use super::state::{Hold, Measurement, Offence, Oracle, Report, Seen, Term};

/// A slash, a forfeit, and what standing for how long.
type Cost = (u128, u128, Option<(Standing, u64)>);

/// One strike, and half of one.
const STRIKE: u128 = 1_000_000;

/// What a violation costs.
pub struct Verdict {
    report: Report,
    slash: u128,
    forfeit: u128,
    standing: Option<(Standing, u64)>,
    losses: Vec<(u32, u128)>,
}

fn losses(report: &Report) -> Vec<(u32, u128)> {
    let loss = report.victim.map(|victim| (victim, report.loss));
    loss.into_iter().filter(|(_, loss)| *loss > 0).collect()
}

/// What is left of a count after some epochs.
fn decayed(count: u128, epochs: u64, half_life: u64) -> u128 {
    let halvings = epochs / half_life;
    let halved = if halvings < 128 { count >> halvings } else { 0 };
    let (rest, half_life) = (u128::from(epochs % half_life), u128::from(half_life));
    floor(halved, 2 * half_life - rest, 2 * half_life)
}

impl Oracle {
    /// Adds a measured epoch to an active provider's window.
    pub fn see(&mut self, v: usize, seen: Measurement) {
        let (epoch, length) = (self.epoch, u64::from(self.params.ladder.window_epochs));
        let window = &mut self.providers[v].window;
        window.retain(|entry| entry.epoch + length > epoch);
        window.push(Seen {
            epoch,
            down: ONE - seen.up,
            jobs: seen.jobs,
            failed: seen.failed,
        });
    }

    pub fn judge(&mut self, measured: &[usize], closed: &mut Closed) -> Vec<Verdict> {
        let kinds = stakesim_protocol::ViolationKind::ALL.len();
        closed.violations = vec![0; kinds];
        closed.slashed = vec![0; kinds];
        let mut found = Vec::new();
        for &v in measured {
            if self.providers[v].standing == Standing::Active {
                self.find(v, &mut found);
            }
        }
        found.append(&mut self.reports);
        let mut verdicts = Vec::new();
        for report in found {
            self.judge_one(report, &mut verdicts, closed);
        }
        verdicts
    }

    /// What the window itself shows.
    fn find(&mut self, v: usize, found: &mut Vec<Report>) {
        let ladder = &self.params.ladder;
        let window = &mut self.providers[v].window;
        let down: u128 = window.iter().map(|seen| seen.down).sum();
        let jobs: u128 = window.iter().map(|seen| seen.jobs).sum();
        let failed: u128 = window.iter().map(|seen| seen.failed).sum();
        let tier = self.providers[v].tier;
        let allowed = parts(ladder.downtime_allowance[tier]) * u128::from(ladder.window_epochs);
        let is_failing = failed >= u128::from(ladder.failed_jobs_min)
            && failed * ONE > jobs * parts(ladder.failed_job_allowance);
        let mut add = |kind| {
            found.push(Report {
                provider: v,
                kind,
                at: self.began,
                reporter: None,
                victim: None,
                loss: 0,
            });
        };
        if down > allowed {
            add(0);
        }
        if is_failing {
            add(1);
        }
        for seen in &mut self.providers[v].window {
            if down > allowed {
                seen.down = 0;
            }
            if is_failing {
                (seen.jobs, seen.failed) = (0, 0);
            }
        }
    }

    fn judge_one(&mut self, report: Report, verdicts: &mut Vec<Verdict>, closed: &mut Closed) {
        let (v, kind) = (report.provider, report.kind);
        if self.providers[v].standing == Standing::Tombstoned {
            return;
        }
        let (now, epoch) = (self.now, self.epoch);
        let half_life = u64::from(self.params.ladder.memory_half_life_epochs);
        let is_immediate = kind == 2;
        let offence: &mut Offence = &mut self.providers[v].offences[kind];
        if is_immediate && offence.judged.is_some_and(|judged| report.at <= judged) {
            let same = |verdict: &&mut Verdict| {
                verdict.report.provider == v && verdict.report.kind == kind
            };
            if let Some(verdict) = verdicts.iter_mut().find(same) {
                verdict.losses.extend(losses(&report));
            }
            return;
        }
        let left = decayed(offence.count, epoch - offence.epoch, half_life);
        offence.count = (left + STRIKE).min(1 << 60);
        offence.epoch = epoch;
        offence.number += 1;
        offence.judged = Some(now);
        let offence = *offence;
        closed.violations[kind] += 1;
        if let Some((slash, forfeit, standing)) = self.price_of(is_immediate, &offence) {
            let losses = losses(&report);
            verdicts.push(Verdict {
                report,
                slash,
                forfeit,
                standing,
                losses,
            });
        }
    }

    /// The slash, the forfeit and the term of a rung; nothing for a warning.
    fn price_of(&self, is_immediate: bool, offence: &Offence) -> Option<Cost> {
        let ladder = &self.params.ladder;
        if is_immediate {
            if offence.number >= 2 {
                return Some((ONE, ONE, Some((Standing::Tombstoned, 0))));
            }
            let term = u64::from(ladder.malicious_jail_epochs);
            let standing = Some((Standing::Jailed, term));
            return Some((parts(ladder.malicious_slash), ONE, standing));
        }
        let nth = (offence.count + STRIKE / 2) / STRIKE;
        if nth >= u128::from(ladder.severe_at) {
            let term = u64::from(ladder.severe_suspension_epochs);
            let standing = Some((Standing::Suspended, term));
            return Some((
                parts(ladder.severe_slash),
                parts(ladder.severe_forfeit),
                standing,
            ));
        }
        let is_penalty = nth >= u128::from(ladder.penalty_at);
        is_penalty.then(|| {
            (
                parts(ladder.penalty_slash),
                parts(ladder.penalty_forfeit),
                None,
            )
        })
    }

    pub fn penalise(&mut self, verdicts: Vec<Verdict>, closed: &mut Closed) {
        for v in 0..self.providers.len() {
            let of_provider = verdicts
                .iter()
                .filter(|verdict| verdict.report.provider == v);
            if let Some(forfeit) = of_provider.map(|verdict| verdict.forfeit).max() {
                closed.forfeited += self.settle(v, forfeit);
            }
        }
        for verdict in verdicts {
            let v = verdict.report.provider;
            let amount = self.slash(v, verdict.report.at, verdict.slash);
            closed.slashed[verdict.report.kind] += amount;
            self.holds.push(Hold {
                due: self.epoch + u64::from(self.params.slash_release.hold_epochs),
                amount,
                reporter: verdict.report.reporter,
                losses: verdict.losses,
            });
            if let Some((standing, term)) = verdict.standing {
                self.set_aside(v, standing, term);
            }
            self.touch(v);
        }
    }

    fn slash(&mut self, v: usize, at: u64, ratio: u128) -> u128 {
        self.settle(v, 0);
        let id = ProviderId(v as u32);
        let mut all = 0;
        for (is_self, account) in [
            (true, Account::SelfBond(id)),
            (false, Account::Delegated(id)),
        ] {
            let present = self.balance(account);
            let provider = &self.providers[v];
            let queued: u128 = (provider.entries.iter())
                .filter(|entry| entry.is_self == is_self && entry.created >= at)
                .map(|entry| entry.amount)
                .sum();
            let later: u128 = (provider.additions.iter())
                .filter(|addition| addition.is_self == is_self && addition.tick > at)
                .map(|addition| addition.amount)
                .sum();
            let due = part(ratio, (present + queued).saturating_sub(later));
            let taken = part(ratio, present).min(due);
            let mut wanted = due - taken;
            self.post(account, Account::SlashEscrow, taken, "slash");
            let mut from_queue = 0;
            for entry in &mut self.providers[v].entries {
                if entry.is_self == is_self && entry.created >= at {
                    let taken = ceil(ratio, entry.amount, ONE).min(wanted);
                    entry.amount -= taken;
                    wanted -= taken;
                    from_queue += taken;
                }
            }
            let queue = Account::Unbonding(id);
            self.post(queue, Account::SlashEscrow, from_queue, "slash_unbonding");
            all += taken + from_queue;
        }
        all
    }

    fn set_aside(&mut self, v: usize, standing: Standing, term: u64) {
        let epoch = self.epoch;
        let provider = &mut self.providers[v];
        if provider.standing == Standing::Exited && standing != Standing::Tombstoned {
            return;
        }
        provider
            .terms
            .retain(|term| term.until >= epoch || term.standing == Standing::Tombstoned);
        let until = if standing == Standing::Tombstoned {
            0
        } else {
            epoch + term
        };
        provider.terms.push(Term {
            standing,
            from: epoch,
            until,
        });
        let mut in_force: Option<(usize, Standing, u64)> = None;
        for (place, term) in provider.terms.iter().enumerate() {
            let stays = match in_force {
                _ if term.standing == Standing::Tombstoned => false,
                Some((_, Standing::Tombstoned, _)) => true,
                Some((_, Standing::Jailed, until)) => {
                    term.standing == Standing::Suspended && until >= term.from
                }
                _ => false,
            };
            if !stays {
                in_force = Some((place, term.standing, term.until));
            }
        }
        let (place, standing, until) = in_force.expect("a term was just added");
        if place + 1 == provider.terms.len() {
            provider.window.clear();
            provider.recovery_due = Some(until);
        }
        self.stand(v, standing);
    }

    pub fn recover(&mut self, closed: &mut Closed) {
        for v in 0..self.providers.len() {
            if self.providers[v].recovery_due == Some(self.epoch) {
                self.recover_one(v, closed);
            }
        }
        self.advance();
        for v in 0..self.providers.len() {
            if std::mem::take(&mut self.providers[v].waits) {
                self.raise(v);
            }
        }
    }

    fn recover_one(&mut self, v: usize, closed: &mut Closed) {
        let next = self.epoch + 1;
        match self.providers[v].standing {
            Standing::Suspended | Standing::Jailed => {
                let is_enough = self.is_bonded_enough(v);
                let provider = &mut self.providers[v];
                provider.terms.clear();
                provider.ramp = Some(0);
                provider.recovery_due = Some(next);
                closed.reinstated += 1;
                let standing = match is_enough {
                    true => Standing::Active,
                    false => Standing::Registered,
                };
                self.stand(v, standing);
                self.raise(v);
            }
            Standing::Registered | Standing::Active => {
                let epochs = u64::from(self.params.recovery.epochs);
                let provider = &mut self.providers[v];
                let step = provider.ramp.map_or(1, |step| step + 1);
                provider.ramp = (step < epochs).then_some(step);
                provider.recovery_due = (step < epochs).then_some(next);
                self.raise(v);
            }
            Standing::Tombstoned | Standing::Exited => {}
        }
    }

    fn is_bonded_enough(&self, v: usize) -> bool {
        let bond = self.self_bond(v);
        let tolerance = parts(self.params.bond.shortfall_tolerance);
        self.minimum(v)
            .is_some_and(|minimum| bond > 0 && bond >= part(tolerance, minimum))
    }
}
