//! Plain comma-separated rows: a header that names the columns, no quotes. Enough for our data files.

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// Line in the file, from 1.
    pub line: usize,
    /// The row's text.
    pub row: String,
    /// What is wrong.
    pub message: String,
}

/// The rows of a data file, or what is wrong with it.
pub type Parsed<T> = Result<Vec<T>, Vec<RowFault>>;

/// At most this many faults are told of one file.
const FAULTS_MAX: usize = 20;

/// Reads every row of a file whose header names at least the columns asked for, in any order. All faulty rows are reported,
/// up to a limit.
pub(super) fn read<T, const N: usize>(
    bytes: &[u8],
    columns: [&str; N],
    mut row: impl FnMut([&str; N]) -> Result<T, String>,
) -> Parsed<T> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        vec![RowFault {
            line,
            row: String::new(),
            message: "not UTF-8 text".to_owned(),
        }]
    })?;
    let mut lines = text.lines();
    let header = lines.next().unwrap_or("");
    let places = places(header, columns)?;
    let width = header.split(',').count();
    let (mut rows, mut faults) = (Vec::with_capacity(text.len() / 16), Vec::new());
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        match cells(line, width, places).and_then(&mut row) {
            Ok(value) => rows.push(value),
            Err(message) if faults.len() < FAULTS_MAX => {
                faults.push(RowFault {
                    line: at + 2,
                    row: line.to_owned(),
                    message,
                });
            }
            Err(_) => break,
        }
    }
    if faults.is_empty() {
        Ok(rows)
    } else {
        Err(faults)
    }
}

/// Where the columns asked for stand in the header.
fn places<const N: usize>(header: &str, columns: [&str; N]) -> Result<[usize; N], Vec<RowFault>> {
    let mut places = [0; N];
    let mut missing = Vec::new();
    for (place, column) in places.iter_mut().zip(columns) {
        match header.split(',').position(|name| name.trim() == column) {
            Some(at) => *place = at,
            None => missing.push(column),
        }
    }
    if missing.is_empty() {
        return Ok(places);
    }
    let message = format!("the header lacks {}", missing.join(", "));
    Err(vec![RowFault {
        line: 1,
        row: header.to_owned(),
        message,
    }])
}

fn cells<const N: usize>(
    line: &str,
    width: usize,
    places: [usize; N],
) -> Result<[&str; N], String> {
    let mut found = [""; N];
    let mut count = 0;
    for (at, cell) in line.split(',').enumerate() {
        count = at + 1;
        for (place, slot) in places.iter().zip(&mut found) {
            if *place == at {
                *slot = cell.trim();
            }
        }
    }
    if count == width {
        Ok(found)
    } else {
        Err(format!("{count} cells where the header has {width}"))
    }
}

/// A number from a cell.
pub(super) fn number<T: std::str::FromStr>(column: &str, cell: &str) -> Result<T, String> {
    cell.parse()
        .map_err(|_| format!("{column} = \"{cell}\" is not a whole number in range"))
}
