//! How wide a text will be, without a font: an estimate on the safe side, so that nothing overlaps in wider fonts.

/// Estimated width in pixels at a font size in pixels, from the widths of DejaVu Sans, one of the widest defaults.
#[must_use]
pub fn width(text: &str, size: i32) -> i32 {
    let thousandths: i32 = text.chars().map(of_char).sum();
    thousandths * size / 1000 + 1
}

fn of_char(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '·' | '\u{202f}' => 320,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '/' | '-' => 400,
        'm' | 'w' | 'M' | 'W' | '%' | '−' | '–' => 900,
        letter if letter.is_ascii_uppercase() => 700,
        _ => 620,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_text_is_wider_and_the_width_follows_the_size() {
        assert!(width("datacentre", 12) > width("edge", 12));
        assert!(width("edge", 24) > width("edge", 12));
    }
}
