//! Rows at the ends of what a network counts: numbers past 128 bits, nothing at all, more steps than anybody waits for. Worked by hand.

use crate::rows::{assert_exact, conform};

/// Every row fails, and the report says why.
fn assert_refused(network: &str, suite: &str, failed: u32, why: &str, rows: &str) {
    let report = conform(network, suite, rows);
    assert_eq!(report.suites[0].failed, failed, "{report}");
    assert!(report.to_string().contains(why), "{report}");
}

/// A factor of 10^27 over one of 4 is 2.5 · 10^53 points: 7 · 10^20 staked become 1.75 · 10^47.
#[test]
fn livepeer_counts_past_128_bits_and_not_past_256() {
    assert_exact(
        "Livepeer",
        "earnings_pool_lip36",
        1,
        r#"{"inputs":{"stake":"700000000000000000000","fees":3,"start":[5,4],"end":[9,0]},
            "expected":{"stake":"175000000000000000000000000000000000000000000000","fees":"700000000000000000003"}}"#,
    );
    let two_to_255 =
        "57896044618658097711785492504343953926634992332820282019728792003956564819968";
    assert_exact(
        "Livepeer",
        "math_utils",
        2,
        &format!(
            r#"{{"inputs":{{"fn":"percPoints","D":"1000000000000000000000000000","num":"123456789012345678901234567890","den":10}},
                "expected":"12345678901234567890123456789000000000000000000000000000"}},
               {{"inputs":{{"fn":"percOf2","D":2,"a":"{two_to_255}","num":1}},
                "expected":"28948022309329048855892746252171976963317496166410141009864396001978282409984"}}"#
        ),
    );
    assert_refused(
        "Livepeer",
        "math_utils",
        1,
        "passes the width of the network's integers",
        &format!(
            r#"{{"inputs":{{"fn":"percOf2","D":2,"a":"{two_to_255}","num":2}},"expected":"{two_to_255}"}}"#
        ),
    );
}

#[test]
fn prime_intellect_counts_past_128_bits() {
    assert_exact(
        "Prime Intellect",
        "rewards_distributor_fixed",
        1,
        r#"{"inputs":{"ops":[["rate","70000000000000000000000000000000000000"],["join","n",12],["skip",3],["claim","n"]]},
            "expected":{"n":"2520000000000000000000000000000000000000","unclaimed_n":0}}"#,
    );
    assert_exact(
        "Prime Intellect",
        "rewards_distributor_compute",
        1,
        r#"{"inputs":{"ops":[["rate","6000000000000000000000000000000000000000"],["join","a",3],["join","b",3],["skip",2],["leave","a"]]},
            "expected":{"a":0,"unclaimed_a":"6000000000000000000000000000000000000000"}}"#,
    );
    assert_exact(
        "Prime Intellect",
        "work_submission_ring_buffer",
        1,
        r#"{"inputs":{"rate_per_unit":"100000000000000000000","ops":[["join","n"],["submit","n","9000000000000000000"],["skip",90000],
              ["claim","n","900000000000000000000000000000000000000"]]},"expected":{"checks":"inline"}}"#,
    );
    assert_exact(
        "Prime Intellect",
        "stake_manager",
        1,
        r#"{"inputs":{"ops":[["stake","1361129467683753853853498429727072845824"],["unstake",1]]},
            "expected":{"stake":"1361129467683753853853498429727072845823","unbonding":1,"pending":[1]}}"#,
    );
}

#[test]
fn a_slash_without_a_finder_burns_the_finders_fee_too() {
    assert_exact(
        "Livepeer",
        "bonding_manager",
        2,
        r#"{"inputs":{"bonded":900,"slash":200000,"finder":null,"finder_fee":500000},
            "expected":{"penalty":180,"bonded":720,"finder":0,"burned":180}},
           {"inputs":{"bonded":900,"slash":200000,"finder":"0x01","finder_fee":500000},
            "expected":{"penalty":180,"bonded":720,"finder":90,"burned":90}}"#,
    );
}

