//! Phala's suites of a gatekeeper that watches one worker: blocks without an event, an answered challenge, an unanswered one.

use protocol::networks::phala::U64F64;
use protocol::networks::phala::tokenomic::{BLOCK_S, Tokenomic};
use protocol::networks::phala::worker::Worker;

use super::{fixed, params, printed};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

/// A worker under watch.
#[derive(Clone)]
struct Watch {
    start: (U64F64, U64F64),
    params: Tokenomic,
    worker: Worker,
    /// The last block that ended.
    block: u32,
    block_ms: u64,
}

impl Watch {
    /// A worker that starts with this value and performance, and then idles.
    fn idle(case: &Case<'_>, start: (U64F64, U64F64), blocks: u32) -> Result<Watch, Problem> {
        let [inputs, suite, file] = [case.inputs, case.params[0], case.params[1]];
        let tests = file.at("test_params").unwrap_or(file);
        let block_ms = case.integer_or("block_ms", BLOCK_S * 1000)?;
        let confidence = case.integer_or("confidence", 1)?;
        let mut watch = Watch {
            start,
            params: params(case, &[inputs, suite, tests, file])?,
            worker: Worker::new(start.0, start.1, confidence, 1, block_ms),
            block: 0,
            block_ms,
        };
        for _ in 0..blocks {
            watch.end_block()?;
        }
        Ok(watch)
    }

    fn end_block(&mut self) -> Result<(), Problem> {
        self.block += 1;
        Ok(self.worker.end_block(&self.params, self.block)?)
    }

    /// A challenge, answered in the next block by the only worker there is.
    fn heartbeat(&mut self, iterations: u64) -> Result<Json, Problem> {
        let block = self.block + 1;
        let now_ms = u64::from(block) * self.block_ms;
        self.worker.challenge(block);
        let all = self.worker.share()?;
        let at = (block, now_ms);
        let payout = self
            .worker
            .heartbeat(&self.params, all, at, now_ms, iterations)?;
        self.end_block()?;
        Ok(Json::map([
            ("v", printed(self.worker.v)),
            ("v_deductible", printed(self.worker.v_deductible)),
            ("p_instant", printed(self.worker.p_instant)),
            ("payout", printed(payout.worker)),
            ("treasury", printed(payout.treasury)),
        ]))
    }

    /// A challenge that stays unanswered until the worker counts as unresponsive, or for so many blocks.
    fn silence(&mut self, blocks: Option<u32>) -> Result<Json, Problem> {
        self.worker.challenge(self.block + 1);
        for _ in 0..blocks.unwrap_or(self.params.heartbeat_window.saturating_add(2)) {
            self.end_block()?;
        }
        Ok(Json::map([
            ("unresponsive", self.worker.is_unresponsive.into()),
            ("v", printed(self.worker.v)),
        ]))
    }
}

/// Rows give a worker's start and a number of blocks since then; a row without a start means the one before it. A row may also say
/// in words what comes `then`.
pub fn numerics(case: &Case<'_>, carried: &mut Carried) -> Result<Answer, Problem> {
    let before = carried.as_ref().and_then(|last| last.downcast_ref());
    let before: Option<Watch> = before.cloned();
    let (watch, answer) = if case.has("then") {
        let mut watch = before.ok_or_else(no_start)?;
        let answer = then(case, &mut watch)?;
        (watch, answer)
    } else {
        let start = if case.has("init_v") {
            start(case, "p_bench")?
        } else {
            before.ok_or_else(no_start)?.start
        };
        let watch = Watch::idle(case, start, case.integer("idle_blocks")?)?;
        let answer = Json::map([("v", printed(watch.worker.v))]);
        (watch, answer)
    };
    *carried = Some(Box::new(watch));
    Ok(answer.into())
}

fn no_start() -> Problem {
    Problem::NotApplicable("builds on a row before it that says how the worker starts".to_owned())
}

fn start(case: &Case<'_>, performance: &str) -> Result<(U64F64, U64F64), Problem> {
    let v = fixed(&case.decimal("init_v")?)?;
    Ok((v, fixed(&case.decimal(performance)?)?))
}

/// A step in words: an answered challenge, with the number of iterations if one is said, or silence, with the number of blocks.
fn then(case: &Case<'_>, watch: &mut Watch) -> Result<Json, Problem> {
    let text = case.text("then")?.to_ascii_lowercase();
    let numbers = || {
        let digits = text.split(|c: char| !c.is_ascii_digit() && c != '_');
        digits.filter_map(|run| run.replace('_', "").parse::<u64>().ok())
    };
    if case.asks("unresponsive") {
        let blocks = numbers().next().filter(|_| text.contains("block"));
        return watch.silence(blocks.and_then(|blocks| u32::try_from(blocks).ok()));
    }
    if text.contains("heartbeat") || case.asks("payout") {
        // Without a number, so many that the cap on performance holds.
        return watch.heartbeat(numbers().max().unwrap_or(u32::MAX.into()));
    }
    Err(Problem::NotApplicable("a step in words".to_owned()))
}

/// A worker that has idled at the largest value, and is then paid.
pub fn payout_at_v_max(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let blocks = case.integer("idle_blocks")?;
    let mut watch = Watch::idle(case, start(case, "p")?, blocks)?;
    Ok(watch.heartbeat(case.integer("iterations")?)?.into())
}
