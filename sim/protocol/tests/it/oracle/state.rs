//! The naive protocol: plain lists of everybody, and the one way in which money moves.

use std::collections::BTreeMap;

use stakesim_protocol::{Account, Asset, Kind, LiveParameter, Params, ParticipantId, Tick};

use super::guard::Guards;
use super::number::floor;
use super::records::{Case, Provider, Report};
use super::things::{Contributor, GroupState, Job, KindState, Prices, Proposal, Scale};

/// The naive protocol.
#[derive(Clone, Debug)]
pub struct Oracle {
    pub params: Params,
    pub now: u64,
    pub epoch: u64,
    pub began: u64,
    pub people: u32,
    pub balances: BTreeMap<(Asset, Account), u128>,
    /// Moved of each asset for each reason, by the names of the rules: from the beginning, and in the open epoch.
    pub moved: BTreeMap<(Asset, &'static str), (u128, u128)>,
    pub providers: Vec<Provider>,
    pub kinds: Vec<KindState>,
    pub groups: Vec<GroupState>,
    /// Open jobs, by the opaque id the network gave.
    pub jobs: BTreeMap<u64, Job>,
    pub reports: Vec<Report>,
    pub measured: Vec<usize>,
    /// Every case that was ever opened.
    pub cases: Vec<Case>,
    /// Stake exposed by correlated verdicts, by epoch.
    pub exposed: Vec<(u64, u128)>,
    /// Every participant's user stake as each epoch began.
    pub stakes_at: Vec<Vec<u128>>,
    /// How many entries the queue has ever had.
    pub entries: u64,
    pub pool_index: [u128; 3],
    pub scale: Scale,
    pub prices: Prices,
    pub scheduled: u128,
    /// What a rule of live networks left in force, in its own unit.
    pub inflation: Option<u128>,
    /// Helium's.
    pub smoothed_burn: u128,
    /// Filecoin's, from the first close on.
    pub followed: Option<super::allocate::Followed>,
    pub guards: Guards,
    /// By category and participant, in the open epoch.
    pub points: BTreeMap<(usize, u32), u128>,
    pub contributors: Vec<Contributor>,
    /// Every proposal that was ever made.
    pub proposals: Vec<Proposal>,
    /// Changes that wait for the close, in the order of execution.
    pub changes: Vec<(LiveParameter, u128)>,
    /// Exact pro rata beside it, where it is asked for.
    pub exact: Option<super::prorata::Exact>,
}

impl Oracle {
    pub fn new(params: &Params, kinds: &[Kind], groups: u8) -> Oracle {
        let one = super::number::ONE;
        let kind = |kind: &Kind| KindState {
            group: usize::from(kind.group.0),
            role: kind.role,
            is_new: kind.is_new,
            opening: 0,
            list: kind.list_price_usd.nano_per_day().unsigned_abs(),
            scarcity: one,
            load: None,
            is_observed: false,
            index: 0,
        };
        let group = GroupState {
            multiplier: one,
            seen: None,
        };
        let scale = Scale {
            demand: one,
            market: one,
            staked: one,
            growth: one,
            busy: 0,
            capacity: 0,
        };
        Oracle {
            params: params.clone(),
            now: 0,
            epoch: 0,
            began: 0,
            people: 0,
            balances: BTreeMap::from([
                (
                    (Asset::Native, Account::Issuance),
                    params.supply.max.base_units(),
                ),
                ((Asset::Stable, Account::Issuance), 1 << 96),
            ]),
            moved: BTreeMap::new(),
            providers: Vec::new(),
            kinds: kinds.iter().map(kind).collect(),
            groups: vec![group; usize::from(groups)],
            jobs: BTreeMap::new(),
            reports: Vec::new(),
            measured: Vec::new(),
            cases: Vec::new(),
            exposed: Vec::new(),
            stakes_at: Vec::new(),
            entries: 0,
            pool_index: [0; 3],
            scale,
            prices: Prices::default(),
            scheduled: params.emission.per_epoch.base_units(),
            inflation: None,
            smoothed_burn: 0,
            followed: None,
            guards: Guards::default(),
            points: BTreeMap::new(),
            contributors: Vec::new(),
            proposals: Vec::new(),
            changes: Vec::new(),
            exact: None,
        }
    }

    pub fn open_participant(&mut self) {
        self.people += 1;
        self.contributors.push(Contributor::default());
    }

    /// Whose liquid tokens.
    pub fn liquid(person: u32) -> Account {
        Account::Liquid(ParticipantId(person))
    }

    /// What an account of bonds holds of their asset, and any other of the token.
    pub fn balance(&self, account: Account) -> u128 {
        let asset = match is_of_bonds(account) {
            true => self.params.bond.asset,
            false => Asset::Native,
        };
        self.balance_of(asset, account)
    }

    pub fn balance_of(&self, asset: Asset, account: Account) -> u128 {
        self.balances.get(&(asset, account)).copied().unwrap_or(0)
    }

    /// What somebody is free to bond.
    pub fn to_bond(&self, person: u32) -> u128 {
        self.balance_of(self.params.bond.asset, Oracle::liquid(person))
    }

    /// Moves what is known to be there, with an account of bonds at one end in their asset.
    pub fn post(&mut self, from: Account, to: Account, amount: u128, reason: &'static str) {
        let asset = match is_of_bonds(from) || is_of_bonds(to) {
            true => self.params.bond.asset,
            false => Asset::Native,
        };
        self.post_of(asset, [from, to], amount, reason);
    }

    pub fn post_of(
        &mut self,
        asset: Asset,
        [from, to]: [Account; 2],
        amount: u128,
        reason: &'static str,
    ) {
        let held = self.balance_of(asset, from);
        assert!(amount <= held, "{from:?} holds {held}, not {amount}");
        self.balances.insert((asset, from), held - amount);
        *self.balances.entry((asset, to)).or_default() += amount;
        let moved = self.moved.entry((asset, reason)).or_default();
        *moved = (moved.0 + amount, moved.1 + amount);
    }

    /// What has moved of the token for a reason in the open epoch.
    pub fn in_epoch(&self, reason: &'static str) -> u128 {
        let moved = self.moved.get(&(Asset::Native, reason));
        moved.map_or(0, |moved| moved.1)
    }

    /// What a loss in tokens counts as, where a case is released.
    pub fn worth_of_loss(&self, loss: u128) -> u128 {
        match self.params.bond.asset {
            Asset::Native => loss,
            _ => floor(loss, self.prices.oracle.unwrap_or(0), DOLLAR).min(1 << 96),
        }
    }

    /// How long a provider's stake stays in the queue, epochs.
    pub fn delay(&self, v: usize) -> u64 {
        let bond = &self.params.bond;
        let role = self.kinds[self.providers[v].kind].role;
        u64::from(bond.unbonding_epochs_by_role[role as usize].unwrap_or(bond.unbonding_epochs))
    }

    /// The oldest infraction of a provider that can be reported.
    pub fn evidence_from(&self, v: usize) -> u64 {
        let delay = self.delay(v);
        self.now
            .saturating_sub(delay.saturating_mul(self.params.epoch_ticks))
    }

    pub fn tick(&self) -> Tick {
        Tick(self.now)
    }
}

/// A dollar, in the unit of prices.
pub const DOLLAR: u128 = 1_000_000_000;

fn is_of_bonds(account: Account) -> bool {
    matches!(
        account,
        Account::SelfBond(_)
            | Account::Delegated(_)
            | Account::Unbonding(_)
            | Account::Unbonded(_)
            | Account::Vouched(_)
            | Account::SlashEscrow
    )
}
