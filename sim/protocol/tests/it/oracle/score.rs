//! Measure: what was seen of a provider in the epoch becomes its score.

use stakesim_protocol::{Role, Standing, StorageScore};

use super::number::{ONE, floor, of, parts};
use super::state::Oracle;

impl Oracle {
    /// Puts scores in force, and gives what each verifier gave.
    pub fn measure(&mut self, measured: &[usize]) -> Vec<(usize, u128)> {
        let mut given = Vec::new();
        for &v in measured {
            let seen = self.providers[v].measured.take().expect("it is listed");
            let score = &self.params.score;
            let cap = parts(score.cap);
            let error = if seen.jobs == 0 {
                ONE
            } else {
                let good = of(seen.jobs - seen.failed, seen.jobs);
                of(good, ONE - parts(score.benchmark_error))
            };
            let uptime = of(
                seen.up,
                parts(score.benchmark_uptime[self.providers[v].tier]),
            );
            let values = [uptime, error, seen.response, seen.rating].map(|value| value.min(cap));
            let weights = [
                score.weight_uptime,
                score.weight_error,
                score.weight_response,
                score.weight_rating,
            ]
            .map(u128::from);
            let sum: u128 = values.iter().zip(weights).map(|(value, w)| value * w).sum();
            let mean = sum / weights.iter().sum::<u128>();
            let zero = parts(score.zero_below);
            let score = if self.is_proven(self.providers[v].kind) {
                of(seen.jobs - seen.failed, seen.jobs.max(1))
            } else if mean < zero {
                0
            } else {
                cap.min(floor(mean - zero, ONE, ONE - zero))
            };
            given.extend(self.gave(v, &seen));
            if self.providers[v].standing == Standing::Active {
                self.see(v, seen);
            }
            self.put_in_force(v, self.providers[v].base, score);
        }
        given
    }

    /// Whether providers of a kind are scored by their proofs of storage.
    pub fn is_proven(&self, kind: usize) -> bool {
        self.params.score.storage == StorageScore::Proofs && self.kinds[kind].role == Role::Storage
    }
}
