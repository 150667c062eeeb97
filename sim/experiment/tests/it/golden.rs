//! The committed digest of the minimal scenario: what every machine and every build profile must give.
//!
//! A change of the model renews it: `UPDATE=1 cargo test -p stakesim-experiment golden`.

use std::fs;
use std::path::Path;

use crate::stage::{Told, minimal, told};

#[test]
fn the_minimal_scenario_has_its_golden_digest() {
    let (ending, _) = told(&minimal(&[]), Told::default());
    let found = format!(
        "digest {:016x}\nstate {:016x}\nevents {}\n",
        ending.digest, ending.state_digest, ending.events
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/minimal.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &found).unwrap();
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        found, golden,
        "renew it with UPDATE=1 where the model was meant to change; say why in the commit"
    );
}
