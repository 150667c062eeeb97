//! What a provider can be said to have done wrong: the vocabulary of the slashing matrix. What each costs is in `params`.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a provider is said to have done wrong. How each is punished is its
        /// [`MatrixRow`](crate::MatrixRow); named here is the regime of the default.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ViolationKind {
            $($(#[$doc])* $name,)*
        }

        impl ViolationKind {
            /// Every kind, in index order.
            pub const ALL: [ViolationKind; ViolationKind::COUNT] = [$(ViolationKind::$name),*];

            /// How many kinds there are.
            pub const COUNT: usize = [$($text),*].len();

            /// The name used in tables.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(ViolationKind::$name => $text,)* }
            }
        }
    };
}

kinds! {
    /// Out of reach for longer than its tier allows. Graduated.
    Downtime = "downtime",
    /// More jobs failed by its own fault than allowed. Graduated.
    FailedJobs = "failed_jobs",
    /// A result that it must have known to be wrong. Immediate.
    MaliciousResult = "malicious_result",
    /// Less service than was agreed with a customer. Graduated.
    SlaMiss = "sla_miss",
    /// Slower or less exact than its hardware should be. Graduated.
    PoorPerformance = "poor_performance",
    /// Let others into the machines that it vouches for. Immediate.
    SecurityBreach = "security_breach",
    /// Let a customer's data out. Immediate.
    DataBreach = "data_breach",
    /// A gradient made to harm a training run. Immediate.
    BadGradient = "bad_gradient",
    /// Broke the rules of the network in another way. Scaled.
    ProtocolViolation = "protocol_violation",
    /// Claimed pay for the same work twice. Scaled.
    DoubleClaim = "double_claim",
    /// Took on more than its bond covers. Scaled.
    UnderCollateralisation = "under_collateralisation",
    /// Held resources back to make them scarce. Scaled.
    Hoarding = "hoarding",
    /// Moved prices by sham demand or supply. Scaled.
    MarketManipulation = "market_manipulation",
    /// Reported somebody who had done nothing. Scaled.
    FalseReport = "false_report",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_numbered_in_the_order_of_the_list_and_named_once() {
        for (index, kind) in ViolationKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
            let named = ViolationKind::ALL
                .iter()
                .filter(|other| other.name() == kind.name());
            assert_eq!(named.count(), 1);
        }
    }
}
