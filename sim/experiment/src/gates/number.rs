//! Numbers of verdicts as people read them. Files for machines hold the full value.

/// Digits that count.
const DIGITS: i32 = 4;

/// Four significant digits without trailing zeros; far from one in powers of ten; "none" where there is no number.
pub fn significant(value: f64) -> String {
    if !value.is_finite() {
        return "none".to_owned();
    }
    let rounded = format!("{value:.*e}", DIGITS as usize - 1);
    let (digits, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value == 0.0 {
        "0".to_owned()
    } else if (-4..9).contains(&exponent) {
        let decimals = (DIGITS - 1 - exponent).max(0) as usize;
        trimmed(&format!("{value:.decimals$}"))
    } else {
        format!("{}e{exponent}", trimmed(digits))
    }
}

/// A share in per cent.
pub fn percent(value: f64) -> String {
    if !value.is_finite() {
        return significant(value);
    }
    format!("{} %", significant(value * 100.0))
}

fn trimmed(text: &str) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_count_and_zeros_behind_them_go() {
        let cases = [
            (0.0, "0"),
            (0.001, "0.001"),
            (0.012_345, "0.01235"),
            (1.0, "1"),
            (999.96, "1000"),
            (123_456.7, "123457"),
            (-2.5, "-2.5"),
            (0.000_012_3, "1.23e-5"),
            (1.5e12, "1.5e12"),
            (f64::NAN, "none"),
            (f64::INFINITY, "none"),
        ];
        for (value, text) in cases {
            assert_eq!(significant(value), text);
        }
    }

    #[test]
    fn a_share_reads_as_per_cent() {
        assert_eq!(percent(0.001), "0.1 %");
        assert_eq!(percent(-0.05), "-5 %");
        assert_eq!(percent(f64::NAN), "none");
    }
}
