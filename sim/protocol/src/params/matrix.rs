//! The slashing matrix: one row for each violation kind, made from its group or given by the host; and the parameters of
//! correlation and of appeals. How a group becomes a row is not here.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use super::Params;
use super::check::{ParamFault, require};
use super::matrix_group::{self, GroupRule, MatrixGroup};
use crate::operation::ViolationKind;

/// By what a violation's rung is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Regime {
    /// By the number of remembered violations of the kind: warning, penalty, severe.
    Graduated,
    /// At once, and jail; what was done before a verdict is one offence with it.
    Immediate,
    /// By the report's severity: minor below a third, moderate below two thirds, major.
    Scaled,
}

/// How a provider comes back when its term is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecoveryPath {
    /// By itself.
    Automatic,
    /// When its owner asks, after remediation.
    Review,
}

/// What a kind of violation costs, by rung: warning, penalty, severe under [`Regime::Graduated`]; first, second, third and later
/// offence under [`Regime::Immediate`]; minor, moderate, major under [`Regime::Scaled`].
///
/// # A ladder worked by hand
///
/// Four downtimes of a provider with 1000 base units in one epoch: a warning; `⌊0.5 % · 1000⌋ = 5`; `⌊0.5 % · 995⌋ = 4`; and, severe,
/// `⌊3 % · 991⌋ = 29`. What the divisions leave stays bonded: 962.
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
/// # let (now, why, provider) = (Tick(0), Cause(0), ProviderId(0));
/// # for operation in [
/// #     Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(1_000) },
/// #     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
/// #     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
/// #     Operation::Bond { provider, amount: Amount::new(1_000) },
/// # ] { protocol.apply(now, why, operation)?; }
/// let downtime = Operation::ReportViolation {
///     provider, kind: ViolationKind::Downtime, at: now, reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
/// };
/// for _ in 0..4 {
///     protocol.apply(now, why, downtime)?;
/// }
/// protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!(protocol.bonded(provider), Amount::new(962));
/// assert_eq!(protocol.standing(provider), Standing::Suspended);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A heavy scaled offence asks for its severity instead: 5 of 9 is moderate, and takes `⌊10 % · 1000⌋ = 100`.
///
/// ```
/// # use stakesim_protocol::*;
/// # use units::Ratio;
/// let row = Params::default().matrix_row(ViolationKind::DoubleClaim);
/// assert_eq!((row.regime, row.slash[1]), (Regime::Scaled, Ratio::from_percent(10)));
/// assert_eq!(row.class(Ratio::of(5, 9)), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// By what the rung is found.
    pub regime: Regime,
    /// Share of the exposed stake that is slashed, by rung.
    pub slash: [Ratio; 3],
    /// Share of the epoch's reward that is forfeited, by rung.
    pub forfeit: [Ratio; 3],
    /// Length of the suspension (under [`Regime::Immediate`]: of the jail), epochs, by rung; zero: none.
    pub term_epochs: [u32; 3],
    /// The violation of the kind that takes everything for ever; zero: none does.
    pub tombstone_at: u32,
    /// Whether the slash grows when much stake fails at about the same time.
    pub is_correlated: bool,
    /// How it ends.
    pub recovery: RecoveryPath,
}

impl MatrixRow {
    /// The class of a severity: 0 minor, below a third; 1 moderate, below two thirds; 2 major. Exact.
    #[must_use]
    pub const fn class(&self, severity: Ratio) -> usize {
        let (thrice, one) = (severity.parts() as u128 * 3, Ratio::ONE.parts() as u128);
        (thrice >= one) as usize + (thrice >= 2 * one) as usize
    }

    /// Whether a rung takes nothing at all.
    pub(crate) fn is_empty(&self, rung: usize) -> bool {
        self.slash[rung] == Ratio::ZERO
            && self.forfeit[rung] == Ratio::ZERO
            && self.term_epochs[rung] == 0
    }

