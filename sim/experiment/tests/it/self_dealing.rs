//! Whether buying one's own idle time pays: the same providers under the same seed, once with the habit and once without.

use std::collections::BTreeMap;

use world::rows::ProviderRow;

use crate::stage::{Told, minimal, told};

fn by_identity(told: &Told) -> BTreeMap<(&'static str, u32), &ProviderRow> {
    told.providers
        .iter()
        .map(|row| ((row.class, row.ordinal), row))
        .collect()
}

#[test]
fn a_self_dealer_ends_below_where_honesty_would_have_left_it() {
    for seed in [1, 2, 3] {
        let net = |share: &str| {
            let mut scenario = minimal(&[&[
                "fleet.providers=200",
                "horizon=90 d",
                &format!("behaviour.self_dealing={share}"),
            ]]);
            scenario.seed = seed;
            told(&scenario, Told::default()).1
        };
        let (with, without) = (net("3 %"), net("0 %"));
        let (with, without) = (by_identity(&with), by_identity(&without));
        let dealers: Vec<_> = with
            .iter()
            .filter(|(_, row)| row.behaviour == "self_dealing")
            .collect();
        assert!(dealers.len() >= 2, "seed {seed}: {} dealers", dealers.len());
        let mut gain = 0.0;
        let mut put_in = 0.0;
        for (identity, dealer) in dealers {
            let honest = without[identity];
            assert_eq!(
                (honest.behaviour, honest.gpus, honest.kind),
                ("honest", dealer.gpus, dealer.kind)
            );
            assert!(
                dealer.self_deal_cost_usd > 0.0,
                "seed {seed}: {identity:?} bought nothing"
            );
            gain += dealer.net_usd - honest.net_usd;
            put_in += dealer.hardware_usd + dealer.bond_usd;
        }
        assert!(
            gain < 0.0,
            "seed {seed}: self-dealing earned {gain} USD on {put_in} USD"
        );
    }
}
