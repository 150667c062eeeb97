//! Judge: the window of what was measured, the memory of offences, and what each violation costs.

use stakesim_protocol::{MatrixRow, RecoveryPath, Regime, Standing, ViolationKind};

use super::close::Closed;
use super::number::{ONE, floor, parts};
use super::state::{Measurement, Offence, Oracle, Report, Seen};

const STRIKE: u128 = 1_000_000;

/// What a violation costs.
pub struct Verdict {
    pub report: Report,
    pub slash: u128,
    pub forfeit: u128,
    pub standing: Option<(Standing, u64)>,
    pub is_correlated: bool,
    pub needs_review: bool,
    pub losses: Vec<(u32, u128)>,
    /// The kind's last judgement before this one.
    pub judged_before: Option<u64>,
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
        closed.violations = vec![0; ViolationKind::ALL.len()];
        closed.slashed = vec![0; ViolationKind::ALL.len()];
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
        let tier = self.providers[v].tier;
        let allowed = parts(ladder.downtime_allowance[tier]) * u128::from(ladder.window_epochs);
        let window = &mut self.providers[v].window;
        let down: u128 = window.iter().map(|seen| seen.down).sum();
        let jobs: u128 = window.iter().map(|seen| seen.jobs).sum();
        let failed: u128 = window.iter().map(|seen| seen.failed).sum();
        let is_failing = failed >= u128::from(ladder.failed_jobs_min)
            && failed * ONE > jobs * parts(ladder.failed_job_allowance);
        for seen in window {
            if down > allowed {
                seen.down = 0;
            }
            if is_failing {
                (seen.jobs, seen.failed) = (0, 0);
            }
        }
        let kinds = [ViolationKind::Downtime, ViolationKind::FailedJobs];
        for (kind, is_found) in kinds.into_iter().zip([down > allowed, is_failing]) {
            if is_found {
                found.push(Report {
                    provider: v,
                    kind,
                    at: self.began,
                    reporter: None,
                    victim: None,
                    loss: 0,
                    severity: ONE,
                });
            }
        }
    }

    fn judge_one(&mut self, report: Report, verdicts: &mut Vec<Verdict>, closed: &mut Closed) {
        let (v, kind) = (report.provider, report.kind);
        if self.providers[v].standing == Standing::Tombstoned {
            return;
        }
        let row = self.params.matrix_row(kind);
        let offence = self.providers[v].offences[kind as usize];
        let is_answered = offence.judged.is_some_and(|judged| report.at <= judged);
        if row.regime == Regime::Immediate && is_answered {
            let same = |verdict: &&mut Verdict| {
                verdict.report.provider == v && verdict.report.kind == kind
            };
            if let Some(verdict) = verdicts.iter_mut().find(same) {
                verdict.losses.extend(losses(&report));
            }
            return;
        }
        let judged_before = offence.judged;
        let offence = Offence {
            count: (self.remembered(&offence) + STRIKE).min(1 << 60),
            epoch: self.epoch,
            number: offence.number + 1,
            judged: Some(self.now),
        };
        self.providers[v].offences[kind as usize] = offence;
        closed.violations[kind as usize] += 1;
        if let Some((slash, forfeit, standing)) = self.cost(&row, &offence, report.severity) {
            let losses = losses(&report);
            verdicts.push(Verdict {
                report,
                slash,
                forfeit,
                standing,
                is_correlated: row.is_correlated,
                needs_review: row.recovery == RecoveryPath::Review,
                losses,
                judged_before,
            });
        }
    }

    /// The strikes of an offence that are left in this epoch.
    fn remembered(&self, offence: &Offence) -> u128 {
        let half_life = u64::from(self.params.ladder.memory_half_life_epochs);
        decayed(offence.count, self.epoch - offence.epoch, half_life)
    }

    /// Takes a violation back out of the memory.
    pub fn take_back(&mut self, v: usize, kind: usize, epoch: u64, judged: [Option<u64>; 2]) {
        let half_life = u64::from(self.params.ladder.memory_half_life_epochs);
        let offence = self.providers[v].offences[kind];
        let strike = decayed(STRIKE, self.epoch - epoch, half_life);
        let is_last = offence.judged == judged[1];
        self.providers[v].offences[kind] = Offence {
            count: self.remembered(&offence).saturating_sub(strike),
            epoch: self.epoch,
            number: offence.number - 1,
            judged: if is_last { judged[0] } else { offence.judged },
        };
    }

    /// The slash, the forfeit and the term of a rung; nothing for a warning.
    fn cost(
        &self,
        row: &MatrixRow,
        offence: &Offence,
        severity: u128,
    ) -> Option<(u128, u128, Option<(Standing, u64)>)> {
        let ladder = &self.params.ladder;
        let nth = match row.regime {
            Regime::Graduated => (offence.count + STRIKE / 2) / STRIKE,
            _ => u128::from(offence.number),
        };
        if row.tombstone_at > 0 && nth >= u128::from(row.tombstone_at) {
            return Some((ONE, ONE, Some((Standing::Tombstoned, 0))));
        }
        let (rung, standing) = match row.regime {
            Regime::Graduated if nth >= u128::from(ladder.severe_at) => (2, Standing::Suspended),
            Regime::Graduated if nth >= u128::from(ladder.penalty_at) => (1, Standing::Suspended),
            Regime::Graduated => return None,
            Regime::Immediate => (nth.min(3) as usize - 1, Standing::Jailed),
            Regime::Scaled if 3 * severity < ONE => (0, Standing::Suspended),
            Regime::Scaled if 3 * severity < 2 * ONE => (1, Standing::Suspended),
            Regime::Scaled => (2, Standing::Suspended),
        };
        let (slash, forfeit) = (parts(row.slash[rung]), parts(row.forfeit[rung]));
        let term = u64::from(row.term_epochs[rung]);
        let is_empty = slash == 0 && forfeit == 0 && term == 0;
        if row.regime == Regime::Scaled && is_empty {
            return None;
        }
        Some((slash, forfeit, (term > 0).then_some((standing, term))))
    }
}
