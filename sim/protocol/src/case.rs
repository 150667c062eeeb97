//! Cases: a verdict's slash in escrow, which remembers where each unit came from until it is released or returned.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Amount;

use crate::ids::{CaseId, Cause, ParticipantId, ProviderId, Tick};
use crate::operation::ViolationKind;
use crate::state::Protocol;

/// From whose stake a part of a slash was taken, and so where it returns.
///
/// # Exposure worked by hand
///
/// 281 of 1001 base units leave at tick 10; a malicious result of tick 5 is judged. All 1001 were there, so `⌊300.3⌋ = 300` are due:
/// `⌊30 % · 720⌋ = 216` from the bond and the other 84 from the entry, whose own share would be `⌈84.3⌉`.
///
/// ```
/// # use stakesim_protocol::*;
/// # use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// # let mut params = Params::default();
/// # params.supply.decimals = 0;
/// # params.emission.per_epoch = Amount::ZERO;
/// # let kind = Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_usd(1)), role: Role::Compute, is_new: false };
/// # let mut protocol = Protocol::new(params, &[kind], 1)?;
/// # let owner = protocol.open_participant();
/// # let (why, provider) = (Cause(0), ProviderId(0));
/// # for operation in [
/// #     Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(1001) },
/// #     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
/// #     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
/// #     Operation::Bond { provider, amount: Amount::new(1001) },
/// # ] { protocol.apply(Tick(0), why, operation)?; }
/// protocol.apply(Tick(10), why, Operation::Unbond { provider, amount: Amount::new(281) })?;
/// protocol.apply(Tick(10), why, Operation::ReportViolation {
///     provider, kind: ViolationKind::MaliciousResult, at: Tick(5),
///     reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
/// })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// let taken = &protocol.case(CaseId(0)).expect("a verdict is a case").taken;
/// assert_eq!(taken[..], [
///     (SlashSource::SelfBond, Amount::new(216)),
///     (SlashSource::Unbonding { owner }, Amount::new(84)),
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlashSource {
    /// The provider's self-bond.
    SelfBond,
    /// The pool of its delegators.
    Pool,
    /// An entry of the unbonding queue.
    Unbonding {
        /// Whose tokens they are.
        owner: ParticipantId,
    },
    /// Stake that had moved to another provider since.
    Moved {
        /// Whose stake it is.
        delegator: ParticipantId,
    },
    /// Pay of the owner that was held back and had not vested.
    Vesting,
}

/// Where a case stands with its owner's objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Appeal {
    /// There was none.
    None,
    /// It waits for a verdict.
    Open {
        /// What the owner has set aside, base units.
        deposit: Amount,
        /// The epoch whose close rejects it.
        until_epoch: u32,
    },
    /// It failed.
    Rejected,
}

/// A verdict that can still be appealed, with what it took.
///
/// # An appeal worked by hand
///
/// A provider with 1000 base units and a pool of 401 is slashed 30 %: 300 and `⌊120.3⌋ = 120`. Its owner appeals for 10. Upheld: 300
/// return to the bond, 120 to the pool, the 10 to the owner, and the jail is over.
///
/// ```
/// # use stakesim_protocol::*;
/// # use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// # let mut params = Params::default();
/// # params.supply.decimals = 0;
/// # params.emission.per_epoch = Amount::ZERO;
/// params.appeal.deposit = Amount::new(10);
/// # let kind = Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_usd(1)), role: Role::Compute, is_new: false };
/// # let mut protocol = Protocol::new(params, &[kind], 1)?;
/// # let owner = protocol.open_participant();
/// # let (now, why, provider, case) = (Tick(0), Cause(0), ProviderId(0), CaseId(0));
/// # for operation in [
/// #     Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(1_411) },
/// #     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
/// #     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
/// #     Operation::Bond { provider, amount: Amount::new(1_000) },
/// #     Operation::Delegate { delegator: owner, provider, amount: Amount::new(401) },
/// #     Operation::ReportViolation {
/// #         provider, kind: ViolationKind::MaliciousResult, at: now,
/// #         reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
/// #     },
/// # ] { protocol.apply(now, why, operation)?; }
/// protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!(protocol.case(case).map(Case::amount), Some(Amount::new(420)));
///
/// let day = Tick(86_400);
/// protocol.apply(day, why, Operation::Appeal { case })?;
/// assert_eq!(protocol.balance(Asset::Native, Account::AppealDeposit), Amount::new(10));
/// protocol.apply(day, why, Operation::ResolveAppeal { case, is_upheld: true })?;
/// assert_eq!((protocol.bonded(provider), protocol.delegated(provider)), (Amount::new(1_000), Amount::new(401)));
/// assert_eq!(protocol.balance(Asset::Native, Account::Liquid(owner)), Amount::new(10));
/// assert_eq!(protocol.standing(provider), Standing::Active);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Who was judged.
    pub provider: ProviderId,
    /// For what.
    pub kind: ViolationKind,
    /// The epoch at whose close.
    pub epoch: u32,
    /// What it took, base units, by where it was.
    pub taken: Vec<(SlashSource, Amount)>,
    /// Who reported.
    pub reporter: Option<ParticipantId>,
    /// Who was harmed, and by how much, base units.
    pub losses: Vec<(ParticipantId, Amount)>,
    /// What it goes back to.
    pub cause: Cause,
    /// The epoch whose close releases it; an open appeal puts that off.
    pub due_epoch: u32,
    /// The owner's objection.
    pub appeal: Appeal,
    /// The tick of the verdict, and of the one on the same kind before it.
    pub(crate) judged: Tick,
    pub(crate) judged_before: Option<Tick>,
}

impl Case {
    /// All that it took, base units.
    #[must_use]
    pub fn amount(&self) -> Amount {
        self.taken.iter().map(|(_, amount)| *amount).sum()
    }

    pub(crate) fn is_appealed(&self) -> bool {
        matches!(self.appeal, Appeal::Open { .. })
    }
}

impl Protocol {
    /// A case that is neither released nor returned; none otherwise.
    #[must_use]
    pub fn case(&self, case: CaseId) -> Option<&Case> {
        self.cases.get(&case)
    }

    /// Every case that is neither released nor returned, oldest first.
    pub fn open_cases(&self) -> impl Iterator<Item = (CaseId, &Case)> {
        self.cases.iter().map(|(id, case)| (*id, case))
    }

    /// Opens a case under the next id and queues its release. Returns the id.
    pub(crate) fn open_case(&mut self, case: Case) -> CaseId {
        let id = CaseId(self.cases_opened);
        self.cases_opened = self
            .cases_opened
            .checked_add(1)
            .expect("fewer than 2^32 cases: a bug");
        self.slash_holds.entry(case.due_epoch).or_default().push(id);
        self.cases.insert(id, case);
        id
    }
}
