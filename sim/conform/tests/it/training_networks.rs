//! Shapes of rows of Prime Intellect, Livepeer, Nosana, Phala and Psyche that no published file here holds. What is expected was worked
//! out by hand from the rules, Phala's digits with integers of another program.

use crate::rows::{assert_exact, conform};

#[test]
fn a_larger_slash_takes_unbonding_stake_first() {
    assert_exact(
        "Prime Intellect",
        "stake_manager",
        1,
        r#"{"inputs":{"ops":[["stake","100"],["unstake","60"],["slash","70"]]},
            "expected":{"stake":"30","unbonding":"0","pending":[],"returned":"70"}},
           {"inputs":{"stake":"100","slash1":70,"then":"once more"},"expected":{"stake":"0"}}"#,
    );
}

#[test]
fn slashed_work_is_gone_and_later_work_unlocks_on_whole_hours() {
    assert_exact(
        "Prime Intellect",
        "work_submission_ring_buffer",
        1,
        r#"{"inputs":{"rate_per_unit":2,"ops":[["join","n"],["submit","n",100],["skip",3600],["slash","n",100],["info","n",0,0],
              ["submit","n",5],["skip",86398],["claimable","n",0],["skip",1],["claimable","n",10],["claim","n",10]]},
            "expected":{"checks":"inline"}}"#,
    );
}

#[test]
fn a_check_inside_operations_can_fail() {
    let report = conform(
        "Prime Intellect",
        "work_submission_ring_buffer",
        r#"{"inputs":{"ops":[["join","n"],["submit","n",100],["info","n",100,99]]},"expected":{}},
           {"inputs":{"ops":[["join","n"]]},"expected":{}}"#,
    );
    assert_eq!(report.suites[0].failed, 2, "{report}");
}

#[test]
fn a_round_is_minted_out_of_the_supply_and_reverts_beyond() {
    assert_exact(
        "Livepeer",
        "create_reward",
        3,
        r#"{"inputs":{"mintable":"floor(1000*inflation)","fracs":[[10,100],[20,100]]},"expected":{"minted":78}},
           {"inputs":{"mintable":1000,"fracs":[[1,3]]},"expected":{"minted":333}},
           {"inputs":{"mintable":"floor(1000*inflation)","fracs":[[100,100],[10,100]]},
            "expected":{"minted":"revert: minted tokens cannot exceed mintable tokens"}}"#,
    );
}

#[test]
fn fees_after_a_claim_build_on_the_row_before() {
    assert_exact(
        "Livepeer",
        "bonding_manager",
        2,
        r#"{"inputs":{"same":true,"claimed":true},"expected":{"cff":"1"}},
           {"inputs":{"stake":1000,"cum_rewards":250,"fees":1000,"fee_share":400000,"total_stake":2000},
            "expected":{"cff":"350000000000000000000000000","cumulative_fees":650}},
           {"inputs":{"same":true,"claimed":true},"expected":{"cff":"350000000000000000000000000","cumulative_fees":600}}"#,
    );
}

#[test]
fn a_reward_factor_starts_from_the_pool_before() {
    assert_exact(
        "Livepeer",
        "earnings_pool_lip36",
        2,
        r#"{"inputs":{"total_stake":1000,"rewards":[250],"prev":[0,"2000000000000000000000000000"]},
            "expected":{"crf":"2500000000000000000000000000"}},
           {"inputs":{"total_stake":1000,"fees":[1000,1000],"prev":["1000000000000000000000000000","2000000000000000000000000000"]},
            "expected":{"cff":"5000000000000000000000000000"}}"#,
    );
}

#[test]
fn a_reflection_scenario_may_be_written_as_operations() {
    assert_exact(
        "Nosana",
        "rewards_scenario",
        1,
        r#"{"inputs":{"ops":"in words"},"expected":{"claim":"round(pending)"}},
           {"inputs":{"ops":[["enter","a",3000000],["enter","b",1000000],["fee",1000],["sync","b",2000000],["claim","a"],["claim","b"]]},
            "expected":{"a":750,"b":250}}"#,
    );
}

#[test]
fn a_worker_is_paid_at_the_largest_value() {
    assert_exact(
        "Phala",
        "payout_at_v_max",
        3,
        r#"{"inputs":{"init_v":30000,"p":3000,"idle_blocks":3,"iterations":1000000},
            "expected":{"v":"29999.93976250746342344944","v_deductible":"0","payout":"242.0222494539883017464"}},
           {"inputs":{"init_v":30000,"p":2000,"idle_blocks":50,"iterations":150000},
            "expected":{"v":"29998.99683255399465033725","p_instant":1500,"payout":"3984.6868456180784027964"}},
           {"inputs":{"init_v":29999,"p":2000,"idle_blocks":4,"iterations":15000},
            "expected":{"v":29999,"treasury":"79.9153431232573720124"}}"#,
    );
}

#[test]
fn a_watched_worker_answers_and_falls_silent() {
    assert_exact(
        "Phala",
        "gatekeeper_numerics",
        3,
        r#"{"inputs":{"init_v":3000,"p_bench":100,"idle_blocks":1},"expected":{"v":"3000.00203509369147797934"}},
           {"inputs":{"then":"answers: 1000000 iterations in its heartbeat"},"expected":{"v":"3000","p_instant":"119.9999999999999999989"}},
           {"inputs":{"then":"no answer for 11 blocks"},"expected":{"unresponsive":false}},
           {"inputs":{"then":"asleep"},"expected":{"mood":1}}"#,
    );
}

#[test]
fn a_mining_pool_pays_by_deposit_rounded_down() {
    assert_exact(
        "Psyche",
        "mining_pool",
        1,
        r#"{"inputs":{"pool_redeemable":1000,"deposits":[1,2]},"expected":{"claimable":[333,666]}}"#,
    );
    assert_exact(
        "Psyche",
        "vesting",
        1,
        r#"{"inputs":{"elapsed":500000},"expected":{"vested":500000000000}}"#,
    );
}
