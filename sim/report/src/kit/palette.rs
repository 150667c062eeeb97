//! Colours that people with any colour vision tell apart (Okabe and Ito 2008), and who wears which.

use plotters::style::RGBColor;

/// Text and axes.
pub const INK: RGBColor = RGBColor(34, 34, 34);
/// Secondary text.
pub const MUTED: RGBColor = RGBColor(95, 95, 95);
/// What everything is printed on.
pub const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(224, 224, 224);
/// Okabe-Ito blue.
pub const BLUE: RGBColor = RGBColor(0, 114, 178);
/// Okabe-Ito orange.
pub const ORANGE: RGBColor = RGBColor(230, 159, 0);
/// Okabe-Ito bluish green.
pub const GREEN: RGBColor = RGBColor(0, 158, 115);
/// Okabe-Ito vermilion.
pub const VERMILION: RGBColor = RGBColor(213, 94, 0);
/// Okabe-Ito sky blue.
pub const SKY: RGBColor = RGBColor(86, 180, 233);
/// Okabe-Ito reddish purple.
pub const PURPLE: RGBColor = RGBColor(204, 121, 167);

/// The colours of series without a fixed owner, in order of use.
const SERIES: [RGBColor; 7] = [BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, MUTED];

/// Colour of the `index`-th series; they repeat after the seventh.
#[must_use]
pub fn series(index: usize) -> RGBColor {
    SERIES[index % SERIES.len()]
}

/// A colour for a share from 0 (pale) to 1 (dark), of one hue: it reads the same in grey and with any colour vision.
#[must_use]
pub fn sequential(share: f64) -> RGBColor {
    const STOPS: [[f64; 3]; 3] = [
        [239.0, 246.0, 252.0],
        [107.0, 174.0, 214.0],
        [8.0, 58.0, 118.0],
    ];
    let along = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.5
    } * 2.0;
    let stop = if along < 1.0 { 0 } else { 1 };
    let between = |at: usize| {
        let (from, to) = (STOPS[stop][at], STOPS[stop + 1][at]);
        (from + (to - from) * (along - stop as f64)).round() as u8
    };
    RGBColor(between(0), between(1), between(2))
}

/// Ink or paper, whichever is read better on a background.
#[must_use]
pub fn on(background: RGBColor) -> RGBColor {
    let RGBColor(red, green, blue) = background;
    let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    if luma > 120_000 { INK } else { PAPER }
}
