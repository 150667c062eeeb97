//! Parameters of user stake: tiers, their discounts, and how long past stake stays readable.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// What customers get for staking. A tier begins where the stake reaches its threshold.
///
/// A customer of the first tier, in whole tokens:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.users.thresholds = [10, 100, 1_000].map(Amount::new);
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
/// let owner = protocol.open_participant();
/// protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(2_000) })?;
/// let (kind, commission) = (KindId(0), Ratio::ZERO);
/// protocol.apply(now, why, Operation::Register { owner, kind, gpus: 1, tier: 0, commission })?;
/// let provider = ProviderId(0);
/// let (customer, amount) = (owner, Amount::new(10));
/// protocol.apply(now, why, Operation::UserStake { participant: customer, amount })?;
/// let (group, escrow, region, priority) = (GroupId(0), Amount::new(500), 0, 0);
/// let open = Operation::OpenJob { customer, group, kind, escrow, region, priority };
/// let Outcome::JobOpened(job) = protocol.apply(now, why, open)? else { unreachable!() };
///
/// // 149 hours at 1: 119.2 to the provider, 8.94 to the platform, 4.47 insurance, 7.45 burned, all rounded down; the
/// // treasury has the other 11. The discount is 2 % of 149, 2.98, so 2, and the platform bears it.
/// let usage = 149 * 3_600_000_000_000;
/// let settled = protocol.apply(now, why, Operation::SettleJob { job, provider, usage })?;
/// let [gross, rebate, provider, platform, treasury, insurance, burned, verification, delegators, held] =
///     [149, 2, 119, 8 - 2, 11, 4, 7, 0, 0, 0].map(Amount::new);
/// assert_eq!(settled, Outcome::Settled { gross, rebate, provider, delegators, held, platform, treasury, insurance, burned, verification });
/// assert_eq!(protocol.job_escrow(job), Some(Amount::new(500 - 149 + 2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserParams {
    /// User stake from which tiers 1, 2 and 3 begin, base units, above zero and not falling.
    pub thresholds: [Amount; 3],
    /// Discount on job revenue by tier, not falling. It comes out of what platform and treasury get, and is never more than that.
    pub discounts: [Ratio; 3],
    /// For how many closed epochs the stake at their start stays readable.
    pub history_epochs: u32,
}

impl Default for UserParams {
    fn default() -> UserParams {
        UserParams {
            thresholds: [500, 5_000, 50_000].map(|count| Amount::from_tokens(count, 9)),
            discounts: [2, 5, 8].map(Ratio::from_percent),
            history_epochs: 90,
        }
    }
}
