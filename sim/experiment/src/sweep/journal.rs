//! The journal of a sweep: one checksummed line for each finished run, so that a sweep that was killed repeats nothing.
//!
//! It knows no scenario: what sweep it belongs to is an identity that its first line holds. Values are kept bit by bit.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::data::{digest_of, hexadecimal};

/// First word of every journal, with the number of its format.
const MAGIC: &str = "stakesim-sweep-journal-1";

/// One finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// Index of its point in the design.
    pub point: u32,
    /// Number of the replication, from zero.
    pub replication: u32,
    /// Its seed.
    pub seed: u64,
    /// Digest of the run, hexadecimal.
    pub digest: String,
    /// Its events.
    pub events: u64,
    /// Its metrics, in the order of the sweep's; NaN where it has nothing to measure.
    pub values: Vec<f64>,
}

/// Why a journal cannot be used.
#[derive(Debug)]
pub enum JournalError {
    /// It cannot be read or written.
    Io(io::Error),
    /// Another process writes to it.
    Locked,
    /// It belongs to another sweep, or to another version.
    Foreign,
    /// A line is damaged.
    Damaged {
        /// Number of the line, from one.
        line: usize,
    },
}

impl From<io::Error> for JournalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Locked => write!(f, "another sweep is writing to it"),
            Self::Foreign => write!(
                f,
                "it belongs to another sweep or another version of stakesim\n  hint: the sweep file, its scenario or --set has \
                 changed since; remove the journal to begin anew, or name another --out"
            ),
            Self::Damaged { line } => write!(
                f,
                "line {line} is damaged\n  hint: remove that line to have its run repeated; the others are kept"
            ),
        }
    }
}

/// An open journal. Nobody else can open it meanwhile.
#[derive(Debug)]
pub struct Journal {
    file: File,
}

impl Journal {
    /// Opens or begins a journal and gives the runs that it holds, in the order in which they finished. A last line that was
    /// cut off by a kill is dropped.
    ///
    /// # Errors
    /// See [`JournalError`].
    pub fn open(path: &Path, identity: &str) -> Result<(Self, Vec<RunRecord>), JournalError> {
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        file.try_lock().map_err(|_| JournalError::Locked)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1);
        let records = read(&bytes[..whole], identity)?;
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        let mut journal = Self { file };
        if whole == 0 {
            journal.write_line(&format!("{MAGIC} {identity}"))?;
        }
        Ok((journal, records))
    }

    /// The same open journal once more, for runs that are asked for in several goes.
    ///
    /// # Errors
    /// When the system refuses another handle.
    pub fn again(&self) -> io::Result<Self> {
        let file = self.file.try_clone()?;
        Ok(Self { file })
    }

    /// Adds a finished run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append(&mut self, record: &RunRecord) -> io::Result<()> {
        self.write_line(&encode(record))
    }

    /// One write a line, so that a kill cuts off the last line at most.
    fn write_line(&mut self, text: &str) -> io::Result<()> {
        let line = format!("{} {text}\n", checksum(text));
        self.file.write_all(line.as_bytes())
    }
}

/// The runs of a journal that nobody writes to any more, such as a shard's.
///
/// # Errors
/// See [`JournalError`]; a cut-off last line counts as damaged here.
pub fn read(bytes: &[u8], identity: &str) -> Result<Vec<RunRecord>, JournalError> {
    let mut records = Vec::new();
    for (at, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let damaged = JournalError::Damaged { line: at + 1 };
        let text = std::str::from_utf8(line)
            .ok()
            .and_then(|line| line.strip_suffix('\n'));
        let Some(text) = text.and_then(checked) else {
            return Err(damaged);
        };
        if at == 0 {
            if text != format!("{MAGIC} {identity}") {
                return Err(JournalError::Foreign);
            }
        } else {
            records.push(decode(text).ok_or(damaged)?);
        }
    }
    Ok(records)
}

