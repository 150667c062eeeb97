//! Parameters of conduct: the score, the ladder of penalties, the way back, and where slashes go.

use serde::{Deserialize, Serialize};
use units::Ratio;

/// How performance becomes a multiplier of weight.
///
/// An individual with half the uptime of its benchmark and everything else at it:
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
///     Operation::Bond { provider, amount: token(2880) },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// let up = Ratio::from_parts(425_000_000_000);
/// let (response, rating) = (Ratio::ONE, Ratio::ONE);
/// protocol.apply(Tick(0), why, Operation::RecordMeasurement { provider, up, jobs: 0, failed: 0, response, rating })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// // (3 · 0.5 + 3 · 1 + 2 · 1 + 2 · 1) / 10 = 0.85, and (0.85 − 0.5) / (1 − 0.5) = 0.7 of 24 · 10⁹.
/// assert_eq!(protocol.weight(provider), 16_800_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreParams {
    /// Weight of uptime in the mean.
    pub weight_uptime: u32,
    /// Weight of the share of jobs that did not fail.
    pub weight_error: u32,
    /// Weight of the response time.
    pub weight_response: u32,
    /// Weight of the users' rating.
    pub weight_rating: u32,
    /// Mean score below which the multiplier is zero; from there it rises in a line through one at the benchmark.
    pub zero_below: Ratio,
    /// Largest multiplier, and largest value of each part of the score.
    pub cap: Ratio,
    /// Uptime that scores one, by tier.
    pub benchmark_uptime: [Ratio; 3],
    /// Share of failed jobs that scores one.
    pub benchmark_error: Ratio,
    /// How providers of storage are scored.
    pub storage: StorageScore,
}

/// How providers of storage are scored.
///
/// Of ten proofs that are asked for, seven are served:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
///
/// let mut params = Params::default();
/// params.score.storage = StorageScore::Proofs;
/// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
/// let kind = Kind { group: GroupId(0), list_price_usd, role: Role::Storage, is_new: false };
/// let mut protocol = Protocol::new(params, &[kind], 1)?;
/// let (owner, provider, why) = (protocol.open_participant(), ProviderId(0), Cause(0));
/// let token = |count| Amount::from_tokens(count, 9);
/// for operation in [
///     Operation::Genesis { to: Account::Liquid(owner), amount: token(2880) },
///     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
///     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
///     Operation::Bond { provider, amount: token(2880) },
/// ] {
///     protocol.apply(Tick(0), why, operation)?;
/// }
/// // What was never proven weighs nothing, however large the bond.
/// assert_eq!(protocol.weight(provider), 0);
/// let (up, response, rating) = (Ratio::ONE, Ratio::ONE, Ratio::ONE);
/// protocol.apply(Tick(0), why, Operation::RecordMeasurement { provider, up, jobs: 10, failed: 3, response, rating })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// // 0.7 of 24 · 10⁹.
/// assert_eq!(protocol.weight(provider), 16_800_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageScore {
    /// By the mean, like everybody.
    Mean,
    /// By the share of proofs of storage that they served: what a proof asks for is a part of the capacity drawn by lot, so
    /// their weight is that of verified capacity. Nothing before the first measurement.
    Proofs,
}

impl Default for ScoreParams {
    fn default() -> ScoreParams {
        ScoreParams {
            weight_uptime: 3,
            weight_error: 3,
            weight_response: 2,
            weight_rating: 2,
            zero_below: Ratio::from_percent(50),
            cap: Ratio::from_percent(110),
            benchmark_uptime: [
                Ratio::from_percent(85),
                Ratio::from_parts(985_000_000_000),
                Ratio::from_parts(995_000_000_000),
            ],
            benchmark_error: Ratio::from_percent(2),
            storage: StorageScore::Mean,
        }
    }
}

