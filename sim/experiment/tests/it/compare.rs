//! Two results side by side, and where two runs of one seed part.

use std::path::Path;

use stakesim_experiment::compare::{Finding, Parting, Refused, compare, first_parting};
use stakesim_experiment::folder::MANIFEST;
use stakesim_experiment::recording::record;
use stakesim_experiment::run::Audit;
use stakesim_experiment::scenario::{Overrides, Scenario, Start};

fn scenario(set: &[&str]) -> Scenario {
    let set = set.iter().chain(&["horizon=35 d"]);
    let overrides = Overrides {
        set: set.map(|text| (*text).to_owned()).collect(),
        seed: None,
    };
    Scenario::load(Start::File(Path::new("minimal")), &overrides).unwrap()
}

/// A folder with the manifest of a run.
fn result(scenario: &Scenario) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut go_on = |_, _| std::ops::ControlFlow::Continue(());
    let result = record(scenario, Audit::End, None, &mut go_on).unwrap();
    let text = serde_json::to_string(&result.manifest).unwrap();
    std::fs::write(folder.path().join(MANIFEST), text).unwrap();
    folder
}

#[test]
fn two_runs_of_one_scenario_never_part_and_differ_in_nothing() {
    let [a, b] = [scenario(&[]), scenario(&[])];
    assert_eq!(first_parting(&a, &b), None);
    let (old, new) = (result(&a), result(&b));
    let comparison = compare(old.path(), new.path(), 0.95, true).unwrap();
    assert!(comparison.changed.is_empty() && comparison.parting.is_none());
    assert!(
        comparison
            .metrics
            .iter()
            .all(|row| row.finding == Finding::Same)
    );
}

#[test]
fn a_change_that_moves_events_parts_at_one_and_names_it() {
    let [a, b] = [scenario(&[]), scenario(&["jobs.restart=20 min"])];
    let Some(Parting::Event { number, old, new }) = first_parting(&a, &b) else {
        panic!("a slower restart is a later end");
    };
    assert!(number > 1 && old != new);
    let (old, new) = (result(&a), result(&b));
    let comparison = compare(old.path(), new.path(), 0.95, true).unwrap();
    let changed: Vec<_> = comparison
        .changed
        .iter()
        .map(|change| (&*change.path, &*change.new))
        .collect();
    assert_eq!(changed, [("jobs.restart", "20 min")]);
    assert!(
        comparison
            .metrics
            .iter()
            .any(|row| row.finding == Finding::Observed)
    );
}

#[test]
fn a_change_of_amounts_alone_parts_at_the_close_of_an_epoch() {
    let [a, b] = [
        scenario(&[]),
        scenario(&["protocol.fees.burn=6 %", "protocol.fees.platform=5 %"]),
    ];
    assert!(matches!(
        first_parting(&a, &b),
        Some(Parting::Epoch { epoch: 0, .. })
    ));
}

#[test]
fn results_with_nothing_in_common_and_damaged_ones_are_refused() {
    let a = scenario(&[]);
    let mut b = scenario(&[]);
    b.seed += 1;
    let (old, new) = (result(&a), result(&b));
    let refused = |new: &Path| match compare(old.path(), new, 0.95, false) {
        Err(Refused::Results(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused(new.path()).contains("no point and seed"));
    let manifest = new.path().join(MANIFEST);
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, &text[..text.len() / 2]).unwrap();
    assert!(refused(new.path()).contains("run.json"));
    let ours = format!("\"schema\":{}", stakesim_experiment::results::RESULT_SCHEMA);
    let other = text.replace(&ours, "\"schema\":99");
    std::fs::write(&manifest, other).unwrap();
    assert!(refused(new.path()).contains("schema 99"));
}
