//! The four stages of an incident, as a question about a provider. The steps that move it along are Judge and Recover.

use serde::{Deserialize, Serialize};

use crate::ids::ProviderId;
use crate::standing::Standing;
use crate::state::Protocol;

/// Where a provider is on its way through an incident.
///
/// # Worked by hand
///
/// A moderate protocol violation is reported in epoch 0 (real time), suspends at its close until the close of 7 (immediate), waits for
/// its owner from epoch 8 on (variable), and then climbs from 25 % of its weight (graduated).
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
/// #     Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(4_000) },
/// #     Operation::ObservePrice { price: TokenPrice::from_nano_per_token(1_000_000_000) },
/// #     Operation::Register { owner, kind: KindId(0), gpus: 1, tier: 0, commission: Ratio::ZERO },
/// #     Operation::Bond { provider, amount: Amount::new(4_000) },
/// #     Operation::ReportViolation {
/// #         provider, kind: ViolationKind::ProtocolViolation, at: Tick(0),
/// #         reporter: None, victim: None, loss: Amount::ZERO, severity: Ratio::from_percent(50),
/// #     },
/// # ] { protocol.apply(Tick(0), why, operation)?; }
/// # let day = |day: u64| Tick(day * 86_400);
/// assert_eq!(protocol.recovery_stage(provider), Some(RecoveryStage::RealTime));
/// protocol.end_epoch(day(1), why)?;
/// assert_eq!(protocol.recovery_stage(provider), Some(RecoveryStage::Immediate));
/// for epoch in 1..=7 {
///     protocol.end_epoch(day(epoch + 1), why)?;
/// }
/// assert_eq!(protocol.recovery_stage(provider), Some(RecoveryStage::Variable));
/// protocol.apply(day(8), why, Operation::Unjail { provider })?;
/// protocol.end_epoch(day(9), why)?;
/// assert_eq!(protocol.recovery_stage(provider), Some(RecoveryStage::Graduated));
/// // 3600 of 4000 are left, more than the 2880 of full cover: a quarter of 24 USD a day in 10^-9.
/// assert_eq!(protocol.weight(provider), 6_000_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecoveryStage {
    /// Reported in the open epoch and not judged. It may still take jobs: an unproven report must not stop anybody; a host
    /// that wants to hold new work back asks for this stage.
    RealTime,
    /// Contained: suspended or jailed for its term.
    Immediate,
    /// The term is over; it stays out until its owner asks to come back.
    Variable,
    /// Back, on the ramp to full weight.
    Graduated,
}

impl Protocol {
    /// The stage of a provider's incident; none when there is no incident, when it has left for good, or when there is no such provider.
    #[must_use]
    pub fn recovery_stage(&self, provider: ProviderId) -> Option<RecoveryStage> {
        let it = self.providers.get(provider.index())?;
        match it.standing {
            Standing::Tombstoned | Standing::Exited => None,
            Standing::Suspended | Standing::Jailed if self.epoch <= it.recovery_due => {
                Some(RecoveryStage::Immediate)
            }
            Standing::Suspended | Standing::Jailed => Some(RecoveryStage::Variable),
            _ if it.reported == Some(self.epoch) => Some(RecoveryStage::RealTime),
            _ => it.ramp_step.map(|_| RecoveryStage::Graduated),
        }
    }
}
