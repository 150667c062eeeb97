//! Listens to a run: keeps the small tables in memory and streams the large ones away in batches, which a second thread
//! writes while the run goes on.

use std::io;
use std::mem;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use units::SimTime;
use world::observe::Observer;
use world::rows::{
    BalanceRow, ContributionRow, EpochRow, FlowRow, JobRow, KindRow, PostingRow, ProposalRow,
    ProviderRow, RoleRow, StandingRow, VerdictRow, ViolationRow,
};

/// Rows in a batch of a streamed table, and in a row group of its file.
pub const BATCH_ROWS: usize = 131_072;

/// Takes the rows of the tables that are too large to keep.
pub trait Stream: Send {
    /// Whether postings are wanted besides jobs.
    fn wants_postings(&self) -> bool;
    /// Takes a batch of jobs: [`BATCH_ROWS`] rows, the last one fewer.
    fn jobs(&mut self, rows: &[JobRow]) -> io::Result<()>;
    /// Takes a batch of postings.
    fn postings(&mut self, rows: &[PostingRow]) -> io::Result<()>;
}

/// Told at each epoch boundary; `Break` ends the run there.
pub type Progress<'a> = &'a mut dyn FnMut(SimTime, u64) -> ControlFlow<()>;

/// A batch on its way to the stream.
enum Batch {
    Jobs(Vec<JobRow>),
    Postings(Vec<PostingRow>),
}

/// The thread that writes. It stops at its first error, which is then its result.
struct Writer<'scope> {
    batches: SyncSender<Batch>,
    /// Written batches of jobs, whose room is used again.
    written: Receiver<Vec<JobRow>>,
    thread: ScopedJoinHandle<'scope, io::Result<()>>,
}

impl<'scope> Writer<'scope> {
    fn spawn<'env>(
        scope: &'scope Scope<'scope, 'env>,
        stream: &'env mut (dyn Stream + 'env),
    ) -> Self {
        // One batch is filled, one is written, and none waits: what is in flight does not grow with the run.
        let (batches, inbox) = sync_channel(0);
        let (done, written) = sync_channel(1);
        let thread = scope.spawn(move || {
            for batch in inbox {
                match batch {
                    Batch::Jobs(mut rows) => {
                        stream.jobs(&rows)?;
                        rows.clear();
                        // The run may have ended.
                        let _ = done.try_send(rows);
                    }
                    Batch::Postings(rows) => stream.postings(&rows)?,
                }
            }
            Ok(())
        });
        Self {
            batches,
            written,
            thread,
        }
    }
}

/// The observer of a recorded run.
pub struct Recorder<'a, 'scope> {
    /// One row an epoch.
    pub epochs: Vec<EpochRow>,
    /// One row an epoch and GPU kind.
    pub kinds: Vec<KindRow>,
    /// One row a provider.
    pub providers: Vec<ProviderRow>,
    /// One row a step on the ladder.
    pub violations: Vec<ViolationRow>,
    /// One row an epoch.
    pub standings: Vec<StandingRow>,
    /// One row an epoch and kind of contribution.
    pub contributions: Vec<ContributionRow>,
    /// One row a proposal.
    pub proposals: Vec<ProposalRow>,
    /// One row a provider that rents out no GPUs; empty without any.
    pub roles: Vec<RoleRow>,
    /// One row a check.
    pub verdicts: Vec<VerdictRow>,
    /// One row a reason why money moved.
    pub flows: Vec<FlowRow>,
    /// One row a kind of account.
    pub balances: Vec<BalanceRow>,
    jobs: Vec<JobRow>,
    postings: Vec<PostingRow>,
    wants_postings: bool,
    writer: Option<Writer<'scope>>,
    progress: Progress<'a>,
    /// The writer has stopped: so does the run, at the next epoch boundary.
    is_broken: bool,
}

