//! The whole state of the protocol as one value, and how it begins. What it can be asked is in `query` and `apply`.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio, TokenPrice};

use crate::account::Account;
use crate::case::Case;
use crate::checkpoints::StakeHistory;
use crate::contribution::Contributions;
use crate::end_epoch::Carried;
use crate::event::ProtocolEvent;
use crate::governance::Governance;
use crate::guards::Guards;
use crate::ids::{CaseId, Cause, GroupId, ParticipantId, ProviderId, Tick};
use crate::jobs::Jobs;
use crate::ledger::{Ledger, Posting};
use crate::operation::ViolationKind;
use crate::params::{Kind, ParamFault, Params, ScoreParams, StorageScore, check_kinds};
use crate::pools::{BonusPool, PoolState};
use crate::provider::Provider;
use crate::redelegation::Transit;
use crate::role::Role;
use crate::unbonding::UnbondingQueue;

/// A resource kind with its reward index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KindState {
    pub(crate) group: GroupId,
    /// 10^-9 USD per GPU-day.
    pub(crate) list_price: u128,
    pub(crate) scarcity: Ratio,
    /// Base units per GPU-hour at the price and multiplier in force; none before the first price.
    pub(crate) rate: Option<Amount>,
    pub(crate) total_weight: u128,
    /// Rewards per unit of weight since the beginning, scaled.
    pub(crate) index: u128,
    /// What the last close added to it.
    pub(crate) index_step: u128,
    /// Utilisation observed in the open epoch.
    pub(crate) load: Option<Ratio>,
    pub(crate) role: Role,
    pub(crate) is_new: bool,
    /// Total weight as the open epoch began.
    pub(crate) opening_weight: u128,
}

impl KindState {
    /// Whether its providers are scored by proofs of storage: what was never proven weighs nothing.
    pub(crate) fn is_proven(&self, score: &ScoreParams) -> bool {
        self.role == Role::Storage && score.storage == StorageScore::Proofs
    }
}

/// A price group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupState {
    pub(crate) multiplier: Ratio,
    pub(crate) observed: Option<Tick>,
    /// Sums over the open epoch.
    pub(crate) busy: u128,
    pub(crate) capacity: u128,
}

/// The token price as the protocol knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Oracle {
    /// Pays jobs. Zero: none was ever observed.
    pub(crate) price: TokenPrice,
    /// Seen in the open epoch; binds at its close.
    pub(crate) observed: Option<TokenPrice>,
    /// Sizes bonds.
    pub(crate) smoothed: TokenPrice,
    /// Reference of the market controller.
    pub(crate) reference: TokenPrice,
    /// The smoothed price at the last closes, newest last, as many as a bond may be short.
    pub(crate) history: Vec<TokenPrice>,
    /// The largest of them.
    pub(crate) history_max: TokenPrice,
    /// The very first, which sizes native bonds.
    pub(crate) first: TokenPrice,
}

/// The reward controllers and the guard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Control {
    pub(crate) demand: Ratio,
    pub(crate) market: Ratio,
    pub(crate) staked: Ratio,
    /// The emission rule's amount for the open epoch.
    pub(crate) scheduled: Amount,
    pub(crate) is_tripped: bool,
    pub(crate) trips_in_a_row: u32,
    pub(crate) treasury_at_close: Amount,
    pub(crate) growth: Ratio,
    /// What the emission rule carries from close to close.
    pub(crate) carried: Carried,
}

/// A violation on its way to the close of the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) provider: ProviderId,
    pub(crate) kind: ViolationKind,
    pub(crate) at: Tick,
    pub(crate) reporter: Option<ParticipantId>,
    pub(crate) victim: Option<ParticipantId>,
    pub(crate) loss: Amount,
    pub(crate) severity: Ratio,
    pub(crate) cause: Cause,
}

/// A delegator's part of a provider's pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Delegation {
    pub(crate) shares: u128,
    pub(crate) paid_index: u128,
    pub(crate) unclaimed: Amount,
}

/// The rules of the token at work: everything there is, moved only by [`Protocol::apply`] and [`Protocol::end_epoch`].
///
/// Its serde encoding is the state; restoring it and going on equals never having stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    pub(crate) params: Params,
    pub(crate) now: Tick,
    pub(crate) epoch: u32,
    /// When the open epoch began.
    pub(crate) opened: Tick,
    /// Whether each close checks the invariants.
    #[serde(skip, default = "audited")]
    pub(crate) is_audited: bool,
    pub(crate) ledger: Ledger,
    pub(crate) participants: u32,
    pub(crate) kinds: Vec<KindState>,
    pub(crate) groups: Vec<GroupState>,
    pub(crate) providers: Vec<Provider>,
    pub(crate) delegations: BTreeMap<(ProviderId, ParticipantId), Delegation>,
    pub(crate) jobs: Jobs,
    pub(crate) oracle: Oracle,
    pub(crate) control: Control,
    /// Providers with a measurement in the open epoch, in order of arrival.
    pub(crate) measured: Vec<ProviderId>,
    /// Providers whose base weight rises at the close.
    pub(crate) reweighed: Vec<ProviderId>,
    pub(crate) reports: Vec<Report>,
    /// By the epoch whose close they are due at: reinstatements and steps of the recovery ramp.
    pub(crate) recoveries: BTreeMap<u32, Vec<ProviderId>>,
    /// Cases due to be handed out; one that was returned since is no longer among the cases.
    pub(crate) slash_holds: BTreeMap<u32, Vec<CaseId>>,
    pub(crate) events: Vec<ProtocolEvent>,
    /// In the order of [`BonusPool::ALL`].
    pub(crate) pools: [PoolState; BonusPool::COUNT],
    /// GPUs of active compute providers.
    pub(crate) active_gpus: u64,
    /// By the epoch whose close they are due at: commitments that end, steps of tenure, growth periods that end.
    pub(crate) commitments: BTreeMap<u32, Vec<ProviderId>>,
    pub(crate) tenures: BTreeMap<u32, Vec<ProviderId>>,
    pub(crate) growths: BTreeMap<u32, Vec<ProviderId>>,
    pub(crate) cases: BTreeMap<CaseId, Case>,
    /// How many there ever were.
    pub(crate) cases_opened: u32,
    /// Appeals by the epoch whose close rejects them; one that was decided since is no longer open.
    pub(crate) appeals: BTreeMap<u32, Vec<CaseId>>,
    /// What correlated verdicts exposed at the last closes, newest last.
    pub(crate) correlated: Vec<(u32, Amount)>,
    pub(crate) unbonding: UnbondingQueue,
    pub(crate) transit: Transit,
    pub(crate) user_stakes: StakeHistory,
    pub(crate) contributions: Contributions,
    pub(crate) governance: Governance,
    pub(crate) guards: Guards,
}

