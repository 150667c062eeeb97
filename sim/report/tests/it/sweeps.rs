//! Made-up sweeps are rendered and what their reviews say is read back.

use std::collections::BTreeMap;

use experiment::gates::Op;
use experiment::scenario::Overrides;
use experiment::statistics::Stat;
use experiment::sweep::{Design, Outcome, Plan, judge};

use crate::files::{all, check_svg, svgs};
use crate::sweep_sample::{
    for_sensitivity, gate, gated, grid, normalised, outcome, runs_for, sampled,
};

const GAIN: (&str, &[&str]) = ("protocol.price.gain", &["1 %", "2 %", "5 %", "10 %"]);
const BOND: (&str, &[&str]) = ("protocol.bond.unbonding", &["7 d", "14 d", "30 d"]);
const POLICY: (&str, &[&str]) = ("scheduler.policy", &["fifo", "backfill"]);

/// All files of a sweep's review by their path in it.
fn render(outcome: &Outcome) -> BTreeMap<String, String> {
    let dir = tempfile::tempdir().unwrap();
    let rulings = judge(outcome).unwrap();
    stakesim_report::render_sweep(outcome, &rulings, dir.path()).unwrap();
    all(dir.path())
}

#[test]
fn a_grid_of_two_factors_has_curves_maps_and_effects_of_each_gated_metric() {
    let files = render(&gated(grid(&[GAIN, BOND], 8)));
    for chart in ["response", "heat", "effects"] {
        for metric in ["providers-return_median", "providers-exited_share"] {
            assert!(
                files.contains_key(&format!("plots/{chart}-{metric}.svg")),
                "{chart} of {metric}"
            );
        }
    }
    assert!(
        !files.keys().any(|name| name.contains("wait_mean")),
        "no gate names it"
    );
    for (name, svg) in svgs(&files) {
        roxmltree::Document::parse(svg).unwrap();
        assert!(
            svg.contains("made-up · base baseline · seeds 1 to 8 · stakesim "),
            "{name}"
        );
        assert!(!svg.contains("NaN"), "{name}");
    }
}

#[test]
fn the_words_of_the_verdicts_stand_on_top_of_page_and_summary() {
    let files = render(&gated(grid(&[GAIN, BOND], 30)));
    for (name, next) in [
        ("index.html", "Read with care</h2>"),
        ("summary.md", "## Read with care"),
    ] {
        let text = &files[name];
        let verdict = &text[..text.find(next).unwrap()];
        for word in [
            "PASS",
            "FAIL",
            "UNDECIDED",
            "FAIL: of 24 gate readings",
            "a fleet that bleeds",
        ] {
            assert!(verdict.contains(word), "{name}: {word}");
        }
    }
    let map = &files["plots/heat-providers-exited_share.svg"];
    assert!(
        map.contains("× ") && map.contains("? "),
        "fails and open cells are marked by a sign and not only by colour"
    );
}

#[test]
fn a_changed_value_changes_the_chart_and_nothing_else_does() {
    let sweep = gated(grid(&[GAIN, BOND], 8));
    let files = render(&sweep);
    assert_eq!(files, render(&sweep.clone()));
    let mut other = sweep;
    other.runs[3].values[1] += 0.2;
    let changed = render(&other);
    for chart in ["response", "heat", "effects"] {
        let name = |metric| format!("plots/{chart}-providers-{metric}.svg");
        assert_ne!(
            files[&name("exited_share")],
            changed[&name("exited_share")],
            "{chart}"
        );
        assert_eq!(
            files[&name("return_median")],
            changed[&name("return_median")],
            "{chart}"
        );
    }
}

#[test]
fn a_metric_without_a_value_says_so_and_draws_no_number() {
    let mut sweep = gated(grid(&[GAIN, BOND], 3));
    for run in sweep.runs.iter_mut().filter(|run| run.point == 2) {
        run.values[1] = f64::NAN;
    }
    let files = render(&sweep);
    assert!(files["plots/heat-providers-exited_share.svg"].contains("no value"));
    assert!(
        files["index.html"].contains("providers.exited_share has no value in 3 runs at 1 points")
    );
    for run in &mut sweep.runs {
        run.values = vec![f64::NAN; 3];
    }
    let files = render(&sweep);
    for (name, text) in &files {
        let shown = text.split("<script>").next().unwrap_or_default();
        assert!(
            !shown.contains("NaN") && !shown.contains(">inf") && !shown.contains("± inf"),
            "{name}"
        );
    }
    assert!(files["plots/response-providers-exited_share.svg"].contains("no value"));
    assert!(files["summary.md"].contains("no value"));
}

