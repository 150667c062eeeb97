//! Step 6, Judge: walks the epoch's violations up the ladder and finds verdicts. Nothing is taken yet.
//!
//! The row of the kind in the slashing matrix says by what the rung is found: the number of remembered violations, the offence as
//! such, or the report's severity; and what the rung takes.

use alloc::vec::Vec;

use units::{Amount, Ratio};

use super::{Close, Verdict};
use crate::event::{ProtocolEvent, Rung};
use crate::ids::ProviderId;
use crate::operation::ViolationKind;
use crate::params::{LadderParams, MatrixRow, RecoveryPath, Regime};
use crate::provider::WindowEntry;
use crate::standing::Standing;
use crate::state::{Protocol, Report};

pub(super) fn judge(protocol: &mut Protocol, close: &mut Close) {
    for index in 0..close.measured.len() {
        judge_window(protocol, close, close.measured[index]);
    }
    for report in core::mem::take(&mut protocol.reports) {
        judge_report(protocol, close, report);
    }
}

/// Looks for a violation in the window of a provider that was measured. What has been judged leaves the window, so that
/// one outage counts once.
fn judge_window(protocol: &mut Protocol, close: &mut Close, id: ProviderId) {
    let ladder = &protocol.params.ladder;
    let provider = &mut protocol.providers[id.index()];
    if provider.standing != Standing::Active {
        return;
    }
    let is_down = exceeds_downtime(ladder, provider.tier, &provider.window);
    let has_failed = exceeds_failures(ladder, &provider.window);
    for entry in &mut provider.window {
        if is_down {
            entry.down = Ratio::ZERO;
        }
        if has_failed {
            (entry.jobs, entry.failed) = (0, 0);
        }
    }
    let found = [
        (is_down, ViolationKind::Downtime),
        (has_failed, ViolationKind::FailedJobs),
    ];
    for (_, kind) in found.into_iter().filter(|(holds, _)| *holds) {
        // It took place by the close; stake that left since the epoch began answers too.
        let report = Report {
            provider: id,
            kind,
            at: protocol.opened,
            reporter: None,
            victim: None,
            loss: Amount::ZERO,
            severity: Ratio::ONE,
            cause: close.cause,
        };
        judge_report(protocol, close, report);
    }
}

/// Whether the time down passes the allowance of a whole window; epochs without a record count as up.
fn exceeds_downtime(ladder: &LadderParams, tier: u8, window: &[WindowEntry]) -> bool {
    let down: u128 = window
        .iter()
        .map(|entry| u128::from(entry.down.parts()))
        .sum();
    let allowance = u128::from(ladder.downtime_allowance[usize::from(tier)].parts());
    down > allowance * u128::from(ladder.window_epochs)
}

/// Whether enough jobs failed, and a larger share of them than is allowed.
fn exceeds_failures(ladder: &LadderParams, window: &[WindowEntry]) -> bool {
    let jobs: u128 = window.iter().map(|entry| u128::from(entry.jobs)).sum();
    let failed: u128 = window.iter().map(|entry| u128::from(entry.failed)).sum();
    let one = u128::from(Ratio::ONE.parts());
    failed >= u128::from(ladder.failed_jobs_min)
        && failed * one > jobs * u128::from(ladder.failed_job_allowance.parts())
}

fn judge_report(protocol: &mut Protocol, close: &mut Close, report: Report) {
    let Report {
        provider: id,
        kind,
        at,
        victim,
        loss,
        cause,
        ..
    } = report;
    if protocol.providers[id.index()].standing == Standing::Tombstoned {
        return;
    }
    let row = protocol.params.matrix_row(kind);
    let half_life = protocol.params.ladder.memory_half_life_epochs;
    let (now, epoch) = (protocol.now, protocol.epoch);
    let losses = victim
        .filter(|_| !loss.is_zero())
        .map(|victim| (victim, loss));
    let record = protocol.providers[id.index()]
        .offences
        .entry(kind)
        .or_default();
    let judged_before = record.judged;
    if row.regime == Regime::Immediate && judged_before.is_some_and(|judged| at <= judged) {
        // Answered for already: what was done before a provider was punished is one offence with it. Whoever was harmed
        // shares in what this close takes for it.
        let same = |verdict: &&mut Verdict| verdict.provider == id && verdict.kind == kind;
        if let Some(verdict) = close.verdicts.iter_mut().find(same) {
            verdict.losses.extend(losses);
        }
        return;
    }
    let remembered = record.strikes.strike(epoch, half_life);
    record.number = record.number.saturating_add(1);
    record.judged = Some(now);
    let number = match row.regime {
        Regime::Graduated => remembered,
        Regime::Immediate | Regime::Scaled => record.number,
    };
    close.summary.violations[kind as usize] += 1;
    let (rung, index) = compute_rung(&protocol.params.ladder, &row, number, report.severity);
    if rung == Rung::Warning {
        protocol.events.push(ProtocolEvent::Warned {
            provider: id,
            kind,
            cause,
        });
        return;
    }
    let losses = losses.into_iter().collect();
    let verdict = compute_verdict(&row, rung, index, &report);
    close.verdicts.push(Verdict {
        losses,
        judged_before,
        ..verdict
    });
}

