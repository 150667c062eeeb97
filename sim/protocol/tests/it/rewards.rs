//! Emission, its division, and what splitting a provider or a delegation changes: nothing but dust.

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Amount, Ratio};

use crate::host::*;

#[test]
fn an_epoch_without_providers_pays_the_treasury_alone() {
    let mut host = Host::new(Params::default());
    host.participant(1);
    let summary = host.close();
    assert_eq!(summary.minted, summary.budget);
    assert_eq!(
        summary.by_category[Category::Treasury as usize],
        summary.minted
    );
}

#[test]
fn the_performance_budget_is_divided_by_weight() {
    let mut host = Host::new(Params::default());
    // Full collateral is 2880 tokens: weights 0.2 + 0.8 · 720/2880 = 0.4, and 1.0.
    let (_, small) = host.provider(720);
    let (_, large) = host.provider(2_880);
    assert_eq!(
        host.protocol.weight(small) * 10,
        host.protocol.weight(large) * 4
    );
    let performance = host.close().by_category[Category::Performance as usize];
    let (less, more) = (
        host.protocol.claimable(small),
        host.protocol.claimable(large),
    );
    assert!(performance - less - more <= Amount::new(2));
    assert!((less.base_units() * 14).abs_diff(performance.base_units() * 4) <= 28);
}

#[test]
fn bonding_just_before_the_close_does_not_earn_the_epoch() {
    let mut host = Host::new(Params::default());
    let (_, early) = host.provider(2_880);
    host.close();
    let (late_owner, late) = (host.protocol.open_participant(), ProviderId(1));
    let from = host.protocol.owner(early);
    host.run(Operation::Transfer {
        from,
        to: late_owner,
        amount: token(5_000),
    });
    assert_eq!(host.register(late_owner, 1, 0), late);
    host.run(Operation::Bond {
        provider: late,
        amount: token(2_880),
    });
    assert_eq!(host.protocol.standing(late), Standing::Active);
    host.close();
    assert_eq!(host.protocol.claimable(late), Amount::ZERO);
    assert_eq!(host.protocol.weight(late), host.protocol.weight(early));
    host.close();
    assert!(host.protocol.claimable(late) > token(25_000));
}

#[test]
fn a_score_multiplies_the_weight_of_the_epoch_it_was_measured_in() {
    let mut host = Host::new(Params::default());
    let (_, good) = host.provider(2_880);
    let (_, bad) = host.provider(2_880);
    host.measure(good, 85);
    // Half the benchmark: 0.7, by the score's own test.
    host.run(Operation::RecordMeasurement {
        provider: bad,
        up: Ratio::from_parts(425_000_000_000),
        jobs: 0,
        failed: 0,
        response: Ratio::ONE,
        rating: Ratio::ONE,
    });
    host.close();
    assert_eq!(
        host.protocol.weight(bad) * 10,
        host.protocol.weight(good) * 7
    );
    let (more, less) = (host.protocol.claimable(good), host.protocol.claimable(bad));
    assert!((more.base_units() * 7).abs_diff(less.base_units() * 10) <= 20);
}

#[test]
fn scarcity_moves_rewards_between_kinds_and_not_their_sum() {
    let mut params = Params::default();
    params.scaling.scarcity.step_max = Ratio::from_percent(50);
    let mut host = Host::with_kinds(params, &[dollar_an_hour(), dollar_an_hour()]);
    let owner = host.participant(10_000);
    let mut providers = Vec::new();
    for kind in [KindId(0), KindId(1)] {
        let register = Operation::Register {
            owner,
            kind,
            gpus: 1,
            tier: 0,
            commission: Ratio::ZERO,
        };
        let Outcome::Registered(provider) = host.run(register) else {
            panic!()
        };
        host.run(Operation::Bond {
            provider,
            amount: token(720),
        });
        providers.push(provider);
    }
    host.run(Operation::ObserveKindLoad {
        kind: KindId(0),
        busy: 100,
        capacity: 100,
    });
    host.run(Operation::ObserveKindLoad {
        kind: KindId(1),
        busy: 5,
        capacity: 100,
    });
    let summary = host.close();
    // 1 + 0.1 · (1.00 - 0.65) and 1 + 0.1 · (0.05 - 0.65).
    assert_eq!(
        summary.factors.scarcity,
        [1_035, 940].map(|parts| Ratio::from_parts(parts * 1_000_000_000))
    );
    let claims = [0, 1].map(|index| host.protocol.claimable(providers[index]).base_units());
    let performance = summary.by_category[Category::Performance as usize].base_units();
    assert!(claims[0].abs_diff(performance * 1_035 / 1_975) <= 2);
    assert!(claims[1].abs_diff(performance * 940 / 1_975) <= 2);
}

/// What an owner has earned after some epochs with its GPUs and bond in `parts` equal providers, beside another owner.
fn earned(parts: u32, gpus: u32, bond: u64, ups: &[u64]) -> Amount {
    let mut host = Host::new(Params::default());
    host.provider(1_000);
    let owner = host.participant(bond);
    let providers: Vec<ProviderId> = (0..parts)
        .map(|_| {
            let provider = host.register(owner, gpus / parts, 0);
            host.run(Operation::Bond {
                provider,
                amount: token(bond / u64::from(parts)),
            });
            provider
        })
        .collect();
    for up in ups {
        for provider in &providers {
            host.measure(*provider, *up);
        }
        host.close();
    }
    providers
        .iter()
        .map(|provider| host.protocol.claimable(*provider))
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn splitting_a_provider_changes_its_earnings_by_dust_alone(
        gpus in 1u32..20,
        cover in 30u64..150,
        ups in prop::collection::vec(60u64..=100, 1..6),
    ) {
        let (gpus, bond) = (gpus * 6, u64::from(gpus) * 6 * cover * 24);
        let whole = earned(1, gpus, bond, &ups).base_units();
        for parts in [2, 3, 6] {
            let split = earned(parts, gpus, bond, &ups).base_units();
            // Weights pass a handful of ratios, each rounded down to 10^-12, and each epoch and part leaves a base unit.
            let dust = whole / 10_000_000_000 + (ups.len() as u128) * u128::from(parts);
            prop_assert!(whole.abs_diff(split) <= dust, "{whole} whole, {split} in {parts} parts");
        }
    }
}
