//! Rendering into a temporary folder and reading it back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use experiment::gates::{Gate, Verdicts, rule};
use experiment::results::RunResult;

/// All files of a review by their path in it.
pub fn render(run: &RunResult) -> BTreeMap<String, String> {
    render_gated(run, &[])
}

/// The same with gates, read on this run.
pub fn render_gated(run: &RunResult, gates: &[Gate]) -> BTreeMap<String, String> {
    let dir = tempfile::tempdir().unwrap();
    let value = |name: &str| vec![run.metric(name).unwrap_or(f64::NAN)];
    let verdicts = Verdicts {
        name: run.manifest.name.clone(),
        confidence: 0.95,
        points: Vec::new(),
        rulings: rule(gates, &value, 0.95),
        allows_undecided: false,
    };
    stakesim_report::render(run, &verdicts, dir.path()).unwrap();
    all(dir.path())
}

/// All files of a rendered folder by their path in it.
pub fn all(dir: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in ["", "plots/"] {
        for entry in fs::read_dir(dir.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{folder}{}", entry.file_name().to_str().unwrap());
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The charts among the files.
pub fn svgs(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &String)> {
    files
        .iter()
        .filter(|(name, _)| name.ends_with(".svg"))
        .map(|(name, svg)| (name.as_str(), svg))
}

/// Reads a chart as XML and looks for anything outside its canvas.
pub fn check_svg(name: &str, svg: &str) {
    let document =
        roxmltree::Document::parse(svg).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let view: Vec<f64> = numbers(document.root_element().attribute("viewBox").unwrap());
    let (width, height) = (view[2], view[3]);
    let inside = |x: f64, y: f64| (0.0..=width).contains(&x) && (0.0..=height).contains(&y);
    for node in document.descendants() {
        for (x, y) in [("x", "y"), ("x1", "y1"), ("x2", "y2")] {
            if let (Some(x), Some(y)) = (node.attribute(x), node.attribute(y)) {
                let (x, y) = (x.parse().unwrap(), y.parse().unwrap());
                assert!(
                    inside(x, y),
                    "{name}: {} at {x},{y} is outside {width}x{height}",
                    node.tag_name().name()
                );
            }
        }
        for pair in numbers(node.attribute("points").unwrap_or("")).chunks(2) {
            assert!(
                inside(pair[0], pair[1]),
                "{name}: a point at {pair:?} is outside {width}x{height}"
            );
        }
    }
}

fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap())
        .collect()
}