/// The rung of a violation that is the `number`-th of its kind, and its place in the row.
fn compute_rung(
    ladder: &LadderParams,
    row: &MatrixRow,
    number: u32,
    severity: Ratio,
) -> (Rung, usize) {
    if row.tombstone_at > 0 && number >= row.tombstone_at {
        return (Rung::Final, 2);
    }
    match row.regime {
        Regime::Graduated if number >= ladder.severe_at => (Rung::Severe, 2),
        Regime::Graduated if number >= ladder.penalty_at => (Rung::Penalty, 1),
        Regime::Graduated => (Rung::Warning, 0),
        Regime::Immediate => (Rung::Malicious, number.clamp(1, 3) as usize - 1),
        Regime::Scaled => match row.class(severity) {
            class if row.is_empty(class) => (Rung::Warning, class),
            0 => (Rung::Minor, 0),
            1 => (Rung::Moderate, 1),
            class => (Rung::Major, class),
        },
    }
}

/// What a rung of a row takes, without the losses and the history of the kind.
fn compute_verdict(row: &MatrixRow, rung: Rung, index: usize, report: &Report) -> Verdict {
    let is_final = rung == Rung::Final;
    let term = if is_final { 0 } else { row.term_epochs[index] };
    let standing = match row.regime {
        _ if is_final => Some(Standing::Tombstoned),
        Regime::Immediate => Some(Standing::Jailed),
        Regime::Graduated | Regime::Scaled => (term > 0).then_some(Standing::Suspended),
    };
    let share = |shares: &[Ratio; 3]| if is_final { Ratio::ONE } else { shares[index] };
    Verdict {
        provider: report.provider,
        kind: report.kind,
        rung,
        slash: share(&row.slash),
        forfeit: share(&row.forfeit),
        standing,
        term,
        is_correlated: row.is_correlated,
        needs_review: row.recovery == RecoveryPath::Review,
        judged_before: None,
        at: report.at,
        reporter: report.reporter,
        losses: Vec::new(),
        cause: report.cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(down: &[u64]) -> alloc::vec::Vec<WindowEntry> {
        let entry = |down: &u64| WindowEntry {
            epoch: 0,
            down: Ratio::from_percent(*down),
            jobs: 0,
            failed: 0,
        };
        down.iter().map(entry).collect()
    }

    #[test]
    fn downtime_is_measured_against_the_whole_window() {
        let downtime_allowance = [25, 5, 1].map(Ratio::from_percent);
        let ladder = LadderParams {
            downtime_allowance,
            ..LadderParams::default()
        };
        // 25 % of seven days are 1.75 days.
        assert!(!exceeds_downtime(&ladder, 0, &days(&[100, 75])));
        assert!(exceeds_downtime(&ladder, 0, &days(&[100, 76])));
        assert!(exceeds_downtime(&ladder, 2, &days(&[8])));
    }

    #[test]
    fn a_few_failures_are_never_a_violation() {
        let ladder = LadderParams::default();
        let window = |jobs, failed| {
            [WindowEntry {
                epoch: 0,
                down: Ratio::ZERO,
                jobs,
                failed,
            }]
        };
        assert!(!exceeds_failures(&ladder, &window(2, 2)));
        assert!(exceeds_failures(&ladder, &window(3, 3)));
        assert!(!exceeds_failures(&ladder, &window(60, 3)));
        assert!(exceeds_failures(&ladder, &window(59, 3)));
    }
}
