//! Genesis, trade, registration: where tokens and providers come from.

use stakesim_protocol::{
    Account, Asset, Error, KindId, Outcome, ParticipantId, ProviderId, Standing,
};
use units::{Amount, Ratio};

use super::number::{ONE, parts};
use super::records::{Held, Offence, Provider};
use super::state::Oracle;

impl Oracle {
    pub fn genesis(&mut self, to: Account, amount: Amount) -> Result<Outcome, Error> {
        if self.epoch > 0 {
            return Err(Error::GenesisIsOver);
        }
        // No page says who may have what at genesis; these may, and nothing that is somebody's stake or claim.
        match to {
            Account::Liquid(id) => {
                self.participant(id)?;
            }
            Account::Treasury | Account::Insurance | Account::Platform | Account::Locked => {}
            _ => return Err(Error::OutOfRange),
        }
        self.move_free(Account::Issuance, to, amount, "genesis")
    }

    pub fn trade(
        &mut self,
        from: ParticipantId,
        to: ParticipantId,
        amount: Amount,
    ) -> Result<Outcome, Error> {
        if amount.is_zero() {
            return Err(Error::ZeroAmount);
        }
        self.participant(from)?;
        self.participant(to)?;
        self.move_free(Account::Liquid(from), Account::Liquid(to), amount, "trade")
    }

    /// Dollars come in, or go out.
    pub fn stable(&mut self, person: u32, amount: u128, is_in: bool) -> Result<Outcome, Error> {
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        let (outside, liquid) = (Account::Issuance, Oracle::liquid(person));
        let (ends, reason) = match is_in {
            true => ([outside, liquid], "stable_deposit"),
            false => ([liquid, outside], "stable_redeem"),
        };
        let available = self.balance_of(Asset::Stable, ends[0]);
        if available < amount {
            let available = Amount::new(available);
            return Err(Error::InsufficientBalance { available });
        }
        self.post_of(Asset::Stable, ends, amount, reason);
        Ok(Outcome::Done)
    }

    pub fn move_free(
        &mut self,
        from: Account,
        to: Account,
        amount: Amount,
        reason: &'static str,
    ) -> Result<Outcome, Error> {
        if amount.is_zero() {
            return Err(Error::ZeroAmount);
        }
        let available = Amount::new(self.balance(from));
        if available < amount {
            return Err(Error::InsufficientBalance { available });
        }
        self.post(from, to, amount.base_units(), reason);
        Ok(Outcome::Done)
    }

    pub fn register(
        &mut self,
        owner: ParticipantId,
        kind: KindId,
        gpus: u32,
        tier: u8,
        commission: Ratio,
    ) -> Result<Outcome, Error> {
        let owner = self.participant(owner)?;
        if usize::from(kind.0) >= self.kinds.len() {
            return Err(Error::UnknownKind);
        }
        if gpus == 0 || tier > 2 || commission > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        let id = ProviderId(self.providers.len() as u32);
        let is_proven = self.is_proven(usize::from(kind.0));
        let growth = u64::from(self.params.growth.epochs);
        self.providers.push(Provider {
            owner,
            kind: usize::from(kind.0),
            gpus: u128::from(gpus),
            tier: usize::from(tier),
            commission: u128::from(commission.parts()),
            standing: Standing::Registered,
            base: 0,
            score: if is_proven { 0 } else { ONE },
            weight: 0,
            waits: false,
            pools: [0; 3],
            commitment: None,
            committed: ONE,
            tenure: 0,
            tenure_due: None,
            grows_until: (growth > 0).then(|| self.epoch + growth),
            accrued: Default::default(),
            unclaimed: 0,
            share_index: 0,
            delegations: Default::default(),
            entries: Vec::new(),
            additions: Vec::new(),
            measured: None,
            window: Vec::new(),
            offences: vec![Offence::default(); stakesim_protocol::ViolationKind::ALL.len()],
            terms: Vec::new(),
            recovery_due: None,
            ramp: None,
            ramp_cases: Vec::new(),
            has_left: false,
            reported: None,
            moves: Vec::new(),
            commission_base: u128::from(commission.parts()),
            registered: self.epoch,
            held: Held::default(),
        });
        Ok(Outcome::Registered(id))
    }

    pub fn set_commission(&mut self, v: usize, commission: Ratio) -> Result<Outcome, Error> {
        if commission > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        let base = self.providers[v].commission_base;
        let most = parts(self.params.bond.commission_step_max);
        if parts(commission).abs_diff(base) > most {
            let base = Ratio::from_parts(base as u64);
            return Err(Error::CommissionStep { base });
        }
        self.settle(v, 0);
        self.providers[v].commission = u128::from(commission.parts());
        Ok(Outcome::Done)
    }
}
