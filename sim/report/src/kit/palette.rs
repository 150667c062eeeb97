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

/// Ink or paper, whichever is read better on a background.
#[must_use]
pub fn on(background: RGBColor) -> RGBColor {
    let RGBColor(red, green, blue) = background;
    let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    if luma > 120_000 { INK } else { PAPER }
}
