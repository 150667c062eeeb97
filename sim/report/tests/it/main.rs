//! A made-up run is rendered and its files are read back.

mod files;
mod mechanisms;
mod sample;
mod sweep_sample;
mod sweeps;

use std::collections::BTreeMap;

use experiment::gates::Op;
use experiment::results::RunResult;
use experiment::statistics::Stat;

use files::{render, svgs};

#[test]
fn equal_runs_give_equal_bytes_and_the_speed_of_the_machine_shows_nowhere() {
    let run = sample::run(120);
    let mut elsewhere = run.clone();
    elsewhere.manifest.wall_seconds = 99.0;
    elsewhere.manifest.events_per_second = 1.0;
    elsewhere.manifest.peak_memory_bytes = None;
    assert_eq!(render(&run), render(&elsewhere));
}

#[test]
fn a_year_gives_at_least_thirteen_charts_and_less_than_two_megabytes() {
    let files = render(&sample::run(365));
    assert!(svgs(&files).count() >= 13);
    let bytes: usize = files.values().map(String::len).sum();
    assert!(bytes < 2_000_000, "{bytes} bytes");
}

#[test]
fn every_chart_is_well_formed_named_and_inside_its_canvas() {
    for epochs in [1, 2, 30, 365] {
        for (name, svg) in svgs(&render(&sample::run(epochs))) {
            files::check_svg(name, svg);
            assert!(
                svg.contains("sample &lt;&amp;&gt; · seed 7 · stakesim 0.1.0"),
                "{name} lacks its caption"
            );
        }
    }
}

#[test]
fn a_run_without_rows_still_gives_a_review() {
    let mut run = sample::run(0);
    run.providers.clear();
    run.violations.clear();
    run.verdicts.clear();
    run.flows.clear();
    run.balances.clear();
    run.metrics.clear();
    run.manifest.scenario.clear();
    let files = render(&run);
    for (name, svg) in svgs(&files) {
        files::check_svg(name, svg);
    }
    assert!(files["index.html"].contains("nothing in this run"));
}

#[test]
fn one_changed_value_changes_its_chart_and_no_other() {
    type Change = fn(&mut RunResult);
    let changes: [(&[&str], Change); 17] = [
        (&["supply"], |run| run.epochs[60].supply_base_units /= 2),
        (&["token_price"], |run| {
            run.epochs[60].token_price_smoothed_usd = 0.1
        }),
        (&["flows"], |run| run.flows[8].amount_base_units /= 2),
        (&["returns"], |run| {
            run.providers
                .iter_mut()
                .for_each(|row| row.return_per_year = Some(0.5))
        }),
        (&["providers"], |run| run.epochs[60].exits = 40),
        // Utilisation is weighted with the GPUs that are up, so capacity moves the market's chart with it.
        (&["capacity", "gpu_market"], |run| {
            run.kinds[60].up_gpus = 9_000.0
        }),
        (&["reliability"], |run| run.epochs[60].goodput = 0.2),
        (&["jobs"], |run| run.epochs[60].jobs_waiting = 5_000),
        (&["gpu_market"], |run| run.kinds[60].price_multiplier = 0.5),
        (&["scaling"], |run| run.kinds[60].factor_scarcity = 0.5),
        (&["stake"], |run| run.epochs[60].staked_ratio = 0.1),
        (&["slashes"], |run| {
            run.epochs[60].slashed_honest_base_units *= 1_000
        }),
        (&["lorenz"], |run| run.providers[60].revenue_usd *= 1_000.0),
        (&["fees"], |run| run.epochs[60].fees_usd = 0.0),
        (&["treasury"], |run| run.epochs[60].insurance_base_units = 0),
        (&["conduct"], |run| run.standings[60].jailed = 40),
        (&["votes"], |run| run.proposals[2].turnout = 0.01),
    ];
    let before = render(&sample::run(120));
    for (charts, change) in changes {
        let mut run = sample::run(120);
        change(&mut run);
        let after = render(&run);
        let changed: Vec<&str> = svgs(&after)
            .filter(|(name, svg)| &before[*name] != *svg)
            .map(|(name, _)| name)
            .collect();
        let expected: Vec<String> = charts
            .iter()
            .map(|name| format!("plots/{name}.svg"))
            .collect();
        assert_eq!(changed, expected);
        assert_ne!(before["index.html"], after["index.html"]);
    }
}

