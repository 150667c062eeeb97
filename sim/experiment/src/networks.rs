//! The live networks that scenarios stand for: what of each is reproduced and what is not. Facts about presets, not their rules.

use toml_edit::{Document, Item, Table};

const TEXT: &str = include_str!("../../../scenarios/networks/networks.toml");

/// A preset and how true to its network it is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Network {
    /// The name of its suites in `stakesim conform`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The scenario, from the project's folder.
    pub preset: String,
    /// What the preset plays as the network does.
    pub reproduced: Vec<String>,
    /// What it leaves out or does otherwise.
    pub not_reproduced: Vec<String>,
    /// Where the rules come from.
    pub sources: Vec<String>,
}

/// Every network, in the order of the file.
///
/// # Panics
/// When the built-in file is not as it should be, which a test holds.
#[must_use]
pub fn all() -> Vec<Network> {
    let document = Document::parse(TEXT).expect("networks.toml is TOML");
    let Some(networks) = document.get("networks") else {
        return Vec::new();
    };
    let tables = networks.as_array_of_tables().expect("[[networks]]");
    tables.iter().map(network).collect()
}

fn network(table: &Table) -> Network {
    let known = [
        "id",
        "name",
        "preset",
        "reproduced",
        "not_reproduced",
        "sources",
    ];
    if let Some((key, _)) = table.iter().find(|(key, _)| !known.contains(key)) {
        panic!("networks.toml: unknown key {key}");
    }
    let text = |key: &str| {
        let value = table.get(key).and_then(Item::as_str);
        value
            .unwrap_or_else(|| panic!("networks.toml: {key} is no text"))
            .to_owned()
    };
    let texts = |key: &str| {
        let values = table.get(key).and_then(Item::as_array);
        let values = values.unwrap_or_else(|| panic!("networks.toml: {key} is no list"));
        let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
        texts
            .collect::<Option<Vec<_>>>()
            .unwrap_or_else(|| panic!("networks.toml: {key} holds no texts"))
    };
    Network {
        id: text("id"),
        name: text("name"),
        preset: format!("scenarios/networks/{}", text("preset")),
        reproduced: texts("reproduced"),
        not_reproduced: texts("not_reproduced"),
        sources: texts("sources"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_preset_says_what_it_reproduces_and_what_not() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/networks");
        let entries = std::fs::read_dir(folder).expect("the folder of presets");
        let mut presets: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| name != "networks.toml" && name != "compare.toml")
            .map(|name| format!("scenarios/networks/{name}"))
            .collect();
        presets.sort();
        let mut listed: Vec<String> = all().into_iter().map(|network| network.preset).collect();
        listed.sort();
        assert_eq!(listed, presets);
        for network in all() {
            let parts = [
                &network.reproduced,
                &network.not_reproduced,
                &network.sources,
            ];
            assert!(parts.iter().all(|part| !part.is_empty()), "{}", network.id);
        }
    }
}
