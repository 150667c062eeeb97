//! Parameters of supply, emission, fees and bonds.

use serde::{Deserialize, Serialize};
use units::{Amount, Money, Ratio};

use super::issuance::{AllocationParams, InflationParams};
use crate::account::Asset;
use crate::role::Role;

/// How many tokens there can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyParams {
    /// Decimal places of a whole token, at most 18.
    pub decimals: u8,
    /// The largest supply, base units.
    pub max: Amount,
}

impl Default for SupplyParams {
    fn default() -> SupplyParams {
        SupplyParams {
            decimals: 9,
            max: Amount::from_tokens(1_000_000_000, 9),
        }
    }
}

/// How the scheduled emission goes on from epoch to epoch.
///
/// Where the remainders go: nowhere, they are never minted.
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, TokenPrice};
///
/// let why = Cause(0);
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::new(1_001);
/// params.emission.rule = EmissionRule::Halving;
/// params.emission.halving_epochs = 2;
/// let mut protocol = Protocol::new(params.clone(), &[], 0)?;
/// let scheduled = [1, 2, 3, 4, 5].map(|day| protocol.end_epoch(Tick(day), why).unwrap().scheduled.base_units());
/// assert_eq!(scheduled, [1_001, 1_001, 500, 500, 250]);
///
/// // 500 USD at 0.3 USD a token are 1666.67 tokens.
/// params.emission.rule = EmissionRule::StableValue;
/// params.emission.value_usd = Money::from_usd(500);
/// let mut protocol = Protocol::new(params, &[], 0)?;
/// let price = TokenPrice::from_nano_per_token(300_000_000);
/// protocol.apply(Tick(0), why, Operation::ObservePrice { price })?;
/// assert_eq!(protocol.end_epoch(Tick(1), why).unwrap().scheduled, Amount::new(1_666));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmissionRule {
    /// The same every epoch.
    Fixed,
    /// `e_{n+1} = ⌊e_n · (1 − decay)⌋`.
    Decaying,
    /// `e_{n+1} = ⌊e_n / 2⌋` when `n + 1` is a multiple of [`EmissionParams::halving_epochs`], else `e_n`.
    Halving,
    /// What [`EmissionParams::value_usd`] buys at the price in force while the epoch ran, rounded down.
    StableValue,
    /// [`EmissionParams::per_gpu`] for each active GPU: Prime Intellect's fixed distributor.
    PerGpu,
    /// A share of the supply that takes a step an epoch towards a staked ratio: Livepeer.
    BondingStep,
    /// A yearly share of the supply whose change follows the distance from a staked ratio: the Cosmos SDK.
    BondingController,
    /// A yearly share of the supply that falls by a share of itself each year, to a floor: Celestia.
    Disinflation,
    /// The same without steps: Solana.
    Taper,
    /// A yearly share of the supply that rises to an ideal staked ratio and falls off beyond it: Polkadot's curve.
    IdealStake,
    /// The first epoch's emission times an exponential decay: Gonka.
    Exponential,
    /// A part of an allocation by time, the rest as capacity reaches a growing baseline: Filecoin.
    SimpleAndBaseline,
    /// The schedule of halvings, and again what was burned, up to a cap: Helium.
    NetOfBurn,
    /// The first epoch's emission, halved each time that half of what was left has been issued: Bittensor.
    IssuanceHalving,
    /// What a published supply cap adds in a year, evenly over it: Olas.
    YearlyCaps,
    /// A week's amount that steps up and then halves every four years, evenly over its days: Ocean.
    WeeklyHalves,
}

/// How many tokens are minted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionParams {
    /// How the schedule goes on.
    pub rule: EmissionRule,
    /// Scheduled emission of the first epoch, base units.
    pub per_epoch: Amount,
    /// Share lost every epoch under [`EmissionRule::Decaying`]; under [`EmissionRule::Exponential`] the exponent of an epoch.
    pub decay_per_epoch: Ratio,
    /// Epochs from one halving to the next under [`EmissionRule::Halving`] and [`EmissionRule::NetOfBurn`].
    pub halving_epochs: u32,
    /// Worth of an epoch's emission under [`EmissionRule::StableValue`].
    pub value_usd: Money,
    /// What each active GPU is worth an epoch under [`EmissionRule::PerGpu`], base units.
    pub per_gpu: Amount,
    /// What the rules of live networks take that mint a share of the supply.
    pub inflation: InflationParams,
    /// What the rules of live networks take that mint towards an end.
    pub allocation: AllocationParams,
}