    fn is_sound(&self) -> bool {
        let whole = |shares: &[Ratio; 3]| shares.iter().all(|share| *share <= Ratio::ONE);
        whole(&self.slash)
            && whole(&self.forfeit)
            && match self.regime {
                Regime::Graduated => self.is_empty(0),
                Regime::Immediate => self.term_epochs.iter().all(|term| *term > 0),
                Regime::Scaled => true,
            }
    }
}

/// What the matrix knows beside the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixParams {
    /// Slash of a minor, moderate and major under-collateralisation or hoarding.
    pub light_slash: [Ratio; 3],
    /// Slash of a minor, moderate and major protocol violation, double claim or market manipulation.
    pub heavy_slash: [Ratio; 3],
    /// Slash of a false report.
    pub false_report_slash: Ratio,
    /// The rules of the groups, in the order of [`MatrixGroup::ALL`].
    pub groups: [GroupRule; MatrixGroup::COUNT],
    /// Rows of the host's own, by kind in the order of [`ViolationKind::ALL`]; none: the row of the kind's group.
    pub rows: [Option<MatrixRow>; ViolationKind::COUNT],
}

impl Default for MatrixParams {
    fn default() -> MatrixParams {
        MatrixParams {
            light_slash: [0, 1, 5].map(Ratio::from_percent),
            heavy_slash: [2, 10, 50].map(Ratio::from_percent),
            false_report_slash: Ratio::from_percent(10),
            groups: GroupRule::DEFAULTS,
            rows: [None; ViolationKind::COUNT],
        }
    }
}

/// More for correlated kinds when much stake fails together, as [`CorrelationRule`] says.
///
/// # Worked by hand
///
/// One of four providers of 1000 base units each fails, with a gain of 3: the share is `1000 / 4000`, the factor `1 + 3 / 4`, the slash
/// `30 % · 1.75 = 52.5 %`, and 525 of its 1000 go to escrow.
///
/// ```
/// # use stakesim_protocol::*;
/// # use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
/// # let mut params = Params::default();
/// # params.supply.decimals = 0;
/// # params.emission.per_epoch = Amount::ZERO;
/// params.correlation.gain = Ratio::from_percent(300);
/// # let kind = Kind { group: GroupId(0), list_price_usd: MoneyRate::per_hour(Money::from_usd(1)), role: Role::Compute, is_new: false };
/// # let mut protocol = Protocol::new(params, &[kind], 1)?;
/// # let owner = protocol.open_participant();
/// # let (now, why) = (Tick(0), Cause(0));
/// # protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(4_000) })?;
/// # protocol.apply(now, why, Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) })?;
/// # for provider in [0, 1, 2, 3].map(ProviderId) {
/// #     protocol.apply(now, why, Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO })?;
/// #     protocol.apply(now, why, Operation::Bond { provider, amount: Amount::new(1_000) })?;
/// # }
/// protocol.apply(now, why, Operation::ReportViolation {
///     provider: ProviderId(0), kind: ViolationKind::BadGradient, at: now,
///     reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::ONE,
/// })?;
/// protocol.end_epoch(Tick(86_400), why)?;
/// assert_eq!(protocol.bonded(ProviderId(0)), Amount::new(475));
/// assert_eq!(protocol.balance(Asset::Native, Account::SlashEscrow), Amount::new(525));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrelationParams {
    /// How a slash grows.
    pub rule: CorrelationRule,
    /// Growth of the slash per unit of staked share that fails; zero: off.
    pub gain: Ratio,
    /// Largest multiple of the slash; adding has none.
    pub cap: Ratio,
    /// How many closes before this one count, epochs.
    pub window_epochs: u32,
}

/// How a slash grows with the share of all stake that fails at about the same time, up to everything.
///
/// A quarter fails with a gain of 3 and a cap of 3: of 2 %, multiplying makes `2 % · (1 + 75 %) = 3.5 %`, adding `2 % + 75 % = 77 %`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CorrelationRule {
    /// Times `min(1 + gain · share, cap)`.
    Multiply,
    /// Plus `gain · share` of the exposed stake, however small the slash is for one alone (Ethereum).
    Add,
}

