//! Pay that vests along lines of equal steps: their common rate, and when each of them ends. Whose it is, and where it lies, is
//! not known here.
//!
//! Lines that run together pay one rate, so any number of epochs is taken at once; a line costs work only when it begins and when
//! it ends.

use alloc::collections::VecDeque;

use serde::{Deserialize, Serialize};
use units::Amount;

/// Lines that end together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// The epoch of the last step.
    until: u32,
    /// What a step brings.
    rate: Amount,
}

/// What is held of one owner's pay, as it stands at an epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stream {
    at: u32,
    /// Came free and was not taken.
    vested: Amount,
    /// What the divisions of this epoch's lines left over: it comes with their first step.
    remainder: Amount,
    /// Sum over the lines.
    rate: Amount,
    /// By their end.
    lines: VecDeque<Line>,
    /// Lost of what comes free next.
    lost: Amount,
}

impl Stream {
    /// What the steps bring from here to an epoch, losses not counted, and how many lines they end.
    fn steps_to(&self, epoch: u32) -> (Amount, usize) {
        if epoch <= self.at {
            return (Amount::ZERO, 0);
        }
        let (mut at, mut rate, mut ended) = (self.at, self.rate, 0);
        let mut brought = self.remainder;
        for line in self.lines.iter().take_while(|line| line.until <= epoch) {
            brought += times(rate, line.until - at);
            at = line.until;
            rate -= line.rate;
            ended += 1;
        }
        (brought + times(rate, epoch - at), ended)
    }

    /// What has vested by an epoch and was not taken.
    pub(crate) fn vested(&self, epoch: u32) -> Amount {
        self.vested + self.steps_to(epoch).0.saturating_sub(self.lost)
    }

    /// All that is held, vested or not.
    pub(crate) fn held(&self) -> Amount {
        let lines = self.lines.iter();
        let ahead: Amount = lines
            .map(|line| times(line.rate, line.until - self.at))
            .sum();
        self.vested + self.remainder + ahead - self.lost
    }

    fn advance(&mut self, epoch: u32) {
        if epoch <= self.at {
            return;
        }
        let (brought, ended) = self.steps_to(epoch);
        let made_good = brought.min(self.lost);
        self.lost -= made_good;
        self.vested += brought - made_good;
        let ended = self.lines.drain(..ended);
        self.rate -= ended.map(|line| line.rate).sum();
        self.remainder = Amount::ZERO;
        self.at = epoch;
    }

    /// Begins a line at an epoch: `⌊amount / epochs⌋` in each of the coming ones, the first with the remainder too.
    pub(crate) fn add(&mut self, epoch: u32, amount: Amount, epochs: u32) {
        self.advance(epoch);
        // Of a line past the last epoch that there is, what does not fit is in the first step.
        let until = epoch.saturating_add(epochs);
        let rate = Amount::new(amount.base_units() / u128::from(epochs));
        self.remainder += amount - times(rate, until - epoch);
        if rate.is_zero() || until == epoch {
            return;
        }
        self.rate += rate;
        match self.lines.back_mut() {
            Some(last) if last.until == until => last.rate += rate,
            _ => self.lines.push_back(Line { until, rate }),
        }
    }

    /// Hands out what has vested by an epoch.
    pub(crate) fn take(&mut self, epoch: u32) -> Amount {
        self.advance(epoch);
        core::mem::take(&mut self.vested)
    }

    /// Takes away from what would vest next: at most what has not vested.
    pub(crate) fn lose(&mut self, epoch: u32, amount: Amount) {
        self.advance(epoch);
        self.lost += amount;
    }

    /// Gives back what was lost: what would have vested since is free at once.
    pub(crate) fn restore(&mut self, epoch: u32, amount: Amount) {
        self.advance(epoch);
        let ahead = amount.min(self.lost);
        self.lost -= ahead;
        self.vested += amount - ahead;
    }

    /// Whether nothing is held and nothing to come: steps that are lost beforehand still have to come.
    pub(crate) fn is_empty(&self) -> bool {
        self.vested.is_zero() && self.remainder.is_zero() && self.lines.is_empty()
    }