impl<'a, 'scope> Recorder<'a, 'scope> {
    /// A recorder that streams jobs (and postings, where wanted) to `stream`; without one they are dropped.
    pub fn new<'env>(
        scope: &'scope Scope<'scope, 'env>,
        stream: Option<&'env mut (dyn Stream + 'env)>,
        progress: Progress<'a>,
    ) -> Self {
        let wants_postings = stream.as_ref().is_some_and(|to| to.wants_postings());
        Self {
            epochs: Vec::new(),
            kinds: Vec::new(),
            providers: Vec::new(),
            violations: Vec::new(),
            standings: Vec::new(),
            contributions: Vec::new(),
            proposals: Vec::new(),
            roles: Vec::new(),
            verdicts: Vec::new(),
            flows: Vec::new(),
            balances: Vec::new(),
            jobs: Vec::new(),
            postings: Vec::new(),
            wants_postings,
            writer: stream.map(|stream| Writer::spawn(scope, stream)),
            progress,
            is_broken: false,
        }
    }

    /// Sends the last, unfilled batches away and waits until they are written.
    ///
    /// # Errors
    /// The first error that streaming met.
    pub fn finish(&mut self) -> io::Result<()> {
        if !self.jobs.is_empty() {
            self.send_jobs();
        }
        if !self.postings.is_empty() {
            self.send_postings();
        }
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        drop(writer.batches);
        let written = writer.thread.join();
        written.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn send_jobs(&mut self) {
        let room = self.writer.as_ref().map(|of| of.written.try_recv());
        let room = match room {
            Some(Ok(room)) => room,
            Some(Err(TryRecvError::Empty | TryRecvError::Disconnected)) | None => Vec::new(),
        };
        let rows = mem::replace(&mut self.jobs, room);
        self.send(Batch::Jobs(rows));
    }

    fn send_postings(&mut self) {
        let rows = mem::take(&mut self.postings);
        self.send(Batch::Postings(rows));
    }

    fn send(&mut self, batch: Batch) {
        if let Some(writer) = &self.writer {
            // A writer that no longer listens has met an error.
            self.is_broken |= writer.batches.send(batch).is_err();
        }
    }
}

impl Observer for Recorder<'_, '_> {
    fn wants_jobs(&self) -> bool {
        self.writer.is_some()
    }

    fn wants_postings(&self) -> bool {
        self.wants_postings
    }

    fn epoch(&mut self, row: EpochRow) {
        self.epochs.push(row);
    }

    fn kind(&mut self, row: KindRow) {
        self.kinds.push(row);
    }

    fn jobs(&mut self, mut rows: &[JobRow]) {
        while !rows.is_empty() {
            let (now, later) = rows.split_at(rows.len().min(BATCH_ROWS - self.jobs.len()));
            self.jobs.extend_from_slice(now);
            rows = later;
            if self.jobs.len() == BATCH_ROWS {
                self.send_jobs();
            }
        }
    }

    fn verdict(&mut self, row: VerdictRow) {
        self.verdicts.push(row);
    }

    fn violation(&mut self, row: ViolationRow) {
        self.violations.push(row);
    }
    fn standing(&mut self, row: StandingRow) {
        self.standings.push(row);
    }
    fn contribution(&mut self, row: ContributionRow) {
        self.contributions.push(row);
    }
    fn proposal(&mut self, row: ProposalRow) {
        self.proposals.push(row);
    }
    fn role(&mut self, row: RoleRow) {
        self.roles.push(row);
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

    fn flow(&mut self, row: FlowRow) {
        self.flows.push(row);
    }

    fn balance(&mut self, row: BalanceRow) {
        self.balances.push(row);
    }

    fn progress(&mut self, now: SimTime, events: u64) -> ControlFlow<()> {
        if self.is_broken {
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
        std::thread::scope(|scope| {
            let mut recorder = Recorder::new(scope, Some(&mut stream), &mut go_on);
            for _ in 0..BATCH_ROWS + 3 {
                recorder.posting(posting());
            }
            recorder.finish().unwrap();
        });
        assert_eq!(stream.batches, [BATCH_ROWS, 3]);
    }

    #[test]
    fn a_full_disk_stops_the_run_and_is_told_at_the_end() {
        let mut stream = Counting {
            is_full: true,
            ..Counting::default()
        };
        let mut go_on = |_, _| ControlFlow::Continue(());
        std::thread::scope(|scope| {
            let mut recorder = Recorder::new(scope, Some(&mut stream), &mut go_on);
            for _ in 0..3 * BATCH_ROWS {
                recorder.posting(posting());
            }
            assert!(recorder.progress(SimTime::ZERO, 0).is_break());
            assert_eq!(
                recorder.finish().unwrap_err().kind(),
                io::ErrorKind::StorageFull
            );
        });
    }
}
