//! Step 6, Judge: walks the epoch's violations up the ladder and finds verdicts. Nothing is taken yet.
//!
//! Downtime and failed jobs are graduated: warning, penalty, severe, by the number of remembered violations of the kind.
//! A malicious result is punished at once; the second takes everything.

use alloc::vec;

use units::Amount;

use super::{Close, Verdict};
use crate::event::{ProtocolEvent, Rung};
use crate::ids::{ProviderId, Tick};
use crate::operation::ViolationKind;
use crate::params::LadderParams;
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
            entry.down = units::Ratio::ZERO;
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
    let one = u128::from(units::Ratio::ONE.parts());
    failed >= u128::from(ladder.failed_jobs_min)
        && failed * one > jobs * u128::from(ladder.failed_job_allowance.parts())
}

fn judge_report(protocol: &mut Protocol, close: &mut Close, report: Report) {
    let Report {
        provider: id,
        kind,
        at,
        reporter,
        victim,
        loss,
        cause,
    } = report;
    let now = protocol.now;
    let losses = victim
        .filter(|_| !loss.is_zero())
        .map(|victim| (victim, loss));
    if protocol.providers[id.index()].standing == Standing::Tombstoned {
        return;
    }
    let Some(rung) = compute_rung(protocol, id, kind, at) else {
        // Answered for already. Whoever was harmed shares in what this close takes for it.
        let same = |verdict: &&mut Verdict| verdict.provider == id && verdict.kind == kind;
        if let Some(verdict) = close.verdicts.iter_mut().find(same) {
            verdict.losses.extend(losses);
        }
        return;
    };
    let epoch = protocol.epoch;
    let half_life = protocol.params.ladder.memory_half_life_epochs;
    let provider = &mut protocol.providers[id.index()];
    match kind {
        ViolationKind::MaliciousResult => {
            provider.malicious += 1;
            provider.malicious_judged = Some(now);
        }
        ViolationKind::Downtime | ViolationKind::FailedJobs => {
            provider.strikes[kind as usize].strike(epoch, half_life);
        }
    }
    close.summary.violations[kind as usize] += 1;
    if rung == Rung::Warning {
        protocol.events.push(ProtocolEvent::Warned {
            provider: id,
            kind,
            cause,
        });
        return;
    }
    let losses = losses.map_or(vec![], |loss| vec![loss]);
    close.verdicts.push(Verdict {
        provider: id,
        kind,
        rung,
        at,
        reporter,
        losses,
        cause,
    });
}

/// The rung that one more violation reaches; none when the infraction has been answered for: what was done before a
/// provider was punished for malicious work is one offence with it.
fn compute_rung(
    protocol: &Protocol,
    id: ProviderId,
    kind: ViolationKind,
    at: Tick,
) -> Option<Rung> {
    let ladder = &protocol.params.ladder;
    let provider = &protocol.providers[id.index()];
    if kind == ViolationKind::MaliciousResult {
        return match (provider.malicious_judged, provider.malicious) {
            (Some(judged), _) if at <= judged => None,
            (_, 0) => Some(Rung::Malicious),
            _ => Some(Rung::Final),
        };
    }
    let mut strikes = provider.strikes[kind as usize];
    let number = strikes.strike(protocol.epoch, ladder.memory_half_life_epochs);
    Some(if number >= ladder.severe_at {
        Rung::Severe
    } else if number >= ladder.penalty_at {
        Rung::Penalty
    } else {
        Rung::Warning
    })
}

#[cfg(test)]
mod tests {
    use units::Ratio;

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