#[test]
fn neither_paths_of_the_machine_nor_raw_markup_are_printed() {
    let files = render(&gated(grid(&[GAIN], 3)));
    for (name, text) in &files {
        assert!(
            !text.contains("nowhere/at/all") && !text.contains("<made up>"),
            "{name}"
        );
    }
    assert!(files["index.html"].contains("&lt;made up&gt;"));
    for text in [&files["index.html"], &files["summary.md"]] {
        assert!(text.contains("stakesim sweep") && text.contains("0123456789abcdef"));
    }
}

#[test]
fn sweeps_of_any_shape_are_drawn() {
    let setting = |path: &str, value: &str| (path.to_owned(), value.to_owned());
    let zip = |design| {
        let points = [("1 %", "7 d"), ("2 %", "14 d"), ("1000 %", "30 d")];
        let both = |(gain, bond): (&str, &str)| vec![setting(GAIN.0, gain), setting(BOND.0, bond)];
        outcome(design, vec![GAIN.0, BOND.0], points.map(both).to_vec(), 4)
    };
    let list = vec![
        vec![setting(GAIN.0, "1 %"), setting(BOND.0, "7 d")],
        vec![setting(GAIN.0, "1 %"), setting(BOND.0, "9 d")],
        vec![setting(GAIN.0, "2 %"), setting(BOND.0, "9 d")],
    ];
    let shapes = [
        ("one point", outcome(Design::List, vec![], vec![vec![]], 5)),
        ("one run", outcome(Design::List, vec![], vec![vec![]], 1)),
        ("one replication", grid(&[GAIN, BOND], 1)),
        ("one factor", grid(&[GAIN], 3)),
        ("one value", grid(&[("fleet.providers", &["500"])], 3)),
        ("names", grid(&[POLICY], 3)),
        ("three factors", grid(&[GAIN, BOND, POLICY], 3)),
        ("zip", zip(Design::Zip)),
        ("list", outcome(Design::List, vec![GAIN.0, BOND.0], list, 3)),
        ("sampled", sampled(16, 3)),
        ("no run", grid(&[GAIN], 0)),
    ];
    for (name, shape) in shapes {
        for sweep in [shape.clone(), gated(shape)] {
            let files = render(&sweep);
            assert!(svgs(&files).count() >= 2, "{name}");
            let says_none = files["summary.md"].contains("No gate was read");
            assert_eq!(says_none, sweep.plan.gates.is_empty(), "{name}");
        }
    }
}

#[test]
fn a_point_check_is_never_called_an_interval() {
    let mut sweep = grid(&[GAIN], 4);
    sweep.plan.gates = vec![gate("providers.exited_share", Stat::Max, Op::AtMost, 0.5)];
    let page = &render(&sweep)["index.html"];
    assert!(page.contains("observed only") && page.contains("point checks (marked"));
    assert!(page.contains("quantiles of the observed runs, not confidence intervals"));
}

#[test]
fn a_skewed_metric_with_too_few_runs_is_warned_of() {
    let mut sweep = gated(grid(&[GAIN], 12));
    for run in &mut sweep.runs {
        run.values[1] = if run.replication == 5 { 1.0 } else { 0.001 };
    }
    let page = &render(&sweep)["index.html"];
    assert!(
        page.contains("providers.exited_share is skewed over runs at 4 of 4 points"),
        "skew"
    );
    // The skewness of one outlier among n equal values is the root of n; 25 times its square is asked for.
    let method = page.split("id=\"method\"").nth(1).unwrap();
    assert!(
        method.contains("providers.exited_share (n = 12, about 300 asked for; at 4 of 4 points)"),
        "{method}"
    );
    assert!(!page.contains("providers.return_median is skewed"));
}

#[test]
fn a_bound_is_drawn_where_it_lies() {
    let sweep = gated(grid(&[GAIN], 8));
    let chart = &render(&sweep)["plots/response-providers-exited_share.svg"];
    assert!(chart.contains("bound: mean &lt;= 5 %"));
}

#[test]
fn a_bound_far_off_does_not_flatten_the_curve_and_is_named() {
    let mut sweep = grid(&[GAIN], 8);
    sweep.plan.gates = vec![gate("providers.exited_share", Stat::Mean, Op::AtMost, 0.8)];
    let chart = &render(&sweep)["plots/response-providers-exited_share.svg"];
    assert!(chart.contains("bound further up: mean &lt;= 80 %"));
}

