//! The part of step 7 that looks at all verdicts together: who fails with many others loses more. It takes nothing itself.

use alloc::collections::BTreeMap;

use units::{Amount, Ratio};

use super::Verdict;
use crate::ids::ProviderId;
use crate::params::{CorrelationParams, CorrelationRule};
use crate::state::Protocol;

/// Raises the slashes of correlated kinds by the share of all stake that failed in this and the last closes. Must run before
/// anything of this close is taken.
pub(super) fn correlate(protocol: &mut Protocol, verdicts: &mut [Verdict]) {
    if !verdicts.iter().any(|verdict| verdict.is_correlated) {
        return;
    }
    let exposed = compute_exposed(protocol, verdicts);
    let (epoch, window) = (protocol.epoch, protocol.params.correlation.window_epochs);
    protocol
        .correlated
        .retain(|(kept, _)| kept.saturating_add(window) >= epoch);
    protocol.correlated.push((epoch, exposed));
    let failed: Amount = protocol.correlated.iter().map(|(_, amount)| *amount).sum();
    let growth = compute_growth(
        &protocol.params.correlation,
        failed,
        protocol.staked_total(),
    );
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_correlated) {
        verdict.slash = raised(&protocol.params.correlation, verdict.slash, growth);
    }
}

/// The stake that correlated verdicts expose: of each provider the largest exposure among its own.
fn compute_exposed(protocol: &Protocol, verdicts: &[Verdict]) -> Amount {
    let mut largest: BTreeMap<ProviderId, Amount> = BTreeMap::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.is_correlated) {
        let Verdict { provider, at, .. } = *verdict;
        let exposed =
            protocol.exposure(provider, true, at) + protocol.exposure(provider, false, at);
        let most = largest.entry(provider).or_default();
        *most = exposed.max(*most);
    }
    largest.into_values().sum()
}

/// `⌊gain · min(1, ⌊failed / staked⌋)⌋`.
fn compute_growth(params: &CorrelationParams, failed: Amount, staked: Amount) -> Ratio {
    let whole = staked.base_units().max(1);
    let share = Ratio::of(failed.base_units(), whole).min(Ratio::ONE);
    params.gain.times(share)
}

/// A slash with its growth, at most everything.
fn raised(params: &CorrelationParams, slash: Ratio, growth: Ratio) -> Ratio {
    let raised = match params.rule {
        CorrelationRule::Multiply => {
            let factor = Ratio::ONE.saturating_add(growth).min(params.cap);
            slash.times(factor)
        }
        CorrelationRule::Add => slash.saturating_add(growth),
    };
    raised.min(Ratio::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(rule: CorrelationRule) -> CorrelationParams {
        CorrelationParams {
            gain: Ratio::from_percent(300),
            rule,
            ..CorrelationParams::default()
        }
    }

    #[test]
    fn the_growth_is_a_multiple_of_the_share_that_fails_and_of_no_more_than_all() {
        let params = params(CorrelationRule::Multiply);
        let growth =
            |failed, staked| compute_growth(&params, Amount::new(failed), Amount::new(staked));
        assert_eq!(growth(0, 100), Ratio::ZERO);
        assert_eq!(growth(1, 3).parts(), 999_999_999_999);
        assert_eq!(growth(3, 4), Ratio::from_percent(225));
        // Everything that failed was on its way out.
        assert_eq!(growth(5, 0), Ratio::from_percent(300));
    }

    #[test]
    fn a_slash_is_multiplied_up_to_the_cap_or_added_to_up_to_everything() {
        let percent = Ratio::from_percent;
        let multiplied = |growth| {
            let params = params(CorrelationRule::Multiply);
            raised(&params, percent(30), percent(growth))
        };
        assert_eq!(
            [0, 75, 225].map(multiplied),
            [3_000, 5_250, 9_000].map(basis_points)
        );
        let added = |growth| raised(&params(CorrelationRule::Add), percent(30), percent(growth));
        assert_eq!([0, 65, 225].map(added), [30, 95, 100].map(percent));
    }

    fn basis_points(count: u64) -> Ratio {
        Ratio::from_parts(count * 100_000_000)
    }
}