    /// Whether the rate is that of the lines, and each of them has steps to come.
    pub(crate) fn is_sound(&self) -> bool {
        let rate: Amount = self.lines.iter().map(|line| line.rate).sum();
        rate == self.rate && self.lines.iter().all(|line| line.until > self.at)
    }
}

/// What so many steps bring: never more than was put on the lines.
fn times(rate: Amount, steps: u32) -> Amount {
    Amount::new(rate.base_units() * u128::from(steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(units: u128) -> Amount {
        Amount::new(units)
    }

    #[test]
    fn lines_that_overlap_pay_their_steps_and_the_remainder_first() {
        // 10 over 4 epochs is 4, 2, 2, 2; a second ten, two epochs later, lies upon its end.
        let mut stream = Stream::default();
        stream.add(0, amount(10), 4);
        let steps = |stream: &mut Stream, epochs: core::ops::RangeInclusive<u32>| {
            let paid = epochs.map(|epoch| stream.take(epoch).base_units());
            paid.collect::<alloc::vec::Vec<_>>()
        };
        assert_eq!(steps(&mut stream, 0..=2), [0, 4, 2]);
        stream.add(2, amount(10), 4);
        assert_eq!(steps(&mut stream, 2..=7), [0, 6, 4, 2, 2, 0]);
        assert!(stream.held().is_zero());
    }

    #[test]
    fn any_number_of_epochs_is_taken_at_once() {
        let (mut slow, mut fast) = (Stream::default(), Stream::default());
        let mut taken = Amount::ZERO;
        for epoch in 0..40 {
            for stream in [&mut slow, &mut fast] {
                stream.add(epoch, amount(u128::from(epoch) * 7 + 3), 9);
            }
            taken += slow.take(epoch);
            assert!(slow.is_sound() && fast.is_sound());
            assert!(slow.lines.len() <= 9);
        }
        assert_eq!(fast.vested(44), taken + slow.vested(44));
        assert_eq!(fast.take(48), taken + slow.take(48));
        assert!(slow.held().is_zero() && fast.held().is_zero());
    }

    #[test]
    fn a_loss_is_taken_from_what_would_have_come_next_and_comes_back_where_it_was() {
        let mut stream = Stream::default();
        stream.add(0, amount(40), 4);
        stream.lose(1, amount(15));
        // 10 had vested; of the 30 ahead the next 15 are gone.
        assert_eq!(
            [1, 2, 3, 4].map(|epoch| stream.vested(epoch)),
            [10, 10, 15, 25].map(Amount::new)
        );
        assert_eq!(stream.held(), amount(25));
        let mut late = stream.clone();
        stream.restore(2, amount(15));
        // 10 of the 15 would have vested at 2.
        assert_eq!(
            [2, 3, 4].map(|epoch| stream.vested(epoch)),
            [20, 30, 40].map(Amount::new)
        );
        late.restore(9, amount(15));
        assert_eq!(late.take(9), amount(40));
    }

    #[test]
    fn a_line_that_is_lost_whole_still_stands_in_the_way_of_the_next() {
        let mut stream = Stream::default();
        stream.add(0, amount(20), 4);
        stream.lose(0, amount(20));
        assert!(stream.held().is_zero() && !stream.is_empty());
        // Steps of 5 and 3 together: the first 20 of them make good what was lost.
        stream.add(1, amount(9), 3);
        let vested = [2, 3, 4, 5].map(|epoch| stream.vested(epoch).base_units());
        assert_eq!(vested, [0, 1, 9, 9]);
    }

    #[test]
    fn a_line_past_the_last_epoch_loses_nothing() {
        let mut stream = Stream::default();
        stream.add(u32::MAX - 2, amount(10), 4);
        assert_eq!(stream.held(), amount(10));
        assert_eq!(stream.take(u32::MAX), amount(10));
        stream.add(u32::MAX, amount(10), 4);
        assert_eq!(stream.held(), amount(10));
    }
}
