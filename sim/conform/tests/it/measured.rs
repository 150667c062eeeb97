//! Published measurements of training: the committed constants reach every target, are those of the committed fit, and no answer
//! is looked up.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use stakesim_conform::measured::{
    Calibrations, Report, Row, evaluate, fit, leave_one_size_out, read, table,
};

const ROWS: &str = include_str!("../../../../scenarios/data/training_validation.csv");
const CONSTANTS: &str = include_str!("../../../../scenarios/data/calibration.csv");
const FITTED_ROWS: &str = include_str!("../../../../scenarios/data/calibration_rows.csv");

fn rows() -> Vec<Row> {
    read(ROWS).unwrap()
}

fn csv_of(rows: &[Row]) -> String {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record([
        "id",
        "group",
        "metric",
        "inputs_json",
        "expected",
        "unit",
        "tolerance_rel",
        "source",
    ])
    .unwrap();
    for row in rows {
        file.write_record([
            &row.id,
            &row.group,
            &row.metric,
            &Value::Object(row.inputs.clone()).to_string(),
            &row.expected.to_string(),
            &row.unit,
            &row.tolerance.to_string(),
            &row.source,
        ])
        .unwrap();
    }
    String::from_utf8(file.into_inner().unwrap()).unwrap()
}

fn report_on(rows: &[Row]) -> Report {
    evaluate(&csv_of(rows), &Calibrations::built_in()).unwrap()
}

fn row(group: &str, metric: &str, inputs: Value, unit: &str) -> Row {
    let Value::Object(inputs) = inputs else {
        panic!("inputs are an object")
    };
    Row {
        id: "one".to_owned(),
        group: group.to_owned(),
        metric: metric.to_owned(),
        inputs,
        expected: 1.0,
        unit: unit.to_owned(),
        tolerance: 0.1,
        source: "here".to_owned(),
    }
}

#[test]
fn every_published_row_is_answered_and_every_group_meets_its_target() {
    let report = evaluate(ROWS, &Calibrations::built_in()).unwrap();
    assert_eq!(report.groups.len(), 16);
    for group in &report.groups {
        assert_eq!(group.evaluated, group.rows, "{}", group.group);
        assert_eq!(group.met, Some(true), "{}\n{}", group.group, table(&report));
    }
    assert!(report.is_met());
}

#[test]
fn at_most_half_of_a_group_is_fitted_on_and_nothing_of_a_small_one() {
    let report = evaluate(ROWS, &Calibrations::built_in()).unwrap();
    let mut fitted = 0;
    for group in &report.groups {
        assert!(2 * group.fitted <= group.rows, "{}", group.group);
        assert!(group.rows >= 8 || group.fitted == 0, "{}", group.group);
        fitted += group.fitted;
    }
    assert_eq!(
        fitted,
        FITTED_ROWS.lines().count() - 1,
        "every fitted row is one of the file"
    );
}

#[test]
fn the_committed_constants_are_what_the_fit_finds() {
    let (constants, fitted_rows) = fit(&rows()).unwrap().calibrations.to_csv();
    assert_eq!(
        constants, CONSTANTS,
        "write them again: stakesim cost fit --out scenarios/data/calibration.csv"
    );
    assert_eq!(fitted_rows, FITTED_ROWS);
}

#[test]
fn rows_that_are_not_fitted_on_do_not_move_a_constant() {
    let fitted = fit(&rows()).unwrap().calibrations;
    let mut bent = rows();
    for row in &mut bent {
        if !fitted.is_fitted(&row.id) {
            row.expected *= 3.0;
        }
    }
    assert_eq!(fit(&bent).unwrap().calibrations, fitted);
}

#[test]
fn a_model_size_that_was_left_out_is_met_from_18_billion_parameters_on() {
    let left_out = leave_one_size_out(&rows()).unwrap();
    assert_eq!(left_out.len(), 3);
    for size in left_out.iter().filter(|size| size.hidden >= 6144) {
        assert!(size.mape <= 9.0, "{size:?}");
    }
}

#[test]
fn no_input_that_is_the_answer_is_read() {
    let answers = [
        (
            "iter_s",
            &["iter_s", "tokens_per_s", "tflops", "mfu", "mfu_pct"][..],
        ),
        (
            "hardware_tflops_per_gpu",
            &["tflops", "hardware_tflops_per_gpu", "iter_s", "mfu"],
        ),
        (
            "tokens_per_s_per_gpu",
            &["tokens_per_s_per_gpu", "iter_s", "mfu"],
        ),
        ("full/selective", &["ratio", "iter_s"]),
        ("mfu_pct", &["mfu", "mfu_pct"]),
        ("parameters_B", &["params_B", "params"]),
        ("days", &["days"]),
        ("MWh", &["MWh", "kWh"]),
        ("mtbf_h", &["mtbf_h"]),
        ("mttf_h", &["mttf_h"]),
        ("usd", &["usd"]),
        ("checkpoint_TB", &["checkpoint_TB", "size_TB"]),
    ];
    let plain = report_on(&rows());
    let mut with_answers = rows();
    let mut without = rows();
    for (with, without) in with_answers.iter_mut().zip(&mut without) {
        for (_, names) in answers.iter().filter(|(metric, _)| *metric == with.metric) {
            for name in *names {
                with.inputs.insert((*name).to_owned(), json!(with.expected));
                without.inputs.remove(*name);
            }
        }
        without
            .inputs
            .retain(|_, value| value.as_f64() != Some(without.expected));
    }
    for changed in [with_answers, without] {
        let changed = report_on(&changed);
        for (plain, changed) in plain.rows.iter().zip(&changed.rows) {
            assert_eq!(plain.predicted, changed.predicted, "{}", plain.id);
        }
    }
}

