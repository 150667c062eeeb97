//! Listens to a run: keeps the small tables in memory and streams the large ones away in batches.

use std::io;
use std::mem;
use std::ops::ControlFlow;

use units::SimTime;
use world::observe::Observer;
use world::rows::{EpochRow, JobRow, KindRow, PostingRow, ProviderRow, VerdictRow, ViolationRow};

/// Rows in a batch of a streamed table, and in a row group of its file.
pub const BATCH_ROWS: usize = 131_072;

/// Takes the rows of the tables that are too large to keep.
pub trait Stream {
    /// Whether postings are wanted besides jobs.
    fn wants_postings(&self) -> bool;
    /// Takes a batch of jobs: [`BATCH_ROWS`] rows, the last one fewer.
    fn jobs(&mut self, rows: &[JobRow]) -> io::Result<()>;
    /// Takes a batch of postings.
    fn postings(&mut self, rows: &[PostingRow]) -> io::Result<()>;
}

/// Told at each epoch boundary; `Break` ends the run there.
pub type Progress<'a> = &'a mut dyn FnMut(SimTime, u64) -> ControlFlow<()>;

/// The observer of a recorded run.
pub struct Recorder<'a> {
    /// One row an epoch.
    pub epochs: Vec<EpochRow>,
    /// One row an epoch and GPU kind.
    pub kinds: Vec<KindRow>,
    /// One row a provider.
    pub providers: Vec<ProviderRow>,
    /// One row a step on the ladder.
    pub violations: Vec<ViolationRow>,
    /// One row a check.
    pub verdicts: Vec<VerdictRow>,
    jobs: Vec<JobRow>,
    postings: Vec<PostingRow>,
    stream: Option<&'a mut dyn Stream>,
    progress: Progress<'a>,
    /// The first error of the stream; the run is stopped at the next epoch boundary.
    error: Option<io::Error>,
}

impl<'a> Recorder<'a> {
    /// A recorder that streams jobs (and postings, where wanted) to `stream`; without one they are dropped.
    pub fn new(stream: Option<&'a mut dyn Stream>, progress: Progress<'a>) -> Self {
        Self {
            epochs: Vec::new(),
            kinds: Vec::new(),
            providers: Vec::new(),
            violations: Vec::new(),
            verdicts: Vec::new(),
            jobs: Vec::new(),
            postings: Vec::new(),
            stream,
            progress,
            error: None,
        }
    }

    /// Sends the last, unfilled batches away. Returns the first error that streaming met.
    pub fn flush(&mut self) -> io::Result<()> {
        self.send_jobs();
        self.send_postings();
        self.error.take().map_or(Ok(()), Err)
    }

    fn send_jobs(&mut self) {
        let mut rows = mem::take(&mut self.jobs);
        self.send(!rows.is_empty(), |stream| stream.jobs(&rows));
        rows.clear();
        self.jobs = rows;
    }

    fn send_postings(&mut self) {
        let mut rows = mem::take(&mut self.postings);
        self.send(!rows.is_empty(), |stream| stream.postings(&rows));
        rows.clear();
        self.postings = rows;
    }

    fn send(&mut self, has_rows: bool, write: impl FnOnce(&mut dyn Stream) -> io::Result<()>) {
        if !has_rows || self.error.is_some() {
            return;
        }
        if let Some(stream) = self.stream.as_deref_mut() {
            self.error = write(stream).err();
        }
    }
}

impl Observer for Recorder<'_> {
    fn wants_jobs(&self) -> bool {
        self.stream.is_some()
    }

    fn wants_postings(&self) -> bool {
        self.stream
            .as_ref()
            .is_some_and(|stream| stream.wants_postings())
    }

    fn epoch(&mut self, row: EpochRow) {
        self.epochs.push(row);
    }

    fn kind(&mut self, row: KindRow) {
        self.kinds.push(row);
    }

    fn job(&mut self, row: JobRow) {
        self.jobs.push(row);
        if self.jobs.len() == BATCH_ROWS {
            self.send_jobs();
        }
    }

    fn verdict(&mut self, row: VerdictRow) {
        self.verdicts.push(row);
    }

    fn violation(&mut self, row: ViolationRow) {
        self.violations.push(row);
    }

    fn posting(&mut self, row: PostingRow) {
        self.postings.push(row);
        if self.postings.len() == BATCH_ROWS {
            self.send_postings();
        }
    }

    fn provider(&mut self, row: ProviderRow) {
        self.providers.push(row);
    }

    fn progress(&mut self, now: SimTime, events: u64) -> ControlFlow<()> {
        if self.error.is_some() {
            return ControlFlow::Break(());
        }
        (self.progress)(now, events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Counting {
        batches: Vec<usize>,
        is_full: bool,
    }

    impl Stream for Counting {
        fn wants_postings(&self) -> bool {
            true
        }
        fn jobs(&mut self, _rows: &[JobRow]) -> io::Result<()> {
            Ok(())
        }
        fn postings(&mut self, rows: &[PostingRow]) -> io::Result<()> {
            self.batches.push(rows.len());
            if self.is_full {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            } else {
                Ok(())
            }
        }
    }

    fn posting() -> PostingRow {
        PostingRow {
            epoch: 0,
            tick_s: 0,
            cause: 0,
            asset: "native",
            from: "treasury",
            from_id: 0,
            to: "platform",
            to_id: 0,
            amount_base_units: 1,
            reason: "trade",
        }
    }

    #[test]
    fn batches_have_their_fixed_size_and_the_last_one_the_rest() {
        let mut stream = Counting::default();
        let mut go_on = |_, _| ControlFlow::Continue(());
        let mut recorder = Recorder::new(Some(&mut stream), &mut go_on);
        for _ in 0..BATCH_ROWS + 3 {
            recorder.posting(posting());
        }
        recorder.flush().unwrap();
        assert_eq!(stream.batches, [BATCH_ROWS, 3]);
    }

    #[test]
    fn a_full_disk_stops_the_run_and_is_told_at_the_end() {
        let mut stream = Counting {
            is_full: true,
            ..Counting::default()
        };
        let mut go_on = |_, _| ControlFlow::Continue(());
        let mut recorder = Recorder::new(Some(&mut stream), &mut go_on);
        for _ in 0..BATCH_ROWS {
            recorder.posting(posting());
        }
        assert!(recorder.progress(SimTime::ZERO, 0).is_break());
        assert_eq!(
            recorder.flush().unwrap_err().kind(),
            io::ErrorKind::StorageFull
        );
    }
}
