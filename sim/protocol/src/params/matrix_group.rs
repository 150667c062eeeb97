//! The groups of the slashing matrix: kinds of violation that share a regime, a tombstone rule, correlation and a way back. What a
//! group takes, rung by rung, is the ladder's and the matrix's; here it becomes a row.

use serde::{Deserialize, Serialize};
use units::Ratio;

use super::{LadderParams, MatrixParams, MatrixRow, RecoveryPath, Regime};
use crate::operation::ViolationKind;

/// Kinds of violation that one rule serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MatrixGroup {
    /// Downtime, failed jobs, SLA misses, poor performance.
    Graduated,
    /// Malicious results and bad gradients.
    Malicious,
    /// Security breaches.
    SecurityBreach,
    /// Data breaches.
    DataBreach,
    /// Under-collateralisation and hoarding.
    Light,
    /// Protocol violations, double claims, market manipulation.
    Heavy,
    /// False reports.
    FalseReport,
}

impl MatrixGroup {
    /// Every group, in index order.
    pub const ALL: [MatrixGroup; MatrixGroup::COUNT] = [
        MatrixGroup::Graduated,
        MatrixGroup::Malicious,
        MatrixGroup::SecurityBreach,
        MatrixGroup::DataBreach,
        MatrixGroup::Light,
        MatrixGroup::Heavy,
        MatrixGroup::FalseReport,
    ];

    /// How many groups there are.
    pub const COUNT: usize = 7;

    /// The group of a kind.
    #[must_use]
    pub const fn of(kind: ViolationKind) -> MatrixGroup {
        use ViolationKind as V;
        match kind {
            V::Downtime | V::FailedJobs | V::SlaMiss | V::PoorPerformance => MatrixGroup::Graduated,
            V::MaliciousResult | V::BadGradient => MatrixGroup::Malicious,
            V::SecurityBreach => MatrixGroup::SecurityBreach,
            V::DataBreach => MatrixGroup::DataBreach,
            V::UnderCollateralisation | V::Hoarding => MatrixGroup::Light,
            V::ProtocolViolation | V::DoubleClaim | V::MarketManipulation => MatrixGroup::Heavy,
            V::FalseReport => MatrixGroup::FalseReport,
        }
    }
}

/// The rule of a group, beside what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRule {
    /// By what the rung is found. Under [`Regime::Graduated`] the first rung takes nothing, and under [`Regime::Immediate`] a rung
    /// without a term of its own jails as long as a malicious result, whatever the group takes otherwise.
    pub regime: Regime,
    /// The violation of a kind that takes everything for ever; zero: none does.
    pub tombstone_at: u32,
    /// Whether the slash grows when much stake fails at about the same time.
    pub is_correlated: bool,
    /// How a term ends.
    pub recovery: RecoveryPath,
}

impl GroupRule {
    /// The rules of all groups by default, in the order of [`MatrixGroup::ALL`].
    pub const DEFAULTS: [GroupRule; MatrixGroup::COUNT] = [
        rule(Regime::Graduated, 0, false, RecoveryPath::Automatic),
        rule(Regime::Immediate, 2, true, RecoveryPath::Automatic),
        rule(Regime::Immediate, 2, false, RecoveryPath::Review),
        rule(Regime::Immediate, 2, true, RecoveryPath::Review),
        rule(Regime::Scaled, 0, false, RecoveryPath::Automatic),
        rule(Regime::Scaled, 0, false, RecoveryPath::Review),
        rule(Regime::Scaled, 0, false, RecoveryPath::Automatic),
    ];
}

const fn rule(
    regime: Regime,
    tombstone_at: u32,
    is_correlated: bool,
    recovery: RecoveryPath,
) -> GroupRule {
    GroupRule {
        regime,
        tombstone_at,
        is_correlated,
        recovery,
    }
}

/// What a group takes by rung: slash, forfeit, term in epochs.
type Takes = ([Ratio; 3], [Ratio; 3], [u32; 3]);

fn takes(group: MatrixGroup, ladder: &LadderParams, matrix: &MatrixParams) -> Takes {
    let (penalty, severe) = (ladder.penalty_forfeit, ladder.severe_forfeit);
    let (suspension, jail) = (
        ladder.severe_suspension_epochs,
        ladder.malicious_jail_epochs,
    );
    match group {
        MatrixGroup::Graduated => (
            [Ratio::ZERO, ladder.penalty_slash, ladder.severe_slash],
            [Ratio::ZERO, penalty, severe],
            [0, 0, suspension],
        ),
        MatrixGroup::Malicious | MatrixGroup::SecurityBreach | MatrixGroup::DataBreach => {
            ([ladder.malicious_slash; 3], [Ratio::ONE; 3], [jail; 3])
        }
        MatrixGroup::Light => (matrix.light_slash, [Ratio::ZERO, penalty, severe], [0; 3]),
        MatrixGroup::Heavy => (
            matrix.heavy_slash,
            [penalty, severe, severe],
            [0, suspension, jail],
        ),
        MatrixGroup::FalseReport => ([matrix.false_report_slash; 3], [severe; 3], [0; 3]),
    }
}

/// The row of a kind that has none of its own.
pub(super) fn row(kind: ViolationKind, ladder: &LadderParams, matrix: &MatrixParams) -> MatrixRow {
    let group = MatrixGroup::of(kind);
    let GroupRule {
        regime,
        tombstone_at,
        is_correlated,
        recovery,
    } = matrix.groups[group as usize];
    let (mut slash, mut forfeit, mut term_epochs) = takes(group, ladder, matrix);
    match regime {
        Regime::Graduated => {
            (slash[0], forfeit[0], term_epochs[0]) = (Ratio::ZERO, Ratio::ZERO, 0);
        }
        Regime::Immediate => {
            for term in term_epochs.iter_mut().filter(|term| **term == 0) {
                *term = ladder.malicious_jail_epochs;
            }
        }
        Regime::Scaled => {}
    }
    MatrixRow {
        regime,
        slash,
        forfeit,
        term_epochs,
        tombstone_at,
        is_correlated,
        recovery,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Params;
    use super::*;

    #[test]
    fn groups_are_numbered_in_the_order_of_the_list_and_each_has_a_kind() {
        for (index, group) in MatrixGroup::ALL.into_iter().enumerate() {
            assert_eq!(group as usize, index);
            let mut kinds = ViolationKind::ALL.into_iter();
            assert!(kinds.any(|kind| MatrixGroup::of(kind) == group));
        }
    }

    #[test]
    fn a_rule_of_a_group_is_in_the_rows_of_its_kinds_and_in_no_other() {
        let mut params = Params::default();
        let rule = &mut params.matrix.groups[MatrixGroup::Heavy as usize];
        (rule.tombstone_at, rule.is_correlated) = (3, true);
        for kind in ViolationKind::ALL {
            let (before, after) = (Params::default().matrix_row(kind), params.matrix_row(kind));
            let is_heavy = MatrixGroup::of(kind) == MatrixGroup::Heavy;
            assert_eq!(before != after, is_heavy, "{kind:?}");
            assert!(!is_heavy || (after.tombstone_at == 3 && after.is_correlated));
        }
    }

    #[test]
    fn any_group_may_stand_under_any_regime() {
        for group in 0..MatrixGroup::COUNT {
            for regime in [Regime::Graduated, Regime::Immediate, Regime::Scaled] {
                let mut params = Params::default();
                params.matrix.heavy_slash[0] = Ratio::ONE;
                params.matrix.groups[group].regime = regime;
                assert_eq!(params.check(), Ok(()), "{group} {regime:?}");
            }
        }
    }
}
