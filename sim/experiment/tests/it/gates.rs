//! Gates from text to verdicts: what is refused and with which words, what is inherited, and what each face says.

use std::fs;

use stakesim_experiment::gates::{
    Gate, Reading, Reads, Ruling, Source, Verdict, Verdicts, parse, rule, rule_readings,
};
use stakesim_experiment::scenario::{Fault, Overrides, Scenario, Start};

const SWEEP: Reads = Reads::Sweep { decimals: 9 };

fn read(text: &str, reads: Reads) -> Result<Vec<Gate>, Vec<Fault>> {
    let toml = toml_edit::Document::parse(text).unwrap();
    let source = Source {
        file: "x.toml",
        text,
        reads,
    };
    parse(toml.get("gates").unwrap(), &source)
}

fn gate(text: &str) -> Gate {
    let text = format!("[[gates]]\n{text}\n");
    let mut gates = read(&text, SWEEP).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(gates.len(), 1);
    gates.remove(0)
}

/// The text of each fault of a sweep's gate.
fn refused(text: &str) -> Vec<String> {
    let text = format!("schema = 1\n[[gates]]\n{text}\n");
    let faults = read(&text, SWEEP).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

const LOSING: &str = "metric = \"providers.losing_share\"\nop = \"<=\"\n";

#[test]
fn a_gate_means_what_it_says() {
    let gate = gate(
        "metric = \"slashes.honest_share_of_bonds\"\nstat = \"p95\"\nop = \"<=\"\nvalue = \"0.1 %\"\nwhy = \"so\"",
    );
    assert_eq!(gate.subject(), "p95 of slashes.honest_share_of_bonds");
    assert_eq!((gate.value, gate.why.as_str()), (0.001, "so"));
    assert_eq!(gate.number(0.0005), "0.05 %");
}

#[test]
fn the_bound_is_a_number_or_per_cent_and_the_statistic_the_mean_unless_said() {
    for (value, expected) in [
        ("1", 1.0),
        ("0.25", 0.25),
        ("\"25 %\"", 0.25),
        ("\"-2.5%\"", -0.025),
    ] {
        let gate = gate(&format!("{LOSING}value = {value}"));
        assert_eq!((gate.value, gate.stat.name().as_str()), (expected, "mean"));
    }
}

#[test]
fn every_fault_names_line_key_value_and_what_to_do() {
    let cases = [
        (
            "metric = \"slashes.honest\"\nop = \"<=\"\nvalue = 1",
            "x.toml:3: gates.metric = \"slashes.honest\": unknown metric\n  hint: did you mean \"slashes.honest_share_of_bonds\"?",
        ),
        (
            "metric = \"providers.losing_share\"\nopp = \"<=\"\nop = \"<=\"\nvalue = 1",
            "x.toml:4: gates.opp = \"<=\": unknown key\n  hint: did you mean op?",
        ),
        (
            "metric = \"providers.losing_share\"\nop = \"==\"\nvalue = 1",
            "x.toml:4: gates.op = \"==\": unknown comparison\n  legal: <=, >=, <, >",
        ),
        (
            "metric = \"providers.losing_share\"\nop = \"<=\"",
            "x.toml:2: gates.value: missing\n  hint: write value = 0.02, or value = \"2 %\"",
        ),
        (
            "metric = \"providers.losing_share\"\nop = \"<=\"\nvalue = \"a lot\"",
            "x.toml:5: gates.value = \"a lot\": no readable number\n  legal: a number, or a string such as \"0.1 %\"",
        ),
        (
            "metric = \"jobs.wait_mean_h\"\nop = \"<=\"\nvalue = \"5 %\"",
            "x.toml:5: gates.value = \"5 %\": per cent, but the metric is in h\n  hint: write a number without %",
        ),
        (
            "metric = \"providers.losing_share\"\nstat = \"prob_above(0.1)\"\nop = \"<=\"\nvalue = 1.5",
            "x.toml:6: gates.value = 1.5: not a probability\n  legal: from 0 to 1",
        ),
        (
            "metric = \"providers.losing_share\"\nop = \"<=\"\nvalue = 1\nmargin = 2",
            "x.toml:6: gates.margin = 2: a margin without a baseline\n  hint: write baseline = \"FOLDER\", or value instead of margin",
        ),
        (
            "metric = \"staked_ratio.mean\"\nbaseline = \"old\"\nmargin = 2",
            "x.toml:3: gates.metric = \"staked_ratio.mean\": neither direction of this metric is better\n  hint: write op and value instead of baseline and margin",
        ),
        (
            "metric = \"providers.losing_share\"\nbaseline = \"old\"\nmargin = \"-1 %\"",
            "x.toml:5: gates.margin = \"-1 %\": negative\n  legal: 0 and more",
        ),
        (
            "metric = \"providers.losing_share\"\nop = \"<=\"\nvalue = 1\nwhere = { \"fleet.provider\" = 3 }",
            "x.toml:6: gates.where.fleet.provider = { \"fleet.provider\" = 3 }: unknown parameter\n  hint: did you mean fleet.providers?",
        ),
    ];
    for (text, told) in cases {
        assert_eq!(refused(text), [told]);
    }
    let stat = refused(&format!("{LOSING}value = 1\nstat = \"p5\""));
    assert!(
        stat[0].starts_with("x.toml:6: gates.stat = \"p5\": unknown statistic\n  legal: mean,")
    );
}

#[test]
fn all_faults_of_all_gates_are_told_at_once() {
    let text = "[[gates]]\nmetric = \"x\"\nop = \"!\"\nvalue = nan\n[[gates]]\nop = 3\n";
    let lines: Vec<_> = read(text, SWEEP)
        .unwrap_err()
        .iter()
        .map(|fault| (fault.line, fault.path.clone()))
        .collect();
    let expected = [
        (2, "gates.metric"),
        (3, "gates.op"),
        (4, "gates.value"),
        (5, "gates.metric"),
        (6, "gates.op"),
        (5, "gates.value"),
    ];
    assert_eq!(lines, expected.map(|(line, path)| (line, path.to_owned())));
}

#[test]
fn a_gate_is_read_where_its_factors_have_the_values_under_any_spelling() {
    let gate = gate(&format!(
        "{LOSING}value = 1\nwhere = {{ \"protocol.price.gain\" = \"0.02\", fleet.providers = 60 }}"
    ));
    let point = |gain: &str, providers: &str| {
        let pair = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        vec![
            pair("fleet.providers", providers),
            pair("protocol.price.gain", gain),
        ]
    };
    assert!(gate.is_read_at(&point("2 %", "60")));
    assert!(!gate.is_read_at(&point("2 %", "61")) && !gate.is_read_at(&point("1 %", "60")));
}

#[test]
fn a_single_run_takes_neither_a_baseline_nor_points() {
    let text = format!(
        "[[gates]]\n{LOSING}value = 1\nwhere = {{ fleet.providers = 60 }}\n[[gates]]\nmetric = \"providers.losing_share\"\nbaseline = \"old\"\nmargin = 0"
    );
    let faults = read(&text, Reads::OneRun).unwrap_err();
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["gates.where", "gates.baseline"]);
}

