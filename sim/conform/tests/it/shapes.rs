//! Shapes of rows that vector files may have and none here has, worked by hand from the networks' rules.

use stakesim_conform::vectors::run;

/// Puts rows through a network's rules; all have to come out exact.
fn check(network: &str, suites: &str) {
    let text = format!(r#"{{"network":"{network}","suites":[{suites}]}}"#);
    let report = run([("shapes.json", text.as_str())]);
    let report = report.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let all = report.suites.iter();
    assert!(all.clone().all(|line| line.exact == line.cases), "{report}");
    assert!(all.count() > 0);
}

#[test]
fn filecoin_powers_may_be_formulas_and_theta_a_third() {
    check(
        "Filecoin",
        r#"{"name":"compute_r_theta","cases":[
        {"inputs":{"effective_network_time":16,"baseline_power_fn":"(e+1)*2048","cumsum_realized":"cumsum15+baseline(16)/4",
            "cumsum_baseline":"cumsum15+baseline(16)"},"expected":{"theta":15.25}},
        {"inputs":{"effective_network_time":1,"baseline_power":3,"cumsum_realized":1,"cumsum_baseline":2},
            "expected":{"theta":0.6666666666666666}},
        {"inputs":{"effective_network_time":0,"baseline_power":0,"cumsum_realized":1,"cumsum_baseline":2},"expected":{"theta":0}}]}"#,
    );
}

/// Due at 20, 23 and 26, moved up to 23 and 27, where six and ten of ten epochs are over; free an epoch later.
#[test]
fn filecoin_funds_vest_at_quantised_epochs() {
    check(
        "Filecoin",
        r#"{"name":"vesting_table","cases":[{"inputs":{"vest_sum":100,"vest_start_delay":10,"period_start":7,"initial_delay":0,
        "vest_period":10,"step_duration":3,"quantization":4},
        "expected":{"unlocked_per_epoch":[0,0,0,0,0,0,0,60,0,0,0,40,0]}}]}"#,
    );
}

#[test]
fn solana_properties_are_checked_when_they_are_not_prose() {
    check(
        "Solana inflation",
        r#"{"name":"invariants","cases":[
        {"inputs":{"years":[0.1,0.5,1,7,100]},
            "expected":"strictly decreasing, >= terminal, total==validator+foundation, total(100)==0.015"},
        {"inputs":{"fixed":0.0375,"years":[0,3]},"expected":0.0375}]}"#,
    );
}

#[test]
fn akash_spreads_prices_and_burns_that_are_refused() {
    check(
        "Akash",
        r#"{"name":"burn_mint","cases":[
        {"inputs":{"burn_uact":1000,"akt_price":"1.14","spread_bps":200,"min_mint":877},"expected":{"minted":877,"user":860}},
        {"inputs":{"burn_uact":7,"akt_price":"0","spread_bps":0,"min_mint":null},"expected":{"error":"ZeroPrice","refund":7}}]},
        {"name":"escrow_settle_full_blocks","cases":[{"inputs":{"blocks":2,"balance":5,"rates":[2,2,1]},
        "expected":{"balance_end":-5,"transferred":[4,1,0],"overdrawn":true}}]}"#,
    );
}

/// 720 GB-hours at 0.01 are 7.20, two TB at 20 are 40, four and six at 10 are 100: 147.20. Half of 10 has been held and 4 returned.
#[test]
fn storj_statements_percentages_and_reputations() {
    let node = r#""period":"2020-06","usage":{"at_rest_gb_h":720,"get_tb":2,"put_tb":3,"get_repair_tb":4,"put_repair_tb":5,
        "get_audit_tb":6},"rates":[0.01,20,0,10,0,10],"withheld":[75,25],"dispose_pct":50,"total_held":10,"total_disposed":4"#;
    check(
        "Storj",
        &format!(
            r#"{{"name":"statements_usd","cases":[
        {{"inputs":{{{node},"created":"2020-06-02","last_contact":"2020-06-30T12:00:00Z","graceful_exit":null}},
            "expected":{{"owed":36.8,"held":110.4,"disposed":0,"codes":["E"]}}}},
        {{"inputs":{{{node},"created":"2020-05-01","last_contact":"2020-06-01","graceful_exit":null}},
            "expected":{{"owed":148.2,"held":0,"disposed":1,"codes":[]}}}},
        {{"inputs":{{{node},"created":"2020-05-02","last_contact":"2020-06-01","graceful_exit":"2020-06-30"}},
            "expected":{{"owed":153.2,"held":0,"disposed":6,"codes":["GracefulExit","InWithholding"]}}}},
        {{"inputs":{{{node},"created":"2020-05-01","last_contact":"2020-05-31","graceful_exit":null}},
            "expected":{{"owed":0,"held":0,"disposed":0,"codes":["O"]}}}}]}},
        {{"name":"percent_of","cases":[{{"inputs":[200,20],"expected":40}},{{"inputs":[1,25],"expected":0.25}}]}},
        {{"name":"withheld_percent","cases":[
        {{"inputs":{{"created":"2019-01-31","date":"2019-03-02"}},"expected":{{"percent":75,"in_withholding":true}}}},
        {{"inputs":{{"created":"2019-01-01","date":"2019-07-01"}},"expected":{{"percent":25,"in_withholding":true}}}},
        {{"inputs":{{"created":"2019-01-01","date":"2019-10-01"}},"expected":{{"percent":0,"in_withholding":false}}}}]}},
        {{"name":"reputation_update","cases":[
        {{"inputs":{{"count":2,"alpha":8,"beta":4,"lam":0.5,"w":1}},"expected":{{"alpha":3.5,"beta":1}}}},
        {{"inputs":{{"count":3,"alpha":8,"beta":4,"lam":1,"w":2}},"expected":{{"alpha":14,"beta":4}}}}]}}"#
        ),
    );
}

