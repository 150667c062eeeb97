//! Double entry with one door. Every balance of every asset is here, and [`Ledger::transfer`] is the only way it moves;
//! minting and burning are transfers from and to [`Account::Issuance`], so each asset's total never changes.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::account::{Account, AccountKind, Asset};
use crate::canary::Plant;
use crate::error::Error;
use crate::ids::{Cause, ParticipantId, ProviderId, Tick};
use crate::reason::Reason;

/// One movement of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// When.
    pub tick: Tick,
    /// In which epoch.
    pub epoch: u32,
    /// What it goes back to.
    pub cause: Cause,
    /// Of what.
    pub asset: Asset,
    /// From where.
    pub from: Account,
    /// To where.
    pub to: Account,
    /// How much, base units.
    pub amount: Amount,
    /// Why.
    pub reason: Reason,
}

/// Over which time a tally runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The epoch that is open.
    Epoch,
    /// The epoch that closed last.
    ClosedEpoch,
    /// From the beginning.
    Lifetime,
}

/// How much has moved, by asset and reason. In rows of 32, which is as many as serde knows of an array.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Tallies([[[Amount; Tallies::ROW]; Tallies::ROWS]; Asset::COUNT]);

impl Tallies {
    const ROW: usize = 32;
    const ROWS: usize = Reason::COUNT.div_ceil(Tallies::ROW);

    #[inline]
    fn of(&self, asset: Asset, reason: Reason) -> Amount {
        let at = reason as usize;
        self.0[asset as usize][at / Tallies::ROW][at % Tallies::ROW]
    }

    #[inline]
    fn add(&mut self, asset: Asset, reason: Reason, amount: Amount) {
        let at = reason as usize;
        self.0[asset as usize][at / Tallies::ROW][at % Tallies::ROW] += amount;
    }

    fn add_all(&mut self, other: &Tallies) {
        let sums = self.0.as_flattened_mut().as_flattened_mut();
        for (sum, more) in sums.iter_mut().zip(other.0.as_flattened().as_flattened()) {
            *sum += *more;
        }
    }
}

/// Balances of one asset, a column for each kind of account, grown when somebody new is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Columns {
    system: [Amount; Account::SYSTEM.len()],
    liquid: Vec<Amount>,
    unbonded: Vec<Amount>,
    self_bond: Vec<Amount>,
    delegated: Vec<Amount>,
    unbonding: Vec<Amount>,
    vouched: Vec<Amount>,
    user_stake: Vec<Amount>,
    /// Grown when something is first held back.
    vesting: Vec<Amount>,
}

impl Columns {
    /// The cell of an account. Panics when it was never opened: accounts come from ids that the protocol gave out.
    #[inline]
    fn cell(&mut self, account: Account) -> &mut Amount {
        match account {
            Account::Issuance => &mut self.system[0],
            Account::RewardPool => &mut self.system[1],
            Account::Treasury => &mut self.system[2],
            Account::Insurance => &mut self.system[3],
            Account::Platform => &mut self.system[4],
            Account::JobEscrow => &mut self.system[5],
            Account::SlashEscrow => &mut self.system[6],
            Account::Locked => &mut self.system[7],
            Account::AppealDeposit => &mut self.system[8],
            Account::Liquid(id) => &mut self.liquid[id.index()],
            Account::Unbonded(id) => &mut self.unbonded[id.index()],
            Account::SelfBond(id) => &mut self.self_bond[id.index()],
            Account::Delegated(id) => &mut self.delegated[id.index()],
            Account::Unbonding(id) => &mut self.unbonding[id.index()],
            Account::ProposalDeposit => &mut self.system[9],
            Account::Vouched(id) => &mut self.vouched[id.index()],
            Account::UserStake(id) => &mut self.user_stake[id.index()],
            Account::VerificationPool => &mut self.system[10],
            Account::Vesting(id) => {
                let length = self.vesting.len().max(id.index() + 1);
                self.vesting.resize(length, Amount::ZERO);
                &mut self.vesting[id.index()]
            }
        }
    }

    #[inline]
    fn value(&self, account: Account) -> Amount {
        let at =
            |column: &Vec<Amount>, index: usize| column.get(index).copied().unwrap_or_default();
        match account {
            Account::Issuance => self.system[0],
            Account::RewardPool => self.system[1],
            Account::Treasury => self.system[2],
            Account::Insurance => self.system[3],
            Account::Platform => self.system[4],
            Account::JobEscrow => self.system[5],
            Account::SlashEscrow => self.system[6],
            Account::Locked => self.system[7],
            Account::AppealDeposit => self.system[8],
            Account::Liquid(id) => at(&self.liquid, id.index()),
            Account::Unbonded(id) => at(&self.unbonded, id.index()),
            Account::SelfBond(id) => at(&self.self_bond, id.index()),
            Account::Delegated(id) => at(&self.delegated, id.index()),
            Account::Unbonding(id) => at(&self.unbonding, id.index()),
            Account::ProposalDeposit => self.system[9],
            Account::Vouched(id) => at(&self.vouched, id.index()),
            Account::UserStake(id) => at(&self.user_stake, id.index()),
            Account::VerificationPool => self.system[10],
            Account::Vesting(id) => at(&self.vesting, id.index()),
        }
    }

