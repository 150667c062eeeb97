//! The progress bar on a terminal: simulated time, events a second, time left. Nothing in a pipe.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use experiment::sweep::{RunRecord, Watch as Observe};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use units::{SimTime, Span};

use crate::interrupt;

/// Watches a run: draws, and stops it on Ctrl-C.
pub struct Watch {
    bar: ProgressBar,
    start: Instant,
}

const TEMPLATE: &str = "{msg} [{bar:30}] {percent}% eta {eta}";
const DAY_S: u64 = 86_400;

impl Watch {
    /// A watch over a run of this length.
    pub fn new(horizon: Span, is_quiet: bool) -> Self {
        let bar = if is_quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            ProgressBar::with_draw_target(
                Some(horizon.as_secs_floor()),
                ProgressDrawTarget::stderr_with_hz(10),
            )
        };
        let style = ProgressStyle::with_template(TEMPLATE).expect("the template is ours");
        bar.set_style(style.progress_chars("=> "));
        Self {
            bar,
            start: Instant::now(),
        }
    }

    /// Called at each epoch boundary.
    pub fn tell(&self, now: SimTime, events: u64) -> ControlFlow<()> {
        let elapsed = self.start.elapsed();
        if !self.bar.is_hidden() && elapsed > Duration::from_millis(100) {
            let seconds = (now - SimTime::ZERO).as_secs_floor();
            let speed = events as f64 / elapsed.as_secs_f64() / 1e6;
            self.bar
                .set_message(format!("day {} {speed:.1} M events/s", seconds / DAY_S));
            self.bar.set_position(seconds);
        }
        if interrupt::is_asked() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// Watches a sweep: finished runs of those known to be wanted, and time left.
pub struct SweepWatch {
    bar: ProgressBar,
}

impl SweepWatch {
    /// A watch over a sweep.
    pub fn new(is_quiet: bool) -> Self {
        let bar = if is_quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(5))
        };
        let style = ProgressStyle::with_template("{pos}/{len} runs [{bar:30}] eta {eta}");
        bar.set_style(style.expect("the template is ours").progress_chars("=> "));
        Self { bar }
    }
}

impl Observe for SweepWatch {
    fn begin(&self, wanted: usize, finished: usize) {
        self.bar.set_length(wanted as u64);
        self.bar.set_position(finished as u64);
        // What a killed sweep left behind says nothing about the speed of this one.
        self.bar.reset_eta();
    }

    fn finished(&self, _run: &RunRecord) {
        self.bar.inc(1);
    }

    fn is_stopped(&self) -> bool {
        interrupt::is_asked()
    }
}

impl Drop for SweepWatch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
