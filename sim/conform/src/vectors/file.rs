//! A vector file as text, checked for form: all that is wrong with it, each with its place.

use std::fmt;

use super::json::Json;
use super::kind::Kind;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// Where in it: `suites[2].cases[0]`; empty for the whole file.
    pub at: String,
    /// What is wrong, with a hint.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.at.is_empty() { "" } else { ": " };
        write!(f, "{}: {}{colon}{}", self.file, self.at, self.what)
    }
}

/// One network's suites.
pub struct File {
    /// Its name in people's words: what stands before a bracket or a slash is enough to find it.
    pub network: String,
    /// Parameters for all suites.
    pub params: Json,
    /// Its suites, in order.
    pub suites: Vec<Suite>,
}

/// Rows for one rule.
pub struct Suite {
    /// The rule's name.
    pub name: String,
    /// Parameters for its rows.
    pub params: Json,
    /// Its rows, in order.
    pub rows: Vec<Row>,
}

/// One question.
pub struct Row {
    /// Its name, or its number in the suite.
    pub id: String,
    /// What the expected value is worth.
    pub kind: Kind,
    /// What the rule is given.
    pub inputs: Json,
    /// What it should answer.
    pub expected: Json,
    /// How far off it may be, as written: the row's own, else one inside `expected`, else the suite's.
    pub tolerance: Option<Json>,
    /// What the file's author had to say.
    pub note: Option<String>,
}

/// Reads a file's text.
///
/// # Errors
/// All faults of form.
pub fn read(name: &str, text: &str) -> Result<File, Vec<Fault>> {
    let fault = |at: &str, what: String| Fault {
        file: name.to_owned(),
        at: at.to_owned(),
        what,
    };
    let json = Json::parse(text)
        .map_err(|what| vec![fault("", format!("not a JSON document: {what}"))])?;
    let mut faults = Vec::new();
    let network = json.at("network").and_then(Json::text).unwrap_or_default();
    if network.is_empty() {
        faults.push(fault(
            "network",
            "missing: the network's name, a text".to_owned(),
        ));
    }
    let mut suites = Vec::new();
    match json.at("suites").and_then(Json::items) {
        Some(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = format!("suites[{index}]");
                suites.push(suite(item, &at, &mut |at, what| {
                    faults.push(fault(at, what))
                }));
            }
        }
        None => faults.push(fault("suites", "missing: a list of suites".to_owned())),
    }
    if faults.is_empty() {
        let params = json.at("params").cloned().unwrap_or(Json::Null);
        Ok(File {
            network: network.to_owned(),
            params,
            suites,
        })
    } else {
        Err(faults)
    }
}

fn suite(json: &Json, at: &str, fault: &mut impl FnMut(&str, String)) -> Suite {
    let name = json.at("name").and_then(Json::text).unwrap_or_default();
    if name.is_empty() {
        fault(at, "name is missing: the rule's name, a text".to_owned());
    }
    let default = kind(json, Kind::Asserted, at, fault);
    let mut rows = Vec::new();
    match json.at("cases").and_then(Json::items) {
        Some(cases) => {
            for (index, case) in cases.iter().enumerate() {
                rows.push(row(
                    json,
                    case,
                    default,
                    index,
                    &format!("{at}.cases[{index}]"),
                    fault,
                ));
            }
        }
        None => fault(at, "cases is missing: a list of rows".to_owned()),
    }
    let params = json.at("params").cloned().unwrap_or(Json::Null);
    Suite {
        name: name.to_owned(),
        params,
        rows,
    }
}

fn row(
    suite: &Json,
    case: &Json,
    default: Kind,
    index: usize,
    at: &str,
    fault: &mut impl FnMut(&str, String),
) -> Row {
    let mut part = |key: &str| {
        let value = case.at(key);
        if value.is_none() {
            fault(at, format!("{key} is missing"));
        }
        value.cloned().unwrap_or(Json::Null)
    };
    let (inputs, expected) = (part("inputs"), part("expected"));
    let tolerance = case
        .at("tolerance")
        .or(expected.at("tolerance"))
        .or(suite.at("tolerance"));
    Row {
        id: case.at("id").map_or_else(
            || index.to_string(),
            |id| id.text().map_or_else(|| id.to_string(), str::to_owned),
        ),
        kind: kind(case, default, at, fault),
        tolerance: tolerance.cloned(),
        note: case
            .at("note")
            .or(suite.at("note"))
            .and_then(Json::text)
            .map(str::to_owned),
        inputs,
        expected,
    }
}

fn kind(json: &Json, otherwise: Kind, at: &str, fault: &mut impl FnMut(&str, String)) -> Kind {
    let Some(value) = json.at("kind").filter(|kind| **kind != Json::Null) else {
        return otherwise;
    };
    value.text().and_then(Kind::of).unwrap_or_else(|| {
        let known = Kind::ALL.map(Kind::word).join(", ");
        fault(at, format!("kind = {value} is unknown; one of {known}"));
        otherwise
    })
}