#[test]
fn the_page_needs_no_network_and_holds_every_chart() {
    let files = render(&sample::run(60));
    let page = files["index.html"].replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for outside in [
        "http://", "https://", "//cdn", "src=", "url(", "@import", "<link",
    ] {
        assert!(!page.contains(outside), "the page holds {outside}");
    }
    for (name, svg) in svgs(&files) {
        assert!(
            files["index.html"].contains(svg),
            "{name} is not in the page"
        );
    }
}

#[test]
fn names_are_escaped_and_no_figure_is_a_nan() {
    for files in [render(&sample::run(60)), render(&sample::run(0))] {
        let page = &files["index.html"];
        assert!(page.contains("sample &lt;&amp;&gt;") && !page.contains("sample <&>"));
        let figures: BTreeMap<_, _> = files
            .iter()
            .filter(|(_, text)| text.contains(">NaN") || text.contains("inf<"))
            .collect();
        assert!(figures.is_empty(), "{:?}", figures.keys());
        assert!(!files["summary.md"].contains("NaN"));
    }
}

#[test]
fn the_summary_is_short_warns_first_and_says_how_to_repeat_the_run() {
    let mut run = sample::run(365);
    run.manifest.interrupted = true;
    let summary = &render(&run)["summary.md"];
    assert!(summary.lines().count() < 80);
    let place = |text: &str| {
        summary
            .find(text)
            .unwrap_or_else(|| panic!("the summary lacks {text}:\n{summary}"))
    };
    assert!(place("No verdict is given from one seed") < place("## Key indicators"));
    place("stopped after 365 epochs");
    place("reward: market (32.9 %)");
    place("--seed 7");
    place("--set 'verification.challenge_rate=40 %'");
}

#[test]
fn the_gates_of_a_run_come_first_on_page_and_summary_and_are_called_point_checks() {
    let losing = "providers.losing_share";
    let gates = [0.3, 0.2].map(|most| sweep_sample::gate(losing, Stat::Mean, Op::AtMost, most));
    let files = files::render_gated(&sample::run(60), &gates);
    for (name, next) in [
        ("index.html", "Read this first</h2>"),
        ("summary.md", "## Read this first"),
    ] {
        let (head, rest) = files[name].split_once(next).unwrap();
        for word in [
            "PASS",
            "FAIL",
            "1 passes, 1 fails",
            "Point checks",
            "a fleet that bleeds",
        ] {
            assert!(head.contains(word), "{name}: {word}");
        }
        assert!(rest.contains("Its gates are point checks"), "{name}");
    }
    let without = render(&sample::run(60));
    assert!(!without["index.html"].contains("PASS") && !without["summary.md"].contains("Gates"));
}

#[test]
fn a_preset_of_a_live_network_says_what_it_plays_and_leaves_out() {
    let mut run = sample::run(30);
    assert!(!render(&run)["index.html"].contains("id=\"network\""));
    run.manifest.name = "filecoin".to_owned();
    let files = render(&run);
    let (page, summary) = (&files["index.html"], &files["summary.md"]);
    assert!(page.find("id=\"tested\"").unwrap() < page.find("id=\"network\"").unwrap());
    for text in [page, summary] {
        assert!(text.contains("scenarios/networks/filecoin.toml"));
        assert!(text.contains("Left out, or otherwise here"));
        assert!(text.contains("filecoin-project/builtin-actors"));
    }
}

#[test]
fn a_controller_whose_range_is_one_value_is_off_and_never_at_its_end() {
    let mut run = sample::run(30);
    for row in &mut run.epochs {
        row.factor_product = 1.0;
    }
    let with = |floor: &str| {
        let mut run = run.clone();
        let scenario = run
            .manifest
            .scenario
            .replace("product_cap = \"1.25\"", "product_cap = \"1\"");
        run.manifest.scenario = scenario.replace(
            "product_floor = \"0.7\"",
            &format!("product_floor = \"{floor}\""),
        );
        render(&run)["summary.md"].contains("reward: product (")
    };
    assert!(with("0.7"));
    assert!(!with("1"));
}
