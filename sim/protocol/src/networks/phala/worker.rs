//! One worker between challenges: its value and its performance, block by block.
//!
//! Payouts follow shares of the budget; the value falls by a payout at most by what it grew since the last one. A worker that leaves a
//! challenge unanswered for longer than the window loses a share of its value every block until it answers; nothing else is slashed.

use alloc::collections::VecDeque;

use super::super::RuleError;
use super::tokenomic::{Tokenomic, confidence_score};
use super::u64f64::U64F64;

/// A worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Its value.
    pub v: U64F64,
    /// What its value has grown since its last payout.
    pub v_deductible: U64F64,
    /// Its performance in its benchmark, in iterations of 6 s.
    pub p_bench: U64F64,
    /// Its performance at its last heartbeat.
    pub p_instant: U64F64,
    /// Level of confidence in its hardware.
    pub confidence: u8,
    /// Whether it left a challenge unanswered for too long.
    pub is_unresponsive: bool,
    /// Iterations it had done at its last heartbeat.
    pub iterations: u64,
    /// When it was last challenged, in milliseconds.
    pub challenged_ms: u64,
    paid_block: u32,
    waiting: VecDeque<u32>,
    has_answered: bool,
}

/// What a heartbeat pays, in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payout {
    /// To the worker.
    pub worker: U64F64,
    /// To the treasury.
    pub treasury: U64F64,
}

impl Worker {
    /// A worker that starts in this block with this value and performance.
    #[must_use]
    pub const fn new(
        v: U64F64,
        p_bench: U64F64,
        confidence: u8,
        block: u32,
        now_ms: u64,
    ) -> Worker {
        Worker {
            v,
            v_deductible: U64F64::ZERO,
            p_bench,
            p_instant: p_bench,
            confidence,
            is_unresponsive: false,
            iterations: 0,
            challenged_ms: now_ms,
            paid_block: block,
            waiting: VecDeque::new(),
            has_answered: false,
        }
    }

    /// The worker's weight in payouts: the hypotenuse of its value and twice its performance.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the rules below.
    pub fn share(&self) -> Result<U64F64, RuleError> {
        let score = confidence_score(self.confidence)?.unwrap_or(U64F64::ZERO);
        let performance = self.p_instant.mul_whole(2)?.times(score)?;
        let square = self
            .v
            .times(self.v)?
            .plus(performance.times(performance)?)?;
        Ok(square.sqrt())
    }

    /// A challenge is sent in this block.
    pub fn challenge(&mut self, block: u32) {
        self.waiting.push_back(block);
    }

