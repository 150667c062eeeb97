//! The chart kit: a small grammar of panels, axes and marks, and its drawing to SVG through plotters.
//!
//! It knows no table of a run. All pictures share it, so that they look alike and stay short.

mod axis;
mod canvas;
mod draw;
mod figure;
mod flow;
mod legend;
pub mod number;
pub mod palette;
mod panel;
mod text;

pub use axis::{Axis, Scale};
pub use draw::svg;
pub use figure::{Figure, Mark, Panel};
pub use flow::Flow;

/// Estimated width of body text in pixels.
#[must_use]
pub fn text_width(words: &str) -> i32 {
    text::width(words, canvas::BODY)
}