fn load(files: &[(&str, &str)]) -> Result<Scenario, Vec<Fault>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), format!("schema = 1\n{text}")).unwrap();
    }
    let first = folder.path().join(files[0].0);
    Scenario::load(Start::File(&first), &Overrides::default()).map_err(|faults| faults.0)
}

#[test]
fn gates_are_inherited_unless_the_file_has_its_own_and_never_change_the_digest() {
    let base = format!("name = \"base\"\nextends = \"minimal\"\n[[gates]]\n{LOSING}value = 1\n");
    let child = |text: &str| {
        let text = format!("name = \"child\"\nextends = \"base.toml\"\n{text}");
        load(&[("child.toml", &text), ("base.toml", &base)]).unwrap()
    };
    let own = format!("[[gates]]\n{LOSING}value = 0.5\n");
    let bounds = |scenario: &Scenario| -> Vec<f64> {
        scenario.gates.iter().map(|gate| gate.value).collect()
    };
    assert_eq!(bounds(&child("")), [1.0]);
    assert_eq!(bounds(&child(&own)), [0.5]);
    assert!(bounds(&child("gates = []\n")).is_empty());
    assert_eq!(child("").digest, child(&own).digest);
}

#[test]
fn faults_of_gates_come_with_those_of_parameters() {
    let text = "name = \"test\"\nextends = \"minimal\"\n[[gates]]\nmetric = \"x\"\n[fleet]\nprovider = 1\n";
    let faults = load(&[("test.toml", text)]).unwrap_err();
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(
        paths,
        ["gates.op", "gates.value", "gates.metric", "fleet.provider"]
    );
}

fn judged(gate: &Gate, values: &[f64]) -> Ruling {
    let samples = |_: &str| values.to_vec();
    rule(std::slice::from_ref(gate), &samples, 0.95).remove(0)
}

