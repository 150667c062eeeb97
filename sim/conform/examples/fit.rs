//! Fits the cost model's constants to the measured rows, writes them, and prints how near they come.
//!
//! `cargo run -p stakesim-conform --example fit`

use std::error::Error;
use std::fs;
use std::path::Path;

use stakesim_conform::measured::{evaluate, fit, fit_table, leave_one_size_out, read, table};

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/data");
    let text = fs::read_to_string(data.join("training_validation.csv"))?;
    let rows = read(&text).map_err(|faults| faults[0].to_string())?;
    let fitted = fit(&rows)?;
    let (constants, fitted_rows) = fitted.calibrations.to_csv();
    for (name, text) in [
        ("calibration.csv", constants),
        ("calibration_rows.csv", fitted_rows),
    ] {
        let beside = data.join(format!("{name}.new"));
        fs::write(&beside, text)?;
        fs::rename(beside, data.join(name))?;
    }
    print!("{}", fit_table(&fitted, &leave_one_size_out(&rows)?));
    let report = evaluate(&text, &fitted.calibrations).map_err(|faults| faults[0].to_string())?;
    print!("{}", table(&report));
    Ok(())
}
