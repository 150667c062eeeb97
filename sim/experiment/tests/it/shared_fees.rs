//! Fees that delegators share, in the simulated world: who is paid under the presets, and that an owner's books hold its own part.

use crate::stage::{QUIET, Told, minimal, scenario, told};

fn play(id: &str, more: &[&str]) -> Told {
    let small = ["fleet.providers=60", "horizon=30 d"];
    let scenario = scenario(&format!("networks/{id}.toml"), &[&small, more]);
    told(&scenario, Told::default()).1
}

/// What moved of the coin for a reason, base units.
fn moved(told: &Told, reason: &str) -> u64 {
    let rows = told.flows.iter();
    let rows = rows.filter(|row| (row.asset, row.reason) == ("native", reason));
    rows.map(|row| row.amount_base_units).sum()
}

#[test]
fn where_nothing_is_minted_delegators_live_on_their_part_of_fees_alone() {
    let shared = play("eigenlayer", &[]);
    let (part, claimed) = (
        moved(&shared, "job_delegators"),
        moved(&shared, "delegation_claim"),
    );
    assert_eq!(moved(&shared, "emission"), 0);
    // Claimed once a week.
    assert!(claimed <= part && part < 2 * claimed, "{claimed} of {part}");
    let kept = play("eigenlayer", &["protocol.fees.sharing=owner"]);
    assert_eq!(
        (
            moved(&kept, "job_delegators"),
            moved(&kept, "delegation_claim")
        ),
        (0, 0)
    );
}

#[test]
fn fees_go_to_delegators_where_the_network_s_do() {
    for id in ["cosmos", "celestia"] {
        let told = play(id, &[]);
        let (own, part) = (moved(&told, "job_provider"), moved(&told, "job_delegators"));
        assert!(part > 0 && own > 0, "{id}: {own} and {part}");
    }
    assert_eq!(moved(&play("akash", &[]), "job_delegators"), 0);
}

#[test]
fn an_owner_s_revenue_is_its_own_part_and_the_fees_are_the_same() {
    let play = |sharing: &str| {
        // Delegators stay, whatever they get.
        let change = [sharing, "delegation.step=0 %", "horizon=20 d"];
        told(&minimal(&[QUIET, &change]), Told::default()).1
    };
    let (kept, shared) = (
        play("protocol.fees.sharing=owner"),
        play("protocol.fees.sharing=as_rewards"),
    );
    let fees = |told: &Told| -> u64 {
        told.epochs
            .iter()
            .map(|row| row.fees_provider_base_units)
            .sum()
    };
    assert_eq!(fees(&kept), fees(&shared));
    assert_eq!(
        fees(&shared),
        moved(&shared, "job_provider") + moved(&shared, "job_delegators")
    );
    let own = moved(&shared, "job_provider") as f64 / fees(&shared) as f64;
    let revenue = |told: &Told| -> f64 { told.providers.iter().map(|row| row.revenue_usd).sum() };
    let booked = revenue(&shared) / revenue(&kept);
    assert!(
        own < 0.99 && (booked - own).abs() < 0.01,
        "{booked} of revenue, {own} of fees"
    );
}
