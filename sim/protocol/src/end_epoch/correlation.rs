//! The part of step 7 that looks at all verdicts together: who fails with many others loses more. It takes nothing itself.

use alloc::collections::BTreeMap;

use units::{Amount, Ratio};

use super::Verdict;
use crate::ids::ProviderId;
use crate::params::CorrelationParams;
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
    let factor = compute_factor(
        &protocol.params.correlation,
        failed,
        protocol.staked_total(),
    );
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_correlated) {
        verdict.slash = verdict.slash.times(factor).min(Ratio::ONE);
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

/// `min(1 + ⌊gain · min(1, ⌊failed / staked⌋)⌋, cap)`.
fn compute_factor(params: &CorrelationParams, failed: Amount, staked: Amount) -> Ratio {
    let whole = staked.base_units().max(1);
    let share = Ratio::of(failed.base_units(), whole).min(Ratio::ONE);
    Ratio::ONE
        .saturating_add(params.gain.times(share))
        .min(params.cap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_grows_with_the_share_that_fails_up_to_its_cap() {
        let params = CorrelationParams {
            gain: Ratio::from_percent(300),
            ..CorrelationParams::default()
        };
        let factor =
            |failed, staked| compute_factor(&params, Amount::new(failed), Amount::new(staked));
        assert_eq!(factor(0, 100), Ratio::ONE);
        assert_eq!(factor(1, 3).parts(), 1_999_999_999_999);
        assert_eq!(factor(3, 4), Ratio::from_percent(300));
        // Everything that failed was on its way out.
        assert_eq!(factor(5, 0), Ratio::from_percent(300));
    }
}
