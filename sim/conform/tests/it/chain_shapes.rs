//! Rows in shapes that no file here holds, worked by hand: operations in words, other parameters, refusals.

use stakesim_conform::vectors::run;

fn all_exact(network: &str, suite: &str, cases: &str) {
    let text = format!(
        r#"{{"network":"{network}","suites":[{{"name":"{suite}","kind":"asserted","cases":[{cases}]}}]}}"#
    );
    let report = run([("row.json", text.as_str())]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(report.is_ok() && report.evaluated() > 0, "{report}");
}

#[test]
fn roots_are_those_of_newtons_steps() {
    all_exact(
        "Cosmos",
        "dec_root",
        r#"{"inputs":{"d":"2","root":2},"expected":{"v":"1.414213562373095049"}},
           {"inputs":{"d":"-0.81","root":2},"expected":{"v":"-0.9"}},
           {"inputs":{"d":"5","root":0},"expected":{"v":"1"}}"#,
    );
}

#[test]
fn operations_of_f1_are_read_from_words() {
    all_exact(
        "Cosmos",
        "f1_distribution",
        r#"{"inputs":{"ops":"slash .5, alloc 10e6, slash .5 (power/2), alloc 10e6"},
            "expected":{"delegator":10000000,"commission":10000000}},
           {"inputs":{"ops":"d1=100; alloc 20; d2=100 joins; alloc 20"},
            "expected":{"d1":15,"d2":5,"commission":20}}"#,
    );
}

#[test]
fn an_absent_validator_is_jailed_a_window_after_it_came_back() {
    all_exact(
        "Cosmos",
        "liveness",
        r#"{"inputs":{"window":1000,"min_signed":"0.5","ok":100,"gap":600,"then_missed":"window+1"},
            "expected":{"jailed":true,"start_height":700,"missed_counter":0,"index_offset":0}},
           {"inputs":{"window":1000,"min_signed":"0.5","ok":100,"gap":600,"then_missed":"499 blocks"},
            "expected":{"jailed":false,"start_height":700,"missed_counter":499,"index_offset":599}}"#,
    );
}

#[test]
fn other_constants_change_ethereums_results() {
    all_exact(
        "Ethereum",
        "initial_slash",
        r#"{"inputs":{"fork":"fulu","effective_gwei":"32000000000"},
            "expected":{"initial_penalty":7812500,"proposer":976562}},
           {"inputs":{"fork":"deneb","effective_gwei":"32000000000","MIN_SLASHING_PENALTY_QUOTIENT":{"phase0":128,"altair":100}},
            "expected":{"initial_penalty":320000000}}"#,
    );
}

#[test]
fn what_a_network_refuses_is_answered_in_the_rows_words() {
    all_exact(
        "Celestia",
        "block_provision",
        r#"{"inputs":{"interval_s":-15},"expected":"error: time runs backwards"}"#,
    );
    let never = r#"{"network":"Celestia","suites":[{"name":"block_provision","cases":[
        {"inputs":{"annual_provisions":1,"interval_s":15},"expected":"error"}]}]}"#;
    assert!(!run([("row.json", never)]).unwrap().is_ok());
}
