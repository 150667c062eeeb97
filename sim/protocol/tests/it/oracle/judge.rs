//! Judge: the window of what was measured, the memory of offences, and what each violation costs.

use stakesim_protocol::{MatrixRow, RecoveryPath, Regime, Standing, ViolationKind};

use super::close::Closed;
use super::memory::STRIKE;
use super::number::{ONE, parts};
use super::records::{Offence, Report};
use super::state::Oracle;

/// A slash, a forfeit, and what standing for how long.
type Cost = (u128, u128, Option<(Standing, u64)>);

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

impl Oracle {
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

    /// The slash, the forfeit and the term of a rung; nothing for a warning.
    fn cost(&self, row: &MatrixRow, offence: &Offence, severity: u128) -> Option<Cost> {
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