impl Default for CorrelationParams {
    fn default() -> CorrelationParams {
        CorrelationParams {
            rule: CorrelationRule::Multiply,
            gain: Ratio::ZERO,
            cap: Ratio::from_percent(300),
            window_epochs: 7,
        }
    }
}

/// What an appeal costs and how long it may stay open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealParams {
    /// Set aside by the owner, base units; lost to the insurance pool when the appeal is rejected.
    pub deposit: Amount,
    /// After how many epochs an appeal without a verdict counts as rejected.
    pub max_epochs: u32,
}

impl Default for AppealParams {
    fn default() -> AppealParams {
        AppealParams {
            deposit: Amount::from_tokens(1, 9),
            max_epochs: 7,
        }
    }
}

impl Params {
    /// The row in force of a kind of violation.
    #[must_use]
    pub fn matrix_row(&self, kind: ViolationKind) -> MatrixRow {
        let own = self.matrix.rows[kind as usize];
        own.unwrap_or_else(|| matrix_group::row(kind, &self.ladder, &self.matrix))
    }

    /// Whether every row and the parameters beside them are in their ranges.
    pub(super) fn check_matrix(&self) -> Result<(), ParamFault> {
        let mut rows = ViolationKind::ALL
            .map(|kind| self.matrix_row(kind))
            .into_iter();
        require(
            rows.all(|row| row.is_sound()),
            "matrix",
            "shares are at most one, a warning takes nothing, jail lasts at least one epoch",
        )?;
        let correlation = &self.correlation;
        require(
            correlation.gain <= Ratio::from_percent(10_000),
            "correlation.gain",
            "at most 100",
        )?;
        require(
            (Ratio::ONE..=Ratio::from_percent(1_000)).contains(&correlation.cap),
            "correlation.cap",
            "between 1 and 10",
        )?;
        require(
            correlation.window_epochs <= 64,
            "correlation.window_epochs",
            "at most 64",
        )?;
        require(
            self.appeal.max_epochs > 0,
            "appeal.max_epochs",
            "above zero",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_s_numbers_are_the_rows_of_its_kinds_and_a_host_s_row_comes_first() {
        let mut params = Params::default();
        params.ladder.severe_slash = Ratio::from_percent(4);
        let row = params.matrix_row(ViolationKind::SlaMiss);
        assert_eq!(row.slash[2], Ratio::from_percent(4));
        let own = MatrixRow {
            tombstone_at: 9,
            ..row
        };
        params.matrix.rows[ViolationKind::SlaMiss as usize] = Some(own);
        assert_eq!(params.matrix_row(ViolationKind::SlaMiss), own);
        assert_eq!(params.matrix_row(ViolationKind::Downtime), row);
    }

    #[test]
    fn a_row_that_slashes_more_than_all_or_punishes_a_warning_is_a_fault() {
        let fault = |kind: ViolationKind, change: fn(&mut MatrixRow)| {
            let mut params = Params::default();
            let mut row = params.matrix_row(kind);
            change(&mut row);
            params.matrix.rows[kind as usize] = Some(row);
            params.check().map_err(|fault| fault.path)
        };
        let over = |row: &mut MatrixRow| row.slash[1] = Ratio::from_percent(101);
        assert_eq!(fault(ViolationKind::Hoarding, over), Err("matrix"));
        let warned = |row: &mut MatrixRow| row.term_epochs[0] = 1;
        assert_eq!(fault(ViolationKind::Downtime, warned), Err("matrix"));
        assert_eq!(fault(ViolationKind::Hoarding, warned), Ok(()));
        let free = |row: &mut MatrixRow| row.term_epochs[2] = 0;
        assert_eq!(fault(ViolationKind::BadGradient, free), Err("matrix"));
    }

    #[test]
    fn thirds_divide_the_classes_exactly() {
        let row = Params::default().matrix_row(ViolationKind::Hoarding);
        let class = |parts| row.class(Ratio::from_parts(parts));
        assert_eq!(class(333_333_333_333), 0);
        assert_eq!(class(333_333_333_334), 1);
        assert_eq!(class(666_666_666_666), 1);
        assert_eq!(class(666_666_666_667), 2);
    }
}