#[test]
fn a_gate_passes_fails_and_is_undecided_as_its_runs_say() {
    let gate = gate(&format!("{LOSING}value = \"30 %\""));
    let around = |centre: f64| [-0.02, -0.01, 0.0, 0.01, 0.02].map(|off| centre + off);
    let verdict = |centre| judged(&gate, &around(centre)).verdict;
    assert_eq!(verdict(0.2), Verdict::Pass);
    assert_eq!(verdict(0.4), Verdict::Fail);
    let close = judged(&gate, &around(0.295));
    assert_eq!(close.verdict, Verdict::Undecided);
    assert_eq!(
        close.reason,
        "about 30 runs would decide, if mean and spread stay"
    );
}

#[test]
fn a_metric_without_a_value_fails_its_gate() {
    let gate = gate(&format!("{LOSING}value = 1"));
    let lacking = judged(&gate, &[0.1, f64::NAN, 0.2]);
    assert_eq!(
        (lacking.verdict, lacking.reason.as_str()),
        (Verdict::Fail, "no value in 1 of 3 runs")
    );
    assert_eq!(judged(&gate, &[]).verdict, Verdict::Fail);
}

#[test]
fn one_run_and_extremes_are_compared_as_observed() {
    let strict = gate("metric = \"providers.losing_share\"\nop = \"<\"\nvalue = 0.5");
    let weak = gate(&format!("{LOSING}value = 0.5"));
    assert_eq!(judged(&strict, &[0.5]).verdict, Verdict::Fail);
    let one = judged(&weak, &[0.5]);
    assert_eq!(
        (one.verdict, one.reason.as_str(), one.p_adjusted),
        (
            Verdict::Pass,
            "observed in one run; other seeds may differ",
            None
        )
    );
    let max = gate(&format!("{LOSING}stat = \"max\"\nvalue = 0.5"));
    assert_eq!(judged(&max, &[0.1, 0.5]).verdict, Verdict::Pass);
    assert_eq!(judged(&max, &[0.1, 0.6]).verdict, Verdict::Fail);
}

#[test]
fn runs_that_all_lie_on_the_bound_show_nothing() {
    let gate = gate(&format!("{LOSING}value = 0"));
    let ruling = judged(&gate, &[0.0; 30]);
    assert_eq!(ruling.verdict, Verdict::Undecided);
    assert!(ruling.reason.contains("exactly on the bound"));
}

#[test]
fn a_percentile_says_how_many_runs_it_needs() {
    let gate = gate(&format!("{LOSING}stat = \"p95\"\nvalue = 0.5"));
    let few = judged(&gate, &[0.1; 58]);
    assert_eq!(
        few.reason,
        "58 runs cannot show it: a pass needs at least 59"
    );
    assert_eq!(judged(&gate, &[0.1; 59]).verdict, Verdict::Pass);
}

#[test]
fn gates_read_together_are_corrected_together_and_point_checks_do_not_count() {
    let values = [-0.02, -0.01, 0.0, 0.01, 0.02]
        .map(|off| 0.295 + off)
        .repeat(6);
    let mean = gate(&format!("{LOSING}value = \"30 %\""));
    let max = gate(&format!("{LOSING}stat = \"max\"\nvalue = 1"));
    let rulings = |gates: &[Gate]| rule(gates, &|_| values.clone(), 0.95);
    let p = |gates: &[Gate]| rulings(gates)[0].p_adjusted.unwrap();
    let alone = p(std::slice::from_ref(&mean));
    assert!(alone < 0.05 && alone > 0.02, "{alone}");
    assert_eq!(p(&[mean.clone(), max.clone()]), alone);
    let three = [mean.clone(), mean.clone(), mean];
    assert!((p(&three) - 3.0 * alone).abs() < 1e-12);
    assert_eq!(rulings(&three)[0].verdict, Verdict::Undecided);
}

