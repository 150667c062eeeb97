//! `scenarios/schema.json`: a JSON Schema, so that editors complete and check keys.

use serde_json::{Map, Value, json};
use stakesim_experiment::metrics;
use stakesim_experiment::parameters::{self, Access, Parameter};
use stakesim_experiment::scenario::SCENARIO_SCHEMA;

use super::assert_fresh;

#[test]
fn the_schema_knows_every_parameter() {
    let mut root = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Stakesim scenario",
        "type": "object",
        "additionalProperties": false,
        "required": ["schema", "name"],
        "properties": {
            "schema": { "const": SCENARIO_SCHEMA, "description": "Version of the scenario format." },
            "name": { "type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$", "description": "Names the scenario and its folder of results." },
            "extends": { "type": "string", "description": "A built-in scenario (baseline, minimal) or a path relative to this file." },
            "seed": { "type": "integer", "minimum": 0, "description": "Seed of all random draws." },
            "gates": { "type": "array", "items": gate(), "description": "What is asked of the result: stakesim run exits with 1 where one fails." }
        }
    });
    for parameter in parameters::all() {
        insert(&mut root, parameter);
    }
    let text = serde_json::to_string_pretty(&root).unwrap() + "\n";
    assert_fresh("schema.json", &text);
}

/// A gate of a single run: no baseline and no points.
fn gate() -> Value {
    let metrics: Vec<_> = metrics::all().iter().map(|metric| metric.name).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["metric", "op", "value"],
        "properties": {
            "metric": { "enum": metrics, "description": "What is measured." },
            "stat": { "type": "string", "pattern": "^(mean|median|min|max|p(0[1-9]|[1-9][0-9])|prob_(below|above)\\(.+\\))$", "description": "Statistic over replications. Default mean." },
            "op": { "enum": ["<=", ">=", "<", ">"], "description": "How the statistic must lie to the value." },
            "value": { "type": ["number", "string"], "description": "The bound: in the unit of the metric, or a string in per cent; for prob_* a probability." },
            "why": { "type": "string", "description": "Why it is asked." }
        }
    })
}

fn insert(root: &mut Value, parameter: &Parameter) {
    let mut table = root;
    let mut parts: Vec<_> = parameter.path.split('.').collect();
    let key = parts.pop().unwrap();
    for part in parts {
        let tables = table["properties"].as_object_mut().unwrap();
        table = tables.entry(part).or_insert_with(
            || json!({ "type": "object", "additionalProperties": false, "properties": {} }),
        );
    }
    let properties = table["properties"].as_object_mut().unwrap();
    properties.insert(key.to_owned(), Value::Object(describe(parameter)));
}

fn describe(parameter: &Parameter) -> Map<String, Value> {
    let mut schema = Map::new();
    let kind = if parameter.access.is_count() {
        "integer"
    } else {
        "string"
    };
    schema.insert("type".to_owned(), kind.into());
    let legal = match (parameter.access, parameter.range_ends()) {
        (Access::Choice(names, _), _) => {
            schema.insert("enum".to_owned(), names.into());
            String::new()
        }
        (_, Some((least, most))) if parameter.access.is_count() => {
            schema.insert("minimum".to_owned(), least.parse::<u64>().unwrap().into());
            schema.insert("maximum".to_owned(), most.parse::<u64>().unwrap().into());
            String::new()
        }
        (_, Some((least, most))) => format!(" From {least} to {most}."),
        _ => String::new(),
    };
    let description = format!(
        "{}{legal} Default {} ({}).",
        parameter.meaning, parameter.default, parameter.source
    );
    schema.insert("description".to_owned(), description.into());
    schema
}