/// Supply of the assets without an issuer yet: large enough for any host, small enough to be summed.
pub(crate) const OPEN_SUPPLY: Amount = Amount::new(1 << 96);

/// How often a protocol is audited is its host's choice, not part of its state; it begins with every epoch.
const fn audited() -> bool {
    true
}

impl Protocol {
    /// A protocol before genesis: nothing minted, nobody known.
    pub fn new(params: Params, kinds: &[Kind], groups: u8) -> Result<Protocol, ParamFault> {
        params.check()?;
        check_kinds(kinds, groups)?;
        let kind = |kind: &Kind| KindState {
            group: kind.group,
            list_price: kind.list_price_usd.nano_per_day().unsigned_abs(),
            scarcity: Ratio::ONE,
            rate: None,
            total_weight: 0,
            index: 0,
            index_step: 0,
            load: None,
            role: kind.role,
            is_new: kind.is_new,
            opening_weight: 0,
        };
        let group = GroupState {
            multiplier: Ratio::ONE,
            observed: None,
            busy: 0,
            capacity: 0,
        };
        let control = Control {
            demand: Ratio::ONE,
            market: Ratio::ONE,
            staked: Ratio::ONE,
            scheduled: params.emission.per_epoch,
            is_tripped: false,
            trips_in_a_row: 0,
            treasury_at_close: Amount::ZERO,
            growth: Ratio::ONE,
            carried: Carried::default(),
        };
        Ok(Protocol {
            ledger: Ledger::new([params.supply.max, OPEN_SUPPLY, OPEN_SUPPLY]),
            now: Tick(0),
            epoch: 0,
            opened: Tick(0),
            is_audited: audited(),
            participants: 0,
            kinds: kinds.iter().map(kind).collect(),
            groups: (0..groups).map(|_| group.clone()).collect(),
            providers: Vec::new(),
            delegations: BTreeMap::new(),
            jobs: Jobs::default(),
            oracle: Oracle::default(),
            control,
            measured: Vec::new(),
            reweighed: Vec::new(),
            reports: Vec::new(),
            recoveries: BTreeMap::new(),
            slash_holds: BTreeMap::new(),
            events: Vec::new(),
            pools: Default::default(),
            active_gpus: 0,
            commitments: BTreeMap::new(),
            tenures: BTreeMap::new(),
            growths: BTreeMap::new(),
            cases: BTreeMap::new(),
            cases_opened: 0,
            appeals: BTreeMap::new(),
            correlated: Vec::new(),
            unbonding: UnbondingQueue::default(),
            transit: Transit::default(),
            user_stakes: StakeHistory::default(),
            contributions: Contributions::default(),
            governance: Governance::default(),
            guards: Guards::default(),
            params,
        })
    }

    /// Opens the accounts of somebody new.
    pub fn open_participant(&mut self) -> ParticipantId {
        let id = ParticipantId(self.participants);
        self.participants = self
            .participants
            .checked_add(1)
            .expect("fewer than 2^32 participants");
        self.ledger.open_participant(id);
        id
    }

    /// Whether each close of an epoch checks the named invariants, as it does from the start. The check visits everything;
    /// the rest of a close does not.
    pub fn audit_every_epoch(&mut self, on: bool) {
        self.is_audited = on;
    }

    /// Whether each posting is kept until [`drain_postings`](Protocol::drain_postings).
    pub fn record_postings(&mut self, on: bool) {
        self.ledger.record_postings(on);
    }

    /// Hands out the postings kept so far, in order.
    pub fn drain_postings(&mut self) -> impl Iterator<Item = Posting> + '_ {
        self.ledger.drain_postings()
    }

    /// Hands out what has happened since the last call, in order. Events are kept until they are drained.
    pub fn drain_events(&mut self) -> impl Iterator<Item = ProtocolEvent> + '_ {
        self.events.drain(..)
    }

    /// Whether somebody with this id was opened.
    pub(crate) fn knows(&self, id: ParticipantId) -> bool {
        id.0 < self.participants
    }

    /// Whether an account exists to be paid into.
    pub(crate) fn has_account(&self, account: Account) -> bool {
        match account {
            Account::Liquid(id)
            | Account::Unbonded(id)
            | Account::Vouched(id)
            | Account::UserStake(id) => self.knows(id),
            Account::SelfBond(id)
            | Account::Delegated(id)
            | Account::Unbonding(id)
            | Account::Vesting(id) => id.index() < self.providers.len(),
            _ => true,
        }
    }
}