impl Default for EmissionParams {
    fn default() -> EmissionParams {
        EmissionParams {
            rule: EmissionRule::Decaying,
            per_epoch: Amount::from_tokens(100_000, 9),
            decay_per_epoch: Ratio::from_parts(475_000_000),
            halving_epochs: 1_460,
            value_usd: Money::from_usd(30_000),
            per_gpu: Amount::from_tokens(1, 9),
            inflation: InflationParams::default(),
            allocation: AllocationParams::default(),
        }
    }
}

/// Shares of an epoch's budget by what they reward. They sum to one; the remainder of the division is the treasury's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitParams {
    /// Compute providers, by weight.
    pub performance: Ratio,
    /// Long-term commitment.
    pub commitment: Ratio,
    /// The treasury.
    pub treasury: Ratio,
    /// Network growth.
    pub growth: Ratio,
    /// Model development.
    pub model: Ratio,
    /// Storage.
    pub storage: Ratio,
    /// Data.
    pub data: Ratio,
    /// Adoption of newer hardware.
    pub innovation: Ratio,
    /// Engagement and governance.
    pub engagement: Ratio,
}

impl Default for SplitParams {
    fn default() -> SplitParams {
        SplitParams {
            performance: Ratio::from_percent(60),
            commitment: Ratio::from_percent(10),
            treasury: Ratio::from_percent(12),
            growth: Ratio::from_percent(4),
            model: Ratio::from_percent(4),
            storage: Ratio::from_percent(3),
            data: Ratio::from_percent(3),
            innovation: Ratio::from_percent(2),
            engagement: Ratio::from_percent(2),
        }
    }
}

/// Whose the provider's share of job revenue is.
///
/// Of ten base units, with as much delegated as bonded and a commission of a tenth, five are for the delegated half, of which delegators have
/// 4.5, rounded down:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(100_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.fees = FeeParams { provider: Ratio::ONE, platform: Ratio::ZERO, treasury: Ratio::ZERO, burn: Ratio::ZERO, insurance: Ratio::ZERO, ..params.fees };
/// params.fees.sharing = FeeSharing::AsRewards;
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (owner, delegator, provider) = (protocol.open_participant(), protocol.open_participant(), ProviderId(0));
/// let (now, why, amount, kind, group) = (Tick(0), Cause(0), Amount::new(720), KindId(0), GroupId(0));
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount },
///     Operation::Genesis { to: Account::Liquid(delegator), amount: Amount::new(730) },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind, gpus: 1, tier: 0, commission: Ratio::from_percent(10) },
///     Operation::Bond { provider, amount },
///     Operation::Delegate { delegator, provider, amount },
/// ] {
///     protocol.apply(now, why, operation)?;
/// }
/// let open = Operation::OpenJob { customer: delegator, group, kind, escrow: Amount::new(10), region: 0, priority: 0 };
/// let Outcome::JobOpened(job) = protocol.apply(now, why, open)? else { unreachable!() };
/// protocol.apply(now, why, Operation::SettleJob { job, provider, usage: 10 * 3_600_000_000_000 })?;
/// assert_eq!(protocol.balance(Asset::Native, Account::Liquid(owner)), Amount::new(6));
/// assert_eq!(protocol.balance(Asset::Native, Account::RewardPool), Amount::new(4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeeSharing {
    /// The owner's alone.
    Owner,
    /// Divided as rewards are: by stake, and of the delegators' part the owner keeps its commission. Cosmos, Livepeer, EigenLayer.
    AsRewards,
}