/// A whole journal as a text: what a shard leaves behind.
#[must_use]
pub fn write(identity: &str, records: &[RunRecord]) -> String {
    let head = format!("{MAGIC} {identity}");
    let lines = std::iter::once(head).chain(records.iter().map(encode));
    lines
        .map(|text| format!("{} {text}\n", checksum(&text)))
        .collect()
}

fn checksum(text: &str) -> String {
    hexadecimal(digest_of(text.as_bytes()))
}

/// The text of a line whose checksum holds.
fn checked(line: &str) -> Option<&str> {
    let (sum, text) = line.split_once(' ')?;
    (sum == checksum(text)).then_some(text)
}

fn encode(record: &RunRecord) -> String {
    let values: Vec<String> = record
        .values
        .iter()
        .map(|value| hexadecimal(value.to_bits()))
        .collect();
    let RunRecord {
        point,
        replication,
        seed,
        digest,
        events,
        ..
    } = record;
    format!(
        "{point} {replication} {seed} {digest} {events} {}",
        values.join(",")
    )
}

fn decode(text: &str) -> Option<RunRecord> {
    let bits = |text: &str| u64::from_str_radix(text, 16).ok();
    let mut words = text.split(' ');
    let record = RunRecord {
        point: words.next()?.parse().ok()?,
        replication: words.next()?.parse().ok()?,
        seed: words.next()?.parse().ok()?,
        digest: words.next()?.to_owned(),
        events: words.next()?.parse().ok()?,
        values: match words.next()? {
            "" => Vec::new(),
            values => values
                .split(',')
                .map(|text| bits(text).map(f64::from_bits))
                .collect::<Option<_>>()?,
        },
    };
    words.next().is_none().then_some(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn record(point: u32) -> RunRecord {
        RunRecord {
            point,
            replication: 3,
            seed: 7,
            digest: "00000000000000ff".to_owned(),
            events: 12_150,
            values: vec![0.1, -0.0, f64::INFINITY],
        }
    }

    #[test]
    fn what_was_finished_is_there_again_bit_by_bit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, none) = Journal::open(&path, "abc").unwrap();
        assert_eq!(none, []);
        journal.append(&record(1)).unwrap();
        journal.append(&record(0)).unwrap();
        drop(journal);
        let (_, found) = Journal::open(&path, "abc").unwrap();
        assert_eq!(found, [record(1), record(0)]);
        assert!(found[0].values[1].is_sign_negative());
        assert_eq!(fs::read_to_string(&path).unwrap(), write("abc", &found));
    }

    #[test]
    fn a_line_cut_off_by_a_kill_is_dropped_and_the_journal_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, _) = Journal::open(&path, "abc").unwrap();
        journal.append(&record(1)).unwrap();
        journal.append(&record(2)).unwrap();
        drop(journal);
        let bytes = fs::read(&path).unwrap();
        for cut in 1..encode(&record(2)).len() + 18 {
            fs::write(&path, &bytes[..bytes.len() - cut]).unwrap();
            let (mut journal, found) = Journal::open(&path, "abc").unwrap();
            assert_eq!(found, [record(1)], "{cut} bytes cut off");
            journal.append(&record(2)).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn a_damaged_line_and_a_foreign_journal_are_refused() {
        let text = write("abc", &[record(1), record(2)]);
        assert!(matches!(
            read(text.as_bytes(), "abd"),
            Err(JournalError::Foreign)
        ));
        for at in text.find('\n').unwrap() + 1..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let outcome = read(&bytes, "abc");
            assert!(
                matches!(outcome, Err(JournalError::Damaged { line: 2..=3 })),
                "byte {at}: {outcome:?}"
            );
        }
    }

    #[test]
    fn two_processes_do_not_share_a_journal() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let held = Journal::open(&path, "abc").unwrap();
        assert!(matches!(
            Journal::open(&path, "abc"),
            Err(JournalError::Locked)
        ));
        drop(held);
        assert!(Journal::open(&path, "abc").is_ok());
    }
}
