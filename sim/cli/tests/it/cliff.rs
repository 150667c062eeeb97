//! `stakesim cliff`: the bracket, in words and as JSON, and its exit codes.

use crate::stage::Stage;

/// What is minted is in proportion to the scheduled emission: at 1,000 token an epoch 160, at 9,000 token 1,440.
fn stage(gates: &str) -> Stage {
    let stage = Stage::new();
    stage.file(
        "minted.toml",
        &format!(
            "schema = 1\nname = \"minted\"\nscenario = \"minimal\"\nseeds = [1, 2]\n\n[set]\nhorizon = \"14 d\"\n\
             \"protocol.emission.rule\" = \"fixed\"\n\n[[factors]]\npath = \"protocol.emission.per_epoch\"\n\
             low = \"1000 token\"\nhigh = \"9000 token\"\nsteps = 2\n\n{gates}"
        ),
    );
    stage
}

/// A gate on the largest of all runs: observed, and so never undecided.
fn at_most(tokens: u32) -> String {
    format!(
        "[[gates]]\nmetric = \"emission.minted\"\nstat = \"max\"\nop = \"<=\"\nvalue = {tokens}\nwhy = \"thrift\"\n"
    )
}

#[test]
fn a_cliff_is_told_in_words_and_leaves_no_file() {
    let stage = stage(&at_most(800));
    let said = stage.run(&["cliff", "minted.toml", "--tolerance", "10 %"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let answer = "protocol.emission.per_epoch: largest value known to pass 4500 token, smallest known to fail 5000 token\n\
                  fails first: max of emission.minted <= 800 token: thrift\n";
    assert!(said.stdout.contains(answer), "{}", said.stdout);
    assert_eq!(stage.names(), ["minted.toml", "reports"]);
    let left = std::fs::read_dir(stage.path().join("reports/runs")).unwrap();
    assert_eq!(left.count(), 0);
}

#[test]
fn a_cliff_as_json_is_one_document() {
    let said = stage(&at_most(800)).run(&[
        "cliff",
        "minted.toml",
        "--tolerance",
        "10 %",
        "--format",
        "json",
    ]);
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(
        (&document["pass"], &document["fail"]),
        (&"4500 token".into(), &"5000 token".into())
    );
    assert_eq!(
        (&document["is_found"], &document["is_narrow"]),
        (&true.into(), &true.into())
    );
    assert_eq!(document["values"].as_array().unwrap().len(), 6);
    assert_eq!(document["values"][0]["gates"][0]["n"], 2);
}

#[test]
fn ends_that_agree_exit_with_1() {
    let said = stage(&at_most(100_000)).run(&["cliff", "minted.toml"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(
        said.stderr,
        "error: no cliff: the gates pass at both ends\n"
    );
    assert!(said.stdout.contains("9000 token"), "{}", said.stdout);
}

#[test]
fn a_file_for_something_else_exits_with_3_and_wrong_usage_with_2() {
    let said = stage("").run(&["cliff", "minted.toml"]);
    assert_eq!(said.code, Some(3));
    assert_eq!(
        said.stderr,
        "error: minted.toml: the file has no gate\n  hint: begin one with a line [[gates]]\n"
    );
    let said = stage(&at_most(800)).run(&["cliff", "minted.toml", "--tolerance", "90 %"]);
    assert_eq!(said.code, Some(2), "{}", said.stderr);
}
