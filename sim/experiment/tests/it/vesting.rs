//! Pay that is held back, in the simulated world: what the presets hold and let go, and that books count it once.

use crate::stage::{QUIET, Told, minimal, scenario, told};

fn play(id: &str, days: u32, more: &[&str]) -> Told {
    let horizon = format!("horizon={days} d");
    let small = ["fleet.providers=60", horizon.as_str()];
    let scenario = scenario(&format!("networks/{id}.toml"), &[&small, more]);
    told(&scenario, Told::default()).1
}

/// What moved of the coin for some reasons, base units.
fn moved(told: &Told, reasons: &[&str]) -> u64 {
    let rows = told.flows.iter();
    let rows = rows.filter(|row| row.asset == "native" && reasons.contains(&row.reason));
    rows.map(|row| row.amount_base_units).sum()
}

fn still_held(told: &Told) -> u64 {
    let rows = told.balances.iter();
    let rows = rows.filter(|row| (row.asset, row.account) == ("native", "vesting"));
    rows.map(|row| row.closing_base_units).sum()
}

/// Steps of a 180th an epoch over 60 days: of the first day's pay a third has vested, of the last's nothing.
#[test]
fn gonka_lets_go_of_less_than_a_third_of_all_pay_in_its_first_sixty_days() {
    let told = play("gonka", 60, &["entry.patience=730 d"]);
    assert_eq!(moved(&told, &["reward_claim", "job_provider"]), 0);
    let held = moved(&told, &["reward_hold", "job_hold"]);
    let released = moved(&told, &["vesting_release"]);
    assert!(held / 12 < released, "{released} of {held}");
    assert!(released < held / 3, "{released} of {held}");
    assert_eq!(still_held(&told), held - released);
}

#[test]
fn filecoin_holds_three_quarters_of_rewards_and_nothing_of_fees() {
    let told = play("filecoin", 30, &[]);
    let (held, free) = (
        moved(&told, &["reward_hold"]),
        moved(&told, &["reward_claim"]),
    );
    // Each claim rounds the part that is held down.
    let claims = 60 * 5;
    assert!(held > 0 && held <= 3 * free && 3 * free <= held + 3 * claims);
    assert_eq!(moved(&told, &["job_hold"]), 0);
    assert!(moved(&told, &["job_provider"]) > 0);
}

#[test]
fn storj_holds_three_quarters_then_half_of_fees_until_a_node_leaves_or_is_disqualified() {
    let stays = ["behaviour.lazy=0 %", "entry.patience=730 d"];
    let loyal = |days| play("storj", days, &stays);
    let part = |told: &Told| {
        let (held, free) = (moved(told, &["job_hold"]), moved(told, &["job_provider"]));
        held as f64 / (held + free) as f64
    };
    let quarter = loyal(60);
    assert!((part(&quarter) - 0.75).abs() < 1e-6, "{}", part(&quarter));
    assert_eq!(moved(&quarter, &["vesting_release", "vesting_forfeit"]), 0);
    let half_year = loyal(150);
    assert!(
        (0.6..0.7).contains(&part(&half_year)),
        "{}",
        part(&half_year)
    );
    let lazy = play(
        "storj",
        60,
        &["behaviour.lazy=50 %", "verification.challenge_rate=20 %"],
    );
    assert!(moved(&lazy, &["vesting_forfeit"]) > 0);
    let leaving = play(
        "storj",
        90,
        &[
            "entry.margin_required=100 USD/d",
            "entry.margin_window=5 d",
            "entry.patience=5 d",
        ],
    );
    assert!(moved(&leaving, &["vesting_release"]) > 0);
}

#[test]
fn what_is_held_back_is_income_once_and_when_it_is_earned() {
    let income = |share: &str| {
        let change = [
            share,
            "protocol.vesting.covers=rewards_and_jobs",
            "protocol.vesting.epochs=7",
        ];
        // What circulates would change the emission.
        let fixed = ["protocol.scaling.staked.gain=0", "horizon=40 d"];
        let told = told(&minimal(&[QUIET, &fixed, &change]), Told::default()).1;
        let rows = told.providers.iter();
        rows.map(|row| (row.revenue_usd, row.rewards_usd))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        income("protocol.vesting.share=100 %"),
        income("protocol.vesting.share=0 %")
    );
}
