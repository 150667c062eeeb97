//! The kinds of event and their order at one instant.

use engine::Class;

/// Kinds of event. The order is the order of effects at one instant, and it is part of a scenario's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum EventClass {
    /// A node comes back. First: capacity returns before anyone asks for it. Entity: node.
    NodeUp,
    /// A node fails. Before job ends: a job due at the instant its node fails has failed. Entity: node.
    NodeDown,
    /// A job reaches its end and frees its GPUs before others claim them. Entity: job.
    JobEnd,
    /// The replayed trace submits jobs. Entity: 0.
    TraceArrival,
    /// A candidate large job arrives. Entity: group.
    GangArrival,
    /// A candidate provider decides whether to enter. Entity: 0.
    Candidate,
    /// A provider that decided to enter is in business. Entity: candidate.
    Entry,
    /// The hourly pass: detects what has failed until now, steps the price controllers. Entity: 0.
    HealthCheck,
    /// A verdict arrives. Entity: verdict.
    Verdict,
    /// The epoch closes: last, so that it holds all that happened in it. Entity: 0.
    EpochClose,
}

impl EventClass {
    /// All classes in order.
    pub const ALL: [Self; 10] = [
        Self::NodeUp,
        Self::NodeDown,
        Self::JobEnd,
        Self::TraceArrival,
        Self::GangArrival,
        Self::Candidate,
        Self::Entry,
        Self::HealthCheck,
        Self::Verdict,
        Self::EpochClose,
    ];

    /// The engine's class.
    #[must_use]
    pub const fn class(self) -> Class {
        Class(self as u8)
    }

    /// From the engine's class.
    #[must_use]
    pub const fn of(class: Class) -> Self {
        Self::ALL[class.0 as usize]
    }

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        [
            "node_up",
            "node_down",
            "job_end",
            "trace_arrival",
            "gang_arrival",
            "candidate",
            "entry",
            "health_check",
            "verdict",
            "epoch_close",
        ][self as usize]
    }
}