/// What violations cost. Slashes are shares of the stake that was exposed when the violation took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderParams {
    /// Length of the window over which downtime and failures are summed, epochs, at most 16.
    pub window_epochs: u32,
    /// Share of the window that may be down, by tier.
    pub downtime_allowance: [Ratio; 3],
    /// Share of the window's jobs that may fail.
    pub failed_job_allowance: Ratio,
    /// Fewer failures than this in a window are never a violation.
    pub failed_jobs_min: u32,
    /// The violation of a kind that is the first to be penalised, counting remembered ones.
    pub penalty_at: u32,
    /// The violation of a kind that is the first to be severe.
    pub severe_at: u32,
    /// After how long a violation counts half, epochs.
    pub memory_half_life_epochs: u32,
    /// Slash of a penalty.
    pub penalty_slash: Ratio,
    /// Share of the epoch's reward that a penalty takes.
    pub penalty_forfeit: Ratio,
    /// Slash of a severe violation.
    pub severe_slash: Ratio,
    /// Share of the epoch's reward that a severe violation takes.
    pub severe_forfeit: Ratio,
    /// How long a severe violation suspends, epochs.
    pub severe_suspension_epochs: u32,
    /// Slash of the first malicious result; the second takes everything.
    pub malicious_slash: Ratio,
    /// How long the first malicious result jails, epochs.
    pub malicious_jail_epochs: u32,
    /// Whose stake pays first.
    pub slash_order: SlashOrder,
}

/// Whose stake pays a slash first. Only stake that stood behind the work when the violation took place pays, staked or leaving since.
///
/// # Worked by hand
///
/// 400 of an owner's 1000 base units leave at tick 10 and 500 are delegated; a malicious result of tick 5 takes 30 %. From the bond of
/// 600, the pool of 500 and the entry of 400:
///
/// | order | bond | pool | entry |
/// |---|---:|---:|---:|
/// | [`Proportional`](SlashOrder::Proportional) | 180 | 150 | 120 |
/// | [`StakeAlone`](SlashOrder::StakeAlone) | 300 | 150 | 0 |
/// | [`OwnFirst`](SlashOrder::OwnFirst), 450 together | 270 | 0 | 180 |
/// | [`UnbondingFirst`](SlashOrder::UnbondingFirst) | 180 | 150 | 120 |
///
/// ```
/// # use stakesim_protocol::*;
/// # use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// # let kind = Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_nano(500_000_000)), role: Role::Compute, is_new: false };
/// # let why = Cause(0);
/// # for (order, left) in [
/// #     (SlashOrder::Proportional, [420, 350, 280]),
/// #     (SlashOrder::UnbondingFirst, [420, 350, 280]),
/// #     (SlashOrder::StakeAlone, [300, 350, 400]),
/// #     (SlashOrder::OwnFirst, [330, 500, 220]),
/// # ] {
/// let mut params = Params::default();
/// params.ladder.slash_order = order;
/// # params.supply.decimals = 0;
/// # params.emission.per_epoch = Amount::ZERO;
/// # let mut protocol = Protocol::new(params, &[kind], 1)?;
/// # let (owner, provider) = (protocol.open_participant(), ProviderId(0));
/// # for operation in [
/// #     Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(1500) },
/// #     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
/// #     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
/// #     Operation::Bond { provider, amount: Amount::new(1000) },
/// #     Operation::Delegate { delegator: owner, provider, amount: Amount::new(500) },
/// # ] { protocol.apply(Tick(0), why, operation)?; }
/// protocol.apply(Tick(10), why, Operation::Unbond { provider, amount: Amount::new(400) })?;
/// protocol.apply(Tick(10), why, Operation::ReportViolation {
///     provider, kind: ViolationKind::MaliciousResult, at: Tick(5),
///     reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
/// })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// let found = [protocol.bonded(provider), protocol.delegated(provider), protocol.unbonding(provider)];
/// assert_eq!(found, left.map(Amount::new), "{order:?}");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlashOrder {
    /// Everything alike: the owner and the delegators, each in proportion from what is staked and what is leaving. What the roundings
    /// leave over, the oldest entries pay.
    Proportional,
    /// Of each side the stake alone where it is enough for the side's share; else what is leaving, oldest first, and then the stake
    /// (Prime Intellect).
    StakeAlone,
    /// The owner, staked or leaving, before the delegators: they pay what it falls short of (The Graph). Within a side everything alike.
    OwnFirst,
    /// Of each side its share of every amount that is leaving, rounded down; the stake pays the rest (Cosmos).
    UnbondingFirst,
}

