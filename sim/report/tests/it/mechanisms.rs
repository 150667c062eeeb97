//! Charts of mechanisms that a scenario may leave off: drawn of a real run where they are on, and not where they are off.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use experiment::recording::record;
use experiment::run::Audit;
use experiment::scenario::{Overrides, Scenario, Start};

use crate::files;

/// The review of a short run of a scenario on a small fleet.
fn review(name: &str) -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../scenarios")
        .join(name);
    let set = ["fleet.providers=60", "horizon=60 d"];
    let overrides = Overrides {
        set: set.map(str::to_owned).to_vec(),
        seed: None,
    };
    let scenario = Scenario::load(Start::File(&file), &overrides).unwrap();
    let run = record(&scenario, Audit::End, None, &mut |_, _| {
        ControlFlow::Continue(())
    })
    .unwrap();
    files::render(&run)
}

/// The charts of optional mechanisms, and the scenario of each.
const CHARTS: [(&str, &str); 4] = [
    ("commitment", "commitment.toml"),
    ("users", "user_stake.toml"),
    ("unbonding", "churn_limit.toml"),
    ("insurance", "insurance.toml"),
];

#[test]
fn each_mechanism_has_its_chart_where_it_is_on_and_nowhere_else() {
    for (own, scenario) in CHARTS {
        let files = review(scenario);
        for (chart, _) in CHARTS {
            let name = format!("plots/{chart}.svg");
            assert_eq!(
                files.contains_key(&name),
                chart == own,
                "{chart} in {scenario}"
            );
        }
        let name = format!("plots/{own}.svg");
        files::check_svg(&name, &files[&name]);
    }
}

#[test]
fn where_bonds_are_dollars_the_charts_say_so() {
    let count = |scenario: &str| {
        let files = review(scenario);
        let charts = ["stake", "slashes", "treasury"];
        let all = charts.map(|chart| files[&format!("plots/{chart}.svg")].contains("dollars"));
        all.into_iter().filter(|says| *says).count()
    };
    assert_eq!(
        (count("stable_bond.toml"), count("churn_limit.toml")),
        (3, 0)
    );
}