#[test]
fn names_and_published_values_of_rows_decide_no_answer() {
    let plain: BTreeMap<String, Option<f64>> = report_on(&rows())
        .rows
        .into_iter()
        .map(|row| (row.id, row.predicted))
        .collect();
    let mut renamed = rows();
    renamed.reverse();
    for row in &mut renamed {
        row.id = format!("{}-renamed", row.id);
        row.expected *= 2.0;
        row.source = String::new();
    }
    for row in report_on(&renamed).rows {
        assert_eq!(
            plain[row.id.trim_end_matches("-renamed")],
            row.predicted,
            "{}",
            row.id
        );
    }
}

#[test]
fn a_row_without_answer_says_why_and_its_group_is_not_met() {
    let shape = json!({
        "gpu": "A100 SXM 80GB", "gpus": 8, "batch": 8, "microbatch": 1, "layers": 24, "hidden": 2048, "heads": 16, "seq": 1024,
        "vocab": 51200, "tp": 2, "pp": 2
    });
    let with = |name: &str, value: Value| {
        let mut inputs = shape.as_object().cloned().unwrap_or_else(Map::new);
        inputs.insert(name.to_owned(), value);
        Value::Object(inputs)
    };
    let cases = [
        (
            row("weather", "rain", json!({}), "mm"),
            "no evaluation of metric `rain` in group `weather`",
        ),
        (
            row("mosaic", "iter_s", shape.clone(), "s"),
            "no evaluation of metric `iter_s` in group `mosaic`",
        ),
        (
            row(
                "vtrain_single",
                "iter_s",
                with("gpu", json!("A100 SXM 80G")),
                "s",
            ),
            "did you mean `A100 SXM 80GB`?",
        ),
        (
            row(
                "vtrain_single",
                "iter_s",
                with("recompute", json!("full+some")),
                "s",
            ),
            "input recompute: unknown `some`",
        ),
        (
            row("vtrain_single", "iter_s", with("hidden", json!(-1)), "s"),
            "input hidden: `-1`",
        ),
        (
            row("vtrain_single", "iter_s", with("layers", json!(25)), "s"),
            "layers must be a multiple",
        ),
        (
            row("vtrain_single", "iter_s", with("dp", json!(4)), "s"),
            "dp 4 is not gpus / (tp × pp) = 2",
        ),
        (
            row(
                "money",
                "usd",
                json!({"gpu_hours": 3, "usd_per_h": 2}),
                "USD",
            ),
            "input usd_h is missing; did you mean `usd_per_h`?",
        ),
    ];
    for (row, why) in cases {
        let report = report_on(&[row]);
        assert_eq!(report.rows[0].predicted, None);
        let reason = report.rows[0].reason.clone().unwrap();
        assert!(reason.contains(why), "{reason}");
        assert!(!report.is_met() && table(&report).contains(why));
    }
}

#[test]
fn a_gpu_that_a_stack_was_not_measured_on_borrows_the_nearest_constants_and_says_so() {
    let inputs = json!({
        "gpu": "H200 SXM", "gpus": 8, "batch": 128, "microbatch": 8, "grad_accum": 2, "layers": 32, "hidden": 2560, "heads": 20,
        "seq": 2048, "vocab": 50368, "sharding": "FULL_SHARD", "activation_checkpointing": false
    });
    let report = report_on(&[row("mosaic", "tokens_per_s_per_gpu", inputs, "tok/s/GPU")]);
    assert!(report.rows[0].predicted.unwrap() > 15_000.0);
    let reason = "stack mosaic was not measured on H200 SXM: the constants of H100 SXM were used";
    assert_eq!(report.rows[0].reason.as_deref(), Some(reason));
}

#[test]
fn an_input_nobody_knows_is_named_beside_the_answer() {
    let inputs = json!({"gpu_hours": 3, "usd_h": 2, "discount": 0.1});
    let report = report_on(&[row("money", "usd", inputs, "USD")]);
    assert_eq!(report.rows[0].predicted, Some(6.0));
    assert_eq!(
        report.rows[0].reason.as_deref(),
        Some("input `discount` is unknown and was not used")
    );
}

#[test]
fn constants_out_of_range_missing_or_unknown_are_told_all_at_once() {
    let broken = CONSTANTS
        .replacen("mosaic,H100 SXM,matmul,0.", "mosaic,H100 SXM,matmul,7.", 1)
        .replacen(
            "megatron,A100 SXM 80GB,launch_s",
            "megatron,A100 SXM 80GB,lunch_s",
            1,
        );
    let faults = Calibrations::parse(&broken, FITTED_ROWS).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 4, "{told:?}");
    assert!(
        told.iter()
            .any(|fault| fault.contains("a number from 0.05 to 1"))
    );
    assert!(
        told.iter()
            .any(|fault| fault.contains("did you mean `launch_s`?"))
    );
}

#[test]
fn a_report_has_the_agreed_keys() {
    let report = serde_json::to_value(evaluate(ROWS, &Calibrations::built_in()).unwrap()).unwrap();
    for key in [
        "group",
        "rows",
        "evaluated",
        "within",
        "mape",
        "median_ape",
        "p90_ape",
    ] {
        assert!(!report["groups"][0][key].is_null(), "{key}");
    }
    for key in ["id", "predicted", "expected", "ape"] {
        assert!(!report["rows"][0][key].is_null(), "{key}");
    }
}