/// One suite, five rows: an answer, inputs that cannot be read, a refusal that is expected, nothing expected, a tolerance in unknown words.
#[test]
fn a_row_that_cannot_be_read_fails_alone_and_none_is_skipped_in_silence() {
    let text = r#"{"network":"Celestia","suites":[{"name":"block_provision","cases":[
        {"id":"year","inputs":{"annual_provisions":31556952,"interval_s":1},"expected":{"utia":1}},
        {"id":"word","inputs":{"annual_provisions":1,"interval_s":"soon"},"expected":{"utia":1}},
        {"id":"back","inputs":{"annual_provisions":1,"interval_s":-1},"expected":{"error":"negative"}},
        {"id":"nothing","inputs":{"annual_provisions":1,"interval_s":1},"expected":{"note":"see above"}},
        {"id":"vague","kind":"asserted_approx","tolerance":"roughly","inputs":{"annual_provisions":1,"interval_s":1},"expected":{"utia":5}}]}]}"#;
    let report = run([("celestia.json", text)]).expect("a well-formed file");
    let counted: Vec<_> = report
        .suites
        .iter()
        .map(|line| (line.cases, line.exact, line.failed, line.not_applicable))
        .collect();
    assert_eq!(counted, [(4, 2, 1, 1), (1, 0, 1, 0)], "{report}");
    let got: Vec<String> = report
        .failures
        .iter()
        .map(|one| format!("{} {}", one.id, one.got))
        .collect();
    assert!(
        got[0].starts_with("word") && got[0].contains("not in the form of its suite"),
        "{got:?}"
    );
    assert!(
        got[1].starts_with("vague") && got[1].contains("cannot be read"),
        "{got:?}"
    );
}

/// What the network would run on with is no refusal, nor is a result whose name holds letters of one; a tolerance nobody can read matters only
/// where the row is not equal.
#[test]
fn a_limit_of_ours_and_a_name_are_no_refusals() {
    let outcome = |network: &str, suite: &str, row: &str| {
        let text =
            format!(r#"{{"network":"{network}","suites":[{{"name":"{suite}","cases":[{row}]}}]}}"#);
        let report = run([("rows.json", text.as_str())]).expect("a well-formed file");
        report.suites[0].exact == 1
    };
    let adds = |epochs: u32| {
        format!(
            r#"{{"inputs":{{"adds":[[5,{epochs}]]}},"expected":{{"error":"vesting epochs cannot be zero"}}}}"#
        )
    };
    assert!(outcome("Gonka", "stream_vesting", &adds(0)));
    assert!(!outcome("Gonka", "stream_vesting", &adds(1_000_001)));
    let escrow = r#"{"inputs":{"blocks":18446744073709551615,"balance":1,"rates":["100000000000000000000000000000"]},"expected":{"transferred":[1]}}"#;
    assert!(!outcome("Akash", "escrow_settle_full_blocks", escrow));
    let quotient = |expected: &str| {
        outcome(
            "Cosmos",
            "dec_arithmetic",
            &format!(r#"{{"inputs":{{"d1":"1","d2":"0"}},"expected":{expected}}}"#),
        )
    };
    assert!(quotient(r#"{"quo":"panic","note":"by zero"}"#));
    assert!(!quotient(r#"{"error":false}"#));
    let provision = |rest: &str| {
        outcome(
            "Celestia",
            "block_provision",
            &format!(r#"{{"inputs":{{"annual_provisions":31556952,"interval_s":1}},{rest}}}"#),
        )
    };
    assert!(provision(r#""expected":{"utia":1},"tolerance":null"#));
    assert!(provision(
        r#""kind":"asserted_approx","expected":{"utia":1},"tolerance":"none""#
    ));
    assert!(!provision(
        r#""kind":"asserted_approx","expected":{"utia":2},"tolerance":"none""#
    ));
}