impl Default for LadderParams {
    fn default() -> LadderParams {
        LadderParams {
            window_epochs: 7,
            downtime_allowance: [
                Ratio::from_percent(70),
                Ratio::from_percent(40),
                Ratio::from_percent(10),
            ],
            failed_job_allowance: Ratio::from_percent(5),
            failed_jobs_min: 3,
            penalty_at: 2,
            severe_at: 4,
            memory_half_life_epochs: 30,
            penalty_slash: Ratio::from_parts(5_000_000_000),
            penalty_forfeit: Ratio::from_percent(25),
            severe_slash: Ratio::from_percent(3),
            severe_forfeit: Ratio::ONE,
            severe_suspension_epochs: 7,
            malicious_slash: Ratio::from_percent(30),
            malicious_jail_epochs: 30,
            slash_order: SlashOrder::Proportional,
        }
    }
}

/// How a reinstated provider's weight comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryParams {
    /// Share of full weight on the first day back.
    pub floor: Ratio,
    /// Epochs from the floor to full weight.
    pub epochs: u32,
}

impl Default for RecoveryParams {
    fn default() -> RecoveryParams {
        RecoveryParams {
            floor: Ratio::from_percent(25),
            epochs: 7,
        }
    }
}

/// Where slashed tokens go. Those who were harmed come first, up to their loss; the shares divide the rest and sum to
/// one. Without a reporter the reporter's share is the insurance pool's; the remainder of the division is the treasury's.
///
/// # An immediate verdict and its release worked by hand
///
/// A provider with 1110 base units is slashed `30 % = 333` and jailed; somebody else reported it. Released at the next close: 33.3, 133.2
/// and 99.9 round down to 33 for the reporter, 133 for the insurance pool, 99 burned; the treasury has the 68 that are left.
///
/// ```
/// # use stakesim_protocol::*;
/// # use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// # let mut params = Params::default();
/// # params.supply.decimals = 0;
/// # params.emission.per_epoch = Amount::ZERO;
/// params.slash_release.hold_epochs = 1;
/// # let kind = Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_usd(1)), role: Role::Compute, is_new: false };
/// # let mut protocol = Protocol::new(params, &[kind], 1)?;
/// # let owner = protocol.open_participant();
/// # let (why, provider) = (Cause(0), ProviderId(0));
/// # for operation in [
/// #     Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(1110) },
/// #     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
/// #     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
/// #     Operation::Bond { provider, amount: Amount::new(1110) },
/// # ] { protocol.apply(Tick(0), why, operation)?; }
/// let reporter = protocol.open_participant();
/// protocol.apply(Tick(0), why, Operation::ReportViolation {
///     provider, kind: ViolationKind::MaliciousResult, at: Tick(0),
///     reporter: Some(reporter), victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
/// })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!((protocol.standing(provider), protocol.bonded(provider)), (Standing::Jailed, Amount::new(777)));
/// let released = protocol.end_epoch(Tick(2 * 86_400), why)?.released;
/// let parts = [released.reporter, released.insurance, released.burned, released.treasury];
/// assert_eq!(parts, [33, 133, 99, 68].map(Amount::new));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlashReleaseParams {
    /// How long slashed tokens are held, epochs.
    pub hold_epochs: u32,
    /// Whoever reported.
    pub reporter: Ratio,
    /// The insurance pool.
    pub insurance: Ratio,
    /// Burned.
    pub burn: Ratio,
    /// The treasury.
    pub treasury: Ratio,
}

impl Default for SlashReleaseParams {
    fn default() -> SlashReleaseParams {
        SlashReleaseParams {
            hold_epochs: 7,
            reporter: Ratio::from_percent(10),
            insurance: Ratio::from_percent(40),
            burn: Ratio::from_percent(30),
            treasury: Ratio::from_percent(20),
        }
    }
}