    fn held(&self, kind: AccountKind) -> Amount {
        let sum = |column: &[Amount]| column.iter().copied().sum::<Amount>();
        let system = Account::SYSTEM.iter().zip(self.system);
        let of_system = system.filter(|(account, _)| account.kind() == kind);
        let of_people = match kind {
            AccountKind::Liquid => sum(&self.liquid),
            AccountKind::Staked => sum(&self.self_bond) + sum(&self.delegated),
            AccountKind::Unbonding => sum(&self.unbonding),
            AccountKind::Unbonded => sum(&self.unbonded),
            AccountKind::Vouched => sum(&self.vouched),
            AccountKind::UserStake => sum(&self.user_stake),
            AccountKind::Vesting => sum(&self.vesting),
            _ => Amount::ZERO,
        };
        of_system.map(|(_, amount)| amount).sum::<Amount>() + of_people
    }

    fn total(&self) -> Amount {
        let columns = [
            &self.liquid,
            &self.unbonded,
            &self.self_bond,
            &self.delegated,
            &self.unbonding,
            &self.vouched,
            &self.user_stake,
            &self.vesting,
        ];
        let people: Amount = columns.into_iter().flatten().copied().sum();
        self.system.into_iter().sum::<Amount>() + people
    }
}

/// All balances, what moved them, and (when asked for) each movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    columns: [Columns; Asset::COUNT],
    supply: [Amount; Asset::COUNT],
    epoch_tallies: Tallies,
    closed_tallies: Tallies,
    /// Over every closed epoch.
    past_tallies: Tallies,
    /// Stamped on every posting.
    tick: Tick,
    epoch: u32,
    // What a host watches is no part of the state: the same run has the same bytes whoever looks on.
    #[serde(skip)]
    is_recording: bool,
    #[serde(skip)]
    postings: Vec<Posting>,
}

impl Ledger {
    /// A ledger in which each asset's whole supply is unissued.
    #[must_use]
    pub fn new(supply: [Amount; 3]) -> Ledger {
        let columns = supply.map(|whole| {
            let mut columns = Columns::default();
            *columns.cell(Account::Issuance) = whole;
            columns
        });
        Ledger {
            columns,
            supply,
            epoch_tallies: Tallies::default(),
            closed_tallies: Tallies::default(),
            past_tallies: Tallies::default(),
            tick: Tick(0),
            epoch: 0,
            is_recording: false,
            postings: Vec::new(),
        }
    }

    /// Opens the accounts of one more participant.
    pub fn open_participant(&mut self, id: ParticipantId) {
        for columns in &mut self.columns {
            columns.liquid.resize(id.index() + 1, Amount::ZERO);
            columns.unbonded.resize(id.index() + 1, Amount::ZERO);
            columns.vouched.resize(id.index() + 1, Amount::ZERO);
            columns.user_stake.resize(id.index() + 1, Amount::ZERO);
        }
    }

    /// Opens the accounts of one more provider.
    pub fn open_provider(&mut self, id: ProviderId) {
        for columns in &mut self.columns {
            columns.self_bond.resize(id.index() + 1, Amount::ZERO);
            columns.delegated.resize(id.index() + 1, Amount::ZERO);
            columns.unbonding.resize(id.index() + 1, Amount::ZERO);
        }
    }

    /// Moves an amount from one account to another. This is the only way a balance changes. Zero posts nothing.
    ///
    /// Fails with [`Error::InsufficientBalance`], and then changes nothing. Panics when an account was never opened.
    #[inline]
    pub fn transfer(
        &mut self,
        asset: Asset,
        from: Account,
        to: Account,
        amount: Amount,
        reason: Reason,
        cause: Cause,
    ) -> Result<(), Error> {
        if amount.is_zero() {
            return Ok(());
        }
        let columns = &mut self.columns[asset as usize];
        let source = columns.cell(from);
        let Some(rest) = source.checked_sub(amount) else {
            return Err(Error::InsufficientBalance { available: *source });
        };
        *source = rest;
        // Cannot overflow: the asset's total is constant and fits.
        *columns.cell(to) += Plant::Ledger.short(amount);
        self.epoch_tallies.add(asset, reason, amount);
        if self.is_recording {
            let (tick, epoch) = (self.tick, self.epoch);
            self.postings.push(Posting {
                tick,
                epoch,
                cause,
                asset,
                from,
                to,
                amount,
                reason,
            });
        }
        Ok(())
    }