/// Shares of job revenue. They sum to one; the remainder of the division is the treasury's.
///
/// What is for those who check waits in a pool of its own until verifiers have given verdicts:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.fees.provider = Ratio::from_percent(70);
/// params.fees.verification = Ratio::from_percent(10);
/// let kind = |role| Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_usd(1)), role, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind(Role::Compute), kind(Role::Verifier)], 1)?;
/// let (now, why, day) = (Tick(0), Cause(0), Tick(86_400));
/// protocol.apply(now, why, Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) })?;
/// // One who works, and two who check.
/// for kind in [KindId(0), KindId(1), KindId(1)] {
///     let (owner, amount) = (protocol.open_participant(), Amount::new(1_000));
///     protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount })?;
///     let register = Operation::Register { owner, kind, gpus: 1, tier: 0, commission: Ratio::ZERO };
///     let Outcome::Registered(provider) = protocol.apply(now, why, register)? else { unreachable!() };
///     protocol.apply(now, why, Operation::Bond { provider, amount: Amount::new(720) })?;
/// }
/// let (customer, group, kind, escrow) = (ParticipantId(0), GroupId(0), KindId(0), Amount::new(199));
/// let open = Operation::OpenJob { customer, group, kind, escrow, region: 0, priority: 0 };
/// let Outcome::JobOpened(job) = protocol.apply(now, why, open)? else { unreachable!() };
/// let usage = 199 * 3_600_000_000_000;
/// protocol.apply(now, why, Operation::SettleJob { job, provider: ProviderId(0), usage })?;
/// // 10 % of 199 are 19.9.
/// assert_eq!(protocol.balance(Asset::Native, Account::VerificationPool), Amount::new(19));
///
/// // One gave all of 20 verdicts that it owed, the other 9 of 10: 13.1 and 5.9 of 19, and what the floors leave waits.
/// for (verifier, jobs, failed) in [(1, 20, 0), (2, 10, 1)] {
///     let (provider, up, response, rating) = (ProviderId(verifier), Ratio::ONE, Ratio::ONE, Ratio::ONE);
///     protocol.apply(now, why, Operation::RecordMeasurement { provider, up, jobs, failed, response, rating })?;
/// }
/// assert_eq!(protocol.end_epoch(day, why)?.verification_fees, Amount::new(13 + 5));
/// assert_eq!(protocol.balance(Asset::Native, Account::Liquid(ParticipantId(1))), Amount::new(1_000 - 720 + 13));
/// assert_eq!(protocol.balance(Asset::Native, Account::VerificationPool), Amount::new(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeParams {
    /// The provider, as `sharing` says.
    pub provider: Ratio,
    /// The platform operator.
    pub platform: Ratio,
    /// The treasury.
    pub treasury: Ratio,
    /// Burned.
    pub burn: Ratio,
    /// The insurance pool.
    pub insurance: Ratio,
    /// Those who check the work. Off by default.
    pub verification: Ratio,
    /// Whose the provider's share is.
    pub sharing: FeeSharing,
}

impl Default for FeeParams {
    fn default() -> FeeParams {
        FeeParams {
            provider: Ratio::from_percent(80),
            platform: Ratio::from_percent(6),
            treasury: Ratio::from_percent(6),
            burn: Ratio::from_percent(5),
            insurance: Ratio::from_percent(3),
            verification: Ratio::ZERO,
            sharing: FeeSharing::Owner,
        }
    }
}

/// In what the size of a bond stays the same.
///
/// A bond of thirty days at a dollar an hour is worth 720 USD:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.bond.unit = BondUnit::Native;
/// params.bond.price_ema_epochs = 1;
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(700_000_000));
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
/// let owner = protocol.open_participant();
/// protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(2_000) })?;
/// let (kind, commission) = (KindId(0), Ratio::ZERO);
/// protocol.apply(now, why, Operation::Register { owner, kind, gpus: 1, tier: 0, commission })?;
/// let provider = ProviderId(0);
///
/// // 720 / 0.7 = 1028.57, rounded up; when the token is worth 2 USD, dollars would ask for 360, and this asks for the same.
/// assert_eq!(protocol.bond_min(provider), Some(Amount::new(1_029)));
/// let price = TokenPrice::from_nano_per_token(2_000_000_000);
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!(protocol.bond_min(provider), Some(Amount::new(1_029)));
///
/// // A top-up needs a bond to add to.
/// let top_up = Operation::TopUp { provider, amount: Amount::new(29) };
/// assert_eq!(protocol.apply(Tick(86_400), why, top_up), Err(Error::NoBond));
/// protocol.apply(Tick(86_400), why, Operation::Bond { provider, amount: Amount::new(1_000) })?;
/// protocol.apply(Tick(86_400), why, top_up)?;
/// assert_eq!(protocol.standing(provider), Standing::Active);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BondUnit {
    /// Dollars, at the smoothed token price.
    Usd,
    /// Tokens, as many as the dollars were worth at the first price ever observed.
    Native,
}

/// How entries leave the unbonding queue once their delay is over.
///
/// In whole tokens:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// let mut params = Params::default();
/// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
/// params.emission.per_epoch = Amount::ZERO;
/// params.bond.unbonding_epochs = 1;
/// params.bond.unbonding = UnbondingRule::Queue;
/// params.bond.churn_max = Ratio::from_percent(10);
/// params.bond.churn_floor = Amount::new(5);
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
/// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
/// protocol.apply(now, why, Operation::ObservePrice { price })?;
/// let owner = protocol.open_participant();
/// protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(2_000) })?;
/// let (kind, commission) = (KindId(0), Ratio::ZERO);
/// protocol.apply(now, why, Operation::Register { owner, kind, gpus: 1, tier: 0, commission })?;
/// let provider = ProviderId(0);
/// protocol.apply(now, why, Operation::Bond { provider, amount: Amount::new(825) })?;
///
/// // 100 unbond and are due at the close of epoch 1. 725 stay staked, 10 % of them are 72.5: 72 leave, then the other 28.
/// protocol.apply(now, why, Operation::Unbond { provider, amount: Amount::new(100) })?;
/// let matured = [1, 2, 3].map(|day| protocol.end_epoch(Tick(day * 86_400), why).unwrap().matured.base_units());
/// assert_eq!(matured, [0, 72, 28]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnbondingRule {
    /// All at once.
    FixedDelay,
    /// First come first served, no more an epoch than [`BondParams::churn_max`] and [`BondParams::churn_floor`] allow;
    /// an entry may leave in parts.
    Queue,
}

