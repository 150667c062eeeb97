//! What Rust files look like, and what some rooms must do without.

use crate::tracked::{assert_none, files, text};

/// The longest file a reader should meet.
const LINES_MAX: usize = 600;
/// Rooms in which the order of a hash table could reach a result.
const ORDERED: [&str; 4] = ["engine", "protocol", "world", "training"];
/// Rooms that count money in integers only.
const INTEGER: [&str; 2] = ["units", "protocol"];
/// Words of unfinished work. Put together here, or this file would break its own rule.
const UNFINISHED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!"),
    concat!("unimplemented", "!"),
    concat!("dbg", "!"),
];

/// Rust files of the rooms.
fn rust() -> impl Iterator<Item = String> {
    files()
        .into_iter()
        .filter(|file| file.starts_with("sim/") && file.ends_with(".rs"))
}

/// Files of some rooms' `src` folders.
fn of_rooms(rooms: &[&str]) -> Vec<String> {
    let is_there = |file: &String| {
        rooms
            .iter()
            .any(|room| file.starts_with(&format!("sim/{room}/src/")))
    };
    let found: Vec<String> = rust().filter(is_there).collect();
    assert!(
        found.len() >= rooms.len(),
        "the rooms have moved: {rooms:?}"
    );
    found
}

/// Lines, without their comments, that hold one of some words.
fn lines_with(file: &str, words: &[&str]) -> Vec<String> {
    let text = text(file);
    let lines = text.lines().enumerate();
    let faults = lines.filter(|(_, line)| {
        words
            .iter()
            .any(|word| has_word(without_comment(line), word))
    });
    faults
        .map(|(at, line)| format!("{file}:{}: {}", at + 1, line.trim()))
        .collect()
}

/// What stands before `//`. A `//` inside a string cuts too early, which no rule here minds.
fn without_comment(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// Whether a word stands by itself.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[test]
fn no_file_is_longer_than_a_reader_bears() {
    let long = rust().map(|file| (text(&file).lines().count(), file));
    let faults: Vec<_> = long.filter(|(lines, _)| *lines > LINES_MAX).collect();
    let faults: Vec<_> = faults
        .iter()
        .map(|(lines, file)| format!("{file}: {lines} lines"))
        .collect();
    assert_none("a file above 600 lines", &faults);
}

#[test]
fn every_source_file_says_what_it_is() {
    let silent = rust().filter(|file| file.contains("/src/") && !text(file).starts_with("//!"));
    assert_none(
        "a file that does not open with //!",
        &silent.collect::<Vec<_>>(),
    );
}

#[test]
fn no_hash_table_stands_where_a_result_can_see_its_order() {
    let faults: Vec<_> = of_rooms(&ORDERED)
        .iter()
        .flat_map(|file| lines_with(file, &["HashMap", "HashSet"]))
        .collect();
    assert_none("a hash table", &faults);
}

#[test]
fn units_and_protocol_know_no_float() {
    let faults: Vec<_> = of_rooms(&INTEGER)
        .iter()
        .flat_map(|file| lines_with(file, &["f32", "f64"]))
        .collect();
    assert_none("a float", &faults);
}

#[test]
fn nothing_is_left_unfinished() {
    let is_prose = |file: &String| {
        [".rs", ".md", ".toml", ".ipynb"]
            .iter()
            .any(|end| file.ends_with(end))
    };
    let mut faults = Vec::new();
    for file in files().into_iter().filter(is_prose) {
        for (at, line) in text(&file).lines().enumerate() {
            if UNFINISHED.iter().any(|word| line.contains(word)) {
                faults.push(format!("{file}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert_none("unfinished work", &faults);
}

#[test]
fn words_are_found_by_themselves_and_not_in_comments() {
    assert!(has_word("let x: f64 = 1;", "f64"));
    assert!(!has_word("let xf64 = 1;", "f64"));
    assert!(!has_word("as_f64_bits", "f64"));
    assert_eq!(without_comment("a // f64"), "a ");
}
