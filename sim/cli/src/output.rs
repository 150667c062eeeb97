//! Writing to stdout and stderr. A reader that goes away (`| head`) is not an error.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use crate::error::Error;

/// Writes a result to stdout.
pub fn print(text: &str) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(Error::output(Path::new("stdout"))),
    }
}

/// Writes a line to stderr. Where even that fails, nobody is listening.
pub fn error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Columns side by side, two spaces apart; those named in `right` flush right.
pub fn table(header: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let lines = || std::iter::once(&header).chain(rows);
    let length =
        |line: &Vec<String>, at: usize| line.get(at).map_or(0, |cell| cell.chars().count());
    let widths: Vec<usize> = (0..header.len())
        .map(|at| lines().map(|line| length(line, at)).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for line in lines() {
        let mut row = String::new();
        for (at, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let _ = match right.contains(&at) {
                true => write!(row, "{cell:>width$}  "),
                false => write!(row, "{cell:<width$}  "),
            };
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// A number with four significant digits and grouped thousands; "-" where there is none.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let magnitude = value.abs();
    let decimals = match magnitude {
        m if m >= 1000.0 || m == 0.0 => 0,
        m if m >= 100.0 => 1,
        m if m >= 10.0 => 2,
        m if m >= 0.1 => 3,
        m if m >= 0.001 => 5,
        _ => return format!("{value:.2e}"),
    };
    let text = format!("{magnitude:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::from(if value < 0.0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_four_digits_and_group_thousands() {
        let cases = [
            (1_234_567.8, "1,234,568"),
            (-1000.0, "-1,000"),
            (999.96, "1,000.0"),
            (12.345, "12.35"),
            (0.0, "0"),
            (0.012_345, "0.01235"),
            (f64::NAN, "-"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn columns_line_up_and_lines_do_not_trail() {
        let rows = vec![
            vec!["a".to_owned(), "1".to_owned()],
            vec!["bb".to_owned(), "23".to_owned()],
        ];
        assert_eq!(
            table(&["x", "value"], &rows, &[1]),
            "x   value\na       1\nbb     23\n"
        );
    }
}