#[test]
fn many_points_stay_a_comment_and_a_page() {
    let values: Vec<String> = (1..=25).map(|at| at.to_string()).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let files = render(&gated(grid(
        &[("fleet.providers", &values), ("run.days", &values)],
        4,
    )));
    assert!(
        files["summary.md"].len() < 65_536,
        "{} bytes",
        files["summary.md"].len()
    );
    assert!(
        files["index.html"].len() < 2_000_000,
        "{} bytes",
        files["index.html"].len()
    );
    assert!(files["summary.md"].contains("more points are in the review"));
}

#[test]
fn a_sampled_design_is_scattered_over_every_factor_with_signs_for_what_does_not_pass() {
    let files = render(&gated(sampled(24, 30)));
    let chart = &files["plots/response-providers-exited_share.svg"];
    for word in [
        "protocol.price.gain",
        "protocol.bond.unbonding",
        "× fails",
        "passes",
    ] {
        assert!(chart.contains(word), "{word}");
    }
    assert!(files.contains_key("plots/effects-providers-exited_share.svg"));
    assert!(!files.contains_key("plots/heat-providers-exited_share.svg"));
}

#[test]
fn the_sweeps_to_start_from_are_drawn_with_numbers_along_every_axis() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/sweeps");
    for (name, chart) in [
        (
            "slashing",
            "plots/heat-verification-lazy_detected_share.svg",
        ),
        (
            "scaling",
            "plots/response-controllers-clamped_share_max.svg",
        ),
    ] {
        let plan = Plan::load(&folder.join(format!("{name}.toml")), &Overrides::default()).unwrap();
        let files = render(&runs_for(plan));
        assert!(files.contains_key(chart), "{name}: {:?}", files.keys());
        let is_logarithmic = files[chart].contains("protocol.price.gain, % (logarithmic)");
        assert_eq!(is_logarithmic, name == "scaling");
    }
}

#[test]
fn a_design_for_sensitivity_shows_its_indices_with_intervals_on_page_summary_and_chart() {
    let designs = [
        (
            "design = \"morris\"\ntrajectories = 5",
            ["mu*", "sigma"],
            "15 points, means over 3 seeds",
        ),
        (
            "design = \"saltelli\"\nsamples = 16",
            ["total", "first order"],
            "64 points, means over 3 seeds",
        ),
    ];
    for (design, words, behind) in designs {
        let mut sweep = for_sensitivity(design, 3);
        sweep.runs.iter_mut().for_each(|run| run.values[2] = 4.0);
        let files = render(&sweep);
        let chart = &files["plots/sensitivity-providers-return_median.svg"];
        check_svg(design, chart);
        let (summary, page) = (&files["summary.md"], &files["index.html"]);
        assert!(chart.contains("95 % bootstrap intervals") && chart.contains(behind));
        for word in words {
            assert!(
                chart.contains(word) && page.contains(&format!("{word}</button>")),
                "{word}"
            );
            assert!(summary.contains(&word.replace('*', "\\*")), "{word}");
        }
        assert!(page.contains("no factor moves them or they have no value: jobs.wait_mean_h."));
        assert!(!files.contains_key("plots/sensitivity-jobs-wait_mean_h.svg"));
        // The made-up median return leans ten times as much on the gain as all else.
        let section = summary.split("## Sensitivity").nth(1).unwrap();
        let row = |path: &str| {
            section
                .find(&format!("return\\_median, a year | {path}"))
                .unwrap()
        };
        assert!(
            row("protocol.price.gain") < row("verification.challenge\\_rate"),
            "{design}"
        );
        assert!(page.find("id=\"sensitivity\"").unwrap() < page.find("id=\"charts\"").unwrap());
        assert!(
            !files.keys().any(|name| name.contains("effects-")),
            "{design}"
        );
    }
    assert!(!render(&grid(&[GAIN], 3))["index.html"].contains("id=\"sensitivity\""));
}