    /// What an account holds; zero for one that was never opened.
    #[inline]
    #[must_use]
    pub fn balance(&self, asset: Asset, account: Account) -> Amount {
        self.columns[asset as usize].value(account)
    }

    /// What all accounts of a kind hold together.
    #[must_use]
    pub fn held(&self, asset: Asset, kind: AccountKind) -> Amount {
        self.columns[asset as usize].held(kind)
    }

    /// How much has moved for a reason.
    #[must_use]
    pub fn tally(&self, asset: Asset, reason: Reason, scope: Scope) -> Amount {
        let of = |tallies: &Tallies| tallies.of(asset, reason);
        match scope {
            Scope::Epoch => of(&self.epoch_tallies),
            Scope::ClosedEpoch => of(&self.closed_tallies),
            Scope::Lifetime => of(&self.past_tallies) + of(&self.epoch_tallies),
        }
    }

    /// The sum of an asset's balances, and what it must be.
    #[must_use]
    pub fn total_and_supply(&self, asset: Asset) -> (Amount, Amount) {
        (
            self.columns[asset as usize].total(),
            self.supply[asset as usize],
        )
    }

    /// Whether each posting is kept until it is drained.
    pub fn record_postings(&mut self, on: bool) {
        self.is_recording = on;
    }

    /// Hands out the postings kept so far, in order; the buffer keeps its room.
    pub fn drain_postings(&mut self) -> impl Iterator<Item = Posting> + '_ {
        self.postings.drain(..)
    }

    pub(crate) fn stamp(&mut self, tick: Tick) {
        self.tick = tick;
    }

    /// Ends the epoch's tallies and begins the next epoch's.
    pub(crate) fn close_epoch(&mut self) {
        self.closed_tallies = self.epoch_tallies;
        self.past_tallies.add_all(&self.closed_tallies);
        self.epoch_tallies = Tallies::default();
        self.epoch += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: Account = Account::Liquid(ParticipantId(0));

    fn ledger() -> Ledger {
        let mut ledger = Ledger::new([Amount::new(100), Amount::new(50), Amount::ZERO]);
        ledger.open_participant(ParticipantId(0));
        ledger
    }

    fn mint(ledger: &mut Ledger, asset: Asset, amount: u128) -> Result<(), Error> {
        ledger.transfer(
            asset,
            Account::Issuance,
            ALICE,
            Amount::new(amount),
            Reason::Genesis,
            Cause(1),
        )
    }

    #[test]
    fn assets_do_not_mix_and_each_keeps_its_total() {
        let mut ledger = ledger();
        mint(&mut ledger, Asset::Native, 30).unwrap();
        mint(&mut ledger, Asset::Stable, 50).unwrap();
        assert_eq!(ledger.balance(Asset::Native, ALICE), Amount::new(30));
        assert_eq!(ledger.balance(Asset::Stable, ALICE), Amount::new(50));
        assert_eq!(ledger.balance(Asset::Credits, ALICE), Amount::ZERO);
        for asset in Asset::ALL {
            let (total, supply) = ledger.total_and_supply(asset);
            assert_eq!(total, supply);
        }
    }

    #[test]
    fn nobody_pays_what_they_do_not_have() {
        let mut ledger = ledger();
        let before = ledger.clone();
        let refused = Err(Error::InsufficientBalance {
            available: Amount::new(100),
        });
        assert_eq!(mint(&mut ledger, Asset::Native, 101), refused);
        assert_eq!(ledger, before);
    }

    #[test]
    fn nothing_posts_nothing_and_postings_are_kept_only_when_asked_for() {
        let mut ledger = ledger();
        mint(&mut ledger, Asset::Native, 1).unwrap();
        ledger.record_postings(true);
        mint(&mut ledger, Asset::Native, 0).unwrap();
        mint(&mut ledger, Asset::Native, 2).unwrap();
        let amounts: Vec<Amount> = ledger
            .drain_postings()
            .map(|posting| posting.amount)
            .collect();
        assert_eq!(amounts, [Amount::new(2)]);
        assert_eq!(ledger.drain_postings().count(), 0);
    }

    #[test]
    fn tallies_run_over_the_epoch_the_last_one_and_everything() {
        let mut ledger = ledger();
        let tallies = |ledger: &Ledger| {
            [Scope::Epoch, Scope::ClosedEpoch, Scope::Lifetime].map(|scope| {
                ledger
                    .tally(Asset::Native, Reason::Genesis, scope)
                    .base_units()
            })
        };
        mint(&mut ledger, Asset::Native, 3).unwrap();
        assert_eq!(tallies(&ledger), [3, 0, 3]);
        ledger.close_epoch();
        mint(&mut ledger, Asset::Native, 4).unwrap();
        assert_eq!(tallies(&ledger), [4, 3, 7]);
        ledger.close_epoch();
        assert_eq!(tallies(&ledger), [0, 4, 7]);
    }
}
