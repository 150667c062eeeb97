//! Fees for checks: who gave verdicts in the epoch, and what each is paid for them.

use stakesim_protocol::{Account, Role, Standing};

use super::close::Closed;
use super::number::floor;
use super::records::Measurement;
use super::state::Oracle;

impl Oracle {
    /// What an active verifier gave, as Measure sees it.
    pub fn gave(&self, v: usize, seen: &Measurement) -> Option<(usize, u128)> {
        let provider = &self.providers[v];
        let is_verifier = self.kinds[provider.kind].role == Role::Verifier;
        let is_noted = is_verifier && provider.standing == Standing::Active;
        is_noted.then(|| (v, seen.jobs - seen.failed))
    }

    pub fn pay_verifiers(&mut self, given: &[(usize, u128)], closed: &mut Closed) {
        let pool = self.balance(Account::VerificationPool);
        let is_left = |v: usize| self.providers[v].standing == Standing::Active;
        let left: Vec<_> = given.iter().filter(|(v, _)| is_left(*v)).collect();
        let sum: u128 = left.iter().map(|(_, count)| count).sum();
        let parts: Vec<_> = left
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(v, count)| (self.providers[*v].owner, floor(pool, *count, sum)))
            .collect();
        for (owner, amount) in parts {
            let to = Oracle::liquid(owner);
            self.post(Account::VerificationPool, to, amount, "verification_fee");
            closed.verification_fees += amount;
        }
    }
}