#[test]
fn a_margin_is_read_on_differences_seed_by_seed_in_the_better_direction() {
    let relative =
        gate("metric = \"providers.return_median\"\nbaseline = \"old\"\nmargin = \"2 %\"");
    let scaled = gate(
        "metric = \"providers.losing_share\"\nbaseline = \"old\"\nmargin = \"10 %\"\nmargin_relative = true",
    );
    let baseline = vec![0.1, 0.5, 0.3, 0.9];
    let judge = |gate: &Gate, change: f64| {
        let wobble = [0.001, -0.001, 0.0005, 0.0];
        let values = baseline
            .iter()
            .zip(wobble)
            .map(|(value, off)| value + change + off);
        let reading = Reading {
            gate,
            point: None,
            values: values.collect(),
            baseline: baseline.clone(),
        };
        rule_readings(&[reading], 0.95).remove(0)
    };
    let worse = judge(&relative, -0.01);
    assert_eq!(
        (worse.verdict, worse.bound().as_str()),
        (Verdict::Pass, ">= -2 %")
    );
    assert_eq!(judge(&relative, -0.03).verdict, Verdict::Fail);
    // Ten per cent of the baseline's mean, 0.45.
    let scaled_bound = judge(&scaled, 0.0).bound;
    assert!((scaled_bound - 0.045).abs() < 1e-12);
    assert_eq!(judge(&scaled, 0.04).verdict, Verdict::Pass);
    assert_eq!(judge(&scaled, 0.05).verdict, Verdict::Fail);
    let alone = judged(&relative, &[0.1, 0.2]);
    assert_eq!(alone.reason, "the baseline has 0 of these 2 seeds");
}

/// A pass, a fail and an undecided gate at a point with a name that has to be escaped.
fn verdicts(allows_undecided: bool) -> Verdicts {
    let gates = ["0.9", "0.1", "0.301"]
        .map(|value| gate(&format!("{LOSING}value = {value}\nwhy = \"a < b & c | d\"")));
    let reading = |gate| Reading {
        gate,
        point: Some(0),
        values: vec![0.29, 0.3, 0.31, 0.305, 0.295],
        baseline: Vec::new(),
    };
    let readings: Vec<_> = gates.iter().map(reading).collect();
    Verdicts {
        name: "try".to_owned(),
        confidence: 0.95,
        points: vec!["x = \"1\"".to_owned()],
        rulings: rule_readings(&readings, 0.95),
        allows_undecided,
    }
}

#[test]
fn every_face_says_the_same() {
    let strict = verdicts(false);
    assert_eq!(strict.sum(), "1 passes, 1 fails, 1 is undecided");
    assert!(!strict.is_green());
    let json: serde_json::Value = serde_json::from_str(&strict.to_json()).unwrap();
    let told: Vec<_> = json["gates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["verdict"].clone())
        .collect();
    assert_eq!(told, ["pass", "fail", "undecided"]);
    assert_eq!(
        (&json["is_green"], &json["schema"]),
        (&false.into(), &1.into())
    );

    let markdown = strict.to_markdown();
    let row = markdown.lines().find(|line| line.contains("FAIL")).unwrap();
    assert_eq!(
        row,
        "| **FAIL** | mean of providers.losing\\_share | x = \"1\" | 0.3 | 0.2925 to 0.3075 | &lt;= 0.1 | p &lt; 0.0001, corrected for 3 tests, weighed for few runs | a &lt; b &amp; c \\| d |"
    );
    assert_eq!(strict.header()[4], "90 % interval");
    assert!(
        strict
            .rows()
            .iter()
            .all(|row| row.len() == strict.header().len())
    );
}

#[test]
fn junit_tells_failures_from_what_is_let_through() {
    let counts = |verdicts: &Verdicts| {
        let xml = verdicts.to_junit();
        let document = roxmltree::Document::parse(&xml).unwrap();
        let suite = document
            .descendants()
            .find(|node| node.has_tag_name("testsuite"))
            .unwrap();
        let cases = suite
            .children()
            .filter(|node| node.has_tag_name("testcase"))
            .count();
        let kinds: Vec<_> = suite
            .descendants()
            .filter(|node| node.has_tag_name("failure") || node.has_tag_name("skipped"))
            .map(|node| {
                (
                    node.tag_name().name().to_owned(),
                    node.attribute("type").unwrap_or("").to_owned(),
                )
            })
            .collect();
        let attribute = |name: &str| suite.attribute(name).unwrap().to_owned();
        (cases, attribute("failures"), attribute("skipped"), kinds)
    };
    let pair = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    let strict = counts(&verdicts(false));
    assert_eq!(
        strict,
        (
            3,
            "2".into(),
            "0".into(),
            vec![pair("failure", "failed"), pair("failure", "undecided")]
        )
    );
    let lenient = counts(&verdicts(true));
    assert_eq!(
        lenient,
        (
            3,
            "1".into(),
            "1".into(),
            vec![pair("failure", "failed"), pair("skipped", "")]
        )
    );
}
