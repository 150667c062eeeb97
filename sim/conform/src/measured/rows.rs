//! A file of measured rows, checked for form.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::fault::{Fault, did_you_mean};

/// The columns, in this order.
const COLUMNS: [&str; 8] = [
    "id",
    "group",
    "metric",
    "inputs_json",
    "expected",
    "unit",
    "tolerance_rel",
    "source",
];

/// One published measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name, unique in the file.
    pub id: String,
    /// What it is judged with.
    pub group: String,
    /// What was measured.
    pub metric: String,
    /// What the measurement was made of.
    pub inputs: Map<String, Value>,
    /// The published value, in `unit`.
    pub expected: f64,
    /// Unit of the value.
    pub unit: String,
    /// How far off a prediction may be, as a share of the value.
    pub tolerance: f64,
    /// Where it was published.
    pub source: String,
}

/// Reads a file's text.
///
/// # Errors
/// All faults of form: missing columns, values out of range, inputs that are no JSON object, names twice.
pub fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(vec![Fault::new(1, "", "", error.to_string())]),
    };
    check_header(&header)?;
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let mut ids = BTreeSet::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let row = read_row(&record, line, &mut faults);
                if !row.id.is_empty() && !ids.insert(row.id.clone()) {
                    faults.push(Fault::new(line, "id", &row.id, "stands twice in the file"));
                }
                rows.push(row);
            }
            Err(error) => faults.push(Fault::new(
                error.position().map_or(0, csv::Position::line),
                "",
                "",
                error.to_string(),
            )),
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(Fault::new(0, "", "", "the file has no rows"));
    }
    if faults.is_empty() {
        Ok(rows)
    } else {
        Err(faults)
    }
}

fn check_header(header: &csv::StringRecord) -> Result<(), Vec<Fault>> {
    let found: Vec<&str> = header.iter().collect();
    if found == COLUMNS {
        return Ok(());
    }
    let mut faults: Vec<Fault> = found
        .iter()
        .filter(|name| !COLUMNS.contains(name))
        .map(|name| {
            let legal = format!("unknown column{}", did_you_mean(name, COLUMNS));
            Fault::new(1, "", name, legal)
        })
        .collect();
    faults.push(Fault::new(
        1,
        "",
        "",
        format!("the columns are {}, in this order", COLUMNS.join(", ")),
    ));
    Err(faults)
}

fn read_row(record: &csv::StringRecord, line: u64, faults: &mut Vec<Fault>) -> Row {
    if record.len() != COLUMNS.len() {
        let legal = format!("{} fields where {} belong", record.len(), COLUMNS.len());
        faults.push(Fault::new(line, "", "", legal));
    }
    let field = |at: usize| record.get(at).unwrap_or_default();
    for (at, column) in COLUMNS.iter().enumerate().take(3) {
        if field(at).is_empty() {
            faults.push(Fault::new(line, column, "", "may not be empty"));
        }
    }
    let mut number = |at: usize, legal: &str, is_legal: fn(f64) -> bool| {
        let value = field(at)
            .parse::<f64>()
            .ok()
            .filter(|value| is_legal(*value));
        value.unwrap_or_else(|| {
            faults.push(Fault::new(line, COLUMNS[at], field(at), legal));
            0.0
        })
    };
    let positive = |value: f64| value.is_finite() && value > 0.0;
    let expected = number(4, "a number above 0", positive);
    let tolerance = number(6, "a share from 0 to 1", |value| {
        (0.0..=1.0).contains(&value)
    });
    let inputs = match serde_json::from_str(field(3)) {
        Ok(inputs) => inputs,
        Err(error) => {
            let legal = format!("a JSON object of inputs: {error}");
            faults.push(Fault::new(line, "inputs_json", field(3), legal));
            Map::new()
        }
    };
    Row {
        id: field(0).to_owned(),
        group: field(1).to_owned(),
        metric: field(2).to_owned(),
        inputs,
        expected,
        unit: field(5).to_owned(),
        tolerance,
        source: field(7).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,group,metric,inputs_json,expected,unit,tolerance_rel,source\n";

    #[test]
    fn a_row_is_read_whole() {
        let text = format!("{HEADER}a,money,usd,\"{{\"\"usd_h\"\": 2}}\",4,USD,0.01,page\n");
        let rows = read(&text).unwrap();
        assert_eq!((rows[0].id.as_str(), rows[0].expected), ("a", 4.0));
        assert_eq!(rows[0].inputs["usd_h"], 2);
    }

    #[test]
    fn every_fault_of_a_file_is_told_with_its_place() {
        let text = format!("{HEADER}a,money,usd,[],-4,USD,7,page\na,,usd,{{}},1,USD,0.1,page\n");
        let faults: Vec<String> = read(&text)
            .unwrap_err()
            .iter()
            .map(Fault::to_string)
            .collect();
        assert_eq!(faults.len(), 5, "{faults:?}");
        assert_eq!(faults[0], "line 2: expected: `-4`: a number above 0");
        assert!(faults[3].contains("line 3: group: may not be empty"));
        assert!(faults[4].contains("stands twice"));
    }

    #[test]
    fn a_misspelt_column_has_a_hint() {
        let faults =
            read("id,group,metric,inputs,expected,unit,tolerance_rel,source\n").unwrap_err();
        assert!(
            faults[0]
                .to_string()
                .contains("did you mean `inputs_json`?")
        );
    }
}
