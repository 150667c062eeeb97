//! The close: the twelve steps in their order.

use stakesim_protocol::{Error, Tick};

use super::state::Oracle;

/// What a close did, for comparison with the summary.
#[derive(Debug, Default)]
pub struct Closed {
    pub measured: usize,
    pub scheduled: u128,
    pub ceiling: u128,
    pub budget: u128,
    pub minted: u128,
    pub by_category: [u128; 9],
    pub product: u128,
    pub utilisation: Option<u128>,
    pub staked_ratio: u128,
    pub slashed: Vec<u128>,
    pub violations: Vec<u32>,
    pub forfeited: u128,
    pub released: [u128; 5],
    pub matured: u128,
    pub reinstated: u32,
    pub burned: u128,
    pub fee_to_emission: Option<u128>,
    pub runway: Option<u128>,
    pub breaker_tripped: bool,
    pub grants: u128,
    pub payouts: u128,
    pub treasury: u128,
    pub insurance: u128,
    pub actions: u8,
    pub verification_fees: u128,
}

impl Oracle {
    pub fn close(&mut self, now: Tick) -> Result<Closed, Error> {
        if now.0 < self.now {
            return Err(Error::TimeWentBack { last: self.tick() });
        }
        self.now = now.0;
        let mut closed = Closed::default();
        let measured = std::mem::take(&mut self.measured);
        closed.measured = measured.len();
        let given = self.measure(&measured);
        self.ceil(&mut closed);
        self.scale(&mut closed);
        self.distribute(&mut closed);
        let verdicts = self.judge(&measured, &mut closed);
        self.penalise(verdicts, &mut closed);
        self.recover(&mut closed);
        self.release(&mut closed);
        self.release_vouched(&mut closed);
        self.pay_verifiers(&given, &mut closed);
        let before = self.prices.oracle;
        self.observe();
        self.decide();
        self.guard(before, &mut closed);
        for moved in self.moved.values_mut() {
            moved.1 = 0;
        }
        for kind in &mut self.kinds {
            kind.is_observed = false;
            kind.load = None;
        }
        for k in 0..self.kinds.len() {
            self.kinds[k].opening = self.total_weight(k);
        }
        for provider in &mut self.providers {
            provider.commission_base = provider.commission;
        }
        self.began = self.now;
        self.epoch += 1;
        self.begin_vesting();
        self.remember_stakes();
        Ok(closed)
    }
}
