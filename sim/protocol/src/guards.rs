//! What the guards have decided for the open epoch, and what they have to remember. The decisions are made at the close.

use alloc::collections::VecDeque;

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use crate::error::Error;
use crate::state::Protocol;

/// What a guard did to the next epoch.
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Ratio};
///
/// // 1000 base units are scheduled, and no fee is earned: below a floor of 10 %, in each epoch.
/// let mut params = Params::default();
/// params.emission = EmissionParams { rule: EmissionRule::Fixed, per_epoch: Amount::new(1_000), ..params.emission };
/// params.guard = GuardParams { fee_floor: Ratio::from_percent(10), fee_patience: 1, ..params.guard };
/// let mut protocol = Protocol::new(params, &[], 1)?;
/// let first = protocol.end_epoch(Tick(1), Cause(0))?;
/// assert_eq!(first.ceiling, Amount::new(1_250));
/// assert_eq!(first.guard_actions, GuardAction::FeeCut.bit());
/// // Half of 1250 is left of the next ceiling, and all that is budgeted is the treasury's.
/// let second = protocol.end_epoch(Tick(2), Cause(0))?;
/// assert_eq!((second.ceiling, second.minted), (Amount::new(625), Amount::new(625)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GuardAction {
    /// Fees have been low for too long: the ceiling is cut.
    FeeCut,
    /// The treasury's runway is short: grants wait.
    GrantsPaused,
    /// The insurance pool is thin: it gets the treasury's part of fees.
    InsuranceFirst,
    /// Too much was minted in a year: the ceiling is a year's part of the bound.
    InflationCapped,
    /// The breaker tripped: trading is halted.
    TradingHalted,
}

impl GuardAction {
    /// Every action, in index order.
    pub const ALL: [GuardAction; 5] = [
        GuardAction::FeeCut,
        GuardAction::GrantsPaused,
        GuardAction::InsuranceFirst,
        GuardAction::InflationCapped,
        GuardAction::TradingHalted,
    ];

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            GuardAction::FeeCut => "fee_cut",
            GuardAction::GrantsPaused => "grants_paused",
            GuardAction::InsuranceFirst => "insurance_first",
            GuardAction::InflationCapped => "inflation_capped",
            GuardAction::TradingHalted => "trading_halted",
        }
    }

    /// Its bit in a summary.
    #[must_use]
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Decisions that bind the open epoch, and the memory behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Guards {
    /// Epochs in a row with fees below the floor.
    pub(crate) low_epochs: u32,
    pub(crate) is_fee_cut: bool,
    pub(crate) are_grants_paused: bool,
    pub(crate) is_insurance_first: bool,
    /// The most that may be minted.
    pub(crate) inflation_cap: Option<Amount>,
    /// What the last year's epochs minted, oldest first.
    pub(crate) minted: VecDeque<Amount>,
    pub(crate) is_halted_by_hand: bool,
    /// The last epoch of the breaker's halt.
    pub(crate) halted_until: Option<u32>,
}

impl Guards {
    /// A ceiling under the guards, rounded down.
    pub(crate) fn bound(&self, ceiling: Amount, fee_cut: Ratio) -> Amount {
        let cut = if self.is_fee_cut {
            fee_cut.mul_floor(ceiling)
        } else {
            ceiling
        };
        self.inflation_cap.map_or(cut, |cap| cut.min(cap))
    }

    /// The treasury's and the insurance pool's parts of a settlement.
    #[inline]
    pub(crate) fn route_fee(&self, treasury: Amount, insurance: Amount) -> (Amount, Amount) {
        if self.is_insurance_first {
            (Amount::ZERO, insurance + treasury)
        } else {
            (treasury, insurance)
        }
    }

    pub(crate) fn is_halted(&self, epoch: u32) -> bool {
        self.is_halted_by_hand || self.halted_until.is_some_and(|until| epoch <= until)
    }
}

impl Protocol {
    /// Whether transfers and new jobs are refused.
    #[must_use]
    pub fn is_halted(&self) -> bool {
        self.guards.is_halted(self.epoch)
    }

    #[inline]
    pub(crate) fn require_trading(&self) -> Result<(), Error> {
        if self.is_halted() {
            Err(Error::Halted)
        } else {
            Ok(())
        }
    }
}
