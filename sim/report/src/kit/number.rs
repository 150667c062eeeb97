//! Numbers as people read them: `1.2 M`, `34 k`, `12.5 %`.

/// Thousands and up, largest first.
const PREFIXES: [(f64, &str); 4] = [(1e12, " T"), (1e9, " B"), (1e6, " M"), (1e3, " k")];

/// A number with three significant digits and a prefix: `12.3 k`, `1.20 M`, `0.310`; small whole numbers as they are.
#[must_use]
pub fn short(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value.abs() < 1e3 && is_whole(value) && value.abs() > 0.5 {
        return minus(&format!("{value:.0}"));
    }
    let (scale, prefix) = prefix_of(value);
    // A value that rounds up to the next prefix (999 950 → 1.00 M) is written with that prefix.
    let (scale, prefix) = match prefix_of(significant(value / scale) * scale) {
        next if next.0 > scale => next,
        _ => (scale, prefix),
    };
    format!("{}{prefix}", minus(&digits(value / scale)))
}

/// A share as a percentage with one decimal, two below one per cent.
#[must_use]
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "–".to_owned();
    }
    let value = share * 100.0;
    if value == 0.0 {
        "0 %".to_owned()
    } else if value.abs() < 0.995 {
        minus(&format!("{value:.2} %"))
    } else {
        minus(&format!("{value:.1} %"))
    }
}

/// A share that somebody set, as a percentage without needless zeros: `20 %`, `0.1 %`.
#[must_use]
pub fn bound(share: f64) -> String {
    format!("{} %", tick(share * 100.0, 0.01))
}

/// A plain number with a fixed count of decimals.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_finite() {
        minus(&format!("{value:.decimals$}"))
    } else {
        "–".to_owned()
    }
}

/// A whole number with thin groups: `3 284 120`.
#[must_use]
pub fn whole(value: u64) -> String {
    let text = value.to_string();
    let mut grouped = String::with_capacity(text.len() + text.len() / 3);
    for (index, digit) in text.chars().enumerate() {
        if index > 0 && (text.len() - index).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A tick label: as many decimals as the distance between ticks needs, and no more.
#[must_use]
pub fn tick(value: f64, step: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let (scale, prefix) = prefix_of(value);
    let step = step / scale;
    let mut tenth = 1.0;
    let mut decimals = 0;
    while decimals < 9 && !is_whole(step * tenth) {
        tenth *= 10.0;
        decimals += 1;
    }
    let text = format!("{:.decimals$}", value / scale);
    // 500 k beside 1.25 M: a finer step elsewhere on the axis needs no zeros here.
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    };
    format!("{}{prefix}", minus(&text))
}

/// The name of a place on an axis that is no round number: three digits, without needless zeros: `10.7`, `50 k`.
#[must_use]
pub fn place(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    tick(rounded, rounded)
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

fn prefix_of(value: f64) -> (f64, &'static str) {
    PREFIXES
        .into_iter()
        .find(|(scale, _)| value.abs() >= *scale)
        .unwrap_or((1.0, ""))
}

fn digits(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if size < 0.0995 => format!("{value:.*}", decimals_below_one(size)),
        size if size < 0.9995 => format!("{value:.3}"),
        size if size < 9.995 => format!("{value:.2}"),
        size if size < 99.95 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// Decimals that leave two digits of a small number, nine at most.
fn decimals_below_one(size: f64) -> usize {
    let mut decimals = 3;
    let mut shifted = size * 1e3;
    while shifted < 9.95 && decimals < 9 {
        shifted *= 10.0;
        decimals += 1;
    }
    decimals
}

fn significant(value: f64) -> f64 {
    digits(value).parse().unwrap_or(value)
}

/// The typographic minus, as wide as a plus.
fn minus(text: &str) -> String {
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_keeps_three_digits_and_moves_up_a_prefix_when_it_rounds_there() {
        assert_eq!(short(34_120.0), "34.1 k");
        assert_eq!(short(999_950.0), "1.00 M");
        assert_eq!(short(-1_234_567.0), "−1.23 M");
        assert_eq!(short(0.3104), "0.310");
        assert_eq!(short(0.0), "0");
        assert_eq!(short(0.000_312), "0.00031");
        assert_eq!(short(42.0), "42");
        assert_eq!(short(0.9962), "0.996");
        assert_eq!(short(f64::NAN), "–");
    }

    #[test]
    fn a_tick_has_the_decimals_that_its_step_needs() {
        assert_eq!(tick(1_250_000.0, 250_000.0), "1.25 M");
        assert_eq!(tick(500_000.0, 250_000.0), "500 k");
        assert_eq!(tick(0.3, 0.1), "0.3");
        assert_eq!(tick(-20.0, 20.0), "−20");
    }

    #[test]
    fn a_place_between_round_numbers_has_three_digits_at_most() {
        assert_eq!(place(10.666_666), "10.7");
        assert_eq!(place(50_000.0), "50 k");
        assert_eq!(place(0.046_415), "0.0464");
    }

    #[test]
    fn shares_and_whole_numbers_are_readable() {
        assert_eq!(percent(0.1234), "12.3 %");
        assert_eq!(percent(0.0004), "0.04 %");
        assert_eq!(whole(3_284_120), "3\u{202f}284\u{202f}120");
        assert_eq!(whole(12), "12");
    }
}
