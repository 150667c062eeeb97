//! Parameters of jobs beyond the load controller: what hour, region and priority are worth, and what failed jobs are paid.

use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use units::Ratio;

/// Factors of a job's price, each above zero and at most 10.
///
/// Each factor is floored in turn:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.valuation.hour[5] = Ratio::from_percent(150);
/// params.valuation.region.push(Ratio::from_percent(130));
/// params.valuation.priority[1] = Ratio::from_percent(110);
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(7));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
/// protocol.open_participant();
///
/// // At five o'clock: 7 · 1.5 = 10.5, 10 · 1.3 = 13, 13 · 1.1 = 14.3. In one go it would be 15.
/// let participant = ParticipantId(0);
/// protocol.apply(Tick(5 * 3_600), why, Operation::Withdraw { participant })?;
/// assert_eq!(protocol.job_rate_of(KindId(0), 1, 1), Some(Amount::new(14)));
/// assert_eq!(protocol.job_rate_of(KindId(0), 2, 0), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuationParams {
    /// By hour of the day, where hour 0 begins at tick 0.
    pub hour: [Ratio; 24],
    /// By region, 1 to 16 of them.
    pub region: Vec<Ratio>,
    /// By priority.
    pub priority: [Ratio; 4],
}

impl Default for ValuationParams {
    fn default() -> ValuationParams {
        ValuationParams {
            hour: [Ratio::ONE; 24],
            region: vec![Ratio::ONE],
            priority: [Ratio::ONE; 4],
        }
    }
}

/// What the insurance pool pays when a job fails by a provider's fault.
///
/// A loss of 500 against a pool of 999:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
/// let owner = protocol.open_participant();
/// protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(2_000) })?;
/// let (kind, commission) = (KindId(0), Ratio::ZERO);
/// protocol.apply(now, why, Operation::Register { owner, kind, gpus: 1, tier: 0, commission })?;
/// let provider = ProviderId(0);
/// let (customer, group, escrow) = (owner, GroupId(0), Amount::new(100));
/// protocol.apply(now, why, Operation::Genesis { to: Account::Insurance, amount: Amount::new(999) })?;
/// let open = Operation::OpenJob { customer, group, kind, escrow, region: 0, priority: 0 };
/// let Outcome::JobOpened(job) = protocol.apply(now, why, open)? else { unreachable!() };
///
/// // All of the loss is covered, but one claim takes at most 10 % of the pool: 99.9, so 99.
/// let (loss, is_fault) = (Amount::new(500), true);
/// let failed = protocol.apply(now, why, Operation::FailJob { job, provider, loss, is_fault })?;
/// assert_eq!(failed, Outcome::Failed { refund: Amount::new(100), payout: Amount::new(99) });
/// assert_eq!(protocol.balance(Asset::Native, Account::Insurance), Amount::new(900));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsuranceParams {
    /// Covered share of the loss.
    pub cover: Ratio,
    /// Largest share of the pool that one claim may take.
    pub claim_max: Ratio,
}

impl Default for InsuranceParams {
    fn default() -> InsuranceParams {
        InsuranceParams {
            cover: Ratio::ONE,
            claim_max: Ratio::from_percent(10),
        }
    }
}
