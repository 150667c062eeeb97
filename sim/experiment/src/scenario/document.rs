//! One scenario text taken apart into entries, each with its line. Form only: no key is judged here.

use std::path::PathBuf;
use std::rc::Rc;

use toml_edit::{Document as Toml, Item, TableLike, Value};

use super::Fault;
use crate::gates::{self, Gate, Reads, Source};

/// Where an entry was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// File name for people, or `--set`.
    pub file: Rc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Folder that relative file names start from; nothing for a text that is compiled in.
    pub folder: Option<Rc<PathBuf>>,
}

impl Place {
    /// A fault at this place.
    #[must_use]
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::new(&*self.file, self.line, message)
    }
}

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A value of the command line, whose type is for the parameter to say.
    Bare(String),
    /// Something that no parameter takes: its type and its text.
    Other(&'static str, String),
}

impl Given {
    /// The value as it was written.
    #[must_use]
    pub fn as_written(&self) -> String {
        match self {
            Self::Text(text) => format!("\"{text}\""),
            Self::Integer(value) => value.to_string(),
            Self::Bare(text) | Self::Other(_, text) => text.clone(),
        }
    }
}

/// One key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Full key path.
    pub path: String,
    /// Value.
    pub given: Given,
    /// Where it was written.
    pub place: Place,
}

/// Key of the gates.
const GATES: &str = "gates";

/// A text taken apart.
#[derive(Debug)]
pub struct Document {
    /// Its entries, in the order of the text.
    pub entries: Vec<Entry>,
    /// Its gates, where it has the key `gates`, or what is wrong with them. They are no parameters and stand apart.
    pub gates: Option<Result<Vec<Gate>, Vec<Fault>>>,
}

/// Takes a text apart. `place` names the file; its line is replaced.
pub fn parse(text: &str, place: &Place) -> Result<Document, Fault> {
    let lines = Lines::of(text);
    let toml = Toml::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.number(span.start));
        Fault::new(
            &*place.file,
            line,
            format!("not TOML: {}", error.message().replace('\n', "; ")),
        )
    })?;
    let mut reader = Reader {
        text,
        lines,
        place,
        entries: Vec::new(),
    };
    reader.table(toml.as_table(), "");
    let source = Source {
        file: &place.file,
        text,
        reads: Reads::OneRun,
    };
    let gates = toml.get(GATES).map(|item| gates::parse(item, &source));
    Ok(Document {
        entries: reader.entries,
        gates,
    })
}

struct Reader<'a> {
    text: &'a str,
    lines: Lines,
    place: &'a Place,
    entries: Vec<Entry>,
}

impl Reader<'_> {
    fn table(&mut self, table: &dyn TableLike, prefix: &str) {
        let is_gates = |key: &str| prefix.is_empty() && key == GATES;
        for (key, item) in table.iter().filter(|(key, _)| !is_gates(key)) {
            let path = if prefix.is_empty() {
                key.to_owned()
            } else {
                format!("{prefix}.{key}")
            };
            let key_span = table.get_key_value(key).and_then(|(key, _)| key.span());
            let start = key_span.or(item.span()).map_or(0, |span| span.start);
            match item.as_table_like() {
                Some(inner) if !inner.is_empty() => self.table(inner, &path),
                _ => self.entry(path, item, start),
            }
        }
    }

    fn entry(&mut self, path: String, item: &Item, start: usize) {
        let written = || {
            item.span()
                .and_then(|span| self.text.get(span))
                .unwrap_or("")
                .trim()
                .to_owned()
        };
        let given = match item {
            Item::Value(Value::String(text)) => Given::Text(text.value().clone()),
            Item::Value(Value::Integer(value)) => Given::Integer(*value.value()),
            Item::ArrayOfTables(_) => Given::Other("array of tables", format!("[[{path}]]")),
            other => Given::Other(other.type_name(), written()),
        };
        let place = Place {
            line: self.lines.number(start),
            ..self.place.clone()
        };
        self.entries.push(Entry { path, given, place });
    }
}

/// Line numbers of byte offsets.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let after_breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place {
            file: "x.toml".into(),
            line: 0,
            folder: None,
        }
    }

    #[test]
    fn every_form_of_a_table_gives_the_same_paths_with_their_lines() {
        let text = "a = 1\nb.c = \"x\"\n[d]\ne = { f = 2,\n g = 3 }\n";
        let entries = parse(text, &place()).unwrap().entries;
        let found: Vec<_> = entries
            .iter()
            .map(|entry| (entry.path.as_str(), entry.place.line))
            .collect();
        assert_eq!(found, [("a", 1), ("b.c", 2), ("d.e.f", 4), ("d.e.g", 5)]);
    }

    #[test]
    fn broken_syntax_names_its_line() {
        let fault = parse("a = 1\nb = = 2\n", &place()).unwrap_err();
        assert_eq!((fault.line, &*fault.file), (2, "x.toml"));
    }

    #[test]
    fn values_of_other_types_keep_their_text() {
        let text = "x = 0.5\ny = [1, 2]\n[[others]]\n[empty]\n";
        let entries = parse(text, &place()).unwrap().entries;
        let types: Vec<_> = entries.iter().map(|entry| entry.given.clone()).collect();
        assert_eq!(types[0], Given::Other("float", "0.5".to_owned()));
        assert_eq!(types[1], Given::Other("array", "[1, 2]".to_owned()));
        assert!(matches!(types[2], Given::Other("array of tables", _)));
        assert!(matches!(types[3], Given::Other("table", _)));
    }

    #[test]
    fn gates_are_no_entries_and_stand_apart() {
        let document = parse("a = 1\n[[gates]]\nmetric = 3\n", &place()).unwrap();
        assert_eq!(document.entries.len(), 1);
        let faults = document.gates.unwrap().unwrap_err();
        assert_eq!(faults[0].line, 3);
        assert!(parse("a = 1\n", &place()).unwrap().gates.is_none());
        assert_eq!(
            parse("gates = []\n", &place()).unwrap().gates,
            Some(Ok(vec![]))
        );
    }
}