/// At a rate of one half, forty of work are paid eighty.
#[test]
fn gonka_pays_nothing_for_work_below_zero() {
    assert_exact(
        "Gonka",
        "legacy_subsidy",
        2,
        r#"{"inputs":{"rate":0.5,"work":[30,-7,10],"supply":1000000},
            "expected":{"minted":80,"rewards":[60,0,20],"error":"ErrNegativeCoinBalance"}},
           {"inputs":{"rate":0.5,"work":[-5],"supply":1000000},"expected":{"minted":0,"rewards":[0],"crossed":false}}"#,
    );
}

#[test]
fn fees_of_a_chain_without_power_are_the_community_pools() {
    assert_exact(
        "Cosmos",
        "f1_distribution",
        1,
        r#"{"inputs":{"fees":70,"community_tax":"0.1","powers":[0,0,0],"proposer":1,"commissions":["0.5","0","1"]},
            "expected":{"outstanding":[0,0,0],"community":70,"commission0":0,"current0":0}}"#,
    );
}

#[test]
fn moved_stake_that_owes_no_whole_unit_loses_its_shares() {
    assert_exact(
        "Cosmos",
        "staking_slash",
        2,
        r#"{"inputs":{"red":40,"f":"0.02"},"expected":{"slashed":0,"dst_shares":"39.2"}},
           {"inputs":{"red":40,"f":"0.02","infraction":1},"expected":{"slashed":0,"dst_shares":40}}"#,
    );
}

#[test]
fn nobody_waits_for_more_than_a_million_steps() {
    let million = "more than a million";
    assert_refused(
        "Gonka",
        "stream_vesting",
        1,
        million,
        r#"{"inputs":{"adds":[[77,2147483648]]},"expected":{"paid":0}}"#,
    );
    assert_refused(
        "Gonka",
        "share_work",
        1,
        million,
        r#"{"inputs":{"existing":3,"new":4294967295,"cost":9},"expected":{"adj":[]}}"#,
    );
    assert_refused(
        "Cosmos",
        "liveness",
        3,
        million,
        r#"{"inputs":{"missed":2147483648},"expected":{"jailed":true}},
           {"inputs":{"signed_ok":"99999999999999999999"},"expected":{"jailed":false}},
           {"inputs":{"window":4294967296,"missed":1},"expected":{"jailed":false}}"#,
    );
    assert_refused(
        "Livepeer",
        "bonding_manager",
        1,
        million,
        r#"{"inputs":{"stakes":[10],"cut":0,"rounds":4294967295,"reward_each":0},"expected":{"delegator_stake":10}}"#,
    );
}

/// The first half-life ends on 12 March 2029. Until then a day vests 503 370 000 / 2 920, from then on half of that; half of it is for active
/// work.
#[test]
fn oceans_weeks_begin_when_they_are_said_to() {
    let report = conform(
        "Ocean",
        "weekly_reward",
        r#"{"inputs":{"week_start":"2029-03-10"},"expected":{"ocean":387870.7191780822},"kind":"asserted_approx","tolerance":1e-6},
           {"inputs":{"week_start":"2029-03-10T12:00:00Z"},"expected":{"ocean":366322.3458904110},"kind":"asserted_approx","tolerance":1e-6},
           {"inputs":{"week_start":"2023-03-19 23:59:59"},"expected":{"ocean":75000}}"#,
    );
    assert!(report.is_ok() && report.evaluated() == 3, "{report}");
    let never = r#"{"inputs":{"week_start":"2023-02-29"},"expected":{"ocean":0}}"#;
    assert_refused("Ocean", "weekly_reward", 1, "2023-02-29 is no date", never);
}

#[test]
fn phala_runs_ten_million_blocks_and_no_more() {
    let rows = r#"{"inputs":{"init_v":3000,"p_bench":100,"idle_blocks":4294967295},"expected":{"v":"1"}},
        {"inputs":{"init_v":3000,"p_bench":100,"idle_blocks":1},"expected":{"v":"1"}},
        {"inputs":{"then":"no heartbeat for 4294967295 blocks"},"expected":{"unresponsive":true}}"#;
    let report = conform("Phala", "gatekeeper_numerics", rows);
    let said = report.to_string().matches("ten million blocks").count();
    assert_eq!((report.suites[0].failed, said), (3, 2), "{report}");
}
