//! `stakesim conform FILE.csv` and `stakesim cost fit`: measurements answered, faults told, files whole or not at all.

use std::fs;

use serde_json::Value;

use crate::stage::Stage;

const HEADER: &str = "id,group,metric,inputs_json,expected,unit,tolerance_rel,source\n";

/// A published number of parameters, as the file has it or as somebody got it wrong.
fn params(expected: &str) -> String {
    format!(
        "{HEADER}p0,params,parameters_B,\"{{\"\"layers\"\":96,\"\"hidden\"\":12288,\"\"heads\"\":96,\"\"seq\"\":2048,\"\"vocab\"\":51200}}\",\
         {expected},1e9,0.03,arXiv 2104.04473 T1\n"
    )
}

fn stage(text: &str) -> Stage {
    let stage = Stage::new();
    stage.file("rows.csv", text);
    stage
}

#[test]
fn a_row_that_is_met_is_a_yes_with_a_page_and_a_document() {
    let stage = stage(&params("174.6"));
    let said = stage.run(&["conform", "rows.csv", "--format", "json", "--out", "out"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let document: Value = serde_json::from_str(&said.stdout).unwrap();
    let group = &document["groups"][0];
    assert_eq!(
        (
            &group["group"],
            &group["rows"],
            &group["evaluated"],
            &group["within"]
        ),
        (&"params".into(), &1.into(), &1.into(), &1.into())
    );
    assert!(group["mape"].as_f64().unwrap() < 3.0);
    assert!(document["rows"][0]["predicted"].is_number());
    for file in [
        "conform.json",
        "index.html",
        "summary.md",
        "plots/predicted.svg",
    ] {
        assert!(stage.path().join("out").join(file).is_file(), "{file}");
    }
    let page = fs::read_to_string(stage.path().join("out/summary.md")).unwrap();
    assert!(
        page.contains("All 1 groups with a target meet it."),
        "{page}"
    );
}

#[test]
fn a_target_that_is_missed_is_a_no() {
    let said = stage(&params("100")).run(&["conform", "rows.csv"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.stderr.contains("targets missed: params"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_row_that_nobody_can_answer_is_told_and_a_no() {
    let text = params("174.6").replace("parameters_B", "smell");
    let said = stage(&text).run(&["conform", "rows.csv"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stdout.contains("not evaluated"), "{}", said.stdout);
    assert!(
        said.stderr.contains("rows without an answer: 1"),
        "{}",
        said.stderr
    );
}

#[test]
fn faults_of_measurements_are_told_with_file_and_line() {
    let text = params("much").replace("0.03", "-1");
    let stage = stage(&text);
    for command in [
        &["conform", "rows.csv", "--out", "out"][..],
        &["cost", "fit", "rows.csv"],
    ] {
        let said = stage.run(command);
        assert_eq!(said.code, Some(3), "{}", said.stderr);
        assert_eq!(
            said.stderr.matches("rows.csv: line 2").count(),
            2,
            "{}",
            said.stderr
        );
        assert_eq!(stage.names(), ["rows.csv"], "something was written");
    }
}

#[test]
fn too_few_rows_are_no_fit() {
    let said = stage(&params("174.6")).run(&["cost", "fit", "rows.csv", "--out", "constants.csv"]);
    assert_eq!(said.code, Some(3), "{}", said.stderr);
}
