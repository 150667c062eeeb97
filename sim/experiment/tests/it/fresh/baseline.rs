//! `scenarios/baseline.toml`: every key with its meaning, range and source.

use std::fmt::Write;

use stakesim_experiment::parameters::Parameter;
use stakesim_experiment::scenario::effective::{by_table, key, literal};

use super::assert_fresh;

const HEAD: &str = "\
# The baseline: one year of a network of 5,000 GPU providers. Every key that a scenario can set stands here.
#
# Generated from the parameter registry (sim/experiment/src/parameters) by `cargo xtask generate`; do not edit it by hand.
# A scenario of your own holds only its changes: begin it with schema = 1, a name, and extends = \"baseline\".
# Behind each meaning: legal range, source of the default, and whether the value may change while a run goes on.
# Coin amounts are in whole coins; supply, emission, delegators and demand are those of `fleet.providers_reference`.

schema = 1
name = \"baseline\"
# Seed of all random draws. Two scenarios under one seed differ only by their changes.
seed = 1
";

#[test]
fn the_baseline_lists_every_parameter() {
    let mut text = HEAD.to_owned();
    for (table, members) in by_table() {
        if !table.is_empty() {
            let _ = write!(text, "\n[{table}]\n");
        }
        for parameter in members {
            let _ = writeln!(text, "# {}", comment(parameter));
            let _ = writeln!(
                text,
                "{} = {}",
                key(parameter.path),
                literal(parameter, parameter.default)
            );
        }
    }
    assert_fresh("baseline.toml", &text);
}

fn comment(parameter: &Parameter) -> String {
    let mut notes = Vec::new();
    notes.extend(parameter.legal());
    notes.push(format!("source: {}", parameter.source));
    if parameter.is_live {
        notes.push("live".to_owned());
    }
    format!("{} ({})", parameter.meaning, notes.join("; "))
}
