//! Probing parameters: what is connected, what is not, and what cannot act is told apart.

use std::path::Path;

use stakesim_experiment::deep::{Direction, Options, Report, Verdict, Watch, probe};
use stakesim_experiment::scenario::Overrides;

struct Patient;

impl Watch for Patient {
    fn begin(&self, _parameters: usize) {}
    fn finished(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

fn probed(only: &str, set: &[&str]) -> Report {
    let options = Options {
        seeds: 2,
        is_full: false,
        confidence: 0.95,
        only,
    };
    let overrides = Overrides {
        set: set.iter().map(|&text| text.to_owned()).collect(),
        seed: None,
    };
    probe(Path::new("minimal"), &overrides, options, &Patient).unwrap()
}

/// A network in which little happens, for ten days.
const SMALL: &[&str] = &["fleet.providers=30", "horizon=10 d"];

#[test]
fn a_connected_parameter_shows_the_declared_metric_with_an_interval_that_leaves_zero_out() {
    let report = probed("protocol.emission.per_", SMALL);
    assert_eq!((report.findings.len(), report.failures()), (2, 0));
    for finding in &report.findings {
        let Verdict::Connected(moved) = &finding.result else {
            panic!("{finding:?}");
        };
        assert_eq!(moved.metric, "emission.minted");
        let interval = moved.interval.unwrap();
        let is_above = interval.low > 0.0;
        assert!(is_above || interval.high < 0.0, "{moved:?}");
        assert_eq!(moved.is_to_rise, Some(is_above));
        assert!(moved.confidence > 0.95, "looks and changes share the error");
    }
}

/// How many rules of groups of the slashing matrix there are below a path, each of which has to act.
fn acting_rules(below: &str) -> usize {
    let rules = [".regime", ".tombstone_at", ".correlated", ".recovery"];
    let report = probed(below, &["fleet.providers=40", "horizon=30 d"]);
    let of_groups = |path: &str| rules.iter().any(|rule| path.ends_with(rule));
    let found = report.findings.iter().filter(|found| of_groups(found.path));
    let act = |finding: &&stakesim_experiment::deep::Finding| {
        assert!(finding.is_switched_on, "{finding:?}");
        let is_connected = matches!(finding.result, Verdict::Connected(_));
        assert!(is_connected, "{finding:?}");
        true
    };
    found.filter(act).count()
}

#[test]
fn each_rule_of_a_group_of_the_slashing_matrix_acts() {
    assert_eq!(acting_rules("protocol.matrix.light."), 4);
}

#[test]
fn what_bonds_are_held_in_whose_stake_pays_first_and_how_correlation_grows_act() {
    for path in [
        "protocol.bond.asset",
        "protocol.ladder.slash_order",
        "protocol.correlation.rule",
    ] {
        let report = probed(path, &["fleet.providers=40"]);
        let finding = &report.findings[0];
        let is_connected = matches!(finding.result, Verdict::Connected(_));
        assert!(is_connected && finding.is_switched_on, "{finding:?}");
    }
}

#[test]
#[ignore = "slow: some hundred runs"]
fn slow_each_rule_of_each_group_of_the_slashing_matrix_acts() {
    let all = 4 * protocol::MatrixGroup::COUNT;
    assert_eq!(acting_rules("protocol.matrix."), all);
}

#[test]
fn a_mechanism_is_switched_on_for_its_parameters_on_both_sides() {
    let report = probed("behaviour.self_dealing_idle", &["horizon=40 d"]);
    let finding = &report.findings[0];
    assert!(
        finding
            .set
            .contains(&"behaviour.self_dealing=30 %".to_owned())
    );
    let Verdict::Connected(moved) = &finding.result else {
        panic!("{finding:?}");
    };
    assert_eq!(
        (moved.metric, moved.declared),
        ("self_dealing.return", Direction::Down)
    );
}

#[test]
fn a_reason_counts_for_a_parameter_that_acts_for_a_file_and_for_one_that_concerns_nobody() {
    for only in [
        "delegation.delegators",
        "data.gpus_file",
        "protocol.bond.commission_step_max",
    ] {
        let report = probed(only, SMALL);
        let result = &report.findings[0].result;
        assert!(matches!(result, Verdict::Explained { .. }), "{result:?}");
        assert_eq!(report.failures(), 0);
    }
}

#[test]
fn a_parameter_disconnected_on_purpose_is_caught() {
    // A provider that never fails and never misses a job has no violation, and ten days are too short to come to one.
    let quiet = [SMALL, crate::stage::QUIET, crate::stage::UNFAILING].concat();
    let report = probed("protocol.ladder.severe_slash", &quiet);
    assert_eq!(report.findings[0].result, Verdict::Dead, "{report:?}");
    // Shares without customers: rows tell of no fee, and the metric that is declared cannot move.
    let unpaid = [
        SMALL,
        &[
            "jobs.trace_scale=0",
            "jobs.load.consumer=0 %",
            "jobs.load.datacentre=0 %",
        ],
    ]
    .concat();
    let report = probed("protocol.fees.burn", &unpaid);
    assert!(report.findings[0].result.is_failure(), "{report:?}");
    assert_eq!(report.failures(), 1);
}

#[test]
fn what_is_held_back_of_pay_acts() {
    let report = probed("protocol.vesting.", &["fleet.providers=30", "horizon=45 d"]);
    assert_eq!(report.findings.len(), 9);
    for finding in &report.findings {
        assert!(finding.is_switched_on, "{finding:?}");
        let is_connected = matches!(finding.result, Verdict::Connected(_));
        assert!(is_connected, "{finding:?}");
    }
}

#[test]
fn a_share_of_fees_for_delegators_acts() {
    let report = probed(
        "protocol.fees.sharing",
        &["fleet.providers=30", "horizon=30 d"],
    );
    assert_eq!(report.findings.len(), 1);
    let is_connected = matches!(report.findings[0].result, Verdict::Connected(_));
    assert!(is_connected, "{report:?}");
}
