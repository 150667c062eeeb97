//! What is remembered of conduct: the window of what was measured, and offences that fade.

use stakesim_protocol::ViolationKind;

use super::number::{ONE, floor, parts};
use super::records::{Measurement, Offence, Report, Seen};
use super::state::Oracle;

/// One violation in the memory of its kind.
pub const STRIKE: u128 = 1_000_000;

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

    /// What the window itself shows.
    pub fn find(&mut self, v: usize, found: &mut Vec<Report>) {
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

    /// The strikes of an offence that are left in this epoch.
    pub fn remembered(&self, offence: &Offence) -> u128 {
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
}