    /// The worker's performance, from the iterations it has done by now: at most 120 % of its benchmark. Fewer iterations than
    /// before mean that it started again, and count as none.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn measure(&mut self, now_ms: u64, iterations: u64) -> Result<(), RuleError> {
        if now_ms <= self.challenged_ms {
            return Ok(());
        }
        self.iterations = self.iterations.min(iterations);
        let elapsed = U64F64::whole(now_ms - self.challenged_ms).div_whole(1000)?;
        let done = U64F64::whole(iterations - self.iterations);
        let p = done.over(elapsed)?.mul_whole(6)?;
        // no published number notices: no performance in the files reaches the cap.
        let most = self.p_bench.times(U64F64::from_decimal(&12.into(), 1)?)?;
        self.p_instant = p.min(most);
        Ok(())
    }

    /// The worker answers its oldest challenge, sent at `challenged_ms`, and is paid by its share of `sum_share`, all responsive
    /// workers' at the beginning of the block. An unresponsive worker is not paid.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn heartbeat(
        &mut self,
        params: &Tokenomic,
        sum_share: U64F64,
        (block, now_ms): (u32, u64),
        challenged_ms: u64,
        iterations: u64,
    ) -> Result<Payout, RuleError> {
        self.waiting.pop_front();
        self.has_answered = true;
        self.measure(now_ms, iterations)?;
        self.challenged_ms = challenged_ms;
        self.iterations = iterations;
        if self.is_unresponsive {
            (self.v_deductible, self.paid_block) = (U64F64::ZERO, block);
            return Ok(Payout::default());
        }
        self.pay(params, sum_share, block)
    }

    fn pay(
        &mut self,
        params: &Tokenomic,
        sum_share: U64F64,
        block: u32,
    ) -> Result<Payout, RuleError> {
        let share = self.share()?;
        let is_due = self.v_deductible > U64F64::ZERO && block > self.paid_block;
        if !is_due || sum_share == U64F64::ZERO || share == U64F64::ZERO {
            return Ok(Payout::default());
        }
        let blocks = u64::from(block - self.paid_block);
        let part = share.over(sum_share)?;
        let budget = part.times(params.budget)?.mul_whole(blocks)?;
        let payout = Payout {
            worker: budget.times(params.payout)?,
            treasury: budget.times(params.treasury)?,
        };
        self.v = self.v.minus(self.v_deductible.min(payout.worker))?;
        (self.v_deductible, self.paid_block) = (U64F64::ZERO, block);
        Ok(payout)
    }

    /// The block ends: the value grows unless the worker answered in it, or falls while it is unresponsive.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn end_block(&mut self, params: &Tokenomic, block: u32) -> Result<(), RuleError> {
        let has_answered = core::mem::take(&mut self.has_answered);
        if self.is_unresponsive {
            self.is_unresponsive = !has_answered;
        } else if let Some(&sent) = self.waiting.front() {
            self.is_unresponsive = block.saturating_sub(sent) > params.heartbeat_window;
        }
        if self.is_unresponsive {
            let slash = self.v.times(params.slash_rate)?;
            self.v = self.v.minus(slash)?;
            self.v_deductible = U64F64::ZERO;
        } else if !has_answered {
            self.grow(params)?;
        }
        Ok(())
    }

    /// A block without an answer: the value grows by its interest and the running costs, scaled by performance.
    fn grow(&mut self, params: &Tokenomic) -> Result<(), RuleError> {
        let cost = params.running_cost(self.p_bench)?;
        let performance = if self.p_bench == U64F64::ZERO {
            U64F64::ONE
        } else {
            self.p_instant.over(self.p_bench)?
        };
        let interest = params.rho.minus(U64F64::ONE)?.times(self.v)?;
        let growth = performance.times(interest.plus(cost)?)?;
        self.v = self.v.plus(growth)?.min(params.v_max);
        self.v_deductible = self.v_deductible.plus(growth)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(mantissa: u64, places: u32) -> U64F64 {
        U64F64::from_decimal(&mantissa.into(), places).unwrap()
    }

    /// Round figures, so that the steps can be followed by hand.
    fn params() -> Tokenomic {
        Tokenomic {
            rho: number(15, 1),
            slash_rate: number(25, 2),
            budget: number(10, 0),
            v_max: number(1000, 0),
            cost_k: number(0, 0),
            cost_b: number(1, 0),
            payout: number(75, 2),
            treasury: number(25, 2),
            heartbeat_window: 2,
            rig_k: number(0, 0),
            rig_b: number(0, 0),
            re: number(1, 0),
            k: number(1, 0),
        }
    }

    fn worker(v: u64) -> Worker {
        Worker::new(U64F64::whole(v), U64F64::whole(6), 1, 1, 6_000)
    }

    #[test]
    fn value_grows_falls_by_the_payout_and_never_below_what_it_was() {
        let mut worker = worker(6);
        worker.end_block(&params(), 1).unwrap();
        assert_eq!(
            (worker.v, worker.v_deductible),
            (U64F64::whole(10), U64F64::whole(4))
        );
        worker.challenge(2);
        // Alone with half of all shares: three blocks of five tokens, a quarter of them for the treasury.
        let all = worker.share().unwrap().mul_whole(2).unwrap();
        let payout = worker
            .heartbeat(&params(), all, (4, 12_000), 11_000, 6)
            .unwrap();
        assert_eq!(worker.p_instant, U64F64::whole(6));
        assert_eq!(
            (payout.worker, payout.treasury),
            (number(1125, 2), number(375, 2))
        );
        worker.end_block(&params(), 4).unwrap();
        assert_eq!(
            (worker.v, worker.v_deductible),
            (U64F64::whole(6), U64F64::ZERO)
        );
    }

    #[test]
    fn a_silent_worker_decays_until_it_answers_and_is_not_paid_then() {
        let mut worker = worker(998);
        worker.challenge(1);
        for block in 1..=3 {
            worker.end_block(&params(), block).unwrap();
        }
        assert_eq!(
            (worker.v, worker.is_unresponsive),
            (U64F64::whole(1000), false)
        );
        worker.end_block(&params(), 4).unwrap();
        assert_eq!(
            (worker.v, worker.is_unresponsive),
            (U64F64::whole(750), true)
        );
        let payout = worker
            .heartbeat(&params(), U64F64::ONE, (5, 60_000), 60_000, 9)
            .unwrap();
        assert_eq!(payout, Payout::default());
        worker.end_block(&params(), 5).unwrap();
        assert_eq!(
            (worker.v, worker.is_unresponsive),
            (U64F64::whole(750), false)
        );
    }

    #[test]
    fn performance_is_capped_and_a_restart_counts_as_none() {
        let mut worker = worker(1);
        worker.measure(6_000, 99).unwrap();
        assert_eq!(worker.p_instant, U64F64::whole(6));
        worker.measure(12_000, 99).unwrap();
        assert_eq!(
            worker.p_instant,
            U64F64::whole(6).times(number(12, 1)).unwrap()
        );
        worker.iterations = 99;
        worker.measure(12_000, 98).unwrap();
        assert_eq!(worker.p_instant, U64F64::ZERO);
    }

    #[test]
    fn a_worker_of_no_confidence_has_its_value_only() {
        let worker = Worker {
            confidence: 9,
            ..worker(3)
        };
        assert_eq!(worker.share(), Ok(U64F64::whole(3)));
    }
}