#[test]
fn the_ends_of_an_effect_are_compared_seed_by_seed() {
    let mut sweep = gated(grid(&[GAIN, BOND], 5));
    for run in &mut sweep.runs {
        // Seeds differ by far more than points do, but by the same at every point.
        let gain = [1.0, 2.0, 5.0, 10.0][run.point as usize / 3];
        run.values[1] = 0.2 * f64::from(run.replication) + 0.01 * gain;
    }
    let files = render(&sweep);
    let row = "| providers.exited\\_share | protocol.price.gain | 1 % to 10 % | 41 % | 50 % | 9 % | 9 % to 9 % | 5 |";
    assert!(files["summary.md"].contains(row), "{}", files["summary.md"]);
    let chart = &files["plots/effects-providers-exited_share.svg"];
    assert!(
        chart.contains(
            "95 % intervals of paired differences to the mean of all points, n = 5 seeds"
        )
    );
    let single = render(&gated(grid(&[GAIN, BOND], 1)));
    assert!(
        single["plots/effects-providers-exited_share.svg"].contains("Single seeds: no intervals")
    );
}

#[test]
fn every_factor_of_a_grid_has_its_response() {
    let files = render(&gated(grid(&[GAIN, POLICY, BOND], 4)));
    let chart = &files["plots/response-providers-exited_share.svg"];
    check_svg("response", chart);
    for (path, _) in [GAIN, POLICY, BOND] {
        assert!(chart.contains(path), "{path}");
    }
    assert!(chart.contains("averaged over all other factors"));
}

#[test]
fn points_made_equal_twice_stand_side_by_side_with_the_pairs_that_change_places() {
    let files = render(&normalised(8));
    let (summary, page) = (&files["summary.md"], &files["index.html"]);
    for name in [
        "side-by-side-emission",
        "side-by-side-concentration",
        "side-by-side-sustainability",
    ] {
        check_svg(name, &files[&format!("plots/{name}.svg")]);
        assert!(
            files[&format!("plots/{name}.svg")].contains("equal emission"),
            "{name}"
        );
    }
    assert!(
        !files.contains_key("plots/side-by-side-corruption.svg"),
        "nothing of it was kept"
    );
    assert!(!files.keys().any(|name| name.contains("response")));
    let row = |words: &[&str]| {
        let mut rows = summary
            .lines()
            .filter(|line| words.iter().all(|word| line.contains(word)));
        rows.next()
            .unwrap_or_else(|| panic!("{words:?} in {summary}"))
            .to_owned()
    };
    // At equal market value the first is the cheapest, at equal emission the last.
    let reversed = row(&["emission.usd\\_per\\_gpu\\_h", "| steady | halving |"]);
    assert!(reversed.ends_with("| both |"), "{reversed}");
    let noisy = row(&["gini.rewards", "| steady | burning |"]);
    assert!(noisy.ends_with("| neither |"), "{noisy}");
    let standing = row(&["| emission.usd\\_per\\_gpu\\_h", "| steady | 0.100 "]);
    assert!(standing.ends_with("| 3 | burning, halving |"), "{standing}");
    assert!(row(&["| steady |", "1.00 M"]).ends_with("| 8 of 8 |"));
    assert!(row(&["| steady | 1 → 3 |"]).ends_with(" |"));
    let unequal = row(&["| halving (equal emission in 0 of 8 runs) |"]);
    assert!(unequal.contains("| 3 → "), "{unequal}");
    assert!(
        page.contains("<details><summary>"),
        "pairs within noise are folded away"
    );
    assert!(
        summary
            .contains("halving does not mint what was asked for at equal emission in 8 of 8 runs")
    );
    assert!(row(&["treasury.runway", "| halving | no value"]).contains("| – |"));
    assert!(page.find("id=\"beside\"").unwrap() < page.find("id=\"points\"").unwrap());
    assert!(page.contains("halving (equal market value)") || page.contains("market_value"));
    for (name, text) in &files {
        let shown = text.split("<script>").next().unwrap_or_default();
        assert!(!shown.contains("NaN") && !shown.contains(">inf"), "{name}");
    }
    assert!(!render(&grid(&[GAIN], 3))["index.html"].contains("id=\"beside\""));
}

#[test]
fn named_points_are_called_by_their_names_and_one_seed_leaves_no_interval() {
    let mut sweep = normalised(1);
    sweep.plan.normalise = None;
    let files = render(&sweep);
    assert!(files["plots/response-emission-usd.svg"].contains("point, see the table of points"));
    assert!(files["summary.md"].contains("| parameter | steady | burning | halving |"));
    assert!(files["summary.md"].contains("| protocol.price.gain | 1 % | 2 % | 2 % |"));
    let files = render(&normalised(1));
    let reversed = "| steady | halving |";
    assert!(files["summary.md"].contains(reversed));
    assert!(files["summary.md"].contains("| neither |"));
}
