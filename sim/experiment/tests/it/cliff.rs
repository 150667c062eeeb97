//! Cliffs on a network small enough for a test.

use std::fs;

use stakesim_experiment::gates::Verdict;
use stakesim_experiment::scenario::Overrides;
use stakesim_experiment::sweep::{
    Cliff, CliffError, FactorRange, Finding, Limits, Look, Plan, Stop,
};

use crate::watch::{After, FOREVER};

/// What is minted is in proportion to the scheduled emission, so that a cliff's place is known.
const EMISSION: &str = "[[factors]]\npath = \"protocol.emission.per_epoch\"\nlow = \"1000 token\"\nhigh = \"9000 token\"\nsteps = 2\n";

fn plan(factors: &str, gates: &str) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.toml");
    let head = "schema = 1\nname = \"test\"\nscenario = \"minimal\"\nseeds = [1, 2]\n";
    let set = "[set]\nhorizon = \"14 d\"\n\"protocol.emission.rule\" = \"fixed\"\n";
    fs::write(&file, format!("{head}{set}{factors}{gates}")).unwrap();
    Plan::load(&file, &Overrides::default()).unwrap()
}

/// A gate on the largest of all runs: observed, and so never undecided.
fn gate(op: &str, value: u32) -> String {
    format!(
        "[[gates]]\nmetric = \"emission.minted\"\nstat = \"max\"\nop = \"{op}\"\nvalue = {value}\nwhy = \"test\"\n"
    )
}

fn limits(steps: u32) -> Limits {
    Limits {
        tolerance: 0.01,
        steps,
    }
}

fn find(plan: &Plan, steps: u32) -> Cliff {
    let journals = tempfile::tempdir().unwrap();
    Cliff::find(plan, limits(steps), journals.path(), &After::runs(FOREVER)).unwrap()
}

/// Tokens of a look's value.
fn tokens(look: &Look) -> f64 {
    look.value.trim_end_matches(" token").parse().unwrap()
}

#[test]
fn a_cliff_is_bracketed_where_proportion_puts_it() {
    for (op, is_low_pass) in [("<=", true), (">", false)] {
        let cliff = find(&plan(EMISSION, &gate(op, 800)), 20);
        let Finding::Between {
            pass,
            fail,
            ref undecided,
            is_narrow,
        } = cliff.finding
        else {
            panic!("{:?}", cliff.finding);
        };
        let (pass, fail) = (tokens(&cliff.looks[pass]), tokens(&cliff.looks[fail]));
        assert_eq!(pass < fail, is_low_pass);
        let at_1000_token = cliff.looks[0].rulings[0].evidence.estimate;
        let flip = 1_000.0 * 800.0 / at_1000_token;
        assert!(2_000.0 < flip && flip < 8_000.0, "{flip}");
        assert!(
            pass.min(fail) <= flip && flip <= pass.max(fail),
            "{pass} {flip} {fail}"
        );
        assert!((pass - fail).abs() <= 80.0 && is_narrow && undecided.is_empty());
        assert_eq!((cliff.looks.len(), cliff.first_to_fail().count()), (9, 1));
        assert!(
            cliff
                .looks
                .windows(2)
                .all(|pair| tokens(&pair[0]) < tokens(&pair[1]))
        );
    }
}

#[test]
fn a_search_that_was_stopped_goes_on_and_repeats_nothing() {
    let plan = plan(EMISSION, &gate("<=", 800));
    let journals = tempfile::tempdir().unwrap();
    let go = |most| {
        let watch = After::runs(most);
        let found = Cliff::find(&plan, limits(20), journals.path(), &watch);
        (found, watch.finished_runs())
    };
    let (stopped, first) = go(7);
    assert!(matches!(stopped, Err(CliffError::Stop(Stop::Interrupted))));
    let (cliff, rest) = go(FOREVER);
    let whole = find(&plan, 20);
    let values = |cliff: &Cliff| -> Vec<String> {
        cliff.looks.iter().map(|look| look.value.clone()).collect()
    };
    let cliff = cliff.unwrap();
    assert_eq!(
        (&cliff.finding, values(&cliff)),
        (&whole.finding, values(&whole))
    );
    assert_eq!(first + rest, 2 * whole.looks.len());
}

#[test]
fn ends_that_agree_are_no_cliff() {
    for (op, verdict) in [("<=", Verdict::Pass), (">", Verdict::Fail)] {
        let cliff = find(&plan(EMISSION, &gate(op, 1_000_000)), 20);
        assert_eq!(
            (&cliff.finding, cliff.looks.len()),
            (&Finding::Same(verdict), 2)
        );
    }
}

#[test]
fn steps_that_run_out_leave_a_wider_bracket_and_say_so() {
    let cliff = find(&plan(EMISSION, &gate("<=", 800)), 4);
    assert_eq!(cliff.looks.len(), 4);
    assert!(
        matches!(
            cliff.finding,
            Finding::Between {
                is_narrow: false,
                ..
            }
        ),
        "{:?}",
        cliff.finding
    );
}

#[test]
fn whole_numbers_are_looked_at_once_each() {
    let providers = "[[factors]]\npath = \"fleet.providers\"\nlow = 40\nhigh = 43\nsteps = 2\n";
    let cliff = find(&plan(providers, &gate("<=", 1)), 20);
    assert_eq!(cliff.finding, Finding::Same(Verdict::Fail));
    let range = &cliff.range;
    assert_eq!(
        (&*range.low, &*range.high, &*range.value(1 << 19)),
        ("40", "43", "41")
    );
}

#[test]
fn a_scale_may_be_logarithmic() {
    let factors = EMISSION.replace("steps", "scale = \"log\"\nsteps");
    let range = find(&plan(&factors, &gate("<=", 1)), 20).range;
    assert!(range.is_log);
    assert_eq!(
        (
            &*range.value(0),
            &*range.value(1 << 19),
            &*range.value(1 << 20)
        ),
        ("1000 token", "3000 token", "9000 token")
    );
}

#[test]
fn files_that_are_for_something_else_are_refused() {
    let told = |factors: &str, gates: &str| match FactorRange::of(&plan(factors, gates)) {
        Err(CliffError::Plan(message)) => message,
        other => panic!("{other:?}"),
    };
    let listed = "[[factors]]\npath = \"behaviour.lazy\"\nvalues = [\"1 %\"]\n";
    let some = gate("<=", 1);
    assert!(told(EMISSION, "").starts_with("the file has no gate"));
    assert!(told(listed, &some).starts_with("the factor lists its values"));
    assert!(
        told(&format!("{listed}{EMISSION}"), &some)
            .starts_with("a cliff has one factor, and the file has 2")
    );
    let at_one = format!("{some}where = {{ \"behaviour.lazy\" = \"1 %\" }}\n");
    assert!(told(listed, &at_one).contains("read at some values only"));
}