/// How bonds are sized, what they weigh and how they leave. Sizes are in dollars at the smoothed token price.
///
/// A GPU of 24 USD a day at a dollar a token has full cover at 120 · 24 tokens:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let params = Params::default();
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind], 1)?;
/// let (owner, provider, why) = (protocol.open_participant(), ProviderId(0), Cause(0));
/// let token = |count| Amount::from_tokens(count, 9);
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount: token(2880) },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
///     Operation::Bond { provider, amount: token(1000) },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// // 1000 / 2880 = 0.347222222222 covered (every division rounds down to parts of 10⁻¹²); 0.2 + 0.8 · 0.347222222222 =
/// // 0.477777777777, of 24 · 10⁹.
/// assert_eq!(protocol.weight(provider), 11_466_666_666);
/// // In the next epoch the rest is bonded: it weighs from the close on.
/// protocol.end_epoch(Tick(86_400), why)?;
/// protocol.apply(Tick(86_400), why, Operation::Bond { provider, amount: token(1_880) })?;
/// assert_eq!(protocol.weight(provider), 11_466_666_666);
/// protocol.end_epoch(Tick(2 * 86_400), why)?;
/// assert_eq!(protocol.weight(provider), 24_000_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BondParams {
    /// The smallest self-bond, days of list price.
    pub cover_min: u32,
    /// Collateral (self-bond and delegations) at full weight, days of list price.
    pub cover_full: u32,
    /// Weight without any collateral, as a share of full weight.
    pub weight_base: Ratio,
    /// Length of the smoothed price's average, epochs: it moves by `2/(n+1)` of the gap.
    pub price_ema_epochs: u32,
    /// Share of the minimum below which a bond is short.
    pub shortfall_tolerance: Ratio,
    /// How long a bond may be short before the provider gets no new jobs, epochs.
    pub shortfall_epochs: u32,
    /// How long tokens stay in the unbonding queue, epochs.
    pub unbonding_epochs: u32,
    /// The same for one role, in the order of [`Role::ALL`]; none: as `unbonding_epochs`. Verifiers and operators lock for
    /// longer where a network wants it (30 and 365 epochs are assumptions).
    pub unbonding_epochs_by_role: [Option<u32>; Role::COUNT],
    /// How they leave it.
    pub unbonding: UnbondingRule,
    /// Share of all bonds and delegations that may leave the queue in an epoch under [`UnbondingRule::Queue`].
    pub churn_max: Ratio,
    /// What may leave it in an epoch in any case, base units.
    pub churn_floor: Amount,
    /// The most unbonding entries that an owner may have at one provider; leaving the network is exempt.
    pub entries_max: u32,
    /// The most redelegations that a delegator may have in transit to one provider.
    pub redelegations_max: u32,
    /// In what sizes stay the same.
    pub unit: BondUnit,
    /// What is bonded, delegated and vouched: the token, or dollars, which are then sized as dollars whatever the unit.
    pub asset: Asset,
    /// Largest change of a commission in an epoch.
    pub commission_step_max: Ratio,
}

impl Default for BondParams {
    fn default() -> BondParams {
        BondParams {
            cover_min: 30,
            cover_full: 120,
            weight_base: Ratio::from_percent(20),
            price_ema_epochs: 30,
            shortfall_tolerance: Ratio::from_percent(70),
            shortfall_epochs: 7,
            unbonding_epochs: 14,
            unbonding_epochs_by_role: [None; Role::COUNT],
            unbonding: UnbondingRule::FixedDelay,
            churn_max: Ratio::from_percent(1),
            churn_floor: Amount::from_tokens(10_000, 9),
            entries_max: u32::MAX,
            redelegations_max: 7,
            unit: BondUnit::Usd,
            asset: Asset::Native,
            commission_step_max: Ratio::ONE,
        }
    }
}
