//! Phala's suites of a gatekeeper that watches one worker: blocks without an event, an answered challenge, an unanswered one.

use protocol::networks::RuleError;
use protocol::networks::phala::U64F64;
use protocol::networks::phala::tokenomic::{BLOCK_S, Tokenomic};
use protocol::networks::phala::worker::Worker;

use super::{fixed, params, printed};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::decimal::Decimal;
use crate::vectors::json::Json;
use crate::vectors::operations::steps_within;

/// More blocks than three years have.
const BLOCKS_MAX: u32 = 10_000_000;
const BEYOND: &str = "more than ten million blocks";

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
        let blocks = blocks.unwrap_or(self.params.heartbeat_window.saturating_add(2));
        if blocks > BLOCKS_MAX {
            return Err(RuleError::Limit(BEYOND).into());
        }
        for _ in 0..blocks {
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
        let blocks = steps_within(case, "idle_blocks", BLOCKS_MAX, BEYOND)?;
        let watch = Watch::idle(case, start, blocks)?;
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
    let is_silence = SILENCE.iter().any(|word| text.contains(word));
    if case.asks("unresponsive") || (is_silence && !case.asks("payout")) {
        let blocks = number_beside(&text, "block");
        return watch.silence(blocks.and_then(|blocks| u32::try_from(blocks).ok()));
    }
    if text.contains("heartbeat") || case.asks("payout") {
        // Without a number, so many that the cap on performance holds.
        let iterations = number_beside(&text, "iter").or_else(|| words(&text).find_map(number));
        return watch.heartbeat(iterations.unwrap_or(u32::MAX.into()));
    }
    Err(Problem::NotApplicable("a step in words".to_owned()))
}

/// Words for a challenge that stays without an answer.
const SILENCE: [&str; 6] = [
    "unresponsive",
    "timeout",
    "silen",
    "offline",
    "no heartbeat",
    "miss",
];

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let parts = text.split(|c: char| c.is_whitespace() || "=:;()".contains(c));
    parts.filter(|word| !word.is_empty())
}

/// A whole number as people write it: `1000000`, `1_000_000`, `1,000,000`, `1e6` or `10^6`.
fn number(word: &str) -> Option<u64> {
    let word = word.trim_end_matches([',', '.']).replace(['_', ','], "");
    let whole = |text: &str| u64::try_from(Decimal::parse(text)?.whole()?).ok();
    match word.split_once('^') {
        Some((base, power)) => whole(base)?.checked_pow(power.parse().ok()?),
        None => whole(&word),
    }
}

/// The number before the first word that begins like `unit`, or behind it.
fn number_beside(text: &str, unit: &str) -> Option<u64> {
    let words: Vec<&str> = words(text).collect();
    let at = words.iter().position(|word| word.starts_with(unit))?;
    let before = at.checked_sub(1).and_then(|at| number(words[at]));
    before.or_else(|| number(words.get(at + 1)?))
}

/// A worker that has idled at the largest value, and is then paid.
pub fn payout_at_v_max(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let blocks = steps_within(case, "idle_blocks", BLOCKS_MAX, BEYOND)?;
    let mut watch = Watch::idle(case, start(case, "p")?, blocks)?;
    Ok(watch.heartbeat(case.integer("iterations")?)?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_belong_to_their_units() {
        let read = |text| (number_beside(text, "iter"), number_beside(text, "block"));
        assert_eq!(
            read("heartbeat with iterations=10^6"),
            (Some(1_000_000), None)
        );
        assert_eq!(
            read("after 1,000 blocks, 1e3 iterations"),
            (Some(1_000), Some(1_000))
        );
        assert_eq!(read("heartbeat(iterations: 1_000)"), (Some(1_000), None));
        assert_eq!(read("no answer"), (None, None));
    }
}
