//! Whole-engine tests: the queues against the reference, the order of events, snapshots.

mod order;
mod queues;
mod snapshot;
mod workload;
