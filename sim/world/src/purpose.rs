//! What each random draw is for. The number is part of every scenario's meaning: append, never renumber.

use engine::Purpose;

macro_rules! purposes {
    ($($(#[doc = $doc:literal])* $name:ident = $number:literal,)*) => {
        $($(#[doc = $doc])* pub const $name: Purpose = Purpose($number);)*
        /// All purposes, for the closing draw that reveals a hidden one.
        pub const ALL: &[Purpose] = &[$($name),*];
    };
}

purposes! {
    /// GPUs of a provider. Entity: provider key.
    GPUS = 1,
    /// Offset of the even spread of kinds over a class. Entity: class.
    KIND = 2,
    /// Region of a provider. Entity: provider key.
    REGION = 3,
    /// Electricity price of a provider. Entity: provider key.
    POWER_PRICE = 4,
    /// Behaviour of a provider. Entity: provider key.
    BEHAVIOUR = 5,
    /// Length of an up spell. Entity: node key; ordinal: which spell.
    SPELL_UP = 6,
    /// Length of a down spell. Entity: node key; ordinal: which spell.
    SPELL_DOWN = 7,
    /// Whether a candidate arrival of the trace is taken. Entity: copy; ordinal: loop and row.
    TRACE_THIN = 8,
    /// Kind for a trace job that spans nodes. Entity: copy; ordinal: loop and row.
    TRACE_KIND = 9,
    /// Time to the next candidate of large jobs. Entity: group; ordinal: which candidate.
    GANG_GAP = 10,
    /// Whether that candidate is taken. Entity: group; ordinal: which candidate.
    GANG_THIN = 11,
    /// Template of a large job. Entity: group; ordinal: which candidate.
    GANG_TEMPLATE = 12,
    /// Planned length of a large job. Entity: group; ordinal: which candidate.
    GANG_LENGTH = 13,
    /// Kind of a large job. Entity: group; ordinal: which candidate.
    GANG_KIND = 14,
    /// Whether a job part fails by its provider's fault. Entity: job; ordinal: which attempt.
    FAULT = 15,
    /// Whether a provider is challenged. Entity: provider key; ordinal: epoch.
    CHALLENGE = 16,
    /// Outcome of the first check. Entity: provider key; ordinal: epoch.
    CHECK_FIRST = 17,
    /// Outcome of the second check. Entity: provider key; ordinal: epoch.
    CHECK_SECOND = 18,
    /// Step of the token price. Ordinal: epoch.
    TOKEN_PRICE = 19,
    /// Delegator of a provider. Entity: provider key.
    DELEGATOR = 20,
    /// Time to the next entry candidate. Ordinal: which candidate.
    CANDIDATE_GAP = 21,
    /// Class of an entry candidate. Ordinal: which candidate.
    CANDIDATE_CLASS = 22,
    /// Whether a trace job from before the run still goes on. Entity: copy; ordinal: row.
    TRACE_BEFORE = 23,
    /// For how long a provider commits. Entity: provider key.
    COMMITMENT = 40,
    /// Customer of a job. Entity: job.
    CUSTOMER = 41,
    /// Region that a job comes from. Entity: job.
    JOB_REGION = 42,
    /// Whether a job is above a priority. Entity: job; ordinal: that priority.
    JOB_PRIORITY = 43,
    /// Where a delegator begins to look for another provider. Entity: provider key; ordinal: epoch.
    REDELEGATE = 44,
    /// Whether a provider has an incident. Entity: provider key; ordinal: epoch.
    INCIDENT = 60,
    /// Kind of that incident. Entity: provider key; ordinal: epoch.
    INCIDENT_KIND = 61,
    /// Its severity. Entity: provider key; ordinal: epoch.
    INCIDENT_SEVERITY = 62,
    /// Whether, and by whom, an incident is reported. Entity: provider key; ordinal: epoch, twice.
    INCIDENT_REPORTER = 63,
    /// Whether a flaw common to a GPU kind shows, in which kind, and as what. Entity: which of the three; ordinal: epoch.
    FLAW = 64,
    /// Whether that flaw hits a provider. Entity: provider key; ordinal: epoch.
    FLAW_HITS = 65,
    /// Whether an owner appeals a verdict. Entity: provider key; ordinal: epoch and violation kind.
    APPEAL = 66,
    /// Whether that appeal is upheld. Entity: provider key; ordinal: epoch and violation kind.
    APPEAL_UPHELD = 67,
    /// Who contributes what: data or models, good or bad. Entity: contributor; ordinal: which of the two.
    CONTRIBUTOR = 68,
    /// Quality of a contribution. Entity: contributor; ordinal: epoch.
    QUALITY = 69,
    /// Whether a bad contributor is found out. Entity: contributor; ordinal: epoch.
    FOUND_OUT = 70,
    /// Stake of a voter. Entity: voter.
    VOTER_STAKE = 71,
    /// What is proposed, by whom and how. Entity: which of the four; ordinal: epoch.
    PROPOSAL = 72,
    /// Whether a voter votes. Entity: voter; ordinal: epoch of the proposal.
    TURNOUT = 73,
    /// What it votes. Entity: voter; ordinal: epoch of the proposal.
    CHOICE = 74,
    /// Verifier of a check. Entity: key of the provider checked; ordinal: epoch, twice for the two checks.
    VERIFIER = 80,
    /// Whether a check is of planted work. Entity: key of the provider in whose place it is; ordinal: epoch.
    PLANTED = 81,
    /// Who keeps the checkpoints of a job. Entity: job; ordinal: which copy.
    KEEPER = 82,
}
